"""Who a contact is, on a ticket's page and by the API: checked, confirmed, proven, joined and parted."""

from dataclasses import replace
from datetime import timedelta

import pytest

from console.tokens import create_token
from tests.tickets.desks import BUDI, MONDAY, mail, whatsapp
from tickets import proofs, verifications
from tickets.actions import identity, joining, proving
from tickets.actions.errors import NotAllowedError
from tickets.actor import BOT
from tickets.connections import Directory
from tickets.one_time_codes import code_of, derive_key
from tickets.verification import Finding, Likeness, Listed, Outcome

NUMBER = "13519001"
LISTED = Listed(
    number=NUMBER,
    name="Budi Santoso",
    email="13519001@mahasiswa.example.ac.id",
    unit="Fisika",
    status="mahasiswa",
)
MATCH = Finding(
    outcome=Outcome.VERIFIED, compared={"number": Likeness.SAME, "name": Likeness.SAME}, listed=LISTED
)
OTHER = Finding(
    outcome=Outcome.MISMATCH, compared={"number": Likeness.SAME, "name": Likeness.DIFFERENT}, listed=LISTED
)
KEY = derive_key("a secret for tests")


@pytest.fixture
def office(office):
    """The desk has a directory, and a contact on WhatsApp and another by mail say that they are the same student."""
    directory = Directory(kind="csv", settings={"path": "people.csv"})
    office.desk = replace(office.desk, desk=replace(office.desk.desk, directory=directory))
    for said in (whatsapp("Lupa sandi", sid="SM1"), mail("Lupa sandi", message_id="<1@example.com>")):
        taken = office.receives(said)
        office.ledger.write_blocking(
            lambda tx, taken=taken: identity.identify(
                tx, taken.contact.id, ticket=taken.ticket.number, by=BOT, at=office.clock.now, name="Budi Santoso",
                number=NUMBER,
            )
        )  # fmt: skip
    return office


def looked_up(office, finding, ticket=1):
    """Let the directory say something about a ticket's contact."""

    def job(tx):
        identity.check(tx, ticket, desk=office.desk, by=BUDI, at=office.clock.now)
        for question, contact in verifications.take_due(tx, now=office.clock.now, most=10):
            identity.record(tx, question, contact, finding, place="people.csv", at=office.clock.now)

    office.ledger.write_blocking(job)


def proven(office, *tickets):
    """Let the contacts of these tickets type the codes that they are sent."""

    def job(tx):
        for ticket in tickets:
            code = proving.send_code(tx, ticket, desk=office.desk, by=BUDI, at=office.clock.now)
            proving.try_code(tx, code, code_of(KEY, code.nonce), key=KEY, at=office.clock.now)

    for ticket in tickets:
        looked_up(office, MATCH, ticket)
    office.ledger.write_blocking(job)


async def contact_of(office, ticket=1):
    async with office.program() as program:
        answer = await program.get(f"/tickets/{ticket}")
        return answer.json()["contact"]


async def test_the_page_shows_what_was_compared_and_whom_the_directory_has(office, budi):
    looked_up(office, OTHER)
    seen = await budi.opens("/tickets/1")
    assert "Does not match the directory" in seen.text
    assert "Directory people.csv, today at 09:00 WIB: number matches, name differs" in seen.text
    assert "In the directory: Budi Santoso, Fisika, mahasiswa, 1***@mahasiswa…" in seen.text


async def test_the_number_is_masked_until_somebody_asks_and_the_history_tells_who(office, budi):
    seen = await budi.opens("/tickets/1")
    assert "135•••01" in seen.text
    assert NUMBER not in seen.text
    shown = await budi.sends(seen, "/tickets/1/number")
    assert NUMBER in shown.text
    again = await budi.opens("/tickets/1")
    assert NUMBER not in again.text
    assert "Identity number looked at (Budi)" in again.text


async def test_an_agent_confirms_on_the_page_and_a_supervisor_disputes(office, budi, rina):
    looked_up(office, OTHER)
    seen = await budi.sends(await budi.opens("/tickets/1"), "/confirm-identity", reason="KTM dilihat")
    assert "Confirmed by Budi, today at 09:00 WIB: KTM dilihat" in seen.text
    page = await rina.opens("/tickets/1")
    form = page.form("/confirm-identity")
    await rina.client.post("/tickets/1/dispute-identity", data=form.fields)
    assert "Disputed by Rina" in (await rina.opens("/tickets/1")).text


async def test_asking_for_a_look_up_shows_that_it_is_done(office, budi):
    seen = await budi.sends(await budi.opens("/tickets/1"), "/check-identity")
    assert "Being looked up" in seen.text
    assert "Look-up asked for (Budi)" in seen.text


async def test_a_directory_that_cannot_be_reached_is_said_beside_what_it_said_before(office, budi):
    looked_up(office, MATCH)

    def unreachable(tx):
        identity.check(tx, 1, desk=office.desk, by=BUDI, at=office.clock.now)
        for question, _ in verifications.take_due(tx, now=office.clock.now, most=10):
            until = office.clock.now + timedelta(minutes=1)
            identity.put_off(tx, question, until=until, error="it is down", at=office.clock.now)

    office.ledger.write_blocking(unreachable)
    seen = await budi.opens("/tickets/1")
    assert "Verified The directory cannot be reached yet; it is asked again" in seen.text
    assert "it is down" not in seen.text


async def test_an_agent_writes_down_what_the_contact_says(office, budi):
    page = await budi.opens("/tickets/1")
    await budi.sends(page, "/identity", name="Budi S.", number="", unit="Fisika", email="BUDI@example.ac.id")
    found = (await contact_of(office))["identity"]
    assert (found["name"], found["number"], found["unit"], found["email"]) == (
        "Budi S.", NUMBER, "Fisika", "budi@example.ac.id",
    )  # fmt: skip


