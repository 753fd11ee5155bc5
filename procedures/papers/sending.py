"""Papers on their way to the requester, each once, with what they are told besides in the same message.

A paper leaves as soon as it is issued and typeset; until then the words wait beside it. Where it cannot be typeset, or no
longer stands, they are said without it.
"""

from dataclasses import replace
from datetime import datetime

from procedures.cases.happened import Doing
from procedures.cases.rows import CaseNow
from procedures.cases.telling import say
from procedures.definition.papers import Kind
from procedures.papers import rows
from procedures.papers.rows import PaperNow, State
from templates_replies import paper_phrases as phrases
from templates_replies.catalogue import supported_language
from tickets import ticket as tickets_
from tickets.actions import answering
from tickets.actor import Actor
from tickets.ledger.blobs import Stored
from tickets.ledger.tx import Tx

KIND = "paper"  # why the bot speaks
_NAMED_BY_THEIR_WORDS = {Kind.INVOICE, Kind.RECEIPT}  # what is told of money says what is enclosed


def send(tx: Tx, case: CaseNow, doing: Doing, name: str, *, said: str) -> None:
    """Let the paper that stands go to the requester with these words, now or as soon as it is issued and typeset."""
    paper = rows.current(tx, case.id, name)
    if paper is not None:
        rows.save(tx, hand_over(tx, replace(paper, wanted=True, said=said), by=doing.by, at=doing.at))


def want(tx: Tx, case: CaseNow, name: str) -> None:
    """Let the paper that stands go to the requester; `send_along` sends it, once it is known what they are told."""
    paper = rows.current(tx, case.id, name)
    if paper is not None:
        rows.save(tx, replace(paper, wanted=True))


def send_along(tx: Tx, case: CaseNow, said: str | None, doing: Doing) -> bool:
    """Send what the requester is to get, now or as soon as it is typeset, and say this in the first message of those.

    False where no paper goes: nothing has been said then.
    """
    going = [each for each in rows.of_case(tx, case.id) if _goes(each)]
    for paper in going:
        with_it = "\n\n".join(filter(None, (said if paper is going[0] else None, paper.said)))
        rows.save(tx, hand_over(tx, replace(paper, said=with_it or None), by=doing.by, at=doing.at))
    return bool(going)


def _goes(paper: PaperNow) -> bool:
    """Whether it is to go, and has not gone: what cannot be typeset waits for a person."""
    can_go = paper.state is State.ISSUED and paper.error is None
    return paper.wanted and can_go and paper.message is None


def hand_over(tx: Tx, paper: PaperNow, *, by: Actor, at: datetime) -> PaperNow:
    """Say it to the requester with its file, once; the row as it is to be saved."""
    is_ready = paper.wanted and paper.state is State.ISSUED and paper.due_at is None and paper.message is None
    if not is_ready or paper.sha256 is None:
        return paper
    ticket = tickets_.load(tx, paper.ticket)
    language = supported_language(ticket.language or paper.content["language"])
    file = Stored(
        name=paper.name or paper.title, type=paper.type or "application/pdf", size=paper.size, sha256=paper.sha256,
        state="stored",
    )  # fmt: skip
    enclosed = phrases.enclosed(language, paper=paper.title, number=paper.number)
    if paper.said is None:
        words = answering.Words(text=enclosed, files=(file,))
        message = answering.say_automatically(tx, ticket, words, at=at, kind=KIND, by=by)
    else:
        named = paper.content.get("kind") in _NAMED_BY_THEIR_WORDS
        text = paper.said if named else f"{paper.said}\n\n{enclosed}"
        message = say(tx, ticket, answering.Words(text=text, files=(file,)), by=by, at=at, kind=KIND)
    return replace(paper, message=message, wanted=False, said=None)


def say_without(tx: Tx, paper: PaperNow, *, at: datetime) -> PaperNow:
    """Say what waits for a paper that does not go; the row as it is to be saved."""
    if paper.said is not None:
        ticket = tickets_.load(tx, paper.ticket)
        say(tx, ticket, answering.Words(text=paper.said), by=paper.last_by, at=at, kind=KIND)
    return replace(paper, said=None)
