"""What becomes of a desk's Telegram groups: they get another id, and the bot loses its place in them and is let in again.

Kept in the ledger, and known to every process: which address a group has now (the desk's file may still hold the old
one), and in which groups the bot cannot work. What is to go there waits for as long as that lasts. The supervisors are
told, once for each time.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy import bindparam, select, update

from bot import topics
from bot.alerts import ways_to
from bot.desks import Desks, OpenDesk
from bot.tables import GroupPlace
from bot.telling import group_budget, to_person
from bot.voice import staff_voice
from templates_replies.supervision_phrases import group_shut
from tickets import budgets
from tickets.actor import Role
from tickets.ledger.news import News
from tickets.ledger.prepared import Prepared, inserting_once
from tickets.ledger.store import Ledger
from tickets.ledger.tx import Tx
from tickets.message import Channel
from tickets.staff import active

log = structlog.get_logger()

_PLACES = GroupPlace.__table__  # type: ignore[attr-defined]
_ALL = Prepared(select(_PLACES))
_KNOW = inserting_once(GroupPlace)
_HERE = (_PLACES.c.account == bindparam("of_account"), _PLACES.c.address == bindparam("of_address"))
_MOVE = Prepared(
    update(_PLACES)
    .where(*_HERE, _PLACES.c.moved_to.is_distinct_from(bindparam("to")))
    .values(moved_to=bindparam("to"), barred=None, barred_at=None)
)
_BAR = Prepared(
    update(_PLACES)
    .where(*_HERE, _PLACES.c.barred.is_(None))
    .values(barred=bindparam("why"), barred_at=bindparam("at"))
)
_FREE = Prepared(
    update(_PLACES).where(*_HERE, _PLACES.c.barred.is_not(None)).values(barred=None, barred_at=None)
)


class GroupPlaces:
    """The groups' standing, as far as this process has heard."""

    def __init__(self, ledger: Ledger, desks: Desks) -> None:
        self._ledger = ledger
        self._desks = desks
        self._barred: Mapping[tuple[str, str], str] = {}

    async def refresh(self) -> None:
        """Hear what other processes have written down."""
        rows = await self._ledger.write(lambda tx: tx.all(_ALL), name="groups")
        self._desks.relocate({row.address: row.moved_to for row in rows if row.moved_to is not None})
        self._barred = {(row.account, row.address): row.barred for row in rows if row.barred is not None}

    def troubles(self) -> Mapping[str, str]:
        """Return why the bot cannot work in groups, by account and group."""
        return {f"{account} {address}": why for (account, address), why in self._barred.items()}

    def barred(self, account: str, address: str) -> bool:
        return (account, address) in self._barred

    def has(self, account: str, address: str) -> bool:
        """Whether it is a group of the desk's, or one of its teams'."""
        desk = self._desks.of_account(account)
        return desk is not None and is_group_of(desk, address)

    def move(self, tx: Tx, account: str, *, before: str, after: str, at: datetime) -> None:
        """Let everything go on at the group's new address."""
        if not self._write(tx, _MOVE, account, before, to=after):
            return
        log.warning("group.moved", account=account, before=before, after=after)
        topics.relocate(tx, account=account, before=before, after=after)
        budgets.move(
            tx, before=group_budget(account, before), after=group_budget(account, after), at=at,
            elsewhere=lambda payload: _elsewhere(payload, before, after),
        )  # fmt: skip

    def bar(self, tx: Tx, account: str, address: str, *, why: str, at: datetime) -> None:
        """Note that the bot cannot work there, and tell the supervisors."""
        if not self._write(tx, _BAR, account, address, why=why, at=at):
            return
        log.error("group.shut", account=account, group=address, why=why)
        desk = self._desks.of_account(account)
        if desk is None:
            return
        said = group_shut(staff_voice(desk).language, group=address, reason=why)
        for person in active(tx, desk.slug):
            if person.role is Role.SUPERVISOR:
                dedup = f"group:{account}:{address}:{at.isoformat()}:{person.id}"
                to_person(
                    tx, ways_to(person, desk), said, desk=desk.slug, person=person.id, dedup=dedup, at=at
                )

    def free(self, tx: Tx, account: str, address: str, *, at: datetime) -> None:
        """Note that it can again: what waits goes out."""
        if tx.run(_FREE, of_account=account, of_address=address):
            log.info("group.open_again", account=account, group=address)
            tx.tell(News.DESKS)
            budgets.hasten(tx, group_budget(account, address), at=at)

    @staticmethod
    def _write(tx: Tx, statement: Prepared, account: str, address: str, **fields: Any) -> bool:
        tx.run(_KNOW, account=account, address=address)
        tx.tell(News.DESKS)
        return bool(tx.run(statement, of_account=account, of_address=address, **fields))


def is_group_of(desk: OpenDesk, address: str) -> bool:
    """Whether it is the agents' group of a desk, or that of one of its teams."""
    groups = (
        group
        for account in desk.now.desk.accounts_on(Channel.TELEGRAM)
        for group in account.several("agents_group")
    )
    return address in groups or any(team.telegram_group == address for team in desk.now.desk.teams)


def _elsewhere(payload: Mapping[str, Any], before: str, after: str) -> Mapping[str, Any]:
    """Name the new address where a payload names the old one; messages have other numbers there."""
    changed = dict(payload)
    if changed.get("group") == before:
        changed["group"] = after
    if (changed.get("place") or {}).get("address") == before:
        changed |= {"place": {**changed["place"], "address": after}, "replies_to": None}
    return changed
