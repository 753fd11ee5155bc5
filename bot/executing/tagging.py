"""Tags from chat: see them, put one on, take one off."""

from bot.commands import Verb
from bot.executing.doing import Doing
from bot.executing.verbs import OnTicket
from templates_replies import rule_phrases
from tickets.actions import tagging


def _tag(doing: Doing, rest: str) -> None:
    language, catalogue = doing.voice.language, doing.desk.catalogue
    if not rest:
        known = None if catalogue.tags is None else [tag.id for tag in catalogue.tags]
        now = tagging.tags_of(doing.tx, doing.number)
        doing.tell(rule_phrases.choose_tag(language, ticket=doing.number, tags=now, known=known))
        return
    tagging.tag(doing.tx, doing.number, rest, desk=doing.desk.now, by=doing.by, at=doing.at)
    _confirm(doing)


def _untag(doing: Doing, rest: str) -> None:
    tagging.untag(doing.tx, doing.number, rest, by=doing.by, at=doing.at)
    _confirm(doing)


def _confirm(doing: Doing) -> None:
    now = tagging.tags_of(doing.tx, doing.number)
    doing.confirm(rule_phrases.tagged(doing.voice.language, ticket=doing.number, tags=now))


VERBS: OnTicket = {Verb.TAG: _tag, Verb.UNTAG: _untag}
