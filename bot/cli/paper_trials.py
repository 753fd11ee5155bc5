"""Papers typeset of sample values, for `tanggap desk check` and `tanggap procedure paper`."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.desk_files import LoadedDesk
from bot.paper_press import press
from procedures.definition.papers import Paper
from procedures.definition.procedure import Procedure
from procedures.papers.sample import sample_job
from procedures.papers.typesetting import Fault, Job, Typeset, attempts
from tickets.binary_texts import as_bytes


def faults(loaded: LoadedDesk, at: datetime) -> list[str]:
    """Say of each paper that cannot be typeset why: `papers/surat.typ:3: unknown variable: nomer (surat of layanan)`."""
    named = [(one, paper) for one in loaded.procedures for paper in one.papers if paper.is_made]
    jobs = [_job(loaded, procedure, paper, at, signed=True) for procedure, paper in named]
    return [
        f"{made.said} ({paper.id} of {procedure.id})"
        for (procedure, paper), made in zip(named, _typeset(jobs), strict=True)
        if isinstance(made, Fault)
    ]


def tried(
    loaded: LoadedDesk, procedure: Procedure, paper: Paper, at: datetime, *, signed: bool
) -> Typeset | Fault:
    """Typeset one paper, as if it were signed or as a draft."""
    (made,) = _typeset([_job(loaded, procedure, paper, at, signed=signed)])
    return made


def _job(loaded: LoadedDesk, procedure: Procedure, paper: Paper, at: datetime, *, signed: bool) -> Job:
    files: Mapping[str, bytes] = {name: as_bytes(text) for name, text in loaded.files.items()}
    return sample_job(paper, procedure, loaded.desk, files, at, signed=signed)


def _typeset(jobs: Sequence[Job]) -> list[Typeset | Fault]:
    """Raises ReckoningError where the process apart was ended, as it is when a template takes too long."""
    return asyncio.run(press()(attempts, jobs)) if jobs else []
