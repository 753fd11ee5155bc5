"""Ending a step in chat, as far as it has come: what was said already, and what is asked next. Pure.

A step may ask for a reason, for answers, and for who acts next; each is asked by itself, and the next message answers
it. What was said so far travels with the question (`bot.executing.prompts`), so that nothing is kept that nobody finishes.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from procedures.asking.conditions import Answers
from procedures.asking.questions import Question
from procedures.definition.procedure import SKIPPED, Step

REASON, NAMED, TO_ASK = "reason", "named", "ask"  # what may be asked for beside the step's own questions
_LEFT_OUT = frozenset({"-", "–"})


@dataclass(frozen=True, kw_only=True)
class Filling:
    """What somebody has said of how a step ends."""

    step: str
    seen: int  # the round that they were shown
    way: str = ""  # the outcome; empty where they ask the requester first
    reason: str = ""
    answers: Mapping[str, Any] = field(default_factory=dict)  # as typed; None: left out
    named: str | None = None
    file: int | None = None  # the attachment that is still on its way, and answers what is asked
    asks: str = ""  # what their next message answers: one of the above, or the id of a question

    def asking(self, what: str) -> "Filling":
        return replace(self, asks=what)

    def to_text(self) -> str:
        return json.dumps({name: value for name, value in asdict(self).items() if value}, ensure_ascii=False)


def read_filling(rest: str) -> tuple[Filling, str] | None:
    """Take what a question carried and the words that answer it apart; None if it carried nothing."""
    try:
        data, end = json.JSONDecoder().raw_decode(rest)
        return Filling(**data), rest[end:].strip()
    except (ValueError, TypeError):
        return None


def next_question(step: Step, filling: Filling, known: Answers) -> Question | None:
    """Return the first of the step's questions that is to be asked and was not yet."""
    if filling.way == SKIPPED:
        return None
    values = {**known, **{name: value for name, value in filling.answers.items() if value is not None}}
    return next(
        (
            each
            for each in step.asks
            if each.id not in filling.answers and (each.only_if is None or each.only_if.hold(values))
        ),
        None,
    )


def is_left_out(words: str, question: Question, known: Answers) -> bool:
    """Whether somebody leaves a question out who may: it is not required, or the case knows an answer already."""
    return words.strip() in _LEFT_OUT and (not question.required or question.id in known)
