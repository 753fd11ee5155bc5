"""What the doctor's questions to providers have in common: reading an answer, comparing clocks, wording a finding."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from bot.doctor.findings import Finding, State
from tickets.desk import Account

SKEW = timedelta(seconds=30)  # from which on instants of providers and ours are no longer of one time

Now = Callable[[], datetime]


def skew(account: Account, answer: httpx.Response, now: Now) -> list[Finding]:
    """Compare our clock with the provider's, as its answer shows it."""
    try:
        theirs = parsedate_to_datetime(answer.headers["Date"])
        off = abs(now() - theirs)
    except (KeyError, ValueError, TypeError):
        return []
    if off < SKEW:
        return []
    says = f"this machine's clock differs from the provider's by {off.total_seconds():.0f} seconds; set it by NTP."
    return [finding(account, State.WARNING, says)]


def content_of(answer: httpx.Response) -> Mapping[str, Any]:
    try:
        content = answer.json()
    except ValueError:
        return {}
    return content if isinstance(content, dict) else {}


def unreached(account: Account, whom: str, error: Exception) -> Finding:
    return finding(account, State.BAD, f"{whom} cannot be reached ({type(error).__name__}).")


def finding(account: Account, state: State, says: str) -> Finding:
    return Finding(about=account.key, state=state, says=says)
