"""Papers typeset of sample values: before a desk's files are saved on a page or by the API, and from the command line."""

import asyncio
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from bot.apart.reckoning import ReckoningError
from bot.desk_files.loading import LoadedDesk, desk_from_files
from procedures.definition.papers import Paper
from procedures.definition.procedure import Procedure
from procedures.papers.sample import sample_job
from procedures.papers.typesetting import Fault, Job, Typeset, attempts
from tickets.actions.revising import Mistake
from tickets.binary_texts import as_bytes

FOLDER, DESK = "papers", "desk.yaml"
_PLACED = re.compile(r"(\S+\.(?:typ|docx))(?::(\d+))?: (.+)", re.DOTALL)


class Apart(Protocol):
    async def __call__(
        self, call: Callable[[Sequence[Job]], list[Typeset | Fault]], jobs: Sequence[Job], /
    ) -> list[Typeset | Fault]:
        """Do it where it harms nobody. Raises ReckoningError."""


class PaperTrials:
    """Tries the papers of files that are about to be saved, as strictly as `tanggap desk check`."""

    def __init__(self, apart: Apart, *, clock: Callable[[], datetime]) -> None:
        self._apart = apart
        self._clock = clock

    async def __call__(self, files: Mapping[str, str]) -> Sequence[Mistake]:
        """Return what is wrong with the papers of sound files; what takes too long is wrong, too."""
        loaded = await asyncio.to_thread(desk_from_files, files, {})
        try:
            return await mistakes(loaded, self._clock(), apart=self._apart)
        except ReckoningError as error:
            return [Mistake(file=FOLDER, line=0, message=f"they cannot be typeset: {error}")]


async def mistakes(loaded: LoadedDesk, at: datetime, *, apart: Apart) -> list[Mistake]:
    """Say of each paper that cannot be typeset where and why. Raises ReckoningError where that takes too long."""
    named = [(one, paper) for one in loaded.procedures for paper in one.papers if paper.is_made]
    faults = await _faults(loaded, named, at, apart=apart)
    logo = loaded.desk.letterhead.logo if loaded.desk.letterhead else None
    if (
        logo is not None
        and len(faults) == len(named)
        and not await _faults(_plain(loaded), named, at, apart=apart)
    ):
        said = next(iter(faults.values()))
        return [
            Mistake(file=DESK, line=0, message=f"letterhead.logo: {logo} cannot be printed: {said.message}")
        ]
    return list(faults.values())


def sample(loaded: LoadedDesk, procedure: Procedure, paper: Paper, at: datetime, *, signed: bool) -> Job:
    """Return one paper with sample values, as if it were signed or as a draft."""
    files: Mapping[str, bytes] = {name: as_bytes(text) for name, text in loaded.files.items()}
    return sample_job(paper, procedure, loaded.desk, files, at, signed=signed)


async def _faults(
    loaded: LoadedDesk, named: Iterable[tuple[Procedure, Paper]], at: datetime, *, apart: Apart
) -> dict[tuple[str, str], Mistake]:  # fmt: skip
    """Return what is wrong with papers, by procedure and paper."""
    named = list(named)
    jobs = [sample(loaded, procedure, paper, at, signed=True) for procedure, paper in named]
    made = await apart(attempts, jobs) if jobs else []
    return {
        (procedure.id, paper.id): _mistake(each.said, procedure, paper)
        for (procedure, paper), each in zip(named, made, strict=True)
        if isinstance(each, Fault)
    }


def _mistake(said: str, procedure: Procedure, paper: Paper) -> Mistake:
    found = _PLACED.fullmatch(said)
    file, line, why = found.groups() if found else (FOLDER, None, said)
    return Mistake(file=file, line=int(line or 0), message=f"{why} ({paper.id} of {procedure.id})")


def _plain(loaded: LoadedDesk) -> LoadedDesk:
    """Return the desk without the picture on its letters."""
    head = loaded.desk.letterhead
    return replace(loaded, desk=replace(loaded.desk, letterhead=replace(head, logo=None) if head else None))
