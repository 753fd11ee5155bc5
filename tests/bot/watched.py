"""A desk of which every way of writing a note can be walked, and everything looked through that a contact may ever see.

Notes can be made to lie at the contact's own address, as a fault somewhere else might leave them: then nothing but the
rule that leaves notes out stands between them and the contact, on each path alone.
"""

import re
import shutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import httpx
from sqlmodel import col, select
from starlette.applications import Starlette

from bot.acts import Acts
from bot.chat_pages import ChatPages
from channels.webchat.adapter import WebChat
from channels.webchat.live import mark_of
from console import doors
from console.app import create_app
from console.house import House
from tests.bot.chat import GROUP, SLUG, Chat
from tests.channels.webchat.house import SETTINGS
from tests.console.pages import Visitor
from tickets.ledger.store import Ledger
from tickets.message import Channel, Direction, Edited, Person, Place
from tickets.tables import Address, Attachment, Message, Outbox, Reference

TOKEN, SECRET_KEY = "a token for programs", "a secret for tests"
TELEGRAM, WHATSAPP, EMAIL = "4711", "+62811", "ana@example.com"  # the contacts, and beside them a visitor
MAILBOX = "dewi@example.com"  # which the visitor of the web chat left
PAGE, WEBCHAT = f"/chat/{SLUG}", f"{SLUG}/webchat"
_LIES_WITH_THE_CONTACT = """
    CREATE TRIGGER a_fault AFTER INSERT ON messages WHEN NEW.direction = 'note' BEGIN
        UPDATE messages SET address = (SELECT address FROM tickets WHERE number = NEW.ticket) WHERE id = NEW.id;
    END"""


