"""Approved templates as their providers list them, and when they were asked for, inside the writer's transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Boolean, bindparam, delete, select, update
from sqlmodel import Session

from tickets.ledger.prepared import Prepared, Row, inserting, inserting_once
from tickets.ledger.tx import Tx
from tickets.message import ListedTemplate, Template, TemplateState, TemplateTold
from tickets.tables import ApprovedTemplate, TemplateList

FRESH_FOR = timedelta(days=1)
TRIED_AGAIN_AFTER = timedelta(minutes=1)

_TEMPLATES = ApprovedTemplate.__table__  # type: ignore[attr-defined]
_LISTS = TemplateList.__table__  # type: ignore[attr-defined]
_INSERT = inserting(ApprovedTemplate)
_INSERT_LIST = inserting_once(TemplateList)
_OF_ACCOUNT = Prepared(
    select(_TEMPLATES)
    .where(_TEMPLATES.c.account == bindparam("account"))
    .order_by(_TEMPLATES.c.title, _TEMPLATES.c.language)
)
_DROP = Prepared(delete(_TEMPLATES).where(_TEMPLATES.c.account == bindparam("of_account")))
_LIST = Prepared(select(_LISTS).where(_LISTS.c.account == bindparam("account")))
_WANT = Prepared(
    update(_LISTS).where(_LISTS.c.account == bindparam("of_account")).values(wanted_at=bindparam("at"))
)
_TRY = Prepared(
    update(_LISTS).where(_LISTS.c.account == bindparam("of_account")).values(tried_at=bindparam("at"))
)
_MARK = Prepared(
    update(_TEMPLATES)
    .where(
        _TEMPLATES.c.account == bindparam("of_account"),
        _TEMPLATES.c.name == bindparam("of_name"),
        (_TEMPLATES.c.language == bindparam("of_language")) | bindparam("any_language", type_=Boolean),
    )
    .values(state=bindparam("state"))
)
_LEARN = Prepared(
    update(_TEMPLATES)
    .where(
        _TEMPLATES.c.account == bindparam("of_account"),
        _TEMPLATES.c.name == bindparam("of_name"),
        _TEMPLATES.c.language == bindparam("of_language"),
    )
    .values(state=bindparam("state"), reason=bindparam("reason"))
)
_FETCHED = Prepared(
    update(_LISTS)
    .where(_LISTS.c.account == bindparam("of_account"))
    .values(fetched_at=bindparam("at"), error=None)
)
_FAILED = Prepared(
    update(_LISTS).where(_LISTS.c.account == bindparam("of_account")).values(error=bindparam("error"))
)


@dataclass(frozen=True, kw_only=True)
class Listing:
    """The templates of one account."""

    templates: tuple[ListedTemplate, ...]
    fetched_at: datetime | None  # None: they were never had, so nothing is known of any
    error: str | None = None  # why they could not be had the last time


def listing(tx: Tx, account: str) -> Listing:
    row = tx.one(_LIST, account=account)
    templates = tuple(_listed(each) for each in tx.all(_OF_ACCOUNT, account=account))
    return Listing(
        templates=templates,
        fetched_at=row.fetched_at if row is not None else None,
        error=row.error if row is not None else None,
    )


def want(tx: Tx, account: str, *, at: datetime) -> None:
    """Ask for a fresh list as soon as may be."""
    tx.run(_INSERT_LIST, account=account)
    tx.run(_WANT, of_account=account, at=at)


def refuse(tx: Tx, account: str, template: Template, state: TemplateState | None, *, at: datetime) -> None:
    """Note that the provider refused a template: not to be used again, if so, until the list was had anew."""
    if state is not None:
        tx.run(
            _MARK, of_account=account, of_name=template.content_sid, of_language=template.language or "",
            any_language=template.language is None, state=str(state),
        )  # fmt: skip
    want(tx, account, at=at)


def learn(tx: Tx, told: TemplateTold, *, at: datetime) -> None:
    """Take over at once what the provider tells of one template, and ask for the list.

    It counts even where the list was never had, for whoever tells of a pause tells of its end, too.
    """
    about = {"state": str(told.state), "reason": told.reason}
    known = tx.run(
        _LEARN, of_account=told.account, of_name=told.name, of_language=told.language, **about
    )  # fmt: skip
    if not known:
        tx.run(
            _INSERT, account=told.account, name=told.name, language=told.language, title=told.name, body="",
            variables={}, **about,
        )  # fmt: skip
    want(tx, told.account, at=at)


def begin(tx: Tx, account: str, *, since: datetime, at: datetime) -> bool:
    """Whether the list is to be fetched now, and nobody else is about to; `since` is when this process began."""
    tx.run(_INSERT_LIST, account=account)
    row = tx.one(_LIST, account=account)
    assert row is not None
    due = _is_due(row, since=since, at=at)
    if due:
        tx.run(_TRY, of_account=account, at=at)
    return due


def not_due(session: Session, *, since: datetime, at: datetime) -> frozenset[str]:
    """Return the accounts of which nobody has to fetch the list now: asked of all at once, it takes no transaction."""
    rows = session.execute(select(_LISTS))
    return frozenset(row.account for row in rows if not _is_due(row, since=since, at=at))


def _is_due(row: Row, *, since: datetime, at: datetime) -> bool:
    tried_at, wanted_at = row.tried_at, row.wanted_at
    return (
        tried_at is None
        or tried_at < since
        or (wanted_at is not None and wanted_at >= tried_at)
        or (row.error is not None and at - tried_at >= TRIED_AGAIN_AFTER)
        or at - tried_at >= FRESH_FOR
    )


def replace(tx: Tx, account: str, templates: Sequence[ListedTemplate], *, at: datetime) -> None:
    """Take over the provider's list."""
    tx.run(_DROP, of_account=account)
    unique = {(each.name, each.language): each for each in templates}
    for each in unique.values():
        tx.run(
            _INSERT, account=account, name=each.name, language=each.language, title=each.title or each.name,
            state=str(each.state), category=each.category, body=each.body, variables=dict(each.variables),
            reason=each.reason,
        )  # fmt: skip
    tx.run(_FETCHED, of_account=account, at=at)


def could_not(tx: Tx, account: str, error: str) -> None:
    """Write down why the list could not be had; the one before stays."""
    tx.run(_FAILED, of_account=account, error=error)


def _listed(row: Row) -> ListedTemplate:
    return ListedTemplate(
        name=row.name, language=row.language, state=TemplateState(row.state), title=row.title, category=row.category,
        body=row.body, variables=row.variables or {}, reason=row.reason,
    )  # fmt: skip
