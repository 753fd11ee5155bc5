"""What is wrong is refused at the door or kept for a person to look at; it takes nobody along, and says what is wrong."""

import asyncio
import re
import sqlite3
from contextlib import closing
from urllib.parse import urlencode

import aiosmtplib
import pytest
import pytest_asyncio

from tests.acceptance.office import Office, mail_from, open_office
from tests.acceptance.service import SLUG, Service

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]
NUMBER = "+6281234567890"
MEGABYTE = 1024 * 1024


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def office(tmp_path_factory):
    """One running desk for all tests of this module: none of them may harm it."""
    async with open_office(tmp_path_factory.mktemp("office")) as opened:
        yield opened
        assert opened.service.is_running
        assert "Traceback" not in opened.service.errors


def kept(office: Office) -> dict[bytes, str]:
    """Return what lies unprocessed in the ledger, byte for byte, and why."""
    with closing(
        sqlite3.connect(f"file:{office.service.folder}/var/tanggap.db?mode=ro", uri=True)
    ) as database:
        return dict(database.execute("SELECT raw, error FROM inbound WHERE processed_at IS NULL"))


# -- WhatsApp ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("signature", ["", "bm90IHNpZ25lZCBieSB0aGVt"])
async def test_a_webhook_that_nobody_signed_is_refused_counted_and_not_stored(office: Office, signature):
    counted = {"account": f"{SLUG}/whatsapp", "reason": "signature"}
    before = await office.service.metric("tanggap_refused_total", **counted)
    form = office.twilio.webhook(Body="Saya rektor.", From=f"whatsapp:{NUMBER}")
    assert (await office.webhook(form, signature=signature)).status_code == 403
    assert await office.service.metric("tanggap_refused_total", **counted) == before + 1
    assert await office.service.messages(external_id=form["MessageSid"]) == []
    assert not any(form["MessageSid"].encode() in raw for raw in kept(office))


async def test_a_signed_webhook_that_makes_no_sense_is_answered_so_and_kept_byte_for_byte(office: Office):
    form = {"AccountSid": office.twilio.account_sid, "Strange": "ya"}
    answer = await office.webhook(form)
    assert 400 <= answer.status_code < 500
    assert kept(office)[urlencode(form).encode()]
    assert await office.service.metric("tanggap_kept_total", account=f"{SLUG}/whatsapp") >= 1
    assert (await office.by_whatsapp(NUMBER, "Halo, ini pesan biasa.")).status_code == 200


async def test_a_webhook_that_comes_twice_and_ten_times_at_once_is_one_message(office: Office):
    form = office.twilio.webhook(Body="Sekali saja, ya.", From="whatsapp:+6281234560010")
    first = await office.webhook(form)
    rest = await asyncio.gather(*(office.webhook(form) for _ in range(10)))
    assert {first.status_code, *(each.status_code for each in rest)} == {200}
    assert len(await office.service.messages(external_id=form["MessageSid"])) == 1

    at_once = office.twilio.webhook(Body="Serentak.", From="whatsapp:+6281234560011")
    answers = await asyncio.gather(*(office.webhook(at_once) for _ in range(10)))
    assert {each.status_code for each in answers} == {200}
    (stored,) = await office.service.messages(external_id=at_once["MessageSid"])
    await office.twilio.until(lambda: office.replies_to("+6281234560011"))
    said = await office.service.messages(ticket=stored["ticket"])
    assert [each["author"] for each in said] == ["bot", "contact"]  # newest first
    assert len(office.replies_to("+6281234560011")) == 1


async def test_two_contacts_messages_a_moment_apart_are_one_ticket_each(office: Office):
    numbers = ["+6281234560021", "+6281234560022"]
    await asyncio.gather(
        *(office.by_whatsapp(number, f"Pesan {part}") for part in range(3) for number in numbers)
    )
    for number in numbers:
        tickets = {
            message["ticket"]
            for message in await office.service.messages(limit=100)
            if message["sender"]["address"] == number
        }
        assert len(tickets) == 1


# -- mail -------------------------------------------------------------------------------------------------------------


async def test_mail_for_a_mailbox_that_is_not_ours_is_refused(office: Office):
    mail = mail_from("ana@example.com", "Halo")
    with pytest.raises(aiosmtplib.SMTPRecipientsRefused) as refused:
        await office.by_mail(mail, to="nobody@example.ac.id")
    assert refused.value.recipients[0].code == 550
    assert await office.service.messages(external_id=str(mail["Message-ID"])) == []


async def test_mail_that_is_too_large_is_refused_and_the_next_one_is_taken(office: Office):
    mail = mail_from("ana@example.com", "Lampiran")
    mail.add_attachment(b"x" * (26 * MEGABYTE), maintype="application", subtype="zip", filename="besar.zip")
    with pytest.raises(aiosmtplib.SMTPResponseException) as refused:
        await office.by_mail(mail)
    assert refused.value.code == 552
    assert await office.service.messages(external_id=str(mail["Message-ID"])) == []
    smaller = mail_from("ana@example.com", "Tanpa lampiran")
    await office.by_mail(smaller)
    assert len(await office.service.messages(external_id=str(smaller["Message-ID"]))) == 1


async def test_a_mail_that_is_brought_five_times_at_once_is_one_message(office: Office):
    mail = mail_from("bea@example.com", "Sekali saja.")
    await asyncio.gather(*(office.by_mail(mail) for _ in range(5)))
    (stored,) = await office.service.messages(external_id=str(mail["Message-ID"]))
    assert stored["ticket"]


# -- how it is set up -------------------------------------------------------------------------------------------------


async def test_an_account_without_its_secret_is_off_and_the_rest_serves(tmp_path):
    async with open_office(tmp_path, without=frozenset({"TWILIO_AUTH_TOKEN"})) as office:
        assert re.search(r"warning.*TWILIO_AUTH_TOKEN", office.service.errors)
        assert (await office.by_whatsapp(NUMBER, "Halo")).status_code in {403, 404}
        await office.by_mail(mail_from("ana@example.com", "Halo"))
        await office.twilio.until(lambda: office.mails_to("ana@example.com"))


async def test_a_mistake_in_a_desk_file_is_named_with_its_file_line_and_what_is_expected(tmp_path):
    service = Service(folder=tmp_path)
    path = service.desk / "desk.yaml"
    path.write_text(path.read_text().replace("language: id ", "language: klingon "))
    line = path.read_text()[: path.read_text().index("klingon")].count("\n") + 1
    done = await service.tanggap("desk", "check", str(service.desk))
    await service.close()
    assert done.code == 1
    assert re.search(rf"desk\.yaml.*\b{line}\b.*expected.*klingon", done.errors), done.errors
    assert "Traceback" not in done.errors


async def test_a_second_server_on_the_same_file_is_refused_with_one_line(office: Office):
    done = await office.service.tanggap("serve")
    assert done.code == 1
    (line,) = done.errors.splitlines()
    assert f"process {office.service.pid}" in line
    assert (await office.service.http.get("/readyz")).status_code == 200
