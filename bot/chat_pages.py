"""What a web chat shows: the visitor's conversation, read from the ledger. And what passes there once."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from bot.accounts.building import intake_of
from channels.contract import StoreBusy
from channels.webchat.adapter import WebChat
from channels.webchat.settings import ChatFile, ChatLine, WebChatSettings
from tickets import inbound
from tickets.connections import Account
from tickets.desk import Desk
from tickets.hours import Calendar, is_open, next_open
from tickets.ledger.news import News
from tickets.ledger.store import Ledger
from tickets.ledger.tx import Tx
from tickets.ledger.writer import StoreUnavailableError
from tickets.message import Author, Button, Channel, Delivery, Direction
from tickets.tables import Address, Attachment, Message, Outbox, Reference, Staff

MOST = 200  # messages of one conversation that are shown

Link = Callable[[Attachment], str]  # where a stored file can be had


class ChatPages:
    """Makes the adapters of web chats and reads their conversations."""

    def __init__(
        self, ledger: Ledger, *, calendar: Callable[[str], Calendar], link: Link, public_url: str, secret_key: str,
        clock: Callable[[], datetime],
    ) -> None:  # fmt: skip
        """`calendar`: of a desk, as it is now."""
        self._ledger = ledger
        self._calendar = calendar
        self._link = link
        self._public_url = public_url
        self._secret_key = secret_key
        self._clock = clock

    def adapter(self, account: Account, desk: Desk) -> WebChat:
        suffix = account.key.removeprefix(f"{desk.slug}/webchat")
        settings = WebChatSettings(
            account=account.key,
            path=f"{desk.slug}{suffix}",
            name=account.settings.get("name") or desk.name,
            language=desk.language,
            intake=intake_of(desk),
            secret_key=self._secret_key,
            public_url=self._public_url,
            zone=desk.calendar.tz,
            sites=_sites(account),
            desk=desk.slug,
            opens_at=lambda now: self._opens_at(desk.slug, now),
            by_mail=any(not each.off for each in desk.accounts_on(Channel.EMAIL)),
            identity_secrets=account.several("identity_secret"),
            identity_issuer=account.settings.get("identity_issuer"),
        )
        return WebChat(
            settings,
            history=self.history,
            waits=lambda: self._ledger.wakes.sleeper(News.HISTORY),
            once=self.once,
        )

    async def history(self, account: str, visitor: str) -> list[ChatLine]:
        """Return what was said between a visitor and the desk, oldest first; notes are none of it."""
        return await self._ledger.read(lambda session: _lines(session, account, visitor, self._link))

    def _opens_at(self, slug: str, now: datetime) -> datetime | None:
        calendar = self._calendar(slug)
        return None if is_open(calendar, now) else next_open(calendar, now)

    async def once(self, account: str, name: str) -> bool:
        """Whether something comes for the first time, to this process or any other. Raises StoreBusy."""
        at = self._clock()

        def job(tx: Tx) -> bool:
            if not inbound.guard(tx, account=account, event_id=name, raw=b"", at=at):
                return False
            inbound.processed(tx, account=account, event_id=name, message=None, at=at)
            return True

        try:
            return await self._ledger.write(job, name="once")
        except StoreUnavailableError as error:
            raise StoreBusy("the ledger cannot be written to now") from error


def _sites(account: Account) -> tuple[str, ...] | None:
    """Return the origins that may show the widget; None where the desk names none, and any may."""
    named = account.several("allowed_origins")
    return None if not named else tuple(each for each in named if each != "none")


def _lines(session: Session, account: str, visitor: str, link: Link) -> list[ChatLine]:
    address = session.exec(
        select(Address.id).where(Address.account == account, Address.external_id == visitor)
    ).first()
    if address is None:
        return []
    newest = session.exec(
        select(Message)
        .where(
            col(Message.address) == address,
            Message.direction != str(Direction.NOTE),
            col(Message.withdrawn_at).is_(None),
        )
        .order_by(col(Message.id).desc())
        .limit(MOST)
    ).all()
    messages = list(reversed(newest))
    ids = [message.id for message in messages]
    files = _files(session, ids, link)
    buttons = _buttons(session, ids)
    names = _names(session, messages)
    unread = _unread(session, messages)
    return [
        ChatLine(
            id=message.id,
            mine=message.direction == Direction.IN,
            text=message.text,
            formatted=message.formatted,
            at=message.at,
            who=names.get(message.actor or "") if message.author == Author.AGENT else None,
            buttons=buttons.get(message.id, ()),
            files=tuple(files.get(message.id, ())),
            mailbox=(message.participants or [None])[0],
            unread=unread.get(message.id),
        )
        for message in messages
    ]


def _files(session: Session, messages: Sequence[int], link: Link) -> dict[int, list[ChatFile]]:
    found: dict[int, list[ChatFile]] = {}
    for row in session.exec(select(Attachment).where(col(Attachment.message).in_(messages))):
        url = link(row) if row.sha256 is not None else None
        found.setdefault(row.message, []).append(ChatFile(name=row.name, type=row.type, url=url))
    return found


def _buttons(session: Session, messages: Sequence[int]) -> dict[int, tuple[tuple[Button, ...], ...]]:
    """Return the choices under the newest message: older ones have been answered or passed over."""
    found: dict[int, tuple[tuple[Button, ...], ...]] = {}
    for message, payload in session.exec(
        select(Outbox.message, Outbox.payload).where(col(Outbox.message).in_(messages[-1:]))
    ):
        rows: list[list[Any]] = (payload or {}).get("buttons", [])
        if message is not None and rows:
            found[message] = tuple(
                tuple(Button(label=label, data=data) for label, data in row) for row in rows
            )
    return found


def _unread(session: Session, messages: Sequence[Message]) -> dict[int, str]:
    """Return by what the adapter named the answers that have not been read yet."""
    ids = [message.id for message in messages if message.delivery == Delivery.DELIVERED]
    found = session.exec(
        select(Reference.message, Reference.external_id).where(col(Reference.message).in_(ids))
    )
    return {message: external_id for message, external_id in found if message is not None}


def _names(session: Session, messages: Sequence[Message]) -> dict[str, str]:
    ids = {(message.actor or "").partition(":")[2] for message in messages if message.author == Author.AGENT}
    rows = session.exec(select(Staff.id, Staff.name).where(col(Staff.id).in_(ids)))
    return {f"staff:{id_}": name for id_, name in rows}
