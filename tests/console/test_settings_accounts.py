"""The accounts of a desk on their page: what lacks is named, no secret is shown, and each is tried at its provider."""

from dataclasses import dataclass, replace

from tests.console.catalogues import DESK, keep_files
from tests.tickets.desks import SLUG
from tickets.desk import Account
from tickets.message import Channel

AT = f"/settings/{SLUG}"
MAIL = Account(
    key=f"{SLUG}/email",
    desk=SLUG,
    channel=Channel.EMAIL,
    settings={"address": "help@example.ac.id", "relay": "smtps://user:rahasia@mail.example.ac.id"},
    absent=("IMAP_URL",),
)


@dataclass(frozen=True)
class Found:
    state: str
    says: str


async def test_an_account_is_tried_and_its_secrets_stay_where_they_are(office, rina):
    keep_files(office, {"desk.yaml": DESK.replace("desk: uji", f"desk: {SLUG}")})
    tried = []

    async def probe(account):
        tried.append(account.key)
        return [Found("bad", "the relay at mail.example.ac.id refuses the login.")]

    office.desk = replace(office.desk, desk=replace(office.desk.desk, accounts=(MAIL,)))
    office.app.state.house = replace(office.house, probe=probe)
    page = await rina.opens(f"{AT}/accounts")
    assert "relay set" in page.text
    assert "IMAP_URL not set; it serves without" in page.text
    assert "rahasia" not in page.answer.text
    page = await rina.sends(page, f"/accounts/try#{MAIL.key}")
    assert (page.status, tried) == (200, [MAIL.key])
    assert "does not work the relay at mail.example.ac.id refuses the login." in page.text
