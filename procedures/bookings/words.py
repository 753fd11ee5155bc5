"""Bookings as people read them."""

from datetime import date, timedelta

from procedures.asking.periods import Period
from procedures.bookings.availability import Stretch
from procedures.bookings.errors import NotToBeHadError
from templates_replies import booking_phrases as phrases
from templates_replies.catalogue import Language
from templates_replies.moments import date_in_words, period_in_words, stretch_in_words
from tickets.resources import Resource


def period_words(period: Period, language: Language) -> str:
    return period_in_words(period.start, period.end, language)


def refusal_words(error: NotToBeHadError, language: Language) -> str:
    """Say why something was not booked, and what is to be had instead."""
    period = error.period
    return phrases.not_to_be_had(
        language, error.hindrance, resource=error.resource.name, when=period_words(period, language),
        over_midnight=period.end - period.start < timedelta(days=1) and period.last_on > period.start.date(),
        instead=[(each.resource.name, period_words(each.period, language)) for each in error.instead],
    )  # fmt: skip


def day_words(
    resource: Resource, day: date, language: Language, *, taken: tuple[Stretch, ...], free: tuple[Stretch, ...]
) -> str:  # fmt: skip
    """Say what is taken and what is free of a resource on a day."""
    said = [[stretch_in_words(each.start, each.end, language) for each in some] for some in (taken, free)]
    return phrases.day(
        language, resource=resource.name, day=date_in_words(day, language), taken=said[0], free=said[1]
    )
