"""The bot's voice towards the people of a desk: confirmations, refusals, cards and what stands in topics."""

from collections.abc import Sequence
from datetime import datetime

from bot.absence_words import absence_in_words
from bot.desks import OpenDesk
from procedures.bookings.errors import NotToBeHadError
from procedures.bookings.words import refusal_words
from templates_replies import (
    amending_phrases,
    belonging_phrases,
    by_hand_phrases,
    handling_phrases,
    hook_phrases,
    identity_phrases,
    presence_phrases,
    refusal_phrases,
    reply_phrases,
    rule_phrases,
    staff_phrases,
    staff_topics,
    supervision_phrases,
    window_phrases,
)
from templates_replies.catalogue import Language
from templates_replies.staff_cards import Card, ticket_card, topic_name
from templates_replies.staff_help import HelpFor, help_text
from tickets.actions.errors import (
    AbsentError,
    ActError,
    CategoryMissingError,
    CurrentTicketError,
    KnockedError,
    NoReceiverError,
    NotAllowedError,
    NothingToSayError,
    OwnTicketError,
    PastAbsenceError,
    RuleError,
    TemplateUnusableError,
    UnfilledError,
    UnknownValueError,
    ValuesMissingError,
)
from tickets.actions.revising import EditedMeanwhileError, MistakesError
from tickets.desk import Plain
from tickets.hours import DAYS, Calendar
from tickets.ticket import NoSuchTicketError, TicketNow

_DAY_NAMES: dict[Language, tuple[str, ...]] = {
    "id": ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}


