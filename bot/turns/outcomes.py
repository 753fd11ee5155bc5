"""How a turn ended, in words: who decided, when, and how."""

from datetime import datetime

from bot.desks import OpenDesk
from bot.turns.called import Called
from procedures.definition.procedure import DONE
from procedures.words.answer_words import ways_of
from templates_replies import turn_phrases
from tickets.ledger.tx import Tx
from tickets.staff import active


def decided_text(tx: Tx, called: Called, *, now: datetime) -> str:
    """Say who has ended a turn, when and how; that it is over where nobody has."""
    turn, language = called.turn, called.language
    way = dict(ways_of(called.step, language)).get(turn.outcome or "")
    if turn.ended_at is None or turn.by is None or way is None:
        return turn_phrases.ended(language, about=called.about)
    zone = called.desk.now.desk.calendar.tz
    return turn_phrases.decided(
        language, about=called.about, who=named(tx, called.desk, turn.by), way=None if turn.outcome == DONE else way,
        at=turn.ended_at.astimezone(zone), now=now.astimezone(zone),
    )  # fmt: skip


def named(tx: Tx, desk: OpenDesk, actor: str | None) -> str:
    """Return what somebody of the desk is called; of a program what its token is."""
    names = {person.actor.key: person.name for person in active(tx, desk.slug)}
    return names.get(actor or "", (actor or "").partition(":")[2] or (actor or ""))
