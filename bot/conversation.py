"""A contact's message and the bot's part in it, in one transaction: taken in, decided upon, answered."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import bindparam, select

from bot import dialogues
from bot.desks import OpenDesk
from bot.dialogue import decide
from bot.dialogues import Memory
from bot.foretelling import foretold_of
from bot.identity import Identity
from bot.incoming import Incoming, Means
from bot.known import known_of
from bot.listening import words_to_match
from bot.offering import Occasion, answer_of, buttons_of, offered, to_offer
from bot.requesting import offered as procedures_offered
from bot.requesting import turns as forms
from bot.requesting.offered import Occurrence
from bot.requesting.standing_words import standing_words
from bot.survey import answering as survey
from bot.survey import public
from bot.survey.answering import Answer
from bot.turn import (
    TOPIC,
    AutoAnswer,
    Decision,
    Expectation,
    Line,
    Offer,
    Situation,
)
from bot.voice import contact_voice
from procedures.cases import on_tickets
from procedures.definition.procedure import Procedure
from procedures.requests.wanted import Wanted
from templates_replies.catalogue import AutoReply, Category
from templates_replies.gate import Auto, is_word_for_word
from templates_replies.gate import decide as through_gate
from templates_replies.matters import Requests
from tickets import contacts, matters, predictions
from tickets import ticket as tickets_
from tickets.actions import answering, handling, identity, proving
from tickets.actions.answering import Words
from tickets.actor import BOT, CONTACT
from tickets.clocks import FIRST_RESPONSE
from tickets.contacts import AddressNow
from tickets.intake import Reading, Taken, take_in
from tickets.ledger.events import append
from tickets.ledger.prepared import Prepared
from tickets.ledger.writer import Tx
from tickets.matters import SeenMatter
from tickets.one_time_codes import Tried
from tickets.predictions import Foretold
from tickets.proofs import CodeNow
from tickets.tables import Outbox
from tickets.ticket import TicketNow

_OUTBOX = Outbox.__table__  # type: ignore[attr-defined]
_LEFT_AT = Prepared(
    select(_OUTBOX.c.done_at, _OUTBOX.c.created_at)
    .where(_OUTBOX.c.message == bindparam("message"), _OUTBOX.c.audience == "contact")
    .limit(1)
)
CERTAIN = 1.0  # a score that the matcher reaches by no words
HIDDEN = "••••••"  # stands for a one-time code in the conversation


def _foretold(incoming: Incoming) -> Foretold | None:
    """Return what the matcher says of a message; None where the words say no matter at all."""
    heard, said = incoming.heard, incoming.said
    spoken = bool(heard.text or said.subject)
    if not spoken or not heard.asks or heard.greeting or heard.forged or said.automatic:
        return None
    return foretold_of(incoming.suggestions)


def converse(
    tx: Tx, incoming: Incoming, *, desk: OpenDesk, means: Means, hint: str | None = None
) -> Taken | None:
    """Take a message in and let the bot do its part; None if the message was there already.

    The `hint` stands below the words with which a ticket begins.
    """
    said, heard, at = incoming.said, incoming.heard, incoming.at
    known = contacts.address_at(tx, account=said.place.account, external_id=said.place.address)
    before = dialogues.of(tx, known.id) if known is not None else Memory()
    press = public.pressed(said.button)
    if press is not None:
        return _on_public_survey(tx, incoming, press, desk=desk)
    code = _open_code(tx, incoming)
    answer = survey.read(tx, said, heard, incoming.suggestions, at=at) if code is None else None
    form = None
    if known is not None and code is None and answer is None:
        form = forms.listen(tx, incoming, before, desk=desk, contact=known.contact)
    ordinary = answer.asks if answer is not None else form is None or form.is_for_people
    reading = Reading(
        asks=heard.asks and ordinary,
        assents=heard.answer is True,
        opens=heard.opens and ordinary,
        language=heard.language if ordinary else None,
        suggestions=_suggested(incoming, before, desk),
        foretold=_foretold(incoming) if ordinary else None,
    )
    if code is not None:  # nobody is asked anything by it, and it shall not be read again
        said = replace(said, text=HIDDEN, full_text=None, html=None)
        reading = Reading(asks=False, opens=False)
    taken = take_in(
        tx, said, desk=desk.now, reading=reading, files=incoming.files, raw_sha256=incoming.raw_sha256, at=at
    )
    if taken is None or taken.joined or taken.address.blocked_at is not None:
        return taken  # whatever a blocked address says is answered nothing
    if heard.language not in (None, taken.contact.language) and (ordinary or taken.contact.language is None):
        contacts.change_contact(tx, taken.contact.id, language=heard.language)
    if said.vouched is not None:
        number = taken.ticket.number if taken.ticket else None
        contact = identity.vouch(tx, taken.contact.id, said.vouched, ticket=number, desk=desk.now.slug, at=at)
        taken = replace(taken, contact=contact)
    if _is_for_people(taken, desk) and not (heard.stop or heard.start):
        return taken
    if form is not None and taken.address.stopped_at is None:
        forms.take(tx, form, taken, incoming, desk=desk, means=means, before=before)
        return taken
    if answer is not None:
        survey.keep(tx, answer, message=taken.message, at=at)
    tried = None
    if code is not None and heard.code is not None:
        tried = proving.try_code(tx, code, heard.code, key=means.codes_key, at=at)
    turn = _Turn(
        tx, taken, incoming, desk=desk, means=means, memory=before, answer=answer, tried=tried, hint=hint
    )
    turn.act(decide(turn.situation()))
    return taken


def begin(tx: Tx, taken: Taken, incoming: Incoming, *, desk: OpenDesk, means: Means, memory: Memory) -> None:
    """Let the bot of a desk say what it says on a new ticket, which has waited for the contact to choose that desk."""
    turn = _Turn(tx, taken, incoming, desk=desk, means=means, memory=memory)
    turn.act(decide(turn.situation()))


def note_matters(tx: Tx, ticket: TicketNow, requests: Requests, *, message: int, at: datetime) -> None:
    """Write down that a message asks for several things, if it does."""
    seen = tuple(
        SeenMatter(category=each.category, start=each.start, end=each.end) for each in requests.matters
    )
    if seen:
        matters.note(tx, ticket, seen, message=message, at=at)


def _is_for_people(taken: Taken, desk: OpenDesk) -> bool:
    """Whether the bot has nothing to say: another desk's people answer it now, or it is not the contact who speaks.

    What the bot says on a ticket goes to its contact, who would be told what somebody else in copy was meant to hear.
    """
    ticket = taken.ticket
    return ticket is not None and (ticket.desk != desk.slug or ticket.contact != taken.contact.id)


def _suggested(incoming: Incoming, before: Memory, desk: OpenDesk) -> tuple[tuple[str, float], ...]:
    """Return what the words may be about: before all, the category by whose link the contact came."""
    found = tuple((one.category, one.score) for one in incoming.suggestions)
    topic = before.waits_for(TOPIC, incoming.at)
    named = topic.data.get("category") if topic is not None and not incoming.heard.greeting else None
    category = desk.now.category_now(named or "")
    if category not in desk.now.categories:
        return found
    return (category, CERTAIN), *(pair for pair in found if pair[0] != category)


def _open_code(tx: Tx, incoming: Incoming) -> CodeNow | None:
    """Return the one-time code that this message is meant for, if it is."""
    if incoming.heard.code is None:
        return None
    place = incoming.said.place
    return proving.open_code(tx, account=place.account, external_id=place.address, at=incoming.at)


def _on_public_survey(
    tx: Tx, incoming: Incoming, press: tuple[int, int, int], *, desk: OpenDesk
) -> Taken | None:
    """Take a pressed answer to the survey of public services: it belongs to no ticket."""
    taken = take_in(
        tx, incoming.said, desk=desk.now, reading=Reading(asks=False, opens=False, joins=False), files=incoming.files,
        raw_sha256=incoming.raw_sha256, at=incoming.at,
    )  # fmt: skip
    if taken is not None:
        replies_to = incoming.said.external_id
        public.go_on(tx, press, address=taken.address, desk=desk, replies_to=replies_to, at=incoming.at)
    return taken


class _Turn:
    """One turn of the conversation, inside its transaction."""

    def __init__(
        self, tx: Tx, taken: Taken, incoming: Incoming, *, desk: OpenDesk, means: Means, memory: Memory,
        answer: Answer | None = None, tried: Tried | None = None, hint: str | None = None,
    ) -> None:  # fmt: skip
        self._tx = tx
        self._taken = taken
        self._incoming = incoming
        self._desk = desk
        self._means = means
        self._at = incoming.at
        self._answer = answer
        self._tried = tried
        self._requests = incoming.requests.get(desk.slug, Requests())
        self._hint = hint if taken.opened else None
        self._memory = memory.lately(self._at)
        self._voice = contact_voice(desk, incoming.heard.language or taken.contact.language)

    def situation(self) -> Situation:
        taken, desk = self._taken, self._desk.now.desk
        expects = self._memory.expects
        if expects is not None and (
            expects.expires_at <= self._at or expects.data.get("ticket") != self._number()
        ):
            expects = None  # too old, or asked on another ticket of theirs
        limit = desk.limits.answers
        ticket = self._ticket()
        asks_remark = desk.survey is not None and desk.survey.ask_comment
        return Situation(
            heard=self._incoming.heard,
            arrival=taken.arrival,
            opened=taken.opened,
            status=ticket.status if ticket else None,
            known=known_of(taken.contact),
            expects=expects,
            stopped=taken.address.stopped_at is not None,
            silenced=limit is not None and self._memory.said >= limit.count,
            calendar=desk.calendar,
            promise=desk.promises.get(FIRST_RESPONSE),
            first_matter=taken.first_matter,
            auto_answer=self._auto_answer() if self._says_the_matter() and not self._requests.more else None,
            judged=self._answer.judged(ask_remark=asks_remark) if self._answer else None,
            now=self._at,
            topic=self._topic(),
            tried=self._tried,
            offers=self._offers(expects),
            wants=self._wants(),
            stands=self._stands(ticket),
        )

    def act(self, decision: Decision) -> None:
        ticket = self._ticket()
        if decision.stop is not None:
            note = contacts.stop if decision.stop else contacts.start
            note(self._tx, self._taken.address.id, ticket=self._number(), desk=self._desk.slug, at=self._at)
        if decision.identity is not None:
            self._identify(decision.identity)
        if decision.helped is not None and ticket is not None:
            self._judge(ticket, helped=decision.helped)
        if decision.choose is not None and ticket is not None:
            desk = self._desk.now
            ticket = handling.choose(self._tx, ticket.number, decision.choose, desk=desk, at=self._at)
        if ticket is not None and self._says_the_matter():
            note_matters(self._tx, ticket, self._requests, message=self._taken.message, at=self._at)
        procedures = self._offer(decision.procedures) if decision.procedures else None
        message = self._speak(decision, ticket, procedures) if decision.say else None
        if decision.auto_answer is not None:
            predictions.decided(self._tx, self._taken.message, predictions.Decision.SENT)
        elif decision.ask:
            predictions.decided(self._tx, self._taken.message, predictions.Decision.ASKED)
        self._remember(decision, message)

    # -- the parts of an act -------------------------------------------------------------------------------------

    def _ticket(self) -> TicketNow | None:
        """Return the ticket of the message, or the one that a question for the state names."""
        asked = self._incoming.heard.state.ticket if self._incoming.heard.state else None
        if asked is None:
            return self._taken.ticket
        try:
            named = tickets_.load(self._tx, asked)
        except tickets_.NoSuchTicketError:
            return None
        return named if named.contact == self._taken.contact.id else None

    def _says_the_matter(self) -> bool:
        return self._taken.opened or self._taken.first_matter

    def _topic(self) -> str | None:
        link = self._incoming.heard.link
        topic = self._desk.now.category_now(link) if link is not None else None
        return topic if topic in self._desk.now.categories else None

    def _number(self) -> int | None:
        return self._taken.ticket.number if self._taken.ticket else None

    def _auto_answer(self) -> AutoAnswer | None:
        suggestions = self._incoming.suggestions
        if not suggestions or self._taken.ticket is None:
            return None
        category = self._desk.catalogue.category(suggestions[0].category)
        if category is None or self._gate(category) is not Auto.SEND:
            return None
        return answer_of(category, self._occasion(self._taken.ticket))

    def _offers(self, expects: Expectation | None) -> tuple[Offer, ...]:
        ticket = self._taken.ticket
        if ticket is None or self._memory.waits_for(TOPIC, self._at) is not None:
            return ()  # whoever comes by a category's link has said what it is about
        on = self._occasion(ticket)
        if self._says_the_matter():
            return () if self._requests.more else to_offer(self._incoming.suggestions, on)
        return offered(expects, on)

    def _wants(self) -> Wanted | None:
        """Return the procedures that the message asks for."""
        ticket = self._taken.ticket
        if ticket is None or not self._desk.procedures:
            return None
        suggested = _suggested(self._incoming, self._memory, self._desk)
        said, heard, first = self._incoming.said, self._incoming.heard, self._says_the_matter()
        words = f"{said.subject}\n{heard.text}" if first and said.subject else heard.text
        return procedures_offered.wanted(
            self._tx, words, ticket, self._desk.procedures, suggested if first else ()
        )

    def _stands(self, ticket: TicketNow | None) -> str | None:
        if self._incoming.heard.state is None or ticket is None:
            return None
        return standing_words(
            self._tx, ticket.number, desk=self._desk, language=self._voice.language, at=self._at
        )

    def _offer(self, procedures: Sequence[Procedure]) -> Words:
        ticket = self._taken.ticket
        assert ticket is not None
        what = Occurrence(
            said=self._incoming.said, message=self._taken.message, ticket=ticket,
            on=forms.occasion_of(self._taken, self._incoming, self._desk),
        )  # fmt: skip
        return procedures_offered.offer(self._tx, procedures, what, link=self._means.form_link)

    def _occasion(self, ticket: TicketNow) -> Occasion:
        return Occasion(
            desk=self._desk, voice=self._voice, ticket=ticket, contact=self._taken.contact, now=self._at
        )

    def _gate(self, category: Category) -> Auto:
        text, desk = words_to_match(self._incoming.said), self._desk
        return through_gate(
            self._incoming.suggestions, category, threshold=desk.threshold,
            word_for_word=category.auto is AutoReply.SEND and is_word_for_word(text, category.id, desk.catalogue),
        )  # fmt: skip

    def _identify(self, read: Identity) -> None:
        ticket = self._taken.ticket
        identity.identify(
            self._tx, self._taken.contact.id, ticket=ticket.number if ticket else None, by=BOT, at=self._at,
            name=read.name, number=read.number, unit=read.unit, email=read.email,
        )  # fmt: skip

    def _speak(self, decision: Decision, ticket: TicketNow | None, offered: Words | None) -> int | None:
        said = tuple(
            replace(each, values={"text": offered.text}) if offered and each.line is Line.REQUEST else each
            for each in decision.say
        )
        text = self._voice.paragraphs(
            said,
            ticket=ticket,
            contact=contacts.load_contact(self._tx, self._taken.contact.id),
            auto_answer=decision.auto_answer,
            now=self._at,
        )
        if self._hint is not None:
            text = f"{text}\n\n{self._hint}"
        buttons = offered.buttons if offered is not None else buttons_of(decision, self._voice)
        sent = decision.auto_answer
        words = Words(
            text=text, buttons=buttons, formatted=sent is not None, reply=sent.template if sent else None
        )
        address = contacts.load_address(self._tx, self._taken.address.id)
        if ticket is None or ticket.number != (self._taken.ticket.number if self._taken.ticket else None):
            return self._speak_outside(address, words)
        why = "answered" if decision.auto_answer else str(decision.say[0].line)
        template = decision.auto_answer.template if decision.auto_answer else None
        if decision.stop:
            return self._speak_outside(address, words)
        return answering.say_automatically(self._tx, ticket, words, at=self._at, kind=why, template=template)

    def _speak_outside(self, address: AddressNow, words: Words) -> int:
        return answering.say_outside(
            self._tx, self._desk.slug, address, words, at=self._at, replies_to=self._incoming.said.external_id
        )

    def _judge(self, ticket: TicketNow, *, helped: bool) -> None:
        """The contact says whether the automatic answer helped."""
        data = self._memory.expects.data if self._memory.expects else {}
        predictions.settle_by_contact(self._tx, ticket, data.get("category"), helped=helped, at=self._at)
        if helped:
            self._solve(ticket)

    def _solve(self, ticket: TicketNow) -> None:
        """The contact says that the automatic answer helped: it counts from when it was sent, and solves the ticket."""
        data = self._memory.expects.data if self._memory.expects else {}
        message = data.get("message")
        if message is not None:
            row = self._tx.one(_LEFT_AT, message=message)
            left_at = (row.done_at or row.created_at) if row is not None else self._at
            append(
                self._tx, "answer.confirmed", desk=ticket.desk, ticket=ticket.number, at=self._at, subject=message,
                actor=CONTACT.key, answered_at=left_at.isoformat(), template=data.get("template"),
            )  # fmt: skip
        category = self._desk.now.category_now(data.get("category") or "")
        if category in self._desk.now.categories:
            handling.categorise(self._tx, ticket.number, category, desk=self._desk.now, by=BOT, at=self._at)
        if tickets_.load(self._tx, ticket.number).category is not None and not on_tickets.is_running(
            self._tx, ticket.number
        ):
            handling.solve(self._tx, ticket.number, by=BOT, at=self._at)

    def _remember(self, decision: Decision, message: int | None) -> None:
        expects = self._memory.expects
        if decision.forget and not self._only_greets(expects):
            expects = None
        if decision.expect is not None:
            expects = decision.expect
            expects = replace(expects, data={**expects.data, "ticket": self._number()})
            if decision.auto_answer is not None:
                expects = replace(
                    expects,
                    data={
                        **expects.data,
                        "message": message,
                        "category": decision.auto_answer.category,
                        "template": decision.auto_answer.template,
                    },
                )
        dialogues.save(
            self._tx, self._taken.address.id, self._memory, expects=expects, spoke=message is not None, at=self._at
        )  # fmt: skip

    def _only_greets(self, expects: Expectation | None) -> bool:
        """Whether what their link is about is still to be said."""
        return expects is not None and expects.what == TOPIC and self._incoming.heard.greeting
