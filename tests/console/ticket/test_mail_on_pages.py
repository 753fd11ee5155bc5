"""What a ticket's page shows of mail: who was copied, and earlier tickets that may be about the same."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.tickets.desks import mail
from tickets.threads import plain_subject

STRANGER = "ana@home.example"


@pytest.fixture
def first(office):
    office.receives(mail("nilai saya", message_id="<a@x>", subject="Nilai kuis"))


async def alike(office, number: int) -> list[int]:
    async with office.program() as api:
        return [each["number"] for each in (await api.get(f"/tickets/{number}")).json()["alike"]]


@pytest.mark.parametrize(
    "said",
    [
        mail("masih", message_id="<b@x>", subject="RE: Nilai Kuis"),
        mail("masih", message_id="<b@x>", sender=STRANGER, subject="Fwd: lain [#1]"),
        replace(mail("masih", message_id="<b@x>", sender=STRANGER, subject="Lain"), replies_to="<a@x>"),
    ],
    ids=["the same subject again", "a number from elsewhere", "an answer from elsewhere"],
)
async def test_what_looks_alike_is_a_ticket_of_its_own_that_names_the_other(office, budi, first, said):
    assert office.receives(said).ticket.number == 2
    assert await alike(office, 2) == [1]
    assert "Perhaps the same" in (await budi.opens("/tickets/2")).text
    assert "Perhaps the same" not in (await budi.opens("/tickets/1")).text


async def test_another_person_s_subject_and_one_of_long_ago_are_not_alike(office, first):
    office.receives(mail("nilai", message_id="<b@x>", sender=STRANGER, subject="Nilai kuis"))
    later = office.clock.now + timedelta(days=8)
    office.receives(mail("nilai", message_id="<c@x>", subject="Nilai kuis"), at=later)
    assert await alike(office, 2) == await alike(office, 3) == []


@pytest.mark.parametrize(
    ("subject", "plain"),
    [
        ("Re: Nilai [#7]", "nilai"),
        ("RE: Fwd[2]: BLS: Nilai  kuis", "nilai kuis"),
        ("[#7] Re: Nilai", "nilai"),
        ("Nilai: re: kuis", "nilai: re: kuis"),
        ("Relasi", "relasi"),
        (None, ""),
    ],
)
def test_answers_and_forwards_share_a_subject(subject, plain):
    assert plain_subject(subject) == plain


async def test_who_was_copied_is_shown(office, budi):
    said = mail("nilai saya", message_id="<a@x>")
    office.receives(replace(said, participants=("dosen@example.com", "<b>@example.com")))
    page = (await budi.opens("/tickets/1")).text
    assert "Copied to: dosen@example.com, <b>@example.com" in page
