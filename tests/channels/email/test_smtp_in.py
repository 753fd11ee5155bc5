"""Mail servers deliver at our door; what they are told is what became of the mail."""

import asyncio
import base64
import smtplib
import socket
import tracemalloc
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import pytest

from channels.email.settings import MAX_BYTES, MailboxSettings, SmtpSettings
from channels.email.smtp_in import SmtpListener
from tests.channels.conftest import Listens
from tests.channels.email.mails import OURS, mail, many_headers
from tests.channels.house import House, until
from tests.standins.certificate import Certificate, unavailable


@pytest.fixture
def certificate(tmp_path: Path) -> Certificate:
    reason = unavailable()
    if reason is not None:
        pytest.skip(reason)
    return Certificate(tmp_path)


SIBLING = "perpustakaan@unit.example"
T = TypeVar("T")


def door(*, intake: tuple[int, timedelta] | None = None, **more: object) -> SmtpListener:
    settings = SmtpSettings(**{"port": 0, "max_bytes": 2_000_000, "hostname": "mx.itb.example", **more})  # type: ignore[arg-type]
    mailboxes = [
        MailboxSettings(account="itb/email", desk="itb", address=OURS, intake=intake),
        MailboxSettings(account="perpus/email", desk="perpus", address=SIBLING),
    ]
    return SmtpListener(settings, mailboxes)


async def talk(listener: SmtpListener, what: Callable[[smtplib.SMTP], T]) -> T:
    """Hold a conversation with the door from a thread, as a mail server would."""
    port = await listener.bound()

    def conversation() -> T:
        with smtplib.SMTP("127.0.0.1", port, timeout=20) as client:
            return what(client)

    return await asyncio.to_thread(conversation)


async def send(listener: SmtpListener, raw: bytes, *to: str, sender: str = "siti@kampus.example") -> None:
    await talk(listener, lambda client: client.sendmail(sender, to or (OURS,), raw))


async def test_a_mail_is_stored_before_it_is_acknowledged(house: House, listening: Listens):
    listener = door()
    house.open.clear()
    async with listening(listener):
        sending = asyncio.create_task(send(listener, mail("Tidak bisa masuk")))
        await until(lambda: len(house.tried) == 1)
        assert not sending.done()
        house.open.set()
        await sending
    (said,) = house.said
    assert said.text == "Tidak bisa masuk"
    assert said.place.account == "itb/email"
    assert said.place.address == "siti@kampus.example"
    assert said.said_at is None
    assert b"\r\nSubject: Edunex\r\n" in said.raw
    assert "smtp" in house.beats


async def test_a_mail_that_cannot_be_stored_is_asked_for_again_and_taken_once(
    house: House, listening: Listens
):
    listener = door()
    house.busy = True
    async with listening(listener):
        with pytest.raises(smtplib.SMTPDataError) as refused:
            await send(listener, mail())
        assert refused.value.smtp_code == 451
        house.busy = False
        await send(listener, mail())
        await send(listener, mail())
    assert house.texts == ["Halo"]


async def test_only_the_desks_own_addresses_are_served(house: House, listening: Listens):
    listener = door()
    async with listening(listener):
        for stranger in ("nobody@itb.example", "siti@elsewhere.example", "carecenter@itb.example.evil"):
            with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
                await send(listener, mail(), stranger)
            assert refused.value.recipients[stranger][0] == 550
            assert b"5.1.1" in refused.value.recipients[stranger][1]
        await send(listener, mail(), "CareCenter+tag-7@ITB.example")
    assert len(house.said) == 1
    assert house.refused == ["smtp: recipient"] * 3


async def test_a_mail_for_two_desks_reaches_both_once(house: House, listening: Listens):
    listener = door()
    async with listening(listener):
        await send(listener, mail(to=f"{OURS}, {SIBLING}"), OURS, SIBLING, "carecenter+x@itb.example")
    assert sorted(said.place.account for said in house.said) == ["itb/email", "perpus/email"]


async def test_a_mail_of_25_megabytes_to_a_thousand_people_is_one_mail(house: House, listening: Listens):
    listener = door(max_bytes=MAX_BYTES)
    everybody = [f"carecenter+{number}@itb.example" for number in range(999)] + [SIBLING]
    attached = base64.encodebytes(b"\x00\xff" * 9_000_000)
    raw = mail(
        "Terlampir.",
        to=", ".join(everybody),
        Content_Type="application/zip",
        Content_Transfer_Encoding="base64",
    )
    raw = raw.replace(b"Terlampir.", attached)
    assert 24_000_000 < len(raw) < MAX_BYTES
    async with listening(listener):
        await send(listener, raw, *everybody)
    assert sorted(said.place.account for said in house.said) == ["itb/email", "perpus/email"]
    assert [file.size for file in house.said[0].files] == [18_000_000]


