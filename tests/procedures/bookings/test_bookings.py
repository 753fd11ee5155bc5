"""What cases book: held while it is decided, certain afterwards, given back, and never twice."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError
from sqlmodel import select

from procedures.asking.periods import Period
from procedures.bookings.availability import Hindrance
from procedures.bookings.errors import NotToBeHadError, ResourceGoneError
from procedures.bookings.tables import Booking
from procedures.bookings.taking import For, Wish, make
from procedures.definition.procedure import DONE
from procedures.discarding import discard
from procedures.running import actions
from tests.procedures.bookings.booking import LENDING
from tests.procedures.bookings.rooms import CAMERAS, RESOURCES, STUDIO
from tests.tickets.desk_at_work import HOUR, MINUTE, DeskAtWork
from tests.tickets.desks import BUDI
from tickets.ledger.database import open_engine
from tickets.ledger.store import Ledger
from tickets.tables import Event

TUESDAY = Period.fromisoformat("2026-10-20T09:00/2026-10-20T11:00")
FORM = {"acara": "Wisuda", "ruang": STUDIO.id, "waktu": TUESDAY}


class Lending(DeskAtWork):
    def __init__(self, ledger) -> None:
        super().__init__(ledger)
        self.desk = replace(self.desk, desk=replace(self.desk.desk, resources=RESOURCES))
        self._asked = 0

    def asks(self, **answers):
        self._asked += 1
        ticket = self.hears(sender=f"+62811{self._asked}")
        return self._does(
            lambda tx: actions.start(
                tx, ticket, LENDING, answers=FORM | answers, desk=self.desk, by=BUDI, at=self.now
            )
        )

    def ends(self, case, step, outcome=DONE, **answers):
        self.now += MINUTE
        return self._does(
            lambda tx: actions.act(
                tx, case.id, step, outcome, procedure=LENDING, answers=answers, reason=None, desk=self.desk, by=BUDI,
                at=self.now,
            )
        )  # fmt: skip

    def withdraws(self, case):
        return self._does(
            lambda tx: actions.take_back(tx, case.id, procedure=LENDING, desk=self.desk, by=BUDI, at=self.now)
        )

    def books(self, resource, period, count=1):
        wish = Wish(resource=resource, period=period, count=count)
        return self._does(lambda tx: make(tx, wish, For(), desk=self.desk.desk, by=BUDI, at=self.now))

    def booked(self):
        with self.ledger.reading() as session:
            return [
                (one.resource, one.count, one.state)
                for one in session.exec(select(Booking).order_by(Booking.id))
            ]

    def told(self):
        with self.ledger.reading() as session:
            found = session.exec(select(Event).where(Event.kind.like("booking.%")).order_by(Event.id))
            return [one.kind for one in found]


@pytest.fixture
def office(ledger):
    return Lending(ledger)


def test_a_room_is_held_while_its_case_is_decided_and_certain_afterwards(office):
    case = office.asks()
    assert office.booked() == [("studio-1", 1, "tentative")]
    with pytest.raises(NotToBeHadError) as refused:
        office.asks()
    assert refused.value.hindrance is Hindrance.TAKEN
    assert [each.resource.id for each in refused.value.instead] == ["studio-1", "studio-2", "studio-1"]
    office.ends(case, "setuju", "ya")
    assert office.booked() == [("studio-1", 1, "firm")]
    with pytest.raises(NotToBeHadError) as refused:
        office.ends(case, "siap", kamera=4)
    assert refused.value.hindrance is Hindrance.TOO_MANY
    office.ends(case, "siap", kamera=2)
    assert office.booked() == [("studio-1", 1, "firm"), ("kamera", 2, "firm")]
    office.ends(case, "kembali")
    assert office.booked() == [("studio-1", 1, "firm"), ("kamera", 2, "cancelled")]
    assert office.told() == ["booking.made", "booking.firm", "booking.made", "booking.cancelled"]


def test_what_was_taken_out_of_the_desk_since_keeps_its_bookings_and_is_booked_no_more(office):
    case = office.ends(office.asks(), "setuju", "ya")
    left = tuple(one for one in RESOURCES if one.id not in {CAMERAS.id, STUDIO.id})
    office.desk = replace(office.desk, desk=replace(office.desk.desk, resources=left))
    with pytest.raises(ResourceGoneError):
        office.ends(case, "siap", kamera=2)
    case = office.ends(case, "siap")  # without a camera it goes on
    assert (case.standing.open, office.booked()) == (("kembali",), [("studio-1", 1, "firm")])


def test_what_is_refused_or_withdrawn_is_free_again(office):
    office.ends(office.asks(), "setuju", "tidak")
    case = office.asks()
    office.withdraws(case)
    office.asks()
    assert [state for *_, state in office.booked()] == ["cancelled", "cancelled", "tentative"]
    office._does(lambda tx: discard(tx, case.id, language="id", at=office.now))
    with (
        office.ledger.reading() as session
    ):  # once its time in the archive is over, nobody reads what it was for
        assert [one.title for one in session.exec(select(Booking).order_by(Booking.id))] == [
            "Wisuda",
            None,
            "Wisuda",
        ]


def test_what_has_begun_when_it_is_given_back_ends_then(office):
    case = office.asks()
    office.now = TUESDAY.instants(office.desk.desk.calendar.tz)[0] + timedelta(minutes=10)
    office.ends(case, "setuju", "tidak")
    with office.ledger.reading() as session:
        (booking,) = session.exec(select(Booking))
        assert (booking.ends_at, booking.state) == (office.now, "tentative")
    office.books(STUDIO, TUESDAY.moved(HOUR))


def test_several_alike_are_lent_in_any_order_as_long_as_there_are_enough(office):
    """A third one fits, but only once those before have been given other numbers."""
    two = replace(CAMERAS, count=2)
    for start, end in ((9, 10), (9.5, 10.5), (11, 12), (10.25, 11.25)):
        midnight = TUESDAY.start.replace(hour=0)
        office.books(two, Period(midnight + timedelta(hours=start), midnight + timedelta(hours=end)))
    assert office.booked() == [("kamera", 1, "firm")] * 4
    with pytest.raises(NotToBeHadError):
        office.books(two, Period.fromisoformat("2026-10-20T10:15/2026-10-20T10:20"))


def test_of_many_who_ask_at_once_one_gets_the_room_and_three_a_camera(office, database_url, tmp_path):
    """Two writers on PostgreSQL, as two processes have; on SQLite there is one a file, and threads that wait for it."""
    ledgers = [office.ledger]
    if office.ledger.is_postgres:
        ledgers.append(Ledger(database_url, files=tmp_path / "other"))

    def tries(at):
        desk, resource = office.desk.desk, STUDIO if at % 2 else CAMERAS
        wish = Wish(resource=resource, period=TUESDAY.moved(timedelta(minutes=at)))
        try:
            ledgers[at % len(ledgers)].write_blocking(
                lambda tx: make(tx, wish, For(), desk=desk, by=BUDI, at=office.now)
            )
        except NotToBeHadError:
            return None
        return resource.id

    with ThreadPoolExecutor(8) as crowd:
        got = [each for each in crowd.map(tries, range(20)) if each]
    for other in ledgers[1:]:
        other.close()
    assert sorted(got) == ["kamera", "kamera", "kamera", "studio-1"]
    assert sorted(resource for resource, *_ in office.booked()) == sorted(got)


def test_the_database_itself_refuses_a_second_holder_of_one_seat(office, database_url):
    booking = office.books(STUDIO, TUESDAY)
    columns = "desk, resource, taken_from, taken_until"
    twice = text(
        f"INSERT INTO booking_seats (booking, seat, {columns}) SELECT 99, seat, {columns} FROM booking_seats"
    )
    assert booking.id != 99
    engine = open_engine(database_url)
    with engine.connect() as connection, pytest.raises(DatabaseError, match="no_double_booking"):
        connection.execute(twice)
    engine.dispose()
