"""Where a provider brings messages to: whether that is here."""

from bot.accounts.building import webhook_part
from bot.doctor import words
from bot.doctor.asking import finding
from bot.doctor.findings import Finding, State
from tickets.connections import Account
from tickets.message import Channel


def expected_at(account: Account, public_url: str) -> str | None:
    """Return the webhook's address of an account; None where nothing can be brought to this installation."""
    if not public_url.startswith("https://"):
        return None
    part = webhook_part(account) if account.channel is Channel.TELEGRAM else account.desk
    return f"{public_url}/channels/{account.channel}/{part}"


def brought_to(account: Account, whom: str, there: object, expected: str) -> list[Finding]:
    """Compare where a provider brings messages to with where it should; nothing to find where it is right."""
    url = there if isinstance(there, str) else ""
    if url == expected:
        return []
    if not url:
        return [finding(account, State.BAD, words.NOWHERE, whom=whom, expected=expected)]
    return [finding(account, State.BAD, words.ELSEWHERE, whom=whom, there=shown(url), expected=expected)]


def shown(url: str) -> str:
    """Return a URL without what may be a secret in it."""
    return url.partition("?")[0].partition("#")[0][:120]
