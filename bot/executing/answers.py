"""What people of the desk say to a contact, and what they note among themselves."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from bot import topics
from bot.commands import Verb, button
from bot.executing import drafts
from bot.executing.doing import Doing
from bot.executing.verbs import OnTicket
from templates_replies import refusal_phrases, reply_phrases
from tickets import collisions
from tickets.actions import answering, handling
from tickets.actions.answering import Words
from tickets.actions.errors import RuleError
from tickets.collisions import Collision
from tickets.gaps import gaps_in
from tickets.ledger.blobs import Stored
from tickets.message import Button
from tickets.staff import active

WAIT, CLOSE = "wait", "close"  # what an answer does to the ticket besides
_UNFILLED, _COLLISION = "unfilled", "collision"  # why one is held


@dataclass(frozen=True, kw_only=True)
class _Answer:
    """What somebody of the desk wants to say, with all that is kept while it is held."""

    text: str
    files: Sequence[Stored] = ()
    then: str | None = None
    origin: Mapping[str, Any] | None = None  # where they wrote it
    reply: str | None = None  # the reply template that it is, unchanged
    began_as: str | None = None  # the one from which it was made
    as_written: bool = False  # its braces are meant

    @property
    def held(self) -> Mapping[str, Any]:
        return {
            "files": [asdict(file) for file in self.files],
            "then": self.then,
            "origin": self.origin,
            "began_as": self.began_as or self.reply,
        }


def answer(doing: Doing, text: str, *, then: str | None = None) -> bool:
    """Answer the contact; with `then` the ticket waits or is solved.

    False: it is held, for a placeholder is left in it, or a colleague was quicker.
    """
    return _answer(doing, _Answer(text=text, files=doing.written.files, then=then, origin=_origin(doing)))


def _answer(doing: Doing, wanted: _Answer) -> bool:
    """Say it, unless somebody has to look at it first; False: it is held."""
    gaps = () if wanted.as_written else gaps_in(wanted.text)
    if gaps:
        _hold_unfilled(doing, wanted, gaps)
        return False
    collision = collisions.recent(
        doing.tx, doing.ticket, by=doing.by, since=doing.at - doing.desk.now.desk.handling.collision_within
    )
    if collision is not None:
        _hold_for_colleague(doing, wanted, collision)
        return False
    _say(doing, wanted)
    doing.confirm(doing.voice.answer_queued(doing.number))
    return True


def _say(doing: Doing, wanted: _Answer) -> None:
    words = Words(
        text=wanted.text, files=tuple(wanted.files), reply=wanted.reply, began_as=wanted.began_as, as_written=True
    )  # fmt: skip
    _, message = answering.answer(
        doing.tx, doing.number, words, by=doing.by, at=doing.at, wait=wanted.then == WAIT
    )  # fmt: skip
    if wanted.origin is not None:  # so that its delivery is shown there and it is not repeated there
        topics.note_origin(doing.tx, message, **wanted.origin)
    if wanted.then == CLOSE:
        doing.acts.close(doing.tx, doing.number, desk=doing.desk.now, by=doing.by, at=doing.at)


def _origin(doing: Doing) -> Mapping[str, Any] | None:
    """Return where the words stand that they wrote; None where they pressed a button."""
    return None if doing.written.said.button else _here(doing)


def _here(doing: Doing) -> Mapping[str, Any]:
    """Return where they wrote."""
    place = doing.written.said.place
    return {
        "account": place.account,
        "place": {"address": place.address, "thread": place.thread},
        "external_id": doing.written.said.external_id,
    }


def _hold_unfilled(doing: Doing, wanted: _Answer, gaps: Sequence[str]) -> None:
    """Keep back what a contact would read with braces in it, and ask what they stand for."""
    language = doing.voice.language
    _hold(doing, wanted, why=_UNFILLED)
    _ask(doing, reply_phrases.left_open(language, gaps), reply_phrases.left_open_labels(language))


def _hold_for_colleague(doing: Doing, wanted: _Answer, collision: Collision) -> None:
    """Keep an answer back and say who was quicker; nothing of it is lost."""
    _hold(doing, wanted, why=_COLLISION)
    names = {person.actor.key: person.name for person in active(doing.tx, doing.desk.slug)}
    language = doing.voice.language
    warning = refusal_phrases.collision(
        language, who=names.get(collision.by, collision.by), ago=doing.at - collision.at, text=collision.text,
        ticket=collision.ticket,
    )  # fmt: skip
    _ask(doing, warning, refusal_phrases.collision_labels(language))


def _hold(doing: Doing, wanted: _Answer, *, why: str) -> None:
    held = {**wanted.held, "why": why}
    drafts.keep(
        doing.tx, ticket=doing.number, staff=doing.person.id, text=wanted.text, at=doing.at, held=held
    )


def _ask(doing: Doing, question: str, labels: tuple[str, str]) -> None:
    send, drop = labels
    rows = [[Button(label=send, data=button(Verb.SEND, doing.number)),
             Button(label=drop, data=button(Verb.CANCEL, doing.number))]]  # fmt: skip
    doing.tell(question, rows)


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
    wanted = _Answer(
        text=draft.text, files=doing.written.files, origin=_origin(doing), reply=draft.template,
        began_as=held.get("began_as"), as_written=True,
    )  # fmt: skip
    if "origin" in held:
        files = [Stored(**file) for file in held["files"]]
        wanted = replace(wanted, files=files, then=held["then"], origin=held["origin"])
    if "origin" in held and held.get("why") != _UNFILLED:  # they have seen the warning
        _say(doing, wanted)
    elif not _answer(doing, wanted):
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
