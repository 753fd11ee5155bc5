"""Procedures as they were when a case began, read out of the revision that was in force then."""

from collections.abc import Mapping, Sequence

from bot.desk_files import desk_from_files
from procedures.definition import Procedure
from tickets import revisions
from tickets.ledger.store import Ledger
from tickets.ledger.writer import Tx


class FormerProcedures:
    """Called with a desk and a revision of it. A revision never changes, so it is read once."""

    def __init__(self, ledger: Ledger, environment: Mapping[str, str]) -> None:
        self._ledger = ledger
        self._environment = environment
        self._known: dict[tuple[str, int], Sequence[Procedure]] = {}

    def __call__(self, desk: str, revision: int) -> Sequence[Procedure]:
        """Waits for the writer if it has to read; not for the event loop."""
        known = self._known.get((desk, revision))
        if known is not None:
            return known
        return self._ledger.write_blocking(lambda tx: self.under(tx, desk, revision), name="procedures")

    def under(self, tx: Tx, desk: str, revision: int) -> Sequence[Procedure]:
        """Return them within a transaction of the writer."""
        key = (desk, revision)
        if key not in self._known:
            found = revisions.numbered(tx, desk, revision)
            self._known[key] = desk_from_files(found.files, self._environment).procedures if found else ()
        return self._known[key]
