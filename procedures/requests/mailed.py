"""A form in a mail: lines such as `Nama kegiatan: Wisuda`, also within what a mail program quotes. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from procedures.asking.questions import AnswerError, Kind, Question
from procedures.asking.reading import read_answer
from templates_replies.cues import is_courtesy, is_greeting

LONGEST_LABEL = 200  # characters: no question is longer on one line
MOST_LINES, LONGEST_READ = 400, 20_000  # characters
UNANSWERED = "–"  # what we say of a question that is not answered
_QUOTED = re.compile(r"^[>\s]+")
_ORNAMENT = re.compile(r"^[\s*_•·\-–(]*(?:\d{1,2}[.)]\s*)?|[\s*_?)]+$")
_PARTS = re.compile(r"[:：=]")


@dataclass(frozen=True, kw_only=True)
class Filled:
    """What the lines of a mail say to a form."""

    answers: Mapping[str, Any] = field(default_factory=dict)
    faults: Mapping[str, AnswerError] = field(default_factory=dict)  # by question: its line cannot be taken
    asks: bool = False  # something in it is a question to people


def read_lines(form: Sequence[Question], text: str, *, today: date) -> Filled:
    """Read the lines that name a question and say something; what runs on below a line of text belongs to it.

    Where several lines name a question, the first that says something counts: what is known already is told below.
    """
    names = {name: question for question in form for name in _names(question)}
    typed: dict[str, list[str]] = {}
    running: Question | None = None
    asks = False
    for line in text[:LONGEST_READ].splitlines()[:MOST_LINES]:
        found = _labelled(line, names)
        if found is not None:
            running, value = found
            if value == UNANSWERED or any(typed.get(running.id, ())):
                running = None  # what we have said of it ourselves, below the line that was filled in
            else:
                typed.setdefault(running.id, []).append(value)
        elif running is not None and running.kind in {Kind.PARAGRAPH, Kind.ITEMS} and _bare(line):
            typed[running.id].append(_bare(line))
        else:
            running = None
            asks = asks or _is_for_people(line)
    return _read(form, typed, today=today, asks=asks)


def _read(form: Sequence[Question], typed: Mapping[str, Sequence[str]], *, today: date, asks: bool) -> Filled:
    answers: dict[str, Any] = {}
    faults: dict[str, AnswerError] = {}
    for question in form:
        said = "\n".join(part for part in typed.get(question.id, ()) if part)
        if not said:
            continue
        try:
            answers[question.id] = read_answer(question, said, today=today)
        except AnswerError as error:
            if question.kind is not Kind.FILE:  # "Surat: terlampir" says no more than the attachment does
                faults[question.id] = error
    return Filled(answers=answers, faults=faults, asks=asks)


def _labelled(line: str, names: Mapping[str, Question]) -> tuple[Question, str] | None:
    """Return the question that a line names, and what it says to it."""
    bare = _bare(line)
    parted = _PARTS.search(bare[: LONGEST_LABEL + 1])
    if parted is None:
        return None
    question = names.get(_name(bare[: parted.start()]))
    return (question, bare[parted.end() :].strip(" *_")) if question is not None else None


def _names(question: Question) -> list[str]:
    """Return everything that a line may call a question."""
    texts = (*question.label.values(), *question.ask.values(), question.id.replace("_", " "))
    return [_name(text) for text in texts]


def _name(text: str) -> str:
    return " ".join(_ORNAMENT.sub("", text).casefold().split())


def _bare(line: str) -> str:
    return _QUOTED.sub("", line).strip()


def _is_for_people(line: str) -> bool:
    """Whether a line beside the form asks something; what a mail quotes was said by us."""
    return (
        "?" in line and not line.lstrip().startswith(">") and not is_greeting(line) and not is_courtesy(line)
    )
