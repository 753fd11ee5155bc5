"""Which ticket a mail belongs to: pure rules over what it says of itself.

An answer finds its ticket by a mail that it refers to, or by the number in its subject; never by the sender alone.
A reference to a Message-ID that we signed is proof enough, for only who received our mail knows it. Anything else
counts only from somebody who is part of that ticket already, so that a guessed number opens no stranger's ticket.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_NUMBER = re.compile(r"\[#(\d{1,12})\]|(?<![\w#/&])#(\d{1,12})(?!\w)")
_MARKED = re.compile(r"\[#\d{1,12}\]")
_ANSWERS = re.compile(
    r"\A(?:\s*(?:re|fwd?|bls|balas|aw|wg|sv|tr|rv|terusan|diteruskan)\s*(?:\[\d+\])?\s*:)+", re.IGNORECASE
)


@dataclass(frozen=True, kw_only=True)
class Trace:
    """A ticket that a mail's reference or subject points to."""

    ticket: int
    proven: bool  # the reference is a Message-ID that we signed
    participants: frozenset[str]  # mailboxes that are part of the ticket, lower case


def numbers_in(subject: str | None) -> tuple[int, ...]:
    """Return the ticket numbers that a subject names, `[#1042]` or `#1042`, first come first."""
    found = (int(match[1] or match[2]) for match in _NUMBER.finditer(subject or ""))
    return tuple(dict.fromkeys(found))


def plain_subject(subject: str | None) -> str:
    """Return what a subject is about, as answers and forwards of it share it: `Re: Nilai [#7]` is `nilai`."""
    return " ".join(_ANSWERS.sub("", _MARKED.sub(" ", subject or "")).casefold().split())


def choose(*, sender: str | None, by_reference: Iterable[Trace], by_number: Iterable[Trace]) -> int | None:
    """Return the ticket that the mail belongs to; references (the newest first) before numbers.

    `sender` is None where a mail only claims to come from somebody: then nothing but our own Message-ID counts.
    """
    for trace in by_reference:
        if trace.proven or sender in trace.participants:
            return trace.ticket
    for trace in by_number:
        if sender in trace.participants:
            return trace.ticket
    return None
