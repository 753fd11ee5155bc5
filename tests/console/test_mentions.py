"""Naming a colleague in a note by an @: they are told, find it, and nobody is named who may not see the ticket."""

import pytest

from tests.tickets.desks import whatsapp
from tickets.actions.mentioning import may_be_named
from tickets.actor import Role
from tickets.mentions import Nameable, named_in
from tickets.staff import StaffNow

PEOPLE = (
    Nameable(id="budi@x.id", name="Budi Santoso", email="budi@x.id"),
    Nameable(id="budi.h@x.id", name="Budi Hartono", email="budi.h@x.id"),
    Nameable(id="rina@x.id", name="Rina", email="rina@x.id"),
)


@pytest.mark.parametrize(
    ("note", "named"),
    [
        ("@Rina tolong cek", ["rina@x.id"]),
        ("tolong cek, @budi santoso dan @RINA.", ["budi@x.id", "rina@x.id"]),
        ("@Hartono? (@hartono)", ["budi.h@x.id"]),
        ("@Budi yang mana?", []),  # two are called so, and one of them has it as a mailbox
        ("tulis ke rina@x.id atau x@rina", []),
        ("@rinaldi", []),
        ("@budi.h@x.id", ["budi.h@x.id"]),
    ],
)
def test_a_note_names_whom_one_can_tell_apart(note, named):
    assert list(named_in(note, PEOPLE)) == named


async def test_whoever_is_named_finds_it_until_they_have_opened_the_ticket(office, budi, rina):
    number = office.receives(whatsapp("lupa sandi", sid="SM1")).ticket.number
    page = await budi.opens(f"/tickets/{number}")
    page = await budi.sends(page, "/say", text="@rina dan @budi, ini akun palsu?", **{"as": "note"})
    assert "Mentioned Rina in a note" in page.text
    inbox = (await rina.opens("/inbox")).text
    assert ("@ mentions you" in inbox, "My mentions new: 1" in inbox) == (True, True)
    assert "@ mentions you" not in (await budi.opens("/inbox")).text
    assert "ini akun palsu?" in (await rina.opens("/mentions")).text
    assert "new: 1" not in (await rina.opens(f"/tickets/{number}")).text
    assert "@ mentions you" not in (await rina.opens("/inbox")).text
    listed = (await budi.client.get(f"/tickets/{number}/colleagues")).json()
    assert [each["text"] for each in listed] == ["@Rina "]


def test_the_second_line_is_named_only_on_what_its_team_has():
    sari = StaffNow(
        desk="uji", id="sari", name="Sari", role=Role.AGENT, email=None, telegram=None, whatsapp=None, origin="file",
        helps={"edunex": False},
    )  # fmt: skip
    assert (may_be_named(sari, "edunex"), may_be_named(sari, None)) == (True, False)
