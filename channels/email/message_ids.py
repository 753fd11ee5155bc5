"""The Message-IDs of our own mail: the same on every try of one delivery, so that a copy can be recognised.

They are signed with a key of the installation. Numbers of deliveries can be guessed, so that without a signature a
stranger could write into anybody's ticket; who refers to a signed one got our mail, or was shown it. The same number
and signature may stand behind a plus in the desk's address, for mail programs and servers that refer to nothing.
"""

import hmac
import re
from collections.abc import Collection, Iterable
from hashlib import sha256

_OURS = re.compile(r"<tanggap\.([1-9]\d{0,17})\.([0-9a-f]{32})@[^<>@\s]+>", re.IGNORECASE)
_PLUS = re.compile(r"([^+@\s]+)\+([1-9]\d{0,17}\.[0-9a-f]{32})@(\S+)", re.IGNORECASE)
_LONGEST_LOCAL_PART = 64  # RFC 5321


def plus_address_of(message_id: str, address: str) -> str:
    """Return the desk's address with what signs a Message-ID of ours in it; the plain one where there is no room."""
    named = _OURS.fullmatch(message_id)
    local, _, domain = address.rpartition("@")
    if named is None or len(marked := f"{local}+{named[1]}.{named[2]}") > _LONGEST_LOCAL_PART:
        return address
    return f"{marked}@{domain}"


def message_id_at(address: str, own_addresses: Collection[str]) -> str | None:
    """Return the Message-ID that an address of ours with a plus stands for; None for any other address."""
    plus = _PLUS.fullmatch(address)
    if plus is None or f"{plus[1]}@{plus[3]}" not in own_addresses:
        return None
    return f"<tanggap.{plus[2]}@{plus[3]}>"


class MessageIds:
    """Makes them and knows them again."""

    def __init__(self, secret: str) -> None:
        self._key = hmac.digest(secret.encode(), b"message ids", sha256)

    def of(self, delivery: int, domain: str) -> str:
        """Return the Message-ID, with angle brackets, under which a delivery goes out."""
        return f"<tanggap.{delivery}.{self._signature(delivery)}@{domain.strip().lower() or 'localhost'}>"

    def delivery_of(self, message_id: str) -> int | None:
        """Return the delivery that a Message-ID of ours names; None for anybody else's, and for a forged one."""
        named = _OURS.fullmatch(message_id)
        if named is None:
            return None
        delivery = int(named[1])
        return delivery if hmac.compare_digest(named[2].lower(), self._signature(delivery)) else None

    def among(self, message_ids: Iterable[str]) -> dict[str, int]:
        """Return those that are ours, and the delivery that each names."""
        found = ((each, self.delivery_of(each)) for each in message_ids)
        return {each: delivery for each, delivery in found if delivery is not None}

    def _signature(self, delivery: int) -> str:
        return hmac.digest(self._key, str(delivery).encode(), sha256).hex()[:32]
