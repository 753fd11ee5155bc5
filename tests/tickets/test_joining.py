"""Joining contacts and parting them again: what moves, what comes in meanwhile, and in which order."""

import pytest

from tests.tickets.desks import BUDI, MONDAY, RINA, mail, open_desk, whatsapp
from tickets import contacts
from tickets import ticket as tickets_
from tickets.actions import identity, joining
from tickets.actions.errors import NotAllowedError, NotJoinedError, NotProvenError
from tickets.actions.opening import Caller, open_by_hand
from tickets.actor import BOT, Actor, Kind, Role
from tickets.intake import Reading, take_in
from tickets.ticket import NoSuchTicketError


class Desk:
    def __init__(self, ledger):
        self.ledger = ledger
        self.now = open_desk(ledger)

    def hears(self, said):
        """Take a message in; the number of its ticket."""
        taken = self.ledger.write_blocking(
            lambda tx: take_in(tx, said, desk=self.now, reading=Reading(), files=(), at=MONDAY)
        )
        return taken.ticket.number

    def does(self, act, *args, by=RINA, **fields):
        return self.ledger.write_blocking(lambda tx: act(tx, *args, by=by, at=MONDAY, **fields))

    def contact(self, number):
        return self.ledger.write_blocking(
            lambda tx: contacts.load_contact(tx, tickets_.load(tx, number).contact)
        )


@pytest.fixture
def desk(ledger):
    """Ana on WhatsApp (ticket 1), by mail (2), and on another number (3)."""
    found = Desk(ledger)
    found.hears(whatsapp("Halo", sid="SM1", sender="+628111", name="Ana"))
    found.hears(mail("Halo", message_id="<1@example.com>"))
    found.hears(whatsapp("Halo", sid="SM2", sender="+628333", name="Ana P"))
    return found


def test_what_was_known_of_the_other_is_known_of_both_and_given_back(desk):
    desk.does(identity.write_down, 2, identity_number="13519001", email="ana@example.ac.id")
    desk.does(joining.join, 1, 2, reason="ditelepon")
    assert desk.contact(2) == desk.contact(1)
    assert desk.contact(1).identity_number == "13519001"
    desk.does(joining.part, 1)
    assert desk.contact(1).identity_number is None
    assert desk.contact(2).identity_number == "13519001"


def test_what_a_person_corrected_meanwhile_stays(desk):
    desk.does(identity.write_down, 2, unit="Fisika")
    desk.does(joining.join, 1, 2, reason="ditelepon")
    desk.does(identity.write_down, 1, unit="Kimia")
    desk.does(joining.part, 1)
    assert (desk.contact(1).identity_unit, desk.contact(2).identity_unit) == ("Kimia", "Fisika")


def test_each_is_called_as_their_own_profile_is(desk):
    desk.does(joining.join, 1, 3, reason="ditelepon")
    desk.hears(whatsapp("Lagi", sid="SM3", sender="+628333", name="Ana Putri"))
    assert desk.contact(1).name == "Ana Putri"
    desk.does(joining.part, 1)
    assert (desk.contact(1).name, desk.contact(3).name) == ("Ana", "Ana Putri")


def test_a_visit_that_was_written_down_goes_back_to_whom_it_was(desk):
    ticket, _ = desk.does(
        open_by_hand, desk=desk.now, caller=Caller(name="Ana"), text="Datang ke loket", by=BUDI
    )
    before = desk.contact(ticket.number).id
    desk.does(joining.join, 1, ticket.number, reason="orangnya di depan saya")
    assert desk.contact(ticket.number).id == desk.contact(1).id
    desk.does(joining.part, ticket.number)
    assert desk.contact(ticket.number).id == before


def test_what_was_joined_last_is_parted_first(desk):
    before = [desk.contact(number).id for number in (1, 2, 3)]
    first = desk.does(joining.join, 2, 3, reason="ditelepon")
    desk.does(joining.join, 1, 2, reason="ditelepon")
    assert {desk.contact(number).id for number in (1, 2, 3)} == {before[0]}
    with pytest.raises(NotJoinedError):
        desk.does(joining.part, 1, join_id=first)
    desk.does(joining.part, 3)
    assert [desk.contact(number).id for number in (1, 2, 3)] == [before[0], before[1], before[1]]
    desk.does(joining.part, 2)
    assert [desk.contact(number).id for number in (1, 2, 3)] == before
    with pytest.raises(NotJoinedError):
        desk.does(joining.part, 2)


@pytest.mark.parametrize(
    ("by", "reason", "error"),
    [
        (BUDI, "ditelepon", NotProvenError),
        (RINA, None, NotProvenError),
        (RINA, "  ", NotProvenError),
        (BOT, "mirip", NotAllowedError),
        (
            Actor(kind=Kind.STAFF, id="x", role=Role.SUPERVISOR, desks=frozenset({"lain"})),
            "x",
            NoSuchTicketError,
        ),
    ],
)
def test_without_a_proof_it_takes_a_supervisor_and_a_reason(desk, by, reason, error):
    with pytest.raises(error):
        desk.does(joining.join, 1, 2, by=by, reason=reason)
    assert desk.contact(1).id != desk.contact(2).id
