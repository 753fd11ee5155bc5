"""Procedures as they were when a case began, read out of the revision that was in force then."""

from collections.abc import Callable, Mapping, Sequence

import structlog

from bot.desk_files import DeskFileError, desk_from_files
from bot.desks import Desks, OpenDesk
from procedures.cases.rows import CaseNow
from procedures.definition.procedure import Procedure
from tickets import revisions
from tickets.ledger.store import Ledger
from tickets.ledger.tx import Tx

log = structlog.get_logger()


def procedures_under(tx: Tx, desk: str, revision: int) -> Sequence[Procedure]:
    """Return a desk's procedures under a revision of it. A revision never changes, so the writer remembers them."""
    key = ("procedures", desk, revision)
    known: Sequence[Procedure] | None = tx.lasting.get(key)
    if known is None:
        found = revisions.numbered(tx, desk, revision)
        known = tx.lasting[key] = _read(found.files) if found else ()
    return known


def _read(files: Mapping[str, str]) -> Sequence[Procedure]:
    try:
        return desk_from_files(files, {}).procedures
    except (
        DeskFileError
    ) as error:  # an older program took these files: its cases stand still, nothing else does
        log.warning("procedures.unreadable", first=str(error.problems[0]))
        return ()


def procedure_of(tx: Tx, case: CaseNow, desk: OpenDesk) -> Procedure | None:
    """Return the procedure on which a case of a desk runs, its roles held by those whom the answers name."""
    is_newest = (case.desk, case.revision) == (desk.slug, desk.now.revision)
    known = desk.procedures if is_newest else procedures_under(tx, case.desk, case.revision)
    found = next((one for one in known if one.id == case.procedure), None)
    return found.held_for(case.answers) if found else None


def for_pages(ledger: Ledger, desks: Desks) -> Callable[[str, int], Sequence[Procedure]]:
    """Return how pages ask for a desk's procedures under a revision: the writer is troubled for former ones alone."""

    def under(slug: str, revision: int) -> Sequence[Procedure]:
        desk = desks.get(slug)
        if desk is not None and desk.now.revision == revision:
            return desk.procedures
        return ledger.write_blocking(lambda tx: procedures_under(tx, slug, revision), name="procedures")

    return under
