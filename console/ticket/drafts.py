"""Drafts on the page of a ticket: one's own comes back into the form, and others are seen to write."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from console.doors import Visitor
from console.house import House
from console.ticket.draft import Draft
from templates_replies.render import complete
from tickets import views
from tickets.actions.answering import Given
from tickets.actions.drafting import Begun
from tickets.desk import Desk
from tickets.views import WholeTicket

WRITING = timedelta(minutes=2)  # since their last word; whoever stopped before is somewhere else


async def kept_draft(house: House, visitor: Visitor, found: WholeTicket) -> Draft:
    """Return what they had begun to write on the ticket, with what it still lacks."""
    by = visitor.actor(found.ticket.desk)
    kept = await house.ledger.read(lambda session: views.draft_of(session, found.ticket.number, by=by.key))
    if kept is None:
        return Draft()
    text, missing = complete(kept.text, {})
    return Draft(
        text=text, missing=() if kept.is_note else missing, template=kept.began_as, is_note=kept.is_note,
        kept_at=kept.at,
    )  # fmt: skip


def above(given: Given, draft: Draft) -> Begun:
    """Put words and files that are given back above what was begun since."""
    return Begun(text=f"{given.text}\n\n{draft.text}".strip(), is_note=draft.is_note, files=given.files)


def held_for(visitor: Visitor, desk: Desk) -> timedelta:
    """Return for how long an answer of theirs can be undone: as they chose, and no longer than their desk has it."""
    most = desk.handling.undo_within
    return most if visitor.undo_within is None else min(most, visitor.undo_within)


def writing_now(begun: Mapping[str, datetime], names: Mapping[str, str], *, now: datetime) -> list[str]:
    """Return the names of those who are writing."""
    ids = [by.partition(":")[2] for by, at in begun.items() if now - at < WRITING]
    return sorted(names.get(each, each) for each in ids)
