"""Files of the contact that could not be had from the provider."""

from bot.commands import Verb
from bot.executing.doing import Doing
from bot.executing.verbs import OnTicket
from templates_replies import notice_phrases
from tickets.actions import fetching


def _fetch(doing: Doing, _rest: str) -> None:
    files = fetching.fetch_again(doing.tx, doing.number, by=doing.by, at=doing.at)
    doing.tell(notice_phrases.fetched_again(doing.voice.language, files=files))


VERBS: OnTicket = {Verb.FETCH: _fetch}
