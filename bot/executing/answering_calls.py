"""Answers to a call: a director who only reads mail decides by "setuju", or "tidak setuju: alasan".

By mail it counts from the address that was called alone, to the call that it answers, and only where the mail server proves the
sender; where it cannot, the decision is confirmed by an answer to one more mail. What is not clearly a decision is asked back.
"""

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from bot.desks import Desks, OpenDesk
from bot.executing.doing import OfTurn, Written
from bot.executing.ending import End, finish
from bot.telling import Rows, to_person
from bot.turns.called import Called, called_to
from bot.turns.filling import Filling
from bot.turns.outcomes import decided_text
from bot.turns.replies import Meant
from procedures.cases import rows as cases
from procedures.cases.refusals import Why, note_refusal
from procedures.words.answer_words import ways_of
from procedures.words.decision_words import Decision, read_decision, says_yes
from templates_replies import turn_phrases
from tickets.ledger.tx import Tx
from tickets.message import Channel

_RE = re.compile(r"^(re\s*:\s*)+", re.IGNORECASE)
_CONFIRMED_WITHIN = timedelta(days=1)


class Answering(OfTurn):
    """An answer to a call. What is told goes back where it came from; by mail it finds the turn again."""

    def __init__(self, tx: Tx, written: Written, *, desk: OpenDesk, desks: Desks, call: Meant) -> None:
        super().__init__(tx, written, desk=desk, desks=desks, number=call.ticket)
        self.call = call

    @property
    def by_mail(self) -> bool:
        return self.written.said.place.channel is Channel.EMAIL

    def tell(
        self,
        text: str,
        rows: Rows = (),
        *,
        in_words: str | None = None,
        form: Mapping[str, Any] | None = None,
    ) -> None:
        if self.by_mail:
            self.tell_by_mail(text)
        else:
            super().tell(text, rows, in_words=in_words, form=form)

    def tell_by_mail(self, text: str, *, chosen: Decision | None = None) -> None:
        said, call = self.written.said, self.call
        self._told += 1
        way = {"account": said.place.account, "channel": str(Channel.EMAIL), "address": said.place.address}
        turn: Mapping[str, Any] = {
            "case": call.case, "step": call.step, "round": call.round, "person": self.person.id,
            "chosen": [chosen.way, chosen.reason] if chosen else [],
        }  # fmt: skip
        to_person(
            self.tx, [way], text, desk=self.desk.slug, person=self.person.id, at=self.at, ticket=self.number,
            dedup=f"told:{said.place.account}:{said.event_id}:{self._told}",
            more={
                "turn": turn if self.person.id == call.person else None,
                "page": True,
                "replies_to": said.external_id,
                "subject": said.subject and f"Re: {_RE.sub('', said.subject)}",
            },
        )  # fmt: skip


def answer_call(doing: Answering) -> None:
    """Carry out what an answer to a call decides; whatever comes of it is told to whoever answered."""
    case = cases.load(doing.tx, doing.call.case)
    turn = next(
        (each for each in case.turns if (each.step, each.round) == (doing.call.step, doing.call.round)), None
    )
    called = called_to(doing.tx, case, turn, doing.desk) if turn is not None else None
    if called is None:
        doing.tell(turn_phrases.gone(doing.voice.language))
    elif doing.person.id != doing.call.person:
        _refuse(doing, called, Why.SENDER)
        doing.tell(turn_phrases.not_called(called.language, about=called.about))
    elif not called.turn.is_open:
        _refuse(doing, called, Why.OVER)
        doing.tell(decided_text(doing.tx, called, now=doing.at))
    else:
        _decide(doing, called)


def _decide(doing: Answering, called: Called) -> None:
    said, language = doing.written.said, called.language
    decision = _confirmed(doing) if doing.call.chosen else _read(doing, called)
    if decision is None:
        labels = [label for _, label in ways_of(called.step, language)]
        doing.tell(turn_phrases.unclear(language, about=called.about, ways=labels))
        return
    is_proven = said.authenticity is not None and said.authenticity.proven
    if doing.by_mail and not is_proven and not doing.call.chosen:
        label = dict(ways_of(called.step, language))[decision.way]
        text = turn_phrases.confirm(language, about=called.about, way=label, files=bool(said.files))
        doing.tell_by_mail(text, chosen=decision)
        return
    filling = Filling(step=called.step.id, seen=called.turn.round, way=decision.way, reason=decision.reason)
    finish(doing, End(case=called.case, procedure=called.procedure, step=called.step, filling=filling))


def _read(doing: Answering, called: Called) -> Decision | None:
    """Return what somebody has decided; a file without words is what a step that decides nothing has made."""
    text = doing.written.said.text
    if doing.written.files and not text.strip() and not called.step.decides:
        return Decision(way=called.step.outcomes[0].id)
    return read_decision(called.step, text, by=doing.person.name)


def _confirmed(doing: Answering) -> Decision | None:
    """Return the decision that they were asked to confirm, if they do, and in time."""
    is_late = doing.at - doing.call.called_at > _CONFIRMED_WITHIN
    way, reason = doing.call.chosen
    return (
        Decision(way=way, reason=reason)
        if not is_late and says_yes(doing.written.said.text, by=doing.person.name)
        else None
    )


def _refuse(doing: Answering, called: Called, why: Why) -> None:
    note_refusal(
        doing.tx, called.case, called.step.id, called.turn.round, why, by=doing.by.key, at=doing.at
    )  # fmt: skip
