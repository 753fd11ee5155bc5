"""Somebody works at the desk no longer: whoever acts in their place is called to the turns that were theirs, else the supervisors."""

from bot.alerts import ways_to
from bot.desks import OpenDesk
from bot.telling import to_person
from bot.turns.called import Called, acting_now, open_turn, supervisors
from bot.turns.calling import call, call_text
from procedures.cases import rows as cases
from templates_replies import turn_phrases
from tickets.ledger.events import Recorded
from tickets.ledger.tx import Tx


def pass_turns_on(tx: Tx, event: Recorded, desk: OpenDesk) -> None:
    """Tell of every turn of the desk that somebody who has left was to end."""
    gone = event.subject or ""
    for case, step, round_ in cases.open_at(tx, desk.slug):
        called = open_turn(tx, case, step, round_, desk)
        if called is not None and called.asks_somebody and _was_theirs(called, gone):
            _pass_on(tx, event, called, gone)


def _was_theirs(called: Called, gone: str) -> bool:
    """Whether they had the turn; who was of a team only is of none any more, so each turn of a team is looked at."""
    roles = called.role.each
    return called.turn.holder == gone or any(gone in role.people or role.team is not None for role in roles)


def _pass_on(tx: Tx, event: Recorded, called: Called, gone: str) -> None:
    people = acting_now(tx, called, at=event.at)
    about = f"left:{event.id}:{called.case.id}/{called.step.id}"
    substitutes = {one for role in called.role.each for one in role.substitutes}
    are_new = called.turn.holder == gone or {person.id for person in people} <= substitutes
    if people and are_new:
        said = call_text(tx, called)
        for person in people:
            call(tx, called, person, said, dedup=f"{about}:{person.id}", at=event.at)
    if not people:
        text = turn_phrases.nobody(called.language, about=called.about, role=called.role.name)
        for person in supervisors(tx, called.desk.slug):
            to_person(
                tx, ways_to(person, called.desk), text, desk=called.desk.slug, person=person.id, at=event.at,
                ticket=called.case.ticket, dedup=f"{about}:{person.id}",
            )  # fmt: skip
