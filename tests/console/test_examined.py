"""With a virus scanner, the pages and the API hand out nothing that it objects to, and take nothing in."""

import pytest

from channels.clamav import Clamd
from tests.standins import clamd
from tests.tickets.desks import MONDAY, mail, whatsapp
from tickets import inbound


@pytest.fixture
def scanner():
    with clamd.running() as running:
        yield running


@pytest.fixture
def examiner(scanner):
    return Clamd(scanner.address)


async def test_a_mail_as_it_came_is_examined_when_it_is_asked_for(office, scanner):
    words = clamd.EICAR.decode()
    office.receives(mail(words, message_id="<a@x>"))
    async with office.program() as api:
        address = "http://desk.test/api/v1/messages/1/raw"
        refused = await api.get(address)
        assert (refused.status_code, "virus scanner" in refused.json()["error"]["message"]) == (409, True)
        scanner.says = "Can't allocate memory ERROR"
        assert (await api.get(address)).status_code == 503
        scanner.says = "stream: OK"
        assert (await api.get(address)).content == words.encode()


async def test_so_is_what_could_not_be_processed(office, rina):
    office.ledger.write_blocking(
        lambda tx: inbound.keep(
            tx, account="uji/email", event_id="e", raw=clamd.EICAR, error="it broke", at=MONDAY
        )
    )
    refused = await rina.client.get("/kept", params={"account": "uji/email", "event": "e"})
    assert (refused.status_code, clamd.EICAR in refused.content) == (409, False)


async def test_a_file_that_is_chosen_on_a_page_is_refused(office, budi):
    office.receives(whatsapp("halo", sid="SM1"))
    page = await budi.opens("/tickets/1")
    form = page.form("/tickets/1/say").fields | {"text": "terlampir", "as": "answer"}
    files = {"files": ("bukti.txt", clamd.EICAR, "text/plain")}
    refused = await budi.client.post("/tickets/1/say", data=form, files=files)
    assert (refused.status_code, "The virus scanner objects to one of the files" in refused.text) == (
        422,
        True,
    )
    assert list(office.ledger.blobs.listed()) == []
