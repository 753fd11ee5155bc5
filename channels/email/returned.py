"""Mail that came back: a mail server tells that something of ours did not arrive, or not yet.

Standard reports (RFC 3464) say so by their structure. Many servers write prose instead; they are known by who speaks
(a mailer daemon, or nobody at all) together with what is said, in the languages in which servers speak. One sign alone
is never enough, so that a person who forwards such a mail, or asks about one, stays a person.
"""

import re
from collections.abc import Iterator
from email.message import Message

from channels.email.headers import Headers, addresses, first, own_message_id, text_of
from channels.email.notices import READ, Speaker, speaker_of, tells_of_return
from channels.email.responders import asks_to_be_let_in
from channels.email.transfer import payload_of
from tickets.message import Returned

_DEEPEST = 3  # a report within a forwarded mail is somebody else's
_ARRIVED = frozenset({"delivered", "relayed", "expanded"})

_REJECTED = re.compile(
    r"reject|refus|quota|not (?:be )?deliver|abgelehnt|ditolak|rechaz|rejeit|rifiutat", re.IGNORECASE
)
_LATER = re.compile(
    r"delay|postpon|still being retried|tertunda|warning: (?:message|could not)|will be retried|will (?:continue|keep) (?:to )?(?:be )?(?:try|made)|not been delivered yet|verzögert|retard",
    re.IGNORECASE,
)
_STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
_MESSAGE_ID = re.compile(r"^[> \t]*Message-I[Dd]:[ \t]*(<[^<>\s]{1,800}>)", re.MULTILINE | re.IGNORECASE)
_RECIPIENT = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w-]{1,100}(?:\.[\w-]{1,100})*")


def returned(
    message: Message, headers: Headers, *, text: str, sender: str, envelope_from: str | None
) -> Returned | None:
    """Return what a mail server says of a mail that did not arrive; None for anything else. Never raises."""
    kind = first(headers, "content-type").lower()
    parts = list(_parts(message))
    prose = text[:READ]
    subject = text_of(first(headers, "subject"))[:500]
    speaker = speaker_of(headers, sender=sender, envelope_from=envelope_from)
    groups = _groups(parts, _REPORTS)
    actions = {group.get("action", "").lower() for group in groups} - {""}
    if (actions and actions <= _ARRIVED) or "feedback-report" in kind:
        return None  # it did arrive, or somebody complained of it
    if "disposition-notification" in kind:
        if not _REJECTED.search(f"{subject}\n{prose[:1000]}"):
            return None  # somebody read it, or deleted it
        groups = _groups(parts, _DISPOSITIONS)
    elif _is_report(kind, groups, speaker):
        if not speaker.is_server and asks_to_be_let_in(prose):
            return None  # it waits for a word of the sender
    elif not first(headers, "x-failed-recipients").strip() and not tells_of_return(
        speaker,
        subject=subject,
        prose=prose,
        has_copy=any(part.get_content_type() in _COPIES for part in parts),
    ):
        return None
    later = actions == {"delayed"} if actions else _LATER.search(f"{subject}\n{prose[:3000]}")
    missed = [group for group in groups if group.get("action", "").lower() not in _ARRIVED] or groups
    recipient = _recipient(headers, missed, prose)
    return Returned(
        message_id=_returned_id(parts, groups, prose),
        recipient=recipient,
        others=tuple(each for each in _recipients(missed) if each != recipient),
        status=_status(missed, prose),
        final=not later,
    )


_REPORTS = frozenset({"message/delivery-status", "message/global-delivery-status"})
_DISPOSITIONS = frozenset({"message/disposition-notification", "message/global-disposition-notification"})
_COPIES = frozenset({"message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers"})


def _is_report(kind: str, groups: list[dict[str, str]], speaker: Speaker) -> bool:
    """Whether it is a report by its structure; a part of one may also hang at a mail that passes it on."""
    if "multipart/report" in kind:
        return bool(groups) or "delivery-status" in kind
    return bool(groups) and (kind.startswith("message/") or speaker.is_server)


def _parts(message: Message, depth: int = 0) -> Iterator[Message]:
    """Yield the parts of a mail, not those of the mails within it."""
    yield message
    if depth >= _DEEPEST or not message.get_content_type().startswith("multipart/"):
        return
    payload = payload_of(message)
    if isinstance(payload, list):
        for part in payload:
            if isinstance(part, Message):
                yield from _parts(part, depth + 1)


def _groups(parts: list[Message], kinds: frozenset[str]) -> list[dict[str, str]]:
    """Return the groups of fields in the reports of some kinds; the parser has made a message of each."""
    payloads = [payload_of(part) for part in parts if part.get_content_type() in kinds]
    return [
        {name.lower(): text_of(str(value))[:1000] for name, value in group.raw_items()}
        for payload in payloads
        if isinstance(payload, list)
        for group in payload
        if isinstance(group, Message) and group.items()
    ]


def _returned_id(parts: list[Message], groups: list[dict[str, str]], prose: str) -> str | None:
    for group in groups:
        if named := own_message_id(group.get("original-message-id", "")):
            return named
    for part in parts:
        if part.get_content_type() not in _COPIES:
            continue
        payload = payload_of(part)
        if isinstance(payload, list) and payload and isinstance(payload[0], Message):
            named = own_message_id(str(dict(_lower(payload[0])).get("message-id", "")))
        else:
            found = _MESSAGE_ID.search(str(payload)[:READ])
            named = own_message_id(found[1]) if found else None
        if named:
            return named
    found = _MESSAGE_ID.search(prose)
    return own_message_id(found[1]) if found else None


def _lower(message: Message) -> Iterator[tuple[str, str]]:
    return ((name.lower(), str(value)) for name, value in message.raw_items())


def _recipients(groups: list[dict[str, str]]) -> list[str]:
    """Return whom a report says that the mail did not reach."""
    named = (
        _RECIPIENT.search(group.get("final-recipient", ""))
        or _RECIPIENT.search(group.get("original-recipient", ""))
        for group in groups
    )
    return list(dict.fromkeys(found[0].lower() for found in named if found))


def _recipient(headers: Headers, groups: list[dict[str, str]], prose: str) -> str | None:
    if reported := _recipients(groups):
        return reported[0]
    for _, address in addresses(first(headers, "x-failed-recipients")):
        return address
    found = _RECIPIENT.search(prose)
    return found[0].lower() if found else None


def _status(groups: list[dict[str, str]], prose: str) -> str | None:
    for group in groups:
        found = _STATUS.search(group.get("status", ""))
        if found:
            return found[1]
    found = _STATUS.search(prose)
    return found[1] if found else None
