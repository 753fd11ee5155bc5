"""Revising a desk: its files become its newest revision, and the history says so.

Whether files are sound is checked where files are read, and handed in as `Check`: chat, pages and API save by the same
check as `tanggap desk check`, and a revision with mistakes is never kept.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from tickets import revisions
from tickets.actions.errors import ActError
from tickets.actions.rights import require
from tickets.actor import Actor, Role
from tickets.desk import Desk
from tickets.ledger.events import append
from tickets.ledger.tx import Tx
from tickets.promises import Terms

_SHOWN = 5  # mistakes in the sentence of an error; the error itself has all of them


class EditedMeanwhileError(ActError):
    """Somebody else has saved the desk since its files were read."""

    code = "edited_meanwhile"
    field = "revision"

    def __init__(self, desk: str, newest: int) -> None:
        super().__init__(f"{desk} has been edited meanwhile; its newest revision is {newest}")
        self.newest = newest


@dataclass(frozen=True, kw_only=True)
class Mistake:
    file: str
    line: int  # 0 where the file itself is the trouble
    message: str  # what is expected

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}" if self.line else f"{self.file}: {self.message}"


class MistakesError(ActError):
    """The files have mistakes, so they are not kept."""

    code = "mistakes"
    field = "files"

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        super().__init__("; ".join(str(mistake) for mistake in mistakes[:_SHOWN]))
        self.mistakes = tuple(mistakes)


Check = Callable[[Mapping[str, str]], Desk]  # raises MistakesError


def edit(
    tx: Tx,
    desk: str,
    change: Callable[[Mapping[str, str]], Mapping[str, str]],
    *,
    check: Check,
    by: Actor,
    at: datetime,
    note: str | None = None,
) -> int:
    """Change some of the files as they stand now; `change` takes all of them and returns those that are new.

    Checking takes a good part of a second, which is why pages check first and call `revise`.
    """
    require(by, Role.SUPERVISOR, desk)
    newest = revisions.newest(tx, desk)
    files = newest.files if newest is not None else {}
    edited = {**files, **change(files)}
    if edited == dict(files) and newest is not None:
        return newest.number
    return revise(
        tx,
        desk,
        edited,
        terms=check(edited).terms,
        read=newest.number if newest else 0,
        by=by,
        at=at,
        note=note,
    )


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
