"""When people of the desk last wrote to an account whose channel has a window, inside the writer's transaction."""

from datetime import datetime

from sqlalchemy import bindparam, select

from tickets.ledger.prepared import Insert, Prepared
from tickets.ledger.tx import Tx
from tickets.message import Place
from tickets.tables import StaffHeard

_HEARD = StaffHeard.__table__  # type: ignore[attr-defined]
_LAST = Prepared(
    select(_HEARD.c.heard_at).where(
        _HEARD.c.account == bindparam("account"), _HEARD.c.external_id == bindparam("external_id")
    )
)


def _noting(insert: Insert) -> object:
    into = insert(_HEARD)
    return into.on_conflict_do_update(
        index_elements=["account", "external_id"], set_={"heard_at": into.excluded.heard_at}
    )


_NOTE = Prepared(_noting)  # type: ignore[arg-type]  # both dialects' inserts are executable


def note(tx: Tx, place: Place, *, at: datetime) -> None:
    """Note that somebody of the desk wrote."""
    tx.run(_NOTE, account=place.account, external_id=place.address, heard_at=at)


def heard_at(tx: Tx, place: Place) -> datetime | None:
    """Return when they last wrote; None: never."""
    row = tx.one(_LAST, account=place.account, external_id=place.address)
    return row.heard_at if row is not None else None
