"""From a mail's bytes to the words of the desk. Pure, and never raises: what cannot be read stays in `raw`.

The parser runs with the old policy (compat32) and everything is decoded only when it is used: the new policy parses
every header fully and takes ten times as long.
"""

import hashlib
import re
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime

from channels.email.authenticity import authenticity_of
from channels.email.automatic import is_automatic, is_through_own_group
from channels.email.body import body_of
from channels.email.headers import (
    Headers,
    address_without_domain,
    addresses,
    first,
    headers_of,
    message_ids,
    own_message_id,
    text_of,
)
from channels.email.mending import from_the_headers_on
from channels.email.message_ids import message_id_at
from channels.email.multiparts import parsed
from channels.email.quotes import own_words
from channels.email.returned import returned
from tickets.message import Channel, Person, Place, Said

UNKNOWN_SENDER = "unknown@sender.invalid"
_LOOKED_THROUGH = 200_000  # characters in which the sender's words are told from those of others
_BLANK_LINE = re.compile(rb"\r?\n[ \t]*\r?\n|\A\r?\n")


def parse_mail(
    raw: bytes,
    *,
    account: str,
    own_addresses: Collection[str],
    envelope_from: str | None = None,
    received_at: datetime | None = None,
    trusted: Collection[str] = (),
) -> Said:
    """Say what a mail says. `own_addresses` are the desk's, in lower case; `envelope_from` is SMTP's, if it is known.

    `trusted` names the servers whose Authentication-Results count.
    """
    lines = raw if b"\n" in raw else raw.replace(b"\r", b"\n")  # some gateways end lines by a bare CR
    lines = from_the_headers_on(lines)
    message = parsed(lines)
    headers = headers_of(message)
    event_id = _event_id(lines, headers)
    external_id = own_message_id(first(headers, "message-id")) or f"<{event_id[:32]}@no-message-id.invalid>"
    answered = message_ids(first(headers, "in-reply-to"))
    sender = _behind_own_group(headers, own_addresses) or _sender(headers, envelope_from)
    subject = text_of(first(headers, "subject"))[:1000]
    body = body_of(message)
    sent_to = _own_message_sent_to(headers, own_addresses)
    text = _own(body.text, subject=subject)
    back = returned(message, headers, text=body.text, sender=sender.address, envelope_from=envelope_from)
    if back is not None and back.message_id is None:
        back = replace(back, message_id=sent_to or next(iter(answered), None))
    # A mail that came back belongs where the one belongs that it brings.
    named = (*answered[:1], sent_to, back.message_id if back is not None else None)
    references = _references(headers, named, without=external_id)
    return Said(
        event_id=event_id,
        external_id=external_id,
        place=Place(
            account=account,
            channel=Channel.EMAIL,
            address=sender.address,
            thread=references[0] if references else external_id,
        ),
        sender=sender,
        text=text,
        full_text=body.text if body.text != text else None,
        html=body.html,
        subject=subject or None,
        files=body.files,
        said_at=received_at,
        replies_to=answered[0] if answered else None,
        references=references,
        participants=_participants(headers, {sender.address, *own_addresses}),
        automatic=back is not None
        or is_automatic(
            headers,
            text=text,
            sender=sender.address,
            own_addresses=own_addresses,
            envelope_from=envelope_from,
        ),
        bounce=back is not None,
        returned=back,
        authenticity=authenticity_of(headers, trusted),
        raw=raw,
    )


def _references(headers: Headers, named: Iterable[str | None], *, without: str) -> tuple[str, ...]:
    """Return the mails to which it refers, each once, the first of the conversation first."""
    before = message_ids(first(headers, "references"))
    return tuple(dict.fromkeys(each for each in (*before, *named) if each is not None and each != without))


def _own(text: str, *, subject: str) -> str:
    """Return what the sender wrote. What follows a text that is longer than anybody writes stays with it, uncut."""
    head, rest = text[:_LOOKED_THROUGH], text[_LOOKED_THROUGH:]
    own = own_words(head, subject=subject)
    return f"{head}{rest}" if rest and len(own) > len(head) / 2 else own


def _event_id(raw: bytes, headers: Headers) -> str:
    """Name the mail by what stays the same when it comes again, by whichever way."""
    blank = _BLANK_LINE.search(raw)
    names: tuple[str, ...] = ("message-id", "from", "date")
    start = blank.end() if blank else len(raw)
    if not first(headers, "message-id") and not first(headers, "date"):
        # Only what it says tells it from others, and that may stand above the blank line, or without one.
        names, start = (*names, "subject"), blank.end() if blank else 0
    digest = hashlib.sha256()
    for name in names:
        digest.update(" ".join(first(headers, name).split()).encode("utf-8", "surrogateescape") + b"\0")
    digest.update(raw[start:].replace(b"\r\n", b"\n").rstrip())
    return digest.hexdigest()


def _sender(headers: Headers, envelope_from: str | None) -> Person:
    for raw in (
        first(headers, "from"),
        first(headers, "sender"),
        envelope_from or "",
        first(headers, "return-path"),
    ):
        for name, address in addresses(raw)[:1]:
            return Person(address=address, name=name)
    local = address_without_domain(first(headers, "from"))
    if local is not None:
        return Person(address=local[1], name=local[0])
    return Person(address=UNKNOWN_SENDER, name=text_of(first(headers, "from"))[:200] or None)


def _behind_own_group(headers: Headers, own_addresses: Collection[str]) -> Person | None:
    """Return who wrote through a group that is the desk's address and puts itself into From.

    Google Groups does so for senders whose domain lets nobody else send in its name (DMARC), and keeps their own address
    in X-Original-From.
    """
    named = addresses(first(headers, "from"))[:1]
    if not named or named[0][1] not in own_addresses or not is_through_own_group(headers, own_addresses):
        return None
    for name, address in addresses(first(headers, "x-original-from"))[:1]:
        return None if address in own_addresses else Person(address=address, name=name)
    return None


def _own_message_sent_to(headers: Headers, own_addresses: Collection[str]) -> str | None:
    """Return the Message-ID of ours for which the address stands that this was sent to, if it is such an address."""
    named = (
        message_id_at(address, own_addresses)
        for header in ("to", "cc", "delivered-to", "x-original-to", "envelope-to")
        for raw in headers.get(header, ())[:5]
        for _, address in addresses(raw)
    )
    return next((each for each in named if each is not None), None)


def _participants(headers: Headers, without: Collection[str]) -> tuple[str, ...]:
    everybody = (
        address for name in ("to", "cc") for raw in headers.get(name, ())[:5] for _, address in addresses(raw)
    )
    others = (each for each in everybody if not {each, _without_plus(each)} & set(without))
    return tuple(dict.fromkeys(others))


def _without_plus(address: str) -> str:
    local, _, domain = address.rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"
