"""What goes to a person's own address: answers to contacts, and what is told to somebody of the desk.

What is told to one of the staff knows several ways to them; the next one is tried where one is refused.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from bot.alerts import alert_of
from bot.carrying.equipment import Equipment
from bot.carrying.group import page_of
from bot.carrying.paper_files import PaperFiles
from bot.carrying.read_receipts import ReadReceipts
from bot.carrying.report_files import ReportFiles
from bot.carrying.sop_forms import SopForms
from bot.carrying.windows import Windows
from bot.letters import copies_of, quoted_below
from bot.notices import given_text
from bot.reporting.digests import board_letter
from bot.telling import Rows
from bot.voice import staff_voice
from channels.contract import PicksFiles, RefusedByProvider, Sender
from channels.email.message_ids import MessageIds
from templates_replies import turn_phrases
from templates_replies.promise_phrases import by_words
from tickets.message import Button, Channel, File, Outgoing, Place, Refusal, Sent, Template
from tickets.parcels import Audience, Parcel


class PeopleCarrier:
    def __init__(self, equipment: Equipment, *, message_ids: MessageIds) -> None:
        self._ledger, self._desks, self._adapters = equipment.ledger, equipment.desks, equipment.adapters
        self._attached, self._clock = equipment.attached, equipment.clock
        self._public_url = equipment.public_url
        self._forms = SopForms(equipment.ledger, equipment.desks, clock=equipment.clock, link=equipment.made)
        self._papers = PaperFiles(equipment.ledger, equipment.made)
        self._reports = ReportFiles(equipment.ledger, equipment.made)
        self._message_ids = message_ids
        self._read_receipts = ReadReceipts(equipment.ledger)
        self._windows = Windows(equipment.ledger, equipment.desks, clock=equipment.clock)
        self.acts: Mapping[str, Callable[[Parcel], Awaitable[Sent]]] = {
            "message": self._send,
            "say": self._send,
            "alert": self._alert,
            "board": self._board,
            "given": self._given,
            "tell": self._tell,
        }

    async def outgoing(self, parcel: Parcel) -> Outgoing:
        """Return what is sent to a contact or to one of the staff, files loaded."""
        payload = parcel.payload
        place = _place(payload["place"])
        whose = payload.get("files_of", parcel.message)
        files = await self._attached.of(whose) if payload.get("files") and whose else ()
        if "form" in payload:
            files = await self._forms.of(parcel.desk, payload["form"])
        message_id = quoted = None
        copies: tuple[str, ...] = ()
        automatic = bool(payload.get("automatic")) or parcel.audience is Audience.STAFF
        if place.channel is Channel.EMAIL and not automatic:
            desk = self._desks.of_account(parcel.account) or self._desks[parcel.desk]
            quoted, copies = await self._ledger.write(
                lambda tx: (quoted_below(tx, parcel, desk), copies_of(tx, parcel, desk)), name="letter"
            )
        if place.channel is Channel.EMAIL:
            message_id = self._message_ids.of(parcel.id, self._mail_domain(parcel))
        template = payload.get("template")
        return Outgoing(
            delivery=parcel.id,
            place=place,
            text=payload.get("text", ""),
            formatted=bool(payload.get("formatted")),
            subject=payload.get("subject"),
            files=files,
            buttons=tuple(
                tuple(Button(label=label, data=data) for label, data in row)
                for row in payload.get("buttons", ())
            ),
            in_words=payload.get("in_words"),
            template=Template(**template) if template else None,
            replies_to=payload.get("replies_to"),
            references=tuple(payload.get("references", ())),
            message_id=message_id,
            quoted=quoted,
            copies=copies,
            automatic=automatic,
        )

    async def _send(self, parcel: Parcel) -> Sent:
        adapter = self._adapters.sender(parcel.account)
        outgoing = await self._windows.fitted(parcel, await self.outgoing(parcel))
        await self._read_receipts.show(adapter, parcel)
        try:
            return await self._hand_over(adapter, parcel, outgoing)
        except RefusedByProvider as error:
            instead = await self._windows.instead(parcel, outgoing, error)
            if instead is None:
                raise
            return await self._hand_over(adapter, parcel, instead)

    async def _hand_over(self, adapter: Sender, parcel: Parcel, outgoing: Outgoing) -> Sent:
        try:
            return await adapter.send(outgoing)
        except RefusedByProvider as error:
            await self._windows.hear_refusal(parcel, outgoing, error)
            raise

    async def _alert(self, parcel: Parcel) -> Sent:
        desk, payload = self._desks[parcel.desk], parcel.payload
        now, ticket = self._clock(), parcel.ticket or 0
        told = await self._ledger.write(
            lambda tx: alert_of(tx, ticket=ticket, payload=payload, desk=desk, now=now), name="alert"
        )
        if told is None:
            return _NOTHING_TO_SAY
        in_words = by_words(staff_voice(desk).language, ticket=ticket) if told.buttons else None
        return await self._to_person(parcel, told.text, told.buttons, in_words=in_words)

    async def _given(self, parcel: Parcel) -> Sent:
        desk, now = self._desks[parcel.desk], self._clock()
        shown = await self._ledger.write(lambda tx: given_text(tx, parcel.payload, desk, now), name="given")
        return _NOTHING_TO_SAY if shown is None else await self._to_person(parcel, *shown)

    async def _board(self, parcel: Parcel) -> Sent:
        desk, now = self._desks[parcel.desk], self._clock()
        on = date.fromisoformat(parcel.payload["on"]) if "on" in parcel.payload else None
        if on is not None and desk.now.desk.calendar.day_of(now) != on:
            return Sent(external_ids=(), detail="the day is over")
        text = await self._ledger.read(
            lambda session: board_letter(session, desk, on=on, public_url=self._public_url, now=now)
        )
        return await self._to_person(parcel, text)

    async def _tell(self, parcel: Parcel) -> Sent:
        """Tell what stands in the parcel; what may be written instead of a press is other words by mail."""
        payload, page = parcel.payload, page_of(self._public_url, parcel.ticket or 0)
        found = [await self._attached.one(each) for each in payload.get("attachments", ())]
        files = tuple(file for file in found if file is not None)
        files += await self._papers.of(payload.get("papers", ()))
        files += await self._reports.of(payload.get("reports", ()))
        text = payload["text"]
        if payload.get("page") and page is not None:
            text = f"{text}\n{turn_phrases.page(staff_voice(self._desks[parcel.desk]).language, page=page)}"
        rows = [[Button(label=label, data=data) for label, data in row] for row in payload.get("buttons", ())]
        in_words = "\n\n".join(payload.get("in_words", ())) or None
        if _place(payload["ways"][0]).channel is Channel.EMAIL:
            in_words = payload.get("in_mail", in_words)
        return await self._to_person(parcel, text, rows, in_words=in_words, files=files)

    async def _to_person(
        self,
        parcel: Parcel,
        text: str,
        buttons: Rows = (),
        *,
        in_words: str | None = None,
        files: tuple[File, ...] = (),
    ) -> Sent:
        """Send on the first of the ways that are left; a mail's subject is the first line."""
        place = _place(parcel.payload["ways"][0])
        payload, is_mail = parcel.payload, place.channel is Channel.EMAIL
        subject = (payload.get("subject") or text.split("\n", 1)[0]) if is_mail else None
        message_id = self._message_ids.of(parcel.id, self._mail_domain(parcel)) if subject else None
        said = Outgoing(
            delivery=parcel.id,
            place=place,
            text=text,
            subject=subject,
            files=files,
            buttons=tuple(tuple(row) for row in buttons),
            in_words=in_words,
            message_id=message_id,
            replies_to=payload.get("replies_to"),
            automatic=True,
        )
        adapter = self._adapters.sender(parcel.account)
        if isinstance(adapter, PicksFiles):  # what cannot go is named in the words, and stands on the page
            said = replace(said, files=tuple(file for file in files if adapter.takes(file)))
        said = await self._windows.told(parcel, said)
        try:
            return await self._hand_over(adapter, parcel, said)
        except RefusedByProvider as error:
            if error.why is not Refusal.WINDOW or said.template is not None:
                raise
            return await self._hand_over(adapter, parcel, await self._windows.told(parcel, said, closed=True))

    def _mail_domain(self, parcel: Parcel) -> str:
        desk = self._desks.of_account(parcel.account) or self._desks[parcel.desk]  # a ticket may have moved
        for account in desk.now.desk.accounts:
            if account.key == parcel.account:
                return account.settings.get("address", "").rpartition("@")[2] or "localhost"
        return "localhost"


_NOTHING_TO_SAY = Sent(external_ids=(), detail="nothing to say any more")


def _place(data: Mapping[str, Any]) -> Place:
    return Place(
        account=data["account"],
        channel=Channel(data["channel"]),
        address=data["address"],
        thread=data.get("thread"),
    )
