"""A small October, told through the real acts: eight tickets around the edges of the month, in a zone of choice.

The desk works Monday to Friday, 08:00-12:00 and 13:00-16:00, and promises an answer within 15 operating minutes and
a solution within 24 hours. What the month comes to is counted by hand in the tests.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from reports.measures import MonthReport, month_report
from reports.periods import Month
from reports.rows import TicketRow
from tests.tickets import desks
from tests.tickets.desks import BUDI, RINA, mail, whatsapp
from tickets import revisions
from tickets.actions import answering, handling, identity, supervising
from tickets.actions.answering import Words
from tickets.desk import Desk, DeskNow
from tickets.intake import Reading, take_in
from tickets.ledger.store import Ledger
from tickets.message import Person
from tickets.sweep import sweep

CATEGORIES = {"password": "Lupa kata sandi", "login": "Tidak bisa masuk"}
STAFF = {BUDI.id: "Budi", RINA.id: "Rina"}
FORMULA = '=HYPERLINK("http://jahat.example","klik")'


@dataclass
class Told:
    """The ledger after the story, and how to ask it for its month."""

    ledger: Ledger
    desk: Desk
    zone: str

    def at(self, text: str) -> datetime:
        """`2026-10-05 09:00`, as the clock on the desk's wall shows it."""
        return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(self.zone)).astimezone(UTC)

    @property
    def noon_after(self) -> datetime:
        return self.at("2026-11-01 12:00")

    def report(self, month: str = "2026-10", *, now: datetime | None = None, **options) -> MonthReport:
        now = now or self.noon_after
        with self.ledger.reading() as session:
            return month_report(
                session,
                desk=self.desk,
                month=Month.parse(month, zone=self.zone, now=now),
                now=now,
                category_names=CATEGORIES,
                staff_names=STAFF,
                **options,
            )

    def rows(self, month: str = "2026-10", **options) -> list[TicketRow]:
        """Return the rows that a month's report is made of."""
        kept = _Kept()
        self.report(month, use=kept, **options)
        return kept.rows

    def sweep(self, now: datetime | None = None) -> None:
        """Let the sweep write down what has come due; by noon of the first of November unless told otherwise."""
        while self.ledger.write_blocking(lambda tx: sweep(tx, now=now or self.noon_after)):
            pass


class _Kept:
    """Keeps the rows that a report is made of."""

    def __init__(self) -> None:
        self.rows: list[TicketRow] = []

    def begin(self, rows) -> None:
        assert not self.rows

    def write(self, before, rows) -> None:
        assert before == len(self.rows)
        self.rows += rows

    def gather(self, written) -> None:
        pass


class Teller:
    """Plays contacts and agents at chosen instants."""

    def __init__(self, told: Told, now: DeskNow, *, first_sid: int = 1) -> None:
        self._told = told
        self._desk = now
        self._sids = iter(range(first_sid, first_sid + 1000))

    def writes(self, who: str, at: str, text: str = "Tolong, saya tidak bisa masuk") -> int:
        return self._take(whatsapp(text, sid=f"SM{next(self._sids)}", sender=f"+62811{who}", name=who), at)

    def mails(self, who: str, at: str, *, subject: str, references: tuple[str, ...] = ()) -> int:
        number = next(self._sids)
        said = mail(
            "Mohon bantuannya",
            message_id=f"<{number}@x>",
            sender=f"{who.strip('@').lower()}@example.com",
            subject=subject,
            references=references,
        )
        return self._take(replace(said, sender=Person(address=said.sender.address, name=who)), at)

    def _take(self, said, at: str) -> int:
        taken = self._told.ledger.write_blocking(
            lambda tx: take_in(tx, said, desk=self._desk, reading=Reading(), files=(), at=self._told.at(at))
        )
        return taken.ticket.number

    def acts(self, act, ticket: int, *args, at: str, by=BUDI, **options):
        return self._told.ledger.write_blocking(
            lambda tx: act(tx, ticket, *args, by=by, at=self._told.at(at), **options)
        )

    def answers(self, ticket: int, at: str, **options) -> None:
        self.acts(answering.answer, ticket, Words(text="Baik, kami periksa"), at=at, **options)

    def categorises(self, ticket: int, category: str, at: str) -> None:
        self.acts(handling.categorise, ticket, category, at=at, desk=self._desk)

    def solves(self, ticket: int, at: str) -> None:
        self.acts(handling.solve, ticket, at=at)


