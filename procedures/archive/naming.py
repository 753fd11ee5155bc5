"""What a case is called in the archive, and names that every computer takes. Pure."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, datetime, tzinfo
from typing import Any

from procedures.asking.questions import Kind
from procedures.cases.rows import CaseNow
from procedures.definition.procedure import Procedure
from procedures.words.answer_words import answer_words
from templates_replies.catalogue import Language
from tickets.ledger.blobs import safe_name

ALWAYS_KNOWN = ("procedure", "ticket", "case", "begun_on", "ended_on")  # beside the answers
USUAL = "{procedure} {ticket} {begun_on}"
LONGEST_NAME, LONGEST_FILE = 80, 100  # characters: a path of both stays below what Windows opens
_PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_-]*)\}")
MOST_BYTES = 200  # of a name, for file systems that count them


def name_of(case: CaseNow, procedure: Procedure, language: Language, *, zone: tzinfo) -> str:
    """Return what a case is called: by the procedure's pattern, dates as `2026-10-20`, so that they sort."""
    values = {
        "procedure": procedure.name,
        "ticket": f"#{case.ticket}",
        "case": str(case.id),
        "begun_on": _day(case.begun_at, zone),
        "ended_on": _day(case.ended_at, zone) if case.ended_at else "",
        **dict(_answers(case, procedure, language)),
    }
    filled = _PLACEHOLDER.sub(lambda found: values.get(found[1], ""), procedure.archive or USUAL)
    if not re.search(r"\w", filled):  # nothing of it was answered
        filled = f"{procedure.name} #{case.ticket}"
    return harmless(filled, longest=LONGEST_NAME)


def fillable(procedure: Procedure) -> tuple[str, ...]:
    """Return what a pattern may name: answers in words, and what every case has. A file is no word."""
    asked = (question.id for question in procedure.questions if question.kind is not Kind.FILE)
    return (*ALWAYS_KNOWN, *asked)


def harmless(name: str, *, longest: int) -> str:
    """Return a name that no system reads as anything else: no folders, no ends that Windows cuts, no endless ones."""
    flat = safe_name(" ".join(name.replace("/", "-").replace("\\", "-").split()))
    stem, dot, suffix = flat.rpartition(".")
    ending = f".{suffix}" if dot and stem and re.fullmatch(r"\w{1,8}", suffix) else ""
    kept = flat.removesuffix(ending)[: longest - len(ending)]
    while len(kept.encode()) + len(ending) > MOST_BYTES:
        kept = kept[:-1]
    return f"{kept.strip(' .')}{ending}"


class Names:
    """Gives out names within a folder, none twice: on Windows `A.pdf` and `a.pdf` are one."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def free(self, name: str, *, longest: int = LONGEST_FILE) -> str:
        wanted = harmless(name, longest=longest) or "-"
        for candidate in _candidates(wanted):
            key = unicodedata.normalize("NFKC", candidate).casefold()
            if key not in self._taken:
                self._taken.add(key)
                return candidate
        raise AssertionError("numbers do not end")


def _candidates(name: str) -> Iterator[str]:
    yield name
    stem, dot, suffix = name.rpartition(".")
    at = 2
    while True:
        yield f"{stem} ({at}).{suffix}" if dot and stem else f"{name} ({at})"
        at += 1


def _answers(case: CaseNow, procedure: Procedure, language: Language) -> Iterator[tuple[str, str]]:
    for question in procedure.questions:
        value: Any = case.answers.get(question.id)
        if value is not None and question.kind is not Kind.FILE:
            yield (
                question.id,
                value.isoformat() if isinstance(value, date) else answer_words(question, value, language),
            )


def _day(at: datetime, zone: tzinfo) -> str:
    return at.astimezone(zone).date().isoformat()
