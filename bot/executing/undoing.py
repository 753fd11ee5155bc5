"""Second thoughts of people of the desk: they edit what they wrote in chat, take it back, or send it again."""

from datetime import datetime

from bot import commands, topics
from bot.commands import Answer, Do, Note, Verb
from bot.executing.doing import Doing
from bot.executing.verbs import OnTicket
from templates_replies import amending_phrases
from tickets import references
from tickets.actions import amending, resending
from tickets.actions.errors import RuleError
from tickets.actor import Actor
from tickets.ledger.tx import Tx
from tickets.message import Edited


class OtherKindError(RuleError):
    """What was an answer reads as a note or a command now, or the other way round: nothing is guessed."""

    code = "other_kind"


class WhichError(RuleError):
    """It does not reply to what is to be taken back."""

    code = "which_back"


def rewrite(tx: Tx, edited: Edited, *, message: int, by: Actor, at: datetime) -> None:
    """Let a message say what its writer has made of it."""
    number = amending.ticket_of(tx, message)
    note = amending.is_note(tx, message)
    text = _said(edited.text, note=note)
    if number is None or text is None:
        raise OtherKindError("an edit does not change what kind of message it is", ticket=number)
    amending.amend(tx, number, message, text, by=by, at=at)


def _said(text: str, *, note: bool) -> str | None:
    """Return the words of an answer or of a note; None if it is not that any more."""
    numbered = commands.numbered(text)
    order = commands.parse(numbered[1] if numbered else text, plain_is_note=note)
    match order:
        case Note(text=words) if note:
            return words
        case Answer(text=words) if not note:
            return words
        case Do(verb=Verb.WAIT | Verb.CLOSE, rest=words) if not note and words:
            return words
        case _:
            return None


def _take_back(doing: Doing, _rest: str) -> None:
    said = doing.written.said
    account, external_id = said.place.account, said.replies_to or ""
    origin = topics.origin_at(doing.tx, account=account, external_id=external_id)
    message = (
        origin.message
        if origin is not None
        else references.message_at(doing.tx, account=account, external_id=external_id)
    )
    if message is None:
        raise WhichError("it replies to no answer and no note", ticket=doing.number)
    amending.withdraw(doing.tx, doing.number, message, by=doing.by, at=doing.at)
    note = amending.is_note(doing.tx, message)
    doing.confirm(amending_phrases.taken_back(doing.voice.language, note=note))


def _send_again(doing: Doing, rest: str) -> None:
    resending.send_again(
        doing.tx, doing.number, int(rest) if rest.isdecimal() else None, by=doing.by, at=doing.at
    )
    doing.tell(amending_phrases.sent_again(doing.voice.language, ticket=doing.number))


VERBS: OnTicket = {Verb.TAKE_BACK: _take_back, Verb.SEND_AGAIN: _send_again}