async def test_a_mail_with_ten_thousand_headers_is_stored_whole(house: House, listening: Listens):
    raw = many_headers(10_000) + mail("Halo")
    listener = door()
    async with listening(listener):
        await send(listener, raw)
    (said,) = house.said
    assert (said.text, said.subject) == ("Halo", "Edunex")
    assert said.raw.endswith(raw)
    assert house.kept == []


async def test_a_sender_who_brings_too_much_is_asked_to_come_later_and_holds_nobody_up(
    house: House, listening: Listens
):
    listener = door(intake=(2, timedelta(hours=1)))
    async with listening(listener):
        for number in range(2):
            await send(listener, mail(number=number))
        with pytest.raises(smtplib.SMTPDataError) as refused:
            await send(listener, mail(number=3))
        assert (refused.value.smtp_code, refused.value.smtp_error[:5]) == (451, b"4.7.1")
        await send(listener, mail(number=4), sender="budi@kampus.example")
    assert len(house.said) == 3


async def test_a_mail_over_the_limit_is_refused_whether_announced_or_not(house: House, listening: Listens):
    listener = door(max_bytes=100_000)
    big = mail(("panjang sekali " * 4 + "\n") * 3000)

    def unannounced(client: smtplib.SMTP) -> int:
        client.helo("kampus.example")
        client.mail("siti@kampus.example")
        client.rcpt(OURS)
        return client.data(big)[0]

    async with listening(listener):
        with pytest.raises(smtplib.SMTPSenderRefused) as refused:
            await send(listener, big)
        assert refused.value.smtp_code == 552
        assert await talk(listener, unannounced) == 552
        assert (
            await talk(listener, lambda client: (client.ehlo(), client.esmtp_features)[1].get("size"))
            == "100000"
        )
    assert house.said == []


async def begun(listener: SmtpListener, mail: bytes) -> asyncio.StreamWriter:
    """Bring a mail and not its end."""
    reader, writer = await asyncio.open_connection("127.0.0.1", await listener.bound())
    writer.write(b"HELO x\r\nMAIL FROM:<>\r\nRCPT TO:<%s>\r\nDATA\r\n" % OURS.encode())
    while not (await reader.readline()).startswith(b"354"):
        pass
    writer.write(mail)
    await writer.drain()
    return writer


async def answer_to(listener: SmtpListener, mail: bytes) -> bytes:
    try:
        await send(listener, mail)
    except smtplib.SMTPDataError as refused:
        return b"%d %b" % (refused.smtp_code, refused.smtp_error)
    return b"250"


async def test_large_mails_that_come_together_take_no_more_memory_than_they_may(
    house: House, listening: Listens
):
    listener = door(max_bytes_at_once=3_000_000)
    large = mail(("panjang" * 200 + "\n") * 1000)
    async with listening(listener):
        held = [await begun(listener, large) for _ in range(2)]
        while not (await answer_to(listener, large)).startswith(b"452 4.3.1"):
            house.heard.clear()  # the two are still on their way
        await send(listener, mail("Yang kecil masuk"))
        for each in held:
            each.close()
            await each.wait_closed()
        await send(listener, large)
    assert [text[:16] for text in house.texts] == ["Yang kecil masuk", "panjangpanjangpa"]
    assert house.refused == ["smtp: room"]


async def test_nothing_stays_of_mails_whose_sender_hung_up_or_that_could_not_be_stored(
    house: House, listening: Listens
):
    listener = door()
    large = mail(("panjang" * 100 + "\n") * 1000)
    house.busy = True
    async with listening(listener):
        tracemalloc.start()
        for _ in range(2):
            assert (await answer_to(listener, large)).startswith(b"451 4.3.0")
            writer = await begun(listener, large)
            writer.close()
            await writer.wait_closed()
        house.busy = False
        await send(listener, mail("Lagi"))  # by now the door has seen them go
        held, _ = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert held < len(large)


async def test_a_mail_has_no_more_recipients_than_a_thousand(house: House, listening: Listens):
    listener = door()
    everybody = [f"carecenter+{number}@itb.example" for number in range(1001)]

    def brought(client: smtplib.SMTP) -> dict[str, tuple[int, bytes]]:
        return client.sendmail("siti@kampus.example", everybody, mail())

    async with listening(listener):
        assert await talk(listener, brought) == {everybody[-1]: (452, b"4.5.3 Too many recipients")}
    assert house.texts == ["Halo"]


