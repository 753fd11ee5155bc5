"""What surrounds the answer form on a ticket's page, for whoever looks at it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from console.company import Beside
from console.doors import Visitor
from console.house import House
from console.phrases import say
from console.ticket.drafts import writing_now
from console.ticket.held import unsent_of
from console.ticket.replying import Offer, offers
from templates_replies.catalogue import Language
from templates_replies.moments import in_words
from tickets import scheduled, views
from tickets.ledger.blobs import Stored
from tickets.views import HeldAnswer, ScheduledView, WholeTicket


@dataclass(frozen=True, kw_only=True)
class Composer:
    offers: Sequence[Offer]  # reply templates, the likeliest first
    held: Sequence[HeldAnswer]  # answers of theirs that can still be undone
    scheduled: Sequence[ScheduledView]  # answers that go later
    files: Sequence[Stored]  # that are kept with their draft
    writing: Sequence[str]  # names of colleagues who have begun to write
    company: Mapping[str, str]  # who else is here, in words
    zone: tzinfo
    window_left: str | None  # for how long free text may still be sent, in words; None: not any more
    soon: datetime  # when an answer can go later, for most
    opening: datetime

    def local(self, instant: datetime) -> str:
        """Return an instant as a field for day and time wants it."""
        return instant.astimezone(self.zone).strftime("%Y-%m-%dT%H:%M")


async def composer_for(
    house: House, visitor: Visitor, found: WholeTicket, names: Mapping[str, str], *, beside: Beside,
    language: Language, may_answer: bool, now: datetime,
) -> Composer:  # fmt: skip
    ticket = found.ticket
    by = visitor.actor(ticket.desk).key
    own, begun, held, later = await house.ledger.read(
        lambda session: (
            views.draft_of(session, ticket.number, by=by),
            views.drafts_beside(session, ticket.number, by=by),
            views.held_answers(session, unsent_of(found), by=by, now=now),
            views.scheduled_answers(session, ticket.number),
        )
    )
    calendar = house.desk(ticket.desk).desk.calendar
    return Composer(
        offers=await offers(house, found, agent=visitor.name) if may_answer else (),
        held=held, scheduled=later, files=own.files if own else (),
        writing=[name for name in writing_now(begun, names, now=now) if name not in beside.typing],
        company=in_company(beside, language), window_left=_window_left(found, language, now), zone=calendar.tz,
        soon=now + scheduled.SOON, opening=scheduled.opening(calendar, now),
    )  # fmt: skip


def in_company(beside: Beside, language: Language) -> dict[str, str]:
    """Say who else is at a ticket; an empty text where nobody is."""
    return {
        key: say(language, f"company_{key}", who=", ".join(names)) if names else ""
        for key, names in (("looking", beside.looking), ("typing", beside.typing))
    }


def _window_left(found: WholeTicket, language: Language, now: datetime) -> str | None:
    """Return for how long free text may still be sent to the contact; None: not any more."""
    window = found.window
    if window is None or window.waiting:  # the provider had the last word
        return None
    closes_at = window.closes_at
    return in_words(closes_at - now, language) if closes_at is not None and closes_at > now else None
