"""What people of the desk say to a contact, and what they note among themselves."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from bot import drafts, topics
from bot.commands import Verb, button
from bot.executing.doing import Doing
from bot.executing.verbs import OnTicket
from templates_replies import handling_phrases
from tickets import collisions
from tickets.actions import answering, handling
from tickets.actions.answering import Words
from tickets.actions.errors import RuleError
from tickets.collisions import Collision
from tickets.ledger.blobs import Stored
from tickets.message import Button
from tickets.staff import active

WAIT, CLOSE = "wait", "close"  # what an answer does to the ticket besides


def answer(
    doing: Doing, text: str, *, then: str | None = None, reply: str | None = None, began_as: str | None = None
) -> bool:
    """Answer the contact; with `then` the ticket waits or is solved. False: a colleague was quicker, so it is held.

    `reply` is the reply template that it is, unchanged; `began_as` the one from which it was made.
    """
    collision = collisions.recent(
        doing.tx, doing.ticket, by=doing.by, since=doing.at - doing.desk.now.desk.handling.collision_within
    )
    if collision is not None:
        _hold(doing, text, then, collision, began_as=began_as or reply)
        return False
    origin = None if doing.written.said.button else _here(doing)
    _say(doing, text, doing.written.files, then, origin=origin, reply=reply, began_as=began_as)
    doing.confirm(doing.voice.answer_queued(doing.number))
    return True


def _say(
    doing: Doing, text: str, files: Sequence[Stored], then: str | None, *, origin: Mapping[str, Any] | None,
    reply: str | None = None, began_as: str | None = None,
) -> None:  # fmt: skip
    words = Words(text=text, files=tuple(files), reply=reply, began_as=began_as)
    _, message = answering.answer(
        doing.tx, doing.number, words, by=doing.by, at=doing.at, wait=then == WAIT
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


def _hold(doing: Doing, text: str, then: str | None, collision: Collision, *, began_as: str | None) -> None:
    """Keep an answer back and say who was quicker; nothing of it is lost."""
    held = {
        "files": [asdict(file) for file in doing.written.files],
        "then": then,
        "origin": _here(doing),
        "began_as": began_as,
    }
    drafts.keep(doing.tx, ticket=doing.number, staff=doing.person.id, text=text, at=doing.at, held=held)
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


def _send_draft(doing: Doing, _rest: str) -> None:
    draft = drafts.take(doing.tx, ticket=doing.number, staff=doing.person.id)
    if draft is None:
        raise RuleError("there is no draft to send")
    held = draft.held or {}
    began_as = held.get("began_as")
    if "origin" in held:  # they have seen the warning
        files = [Stored(**file) for file in held["files"]]
        _say(doing, draft.text, files, held["then"], origin=held["origin"], began_as=began_as)
    elif not answer(doing, draft.text, reply=draft.template, began_as=began_as):
        return
    if doing.written.in_topic:
        doing.tell(doing.voice.answer_queued(doing.number))


def _cancel_draft(doing: Doing, _rest: str) -> None:
    drafts.drop(doing.tx, ticket=doing.number, staff=doing.person.id)
    doing.tell(doing.voice.draft_dropped())


VERBS: OnTicket = {
    Verb.WAIT: _wait,
    Verb.SEND: _send_draft,
    Verb.CANCEL: _cancel_draft,
}
