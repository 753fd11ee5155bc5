"""The accounts of a desk on their page: what lacks is named, no secret is shown, and each is tried at its provider."""

from dataclasses import dataclass, replace

import pytest

from bot.desk_files.accounts import CHANNEL_KEYS, CLOUD_KEYS
from bot.desk_files.directory_section import DIRECTORY_KEYS
from bot.desk_files.hooks_section import HOOK_KEYS
from console.changing.veiled import SECRETS
from console.settings.connections import ACCOUNTS, DIRECTORY, WEBHOOKS
from console.settings.desk_text import section_in
from console.settings.fields import Kind
from console.settings.sections import PAGES
from tests.console.catalogues import DESK, keep_files, newest
from tests.tickets.desks import SLUG
from tickets.connections import Account
from tickets.message import Channel

AT = f"/settings/{SLUG}"
DESK_HERE = DESK.replace("desk: uji", f"desk: {SLUG}")
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

    def in_language(self, _language):
        return self.says


@pytest.fixture
def files(office):
    keep_files(office, {"desk.yaml": DESK_HERE})


def test_what_is_a_secret_in_the_file_is_one_on_the_pages():
    read = {name for keys in (*CHANNEL_KEYS.values(), CLOUD_KEYS) for name, key in keys.items() if key.secret}
    assert read == SECRETS["accounts"]
    read = {name for keys in DIRECTORY_KEYS.values() for name, key in keys.items() if key.secret}
    assert (read, {name for name, key in HOOK_KEYS.items() if key.secret}) == (
        SECRETS["directory"],
        SECRETS["webhooks"],
    )
    hidden = {
        (rows.path[0], field.path[-1])
        for page in PAGES
        for rows in page.rows
        for field in rows.fields
        if field.kind is Kind.VARIABLE
    }
    assert hidden == {(top, name) for top, names in SECRETS.items() for name in names}


@pytest.mark.parametrize("page", [ACCOUNTS, DIRECTORY, WEBHOOKS], ids=lambda page: page.key)
def test_every_key_that_the_file_has_here_has_a_field(page):
    known = {
        "accounts": set().union(*CHANNEL_KEYS.values(), CLOUD_KEYS),
        "directory": set().union(*DIRECTORY_KEYS.values()) | {"kind", "fields", "headers"},
        "webhooks": {*HOOK_KEYS, "id", "events", "identity"},
    }
    assert {field.path[0] for rows in page.rows for field in rows.fields} == known[page.key]


async def test_an_account_is_tried_and_its_secrets_stay_where_they_are(office, files, rina):
    tried = []

    async def probe(account):
        tried.append(account.key)
        return [Found("bad", "the relay at mail.example.ac.id refuses the login.")]

    office.desk = replace(office.desk, desk=replace(office.desk.desk, accounts=(MAIL,)))
    began = {MAIL.key: replace(MAIL, absent=()), f"{SLUG}/telegram": MAIL}
    office.app.state.house = replace(office.house, probe=probe, began=began)
    page = await rina.opens(f"{AT}/accounts")
    assert "relay set" in page.text
    assert "IMAP_URL not set; it serves without" in page.text
    assert "changed; takes effect after a restart" in page.text
    assert f"{SLUG}/telegram is taken out, and is served until" in page.text
    assert "rahasia" not in page.answer.text
    page = await rina.sends(page, f"/accounts/try#{MAIL.key}")
    assert (page.status, tried) == (200, [MAIL.key])
    assert "does not work the relay at mail.example.ac.id refuses the login." in page.text


async def test_accounts_are_written_as_an_operator_would_and_mistakes_stand_at_their_fields(
    office, files, rina
):
    page = await rina.opens(f"{AT}/accounts")
    typed = {
        "accounts.whatsapp[1].sender": "0811", "accounts.whatsapp[1].provider": "twilio",
        "accounts.whatsapp[1].account_sid": "${TWILIO_ACCOUNT_SID}",
        "accounts.telegram[1].token": "${TELEGRAM_TOKEN}", "accounts.telegram[1].agents_group": "-1001, -1002",
        "accounts.email[1].address": "bantuan@example.ac.id", "accounts.email[1].relay": "${RELAY}",
        "accounts.webchat[1].here": "1",
    }  # fmt: skip
    wrong = await rina.sends(page, "/accounts", **typed)
    assert wrong.status == 422
    for name, told in (("sender", "expected a number such as"), ("auth_token", "expected auth_token")):
        assert f'id="accounts.whatsapp[1].{name}.told">{told}' in wrong.answer.text
    mended = {
        "accounts.whatsapp[1].sender": "+62811000001", "accounts.whatsapp[1].auth_token": "rahasia",
        "accounts.whatsapp[1].provider": "twilio", "accounts.webchat[1].here": "1",
    }  # fmt: skip
    refused = await rina.sends(wrong, "/accounts", **mended)
    assert (refused.status, "rahasia" in refused.answer.text) == (422, False)
    assert "write the name of its variable, such as ${TWILIO_AUTH_TOKEN}" in refused.text
    mended["accounts.whatsapp[1].auth_token"] = "${TWILIO_AUTH_TOKEN}"
    await rina.sends(refused, "/accounts", **mended)
    assert section_in(newest(office).files["desk.yaml"], ["accounts"]) == (
        "accounts:\n"
        '  whatsapp: {provider: twilio, sender: "+62811000001", account_sid: "${TWILIO_ACCOUNT_SID}",'
        ' auth_token: "${TWILIO_AUTH_TOKEN}"}\n'
        '  telegram: {token: "${TELEGRAM_TOKEN}", agents_group: ["-1001", "-1002"]}\n'
        '  email: {address: bantuan@example.ac.id, relay: "${RELAY}"}\n'
        "  webchat: {}\n"
    )
    page = await rina.opens(f"{AT}/accounts")
    changed = {"accounts.whatsapp[1].provider": "cloud", "accounts.telegram[1].gone": "1"}
    cloud = await rina.sends(page, "/accounts", **changed)
    assert 'id="accounts.whatsapp[1].phone_number_id.told">expected phone_number_id' in cloud.answer.text
    assert "accounts.whatsapp[1].account_sid" not in cloud.answer.text


