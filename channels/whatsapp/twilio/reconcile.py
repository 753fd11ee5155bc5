"""Whether a message whose outcome is not known is among those that Twilio lists.

Twilio has no key of ours to ask for, so a message is known by recipient and words, among those that are not known to be
another one. Its time says little: a clock of ours that was wrong for a while would have us send again what was sent.
The list is asked without a date: `DateSent` is empty as long as a message is queued, and a filter might hide just the
one that is looked for.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from channels.contract import Found
from channels.whatsapp.outcomes import OutcomeUnknown, PartlySent
from channels.whatsapp.twilio.calls import Listed
from channels.whatsapp.twilio.drafts import Draft
from channels.whatsapp.twilio.parse import STATES, failure
from tickets.message import Delivery

LOOKED_AT = 100  # newest messages to one contact
TELLING = 3  # characters of a value from which it is hardly in another message by chance
SKEW = timedelta(days=1)  # between Twilio's clock and ours, if ours is set to another zone or jumps

_PROGRESS = (
    Delivery.FAILED,
    Delivery.QUEUED,
    Delivery.SENDING,
    Delivery.SENT,
    Delivery.DELIVERED,
    Delivery.READ,
)


def found_among(
    listed: Sequence[Listed], drafts: Sequence[Draft], *, tried_at: datetime, known: Collection[str] = ()
) -> Found | None:
    """Return what became of the drafts, or None if Twilio surely has none of them.

    `listed` are the newest messages to the contact; those that are `known` are others. Raises OutcomeUnknown if only
    some drafts are there (PartlySent), if the list does not reach back far enough, or if a template cannot be told from
    what is there.
    """
    since = tried_at - SKEW
    within = [each for each in listed if each.created_at is None or each.created_at >= since]
    recent = [each for each in within if each.sid not in known]
    if recent and any(_is_nameless(draft) for draft in drafts):
        raise OutcomeUnknown("Templat ini tidak dapat dibedakan dari pesan lain kepada kontak ini.")
    matched = _matched(recent, drafts)
    if len(matched) == len(drafts):
        return _found(matched)
    if matched:
        sids = tuple(each.sid for each in matched)
        raise PartlySent(external_ids=sids, parts=len(drafts), reason="Sisanya tidak ada di Twilio.")
    if len(within) >= LOOKED_AT:
        raise OutcomeUnknown("Terlalu banyak pesan ke kontak ini untuk memastikan apakah pesan terkirim.")
    return None


def _matched(recent: Sequence[Listed], drafts: Sequence[Draft]) -> list[Listed]:
    left = list(reversed(recent))  # oldest first, so that equal words are matched in the order they were sent
    matched = []
    for draft in drafts:
        match = next((each for each in left if _is(each, draft)), None)
        if match is not None:
            left.remove(match)
            matched.append(match)
    return matched


def _is_nameless(draft: Draft) -> bool:
    """Whether it is a template without a value that tells it from other messages."""
    return draft.content_sid is not None and max(map(len, draft.words), default=0) < TELLING


def _is(listed: Listed, draft: Draft) -> bool:
    if draft.media_url is not None:
        return listed.media > 0 and not listed.body
    words = _one_line(listed.body)
    if draft.content_sid is not None:  # rendered at Twilio, so only its variables are known here
        return all(each in words for each in draft.words)
    return words == _one_line(draft.body or "")


def _found(matched: Sequence[Listed]) -> Found:
    """Stand for all parts with the first one's name and the state of the one that is furthest behind."""
    behind = min(matched, key=lambda each: _PROGRESS.index(_state(each)))
    failed = _state(behind) is Delivery.FAILED
    return Found(
        external_id=matched[0].sid,
        state=_state(behind),
        error_code=str(behind.error_code) if failed and behind.error_code else None,
        error=failure(behind.status, behind.error_code) if failed else None,
    )


def _state(listed: Listed) -> Delivery:
    return STATES.get(listed.status, Delivery.SENT)


def _one_line(text: str) -> str:
    return " ".join(text.split())
