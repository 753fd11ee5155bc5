"""What may leave for a contact now: free text while the window of their channel is open, else an approved template.

The window is asked when a parcel is carried out, not when it was written, and the provider has the last word with the
same consequence; while what was claimed with it says that it is open, nothing is looked up. What a person wrote is refused
with `Refusal.WINDOW`, upon which it waits for the contact. What the house says by itself goes as the template that the
desk has for it, or is refused with words that the ticket shows.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.desks import Desks, OpenDesk
from bot.templates import choosing
from bot.templates.choosing import Choice, Unusable
from bot.voice import staff_voice
from channels.contract import RefusedByProvider
from templates_replies import window_phrases
from templates_replies.render import one_line
from tickets import approved, contacts, outbox, parked, staff_windows, windows
from tickets import ticket as tickets_
from tickets.approval import Fault, Purpose, fault_of, fits
from tickets.ledger.store import Ledger
from tickets.ledger.tx import Tx
from tickets.message import Outgoing, Refusal, Template
from tickets.parcels import Audience, Parcel

_CLOSED = "Jendela 24 jam WhatsApp sudah tertutup. / WhatsApp's 24 hours are over."
_LEFT = "Nomor ini tidak lagi dipakai kontak tersebut. / The contact does not have this number any more."
_LONGEST_ALERT = 250  # characters, of a template's one variable


class Windows:
    def __init__(self, ledger: Ledger, desks: Desks, *, clock: Callable[[], datetime]) -> None:
        self._ledger = ledger
        self._desks = desks
        self._clock = clock

    async def fitted(self, parcel: Parcel, outgoing: Outgoing) -> Outgoing:
        """Return it as it may leave now. Raises RefusedByProvider."""
        if parcel.audience is not Audience.CONTACT or not windows.has_one(outgoing.place.channel):
            return outgoing
        open_for = self._surely_open_for(parcel, outgoing)
        if open_for is not None:
            return replace(outgoing, valid_for=open_for)
        return await self._ledger.write(lambda tx: self._fitted(tx, parcel, outgoing), name="window")

    async def instead(self, parcel: Parcel, outgoing: Outgoing, error: RefusedByProvider) -> Outgoing | None:
        """Return what to send after the provider refused it; None if there is nothing. May raise as `fitted` does."""
        if parcel.audience is not Audience.CONTACT:
            return None
        if error.why is not Refusal.WINDOW or outgoing.template is not None:
            return None
        return await self._ledger.write(lambda tx: self._closed(tx, parcel, outgoing), name="window")

    async def hear_refusal(self, parcel: Parcel, outgoing: Outgoing, error: RefusedByProvider) -> None:
        """Take in that the provider did not want a template, so that it is not used again."""
        template, at = outgoing.template, self._clock()
        if error.why is Refusal.TEMPLATE and template is not None:
            await self._ledger.write(
                lambda tx: approved.refuse(tx, parcel.account, template, error.template_is, at=at),
                name="templates",
            )

    async def told(self, parcel: Parcel, outgoing: Outgoing, *, closed: bool = False) -> Outgoing:
        """Return what somebody of the desk is told as it may leave now, by their own window. Raises RefusedByProvider.

        `closed`: the provider says so.
        """
        if not windows.has_one(outgoing.place.channel):
            return outgoing
        closed = closed or bool(parcel.payload.get("closed"))
        return await self._ledger.write(lambda tx: self._told(tx, parcel, outgoing, closed), name="window")

    def _told(self, tx: Tx, parcel: Parcel, outgoing: Outgoing, closed: bool) -> Outgoing:  # noqa: FBT001
        heard_at, now = staff_windows.heard_at(tx, outgoing.place), self._clock()
        closes_at = windows.closes_at(outgoing.place.channel, heard_at)
        if not closed and closes_at is not None and now < closes_at:
            return replace(outgoing, valid_for=closes_at - now)
        desk = self._desks[parcel.desk]
        voice = staff_voice(desk)
        values = {
            "alert": _in_short(outgoing.text),
            "desk": desk.now.desk.name,
            "ticket": f"#{parcel.ticket}" if parcel.ticket else None,
        }
        reply = choosing.reply_for(desk, Purpose.ALERT)
        choice = choosing.choose(approved.listing(tx, parcel.account), reply, values, voice.language)
        return _as_chosen(tx, parcel, outgoing, choice, desk)

    def _surely_open_for(self, parcel: Parcel, outgoing: Outgoing) -> timedelta | None:
        """Return for how long it may leave as it is, by what was known when it was claimed; None: that is to be looked up."""
        address = parcel.reached
        if address is None or address.left or outgoing.template is not None or "closed" in parcel.payload:
            return None
        if parcel.order_key != f"contact:{address.id}" or address.external_id != outgoing.place.address:
            return None
        closes_at = windows.closes_at(address.channel, address.last_inbound_at)
        left = closes_at - self._clock() if closes_at is not None else timedelta(0)
        return left if left > timedelta(0) else None

    def _fitted(self, tx: Tx, parcel: Parcel, outgoing: Outgoing) -> Outgoing:
        address = contacts.address_at(tx, account=parcel.account, external_id=outgoing.place.address)
        if address is None or address.left or parcel.order_key != f"contact:{address.id}":
            raise RefusedByProvider(_LEFT, code="left")
        if outgoing.template is not None:
            self._check(tx, parcel, outgoing.template)
            return outgoing
        heard_at, now, channel = address.last_inbound_at, self._clock(), outgoing.place.channel
        if parcel.payload.get("closed") is None and windows.is_open(channel, heard_at, now):
            closes_at = windows.closes_at(channel, heard_at)
            return replace(outgoing, valid_for=closes_at - now if closes_at is not None else None)
        return self._closed(tx, parcel, outgoing)

    def _closed(self, tx: Tx, parcel: Parcel, outgoing: Outgoing) -> Outgoing:
        payload: dict[str, Any] = dict(parcel.payload)
        desk = self._desks[parcel.desk]
        waits = parked.can_wait(payload, audience=parcel.audience, act=parcel.act)
        reply = desk.catalogue.reply(payload["reply"]) if "reply" in payload else None
        if reply is None and not waits:
            reply = choosing.reply_for(desk, choosing.purpose_of(payload.get("kind")))
        choice: Choice = Unusable(fault=Fault.UNNAMED)
        if reply is not None and parcel.ticket is not None:
            ticket = tickets_.load(tx, parcel.ticket)
            choice = choosing.on_ticket(
                tx, reply, ticket, account=parcel.account, desk=desk, at=self._clock()
            )
        if waits and isinstance(choice, Unusable):
            raise RefusedByProvider(_CLOSED, code="window", why=Refusal.WINDOW)
        return _as_chosen(tx, parcel, outgoing, choice, desk)

    def _check(self, tx: Tx, parcel: Parcel, template: Template) -> None:
        """Refuse a template that cannot be sent any more, though it could when it was queued."""
        listing = approved.listing(tx, parcel.account)
        listed = fits(listing.templates, template.content_sid, template.language or "")
        fault = fault_of(listed, template.variables, whole=listing.fetched_at is not None)
        if fault is not None:
            language = staff_voice(self._desks[parcel.desk]).language
            said = window_phrases.no_template(language, fault=str(fault), name=None)
            raise RefusedByProvider(said, code=str(fault), why=Refusal.TEMPLATE)


def _as_chosen(tx: Tx, parcel: Parcel, outgoing: Outgoing, choice: Choice, desk: OpenDesk) -> Outgoing:
    if isinstance(choice, Unusable):
        said = window_phrases.no_template(
            staff_voice(desk).language, fault=str(choice.fault), name=choice.name
        )
        raise RefusedByProvider(f"{_CLOSED} {said}", code="window", why=Refusal.WINDOW)
    outbox.note_template(tx, parcel, choice.template)
    bare = replace(outgoing, buttons=(), in_words=None, files=())
    return replace(bare, text=choice.text, template=Template(**choice.template))


def _in_short(text: str) -> str:
    """Return the first lines of an alert as one: a template's variable has no line breaks."""
    lines = [one_line(line).rstrip(" .") for line in text.splitlines() if line.strip()]
    said = lines[0] if lines else ""
    for line in lines[1:]:
        if len(said) + len(line) + 3 > _LONGEST_ALERT:
            break
        said = f"{said} · {line}"
    return one_line(said, longest=_LONGEST_ALERT)
