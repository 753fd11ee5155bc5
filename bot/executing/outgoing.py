"""Writing to somebody who has not written: first, or in answer to a call or a visit."""

from bot.commands import Verb
from bot.executing.doing import AtDesk, Doing
from bot.executing.verbs import ForDesk, OnTicket
from templates_replies import by_hand_phrases
from tickets.actions import reaching
from tickets.actions.answering import Words


def _write_first(at_desk: AtDesk, rest: str) -> None:
    language = at_desk.voice.language
    to, _, said = rest.partition(" ")
    if not to or not (said.strip() or at_desk.written.files):
        at_desk.tell(by_hand_phrases.how_to_write(language))
        return
    subject, bar, text = said.partition("|")
    words = Words(
        text=(text if bar else said).strip(),
        subject=subject.strip() if bar else None,
        files=at_desk.written.files,
    )
    ticket, _ = reaching.write_first(
        at_desk.tx, to, words, desk=at_desk.desk.now, by=at_desk.by, at=at_desk.at
    )  # fmt: skip
    at_desk.tell(by_hand_phrases.written_first(language, ticket=ticket.number))


def _reach(doing: Doing, rest: str) -> None:
    ticket = reaching.reach(doing.tx, doing.number, rest, desk=doing.desk.now, by=doing.by, at=doing.at)
    doing.tell(by_hand_phrases.reachable(doing.voice.language, ticket=ticket.number, address=rest))


VERBS: OnTicket = {Verb.REACH: _reach}
AT_DESK: ForDesk = {Verb.WRITE_FIRST: _write_first}
