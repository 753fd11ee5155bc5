"""Telling: step by step, as the record of the first ledger has it, through the doors of a service without a network."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import SecretStr
from sqlalchemy import bindparam, select, update
from sqlmodel import Session

from bot.accounts.secrets_file import own_secrets
from bot.desk_files import desk_from_files
from bot.desks import Desks, OpenDesk
from bot.house import House, open_desk
from bot.house.revised import sync
from bot.readings import Readings, raw_of
from bot.retelling.commands import DOORS, Commands, NotAskedAgainError, new_token
from bot.retelling.recorded import CameDue, CameIn, DidItself, Fared, Revised, Step
from bot.settings import Settings
from bot.tables import Topic
from bot.web import web_app
from bot.wiring.building import build
from bot.wiring.following import followers
from tickets import revisions
from tickets.ledger.events import append
from tickets.ledger.followers import Following
from tickets.ledger.prepared import Prepared, inserting
from tickets.ledger.store import Ledger
from tickets.ledger.tx import Tx
from tickets.message import Heard, Said
from tickets.sweep import sweep_one
from tickets.tables import DeskRevision, Inbound, Message

# Followers that only tell people and programs of what happened; here is nobody to be told.
_TELLING = frozenset({"alerts", "notices", "hooks", "push", "lookups"})
_REVISIONS = DeskRevision.__table__  # type: ignore[attr-defined]
_TOPICS = Topic.__table__  # type: ignore[attr-defined]
_MESSAGES = Message.__table__  # type: ignore[attr-defined]
_KEEP_REVISION = inserting(DeskRevision)
_LEARN_TOPIC = Prepared(
    update(_TOPICS)
    .where(_TOPICS.c.ticket == bindparam("of_ticket"))
    .values(group=bindparam("group"), thread=bindparam("thread"))
)
_HAS_MESSAGE = Prepared(
    select(_MESSAGES.c.id).where(_MESSAGES.c.id == bindparam("id"), _MESSAGES.c.ticket == bindparam("ticket"))
)


@dataclass(kw_only=True)
class Told:
    """What came of it."""

    events: int = 0  # that were told again
    untold: list[str] = field(default_factory=list)  # those that could not be, and why


class Retelling:
    """One ledger told into another, which is empty."""

    def __init__(self, first: Ledger, into: Ledger, *, settings: Settings, folder: Path) -> None:
        """`settings` are those of the first; `folder` is for what is made on the way, and may be thrown away."""
        self._first = first
        self._ledger = into
        self._env = settings.environment
        self._now = datetime.now(UTC)
        self._revisions = _revisions_of(first)
        begins = dict(sorted(self._revisions, reverse=True))
        self._desks = Desks({desk: self._opened(desk, number) for desk, number in begins.items()})
        token = new_token()
        house = House(
            settings=settings.model_copy(
                update={"data_dir": folder, "blobs_url": None, "api_token": SecretStr(token)}
            ),
            ledger=into, desks=self._desks, folders={}, warnings=(), secrets=own_secrets(settings.data_dir),
        )  # fmt: skip
        self._service = build(house, clock=lambda: self._now)
        self._readings = Readings(into, self._desks)
        self._commands = Commands(web_app(self._service), into, fixed_token=token)
        reacting = [each for each in followers(house, self._service.clock) if each.name not in _TELLING]
        self._following = Following(into, reacting)
        self._told = Told()

    async def tell(self, steps: Iterable[Step]) -> Told:
        """Tell everything; what cannot be told is named, and holds up nothing behind it."""
        await self._service.people.refresh()
        for step in steps:
            await self._take(step)
            await self._follow()
        return self._told

    async def close(self) -> None:
        await self._commands.close()
        await self._service.close()

    async def _take(self, step: Step) -> None:
        self._now = step.done_at if isinstance(step, CameIn) else step.at
        match step:
            case CameIn():
                await self._came_in(step)
            case CameDue():
                await self._ledger.write(lambda tx: sweep_one(tx, step.ticket, step.clock, now=step.at))
            case Fared():
                await self._ledger.write(lambda tx: _fare(tx, step))
            case Revised():
                await self._revise(step)
            case DidItself():
                await self._be_on_time()

    # -- what came in -------------------------------------------------------------------------------------------------

    async def _came_in(self, step: CameIn) -> None:
        event = await self._first.read(lambda session: _event(session, step))
        raw = await raw_of(self._first, event)
        try:
            if step.account in DOORS:
                await self._commands.again(step.account, step.event_id, raw, at=step.done_at)
            else:
                await self._heard(self._readings.heard(event, raw), step, raw)
        except Exception as error:  # noqa: BLE001  one that cannot be told must not hold up those behind it
            why = str(error) if isinstance(error, NotAskedAgainError) else f"{type(error).__name__}: {error}"
            self._told.untold.append(f"{step.account} {step.event_id}: {why}")
        else:
            self._told.events += 1

    async def _heard(self, heard: Heard | None, step: CameIn, raw: bytes) -> None:
        if heard is None:
            return
        if isinstance(heard, Said):
            said_at = step.said_at if step.is_message else heard.said_at or step.done_at
            heard = replace(heard, said_at=said_at)
            await self._know_topic(heard)
        await self._service.receiver.ready(step.account)
        await self._service.receiver.deliver(replace(heard, event_id=step.event_id, raw=raw))

    async def _know_topic(self, said: Said) -> None:
        """Know which topic belongs to which ticket: it is Telegram that numbers them, when they are made."""
        group, thread = said.place.address, said.place.thread
        if thread is None:
            return
        ticket = await self._first.read(
            lambda session: session.execute(
                select(_TOPICS.c.ticket).where(_TOPICS.c.group == group, _TOPICS.c.thread == thread)
            ).scalar()
        )
        if ticket is not None:
            await self._ledger.write(
                lambda tx: tx.run(_LEARN_TOPIC, of_ticket=ticket, group=group, thread=thread)
            )

    # -- what went on meanwhile ---------------------------------------------------------------------------------------

    async def _revise(self, step: Revised) -> None:
        before = self._desks.get(step.desk)
        if before is None or before.now.revision != step.number:
            self._desks.put(await self._ledger.aside(self._opened, step.desk, step.number, before))
        await self._service.people.refresh()

    async def _be_on_time(self) -> None:
        jobs = self._service.jobs
        for job in (
            jobs.wake,
            jobs.send_later,
            jobs.close_silent,
            jobs.repromise,
            jobs.start_rules,
            jobs.assign,
        ):
            await job()
        await jobs.call_to_mind()

    async def _follow(self) -> None:
        while await self._following.turn():
            pass

    def _opened(self, desk: str, number: int, before: OpenDesk | None = None) -> OpenDesk:
        """Open a desk as one of its revisions has it. Blocking."""
        kept = self._revisions[desk, number]
        loaded = desk_from_files(kept["files"], self._env)

        def keep(tx: Tx) -> None:
            if revisions.numbered(tx, desk, number) is None:  # a form that is told again has saved it
                tx.run(_KEEP_REVISION, **kept)
            sync(tx, loaded.desk, self._now)

        self._ledger.write_blocking(keep)
        return open_desk(loaded, number, before=before)


def _revisions_of(ledger: Ledger) -> Mapping[tuple[str, int], dict[str, Any]]:
    with ledger.reading() as session:
        rows = session.execute(select(_REVISIONS)).mappings()
        return {(row["desk"], row["number"]): dict(row) for row in rows}


def _event(session: Session, step: CameIn) -> Inbound:
    event = session.get(Inbound, (step.account, step.event_id))
    assert event is not None
    session.expunge(event)
    return event


def _fare(tx: Tx, step: Fared) -> None:
    if tx.one(_HAS_MESSAGE, id=int(step.message), ticket=step.ticket) is not None:
        append(tx, step.kind, desk=step.desk, ticket=step.ticket, subject=step.message, at=step.at)