class StaffVoice:
    def __init__(self, desk: OpenDesk, language: Language) -> None:
        self.language: Language = language
        self._open = desk
        self._desk = desk.now.desk

    def refusal(self, error: Exception) -> str:
        """Say why an act was refused, and what to do instead."""
        language = self.language
        match error:
            case NoSuchTicketError():
                return staff_phrases.no_such_ticket(language, ticket=error.number)
            case ActError() if (words := refusal_phrases.refusal(language, error.code)) is not None:
                return words
            case ActError() if (words := window_phrases.refused(language, error.code)) is not None:
                return words
            case NotToBeHadError():
                return refusal_words(error, language)
            case CategoryMissingError():
                return staff_phrases.close_without_category(language, ticket=error.ticket)
            case OwnTicketError():
                return supervision_phrases.own_ticket(language, ticket=error.ticket)
            case NotAllowedError():
                return staff_phrases.not_allowed(language)
            case NothingToSayError():
                return staff_phrases.empty_answer(language)
            case MistakesError():
                return rule_phrases.mistakes(
                    language, mistakes=[str(mistake) for mistake in error.mistakes[:5]]
                )
            case EditedMeanwhileError():
                return rule_phrases.edited_meanwhile(language)
            case UnknownValueError():
                return self._unknown(error)
            case AbsentError():
                return self._absent(error)
            case NoReceiverError():
                return presence_phrases.name_a_receiver(language)
            case PastAbsenceError():
                return presence_phrases.past_absence(language)
            case KnockedError():
                at = self.local(error.at)
                return window_phrases.knocked_already(
                    language, ticket=error.ticket or 0, at=at, today=at.date()
                )
            case TemplateUnusableError():
                return window_phrases.no_template(language, fault=error.fault, name=error.template)
            case RuleError() if said := identity_phrases.refused(language, code=error.code):
                return said
            case RuleError() if error.ticket and error.status:
                return staff_phrases.wrong_status(language, ticket=error.ticket, status=error.status)
            case CurrentTicketError():
                return by_hand_phrases.current_ticket(language, ticket=error.ticket or 0)
            case UnfilledError():
                return reply_phrases.not_filled(language, error.missing)
            case ValuesMissingError():
                return belonging_phrases.values_missing(
                    language, ticket=error.ticket or 0, missing=error.names
                )
            case RuleError() if error.ticket:
                return refusal_phrases.not_so(language, ticket=error.ticket)
            case _:
                return staff_phrases.nothing_to_send(language)

    def _absent(self, error: AbsentError) -> str:
        absence = error.absence
        name = next((member.name for member in self._desk.staff if member.id == absence.staff), absence.staff)
        words = absence_in_words(self._desk, self.language, absence, error.at)
        return presence_phrases.absent(self.language, name=name, absence=words)

    def _unknown(self, error: UnknownValueError) -> str:
        language, value = self.language, error.value
        match error.field:
            case "category":
                return staff_phrases.no_such_category(language, category=value)
            case "template":
                return staff_phrases.no_such_reply(language, reply=value)
            case "priority":
                return handling_phrases.no_such_priority(language, value=value)
            case "desk":
                return belonging_phrases.no_such_desk(language, value=value)
            case "medium":
                return by_hand_phrases.no_such_medium(language, value=value)
            case "came_at":
                return by_hand_phrases.not_later(language)
            case "as":
                return belonging_phrases.no_such_link(language, value=value)
            case "until":
                return handling_phrases.sleeps_until_later(language)
            case "team":
                return staff_phrases.no_such_team(language, team=value)
            case "message":
                return amending_phrases.none_of_ours(language)
            case "tag":
                return rule_phrases.no_such_tag(language, tag=value)
            case "webhook":
                return hook_phrases.no_such_hook(language, hook=value)
            case "rule":
                return rule_phrases.no_such_rule(language, rule=value)
            case _:
                return staff_phrases.no_such_agent(language, agent=value)

    def unknown_command(self, word: str) -> str:
        return staff_phrases.unknown_command_for_staff(self.language, command=word)

    def which_ticket(self) -> str:
        return staff_phrases.which_ticket(self.language)

    def help(self, role: HelpFor, *, team_answers: bool) -> str:
        """`team_answers`: of somebody whose team may answer the contact."""
        inside = team_answers if role is HelpFor.HELPER else self._desk.plain is Plain.NOTE
        return help_text(self.language, role=role, plain_is_note=inside)

    def answer_queued(self, ticket: int) -> str:
        return staff_topics.answer_queued(self.language, ticket=ticket)

    def send_labels(self) -> tuple[str, str]:
        return staff_topics.send_labels(self.language)

    def draft_dropped(self) -> str:
        return staff_phrases.reply_cancelled(self.language)

    def choose_category(self, names: Sequence[str]) -> str:
        return staff_topics.choose_category(self.language, names=names)

    def category_name(self, category: str) -> str:
        found = self._open.catalogue.category(category)
        return found.name if found else category

    # -- what was done ------------------------------------------------------------------------------------------------

    def claimed(self, ticket: TicketNow, agent: str) -> str:
        return staff_phrases.claimed(self.language, ticket=ticket.number, agent=agent)

    def assigned(self, ticket: TicketNow, agent: str, by: str) -> str:
        return staff_phrases.assigned(self.language, ticket=ticket.number, agent=agent, by=by)

    def categorised(self, ticket: TicketNow) -> str:
        name = self.category_name(ticket.category or "")
        return staff_phrases.categorised(self.language, ticket=ticket.number, category=name)

    def noted(self) -> str:
        return staff_phrases.noted(self.language)

    def waiting(self, ticket: TicketNow) -> str:
        return staff_phrases.waiting(self.language, ticket=ticket.number)

    def closed(self, ticket: TicketNow) -> str:
        return staff_phrases.closed(self.language, ticket=ticket.number)

    def reopened(self, ticket: TicketNow) -> str:
        return staff_phrases.reopened(self.language, ticket=ticket.number)

    def verified(self, ticket: TicketNow) -> str:
        return staff_topics.verified(self.language, ticket=ticket.number)

    def escalated(self, ticket: TicketNow) -> str:
        team = self._desk.team(ticket.team or "")
        name = team.name if team else ticket.team or ""
        return staff_phrases.escalated(self.language, ticket=ticket.number, team=name)

    def returned(self, ticket: TicketNow) -> str:
        return staff_topics.returned(self.language, ticket=ticket.number)

    # -- cards and topics ---------------------------------------------------------------------------------------------

    def card(self, card: Card, now: datetime) -> str:
        return ticket_card(self.language, card=card, now=self.local(now))

    def topic_name(self, card: Card) -> str:
        return topic_name(ticket=card.ticket, contact=card.contact, subject=card.subject)

    def take_label(self) -> str:
        return staff_topics.take_label(self.language)

    def templates_label(self) -> str:
        return staff_topics.templates_label(self.language)

    def close_label(self) -> str:
        return staff_topics.close_label(self.language)

    def delivery_failed(self, ticket: int, reason: str) -> str:
        return staff_phrases.delivery_failed(self.language, ticket=ticket, reason=reason)

    def delivery_unknown(self, ticket: int) -> str:
        return staff_phrases.delivery_unknown(self.language, ticket=ticket)

    def local(self, at: datetime) -> datetime:
        return at.astimezone(self._desk.calendar.tz)


def hours_in_words(calendar: Calendar, language: Language) -> str:
    """Return the week's hours, days with the same windows together: `Senin–Kamis 08.00–12.00, 13.00–16.00; …`."""
    names = _DAY_NAMES[language]
    groups: list[tuple[int, int]] = []
    for day in range(len(DAYS)):
        if groups and calendar.week[groups[-1][1]] == calendar.week[day]:
            groups[-1] = (groups[-1][0], day)
        else:
            groups.append((day, day))
    parts = []
    for first, last in groups:
        windows = ", ".join(str(window) for window in calendar.week[first])
        if windows:
            shown = windows.replace("-", "–").replace(":", "." if language == "id" else ":")
            days = names[first] if first == last else f"{names[first]}–{names[last]}"
            parts.append(f"{days} {shown}")
    return "; ".join(parts)
