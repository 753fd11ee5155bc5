"""How far a case has come on its procedure: every step with what is done, by whom, how long it took, where it stands. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from procedures.cases.lengths import length_of
from procedures.cases.rows import CaseNow, Turn
from procedures.cases.turns import DROPPED
from procedures.cases.vote_words import votes_said
from procedures.definition.procedure import SKIPPED, Procedure, Step
from procedures.sop_table.times import time_words
from procedures.words.answer_words import spoken
from templates_replies import sop_phrases as phrases
from templates_replies.catalogue import Language, supported_language
from templates_replies.moments import in_words, on_paper
from tickets.desk import Desk
from tickets.hours import Calendar


class StepClock(Protocol):
    """What is read of the clock of a step."""

    @property
    def due_at(self) -> datetime: ...
    @property
    def breached_at(self) -> datetime | None: ...


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Who reads of a case, and what is known beside it."""

    language: Language
    calendar: Calendar  # the desk's hours, in which standards count
    names: Mapping[str, str]  # of the staff, by id
    clocks: Mapping[tuple[str, int], StepClock]  # by step and round; a step without a standard has none
    when: Callable[[datetime], str]  # how this reader is told an instant
    mask: Callable[[str], str]  # how this reader is told what somebody wrote


def reader_of(
    clocks: Mapping[tuple[str, int], StepClock],
    desk: Desk,
    names: Mapping[str, str],
    *,
    mask: Callable[[str], str],
    language: Language | None = None,
) -> Reader:
    """Return who reads a case on paper, in the desk's own time, and its language unless theirs is told."""
    language = language or supported_language(desk.language)
    zone = desk.calendar.tz
    return Reader(
        language=language, calendar=desk.calendar, names=names, clocks=clocks,
        when=lambda at: on_paper(at.astimezone(zone), language), mask=mask,
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Progress:
    """One step, as far as the case has come."""

    step: str
    number: str
    title: str
    role: str
    state: str  # done, now, held, passed, dropped, ahead
    state_words: str
    says: str  # beside its state; empty where there is nothing to say
    late: bool = False

    @property
    def drawn_as(self) -> str:
        return "late" if self.late and self.state == "done" else self.state


@dataclass(frozen=True, kw_only=True)
class OnCase:
    """What a running case says on the SOP form."""

    summary: str  # whose it is and where it stands
    notes: Mapping[str, str]  # step → what stands in its remarks
    states: Mapping[str, str]  # step → how it is drawn


def progress(case: CaseNow, procedure: Procedure, reader: Reader) -> list[Progress]:
    """Return every step of the procedure, in its order."""
    return [_of_step(case, step, procedure, reader) for step in procedure.steps]


def end_words(case: CaseNow, procedure: Procedure, language: Language) -> str | None:
    """Return what the end of a case is called; None while it is under way."""
    if case.ended is None:
        return None
    end = procedure.end(case.ended)
    return end.name if end else phrases.ended_otherwise(language, case.ended)


def summary(case: CaseNow, procedure: Procedure, reader: Reader) -> str:
    """Say in a sentence whose case it is and where it stands."""
    standing = [step for step in procedure.steps if step.id in case.standing.open]
    return phrases.of_case(
        reader.language, ticket=case.ticket, begun=reader.when(case.begun_at),
        steps=[f"{step.number} ({procedure.actor(step)})" for step in standing],
        end=end_words(case, procedure, reader.language), ended=reader.when(case.ended_at) if case.ended_at else "",
    )  # fmt: skip


def on_table(case: CaseNow, procedure: Procedure, reader: Reader) -> OnCase:
    """Return what a case says on the SOP form."""
    rows = progress(case, procedure, reader)
    return OnCase(
        summary=summary(case, procedure, reader),
        notes={row.step: row.says or row.state_words for row in rows},
        states={row.step: row.drawn_as for row in rows},
    )


def _of_step(case: CaseNow, step: Step, procedure: Procedure, reader: Reader) -> Progress:
    last = next((turn for turn in reversed(case.turns) if turn.step == step.id), None)
    state = "ahead" if last is None else _state(last)
    clock = reader.clocks.get((step.id, last.round)) if last else None
    return Progress(
        step=step.id,
        number=step.number,
        title=f"{step.number}. {step.does}",
        role=procedure.actor(step),
        state=state,
        state_words=phrases.state(reader.language, state),
        says=" · ".join(part for part in _said(procedure, step, last, clock, reader) if part) if last else "",
        late=clock is not None and clock.breached_at is not None,
    )


def _state(turn: Turn) -> str:
    if turn.outcome in {SKIPPED, DROPPED}:
        return "passed" if turn.outcome == SKIPPED else "dropped"
    if turn.ended_at is not None:
        return "done"
    return "now" if turn.is_open else "held"


def _said(procedure: Procedure, step: Step, turn: Turn, clock: StepClock | None, reader: Reader) -> list[str]:
    """Say how a turn ended, who ended it, when, how long it took of how much, and why; or since when it is under way."""
    language = reader.language
    if turn.begun_at is None or turn.outcome in {SKIPPED, DROPPED}:
        return []
    late = phrases.late(language) if clock is not None and clock.breached_at is not None else ""
    again = phrases.round_words(language, turn.round) if turn.round > 1 else ""
    votes = votes_said(step, turn, language, reader.names, mask=reader.mask)
    if turn.ended_at is None:
        due = phrases.due_by(language, reader.when(clock.due_at)) if clock else ""
        return [phrases.since(language, reader.when(turn.begun_at)), due, late, again, votes]
    outcome = step.outcome(turn.outcome or "")
    who = (turn.by or "").partition(":")[2]
    length = length_of(turn, step, reader.calendar) or timedelta()
    within = step.standard.within if step.standard else None
    in_days = within is None or within.counts == "calendar"
    return [
        spoken(outcome.label, language, "") if outcome and step.decides else "",
        reader.names.get(who, who),
        reader.when(turn.ended_at),
        phrases.took(
            language, in_words(length, language, in_days=in_days), time_words(procedure, step, language)
        ),
        late,
        again,
        f"“{reader.mask(turn.reason)}”" if turn.reason and not votes else "",
        votes,
    ]
