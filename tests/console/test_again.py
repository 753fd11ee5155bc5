"""Processing again from the pages: a mail at its ticket, and what became no ticket, on the board."""

from dataclasses import dataclass, field, replace

import pytest

from console.house import House
from tests.tickets.desks import MONDAY, RINA, mail
from tickets import inbound, views
from tickets.message import Said
from tickets.views import Wanted


@dataclass
class Reader:
    """Reads mails better than before."""

    said: Said
    files: tuple = ()
    kept_again: list[tuple[str, str, str]] = field(default_factory=list)

    async def of_message(self, message):
        return self if message == 1 else None

    async def kept(self, account, event_id, *, by):
        self.kept_again.append((account, event_id, by.key))


@pytest.fixture
def reader(office):
    reader = Reader(said=replace(mail("lupa sandi", message_id="<a@x>"), html="<p>lupa sandi</p>"))
    house: House = replace(office.house, replay=reader)
    office.app.state.house = house
    return reader


async def test_a_mail_is_read_again_at_its_ticket_once_for_each_press(office, reader, budi):
    office.receives(mail("lupa s?ndi", message_id="<a@x>"))
    page = await budi.opens("/tickets/1")
    for _ in range(2):
        seen = await budi.sends(page, "/messages/1/again")
    assert "lupa sandi" in seen.text
    assert "lupa s?ndi" not in seen.text
    assert seen.text.count("Message read again") == 1
    assert "Budi" in seen.text
    form = page.form("/messages/1/again").fields
    assert (await budi.client.post("/tickets/1/messages/9/again", data=form)).status_code == 404


async def test_what_became_no_ticket_is_downloaded_and_processed_again_by_supervisors(
    office, reader, rina, budi
):
    def keep(tx):
        inbound.keep(tx, account="uji/email", event_id="e 1", raw=b"From: ?", error="it broke", at=MONDAY)

    office.ledger.write_blocking(keep)
    page = await rina.opens("/board/failed_intake?desk=uji")
    raw = await rina.client.get("/kept", params={"account": "uji/email", "event": "e 1"})
    assert (raw.content, raw.headers["content-disposition"]) == (
        b"From: ?",
        'attachment; filename="email.eml"',
    )
    await rina.sends(page, "/kept")
    assert reader.kept_again == [("uji/email", "e 1", RINA.key)]
    for refused in (
        await budi.client.get("/kept", params={"account": "uji/email", "event": "e 1"}),
        await rina.client.get("/kept", params={"account": "uji/email", "event": "e 2"}),
    ):
        assert refused.status_code == 404
    page = await office.ledger.read(lambda session: views.tickets(session, Wanted(), limit=1))
    assert page.items == ()
