"""Revising a desk: its files become its newest revision, and the history says so.

Whether the files are sound is checked before, where files are read; a revision with mistakes is never kept.
"""

from collections.abc import Mapping
from datetime import datetime

from tickets import revisions
from tickets.actions.errors import ActError
from tickets.actions.rights import require
from tickets.actor import Actor, Role
from tickets.ledger.events import append
from tickets.ledger.writer import Tx
from tickets.promises import Terms


class EditedMeanwhileError(ActError):
    """Somebody else has saved the desk since its files were read."""

    code = "edited_meanwhile"
    field = "revision"

    def __init__(self, desk: str, newest: int) -> None:
        super().__init__(f"{desk} has been edited meanwhile; its newest revision is {newest}")
        self.newest = newest


def revise(
    tx: Tx,
    desk: str,
    files: Mapping[str, str],
    *,
    terms: Terms,
    read: int,
    by: Actor,
    at: datetime,
    note: str | None = None,
) -> int:
    """Keep files that somebody edited; `read` is the revision they began from. Returns the new one's number."""
    require(by, Role.SUPERVISOR, desk)
    newest = revisions.newest(tx, desk)
    if newest is not None and newest.number != read:
        raise EditedMeanwhileError(desk, newest.number)
    return keep(tx, desk, files, terms=terms, saved_by=by.key, actor=by, at=at, note=note)


def keep(
    tx: Tx,
    desk: str,
    files: Mapping[str, str],
    *,
    terms: Terms,
    saved_by: str,
    actor: Actor,
    at: datetime,
    note: str | None = None,
) -> int:
    """Keep files as the newest revision; `saved_by` is how the revision names where they came from."""
    number = revisions.save(tx, desk=desk, files=files, terms=terms, by=saved_by, at=at, note=note)
    append(tx, "desk.revised", desk=desk, at=at, actor=actor.key, revision=number)
    return number
