"""The bot's voice: what was decided, put into words in the contact's language."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from bot.desks import OpenDesk
from bot.staff_voice import StaffVoice, hours_in_words
from bot.turn import AutoAnswer, Line, Say
from templates_replies import category_menu_phrases, identity_phrases, phrases, survey_phrases
from templates_replies.catalogue import Language, supported_language
from templates_replies.labels import IdentityField, number_words, status_words
from templates_replies.moments import date_in_words, moment_in_words
from tickets.clocks import FIRST_RESPONSE
from tickets.contacts import ContactNow
from tickets.hours import due
from tickets.ticket import TicketNow


def contact_voice(desk: OpenDesk, spoken: str | None) -> "Voice":
    """Speak to a contact: in their language where it is known, else in the desk's."""
    wanted = spoken or desk.now.desk.language
    return Voice(desk, supported_language(wanted))


def staff_voice(desk: OpenDesk) -> StaffVoice:
    """Speak to the people of a desk, in the desk's language."""
    return StaffVoice(desk, supported_language(desk.now.desk.language))


class _SaysWhen(Protocol):
    def __call__(self, language: Language, *, ticket: int, when: str) -> str: ...


# Lines that are the same whatever stands, and those that say when a person answers.
_ALONE: Mapping[Line, Callable[[Language], str]] = {
    Line.TELL_US: phrases.tell_us,
    Line.NO_TICKET: phrases.no_ticket,
    Line.STOPPED: phrases.stopped_notice,
    Line.REMARKED: survey_phrases.remark_thanks,
    Line.CODE_RIGHT: identity_phrases.code_right,
    Line.CODE_SPENT: identity_phrases.code_spent,
    Line.CODE_EXPIRED: identity_phrases.code_expired,
}
_WITH_WHEN: Mapping[Line, _SaysWhen] = {
    Line.HELPED_NO: phrases.helped_no_handover,
    Line.HANDED: phrases.handed_to_person,
    Line.REOPENED: phrases.reopened_notice,
}


