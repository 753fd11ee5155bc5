"""October 2026 counted by hand: seventeen tickets, with everything that makes a month hard to count.

The desk works Monday to Friday, 08:00-12:00 and 13:00-16:00, keeps Wednesday the 14th as a holiday, and promises an
answer within 15 operating minutes and a solution within 24 hours. All times are those of its own wall, whatever the
zone. `BY_HAND` is how each ticket of October stands on Monday, 2 November, at noon; `COUNTED` is what they come to.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from reports.part import Part
from tests.reports.october import CATEGORIES, STAFF, Teller, Told
from tests.tickets import desks
from tests.tickets.desks import BUDI, RINA
from tickets import revisions
from tickets.actions import handling, merging, moving, second_line, spam, supervising
from tickets.desk import Desk, DeskNow
from tickets.hours import ClosedDay
from tickets.ledger.store import Ledger

FIRST_ON, LAST_ON = date(2026, 10, 1), date(2026, 10, 31)
MADE_AT = "2026-11-02 12:00"
NEIGHBOUR = "tetangga"
KINDS = ("first_response", "resolution")

# Number, created, channel, category, status, answered within, solved within, and why it is among them. Times are
# hours:minutes; `/` parts the rounds of a ticket that was reopened, `!` is late, `-` is not done (yet).
BY_HAND = """
 2 | 2026-10-01 00:00 | whatsapp | password | closed  | 0:10          | 9:00           | the month's first instant; nights do not count
 3 | 2026-10-02 17:30 | email    | login    | solved  | 0:12          | 62:50!         | after hours on Friday, answered on Monday
 4 | 2026-10-05 11:50 | whatsapp | login    | solved  | 0:15          | 3:15           | over lunch, at the last instant; 21 hours of waiting
 5 | 2026-10-06 08:00 | whatsapp | password | solved  | 0:20! / 0:05  | 2:00 / 27:00!  | reopened, promised anew
 7 | 2026-10-08 09:00 | email    | login    | solved  | 0:10          | 6:00           | number 8 was merged into it
 9 | 2026-10-13 15:50 | whatsapp | login    | solved  | 0:13          | 40:40!         | ten minutes before a holiday, three after it
