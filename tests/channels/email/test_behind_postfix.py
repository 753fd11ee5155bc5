"""A real Postfix before our door, by SMTP and by LMTP, and another behind our relay."""

import asyncio
import shutil
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from channels.email.message_ids import plus_address_of
from channels.email.send import MailSender
from channels.email.settings import MailboxSettings, SmtpSettings
from channels.email.smtp_in import SmtpListener
from tests.channels.conftest import Listens
from tests.channels.email.mails import OURS, mail
from tests.channels.email.test_send import answer, mailbox
from tests.channels.house import House, until
from tests.standins.postfix import Postfix, running_postfix, unavailable
from tests.standins.relay import Relay, Stage

pytestmark = [
    pytest.mark.skipif(unavailable() is not None, reason=str(unavailable())),
    pytest.mark.skipif(shutil.which("swaks") is None, reason="swaks is not installed (Debian: swaks)"),
]


@asynccontextmanager
async def postfix(**settings: str) -> AsyncIterator[Postfix]:
    """One that starts and stops while our own doors go on."""
    running = running_postfix(**settings)
    started = await asyncio.to_thread(running.__enter__)
    try:
        yield started
    finally:
        await asyncio.to_thread(running.__exit__, None, None, None)


def door(**more: Any) -> SmtpListener:
    settings = SmtpSettings(port=0, hostname="desk.itb.example", **more)
    return SmtpListener(settings, [MailboxSettings(account="itb/email", desk="itb", address=OURS)])


def in_front(protocol: str, port: int) -> dict[str, str]:
    return {
        "relay_domains": OURS.partition("@")[2],
        "relay_transport": f"{protocol}:[127.0.0.1]:{port}",
        "smtpd_recipient_restrictions": "reject_unauth_destination, reject_unverified_recipient",
        "unverified_recipient_reject_code": "550",
        "address_verify_poll_delay": "1s",
        "address_verify_map": "",
    }


async def swaks(server: Postfix, to: str, raw: bytes, folder: Path) -> tuple[int, str]:
    """Send a mail as people who look after mail servers do; what became of it."""
    written = folder / "mail.eml"
    written.write_bytes(raw)
    ended = await asyncio.to_thread(
        subprocess.run,
        [
            "swaks", "--server", f"127.0.0.1:{server.port}", "--helo", "kampus.example", "--timeout", "20",
            "--from", "siti@kampus.example", "--to", to, "--data", f"@{written}",
        ],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    return ended.returncode, ended.stdout


@pytest.mark.parametrize("protocol", ["smtp", "lmtp"])
async def test_mail_comes_through_a_mail_server_in_front(
    house: House, listening: Listens, tmp_path: Path, protocol: str
):
    listener = door(lmtp=protocol == "lmtp")
    async with listening(listener), postfix(**in_front(protocol, await listener.bound())) as server:
        assert (await swaks(server, OURS, mail("Halo\n.\n..dua titik"), tmp_path))[0] == 0
        await until(lambda: len(house.said) == 1)
        code, told = await swaks(server, "nobody@itb.example", mail(), tmp_path)
        assert code != 0
        assert "550" in told
    (said,) = house.said
    assert said.text == "Halo\n.\n..dua titik"
    assert said.sender.address == "siti@kampus.example"
    assert b"Return-Path: <siti@kampus.example>" in said.raw
    assert b"by mx.itb.example (Postfix)" in said.raw


async def test_what_cannot_be_stored_waits_in_the_mail_server(
    house: House, listening: Listens, tmp_path: Path
):
    listener = door(lmtp=True)
    async with listening(listener), postfix(**in_front("lmtp", await listener.bound())) as server:
        house.busy = True
        assert (await swaks(server, OURS, mail(), tmp_path))[0] == 0
        await until(lambda: len(house.tried) > 0)
        house.busy = False
        async with asyncio.timeout(20):
            while not house.said:
                await asyncio.to_thread(server.flush)
                await asyncio.sleep(0.3)
    assert house.texts == ["Halo"]


async def test_answers_leave_through_a_smart_host(relay: Relay):
    async with postfix(default_transport=f"smtp:[127.0.0.1]:{relay.port}") as server:
        patient = {"connect_within": timedelta(seconds=10), "answer_within": timedelta(seconds=10)}
        sender = MailSender(mailbox(f"smtp://127.0.0.1:{server.port}", **patient))
        relay.answers[Stage.RCPT] = "451 4.7.1 Greylisted"
        sent = await sender.send(answer())
        await until(lambda: "Greylisted" in server.log())
        del relay.answers[Stage.RCPT]
        async with asyncio.timeout(20):
            while not relay.mails:
                await asyncio.to_thread(server.flush)
                await asyncio.sleep(0.3)
    (mail_,) = relay.mails
    assert mail_.sender == OURS
    assert mail_.recipients == ("siti@kampus.example",)
    assert mail_.message["Message-ID"] == sent.external_ids[0]


async def test_plus_addresses_come_back_through_a_mail_server_by_answer_and_by_bounce(
    house: House, relay: Relay, listening: Listens, tmp_path: Path
):
    listener = door(lmtp=True)
    relay.answers[Stage.RCPT] = "550 5.1.1 No such user"
    async with listening(listener):
        server_like = in_front("lmtp", await listener.bound()) | {
            "default_transport": f"smtp:[127.0.0.1]:{relay.port}",
            "recipient_delimiter": "+",
            "smtpd_recipient_restrictions": "permit_mynetworks, reject_unauth_destination",
        }
        async with postfix(**server_like) as server:
            patient = {"connect_within": timedelta(seconds=10), "answer_within": timedelta(seconds=10)}
            settings = mailbox(f"smtp://127.0.0.1:{server.port}", plus_addresses=True, **patient)
            (ours,) = (await MailSender(settings).send(answer())).external_ids
            await until(lambda: len(house.said) == 1)
            forgetful = mail("NIM saya 13519001.", to=plus_address_of(ours, OURS))
            assert (await swaks(server, plus_address_of(ours, OURS), forgetful, tmp_path))[0] == 0
            await until(lambda: len(house.said) == 2)
    came_back, answered = house.said
    assert came_back.bounce
    assert came_back.returned is not None
    assert came_back.returned.message_id == ours
    assert came_back.returned.recipient == "siti@kampus.example"
    assert f"To: {plus_address_of(ours, OURS)}".encode() in came_back.raw
    assert answered.references == (ours,)
    assert not answered.bounce
