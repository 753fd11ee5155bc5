"""Scopes: which groups of the API's routes a token is good for, beside what its role may do.

`tickets:read` reads, `tickets:write` changes and reads. A token without scopes, as all were at first, is good for all.
"""

from collections.abc import Iterable

GROUPS = (
    "tickets",
    "messages",
    "identity",
    "catalogue",
    "people",
    "reports",
    "bookings",
    "webhooks",
    "settings",
)
READ, WRITE = "read", "write"
READS_ONLY = frozenset({"messages", "reports"})  # groups in which nothing can be changed
SCOPES = tuple(
    f"{group}:{way}" for group in GROUPS for way in (READ, WRITE) if way == READ or group not in READS_ONLY
)
SAFE_METHODS = frozenset({"GET", "HEAD"})


def needed(group: str, method: str) -> str:
    """Return the scope without which a request to a route of this group is refused."""
    return f"{group}:{READ if method in SAFE_METHODS or group in READS_ONLY else WRITE}"


def covers(scopes: Iterable[str] | None, scope: str) -> bool:
    """Whether a token with these scopes is good for that one; None: for every one."""
    if scopes is None:
        return True
    group, _, way = scope.partition(":")
    return scope in scopes or (way == READ and f"{group}:{WRITE}" in scopes)


def known(given: Iterable[str]) -> tuple[str, ...]:
    """Return scopes in their order, each once. Raises ValueError for one that there is not."""
    wanted = set(given)
    strange = wanted - set(SCOPES)
    if strange:
        raise ValueError(f"there is no scope {min(strange)}; expected some of {', '.join(SCOPES)}")
    return tuple(scope for scope in SCOPES if scope in wanted)
