"""Who works at the desk: the file's people follow the file, those added by hand stay."""

from dataclasses import replace

import pytest

from tests.tickets.desks import MONDAY, SLUG, small_desk
from tickets import staff
from tickets.actor import Role
from tickets.desk import StaffMember

SITI = StaffMember(
    id="siti",
    name="Siti Aminah",
    role=Role.AGENT,
    email="Siti@Example.ac.id",
    telegram="77",
    whatsapp="+6281",
)


@pytest.fixture
def people(ledger):
    """Import the desk's file with its people, or with those given."""

    def imported(*members):
        desk = small_desk()
        desk = replace(desk, staff=members) if members else desk
        ledger.write_blocking(lambda tx: staff.sync(tx, desk, MONDAY))

    imported()
    return imported


def ids(ledger):
    return [person.id for person in ledger.write_blocking(lambda tx: staff.active(tx, SLUG))]


def test_the_people_of_the_file_work_at_the_desk(ledger, people):
    assert ids(ledger) == ["budi@example.ac.id", "rina@example.ac.id"]


def test_who_leaves_the_file_leaves_the_desk_and_may_come_back(ledger, people):
    budi = small_desk().staff[0]
    people(budi)
    assert ids(ledger) == ["budi@example.ac.id"]
    people(*small_desk().staff)
    assert ids(ledger) == ["budi@example.ac.id", "rina@example.ac.id"]


def test_who_was_added_by_hand_stays_whatever_the_file_says(ledger, people):
    ledger.write_blocking(lambda tx: staff.add(tx, SLUG, SITI))
    people(replace(SITI, name="Somebody else"))
    siti = ledger.write_blocking(lambda tx: staff.named(tx, SLUG, "siti@example.ac.id"))
    assert (siti.name, siti.origin) == ("Siti Aminah", "hand")


def test_who_was_disabled_by_hand_stays_out_although_the_file_names_them(ledger, people):
    assert ledger.write_blocking(lambda tx: staff.disable(tx, SLUG, "budi@example.ac.id", at=MONDAY))
    people()
    assert ids(ledger) == ["rina@example.ac.id"]
    assert not ledger.write_blocking(lambda tx: staff.disable(tx, SLUG, "nobody", at=MONDAY))


def test_a_colleague_is_known_by_mailbox_however_it_is_written(ledger, people):
    ledger.write_blocking(lambda tx: staff.add(tx, SLUG, SITI))
    found = ledger.write_blocking(lambda tx: staff.with_email(tx, "siti@example.AC.id"))
    assert [person.id for person in found] == ["siti"]


@pytest.mark.parametrize("words", ["budi@example.ac.id", "Budi", "BUDI"])
def test_a_colleague_is_found_as_people_name_them(ledger, people, words):
    assert ledger.write_blocking(lambda tx: staff.named(tx, SLUG, words)).name == "Budi"


def test_a_name_that_two_people_have_names_nobody(ledger, people):
    ledger.write_blocking(lambda tx: staff.add(tx, SLUG, replace(SITI, id="budi2", name="Budi")))
    assert ledger.write_blocking(lambda tx: staff.named(tx, SLUG, "budi")) is None
