"""Looking at a ticket: what the contact wrote until then is no longer new to whoever looked.

No event tells of it: nothing has happened to the ticket, and who read what when is nobody else's business.
"""

from tickets import ticket as tickets_
from tickets.actions.rights import require_on
from tickets.actor import Actor, Role
from tickets.ledger.prepared import Prepared
from tickets.ledger.tx import Tx
from tickets.tables import SeenTicket

_SEEN = SeenTicket.__table__  # type: ignore[attr-defined]
_SEE = Prepared(
    lambda insert: insert(_SEEN).on_conflict_do_update(
        index_elements=["by", "ticket"],
        set_={"message": insert(_SEEN).excluded.message},
        where=_SEEN.c.message < insert(_SEEN).excluded.message,  # an older page tells late
    )
)


def see(tx: Tx, number: int, message: int, *, by: Actor) -> None:
    """Write down that they have seen a ticket up to a message of its contact."""
    require_on(by, Role.VIEWER, tickets_.load(tx, number))
    tx.run(_SEE, by=by.key, ticket=number, message=message)
