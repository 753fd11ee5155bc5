"""What supervisors do from chat: verify one ticket or all, send one back, look at the board."""

from bot.commands import Verb, button
from bot.executing.doing import AtDesk, Doing
from bot.executing.verbs import ForDesk, OnTicket
from bot.telling import budget_of
from templates_replies import supervision_phrases
from tickets.actions import supervising
from tickets.actions.rights import require
from tickets.actor import Role
from tickets.message import Button
from tickets.outbox import enqueue
from tickets.parcels import Audience, Priority

_AT_ONCE = 500  # tickets of one order: one transaction, for which everybody else waits


def _verify(doing: Doing, _rest: str) -> None:
    ticket = supervising.verify(doing.tx, doing.number, by=doing.by, at=doing.at)
    doing.confirm(doing.voice.verified(ticket))


def _send_back(doing: Doing, rest: str) -> None:
    language = doing.voice.language
    if not rest:
        doing.tell(supervision_phrases.note_missing(language))
        return
    doing.acts.send_back(doing.tx, doing.number, rest, desk=doing.desk.now, by=doing.by, at=doing.at)
    doing.confirm(supervision_phrases.sent_back(language, ticket=doing.number))


def _verify_all(at_desk: AtDesk, rest: str) -> None:
    """Verify everything that they may, once they have said how many that is."""
    language = at_desk.voice.language
    numbers = supervising.verifiable(at_desk.tx, at_desk.desk.slug, by=at_desk.by, most=_AT_ONCE)
    if not numbers:
        at_desk.tell(supervision_phrases.nothing_to_verify(language))
    elif rest == str(len(numbers)):
        done = supervising.verify_many(at_desk.tx, numbers, by=at_desk.by, at=at_desk.at)
        at_desk.tell(supervision_phrases.verified_many(language, count=len(done.tickets)))
    else:
        label = supervision_phrases.verify_label(language, count=len(numbers))
        sure = Button(label=label, data=button(Verb.VERIFY_ALL, 0, str(len(numbers))))
        at_desk.tell(supervision_phrases.verify_all(language, tickets=numbers, changed=bool(rest)), [[sure]])


def _board(at_desk: AtDesk, _rest: str) -> None:
    """Queue the board for where they asked; it is drawn when it is sent."""
    require(at_desk.by, Role.SUPERVISOR, at_desk.desk.slug)
    said = at_desk.written.said
    place = {
        "account": said.place.account,
        "channel": str(said.place.channel),
        "address": said.place.address,
        "thread": said.place.thread,
    }
    enqueue(
        at_desk.tx, dedup=f"board:{said.place.account}:{said.event_id}", account=said.place.account,
        audience=Audience.STAFF, act="board", priority=Priority.ANSWER, desk=at_desk.desk.slug, at=at_desk.at,
        order_key=f"staff:{said.place.account}:{said.place.address}:{said.place.thread or ''}",
        payload={"ways": [place]}, budget=budget_of(said.place),
    )  # fmt: skip


VERBS: OnTicket = {Verb.VERIFY: _verify, Verb.SEND_BACK: _send_back}
AT_DESK: ForDesk = {Verb.VERIFY_ALL: _verify_all, Verb.BOARD: _board}
