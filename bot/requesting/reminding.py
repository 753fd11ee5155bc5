"""Contacts are reminded once of a form that they have not sent, and forms that nobody goes on with are given up."""

from datetime import datetime, timedelta

from bot.desks import Desks, OpenDesk
from bot.voice import contact_voice
from procedures.requests import acts, rows
from procedures.requests.rows import RequestNow
from templates_replies import request_phrases as phrases
from templates_replies.moments import date_in_words
from tickets import contacts, windows
from tickets import ticket as tickets_
from tickets.actions import answering
from tickets.ledger.tx import Tx
from tickets.lifecycle import TO_DO

MOST = 50  # of each in one transaction


def turn(tx: Tx, desks: Desks, *, at: datetime) -> int:
    """Do what is due; how much that was."""
    old = rows.outlived(tx, at=at, most=MOST)
    for request in old:
        acts.lapse(tx, request, at=at)
    forgotten = rows.forgotten(tx, at=at, most=MOST)
    for request in forgotten:
        desk = desks.get(request.desk)
        if desk is not None:
            _remind(tx, request, desk, at=at)
        acts.reminded(tx, request, at=at)
    return len(old) + len(forgotten)


def _remind(tx: Tx, request: RequestNow, desk: OpenDesk, *, at: datetime) -> None:
    """Say it where they can be told in free words; whoever cannot is not written to."""
    ticket = tickets_.load(tx, request.ticket)
    procedure = next((each for each in desk.procedures if each.id == request.procedure), None)
    address = contacts.load_address(tx, ticket.address) if ticket.address is not None else None
    if procedure is None or address is None or ticket.status not in TO_DO:
        return
    if not windows.is_open(address.channel, address.last_inbound_at, at):
        return
    language = contact_voice(desk, contacts.load_contact(tx, ticket.contact).language).language
    last = (request.drop_at - timedelta(seconds=1)).astimezone(desk.now.desk.calendar.tz)
    text = phrases.reminder(
        language, procedure=procedure.name, ticket=ticket.number, until=date_in_words(last, language)
    )
    answering.say_automatically(tx, ticket, answering.Words(text=text), at=at, kind="request")