class Voice:
    def __init__(self, desk: OpenDesk, language: Language) -> None:
        self.language: Language = language
        self._desk = desk.now.desk
        self._catalogue = desk.catalogue

    def paragraphs(
        self,
        say: Sequence[Say],
        *,
        ticket: TicketNow | None,
        contact: ContactNow,
        auto_answer: AutoAnswer | None,
        now: datetime,
    ) -> str:
        """Put several lines into one message."""
        return "\n\n".join(
            self._line(each, ticket=ticket, contact=contact, auto_answer=auto_answer, now=now) for each in say
        )

    def helped_labels(self) -> tuple[str, str]:
        return phrases.helped_labels(self.language)

    def closed(self, ticket: TicketNow) -> str:
        return phrases.closed_notice(self.language, ticket=ticket.number, desk=self._desk.name)

    def merged(self, number: int, into: int) -> str:
        return phrases.merged_notice(self.language, ticket=number, earlier=into)

    def escalated(self, ticket: TicketNow) -> str:
        team = self._desk.team(ticket.team) if ticket.team else None
        return phrases.escalated_notice(self.language, ticket=ticket.number, team=team.name if team else None)

    def file_too_large(self, name: str, limit: int) -> str:
        return phrases.file_too_large(self.language, file=name, limit=limit)

    def placeholders(
        self, *, ticket: TicketNow, contact: ContactNow, now: datetime, agent: str | None = None
    ) -> dict[str, str | None]:
        """Return the values for a reply template's placeholders; None where one is not known."""
        category = self._catalogue.category(ticket.category) if ticket.category else None
        return {
            **self.common(now),
            **({"contact": contact.called} if contact.called else {}),
            "identity": contact.identity_number,
            "unit": contact.identity_unit,
            "ticket": number_words(ticket.number),
            "subject": ticket.subject,
            "category": category.name if category else None,
            "status": status_words(str(ticket.status), self.language),
            "agent": agent,
        }

    def common(self, now: datetime) -> dict[str, str | None]:
        """Return the values that are the same for every ticket of the desk."""
        return {
            "contact": "Sir/Madam" if self.language == "en" else "Bapak/Ibu",  # where no name is known
            "desk": self._desk.name,
            "hours": hours_in_words(self._desk.calendar, self.language),
            "answer_by": self._answer_by(now),
            "today": date_in_words(self._local(now).date(), self.language),
        }

    def _line(
        self,
        say: Say,
        *,
        ticket: TicketNow | None,
        contact: ContactNow,
        auto_answer: AutoAnswer | None,
        now: datetime,
    ) -> str:
        language, today = self.language, self._local(now).date()
        number = ticket.number if ticket is not None else 0
        when = self._when(say.values["when"], today) if "when" in say.values else ""
        if say.line in _ALONE:
            return _ALONE[say.line](language)
        if say.line in _WITH_WHEN:
            return _WITH_WHEN[say.line](language, ticket=number, when=when)
        match say.line:
            case Line.WELCOME | Line.OPENED | Line.FOLLOW_UP:
                return self._greeting(say.line, ticket, contact)
            case Line.TOPIC:
                chosen = self._catalogue.category(say.values["category"])
                return phrases.topic_chosen(language, category=chosen.name if chosen else "")
            case Line.REQUEST:
                text: str = say.values["text"]
                return text
            case Line.ASK_IDENTITY:
                lacking = [IdentityField(field) for field in say.values["missing"]]
                return phrases.ask_identity(language, missing=lacking)
            case Line.IDENTITY_THANKS:
                return phrases.identity_thanks(language, contact=contact.called)
            case Line.WHICH_CATEGORY:
                return category_menu_phrases.which_category(language, several=say.values["several"])
            case Line.CATEGORY_CHOSEN:
                return category_menu_phrases.category_chosen(
                    language, ticket=number, category=say.values["category"], when=when
                )
            case Line.AUTO_ANSWER:
                assert auto_answer is not None
                return phrases.auto_answer_frame(language, answer=auto_answer.text, ticket=number)
            case Line.HELPED_YES:
                return phrases.helped_yes_thanks(language, ticket=number)
            case Line.STATE:
                return self._state(ticket, when, today)
            case Line.NOT_YOURS:
                return phrases.not_your_ticket(language, ticket=say.values["ticket"])
            case Line.STARTED:
                return phrases.started_notice(language, desk=self._desk.name)
            case Line.SCORED:
                return survey_phrases.thanks(
                    language, low=say.values["low"], ask_remark=say.values["ask_remark"]
                )
            case Line.CODE_WRONG:
                return identity_phrases.code_wrong(language, left=say.values["left"])
            case _:
                return self._when(say, today)

    def _greeting(self, line: Line, ticket: TicketNow | None, contact: ContactNow) -> str:
        language, desk, called = self.language, self._desk, contact.called
        number = ticket.number if ticket is not None else 0
        match line:
            case Line.WELCOME:
                hours = hours_in_words(desk.calendar, language)
                return phrases.welcome(language, desk=desk.name, contact=called, hours=hours)
            case Line.OPENED:
                return phrases.greeting_new_ticket(language, ticket=number, desk=desk.name, contact=called)
            case _:
                earlier = ticket.linked_to if ticket is not None and ticket.linked_to else number
                return phrases.follow_up_ticket(language, ticket=number, earlier=earlier, contact=called)

    def _when(self, say: Say, today: date) -> str:
        match say.line:
            case Line.WHEN_INSIDE:
                return phrases.when_answered_inside_hours(
                    self.language, within=say.values["within"], counts_operating=say.values["operating"]
                )
            case Line.REQUEST:
                stands: str = say.values["text"]
                return stands
            case Line.WHEN_OUTSIDE:
                opens_at = self._local(say.values["opens_at"])
                return phrases.when_answered_outside_hours(self.language, opens_at=opens_at, today=today)
            case Line.WHEN_BY:
                due_at = self._local(say.values["due_at"])
                return phrases.when_answered_by(self.language, due_at=due_at, today=today)
            case _:
                return phrases.when_answered_soon(self.language)

    def _state(self, ticket: TicketNow | None, when: str, today: date) -> str:
        if ticket is None:
            return phrases.no_ticket(self.language)
        return phrases.ticket_state(
            self.language,
            ticket=ticket.number,
            subject=ticket.subject,
            status=str(ticket.status),
            since=self._local(ticket.closed_at or ticket.solved_at or ticket.created_at),
            today=today,
            next_step=when or None,
        )

    def _answer_by(self, now: datetime) -> str | None:
        promise = self._desk.promises.get(FIRST_RESPONSE)
        if promise is None:
            return None
        due_at = self._local(due(self._desk.calendar, now, promise))
        return moment_in_words(due_at, self.language, today=self._local(now).date())

    def _local(self, at: datetime) -> datetime:
        return at.astimezone(self._desk.calendar.tz)
