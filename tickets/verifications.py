"""What is known about the truth of an identity, and who is to be looked up, inside the writer's transaction."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, select, update

from tickets.contacts import ContactNow, load_contact
from tickets.ledger.news import News
from tickets.ledger.prepared import Prepared, Row, inserting
from tickets.ledger.tx import Tx
from tickets.tables import Lookup, Verification
from tickets.verification import Finding, Listed, Outcome, Source

_VERIFICATIONS = Verification.__table__  # type: ignore[attr-defined]
_LOOKUPS = Lookup.__table__  # type: ignore[attr-defined]
_INSERT = inserting(Verification)
_NEWEST = Prepared(
    select(_VERIFICATIONS)
    .where(_VERIFICATIONS.c.contact == bindparam("contact"))
    .order_by(_VERIFICATIONS.c.id.desc())
    .limit(1)
)
_NEWEST_FROM = Prepared(
    select(_VERIFICATIONS)
    .where(_VERIFICATIONS.c.contact == bindparam("contact"), _VERIFICATIONS.c.source == bindparam("source"))
    .order_by(_VERIFICATIONS.c.id.desc())
    .limit(1)
)
_ASKED = Prepared(select(_LOOKUPS).where(_LOOKUPS.c.contact == bindparam("contact")))
_ASK = Prepared(
    lambda insert: insert(_LOOKUPS).on_conflict_do_update(
        index_elements=["contact"],
        set_={
            column.name: insert(_LOOKUPS).excluded[column.name]
            for column in _LOOKUPS.c
            if column.name != "contact"
        },
    )
)
_DUE = Prepared(
    select(_LOOKUPS)
    .where(_LOOKUPS.c.not_before <= bindparam("now"))
    .order_by(_LOOKUPS.c.not_before)
    .limit(bindparam("most"))
)
_THIS = (_LOOKUPS.c.contact == bindparam("of_contact"), _LOOKUPS.c.asked_at == bindparam("of_question"))
_LEASE = Prepared(
    update(_LOOKUPS).where(*_THIS).values(not_before=bindparam("until"), attempts=_LOOKUPS.c.attempts + 1)
)
_POSTPONE = Prepared(
    update(_LOOKUPS).where(*_THIS).values(not_before=bindparam("until"), error=bindparam("error"))
)
_DONE = Prepared(delete(_LOOKUPS).where(*_THIS))
LEASE = timedelta(minutes=1)


@dataclass(frozen=True, kw_only=True)
class Verified:
    """What the newest word on a contact's identity is, whosever it is."""

    id: int
    contact: int
    at: datetime
    source: Source
    place: str | None
    by: str | None
    outcome: Outcome
    claim: Mapping[str, str | None]
    compared: Mapping[str, str]
    listed: Listed | None
    entry: str | None
    reason: str | None


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Somebody who is to be looked up. Asked again meanwhile, they are to be looked up once more."""

    contact: int
    desk: str
    ticket: int | None
    asked_at: datetime
    asked_by: str | None
    tell: Mapping[str, Any] | None
    attempts: int
    error: str | None


def claim_of(contact: ContactNow) -> dict[str, str | None]:
    return {
        "name": contact.identity_name,
        "number": contact.identity_number,
        "unit": contact.identity_unit,
        "email": contact.identity_email,
    }


def current(tx: Tx, contact: int) -> Verified | None:
    row = tx.one(_NEWEST, contact=contact)
    return None if row is None else _verified(row)


def newest_from(tx: Tx, contact: int, source: Source) -> Verified | None:
    """Return the newest word of one kind, though others may have spoken since."""
    row = tx.one(_NEWEST_FROM, contact=contact, source=str(source))
    return None if row is None else _verified(row)


def write(
    tx: Tx, contact: ContactNow, finding: Finding, *, source: Source, ticket: int | None, at: datetime,
    by: str | None = None, place: str | None = None, reason: str | None = None,
    claim: Mapping[str, str | None] | None = None,
) -> int:  # fmt: skip
    verification = tx.next_id("verifications")
    listed = finding.listed
    tx.run(
        _INSERT, id=verification, contact=contact.id, desk=contact.desk, ticket=ticket, at=at, source=str(source),
        place=place, by=by, outcome=str(finding.outcome), claim=dict(claim or claim_of(contact)),
        compared={name: str(likeness) for name, likeness in finding.compared.items()},
        listed=asdict(listed) if listed else None, entry=listed.key if listed else None, reason=reason,
    )  # fmt: skip
    return verification


def ask(
    tx: Tx, contact: int, *, desk: str, ticket: int | None, by: str | None, at: datetime,
    tell: Mapping[str, Any] | None = None,
) -> None:  # fmt: skip
    """Have a contact looked up at once."""
    tx.run(
        _ASK, contact=contact, desk=desk, ticket=ticket, asked_at=at, asked_by=by, tell=dict(tell) if tell else None,
        not_before=at, attempts=0, error=None,
    )  # fmt: skip
    tx.tell(News.LOOKUPS)


def asked(tx: Tx, contact: int) -> Asked | None:
    row = tx.one(_ASKED, contact=contact)
    return None if row is None else _asked(row)


def take_due(tx: Tx, *, now: datetime, most: int) -> list[tuple[Asked, ContactNow]]:
    """Return who is to be looked up now; nobody else takes them for a minute."""
    due = [_asked(row) for row in tx.all(_DUE, now=now, most=most)]
    for one in due:
        tx.run(_LEASE, of_contact=one.contact, of_question=one.asked_at, until=now + LEASE)
    return [(one, load_contact(tx, one.contact)) for one in due]


def postpone(tx: Tx, question: Asked, *, until: datetime, error: str) -> bool:
    """Look them up later; False if they were asked for anew or are done."""
    done = tx.run(
        _POSTPONE, of_contact=question.contact, of_question=question.asked_at, until=until, error=error[:300]
    )
    return done == 1


def finish(tx: Tx, question: Asked) -> bool:
    """Forget the question; False if somebody else has answered it, or asked it anew."""
    return tx.run(_DONE, of_contact=question.contact, of_question=question.asked_at) == 1


def _asked(row: Row) -> Asked:
    fields = row._asdict()
    del fields["not_before"]
    return Asked(**fields)


def _verified(row: Row) -> Verified:
    return Verified(
        id=row.id, contact=row.contact, at=row.at, source=Source(row.source), place=row.place, by=row.by,
        outcome=Outcome(row.outcome), claim=row.claim or {}, compared=row.compared or {},
        listed=Listed(**row.listed) if row.listed else None, entry=row.entry, reason=row.reason,
    )  # fmt: skip