@pytest.mark.parametrize("length", [150_000, 8_000_000])
async def test_lines_longer_than_the_standard_allows_are_taken(house: House, listening: Listens, length: int):
    listener = door(max_bytes=10_000_000)
    async with listening(listener):
        await send(listener, mail("a" * length))
    assert house.said[0].text.startswith("a" * 150_000)
    assert house.said[0].raw.count(b"a" * length) == 1


async def test_only_a_line_of_one_dot_ends_a_mail_and_what_follows_it_is_the_next_command(
    house: House, listening: Listens
):
    listener = door(max_bytes=1000)
    head = b"From: siti@kampus.example\r\n\r\n"
    sent = b"..satu.\r\n\n.\r\ndua\r\n....\r\n.tiga\r.\r\n"
    envelope = b"MAIL FROM:<siti@kampus.example>\r\nRCPT TO:<%s>\r\nDATA\r\n" % OURS.encode()
    async with listening(listener):
        reader, writer = await asyncio.open_connection("127.0.0.1", await listener.bound())
        for piece in (b"HELO x\r\n", envelope, head + sent, b".\r", b"\n" + envelope, b"too much.\r\n" * 200):
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(0)
        writer.write(b".\r\n" + envelope + b".\r\nQUIT\r\n")
        answers = [line[:3] for line in (await reader.read()).splitlines()]
        writer.close()
        await writer.wait_closed()
    stored, refused = b"250 250 354 250".split(), b"250 250 354 552".split()
    assert answers == [b"220", b"250", *stored, *refused, *stored, b"221"]
    way, nothing = b"Return-Path: <siti@kampus.example>\r\n", b""
    assert [said.raw.removeprefix(way) for said in house.said] == [
        head + b".satu.\r\n\n.\r\ndua\r\n...\r\ntiga\r.\r\n",
        nothing,
    ]


async def test_a_line_longer_than_a_mail_may_be_is_refused(house: House, listening: Listens):
    listener = door(max_bytes=100_000)

    def unannounced(client: smtplib.SMTP) -> int:
        client.helo("kampus.example")
        client.mail("siti@kampus.example")
        client.rcpt(OURS)
        return client.data(mail("a" * 300_000))[0]

    async with listening(listener):
        assert await talk(listener, unannounced) in {500, 552}
    assert house.said == []


async def test_the_connection_is_encrypted_where_there_is_a_certificate(
    house: House, listening: Listens, certificate: Certificate
):
    listener = door(certificate=certificate.file, key=certificate.key, connections=1, max_bytes=4_000_000)

    def encrypted(client: smtplib.SMTP) -> bool:
        client.ehlo("kampus.example")
        client.starttls(context=certificate.trusted())
        client.ehlo("kampus.example")
        client.sendmail("siti@kampus.example", [OURS], mail("x" * 2_000_000))
        return client.has_extn("starttls") or client.has_extn("auth")

    async with listening(listener):
        assert not await talk(listener, encrypted)
        first = await talk(listener, certificate.shown)
        certificate.renew()
        assert await talk(listener, certificate.shown) != first
        certificate.key.write_text("half written")
        assert await talk(listener, certificate.shown) != first
    assert len(house.said) == 1


async def test_without_a_certificate_nothing_is_offered(house: House, listening: Listens):
    listener = door()
    async with listening(listener):
        assert not await talk(listener, lambda client: (client.ehlo(), client.has_extn("starttls"))[1])
    with pytest.raises(ValueError, match="its key"):
        door(certificate=Path("cert.pem"))


async def lmtp(listener: SmtpListener, what: Callable[[smtplib.LMTP], T]) -> T:
    port = await listener.bound()

    def conversation() -> T:
        with smtplib.LMTP("127.0.0.1", port, timeout=20) as client:
            return what(client)

    return await asyncio.to_thread(conversation)


async def test_by_lmtp_each_recipient_is_answered(house: House, listening: Listens):
    listener = door(lmtp=True, max_bytes=100_000)

    def two_desks(client: smtplib.LMTP) -> list[int]:
        client.ehlo("mta.itb.example")
        codes = []
        for raw in (mail(), mail("besar\n" * 30_000), mail(number=2)):
            client.mail("siti@kampus.example")
            client.rcpt(OURS)
            client.rcpt("nobody@itb.example")
            client.rcpt(SIBLING)
            codes += [client.data(raw)[0], client.getreply()[0]]
        return [*codes, client.noop()[0]]

    async with listening(listener):
        assert await lmtp(listener, two_desks) == [250, 250, 552, 552, 250, 250, 250]
        house.busy = True
        assert (await lmtp(listener, two_desks))[:2] == [451, 451]
        assert await talk(listener, lambda client: client.docmd("EHLO", "x")[0]) == 500
    assert len(house.said) == 4