10 | 2026-10-19 09:00 | whatsapp | login    | solved  | 0:10          | 23:45          | a day with the second line
11 | 2026-10-20 13:00 | email    | -        | open    | 0:14          | -!             | still with the second line
13 | 2026-10-23 10:00 | whatsapp | password | solved  | 0:09          | 0:30           | came from the neighbouring desk
14 | 2026-10-26 14:00 | whatsapp | password | waiting | 0:03          | -              | its clock stands still
15 | 2026-10-30 15:50 | email    | password | solved  | -             | 0:08           | solved without an answer
16 | 2026-10-31 23:59 | email    | -        | open    | 0:10          | -!             | the month's last second, answered in November
"""

# Not October's: 1 (September's last second), 17 (November's first); 6 is spam, 8 merged, 12 went to the neighbour.


HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


@dataclass(frozen=True, kw_only=True)
class Kept:
    """What somebody says of one kind of promise."""

    met: int
    breached: int
    median: timedelta | None
    p90: timedelta | None


@dataclass(frozen=True, kw_only=True)
class Totals:
    """What somebody says of the month."""

    tickets: int
    finished: int
    channels: Mapping[str, int]
    categories: Mapping[str | None, int]  # by name; None: without
    agents: Mapping[str | None, int]  # who holds them; None: nobody
    days: Mapping[int, int]  # those on which any came in
    promises: Mapping[str, Kept]


COUNTED = Totals(
    tickets=12,
    finished=9,  # eight solved, one closed
    channels={"whatsapp": 7, "email": 5},
    categories={"Lupa kata sandi": 5, "Tidak bisa masuk": 5, None: 2},
    agents={"Budi": 10, "Rina": 1, None: 1},
    days=dict.fromkeys((1, 2, 5, 6, 8, 13, 19, 20, 23, 26, 30, 31), 1),
    promises={
        # Of the first rounds eleven were answered, after 3 9 10 10 10 10 12 13 14 15 20 minutes; nine of ten in 15.
        "first_response": Kept(met=11, breached=1, median=10 * MINUTE, p90=15 * MINUTE),
        # Nine were solved, after 0:08 0:30 2:00 3:15 6:00 9:00 23:45 40:40 62:50.
        "resolution": Kept(met=7, breached=5, median=6 * HOUR, p90=62 * HOUR + 50 * MINUTE),
    },
)
FIGURES = {
    "tickets_in": 12, "finished": 9, "uncategorised": 2, "reopened": 1, "breached": 6, "spam": 1, "merged": 1,
    "share/first_response": 11 / 12, "median/first_response": 600.0, "share/resolution": 7 / 12,
    "median/resolution": 21_600.0, "category/password": 5, "category/login": 5,
}  # fmt: skip
# Of the category `login`: 3 4 7 9 10. With the second line now: 11 alone, for 10 was given back.
PARTS = (
    (
        Part(category="login"),
        Totals(
            tickets=5,
            finished=5,
            channels={"whatsapp": 3, "email": 2},
            categories={"Tidak bisa masuk": 5},
            agents={"Budi": 4, "Rina": 1},
            days=dict.fromkeys((2, 5, 8, 13, 19), 1),
            promises={
                "first_response": Kept(
                    met=5, breached=0, median=12 * MINUTE, p90=15 * MINUTE
                ),  # 10 10 12 13 15
                # 3:15 6:00 23:45 40:40 62:50, the last two too late
                "resolution": Kept(
                    met=3, breached=2, median=23 * HOUR + 45 * MINUTE, p90=62 * HOUR + 50 * MINUTE
                ),
            },
        ),
    ),
    (
        Part(team="edunex"),
        Totals(
            tickets=1,
            finished=0,
            channels={"email": 1},
            categories={None: 1},
            agents={"Budi": 1},
            days={20: 1},
            promises={
                "first_response": Kept(met=1, breached=0, median=14 * MINUTE, p90=14 * MINUTE),
                "resolution": Kept(met=0, breached=1, median=None, p90=None),
            },
        ),
    ),
)
STATUSES = {"new": 0, "open": 2, "waiting": 1, "solved": 8, "closed": 1}
BREACHES = [  # (ticket, promise, late by, who held it then)
    (3, "resolution", 38 * HOUR + 50 * MINUTE, None),
    (5, "first_response", 5 * MINUTE, "Budi"),
    (5, "resolution", 3 * HOUR, "Budi"),
    (9, "resolution", 16 * HOUR + 40 * MINUTE, None),
    (11, "resolution", 287 * HOUR, "Budi"),
    (16, "resolution", 12 * HOUR + timedelta(seconds=1), None),
]


def golden_desk(zone: str) -> Desk:
    desk = desks.small_desk()
    closed = (ClosedDay(date(2026, 10, 14), "Dies Natalis"),)
    return replace(desk, calendar=replace(desk.calendar, zone=zone, closed=closed))


def tell_golden_month(ledger: Ledger, zone: str) -> Told:
    here = golden_desk(zone)
    told = Told(ledger=ledger, desk=here, zone=zone)
    ours, theirs = (_opened(told, each) for each in (here, replace(here, slug=NEIGHBOUR, staff=())))
    _tell(told, Teller(told, ours), Teller(told, theirs, first_sid=2000), ours, theirs)
    return told


def _opened(told: Told, desk: Desk) -> DeskNow:
    number = told.ledger.write_blocking(
        lambda tx: revisions.save(
            tx, desk=desk.slug, files={}, terms=desk.terms, by="file", at=told.at("2026-09-01 08:00")
        )
    )
    return DeskNow(desk=desk, revision=number, categories=frozenset(CATEGORIES))


def _tell(told: Told, desk: Teller, neighbour: Teller, ours: DeskNow, theirs: DeskNow) -> None:
    staff = frozenset(STAFF)
    ana = desk.writes("Ana", "2026-09-30 23:59:59")
    desk.answers(ana, "2026-10-01 08:05")
    _ends(desk, ana, "password", "2026-10-01 09:00")
    bea = desk.writes("Bea", "2026-10-01 00:00:00")
    desk.answers(bea, "2026-10-01 08:10")
    _ends(desk, bea, "password", "2026-10-01 09:00")
    desk.acts(supervising.verify, bea, at="2026-10-01 10:00", by=RINA)
    citra = desk.mails("Citra", "2026-10-02 17:30", subject="Akun terkunci")
    desk.answers(citra, "2026-10-05 08:12")
    _ends(desk, citra, "login", "2026-10-05 08:20")
    dedi = desk.writes("Dedi", "2026-10-05 11:50")
    desk.answers(dedi, "2026-10-05 13:05", wait=True)
    desk.writes("Dedi", "2026-10-06 10:05", "Ini tangkapan layarnya")
    _ends(desk, dedi, "login", "2026-10-06 12:05")
    eka = desk.writes("Eka", "2026-10-06 08:00")
    desk.acts(handling.assign, eka, BUDI.id, at="2026-10-06 08:05", staff=staff)
    desk.answers(eka, "2026-10-06 08:20")
    _ends(desk, eka, "password", "2026-10-06 10:00")
    desk.writes("Eka", "2026-10-07 09:00", "Masih tidak bisa")
    desk.answers(eka, "2026-10-07 09:05")
    desk.solves(eka, "2026-10-08 12:00")
    fani = desk.mails("Fani", "2026-10-07 10:00", subject="Hadiah untuk Anda")
    desk.acts(spam.mark_spam, fani, at="2026-10-07 10:30")
    gita = desk.mails("Gita", "2026-10-08 09:00", subject="Nilai")
    again = desk.mails("Gita", "2026-10-08 09:02", subject="Nilai, lagi")
    desk.acts(merging.merge, again, gita, at="2026-10-08 09:03")
    desk.answers(gita, "2026-10-08 09:10")
    _ends(desk, gita, "login", "2026-10-08 15:00")
    hadi = desk.writes("Hadi", "2026-10-13 15:50")
    desk.answers(hadi, "2026-10-15 08:03", by=RINA)
    _ends(desk, hadi, "login", "2026-10-15 08:30")
    indra = desk.writes("Indra", "2026-10-19 09:00")
    desk.answers(indra, "2026-10-19 09:10")
    desk.acts(handling.escalate, indra, "edunex", at="2026-10-19 09:15", desk=ours)
    desk.acts(second_line.give_back, indra, "Sudah diperbaiki", at="2026-10-20 08:30", desk=ours)
    _ends(desk, indra, "login", "2026-10-20 08:45")
    joko = desk.mails("Joko", "2026-10-20 13:00", subject="Kuis")
    desk.answers(joko, "2026-10-20 13:14")
    desk.acts(handling.escalate, joko, "edunex", at="2026-10-20 13:20", desk=ours)
    kiki = desk.writes("Kiki", "2026-10-22 10:00")
    desk.acts(moving.move, kiki, at="2026-10-22 10:05", by=RINA, to=theirs, there=RINA)
    lina = neighbour.writes("Lina", "2026-10-23 10:00")
    desk.acts(moving.move, lina, at="2026-10-23 10:02", by=_of_both(), to=ours, there=_of_both())
    desk.answers(lina, "2026-10-23 10:09")
    _ends(desk, lina, "password", "2026-10-23 10:30")
    oki = desk.writes("Oki", "2026-10-26 14:00")
    desk.answers(oki, "2026-10-26 14:03", wait=True)
    desk.categorises(oki, "password", "2026-10-26 14:04")
    puti = desk.mails("Puti", "2026-10-30 15:50", subject="Terima kasih")
    _ends(desk, puti, "password", "2026-10-30 15:58")
    mira = desk.mails("Mira", "2026-10-31 23:59:59", subject="Tengah malam")
    desk.answers(mira, "2026-11-02 08:10")
    desk.writes("Nino", "2026-11-01 00:00:00")


def _ends(desk: Teller, ticket: int, category: str, at: str) -> None:
    desk.categorises(ticket, category, at)
    desk.solves(ticket, at)


def _of_both():
    return replace(RINA, desks=frozenset({desks.SLUG, NEIGHBOUR}))


def made_at(told: Told) -> datetime:
    return told.at(MADE_AT)
