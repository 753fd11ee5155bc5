"""What is in the ledger when everything is over, and what the providers hold in their hands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, func, select
from sqlalchemy.exc import OperationalError

from procedures.cases.step_clock import CLOCK_RULES
from tests.acceptance.crash.besieged import CLOUD, MAIL, TELEGRAM, TWILIO, Besieged
from tests.conftest import clocks_that_differ
from tickets.ledger.database import open_engine
from tickets.ledger.store import Ledger
from tickets.tables import Address, Cursor, Event, Inbound, Message, Outbox, Reconciliation, Reference, Ticket

Row = Any  # of SQLAlchemy: its columns by name


@dataclass(frozen=True, kw_only=True)
class Found:
    """The ledger, read once nothing waits in it any more."""

    messages: Sequence[Row]  # with `to`, the address they came from or went to
    tickets: Sequence[Row]
    parcels: Sequence[Row]
    references: Sequence[Row]
    alarming: Sequence[Row]  # what happened to clocks that supervisors are told of
    unprocessed: Sequence[Row]
    fetched: int  # how many messages were found in the providers' lists alone
    clocks: Sequence[str]  # those that differ from what the history says


@dataclass(frozen=True, kw_only=True)
class Taken:
    """One thing that a provider was handed over completely, whether or not the desk was told so."""

    account: str
    external_id: str
    to: str


def taken_by_providers(house: Besieged) -> list[Taken]:
    """Return what went to people's own addresses; what is told to groups is not counted one by one."""
    by_twilio = [(TWILIO, each.sid, each.to) for each in house.twilio.messages]
    by_meta = [(CLOUD, each.id, each.to) for each in house.cloud.messages]
    chats = [chat for chat in house.telegram.chats() if not chat.is_group]
    by_telegram = [(TELEGRAM, seen.external_id, str(chat.id)) for chat in chats for seen in chat.from_bot]
    by_mail = [(MAIL, str(each.message["Message-ID"]), each.recipients[0]) for each in house.relay.tried]
    return [
        Taken(account=account, external_id=external_id, to=to)
        for account, external_id, to in (*by_twilio, *by_meta, *by_telegram, *by_mail)
    ]


class Ledgers:
    """Looks into a ledger from beside the service, without a part in it."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._engine: Engine = open_engine(url, read_only=True)

    def waiting(self) -> Mapping[str, int] | None:
        """Count what is still to be done; None while the database cannot be asked."""
        outbox, cursors = _columns(Outbox), _columns(Cursor)
        try:
            with self._engine.connect() as connection:
                leaving = connection.execute(
                    select(func.count()).where(outbox.state.in_(("queued", "sending")))
                ).scalar_one()
                newest = connection.execute(select(func.max(_columns(Event).id))).scalar_one() or 0
                followers = cursors.name.not_like("%:%")  # a colon: not of a follower of the history
                slowest = connection.execute(select(func.min(cursors.position)).where(followers)).scalar_one()
        except OperationalError:
            return None
        return {"to leave": leaving, "to follow": newest - (slowest or 0)}

    def taken_up(self) -> Sequence[int]:
        """Return the parcels that somebody is sending just now."""
        outbox = _columns(Outbox)
        with self._engine.connect() as connection:
            return connection.execute(select(outbox.id).where(outbox.state == "sending")).scalars().all()

    def close(self) -> None:
        self._engine.dispose()

    def read(self, files: Path) -> Found:
        """Read everything that the verdicts need."""
        message, address, event = _columns(Message), _columns(Address), _columns(Event)
        ledger = Ledger(self._url, files=files, clock_rules=CLOCK_RULES)
        try:
            clocks = ledger.write_blocking(clocks_that_differ)
        finally:
            ledger.close()
        with self._engine.connect() as connection:
            messages = connection.execute(
                select(
                    message.id, message.ticket, message.account, message.direction, message.author,
                    message.external_id, message.text, message.delivery, message.delivery_error,
                    address.external_id.label("to"),
                )
                .select_from(Message.__table__.outerjoin(Address.__table__, message.address == address.id))
                .order_by(message.id)
            ).all()  # fmt: skip
            kinds = ("clock.warned", "clock.breached")
            alarming = select(event.id, event.ticket, event.kind, event.data).where(event.kind.in_(kinds))
            inbound = _columns(Inbound)
            unprocessed = select(inbound.account, inbound.event_id, inbound.error).where(
                inbound.processed_at.is_(None)
            )
            looks = _columns(Reconciliation)
            fetched = select(func.sum(looks.missing - looks.lost))
            return Found(
                messages=messages,
                tickets=connection.execute(select(Ticket.__table__)).all(),
                parcels=connection.execute(select(Outbox.__table__)).all(),
                references=connection.execute(select(Reference.__table__)).all(),
                alarming=connection.execute(alarming).all(),
                unprocessed=connection.execute(unprocessed).all(),
                fetched=connection.execute(fetched).scalar_one() or 0,
                clocks=clocks,
            )


def _columns(table: Any) -> Any:
    return table.__table__.c
