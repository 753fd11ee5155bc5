"""What nobody asked for: spam, blocked addresses, and the way back."""

from bot.commands import Verb
from bot.executing.doing import Doing
from bot.executing.verbs import OnTicket
from procedures import carrying
from procedures.cases import on_tickets
from templates_replies import handling_phrases
from tickets.actions import blocking, spam
from tickets.actions.errors import RuleError

_TAKE = {"ambil", "take"}


def _spam(doing: Doing, rest: str) -> None:
    ends = on_tickets.is_running(doing.tx, doing.number)
    spam.mark_spam(doing.tx, doing.number, by=doing.by, at=doing.at, reason=rest or None)
    doing.tell(handling_phrases.spam(doing.voice.language, ticket=doing.number, ends_case=ends))


def _restore(doing: Doing, _rest: str) -> None:
    carrying.bring_back(doing.tx, doing.number, by=doing.by, at=doing.at)
    stopped = on_tickets.was_stopped(doing.tx, doing.number)
    doing.tell(handling_phrases.restored(doing.voice.language, ticket=doing.number, stopped=stopped))


def _block(doing: Doing, rest: str) -> None:
    blocking.block(
        doing.tx, _address(doing), by=doing.by, at=doing.at, reason=rest or None, ticket=doing.number
    )
    doing.tell(handling_phrases.blocked(doing.voice.language, ticket=doing.number))


def _unblock(doing: Doing, rest: str) -> None:
    _, tickets = blocking.unblock(
        doing.tx, _address(doing), desk=doing.desk.now, take_in=rest.lower() in _TAKE, by=doing.by, at=doing.at
    )  # fmt: skip
    doing.tell(handling_phrases.unblocked(doing.voice.language, tickets=tickets))


def _address(doing: Doing) -> int:
    if doing.ticket.address is None:
        raise RuleError(f"ticket #{doing.number} came from no address", ticket=doing.number)
    return doing.ticket.address


VERBS: OnTicket = {Verb.SPAM: _spam, Verb.RESTORE: _restore, Verb.BLOCK: _block, Verb.UNBLOCK: _unblock}
