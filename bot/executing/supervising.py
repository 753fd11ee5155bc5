"""What supervisors do from chat."""

from bot.commands import Verb
from bot.executing.doing import Doing
from bot.executing.verbs import OnTicket
from tickets.actions import supervising


def _verify(doing: Doing, _rest: str) -> None:
    ticket = supervising.verify(doing.tx, doing.number, by=doing.by, at=doing.at)
    doing.confirm(doing.voice.verified(ticket))


VERBS: OnTicket = {Verb.VERIFY: _verify}
