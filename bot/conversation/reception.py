"""Whose a message is, where one number or one bot serves several desks: a pure decision.

The contact chooses from a menu, or their first words decide where the desks' matchers are sure; the running ticket
keeps the choice. While the menu waits, what they write is at the first desk already, and its promise runs.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from bot.listening import Heard
from bot.menu_answers import meant
from templates_replies.gate import MARGIN, THRESHOLD
from templates_replies.matcher import Suggestion
from tickets.hours import Span

DESK = "desk"  # what the bot waits for, as an `Expectation` names it
MENU_WAITS = timedelta(minutes=10)  # at most; then the first desk takes the ticket up
CHOICE_HOLDS = timedelta(days=1)  # so long a choice may come, or wait for what it is about
_PRESSED = "desk:"


class Way(StrEnum):
    TALK = "talk"  # the desk's conversation goes on, or begins
    ASK = "ask"  # show the menu
    WAIT = "wait"  # keep it: the menu has been shown
    GO = "go"  # take the ticket to the desk


@dataclass(frozen=True, kw_only=True)
class Step:
    way: Way
    desk: str  # whose it is now
    words_decided: bool = False  # it is no answer to the menu, but what the contact wants to say


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What is known when a message comes in on an account of several desks."""

    desks: Mapping[str, str]  # their names by slug, the account's own desk first
    heard: Heard
    running: str | None  # the desk of the ticket that the message joins; None: it would open one
    answered: bool  # somebody has worked on that ticket
    asked: bool  # the menu waits for an answer
    held: bool  # and so does the ticket, out of the agents' sight
    chosen: str | None  # what was chosen before there was a ticket
    sure: str | None  # the desk that the words speak of
    may_ask: bool  # the contact wants automatic messages, and has not had too many


def step(at: Standing) -> Step:
    """Decide what becomes of a message."""
    heard, first = at.heard, next(iter(at.desks))
    here = at.running if at.running is not None and at.running in at.desks else first
    if heard.automatic or heard.forged or heard.stop or heard.state is not None:
        return Step(way=Way.TALK, desk=here)
    choice = _choice(at)
    if choice is not None:
        return Step(way=Way.GO, desk=choice)
    if at.may_ask and (heard.menu or (heard.start and at.running is None)):
        return Step(way=Way.ASK, desk=here)
    if at.running is None:
        return _opening(at, first)
    if at.running not in at.desks:  # somebody moved it to a desk with other ways in
        return Step(way=Way.TALK, desk=first)
    wanted = at.chosen if heard.asks else None
    if at.held:
        wanted = wanted or at.sure
        return Step(way=Way.WAIT if wanted is None else Way.GO, desk=wanted or here, words_decided=True)
    if wanted is not None and wanted != here:
        return Step(way=Way.GO, desk=wanted, words_decided=True)
    return Step(way=Way.TALK, desk=here)


def _opening(at: Standing, first: str) -> Step:
    if not at.heard.opens:
        return Step(way=Way.TALK, desk=first)
    wanted = at.chosen or at.sure
    if wanted is not None or not at.may_ask:
        return Step(way=Way.TALK, desk=wanted or first)
    return Step(way=Way.ASK, desk=first)


def _choice(at: Standing) -> str | None:
    """Return the desk that was named: by its button or link, as long as nobody has begun; after the menu in words."""
    if at.heard.link in at.desks and not at.answered:
        return at.heard.link
    pressed = (at.heard.button or "").removeprefix(_PRESSED)
    if pressed in at.desks and pressed != at.heard.button and (at.asked or not at.answered):
        return pressed
    if not at.asked:
        return None
    index = meant(at.heard.text, [f"{name} {slug}" for slug, name in at.desks.items()])
    return None if index is None else list(at.desks)[index]


def patience(promises: Iterable[Span]) -> timedelta:
    """Return how long the menu waits: whichever desk it becomes, half of its promise of a first answer is left."""
    return min([MENU_WAITS, *(promise.length / 2 for promise in promises)])


def pressed_data(desk: str) -> str:
    """Return the data of the button that chooses a desk."""
    return f"{_PRESSED}{desk}"


def sure_of(suggested: Mapping[str, Sequence[Suggestion]]) -> str | None:
    """Return the desk of which the words speak: one has a good suggestion, and no other has one nearly as good."""
    best = sorted(((found[0].score, slug) for slug, found in suggested.items() if found), reverse=True)
    if not best or best[0][0] < THRESHOLD:
        return None
    return best[0][1] if len(best) == 1 or best[0][0] - best[1][0] >= MARGIN else None
