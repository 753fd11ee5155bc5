"""What a link such as `https://t.me/<bot>?start=lupa-sandi` asks for: a category of the desk, or one of its desks.

Whoever opens it may have written it themselves, so it only says what somebody could have said in words: it opens
nothing, shows nothing of anybody, and a payload that means nothing here is passed over.
https://core.telegram.org/bots/features#deep-linking
"""

import re

_START = re.compile(r"/start(?:\s+(?P<payload>.*))?", re.IGNORECASE | re.DOTALL)
_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)


def is_start(text: str) -> bool:
    return _START.fullmatch(text.strip()) is not None


def payload_of(text: str) -> str | None:
    """Return what stands behind `/start`, if it is such as Telegram lets into a link."""
    found = _START.fullmatch(text.strip())
    payload = (found["payload"] or "").strip() if found else ""
    return payload if _PAYLOAD.fullmatch(payload) else None
