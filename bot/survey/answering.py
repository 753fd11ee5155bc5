"""Understanding what a contact says after the question: a score, a remark to it, or something else altogether.

In doubt it is something else: an ordinary message, which reopens the ticket as ever.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.listening import Heard
from bot.survey.asking import pressed
from bot.turn import Judged
from templates_replies.matcher import Suggestion
from templates_replies.normalise import words
from templates_replies.scores import Scored, is_remark, scored
from tickets import contacts
from tickets.actions import survey
from tickets.actions.survey import Asked
from tickets.ledger.tx import Tx
from tickets.lifecycle import Status
from tickets.message import Said
from tickets.placing import ticket_of
from tickets.survey import REMARKED_WITHIN, is_low, still_counts

_OVER = frozenset({Status.SOLVED, Status.CLOSED})
# How likely a category must be for words that sound like a judgement to be about it, and no remark. Requests that sound so
# have 0.97 ("edunex lambat sekali hari ini") to 0.99 ("cara mengarsipkan kelas lama"), remarks that name no matter up to 0.91
# ("lambat banget jawabnya").
_A_MATTER = 0.95


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a message says to the question that was asked."""

    asked: Asked
    scored: Scored | None = None  # None: a remark alone
    remark: str | None = None
    counts: bool = True  # False: too late, or there is nothing to keep

    @property
    def asks(self) -> bool:
        """Whether it is an ordinary message as well."""
        return self.scored is not None and self.scored.asks

    def judged(self, *, ask_remark: bool) -> Judged:
        """Return what the dialogue has to know of it."""
        given = self.scored
        first = self.asked.answered_at is None
        return Judged(
            counts=self.counts,
            score=given.score if given else None,
            low=given is not None and is_low(given.score, self.asked.scale),
            ask_remark=ask_remark and first and given is not None and given.remark is None,
            first_remark=given is None and self.asked.remark is None,
            asks=self.asks,
        )


def read(
    tx: Tx, said: Said, heard: Heard, suggestions: Sequence[Suggestion], *, at: datetime
) -> Answer | None:
    """Return what the message answers; None for one that answers nothing."""
    press = pressed(said.button)
    if press is not None:
        ticket, cycle, score = press
        asked = survey.of_cycle(tx, ticket, cycle)
        if asked is None or asked.withheld or not _is_theirs(tx, said, asked) or score > asked.scale:
            return None
        return _score(asked, Scored(score=score), at)
    if not (heard.score or heard.remark or heard.declines):
        return None  # nearly every message
    found = ticket_of(tx, said)
    asked = survey.of_cycle(tx, found.number, found.cycle) if found and found.status in _OVER else None
    if asked is None or asked.withheld or survey.a_person_wrote_since(tx, asked):
        return None
    given = scored(heard.text, asked.scale) if heard.score else None
    if given is not None:
        return _score(asked, given, at)
    return _remark(asked, heard, suggestions, at)


def keep(tx: Tx, answer: Answer, *, message: int, at: datetime) -> None:
    """Write down what was said."""
    if not answer.counts:
        return
    asked: Asked | None = answer.asked
    if answer.scored is not None:
        asked = survey.score(tx, answer.asked, answer.scored.score, message=message, at=at)
    if asked is not None and answer.remark is not None:
        survey.remark(tx, asked, answer.remark, message=message, at=at)


def _score(asked: Asked, given: Scored, at: datetime) -> Answer:
    counts = still_counts(asked_at=asked.asked_at, answered_at=asked.answered_at, at=at)
    return Answer(asked=asked, scored=given, remark=given.remark, counts=counts)


def _remark(asked: Asked, heard: Heard, suggestions: Sequence[Suggestion], at: datetime) -> Answer | None:
    if asked.answered_at is None or at - asked.answered_at > REMARKED_WITHIN:
        return None
    if heard.declines:
        return Answer(asked=asked, counts=False)
    judges = heard.remark and not _is_a_matter(suggestions)
    return Answer(asked=asked, remark=heard.text) if judges else None


def _is_a_matter(suggestions: Sequence[Suggestion]) -> bool:
    """Whether words that judge are about something of the catalogue. A complaint about the service is a judgement too.

    What a category says of it in a sentence is such a complaint; a keyword of one word is not.
    """
    if not suggestions or suggestions[0].score < _A_MATTER:
        return False
    nearest = suggestions[0].nearest
    return not (isinstance(nearest, str) and len(words(nearest)) > 1 and is_remark(nearest))


def _is_theirs(tx: Tx, said: Said, asked: Asked) -> bool:
    address = contacts.address_at(tx, account=said.place.account, external_id=said.place.address)
    return address is not None and address.id == asked.address
