"""What people type into a form, and what it means."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest

from procedures.asking.periods import Period
from procedures.asking.questions import AnswerError, Choice, Fault, Kind, Question
from procedures.asking.reading import read_answer

TODAY = date(2026, 10, 7)  # a Wednesday
PLACES = (
    Choice(id="luring", label={"id": "Luring", "en": "On site"}),
    Choice(id="daring", label={"id": "Daring"}),
)


def read(kind: Kind, typed: str, **more: object) -> object:
    return read_answer(Question(id="q", ask={}, kind=kind, **more), typed, today=TODAY)


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        (Kind.TEXT, "  Pelantikan ", "Pelantikan"),
        (Kind.NUMBER, "25 orang", Decimal(25)),
        (Kind.NUMBER, "kira-kira 500an", Decimal(500)),
        (Kind.NUMBER, "1.200", Decimal(1200)),
        (Kind.NUMBER, "2,5", Decimal("2.5")),
        (Kind.NUMBER, "2.5", Decimal("2.5")),
        (Kind.AMOUNT, "Rp 1.500.000,-", Decimal(1_500_000)),
        (Kind.AMOUNT, "Rp1,5 juta", Decimal(1_500_000)),
        (Kind.AMOUNT, "750rb", Decimal(750_000)),
        (Kind.AMOUNT, "Rp500,000", Decimal(500_000)),
        (Kind.DATE, "2026-10-12", date(2026, 10, 12)),
        (Kind.DATE, "12/10/2026", date(2026, 10, 12)),
        (Kind.DATE, "12-10-26", date(2026, 10, 12)),
        (Kind.DATE, "Senin, 12 Oktober 2026", date(2026, 10, 12)),
        (Kind.DATE, "12 okt", date(2026, 10, 12)),
        (Kind.DATE, "5 okt", date(2027, 10, 5)),
        (Kind.DATE, "3 May 2027", date(2027, 5, 3)),
        (Kind.DATE, "besok", date(2026, 10, 8)),
        (Kind.DATE, "12/10", date(2026, 10, 12)),
        (Kind.DATE, "hari Senin", date(2026, 10, 12)),
        (Kind.DATE, "rabu depan", date(2026, 10, 14)),
        (Kind.DATE, "minggu", date(2026, 10, 11)),
        (Kind.TIME, "jam 9", time(9)),
        (Kind.TIME, "pukul 13.30 WIB", time(13, 30)),
        (Kind.TIME, "jam 8 pagi", time(8)),
        (Kind.TIME, "2 siang", time(14)),
        (Kind.TIME, "11 siang", time(11)),
        (Kind.TIME, "jam 7 malam", time(19)),
        (Kind.TIME, "12 malam", time()),
        (Kind.TIME, "1.30 pm", time(13, 30)),
        (Kind.TIME, "setengah 9", time(8, 30)),
        (
            Kind.PERIOD,
            "besok jam 1 siang sampai jam 4 sore",
            Period(datetime(2026, 10, 8, 13), datetime(2026, 10, 8, 16)),
        ),
        (Kind.YES_NO, "Iya", True),
        (Kind.YES_NO, "tidak.", False),
        (Kind.CHOICE, "on site", "luring"),
        (Kind.CHOICE, "2", "daring"),
        (Kind.CHOICES, "Daring dan luring", ("daring", "luring")),
        (Kind.EMAIL, "Rina@Example.ac.id", "rina@example.ac.id"),
        (Kind.PHONE, "0811 1000-1", "+628111000" + "1"),
    ],
)
def test_answers_are_read_as_people_write_them(kind, typed, value):
    choices = PLACES if kind in {Kind.CHOICE, Kind.CHOICES} else ()
    assert read(kind, typed, choices=choices) == value


@pytest.mark.parametrize(
    ("kind", "typed", "fault"),
    [
        (Kind.TEXT, "   ", Fault.EMPTY),
        (Kind.TEXT, "x" * 301, Fault.TOO_LONG),
        (Kind.NUMBER, "banyak", Fault.NO_NUMBER),
        (Kind.NUMBER, "1.2.3", Fault.NO_NUMBER),
        (Kind.NUMBER, "0", Fault.TOO_SMALL),
        (Kind.NUMBER, "1001", Fault.TOO_LARGE),
        (Kind.DATE, "minggu depan saja", Fault.NO_DATE),
        (Kind.DATE, "minggu ini", Fault.NO_DATE),
        (Kind.DATE, "minggu depan", Fault.NO_DATE),
        (Kind.DATE, "31/02/2027", Fault.NO_DATE),
        (Kind.DATE, "lusa", Fault.TOO_SOON),
        (Kind.TIME, "25.00", Fault.NO_TIME),
        (Kind.TIME, "setengah 9.30", Fault.NO_TIME),
        (Kind.TIME, "nanti", Fault.NO_TIME),
        (Kind.YES_NO, "mungkin", Fault.NOT_YES_OR_NO),
        (Kind.CHOICE, "3", Fault.NO_CHOICE),
        (Kind.CHOICES, "luring, entah", Fault.NO_CHOICE),
        (Kind.EMAIL, "rina@", Fault.NO_EMAIL),
        (Kind.PHONE, "kantor", Fault.NO_PHONE),
        (Kind.FILE, "nanti saya kirim", Fault.NO_FILE),
    ],
)
def test_what_cannot_be_taken_says_why(kind, typed, fault):
    limits = {"least": Decimal(1), "most": Decimal(1000)} if kind is Kind.NUMBER else {}
    limits |= {"ahead": timedelta(days=3)} if kind is Kind.DATE else {}
    with pytest.raises(AnswerError) as refused:
        read(kind, typed, choices=PLACES, **limits)
    assert refused.value.fault is fault
