"""The Message-IDs of our own mail: the same on every try of one delivery, so that a copy can be recognised."""

import re

_OURS = re.compile(r"<tanggap\.(\d{1,19})@[^<>@\s]+>")


def message_id_of(delivery_id: int, domain: str) -> str:
    """Return the Message-ID, with angle brackets, under which a delivery goes out."""
    return f"<tanggap.{delivery_id}@{domain.strip().lower() or 'localhost'}>"


def delivery_of(message_id: str) -> int | None:
    """Return the delivery that a Message-ID of ours names; None for anybody else's."""
    named = _OURS.fullmatch(message_id)
    return int(named[1]) if named else None
