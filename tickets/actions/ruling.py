"""What a desk's rules did: written down once for each cause, with the rule's name in the audit trail."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import bindparam, func, select

from tickets.actor import Actor, Kind
from tickets.ledger.events import append
from tickets.ledger.prepared import Prepared, inserting_once
from tickets.ledger.tx import Tx
from tickets.rules import Action, Rule
from tickets.tables import RuleTurn
from tickets.ticket import TicketNow

MOST_A_DAY = 20  # turns of one rule upon one ticket
_DAY = timedelta(days=1)

_TURNS = RuleTurn.__table__  # type: ignore[attr-defined]
_INSERT = inserting_once(RuleTurn)
_LATELY = Prepared(
    select(func.count().label("many")).where(
        _TURNS.c.ticket == bindparam("ticket"),
        _TURNS.c.rule == bindparam("rule"),
        _TURNS.c.at > bindparam("since"),
    )
)


def acting(rule: Rule) -> Actor:
    """Return who acts when a rule does: the service, in the rule's name."""
    return Actor(kind=Kind.SYSTEM, id=f"rule-{rule.id}")


def take_turn(tx: Tx, ticket: TicketNow, rule: Rule, cause: str, *, at: datetime) -> bool:
    """Claim a cause for a rule; False if it was claimed before, or if the rule has had its turns for today.

    Rules start no rules, but what listens to a webhook may act, and start one again: that circle ends here.
    """
    lately = tx.one(_LATELY, ticket=ticket.number, rule=rule.id, since=at - _DAY)
    if lately is not None and lately.many >= MOST_A_DAY:
        return False
    return bool(tx.run(_INSERT, ticket=ticket.number, rule=rule.id, cause=cause, desk=ticket.desk, at=at))


def applied(
    tx: Tx, ticket: TicketNow, rule: Rule, *, did: Sequence[Action], left: Sequence[Action], at: datetime
) -> int:
    """Write down what a rule did, and what it left as it was; the event."""
    return append(
        tx, "rule.applied", desk=ticket.desk, ticket=ticket.number, at=at, actor=acting(rule).key, rule=rule.id,
        did=[str(action) for action in did], left=[str(action) for action in left] or None,
    )  # fmt: skip
