"""One order of somebody of the desk, carried out on one ticket inside its transaction."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from rapidfuzz import fuzz, process, utils
from sqlalchemy import bindparam, delete, select

from bot import cards
from bot.acts import Acts
from bot.commands import Answer, Do, Note, Order, Verb, button
from bot.desks import Desks, OpenDesk
from bot.tables import Draft, Origin
from bot.telling import Rows, to_place
from bot.voice import staff_voice
from tickets import staff as people
from tickets import ticket as tickets_
from tickets.actions import answering, handling, supervising
from tickets.actions.answering import Words
from tickets.actions.errors import RuleError, UnknownValueError
from tickets.actions.rights import require_agent
from tickets.ledger.blobs import Stored
from tickets.ledger.prepared import Prepared, inserting
from tickets.ledger.writer import Tx
from tickets.message import Button, Said
from tickets.staff import StaffNow
from tickets.ticket import TicketNow

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
_ALIKE = 75  # rapidfuzz WRatio from which on a misspelt category or team is understood
_MOST_CHOICES = 6


class Execution:
    def __init__(
        self, tx: Tx, *, desk: OpenDesk, number: int, by: StaffNow, said: Said, files: Sequence[Stored],
        at: datetime, in_topic: bool,
    ) -> None:  # fmt: skip
        self._tx = tx
        self._desk = desk
        self._number = number
        self._by = by
        self._said = said
        self._files = tuple(files)
        self._at = at
        self._in_topic = in_topic
        self._told = 0
        self._acts = Acts(Desks({desk.slug: desk}))
        self._voice = staff_voice(desk)
        self._ticket = tickets_.load(tx, number)
        if self._ticket.desk != desk.slug:
            raise tickets_.NoSuchTicketError(number)
        require_agent(by.actor, self._ticket)

    def run(self, order: Order) -> None:
        if isinstance(order, Answer):
            self._answer(order.text)
        elif isinstance(order, Note):
            answering.note(
                self._tx, self._number, order.text, by=self._by.actor, at=self._at, files=self._files
            )
            self._confirm(self._voice.noted())
        elif isinstance(order, Do):
            self._verbs()[order.verb](order.rest)

    def _verbs(self) -> Mapping[Verb, Callable[[str], None]]:
        return {
            Verb.CLAIM: self._claim,
            Verb.ASSIGN: self._assign,
            Verb.CATEGORY: self._categorise,
            Verb.REPLY: self._choose_template,
            Verb.SEND: self._send_draft,
            Verb.CANCEL: self._cancel_draft,
            Verb.WAIT: self._wait,
            Verb.CLOSE: self._close,
            Verb.REOPEN: self._reopen,
            Verb.VERIFY: self._verify,
            Verb.ESCALATE: self._escalate,
            Verb.RETURN: self._return,
            Verb.CARD: self._card,
        }

    # -- what they say to the contact ---------------------------------------------------------------------------------

    def _answer(self, text: str, *, wait: bool = False) -> None:
        _, message = answering.answer(
            self._tx,
            self._number,
            Words(text=text, files=self._files),
            by=self._by.actor,
            at=self._at,
            wait=wait,
        )
        self._note_origin(message)
        self._confirm(self._voice.answer_queued(self._number))

    def _note_origin(self, message: int) -> None:
        """Remember where it was written, so that its delivery is shown there and it is not repeated there."""
        if self._said.button is None:
            place = {"address": self._said.place.address, "thread": self._said.place.thread}
            self._tx.run(
                _INSERT_ORIGIN, message=message, account=self._said.place.account, place=place,
                external_id=self._said.external_id,
            )  # fmt: skip

    def _choose_template(self, rest: str) -> None:
        if rest:
            self._preview(rest.split(maxsplit=1)[0])
            return
        suggested = [pair[0] for pair in self._ticket.suggestions or []]
        wanted = [self._ticket.category, *suggested]
        replies = [reply for each in wanted if each and (reply := self._desk.catalogue.reply_of(each))]
        unique = list({reply.id: reply for reply in replies}.values())[:_MOST_CHOICES]
        rows = [
            [Button(label=reply.title[:60], data=button(Verb.REPLY, self._number, reply.id))]
            for reply in unique
        ]
        self._tell(self._voice.choose_template([reply.id for reply in self._desk.catalogue.replies]), rows)

    def _preview(self, template: str) -> None:
        rendered = self._acts.preview(self._tx, self._number, template, agent=self._by.name, at=self._at)
        shown = self._voice.preview(rendered.text, rendered.missing)
        if not rendered.is_complete:
            self._tell(shown)
            return
        self._tx.run(
            _SAVE_DRAFT,
            ticket=self._number,
            staff=self._by.id,
            text=rendered.text,
            template=template,
            at=self._at,
        )
        send, cancel = self._voice.send_labels()
        rows = [[Button(label=send, data=button(Verb.SEND, self._number)),
                 Button(label=cancel, data=button(Verb.CANCEL, self._number))]]  # fmt: skip
        self._tell(shown, rows)

    def _send_draft(self, _rest: str) -> None:
        draft = self._tx.one(_DRAFT, ticket=self._number, staff=self._by.id)
        if draft is None:
            raise RuleError("there is no draft to send")
        self._tx.run(_DROP_DRAFT, of_ticket=self._number, of_staff=self._by.id)
        self._answer(draft.text)
        if self._in_topic:
            self._tell(self._voice.answer_queued(self._number))

    def _cancel_draft(self, _rest: str) -> None:
        self._tx.run(_DROP_DRAFT, of_ticket=self._number, of_staff=self._by.id)
        self._tell(self._voice.draft_dropped())

    # -- what they do with the ticket -----------------------------------------------------------------------------------

    def _claim(self, _rest: str) -> None:
        ticket = self._give_to(self._by)
        self._confirm(self._voice.claimed(ticket, self._by.name))

    def _assign(self, rest: str) -> None:
        person = people.named(self._tx, self._desk.slug, rest) if rest else None
        if person is None:
            raise UnknownValueError("nobody called so works here", field="agent", value=rest[:40])
        ticket = self._give_to(person)
        self._confirm(self._voice.assigned(ticket, person.name, self._by.name))

    def _give_to(self, person: StaffNow) -> TicketNow:
        active = frozenset(each.id for each in people.active(self._tx, self._desk.slug))
        return handling.assign(
            self._tx, self._number, person.id, staff=active, by=self._by.actor, at=self._at
        )

    def _categorise(self, rest: str) -> None:
        if not rest:
            self._offer_categories()
            return
        ticket = handling.categorise(
            self._tx, self._number, self._category(rest), desk=self._desk.now, by=self._by.actor, at=self._at
        )
        self._confirm(self._voice.categorised(ticket))

    def _offer_categories(self) -> None:
        suggested = [
            category
            for pair in self._ticket.suggestions or []
            if (category := self._desk.catalogue.category(pair[0]))
        ]
        rows = [
            [Button(label=each.name, data=button(Verb.CATEGORY, self._number, each.id))] for each in suggested
        ]
        self._tell(self._voice.choose_category([each.id for each in self._desk.catalogue.categories]), rows)

    def _category(self, rest: str) -> str:
        if rest in self._desk.now.categories:
            return rest
        names = {each.id: f"{each.id} {each.name}" for each in self._desk.catalogue.categories}
        found = process.extractOne(
            rest, names, scorer=fuzz.WRatio, processor=utils.default_process, score_cutoff=_ALIKE
        )
        if found is None:
            raise UnknownValueError("there is no such category", field="category", value=rest[:40])
        return str(found[2])

    def _wait(self, rest: str) -> None:
        if rest:
            self._answer(rest, wait=True)
            return
        ticket = handling.wait(self._tx, self._number, by=self._by.actor, at=self._at)
        self._confirm(self._voice.waiting(ticket))

    def _close(self, rest: str) -> None:
        if rest:
            self._answer(rest)
        ticket = self._acts.close(self._tx, self._number, desk=self._desk.now, by=self._by.actor, at=self._at)
        self._confirm(self._voice.closed(ticket))

    def _reopen(self, _rest: str) -> None:
        ticket = self._acts.reopen(
            self._tx, self._number, desk=self._desk.now, by=self._by.actor, at=self._at
        )
        self._confirm(self._voice.reopened(ticket))

    def _verify(self, _rest: str) -> None:
        ticket = supervising.verify(self._tx, self._number, by=self._by.actor, at=self._at)
        self._confirm(self._voice.verified(ticket))

    def _escalate(self, rest: str) -> None:
        name, _, reason = rest.partition(" ")
        teams = self._desk.now.desk.teams
        if not name and len(teams) == 1:
            name = teams[0].id
        ticket = self._acts.escalate(
            self._tx, self._number, name.lower(), desk=self._desk.now, by=self._by.actor, at=self._at
        )
        if reason.strip():
            answering.note(self._tx, self._number, reason.strip(), by=self._by.actor, at=self._at)
        self._confirm(self._voice.escalated(ticket))

    def _return(self, _rest: str) -> None:
        ticket = self._acts.escalate(
            self._tx, self._number, None, desk=self._desk.now, by=self._by.actor, at=self._at
        )
        self._confirm(self._voice.returned(ticket))

    def _card(self, _rest: str) -> None:
        card, rows = cards.card_of(self._tx, tickets_.load(self._tx, self._number), desk=self._desk)
        self._tell(self._voice.card(card, self._at), rows)

    # -- answering them ---------------------------------------------------------------------------------------------------

    def _confirm(self, text: str) -> None:
        """Say that it is done; in a topic the card shows it."""
        if not self._in_topic:
            self._tell(text)

    def _tell(self, text: str, rows: Rows = ()) -> None:
        self._told += 1
        to_place(
            self._tx, self._said.place, text, desk=self._desk.slug, ticket=self._number, buttons=rows, at=self._at,
            dedup=f"told:{self._said.place.account}:{self._said.event_id}:{self._told}",
            replies_to=None if self._said.button else self._said.external_id,
            subject=f"Re: {self._said.subject}" if self._said.subject else None,
        )  # fmt: skip