async def test_behind_a_load_balancer_a_connection_says_whom_it_brings(house: House, listening: Listens):
    listener = door(proxied=True)
    async with listening(listener):
        port = await listener.bound()
        for line, greeting in (
            (b"PROXY TCP4 203.0.113.7 192.0.2.1 51234 25\r\n", b"220"),
            (b"PROXY UNKNOWN\r\n", b"220"),
            (b"EHLO kampus.example\r\n", b""),
        ):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(line)
            assert (await reader.readline())[:3] == greeting
            writer.close()
            await writer.wait_closed()


async def test_a_bounce_with_the_null_sender_is_automatic(house: House, listening: Listens):
    listener = door()
    async with listening(listener):
        await send(listener, mail(From="MAILER-DAEMON@kampus.example"), sender="")
        await send(listener, mail(number=2))
    assert [said.automatic for said in house.said] == [True, False]
    assert [said.bounce for said in house.said] == [True, False]
    assert house.said[0].raw.startswith(b"Return-Path: <>\r\n")


async def test_addresses_beyond_ascii_and_raw_eight_bit_are_taken(house: House, listening: Listens):
    listener = door()

    def conversation(client: smtplib.SMTP) -> None:
        client.ehlo("kampus.example")
        client.command_encoding = "utf-8"
        client.mail("sítí@kampus.example", ["SMTPUTF8", "BODY=8BITMIME"])
        client.rcpt(OURS)
        assert client.data(mail("Selamat pagi, Ibu Siti é", From="Sítí <sítí@kampus.example>"))[0] == 250

    async with listening(listener):
        await talk(listener, conversation)
    assert house.said[0].text == "Selamat pagi, Ibu Siti é"
    assert house.said[0].sender.address == "sítí@kampus.example"
    assert house.said[0].sender.name == "Sítí"


async def test_nobody_can_log_in_and_several_mails_fit_one_connection(house: House, listening: Listens):
    listener = door()

    def conversation(client: smtplib.SMTP) -> bool:
        client.ehlo("kampus.example")
        for number in range(3):
            client.sendmail("siti@kampus.example", [OURS], mail(f"Mail {number}", number=number))
        return client.has_extn("auth")

    async with listening(listener):
        assert not await talk(listener, conversation)
    assert house.texts == ["Mail 0", "Mail 1", "Mail 2"]


async def test_a_sender_who_hangs_up_does_not_undo_the_storing(house: House, listening: Listens):
    listener = door()
    house.open.clear()

    async with listening(listener):
        port = await listener.bound()
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for line in (b"EHLO x", b"MAIL FROM:<a@b.example>", f"RCPT TO:<{OURS}>".encode(), b"DATA"):
            writer.write(line + b"\r\n")
            await writer.drain()
            while (await reader.readline())[3:4] != b" ":
                pass
        await reader.readline()
        writer.write(mail("Masih di sana?") + b".\r\n")
        await until(lambda: len(house.tried) == 1)
        writer.close()
        await writer.wait_closed()
        house.open.set()
        await until(lambda: house.texts == ["Masih di sana?"])


async def test_a_stop_lets_mail_that_is_being_stored_be_acknowledged(house: House):
    listener = door()
    house.open.clear()
    serving = asyncio.create_task(listener.listen(house))
    sending = asyncio.create_task(send(listener, mail()))
    await until(lambda: len(house.tried) == 1)
    port = await listener.bound()
    serving.cancel()
    await asyncio.sleep(0)
    house.open.set()
    with pytest.raises(asyncio.CancelledError):
        await serving
    await sending
    assert house.texts == ["Halo"]
    with pytest.raises(ConnectionRefusedError), closing(socket.create_connection(("127.0.0.1", port), 1)):
        pass


async def test_more_clients_than_allowed_are_asked_to_come_later(house: House, listening: Listens):
    listener = door(connections=1, idle=timedelta(seconds=5))
    async with listening(listener):
        port = await listener.bound()
        first, writer = await asyncio.open_connection("127.0.0.1", port)
        assert (await first.readline()).startswith(b"220")
        second, other = await asyncio.open_connection("127.0.0.1", port)
        assert (await second.readline()).startswith(b"421")
        for each in (writer, other):
            each.close()
            await each.wait_closed()
