"""What people of the desk say to a contact, and what they note among themselves."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import bindparam, delete, select

from bot import topics
from bot.commands import Verb, button
from bot.executing.doing import Doing
from bot.executing.verbs import OnTicket
from bot.tables import Draft
from templates_replies import handling_phrases
from tickets import collisions
from tickets.actions import answering, handling
from tickets.actions.answering import Words
from tickets.actions.errors import RuleError
from tickets.collisions import Collision
from tickets.ledger.blobs import Stored
from tickets.ledger.prepared import Prepared
from tickets.message import Button
from tickets.staff import active

_DRAFTS = Draft.__table__  # type: ignore[attr-defined]
_DRAFT = Prepared(
    select(_DRAFTS).where(_DRAFTS.c.ticket == bindparam("ticket"), _DRAFTS.c.staff == bindparam("staff"))
)
_SAVE_DRAFT = Prepared(
    lambda insert: insert(_DRAFTS).on_conflict_do_update(
        index_elements=["ticket", "staff"],
        set_={name: insert(_DRAFTS).excluded[name] for name in ("text", "template", "at", "held")},
    )
)
_DROP_DRAFT = Prepared(
    delete(_DRAFTS).where(
        _DRAFTS.c.ticket == bindparam("of_ticket"), _DRAFTS.c.staff == bindparam("of_staff")
    )
)
_MOST_CHOICES = 6
WAIT, CLOSE = "wait", "close"  # what an answer does to the ticket besides


def answer(doing: Doing, text: str, *, then: str | None = None, reply: str | None = None) -> bool:
    """Answer the contact; with `then` the ticket waits or is solved. False: a colleague was quicker, so it is held.

    `reply` is the reply template that it is, unchanged.
    """
    collision = collisions.recent(
        doing.tx, doing.ticket, by=doing.by, since=doing.at - doing.desk.now.desk.handling.collision_within
    )
    if collision is not None:
        _hold(doing, text, then, collision)
        return False
    origin = None if doing.written.said.button else _here(doing)
    _say(doing, text, doing.written.files, then, origin=origin, reply=reply)
    doing.confirm(doing.voice.answer_queued(doing.number))
    return True


def _say(
    doing: Doing, text: str, files: Sequence[Stored], then: str | None, *, origin: Mapping[str, Any] | None,
    reply: str | None = None,
) -> None:  # fmt: skip
    _, message = answering.answer(
        doing.tx, doing.number, Words(text=text, files=tuple(files), reply=reply), by=doing.by, at=doing.at, wait=then == WAIT
    )  # fmt: skip
    if origin is not None:  # so that its delivery is shown there and it is not repeated there
        topics.note_origin(doing.tx, message, **origin)
    if then == CLOSE:
        doing.acts.close(doing.tx, doing.number, desk=doing.desk.now, by=doing.by, at=doing.at)


def _here(doing: Doing) -> Mapping[str, Any]:
    """Return where they wrote."""
    place = doing.written.said.place
    return {
        "account": place.account,
        "place": {"address": place.address, "thread": place.thread},
        "external_id": doing.written.said.external_id,
    }


def _hold(doing: Doing, text: str, then: str | None, collision: Collision) -> None:
    """Keep an answer back and say who was quicker; nothing of it is lost."""
    held = {"files": [asdict(file) for file in doing.written.files], "then": then, "origin": _here(doing)}
    doing.tx.run(
        _SAVE_DRAFT, ticket=doing.number, staff=doing.person.id, text=text, template=None, at=doing.at, held=held
    )  # fmt: skip
    names = {person.actor.key: person.name for person in active(doing.tx, doing.desk.slug)}
    language = doing.voice.language
    warning = handling_phrases.collision(
        language, who=names.get(collision.by, collision.by), ago=doing.at - collision.at, text=collision.text,
        ticket=collision.ticket,
    )  # fmt: skip
    anyway, discard = handling_phrases.collision_labels(language)
    rows = [[Button(label=anyway, data=button(Verb.SEND, doing.number)),
             Button(label=discard, data=button(Verb.CANCEL, doing.number))]]  # fmt: skip
    doing.tell(warning, rows)


def note(doing: Doing, text: str) -> None:
    noted = answering.note(doing.tx, doing.number, text, by=doing.by, at=doing.at, files=doing.written.files)
    note_origin(doing, noted)
    doing.confirm(doing.voice.noted())


def note_origin(doing: Doing, message: int) -> None:
    """Remember where it was written, so that it is not repeated there."""
    if doing.written.said.button is None:
        topics.note_origin(doing.tx, message, **_here(doing))


def _wait(doing: Doing, rest: str) -> None:
    if rest:
        answer(doing, rest, then=WAIT)
        return
    ticket = handling.wait(doing.tx, doing.number, by=doing.by, at=doing.at)
    doing.confirm(doing.voice.waiting(ticket))


def _choose_template(doing: Doing, rest: str) -> None:
    if rest:
        _preview(doing, rest.split(maxsplit=1)[0])
        return
    catalogue = doing.desk.catalogue
    suggested = [pair[0] for pair in doing.ticket.suggestions or []]
    wanted = [doing.ticket.category, *suggested]
    replies = [reply for each in wanted if each and (reply := catalogue.reply_of(each))]
    unique = list({reply.id: reply for reply in replies}.values())[:_MOST_CHOICES]
    rows = [
        [Button(label=reply.title[:60], data=button(Verb.REPLY, doing.number, reply.id))] for reply in unique
    ]
    doing.tell(doing.voice.choose_template([reply.id for reply in catalogue.offered_replies]), rows)


def _preview(doing: Doing, template: str) -> None:
    rendered = doing.acts.preview(
        doing.tx, doing.number, template, agent=doing.person.name, at=doing.at
    )  # fmt: skip
    shown = doing.voice.preview(rendered.text, rendered.missing)
    if not rendered.is_complete:
        doing.tell(shown)
        return
    doing.tx.run(
        _SAVE_DRAFT, ticket=doing.number, staff=doing.person.id, text=rendered.text, template=template, at=doing.at,
        held=None,
    )  # fmt: skip
    send, cancel = doing.voice.send_labels()
    rows = [[Button(label=send, data=button(Verb.SEND, doing.number)),
             Button(label=cancel, data=button(Verb.CANCEL, doing.number))]]  # fmt: skip
    doing.tell(shown, rows)


def _send_draft(doing: Doing, _rest: str) -> None:
    draft = doing.tx.one(_DRAFT, ticket=doing.number, staff=doing.person.id)
    if draft is None:
        raise RuleError("there is no draft to send")
    doing.tx.run(_DROP_DRAFT, of_ticket=doing.number, of_staff=doing.person.id)
    if draft.held is not None:  # they have seen the warning
        files = [Stored(**file) for file in draft.held["files"]]
        _say(doing, draft.text, files, draft.held["then"], origin=draft.held["origin"])
    elif not answer(doing, draft.text, reply=draft.template):
        return
    if doing.written.in_topic:
        doing.tell(doing.voice.answer_queued(doing.number))


def _cancel_draft(doing: Doing, _rest: str) -> None:
    doing.tx.run(_DROP_DRAFT, of_ticket=doing.number, of_staff=doing.person.id)
    doing.tell(doing.voice.draft_dropped())


VERBS: OnTicket = {
    Verb.WAIT: _wait,
    Verb.REPLY: _choose_template,
    Verb.SEND: _send_draft,
    Verb.CANCEL: _cancel_draft,
}
