"""The buttons of a requester's turn, and what a press of one says. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from procedures.cases.rows import CaseNow, Turn
from procedures.definition.procedure import DONE, Step
from procedures.words.answer_words import ways_of
from templates_replies import requester_turn_phrases as phrases
from templates_replies.catalogue import Language
from tickets.message import Button

Rows = tuple[tuple[Button, ...], ...]
YES, NO = "yes", "no"
_DATA = re.compile(r"turn:(\d{1,15})\.(\d{1,9})\.(\d{1,6}):([a-z0-9.-]{1,20})")
_ANSWER = re.compile(r"q(\d{1,3})\.(\d{1,3}|ya|tidak|-)")


@dataclass(frozen=True, kw_only=True)
class Press:
    """A button of a turn was pressed: of which case under which revision, at which place among its turns."""

    case: int
    revision: int
    place: int
    said: str  # the number of a way, YES, NO, or an answer to a question

    @property
    def way(self) -> int | None:
        """Return which of the ways it chooses."""
        return int(self.said) if self.said.isdecimal() else None

    @property
    def answer(self) -> tuple[int, str] | None:
        """Return the place of the question that it answers, and the answer as it would be typed."""
        match = _ANSWER.fullmatch(self.said)
        return (int(match[1]), match[2]) if match else None


def pressed(data: str | None) -> Press | None:
    """Read a button's data back; None for one that is none of ours."""
    match = _DATA.fullmatch(data or "")
    if match is None:
        return None
    return Press(case=int(match[1]), revision=int(match[2]), place=int(match[3]), said=match[4])


def labels_of(step: Step, language: Language) -> list[str]:
    """Return what each way is called to whoever asked, in the order of `ways_of`."""
    done = phrases.fill_in_label(language) if step.asks else phrases.done_label(language)
    return [done if way == DONE else label for way, label in ways_of(step, language)]


def of_ways(case: CaseNow, turn: Turn, step: Step, language: Language) -> Rows:
    return tuple(
        (_button(case, turn, label, str(place)),) for place, label in enumerate(labels_of(step, language))
    )


def of_yes_or_no(case: CaseNow, turn: Turn, labels: Sequence[str]) -> Rows:
    yes, no = labels
    return ((_button(case, turn, yes, YES),), (_button(case, turn, no, NO),))


def of_question(case: CaseNow, turn: Turn, place: int, choices: Sequence[tuple[str, str]]) -> Rows:
    """Return a button for each choice: what is said by it, and what it reads."""
    return tuple((_button(case, turn, label, f"q{place}.{said}"),) for said, label in choices)


def _button(case: CaseNow, turn: Turn, label: str, said: str) -> Button:
    return Button(label=label, data=f"turn:{case.id}.{case.revision}.{turn.place}:{said}")
