"""The form's turn in a conversation: what a message means to it, and what is said to the contact then."""

from dataclasses import replace
from datetime import datetime

from bot import dialogues
from bot.desks import OpenDesk
from bot.dialogues import Memory
from bot.identity import missing
from bot.incoming import Incoming, Means
from bot.known import known_of
from bot.own_turns import listening as own_turns
from bot.own_turns.listening import OwnTurn
from bot.requesting import talking, withdrawing
from bot.requesting.going_on import Occasion
from bot.requesting.talking import Talk
from bot.requesting.withdrawing import Withdrawal
from bot.turn import IDENTITY, IDENTITY_FOR, Expectation
from bot.voice import contact_voice
from procedures.requests import rows
from procedures.requests.rows import Stage
from templates_replies import phrases
from templates_replies.catalogue import Language
from templates_replies.labels import IdentityField
from tickets import contacts
from tickets import ticket as tickets_
from tickets.actions import answering
from tickets.intake import Taken
from tickets.ledger.tx import Tx
from tickets.message import Channel


def listen(
    tx: Tx, incoming: Incoming, before: Memory, *, desk: OpenDesk, contact: int
) -> Talk | Withdrawal | OwnTurn | None:
    """Return what a message means to the form that its contact fills in, to the case that it became, or to their turn in it.

    Most messages have to do with neither, and cost one look-up here.
    """
    said, heard, at = incoming.said, incoming.heard, incoming.at
    if not desk.procedures or heard.automatic or heard.forged:
        return None

    def language() -> Language:
        spoken = contacts.load_contact(tx, contact).language
        return contact_voice(desk, spoken or heard.language).language

    request = talking.request_of(tx, said, contact=contact)
    if request is not None:
        talk = talking.listen(tx, incoming, request, desk=desk, language=language())
        if talk is not None:
            return talk
    if withdrawing.may_be_meant(said, heard, before, at=at):
        spoken = language()
        back = withdrawing.listen(tx, said, heard, before, desk=desk, contact=contact, language=spoken, at=at)
        if back is not None:
            return back
    return own_turns.listen(tx, incoming, before, desk=desk, contact=contact, language=language)


def take(
    tx: Tx, form: Talk | Withdrawal | OwnTurn, taken: Taken, incoming: Incoming, *, desk: OpenDesk, means: Means, before: Memory
) -> None:  # fmt: skip
    """Do what the message means, and say what is said to it; idle talk is answered only so often."""
    lately, limit = before.lately(incoming.at), desk.now.desk.limits.answers
    if taken.ticket is None or (form.is_idle and limit is not None and lately.said >= limit.count):
        return
    words = form.go(tx, occasion_of(taken, incoming, desk), link=means.form_link)
    expects = form.expects(lately.expects, incoming.at)
    if _was_sent(tx, form) and (lacking := _lacking(taken)):
        language = _language(taken, incoming, desk)
        words = replace(words, text=f"{words.text}\n\n{phrases.ask_identity(language, missing=lacking)}")
        asked = {"ticket": taken.ticket.number}
        expects = Expectation(what=IDENTITY, data=asked, expires_at=incoming.at + IDENTITY_FOR)
    ticket = tickets_.load(tx, taken.ticket.number)
    answering.say_automatically(tx, ticket, words, at=incoming.at, kind="request")
    dialogues.save(tx, taken.address.id, lately, expects=expects, spoke=form.is_idle, at=incoming.at)


def refuse(tx: Tx, form: Talk | Withdrawal | OwnTurn, *, at: datetime) -> None:
    """Note what somebody else than whoever asked would have decided."""
    if isinstance(form, OwnTurn):
        form.refuse(tx, at=at)


def _was_sent(tx: Tx, form: Talk | Withdrawal | OwnTurn) -> bool:
    """Whether the form was handed in by this message."""
    if not isinstance(form, Talk) or not form.request.is_live:
        return False
    now = rows.load(tx, form.request.id)
    return now is not None and now.stage is Stage.SENT


def _lacking(taken: Taken) -> list[IdentityField]:
    """Return what is to be asked of who they are, now that the form is sent; by mail nothing, as ever."""
    if taken.address.channel == Channel.EMAIL:
        return []
    return [IdentityField(each) for each in missing(known_of(taken.contact))]


def occasion_of(taken: Taken, incoming: Incoming, desk: OpenDesk) -> Occasion:
    return Occasion(
        desk=desk.now, procedures=desk.procedures, account=taken.address.account, channel=taken.address.channel,
        language=_language(taken, incoming, desk), at=incoming.at,
    )  # fmt: skip


def _language(taken: Taken, incoming: Incoming, desk: OpenDesk) -> Language:
    """Names and titles that answer a form say little of the language somebody speaks: what they spoke before counts."""
    return contact_voice(desk, taken.contact.language or incoming.heard.language).language
