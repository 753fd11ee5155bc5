"""The trail of the doors: who came in or was refused, and what was changed about who may. It is written, never changed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import bindparam, insert

from console.doors.visitor import Knock, Visitor
from console.tables import TrailEntry
from tickets.ledger.prepared import Prepared
from tickets.ledger.tx import Tx

LONGEST_NAME = 250  # characters of what somebody typed as their mailbox
LONGEST_BROWSER = 300
TERMINAL = "terminal"  # whoever works at the machine itself

_TRAIL = TrailEntry.__table__  # type: ignore[attr-defined]
_FIELDS = ("at", "kind", "who", "desk", "place", "browser", "data")
_INSERT = Prepared(insert(_TRAIL).values({name: bindparam(name) for name in _FIELDS}))


class Kind(StrEnum):
    LOGGED_IN = "login.good"
    REFUSED = "login.failed"
    SLOWED = "login.throttled"
    CODE_REFUSED = "login.code_failed"
    SSO_REFUSED = "login.sso_failed"
    LOGGED_OUT = "logout"
    INVITED = "account.invited"
    ACCOUNT_MADE = "account.made"
    RENAMED = "account.renamed"
    PASSWORD_CHANGED = "password.changed"  # noqa: S105
    PASSWORD_REFUSED = "password.failed"  # noqa: S105
    SECOND_FACTOR_ON = "second_factor.on"
    SECOND_FACTOR_OFF = "second_factor.off"
    RECOVERY_RENEWED = "recovery.renewed"
    SESSION_ENDED = "session.ended"
    DEVICE_ADDED = "device.added"
    DEVICE_REMOVED = "device.removed"
    EXPORTED = "export.made"
    NUMBERS_READ = "identity.read"  # by a program
    STAFF_ADDED = "staff.added"
    STAFF_DISABLED = "staff.disabled"
    TOKEN_MADE = "token.made"  # noqa: S105
    TOKEN_TAKEN_BACK = "token.taken_back"  # noqa: S105


@dataclass(frozen=True, kw_only=True)
class Entry:
    """Something that happened."""

    kind: Kind
    who: str
    knock: Knock = field(default_factory=Knock)
    desk: str | None = None
    data: Mapping[str, Any] | None = None  # `of`: whom it was done to, where that is somebody else


def write(tx: Tx, entry: Entry, *, at: datetime) -> None:
    tx.run(
        _INSERT, at=at, kind=str(entry.kind), who=entry.who[:LONGEST_NAME], desk=entry.desk,
        place=entry.knock.place, browser=entry.knock.browser[:LONGEST_BROWSER],
        data=dict(entry.data) if entry.data else None,
    )  # fmt: skip


def by(visitor: Visitor, kind: Kind, knock: Knock, **data: Any) -> Entry:
    """Return what somebody did who is inside."""
    return Entry(kind=kind, who=visitor.email, knock=knock, data=data)
