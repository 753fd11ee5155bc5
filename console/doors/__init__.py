"""The doors: accounts, invitations, passwords, second factors, sessions. Of every key there is nothing but a hash."""

from console.doors.accounts import AccountNow, account_of, all_accounts, nobody_yet, speak
from console.doors.invitations import (
    INVITATION_LASTS,
    InvitationError,
    Invited,
    accept,
    invited,
    make_invitation,
)
from console.doors.passwords import LONGEST as LONGEST_PASSWORD
from console.doors.passwords import SHORTEST as SHORTEST_PASSWORD
from console.doors.passwords import Passwords
from console.doors.sessions import (
    SEEN_EVERY,
    SESSION_LASTS,
    SESSION_RESTS,
    end_all,
    end_session,
    open_among,
    open_sessions,
    seen,
    start_session,
    visitor_of,
)
from console.doors.visitor import Knock, Visitor, Way

__all__ = [
    "INVITATION_LASTS",
    "LONGEST_PASSWORD",
    "SEEN_EVERY",
    "SESSION_LASTS",
    "SESSION_RESTS",
    "SHORTEST_PASSWORD",
    "AccountNow",
    "InvitationError",
    "Invited",
    "Knock",
    "Passwords",
    "Visitor",
    "Way",
    "accept",
    "account_of",
    "all_accounts",
    "end_all",
    "end_session",
    "invited",
    "make_invitation",
    "nobody_yet",
    "open_among",
    "open_sessions",
    "seen",
    "speak",
    "start_session",
    "visitor_of",
]
