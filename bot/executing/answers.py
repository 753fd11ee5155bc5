"""What people of the desk say to a contact, and what they note among themselves."""

from sqlalchemy import bindparam, delete, select

from bot.commands import Verb, button
from bot.executing.doing import Doing
from bot.executing.verbs import OnTicket
from bot.tables import Draft, Origin
from tickets.actions import answering, handling
from tickets.actions.answering import Words
from tickets.actions.errors import RuleError
from tickets.ledger.prepared import Prepared, inserting
from tickets.message import Button

_DRAFTS = Draft.__table__  # type: ignore[attr-defined]
_DRAFT = Prepared(
    select(_DRAFTS).where(_DRAFTS.c.ticket == bindparam("ticket"), _DRAFTS.c.staff == bindparam("staff"))
)
_SAVE_DRAFT = Prepared(
    lambda insert: insert(_DRAFTS).on_conflict_do_update(
        index_elements=["ticket", "staff"],
        set_={name: insert(_DRAFTS).excluded[name] for name in ("text", "template", "at")},
    )
)
_DROP_DRAFT = Prepared(
    delete(_DRAFTS).where(
        _DRAFTS.c.ticket == bindparam("of_ticket"), _DRAFTS.c.staff == bindparam("of_staff")
    )
)
_INSERT_ORIGIN = inserting(Origin)
_MOST_CHOICES = 6


def answer(doing: Doing, text: str, *, wait: bool = False) -> None:
    words = Words(text=text, files=doing.written.files)
    _, message = answering.answer(doing.tx, doing.number, words, by=doing.by, at=doing.at, wait=wait)
    _note_origin(doing, message)
    doing.confirm(doing.voice.answer_queued(doing.number))


def note(doing: Doing, text: str) -> None:
    answering.note(doing.tx, doing.number, text, by=doing.by, at=doing.at, files=doing.written.files)
    doing.confirm(doing.voice.noted())


def _note_origin(doing: Doing, message: int) -> None:
    """Remember where it was written, so that its delivery is shown there and it is not repeated there."""
    said = doing.written.said
    if said.button is None:
        place = {"address": said.place.address, "thread": said.place.thread}
        doing.tx.run(
            _INSERT_ORIGIN, message=message, account=said.place.account, place=place, external_id=said.external_id
        )  # fmt: skip


def _wait(doing: Doing, rest: str) -> None:
    if rest:
        answer(doing, rest, wait=True)
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
    doing.tell(doing.voice.choose_template([reply.id for reply in catalogue.replies]), rows)


def _preview(doing: Doing, template: str) -> None:
    rendered = doing.acts.preview(
        doing.tx, doing.number, template, agent=doing.person.name, at=doing.at
    )  # fmt: skip
    shown = doing.voice.preview(rendered.text, rendered.missing)
    if not rendered.is_complete:
        doing.tell(shown)
        return
    doing.tx.run(
        _SAVE_DRAFT, ticket=doing.number, staff=doing.person.id, text=rendered.text, template=template, at=doing.at
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
    answer(doing, draft.text)
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