class Watched(Chat):
    """The desk of the other tests with a web chat, the API and the pages in front of it."""

    def __init__(self, ledger: Ledger, **how: object) -> None:
        pages = ChatPages(
            ledger, calendar=lambda slug: self.desks[slug].now.desk.calendar, link=lambda row: f"/f/{row.name}", public_url="http://desk.test", secret_key="a key",
            clock=lambda: self.now,
        )  # fmt: skip
        self.history = pages.history
        settings = replace(SETTINGS, account=WEBCHAT, path=SLUG, desk=SLUG, by_mail=True)
        web = WebChat(settings, history=self.history, waits=ledger.wakes.sleeper, once=pages.once)
        super().__init__(ledger, more={WEBCHAT: web}, **how)
        house = House(
            ledger=ledger, desks=self.desks.now, catalogue=lambda slug: self.desks[slug].catalogue,
            clock=lambda: self.now, secret_key=SECRET_KEY, public_url="http://desk.test", api_token=TOKEN,
            acts=Acts(self.desks),
        )  # fmt: skip
        self._console, self._web = create_app(house), Starlette(routes=web.routes(self.receiver))
        self.visitor = self._client(self._web, "http://desk.test", {"Accept-Language": "id"})
        self.api = self._client(
            self._console, "http://desk.test/api/v1", {"Authorization": f"Bearer {TOKEN}"}
        )
        self.browser = self._client(
            self._console, "http://desk.test", {"Accept": "text/html", "Accept-Language": "en"}
        )

    def _client(self, app: object, base_url: str, headers: dict[str, str]) -> httpx.AsyncClient:
        transport = httpx.ASGITransport(app)  # type: ignore[arg-type]
        return httpx.AsyncClient(
            transport=transport, base_url=base_url, headers=headers, follow_redirects=True
        )

    async def closes(self) -> None:
        for client in (self.visitor, self.api, self.browser):
            await client.aclose()

    # -- who writes ---------------------------------------------------------------------------------------------------

    async def visits(self, text: str, mailbox: str = "") -> None:
        """Somebody writes in the web chat, with a browser."""
        once = re.search(r'name="once" value="([^"]+)"', (await self.visitor.get(PAGE)).text)
        form = {"once": once[1] if once else "", "text": text, "email": mailbox}
        files = [("files", ("", b"", "application/octet-stream"))]
        (await self.visitor.post(PAGE, data=form, files=files)).raise_for_status()
        await self.settle()

    async def at_page(self, email: str) -> Visitor:
        """Somebody of the desk sits down at the pages."""
        path = self.ledger.write_blocking(lambda tx: doors.make_invitation(tx, self.now, email=email))
        person = Visitor(self.browser)
        setup = await person.opens(f"/setup/{path}")
        await person.sends(setup, "", email=email, name="Budi", password="correct horse battery")
        return person

    async def edits(self, who: str, ticket: int, external_id: str, text: str, *, group: str = GROUP) -> None:
        """Somebody of the desk edits what they wrote in a topic."""
        self._events += 1
        place = Place(
            account=f"{SLUG}/telegram", channel=Channel.TELEGRAM, address=group, thread=self.thread_of(ticket, group)
        )  # fmt: skip
        await self.receiver.deliver(
            Edited(
                event_id=f"edit-{self._events}", external_id=external_id, place=place, sender=Person(address=who),
                text=text, raw=b"{}",
            )
        )  # fmt: skip
        await self.settle()

    # -- what is looked through ---------------------------------------------------------------------------------------

    def notes(self) -> list[Message]:
        """Return every note, oldest first."""
        with self.ledger.reading() as session:
            wanted = select(Message).where(Message.direction == str(Direction.NOTE)).order_by(col(Message.id))
            return list(session.exec(wanted))

    async def screens(self) -> dict[str, str]:
        """Everything that contacts have on their screens, by where, and what is or was queued for them."""
        with self.ledger.reading() as session:
            queued = session.exec(select(Outbox.payload).where(Outbox.audience == "contact")).all()
            visitors = session.exec(select(Address.external_id).where(Address.account == WEBCHAT)).all()
        mails = [mail for mail in self.email.sent if mail.place.address in {EMAIL, MAILBOX}]
        lines = [await self.history(WEBCHAT, visitor) for visitor in visitors]
        return {
            "queue": "\n".join(map(str, queued)),
            "WhatsApp": "\n".join(map(str, self.whatsapp.sent)),
            "email": "\n".join(map(str, mails)),
            "Telegram": "\n".join([*map(str, self.told(TELEGRAM)), *self.group.seen_by(TELEGRAM)]),
            "web chat": (await self.visitor.get(PAGE)).text,
            "widget": (await self.visitor.get(f"{PAGE}/widget")).text,
            "web chat's ledger": str(lines),
        }

    async def marks(self) -> list[str]:
        """All that the web chat's live stream tells of the conversations."""
        with self.ledger.reading() as session:
            visitors = session.exec(select(Address.external_id).where(Address.account == WEBCHAT)).all()
        return [mark_of(await self.history(WEBCHAT, visitor), None) for visitor in visitors]

    def out_of_place(self) -> list[str]:
        """What the ledger holds of notes that would bring them to a contact."""
        with self.ledger.reading() as session:
            parcels = session.exec(
                select(Outbox.message, Outbox.payload).where(Outbox.audience == "contact")
            ).all()
            named = session.exec(
                select(Reference.message).where(Reference.account != f"{SLUG}/telegram")
            ).all()
        notes = {note.id: note.delivery for note in self.notes()}
        queued = {each for message, payload in parcels for each in (message, (payload or {}).get("of"))}
        return [
            *(f"note {each} is queued" for each in notes.keys() & queued),
            *(f"note {each} has a provider's name" for each in notes.keys() & set(named)),
            *(f"note {id_} is {delivery}" for id_, delivery in notes.items() if delivery is not None),
        ]

    def files_of_notes(self) -> list[str]:
        with self.ledger.reading() as session:
            ids = [note.id for note in self.notes()]
            return list(session.exec(select(Attachment.name).where(col(Attachment.message).in_(ids))))


def opened(folder: Path, migrated: Path, *, fault: bool = False) -> Ledger:
    """Open a ledger; with the fault every note bears the contact's address."""
    shutil.copyfile(migrated, folder / "tanggap.db")
    if fault:
        connection = sqlite3.connect(folder / "tanggap.db")
        connection.execute(_LIES_WITH_THE_CONTACT)
        connection.close()
    return Ledger(f"sqlite:///{folder / 'tanggap.db'}", files=folder / "files")


@asynccontextmanager
async def watched(ledger: Ledger, **how: object) -> AsyncIterator[Watched]:
    """Yield a desk to which four contacts have written: tickets 1 to 4, by Telegram, WhatsApp, mail and web chat."""
    chat = Watched(ledger, **how)
    try:
        await chat.telegrams("lupa sandi edunex")
        await chat.writes("wifi mati")
        await chat.mails("Bagaimana cara cuti?")
        await chat.visits("email saya penuh", MAILBOX)
        yield chat
    finally:
        await chat.closes()
