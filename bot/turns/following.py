"""Whose turn it is in a procedure is told so, at their own address, and what becomes of it. A follower of the history."""

from collections.abc import Callable, Mapping

from bot.alerts import ways_to
from bot.desks import Desks, OpenDesk
from bot.mirroring import text_of
from bot.own_turns.telling import tell_requester_of_turn
from bot.requesting.going_on import FormLink, no_page
from bot.telling import to_person
from bot.turns.called import Called, acting_now, called_to, informed, open_turn, supervisors
from bot.turns.calling import call, call_text
from bot.turns.left import pass_turns_on
from bot.turns.outcomes import decided_text, named
from procedures.cases import heard
from procedures.cases import rows as cases
from procedures.cases.happened import Moment
from procedures.running.handing import HANDED
from templates_replies import turn_phrases
from tickets.ledger.events import Recorded
from tickets.ledger.tx import Tx
from tickets.staff import LEFT, StaffNow, active

_SAID = "message.received"


class TurnFollower:
    name = "turns"

    def __init__(self, desks: Desks, *, turn_link: FormLink = no_page) -> None:
        self._desks = desks
        self._turn_link = turn_link  # to the page of a case's turn, for whoever asked
        self._told: Mapping[str, Callable[[Tx, Recorded, OpenDesk], None]] = {
            Moment.STEP_BEGUN: self._begun,
            Moment.STEP_DONE: _done,
            Moment.STEP_DROPPED: _dropped,
            HANDED: _handed,
            _SAID: _said,
            LEFT: pass_turns_on,
        }

    def wants(self, event: Recorded) -> bool:
        return event.kind in self._told and self._desks.get(event.desk) is not None

    def follow(self, tx: Tx, event: Recorded) -> None:
        self._told[event.kind](tx, event, self._desks[event.desk])

    def _begun(self, tx: Tx, event: Recorded, desk: OpenDesk) -> None:
        called = _open(tx, event, desk)
        if called is not None and called.role.requester:
            tell_requester_of_turn(tx, called, link=self._turn_link, at=event.at)
        if called is not None and called.asks_somebody:
            _call(tx, event, called, desk)


def _call(tx: Tx, event: Recorded, called: Called, desk: OpenDesk) -> None:
    """Call whoever may end the step, but for whoever has brought the case to it; the supervisors where nobody is here."""
    people = acting_now(tx, called, at=event.at)
    said = call_text(tx, called)
    for person in people:
        if person.actor.key != event.actor:
            call(tx, called, person, said, dedup=f"turn:{event.id}:{person.id}", at=event.at)
    if not people:
        text = turn_phrases.nobody(called.language, about=called.about, role=called.role.name)
        for person in supervisors(tx, desk.slug):
            if person.actor.key != event.actor:
                _tell(tx, event, desk, person, text)


def _handed(tx: Tx, event: Recorded, desk: OpenDesk) -> None:
    """Call who has the turn now, and tell who had it."""
    called = _open(tx, event, desk)
    if called is None:
        return
    by = named(tx, desk, event.actor)
    said = "\n".join([call_text(tx, called), turn_phrases.handed(called.language, who=by)])
    people = {person.id: person for person in active(tx, desk.slug)}
    to, before = people.get(event.data["to"]), people.get(event.data.get("before") or "")
    if to is not None and to.actor.key != event.actor:
        call(tx, called, to, said, dedup=f"turn:{event.id}:{to.id}", at=event.at)
    if to is not None and before is not None and before.actor.key != event.actor:
        text = turn_phrases.handed_on(called.language, about=called.about, who=by, to=to.name)
        _tell(tx, event, desk, before, text)


def _done(tx: Tx, event: Recorded, desk: OpenDesk) -> None:
    """Tell the others who could have ended the step that one of them has, and those who are to know of it."""
    called = _named(tx, event, desk)
    if called is None:
        return
    others = acting_now(tx, called, at=event.at) if called.role.is_of_the_desk else ()
    said = decided_text(tx, called, now=event.at)
    for person in (*others, *informed(tx, called, at=event.at)):
        if person.actor.key != event.actor:
            _tell(tx, event, desk, person, said)


def _dropped(tx: Tx, event: Recorded, desk: OpenDesk) -> None:
    """Tell whoever had a turn that the end of its case has cut it short."""
    called = _named(tx, event, desk)
    if called is None or not called.asks_somebody:
        return
    end = called.procedure.end(called.case.ended or "")
    text = turn_phrases.stopped(called.language, about=called.about, end=end.name if end else None)
    for person in acting_now(tx, called, at=event.at):
        if person.actor.key != event.actor:
            _tell(tx, event, desk, person, text)


def _said(tx: Tx, event: Recorded, desk: OpenDesk) -> None:
    """Tell whoever has asked the requester something what they answer."""
    waiting = heard.waiting(tx, event.ticket or 0)
    people = {person.actor.key: person for person in active(tx, desk.slug)} if waiting else {}
    for waits in waiting:
        case, person = cases.load(tx, waits.case), people.get(waits.asked_by)
        turn = case.turn(waits.step)
        called = called_to(tx, case, turn, desk) if turn is not None else None
        message = int(event.subject or 0)
        heard.hear(tx, waits, message, at=event.at)
        if called is not None and person is not None:
            text = turn_phrases.heard(called.language, about=called.about, said=text_of(tx, message))
            call(tx, called, person, text, dedup=f"heard:{event.id}:{person.id}", at=event.at)


def _named(tx: Tx, event: Recorded, desk: OpenDesk) -> Called | None:
    """Return the turn that an event is about, over or not."""
    case = cases.load(tx, int(event.subject or 0))
    key = (event.data["step"], event.data["round"])
    turn = next((each for each in case.turns if (each.step, each.round) == key), None)
    return called_to(tx, case, turn, desk) if turn is not None else None


def _open(tx: Tx, event: Recorded, desk: OpenDesk) -> Called | None:
    data = event.data
    return open_turn(tx, int(event.subject or 0), data["step"], data["round"], desk)


def _tell(tx: Tx, event: Recorded, desk: OpenDesk, person: StaffNow, text: str) -> None:
    to_person(
        tx, ways_to(person, desk), text, desk=desk.slug, person=person.id, at=event.at, ticket=event.ticket,
        dedup=f"turn:{event.id}:{person.id}",
    )  # fmt: skip
