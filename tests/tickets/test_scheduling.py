"""An answer that goes later goes once, as its author's, unless something has happened that they could not know of."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.tickets.desks import BUDI, MONDAY, RINA, open_desk, small_desk, whatsapp
from tickets import staff, views
from tickets.actions import answering, handling, scheduling
from tickets.actions.answering import Words
from tickets.actions.errors import UnfilledError, UnknownValueError
from tickets.clocks import FIRST_RESPONSE
from tickets.intake import Reading, take_in
from tickets.ledger.events import clocks_of
from tickets.scheduled import Found, Stop, opening, what_stops
from tickets.ticket import load

JAKARTA = ZoneInfo("Asia/Jakarta")
AT_NOON = MONDAY + timedelta(hours=3)
QUIET = {
    "status": "open",
    "holder": ("budi", None),
    "held_by": ("budi", None),
    "author": "budi",
    "contact_wrote": False,
    "window_open": True,
}


@pytest.mark.parametrize(
    ("happened", "despite", "stop"),
    [
        ({}, False, None),
        ({"contact_wrote": True}, False, Stop.CONTACT),
        ({"contact_wrote": True}, True, None),
        ({"status": "solved", "contact_wrote": True}, True, Stop.OVER),
        ({"holder": ("sari", None)}, False, Stop.ASSIGNED),
        ({"held_by": (None, None)}, False, None),  # they have taken it themselves
        ({"holder": ("sari", None), "held_by": ("sari", None)}, False, None),  # it was hers all along
        ({"window_open": False}, False, Stop.WINDOW),
    ],
)
def test_what_an_author_could_not_know_of_holds_their_answer(happened, despite, stop):
    assert what_stops(Found(**QUIET | happened), despite=despite) == stop


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        ("2026-10-05 06:00", "2026-10-05 08:00"),
        ("2026-10-05 12:30", "2026-10-06 08:00"),  # a break is no opening
        ("2026-10-09 17:00", "2026-10-12 08:00"),
    ],
)
def test_the_office_opens_in_the_morning(now, opens):
    at, expected = (datetime.fromisoformat(each).replace(tzinfo=JAKARTA) for each in (now, opens))
    assert opening(small_desk().calendar, at) == expected


@pytest.fixture
def desk(ledger):
    """The desk with one ticket of a contact on WhatsApp."""
    desk = open_desk(ledger)
    ledger.write_blocking(lambda tx: staff.sync(tx, desk.desk, MONDAY))
    arrives(ledger, desk, "lupa sandi", sid="SM1")
    return desk


def arrives(ledger, desk, text, *, sid, at=MONDAY):
    ledger.write_blocking(
        lambda tx: take_in(tx, whatsapp(text, sid=sid), desk=desk, reading=Reading(), files=(), at=at)
    )


@pytest.fixture
def answer(ledger, desk):
    return ledger.write_blocking(
        lambda tx: scheduling.schedule(tx, 1, Words(text="Sudah."), due_at=AT_NOON, by=BUDI, at=MONDAY)
    )


def solves(tx, ticket, by, at):
    handling.solve(tx, ticket.number, by=by, at=at)


def comes_due(ledger, answer, *, at=AT_NOON):
    return ledger.write_blocking(lambda tx: scheduling.send_due(tx, answer, solve=solves, now=at))


def waiting(ledger):
    with ledger.reading() as session:
        return views.scheduled_answers(session, 1), views.due_answers(session, now=AT_NOON, most=9)


def test_it_goes_once_when_its_time_has_come_and_counts_from_then(ledger, answer):
    assert comes_due(ledger, answer, at=AT_NOON - timedelta(minutes=1)) is None
    assert waiting(ledger)[1] == [answer]
    assert comes_due(ledger, answer) is not None
    assert comes_due(ledger, answer) is None  # another process had read that it was due
    clocks = ledger.write_blocking(lambda tx: clocks_of(tx, 1))
    assert next(each.met_at for each in clocks if each.kind == FIRST_RESPONSE) == AT_NOON
    assert ledger.write_blocking(lambda tx: load(tx, 1)).assignee == BUDI.id
    assert waiting(ledger) == ((), [])


def test_it_is_held_when_the_contact_wrote_and_goes_again_once_its_author_has_read_that(ledger, desk, answer):
    arrives(ledger, desk, "tidak jadi", sid="SM2", at=MONDAY + timedelta(hours=1))
    assert comes_due(ledger, answer) is None
    held, due = waiting(ledger)
    assert (held[0].held_why, list(due)) == (Stop.CONTACT, [])
    later = AT_NOON + timedelta(hours=1)
    ledger.write_blocking(lambda tx: scheduling.change(tx, 1, answer, due_at=later, by=RINA, at=AT_NOON))
    assert comes_due(ledger, answer, at=later) is not None


@pytest.mark.parametrize("stop", [Stop.COLLEAGUE, Stop.OVER, Stop.RIGHTS, Stop.WINDOW])
def test_it_is_held_for_what_else_has_happened(ledger, desk, answer, stop):
    def happens(tx):
        if stop is Stop.COLLEAGUE:
            answering.answer(tx, 1, Words(text="Kami cek."), by=RINA, at=MONDAY)
            handling.assign(tx, 1, BUDI.id, staff={BUDI.id}, by=RINA, at=MONDAY)
        if stop is Stop.OVER:
            handling.categorise(tx, 1, "password", desk=desk, by=RINA, at=MONDAY)
            handling.solve(tx, 1, by=RINA, at=MONDAY)
        if stop is Stop.RIGHTS:
            staff.disable(tx, desk.slug, BUDI.id, at=MONDAY)

    ledger.write_blocking(happens)
    late = AT_NOON + timedelta(days=2)
    assert comes_due(ledger, answer, at=late if stop is Stop.WINDOW else AT_NOON) is None
    assert waiting(ledger)[0][0].held_why is stop


def test_what_could_not_be_sent_now_cannot_be_sent_later_either(ledger, desk):
    def schedule(text, due_at):
        return ledger.write_blocking(
            lambda tx: scheduling.schedule(tx, 1, Words(text=text), due_at=due_at, by=BUDI, at=MONDAY)
        )

    with pytest.raises(UnfilledError):
        schedule("Halo {nama}", AT_NOON)
    with pytest.raises(UnknownValueError):
        schedule("Halo", MONDAY)
