"""Procedures as they were when a case began, read out of the revision that was in force then."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from bot.desk_files import desk_from_files
from procedures.definition import Procedure
from tickets import revisions
from tickets.ledger.store import Ledger

_MOST = 64  # revisions kept in memory


class FormerProcedures:
    """Called with a desk and a revision of it. A revision never changes, so it is read once."""

    def __init__(self, ledger: Ledger, environment: Mapping[str, str]) -> None:
        self._ledger = ledger
        self._environment = environment
        self._read = lru_cache(maxsize=_MOST)(self._from_ledger)

    def __call__(self, desk: str, revision: int) -> Sequence[Procedure]:
        return self._read(desk, revision)

    def _from_ledger(self, desk: str, revision: int) -> Sequence[Procedure]:
        found = self._ledger.write_blocking(
            lambda tx: revisions.numbered(tx, desk, revision), name="procedures"
        )
        return desk_from_files(found.files, self._environment).procedures if found else ()
