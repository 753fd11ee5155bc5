"""Finding people by what they are reached at, with or without a telephone number."""

from dataclasses import replace
from datetime import date

import pytest

from reports.exports.asked import TICKETS, Asked
from reports.exports.writing import export
from reports.handed import Known
from tests.tickets.desks import MONDAY, open_desk, whatsapp
from tickets.intake import Reading, take_in
from tickets.message import Person
from tickets.views import Wanted, tickets
from tickets.views.by_address import ids_meant


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("0811-2233-445", ("+08112233445", "08112233445", "+628112233445")),
        ("+62 811 (2233) 445", ("+628112233445", "628112233445")),
        ("628112233445", ("+628112233445", "628112233445")),
        ("ID.13491208655302741918", ("ID.13491208655302741918", "id.13491208655302741918")),
        ("Ana@Example.ac.id", ("Ana@Example.ac.id", "ana@example.ac.id")),
        ("sandi saya lupa", ()),
        ("nilai", ()),
        ("#1042", ("#1042",)),
        ("1042", ()),
        ("", ()),
    ],
)
def test_what_is_typed_stands_for_ids_as_channels_write_them(typed, ids):
    assert ids_meant(typed) == ids


def test_people_without_a_number_are_found_and_exported_by_what_they_show(ledger, tmp_path):
    desk = open_desk(ledger)

    def says(sid, address, **person):
        said = whatsapp("halo", sid=sid)
        said = replace(
            said, place=replace(said.place, address=address), sender=Person(address=address, **person)
        )
        taken = ledger.write_blocking(
            lambda tx: take_in(tx, said, desk=desk, reading=Reading(), files=(), at=MONDAY)
        )
        return taken.ticket.number

    numbered = says("SM1", "+628112233445", name="Ana")
    scoped = says("SM2", "ID.13491208655302741918")
    named_later = says("SM3", "ID.2222222222")
    says("SM4", "ID.2222222222", handle="Budi.S")

    def found(q):
        with ledger.reading() as session:
            return [each.number for each in tickets(session, Wanted(q=q), limit=10).items]

    assert found("0811 2233 445") == [numbered]
    assert found("ID.13491208655302741918") == [scoped]
    assert found("@budi.s") == found("budi.s") == [named_later]
    assert found("ID.999") == []
    with ledger.reading() as session:
        asked = Asked(what=TICKETS, first_on=date(2026, 1, 1), last_on=date(2026, 12, 31))
        nothing = Known(category_names={}, staff_names={})
        export(session, asked, tmp_path / "t.csv", desk=desk.desk, known=nothing, now=MONDAY)
    rows = (tmp_path / "t.csv").read_text(encoding="utf-8-sig").splitlines()[1:]
    assert len(rows) == 3
    assert any("@Budi.S" in row for row in rows)
