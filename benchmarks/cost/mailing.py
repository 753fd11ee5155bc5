"""Mail as a desk gets it, and senders who bring it by SMTP, one mail after another on connections that are kept.

Of 500 senders; a fifth answers a mail of before, a tenth has a file of 50 kB attached.
"""

import asyncio
import random
import time
from collections.abc import Iterator, Sequence
from email.message import EmailMessage

from benchmarks.cost.office import MAILBOX
from benchmarks.cost.posting import Went

AT_ONCE = 16
_SENDERS, _FILE = 500, 50_000


def mails(first: int, count: int, *, texts: Sequence[str]) -> list[tuple[str, bytes]]:
    """Return the envelope's sender and the mail, for each number from `first` on."""
    return [_mail(number, texts[number % len(texts)]) for number in range(first, first + count)]


def _mail(number: int, text: str) -> tuple[str, bytes]:
    chance = random.Random(number)
    sender = f"mahasiswa{number % _SENDERS}@students.example.ac.id"
    mail = EmailMessage()
    mail["From"], mail["To"] = f"Mahasiswa {number % _SENDERS} <{sender}>", MAILBOX
    mail["Subject"], mail["Message-ID"] = text[:60], f"<{number}.cost@students.example.ac.id>"
    mail["Date"] = "Tue, 06 Oct 2026 09:00:00 +0700"
    if number % 5 == 4 and number >= _SENDERS:
        mail["In-Reply-To"] = mail["References"] = f"<{number - _SENDERS}.cost@students.example.ac.id>"
        mail.replace_header("Subject", f"Re: {text[:60]}")
    mail.set_content(
        f"Yth. admin,\n\n{text}\n\nMohon bantuannya, terima kasih.\n"
        + "Keterangan. " * chance.randint(20, 250)
    )
    if number % 10 == 7:
        mail.add_attachment(chance.randbytes(_FILE), maintype="image", subtype="png", filename="layar.png")
    return sender, mail.as_bytes().replace(b"\n", b"\r\n")


async def bring(port: int, letters: Sequence[tuple[str, bytes]], *, at_once: int = AT_ONCE) -> Went:
    """Bring them all. Raises RuntimeError if one is not taken."""
    waits: list[float] = []
    coming = iter(letters)
    started = time.perf_counter()
    await asyncio.gather(*(_bring(port, coming, waits) for _ in range(at_once)))
    return Went(seconds=time.perf_counter() - started, waits=waits)


async def _bring(port: int, coming: Iterator[tuple[str, bytes]], waits: list[float]) -> None:
    reading, writing = await asyncio.open_connection("127.0.0.1", port)

    async def say(words: bytes, expected: bytes) -> None:
        writing.write(words)
        line = await reading.readline()
        while line[3:4] == b"-":
            line = await reading.readline()
        if not line.startswith(expected):
            raise RuntimeError(f"a mail was answered with {line.decode().strip()}")

    await say(b"", b"220")
    await say(b"EHLO students.example.ac.id\r\n", b"250")
    for sender, mail in coming:
        started = time.perf_counter()
        await say(f"MAIL FROM:<{sender}>\r\n".encode(), b"250")
        await say(f"RCPT TO:<{MAILBOX}>\r\n".encode(), b"250")
        await say(b"DATA\r\n", b"354")
        await say(mail.replace(b"\r\n.", b"\r\n..") + b"\r\n.\r\n", b"250")
        waits.append(time.perf_counter() - started)
    writing.close()
