"""One-time codes that were sent and what they proved, inside the writer's transaction."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, select, update

from tickets.ledger.prepared import Prepared, Row, inserting
from tickets.ledger.tx import Tx
from tickets.tables import Address, Code, Proof

_CODES = Code.__table__  # type: ignore[attr-defined]
_PROOFS = Proof.__table__  # type: ignore[attr-defined]
_ADDRESSES = Address.__table__  # type: ignore[attr-defined]
_INSERT_CODE = inserting(Code)
_INSERT_PROOF = inserting(Proof)
_CODE = Prepared(select(_CODES).where(_CODES.c.id == bindparam("id")))
_NEWEST_CODE = Prepared(
    select(_CODES).where(_CODES.c.address == bindparam("address")).order_by(_CODES.c.id.desc()).limit(1)
)
_SENT_TO_CONTACT = Prepared(
    select(func.count().label("many")).where(
        _CODES.c.contact == bindparam("contact"), _CODES.c.at > bindparam("since")
    )
)
_SENT_TO_MAILBOX = Prepared(
    select(func.count().label("many")).where(
        _CODES.c.mailbox == bindparam("mailbox"), _CODES.c.at > bindparam("since")
    )
)
_TRIED = Prepared(
    update(_CODES)
    .where(_CODES.c.id == bindparam("key"))
    .values(tries=bindparam("tries"), used_at=bindparam("used_at"))
)
_OF_CONTACT = Prepared(
    select(_PROOFS)
    .join(_ADDRESSES, _ADDRESSES.c.id == _PROOFS.c.address)
    .where(_ADDRESSES.c.contact == bindparam("contact"))
    .order_by(_PROOFS.c.id)
)


@dataclass(frozen=True, kw_only=True)
class CodeNow:
    id: int
    contact: int
    address: int
    desk: str
    ticket: int | None
    at: datetime
    by: str | None
    entry: str
    mailbox: str
    nonce: str
    expires_at: datetime
    tries: int
    used_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class ProofNow:
    id: int
    address: int
    desk: str
    at: datetime
    entry: str
    mailbox: str
    code: int


def new_code(
    tx: Tx, *, contact: int, address: int, desk: str, ticket: int, by: str, entry: str, mailbox: str, nonce: str,
    expires_at: datetime, at: datetime,
) -> CodeNow:  # fmt: skip
    code = tx.next_id("codes")
    tx.run(
        _INSERT_CODE, id=code, contact=contact, address=address, desk=desk, ticket=ticket, at=at, by=by, entry=entry,
        mailbox=mailbox, nonce=nonce, expires_at=expires_at,
    )  # fmt: skip
    found = code_of(tx, code)
    assert found is not None
    return found


def code_of(tx: Tx, code: int) -> CodeNow | None:
    row = tx.one(_CODE, id=code)
    return None if row is None else _code(row)


def newest_code(tx: Tx, address: int) -> CodeNow | None:
    """Return the code that was sent last for this address; the ones before it count no more."""
    row = tx.one(_NEWEST_CODE, address=address)
    return None if row is None else _code(row)


def sent_to_contact(tx: Tx, contact: int, *, since: datetime) -> int:
    row = tx.one(_SENT_TO_CONTACT, contact=contact, since=since)
    return 0 if row is None else int(row.many)


def sent_to_mailbox(tx: Tx, mailbox: str, *, since: datetime) -> int:
    row = tx.one(_SENT_TO_MAILBOX, mailbox=mailbox, since=since)
    return 0 if row is None else int(row.many)


def note_try(tx: Tx, code: CodeNow, *, tries: int, used_at: datetime | None) -> None:
    tx.run(_TRIED, key=code.id, tries=tries, used_at=used_at)


def prove(tx: Tx, code: CodeNow, *, at: datetime) -> int:
    proof = tx.next_id("proofs")
    tx.run(
        _INSERT_PROOF, id=proof, address=code.address, desk=code.desk, at=at, entry=code.entry, mailbox=code.mailbox,
        code=code.id,
    )  # fmt: skip
    return proof


def of_contact(tx: Tx, contact: int) -> tuple[ProofNow, ...]:
    """Return what the addresses that a contact has now were proven to be, oldest first."""
    return tuple(ProofNow(**row._asdict()) for row in tx.all(_OF_CONTACT, contact=contact))


def _code(row: Row) -> CodeNow:
    return CodeNow(**row._asdict())