async def test_a_code_is_sent_from_the_page_and_the_proof_is_shown_with_the_address(office, budi):
    looked_up(office, MATCH)
    page = await budi.opens("/tickets/1")
    assert "Send a code to 1***@mahasiswa…" in page.text
    await budi.sends(page, "/send-code")

    def typed(tx):
        code = proofs.newest_code(tx, 1)
        return proving.try_code(tx, code, code_of(KEY, code.nonce), key=KEY, at=office.clock.now)

    office.ledger.write_blocking(typed)
    seen = await budi.opens("/tickets/1")
    assert "+628111 proven today at 09:00 WIB" in seen.text
    assert "Proven by code" in seen.text


async def test_whoever_the_directory_has_no_mailbox_of_is_sent_no_code(office, budi):
    page = await budi.opens("/tickets/1")
    form = page.form("/check-identity")
    answer = await budi.client.post("/tickets/1/send-code", data=form.fields)
    assert answer.status_code == 409
    assert "No code can be sent" in answer.text


async def test_joined_contacts_show_their_tickets_from_each_and_are_parted_again(office, budi):
    before = [await contact_of(office, 1), await contact_of(office, 2)]
    proven(office, 1, 2)
    seen = await budi.sends(await budi.opens("/tickets/1"), "/join", other="#2")
    assert "Other tickets of this contact (1) #2" in seen.text
    assert "Joined by Budi" in seen.text
    other = await budi.opens("/tickets/2")
    assert "Other tickets of this contact (1) #1" in other.text
    joined = await contact_of(office, 2)
    assert joined["id"] == before[0]["id"]
    assert [each["channel"] for each in joined["addresses"]] == ["whatsapp", "email"]
    await budi.sends(other, "/part")
    after = [await contact_of(office, 1), await contact_of(office, 2)]
    assert [(each["id"], each["name"], each["addresses"]) for each in after] == [
        (each["id"], each["name"], each["addresses"]) for each in before
    ]
    assert [each["identity"]["number"] for each in after] == [NUMBER, NUMBER]
    assert "Parted by Budi" in (await budi.opens("/tickets/1")).text


async def test_what_is_not_proven_is_joined_by_a_supervisor_with_a_reason_only(office, budi, rina):
    page = await budi.opens("/tickets/1")
    answer = await budi.client.post(
        "/tickets/1/join", data=page.form("/join").fields | {"other": "2", "reason": "x"}
    )
    assert (answer.status_code, "not proven to be one person" in answer.text) == (409, True)
    page = await rina.opens("/tickets/1")
    answer = await rina.client.post("/tickets/1/join", data=page.form("/join").fields | {"other": "2"})
    assert answer.status_code == 409
    seen = await rina.sends(await rina.opens("/tickets/1"), "/join", other="2", reason="sudah ditelepon")
    assert "Joined by Rina, today at 09:00 WIB: sudah ditelepon" in seen.text


async def test_the_api_tells_how_it_stands_and_does_the_same(office):
    looked_up(office, OTHER)
    async with office.program() as program:
        found = (await program.get("/tickets/1")).json()["contact"]["identity"]
        assert found["verification"] | {"at": None} == {
            "outcome": "mismatch", "source": "directory", "place": "people.csv", "by": BUDI.key, "at": None, "reason": None,
            "compared": {"number": "same", "name": "different"},
            "listed": {"name": "Budi Santoso", "unit": "Fisika", "status": "mahasiswa", "mailbox": "1***@mahasiswa…"},
        }  # fmt: skip
        confirmed = await program.post("/tickets/1/confirm-identity", json={"reason": "KTM"})
        assert confirmed.json()["contact"]["identity"]["verification"]["source"] == "person"
        disputed = await program.post("/tickets/1/dispute-identity")
        assert disputed.json()["contact"]["identity"]["verification"]["outcome"] == "mismatch"
        asked = await program.post("/tickets/1/check-identity")
        assert asked.json()["contact"]["identity"]["check"]["error"] is None
        written = await program.post("/tickets/1/identity", json={"unit": "Fisika"})
        assert written.json()["contact"]["identity"]["unit"] == "Fisika"
        sent = await program.post("/tickets/1/send-code")
        assert sent.status_code == 200
        refused = await program.post("/tickets/1/part")
        assert (refused.status_code, refused.json()["error"]["code"]) == (409, "not_joined")
        joined = await program.post("/tickets/1/join", json={"ticket": 2, "reason": "ditelepon"})
        (join,) = joined.json()["contact"]["joins"]
        assert join["tickets"] == [2]
        parted = await program.post("/tickets/1/part", json={"join_id": join["id"]})
        assert parted.json()["contact"]["joins"][0]["parted_by"] == "api:fixed-token"


@pytest.mark.parametrize(
    "act", ["check-identity", "confirm-identity", "dispute-identity", "send-code", "identity", "join", "part"]
)
async def test_a_viewer_may_only_look(office, act):
    token = office.ledger.write_blocking(lambda tx: create_token(tx, "viewer", "viewer", None, MONDAY))
    async with office.program(token) as program:
        body = {"ticket": 2} if act == "join" else {"unit": "x"}
        assert (await program.post(f"/tickets/1/{act}", json=body)).status_code == 403


def test_no_machine_joins_anybody(office):
    proven(office, 1, 2)
    with pytest.raises(NotAllowedError):
        office.ledger.write_blocking(lambda tx: joining.join(tx, 1, 2, by=BOT, at=office.clock.now))


async def test_the_contact_is_shown_once(office, budi):
    page = await budi.opens("/tickets/1")
    assert [form.action for form in page.forms if form.action.endswith("/check-identity")] == [
        "/tickets/1/check-identity"
    ]
