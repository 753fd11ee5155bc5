"""The survey of public services: a contact is invited once a period, and answers once, until the period ends."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update

from tickets.actions.errors import RuleError
from tickets.contacts import AddressNow
from tickets.ledger.events import append
from tickets.ledger.prepared import Prepared, Row, inserting_once
from tickets.ledger.tx import Tx
from tickets.survey import ELEMENTS, MARKS, Period, checked
from tickets.tables import SurveyInvitation

_INVITATIONS = SurveyInvitation.__table__  # type: ignore[attr-defined]
_INSERT = inserting_once(SurveyInvitation)
_BY_ID = Prepared(select(_INVITATIONS).where(_INVITATIONS.c.id == bindparam("id")))
_ANSWER = Prepared(
    update(_INVITATIONS)
    .where(_INVITATIONS.c.id == bindparam("key"))
    .values({name: bindparam(name) for name in ("marks", "answered_at", "changed_at")})
)
_RESPONDENT = Prepared(
    update(_INVITATIONS)
    .where(_INVITATIONS.c.id == bindparam("key"))
    .values({name: bindparam(name) for name in ("age", "sex", "education", "occupation", "remark")})
)


class SurveyOverError(RuleError):
    """The period is over: its answers stand."""

    code = "survey_over"


@dataclass(frozen=True, kw_only=True)
class Respondent:
    """What the regulation's form asks of whoever answers, all of it optional, and their own words."""

    age: int | None = None
    sex: str | None = None
    education: str | None = None
    occupation: str | None = None
    remark: str | None = None


@dataclass(frozen=True, kw_only=True)
class Invitation:
    """An invitation as it stands in this transaction."""

    id: int
    desk: str
    period: str
    contact: int
    address: int
    invited_at: datetime
    expires_at: datetime
    marks: Sequence[int | None] | None
    answered_at: datetime | None
    changed_at: datetime | None
    age: int | None
    sex: str | None
    education: str | None
    occupation: str | None
    remark: str | None

    @property
    def next(self) -> int | None:
        """Return the place of the first element without a mark; None if there is one for each."""
        marks = self.marks or (None,) * len(ELEMENTS)
        return next((place for place, mark in enumerate(marks) if mark is None), None)


def invite(tx: Tx, address: AddressNow, *, desk: str, period: Period, at: datetime) -> Invitation | None:
    """Write an invitation down; None if the contact has one for this period already."""
    key = tx.next_id("survey_invitations")
    new = tx.run(
        _INSERT, id=key, desk=desk, period=period.key, contact=address.contact, address=address.id, invited_at=at,
        expires_at=period.end_at,
    )  # fmt: skip
    if not new:
        return None
    append(tx, "public_survey.invited", desk=desk, at=at, subject=key, actor="bot", period=period.key)
    return load(tx, key)


def load(tx: Tx, invitation: int) -> Invitation | None:
    row = tx.one(_BY_ID, id=invitation)
    return None if row is None else _invitation(row)


def answer(
    tx: Tx, invitation: Invitation, marks: Sequence[int], respondent: Respondent, *, at: datetime
) -> None:
    """Take complete answers, or others in their place. Raises SurveyOverError; ValueError if they are not complete."""
    given = checked(marks)
    _keep(tx, invitation, list(given), at=at)
    tx.run(
        _RESPONDENT, key=invitation.id, age=respondent.age, sex=respondent.sex, education=respondent.education,
        occupation=respondent.occupation, remark=respondent.remark,
    )  # fmt: skip


def mark(tx: Tx, invitation: Invitation, place: int, given: int, *, at: datetime) -> Invitation:
    """Take one mark, as chats give them: one by one. Raises SurveyOverError, ValueError."""
    if place not in range(len(ELEMENTS)) or given not in MARKS:
        raise ValueError(f"there is no mark {given} for element {place}")
    marks = list(invitation.marks or (None,) * len(ELEMENTS))
    marks[place] = given
    _keep(tx, invitation, marks, at=at)
    kept = load(tx, invitation.id)
    assert kept is not None
    return kept


def _keep(tx: Tx, invitation: Invitation, marks: list[Any], *, at: datetime) -> None:
    if at >= invitation.expires_at:
        raise SurveyOverError(f"the survey {invitation.period} is over")
    complete = None not in marks
    answered_at = invitation.answered_at or (at if complete else None)
    tx.run(_ANSWER, key=invitation.id, marks=marks, answered_at=answered_at, changed_at=at)
    if complete and marks != invitation.marks:
        append(
            tx, "public_survey.answered", desk=invitation.desk, at=at, subject=invitation.id, actor="contact",
            period=invitation.period, changed=invitation.answered_at is not None,
        )  # fmt: skip


def _invitation(row: Row) -> Invitation:
    return Invitation(**row._asdict())
