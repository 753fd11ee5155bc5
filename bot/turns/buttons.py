"""A turn in chat: the ways in which its step can end, as buttons that are good for that turn alone."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.commands import Verb, button
from procedures.cases.rows import CaseNow, Turn
from procedures.definition.procedure import Procedure, Step
from procedures.words.answer_words import ways_of
from templates_replies import turn_phrases
from templates_replies.catalogue import Language
from tickets.message import Button

_MARK = "@"  # no step's number or id begins with it
ASK = "ask"  # the requester, instead of ending the step


@dataclass(frozen=True, kw_only=True)
class Pressed:
    """A button of a turn: which step in which round, and the way that it stands for."""

    step: Step
    round: int
    way: str  # an outcome, or ASK


def buttons_for(case: CaseNow, step: Step, turn: Turn, language: Language) -> Sequence[Sequence[Button]]:
    """Return a button for each way, and one that asks the requester something first."""
    ways = [(str(number), label) for number, (_, label) in enumerate(ways_of(step, language))]
    return [
        [_button(case, turn, said, label) for said, label in row]
        for row in (ways, [(ASK, turn_phrases.ask_label(language))])
    ]


def is_press(rest: str) -> bool:
    """Whether what follows the command's word is a button's data."""
    return rest.startswith(_MARK)


def is_of(rest: str, case: CaseNow) -> bool:
    """Whether a button's data is of this case."""
    return rest.startswith(f"{_MARK}{case.id}.")


def pressed(rest: str, case: CaseNow, procedure: Procedure, language: Language) -> Pressed | None:
    """Read a button's data back; None if it is of another case, or of another version of the procedure."""
    head, _, said = rest.removeprefix(_MARK).rpartition(".")
    turn = next((each for each in case.turns if head == _named(case, each)), None)
    step = procedure.step(turn.step) if turn is not None else None
    if turn is None or step is None:
        return None
    ways = {str(number): way for number, (way, _) in enumerate(ways_of(step, language))} | {ASK: ASK}
    return Pressed(step=step, round=turn.round, way=ways[said]) if said in ways else None


def _button(case: CaseNow, turn: Turn, said: str, label: str) -> Button:
    data = button(Verb.STEP, case.ticket, f"{_MARK}{_named(case, turn)}.{said}")
    return Button(label=label, data=data)


def _named(case: CaseNow, turn: Turn) -> str:
    """Name a turn by numbers, for a button holds little; a case that moved to another version has others."""
    return f"{case.id}.{case.revision}.{turn.place}"
