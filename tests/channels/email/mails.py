"""Mails as contacts write them."""

from typing import Any

OURS = "carecenter@itb.example"


def mail(text: str = "Halo", *, to: str = OURS, number: int = 1, **headers: Any) -> bytes:
    """Return a plain mail; a header given as None is left out, `in_reply_to` becomes In-Reply-To."""
    given: dict[str, str | None] = {
        "From": "Siti Aminah <siti@kampus.example>",
        "To": to,
        "Subject": "Edunex",
        "Date": "Mon, 02 Mar 2026 10:15:00 +0700",
        "Message-ID": f"<mail-{number}@kampus.example>",
        "Content-Type": "text/plain; charset=utf-8",
    }
    for name, value in headers.items():
        written = name.replace("_", "-").title().replace("Message-Id", "Message-ID")
        given[written] = value
    head = "".join(f"{name}: {value}\r\n" for name, value in given.items() if value is not None)
    return f"{head}\r\n{text}\r\n".replace("\r\n", "\n").replace("\n", "\r\n").encode()


def many_headers(many: int) -> bytes:
    """Return as many headers, each of another name, to stand above a mail."""
    return b"".join(b"X-Kop-%d: nilai %d\r\n" % (number, number) for number in range(many))