def october_desk(zone: str) -> Desk:
    desk = desks.small_desk()
    return replace(desk, calendar=replace(desk.calendar, zone=zone))


def tell_october(ledger: Ledger, zone: str) -> Told:
    desk = october_desk(zone)
    told = Told(ledger=ledger, desk=desk, zone=zone)
    number = ledger.write_blocking(
        lambda tx: revisions.save(
            tx, desk=desk.slug, files={}, terms=desk.terms, by="file", at=told.at("2026-09-01 08:00")
        )
    )
    _tell(Teller(told, DeskNow(desk=desk, revision=number, categories=frozenset(CATEGORIES))), told)
    return told


def _tell(desk: Teller, told: Told) -> None:
    # The last second of September: not October's.
    desk.writes("Ana", "2026-09-30 23:59:59")
    # Bea, the first midnight: answered after ten minutes of work, solved after nine hours, verified.
    bea = desk.writes("Bea", "2026-10-01 00:00:00")
    told.ledger.write_blocking(
        lambda tx: identity.identify(
            tx, 2, ticket=bea, by=BUDI, at=told.at("2026-10-01 08:09"), name="Beatrix", number="13519001"
        )
    )
    desk.answers(bea, "2026-10-01 08:10")
    desk.categorises(bea, "password", "2026-10-01 08:20")
    desk.solves(bea, "2026-10-01 09:00")
    desk.acts(supervising.verify, bea, at="2026-10-01 10:00", by=RINA)
    # Citra: answered five minutes late while Budi held it; two hours of waiting for her; solved in time for that.
    citra = desk.mails("Citra", "2026-10-05 09:00", subject="Akun terkunci")
    desk.acts(handling.assign, citra, BUDI.id, at="2026-10-05 09:05", staff=frozenset(STAFF))
    desk.answers(citra, "2026-10-05 09:20", wait=True)
    desk.mails("Citra", "2026-10-05 11:20", subject="Re: Akun terkunci", references=("<3@x>",))
    desk.answers(citra, "2026-10-05 11:30", by=RINA)
    desk.acts(answering.note, citra, "Sudah saya cek di direktori", at="2026-10-05 11:31")
    desk.categorises(citra, "login", "2026-10-06 09:29")
    desk.solves(citra, "2026-10-06 09:30")
    # Dedi, Friday five to four: five minutes of work on either side of the weekend, but the solution is late; he comes
    # back, and the second round is in time.
    dedi = desk.writes("Dedi", "2026-10-09 15:55")
    desk.answers(dedi, "2026-10-12 08:05")
    desk.categorises(dedi, "password", "2026-10-12 09:00")
    desk.solves(dedi, "2026-10-12 10:00")
    desk.writes("Dedi", "2026-10-12 14:00", "Masih tidak bisa")
    desk.answers(dedi, "2026-10-12 14:10")
    desk.solves(dedi, "2026-10-13 08:00")
    # Eka: the bot confirms, and nobody ever answers.
    eka = desk.writes("Eka", "2026-10-13 10:00")
    told.ledger.write_blocking(
        lambda tx: answering.say_automatically(
            tx, answering.tickets_.load(tx, eka), Words(text="Kami terima"), at=told.at("2026-10-13 10:00"), kind="confirmed"
        )
    )  # fmt: skip
    # A hostile subject and name; solved without an answer before one was due.
    fitri = desk.mails("@Fitri", "2026-10-30 15:50", subject=FORMULA)
    desk.categorises(fitri, "password", "2026-10-30 15:57")
    desk.solves(fitri, "2026-10-30 15:58")
    # Gita, the last minute of October: her answer is due on Monday.
    desk.writes("Gita", "2026-10-31 23:59")
    # The first instant of November: not October's.
    desk.writes("Hani", "2026-11-01 00:00:00")
