"""A contact's message and the bot's part in it, in one transaction: taken in, decided upon, answered."""

from dataclasses import replace
from datetime import datetime

from bot import dialogues
from bot.conversation.dialogue import decide
from bot.conversation.foretelling import foretold_of
from bot.conversation.turn_taking import Turn, suggested
from bot.desks import OpenDesk
from bot.dialogues import Memory
from bot.incoming import Incoming, Means
from bot.requesting import turns as forms
from bot.survey import answering as survey
from bot.survey import public
from tickets import contacts
from tickets.actions import identity, proving
from tickets.intake import Reading, Taken, take_in
from tickets.ledger.tx import Tx
from tickets.message import Vouched
from tickets.predictions import Foretold
from tickets.proofs import CodeNow

HIDDEN = "••••••"  # stands for a one-time code in the conversation


def _foretold(incoming: Incoming) -> Foretold | None:
    """Return what the matcher says of a message; None where the words say no matter at all."""
    heard, said = incoming.heard, incoming.said
    spoken = bool(heard.text or said.subject)
    if not spoken or not heard.asks or heard.greeting or heard.forged or said.automatic:
        return None
    return foretold_of(incoming.suggestions)


def converse(
    tx: Tx, incoming: Incoming, *, desk: OpenDesk, means: Means, hint: str | None = None
) -> Taken | None:
    """Take a message in and let the bot do its part; None if the message was there already.

    The `hint` stands below the words with which a ticket begins.
    """
    said, heard, at = incoming.said, incoming.heard, incoming.at
    known = contacts.address_at(tx, account=said.place.account, external_id=said.place.address)
    before = dialogues.of(tx, known.id) if known is not None else Memory()
    press = public.pressed(said.button)
    if press is not None:
        return _on_public_survey(tx, incoming, press, desk=desk)
    code = _open_code(tx, incoming)
    answer = survey.read(tx, said, heard, incoming.suggestions, at=at) if code is None else None
    form = None
    if known is not None and code is None and answer is None:
        form = forms.listen(tx, incoming, before, desk=desk, contact=known.contact)
    ordinary = answer.asks if answer is not None else form is None or form.is_for_people
    reading = _reading(incoming, before, desk, ordinary=ordinary)
    if code is not None:  # nobody is asked anything by it, and it shall not be read again
        said = replace(said, text=HIDDEN, full_text=None, html=None)
        reading = Reading(asks=False, opens=False)
    taken = take_in(
        tx, said, desk=desk.now, reading=reading, files=incoming.files, raw_sha256=incoming.raw_sha256, at=at
    )
    if taken is None or taken.joined or taken.address.blocked_at is not None:
        return taken  # whatever a blocked address says is answered nothing
    if heard.language not in (None, taken.contact.language) and (ordinary or taken.contact.language is None):
        contacts.change_contact(tx, taken.contact.id, language=heard.language)
    taken = _vouched_for(tx, taken, said.vouched, desk=desk, at=at)
    if form is not None:
        forms.refuse(tx, form, at=at)
    if _is_for_people(taken, desk) and not (heard.stop or heard.start):
        return taken
    if form is not None and taken.address.stopped_at is None:
        forms.take(tx, form, taken, incoming, desk=desk, means=means, before=before)
        return taken
    if answer is not None:
        survey.keep(tx, answer, message=taken.message, at=at)
    tried = None
    if code is not None and heard.code is not None:
        tried = proving.try_code(tx, code, heard.code, key=means.codes_key, at=at)
    turn = Turn(
        tx, taken, incoming, desk=desk, means=means, memory=before, answer=answer, tried=tried, hint=hint
    )
    turn.act(decide(turn.situation()))
    return taken


def _reading(incoming: Incoming, before: Memory, desk: OpenDesk, *, ordinary: bool) -> Reading:
    """Say what a message does to tickets; one that is not `ordinary` answers what was asked, and begins nothing."""
    heard = incoming.heard
    return Reading(
        asks=heard.asks and ordinary,
        assents=heard.answer is True,
        opens=heard.opens and ordinary,
        language=heard.language if ordinary else None,
        suggestions=suggested(incoming, before, desk),
        foretold=_foretold(incoming) if ordinary else None,
    )


def _vouched_for(tx: Tx, taken: Taken, vouched: Vouched | None, *, desk: OpenDesk, at: datetime) -> Taken:
    if vouched is None:
        return taken
    number = taken.ticket.number if taken.ticket else None
    contact = identity.vouch(tx, taken.contact.id, vouched, ticket=number, desk=desk.now.slug, at=at)
    return replace(taken, contact=contact)


def begin(tx: Tx, taken: Taken, incoming: Incoming, *, desk: OpenDesk, means: Means, memory: Memory) -> None:
    """Let the bot of a desk say what it says on a new ticket, which has waited for the contact to choose that desk."""
    turn = Turn(tx, taken, incoming, desk=desk, means=means, memory=memory)
    turn.act(decide(turn.situation()))


def _is_for_people(taken: Taken, desk: OpenDesk) -> bool:
    """Whether the bot has nothing to say: another desk's people answer it now, or it is not the contact who speaks.

    What the bot says on a ticket goes to its contact, who would be told what somebody else in copy was meant to hear.
    """
    ticket = taken.ticket
    return ticket is not None and (ticket.desk != desk.slug or ticket.contact != taken.contact.id)


def _open_code(tx: Tx, incoming: Incoming) -> CodeNow | None:
    """Return the one-time code that this message is meant for, if it is."""
    if incoming.heard.code is None:
        return None
    place = incoming.said.place
    return proving.open_code(tx, account=place.account, external_id=place.address, at=incoming.at)


def _on_public_survey(
    tx: Tx, incoming: Incoming, press: tuple[int, int, int], *, desk: OpenDesk
) -> Taken | None:
    """Take a pressed answer to the survey of public services: it belongs to no ticket."""
    taken = take_in(
        tx, incoming.said, desk=desk.now, reading=Reading(asks=False, opens=False, joins=False), files=incoming.files,
        raw_sha256=incoming.raw_sha256, at=incoming.at,
    )  # fmt: skip
    if taken is not None:
        replies_to = incoming.said.external_id
        public.go_on(tx, press, address=taken.address, desk=desk, replies_to=replies_to, at=incoming.at)
    return taken
