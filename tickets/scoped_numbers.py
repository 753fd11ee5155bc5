"""Which telephone number somebody of a desk has, who writes under an id of WhatsApp's that shows none.

The provider showed both once, in one signed webhook. A number has one such id on an account: whoever shows another
beside it takes it over, so that a former owner's id commands nothing.
"""

from sqlalchemy import bindparam, delete, select

from tickets.ledger.prepared import Prepared, inserting
from tickets.ledger.tx import Tx
from tickets.tables import ScopedNumber

_NUMBERS = ScopedNumber.__table__  # type: ignore[attr-defined]
_INSERT = inserting(ScopedNumber)
_NUMBER = Prepared(
    select(_NUMBERS.c.number).where(
        _NUMBERS.c.account == bindparam("account"), _NUMBERS.c.external_id == bindparam("external_id")
    )
)
_FORGET = Prepared(
    delete(_NUMBERS).where(
        _NUMBERS.c.account == bindparam("at_account"),
        (_NUMBERS.c.number == bindparam("of_number")) | (_NUMBERS.c.external_id == bindparam("of_id")),
    )
)


def number_of(tx: Tx, *, account: str, external_id: str) -> str | None:
    row = tx.one(_NUMBER, account=account, external_id=external_id)
    return None if row is None else str(row.number)


def learn(tx: Tx, *, account: str, external_id: str, number: str) -> None:
    if number_of(tx, account=account, external_id=external_id) != number:
        tx.run(_FORGET, at_account=account, of_number=number, of_id=external_id)
        tx.run(_INSERT, account=account, external_id=external_id, number=number)
