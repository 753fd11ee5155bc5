"""WhatsApp's 24 hours: asking the contact for a word, taking back what waits for one."""

from bot.commands import Verb
from bot.executing.doing import Doing
from bot.executing.verbs import OnTicket
from templates_replies import window_phrases
from tickets.actions import knocking


def _knock(doing: Doing, _rest: str) -> None:
    doing.acts.knock(doing.tx, doing.number, desk=doing.desk.now, by=doing.by, at=doing.at)
    doing.tell(window_phrases.knocked(doing.voice.language, ticket=doing.number))


def _withdraw(doing: Doing, _rest: str) -> None:
    taken = knocking.withdraw(doing.tx, doing.number, by=doing.by, at=doing.at)
    doing.tell(window_phrases.withdrawn(doing.voice.language, ticket=doing.number, texts=taken))


VERBS: OnTicket = {Verb.KNOCK: _knock, Verb.WITHDRAW: _withdraw}
