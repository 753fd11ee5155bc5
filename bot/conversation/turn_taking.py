"""The bot's part in a conversation: how things stand for the rule that decides (`dialogue`), and what is done of what it decides."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot import dialogues
from bot.conversation.helped import judge
from bot.conversation.offering import Occasion, answer_of, buttons_of, offered, to_offer
from bot.desks import OpenDesk
from bot.dialogues import Memory
from bot.identity import Identity
from bot.incoming import Incoming, Means
from bot.known import known_of
from bot.listening import words_to_match
from bot.requesting import offered as procedures_offered
from bot.requesting import turns as forms
from bot.requesting.offered import Occurrence
from bot.requesting.standing_words import standing_words
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
from procedures.definition.procedure import Procedure
from procedures.requests.wanted import Wanted
from templates_replies.catalogue import AutoReply, Category
from templates_replies.gate import Auto, is_word_for_word
from templates_replies.gate import decide as through_gate
from templates_replies.matters import Requests
from tickets import contacts, matters, predictions
from tickets import ticket as tickets_
from tickets.actions import answering, handling, identity
from tickets.actions.answering import Words
from tickets.actor import BOT
from tickets.clocks import FIRST_RESPONSE
from tickets.contacts import AddressNow
from tickets.intake import Taken
from tickets.ledger.tx import Tx
from tickets.matters import SeenMatter
from tickets.one_time_codes import Tried
from tickets.ticket import TicketNow

CERTAIN = 1.0  # a score that the matcher reaches by no words


class Turn:
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
            answer = self._memory.expects.data if self._memory.expects else {}
            judge(self._tx, ticket, answer, helped=decision.helped, desk=self._desk.now, at=self._at)
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
        about = suggested(self._incoming, self._memory, self._desk)
        said, heard, first = self._incoming.said, self._incoming.heard, self._says_the_matter()
        words = f"{said.subject}\n{heard.text}" if first and said.subject else heard.text
        return procedures_offered.wanted(
            self._tx, words, ticket, self._desk.procedures, about if first else ()
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


def note_matters(tx: Tx, ticket: TicketNow, requests: Requests, *, message: int, at: datetime) -> None:
    """Write down that a message asks for several things, if it does."""
    seen = tuple(
        SeenMatter(category=each.category, start=each.start, end=each.end) for each in requests.matters
    )
    if seen:
        matters.note(tx, ticket, seen, message=message, at=at)


def suggested(incoming: Incoming, before: Memory, desk: OpenDesk) -> tuple[tuple[str, float], ...]:
    """Return what the words may be about: before all, the category by whose link the contact came."""
    found = tuple((one.category, one.score) for one in incoming.suggestions)
    topic = before.waits_for(TOPIC, incoming.at)
    named = topic.data.get("category") if topic is not None and not incoming.heard.greeting else None
    category = desk.now.category_now(named or "")
    if category not in desk.now.categories:
        return found
    return (category, CERTAIN), *(pair for pair in found if pair[0] != category)