WRITTEN_OUT = (
    DESK_HERE
    + """\
accounts:
  email: {address: help@example.ac.id, relay: "smtps://user:rahasia@mail.example.ac.id"}   # ours
  webchat: {identity_secret: [rahasia-yang-lama-sekali-untuk-diuji, rahasia-yang-baru-sekali-untuk-diuji]}
directory: {kind: http, url: "https://nic.example.ac.id/{number}", headers: {Authorization: rahasia}}
"""
)


async def test_what_is_written_out_in_the_file_is_kept_and_never_shown(office, rina):
    keep_files(office, {"desk.yaml": WRITTEN_OUT})
    page = await rina.opens(f"{AT}/accounts")
    named = await rina.sends(page, "/accounts", **{"accounts.email[1].name": "Bantuan"})
    text = named.form("/accounts/text").fields["text"]
    assert 'relay: "•••1•••", name: Bantuan} # ours' in text
    await rina.sends(named, "/accounts/text", text=text.replace("help@", "bantuan@"))
    assert section_in(newest(office).files["desk.yaml"], ["accounts"]) == (
        "accounts:\n"
        '  email: {address: bantuan@example.ac.id, relay: "smtps://user:rahasia@mail.example.ac.id", name: Bantuan} # ours\n'
        "  webchat: {identity_secret: [rahasia-yang-lama-sekali-untuk-diuji, rahasia-yang-baru-sekali-untuk-diuji]}\n"
    )
    page = await rina.opens(f"{AT}/directory")
    header = {"directory[1].kind": "http", "directory[1].headers": "Authorization: Bearer geheim"}
    refused = await rina.sends(page, "/directory", **header)
    assert (refused.status, "geheim" in refused.answer.text) == (422, False)
    for path in ("accounts", "directory", "history"):
        assert "rahasia" not in (await rina.opens(f"{AT}/{path}")).answer.text


async def test_directory_and_webhooks_are_written_by_their_fields_and_the_directory_is_tried(
    office, files, rina
):
    async def probe(desk):
        return [Found("ok", f"{desk.directory.settings['path']} has 2 entries.")]

    page = await rina.opens(f"{AT}/webhooks")
    hook = {
        "webhooks[1].id": "lms", "webhooks[1].url": "https://lms.example.ac.id/t",
        "webhooks[1].secret": "${LMS_SECRET}", "webhooks[1].events": "ticket.*, message.received",
    }  # fmt: skip
    wrong = await rina.sends(page, "/webhooks", **hook | {"webhooks[1].events": "tiket"})
    assert 'id="webhooks[1].events.told">expected kinds of events' in wrong.answer.text
    await rina.sends(wrong, "/webhooks", **hook)
    page = await rina.opens(f"{AT}/directory")
    await rina.sends(page, "/directory", **{"directory[1].kind": "csv", "directory[1].path": "people.csv"})
    assert (
        newest(office)
        .files["desk.yaml"]
        .endswith(
            'webhooks:\n  - {id: lms, url: https://lms.example.ac.id/t, secret: "${LMS_SECRET}",'
            " events: [ticket.*, message.received]}\n\n"
            "directory: {kind: csv, path: people.csv}\n"
        )
    )
    desk = office.house.check(newest(office).files)
    office.desk = replace(office.desk, desk=replace(office.desk.desk, directory=desk.directory))
    office.app.state.house = replace(office.house, probe_directory=probe)
    page = await rina.sends(await rina.opens(f"{AT}/directory"), "/directory/try#directory")
    assert "works people.csv has 2 entries." in page.text
