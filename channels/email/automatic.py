"""Telling machines from people, so that two of them never talk to each other: RFC 3834, RFC 3464, and custom."""

from collections.abc import Collection

from channels.email.headers import Headers, addresses, first

_PRECEDENCE = frozenset({"bulk", "list", "junk", "auto_reply"})
_MARKS = ("x-autoreply", "x-autorespond", "list-id")
_POSTMASTERS = ("mailer-daemon", "postmaster")
_NULL = frozenset({"", "<>"})


def is_automatic(
    headers: Headers, *, sender: str, own_addresses: Collection[str], envelope_from: str | None
) -> bool:
    """Whether nobody waits for an answer, or an answer could start a loop. It is stored all the same."""
    submitted = first(headers, "auto-submitted").split(";")[0].strip().lower()
    return (
        submitted not in {"", "no"}
        or any(_said(headers, name) for name in _MARKS)
        or first(headers, "precedence").strip().lower() in _PRECEDENCE
        or _null_sender(headers, envelope_from)
        or _type(headers).startswith("multipart/report")
        or sender in own_addresses
    )


def is_bounce(headers: Headers, *, sender: str, envelope_from: str | None) -> bool:
    """Whether a mail server tells that a mail did not arrive."""
    kind = _type(headers)
    if kind.startswith("multipart/report") and "delivery-status" in kind:
        return True
    return sender.partition("@")[0] in _POSTMASTERS and _null_sender(headers, envelope_from)


def _said(headers: Headers, name: str) -> bool:
    return name in headers and first(headers, name).strip().lower() not in {"no", "false"}


def _null_sender(headers: Headers, envelope_from: str | None) -> bool:
    if envelope_from is not None and envelope_from.strip() in _NULL:
        return True
    return any(each.strip() == "<>" and not addresses(each) for each in headers.get("return-path", ()))


def _type(headers: Headers) -> str:
    return first(headers, "content-type").strip().lower()
