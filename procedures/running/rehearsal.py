"""A case played through in words: nothing is stored, sent or waited for.

Whoever plays speaks for every role in turn.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from procedures.asking.questions import AnswerError, Kind, Question
from procedures.asking.reading import read_answer
from procedures.cases.engine import Standing, begin, finish
from procedures.cases.standards import due_at
from procedures.definition.procedure import DONE, SKIPPED, Procedure, Step, Words
from procedures.money.rehearsing import asked_for
from procedures.papers.rehearsing import worked_on
from procedures.words.answer_words import all_in_words, spoken
from procedures.words.item_words import how_to_write
from procedures.words.season_words import open_words
from templates_replies.catalogue import supported_language
from templates_replies.render import fill
from tickets.hours import Calendar

NOTHING = "–"  # what was not answered


@dataclass(frozen=True, kw_only=True)
class Stage:
    """Where a case is played: what is asked there and told."""

    ask: Callable[[str], str]  # shows a line, returns what was typed
    tell: Callable[[str], None]
    language: str
    calendar: Calendar
    now: datetime

    def words(self, texts: Mapping[str, str], fallback: str = "") -> str:
        return spoken(texts, self.language, fallback)


def rehearse(procedure: Procedure, stage: Stage) -> Standing:
    """Play one case from its form to its end; where it stood then."""
    stage.tell(f"{procedure.name}: the form")
    if procedure.starts.open:
        stage.tell(f"  {open_words(procedure, 'en' if stage.language == 'en' else 'id')}")
    answers = _answered(procedure.form, {}, stage)
    case = begin(procedure, answers)
    reason: str | None = None
    if procedure.request is not None:  # the form was all there is to the first row
        case = finish(procedure, case, procedure.request.id, answers=answers)
    while case.ended is None:
        step = _whose_turn(procedure, case, stage)
        stage.tell(_announced(procedure, step, case, answers, stage))
        answers = _answered(step.asks, answers, stage)
        outcome, reason = _outcome(step, stage)
        case = finish(procedure, case, step.id, outcome, answers=answers)
        money = asked_for(procedure, step, outcome, answers, supported_language(stage.language))
        for line in (*money, *worked_on(procedure, step.paperwork_of(outcome))):
            stage.tell(f"  {line}")
        if step.tells:
            stage.tell(_told(procedure, step.tells, answers, reason, stage))
    end = procedure.end(case.ended)
    stage.tell(f"The case is over: {end.name if end else case.ended}.")
    if end and end.tells:
        stage.tell(_told(procedure, end.tells, answers, reason, stage))
    return case


def _told(
    procedure: Procedure, texts: Words, answers: Mapping[str, Any], reason: str | None, stage: Stage
) -> str:
    """Return what the requester would read, with the answers in it."""
    values = {
        **{one.id: NOTHING for each in procedure.questions for one in (each, *each.sums)},
        **dict.fromkeys(("number", "total"), NOTHING),
        **all_in_words(procedure, answers, supported_language(stage.language)),
        "ticket": "#1",
        "procedure": procedure.name,
        "reason": reason or NOTHING,
    }
    return f"  the requester is told: {fill(stage.words(texts), values)[0]}"


def _whose_turn(procedure: Procedure, case: Standing, stage: Stage) -> Step:
    steps = {step.number: step for step in procedure.steps if step.id in case.open}
    if len(steps) == 1:
        return next(iter(steps.values()))
    told = ", ".join(f"{number} ({step.does})" for number, step in steps.items())
    return steps[_one_of(steps, f"Side by side: {told}. Which first?", stage)]


def _announced(
    procedure: Procedure, step: Step, case: Standing, answers: Mapping[str, Any], stage: Stage
) -> str:
    parts = [f"{step.number}. {procedure.actor(step)}: {step.does}"]
    if case.round(step.id) > 1:
        parts.append(f"round {case.round(step.id)}")
    if step.voting is not None:
        parts.append(f"by vote: {step.voting.yes} needs {step.voting.needs}")
    if step.needs:
        parts.append(f"at hand: {', '.join(step.needs)}")
    now = stage.now
    over = dict.fromkeys((past.step for past in case.past if past.outcome != SKIPPED), now)
    ends = (
        due_at(step.standard, now, calendar=stage.calendar, answers=answers, ended=over)
        if step.standard
        else None
    )
    if ends is not None:
        parts.append(f"begun now, due {ends.astimezone(stage.calendar.tz):%a %Y-%m-%d %H:%M}")
    return "; ".join(parts)


def _outcome(step: Step, stage: Stage) -> tuple[str, str | None]:
    """Ask how a step ends, and why where that must be said."""
    choices = {stage.words(outcome.label, outcome.id): outcome.id for outcome in step.outcomes}
    if not step.decides:
        if not step.optional:
            stage.ask("  done? [Enter]")
            return DONE, None
        choices = {"done": DONE}
    if step.optional:
        choices["leave out"] = SKIPPED
    chosen = choices[_one_of(choices, f"  {' / '.join(choices)}?", stage)]
    outcome = step.outcome(chosen)
    if outcome is None or not outcome.reason:
        return chosen, None
    while not (reason := stage.ask("  the reason:").strip()):
        stage.tell("  A reason is wanted.")
    return chosen, reason


def _one_of(choices: Collection[str], line: str, stage: Stage) -> str:
    """Ask for one of some choices, by its words or its place."""
    by_place = {str(place): choice for place, choice in enumerate(choices, start=1)}
    known = {**by_place, **{choice.casefold(): choice for choice in choices}}
    while (typed := stage.ask(line).strip().casefold()) not in known:
        stage.tell(f"  One of: {', '.join(choices)}.")
    return known[typed]


def _answered(questions: Iterable[Question], before: Mapping[str, Any], stage: Stage) -> Mapping[str, Any]:
    """Ask what is to be asked; the answers with those of before."""
    answers = dict(before)
    for question in questions:
        if question.only_if is not None and not question.only_if.hold(answers):
            continue
        value = _answer(question, stage)
        answers = {key: each for key, each in answers.items() if key != question.id}
        if value is not None:
            answers[question.id] = value
    return answers


def _typed(question: Question, line: str, stage: Stage) -> Iterator[str]:
    """Yield what is typed: one line, of a list all up to an empty one."""
    yield (typed := stage.ask(line).strip())
    while question.columns and typed:
        yield (typed := stage.ask("  …").strip())


def _answer(question: Question, stage: Stage) -> Any:
    line = f"  {stage.words(question.ask)}"
    if question.choices:
        line += f" ({' / '.join(stage.words(choice.label) for choice in question.choices)})"
    if question.columns:
        stage.tell(
            f"  {how_to_write(question, 'en' if stage.language == 'en' else 'id')} (an empty line ends the list)"
        )
    while True:
        typed = "\n".join(_typed(question, line, stage))
        if not typed and not question.required:
            return None
        if typed and question.kind is Kind.FILE:
            return typed  # a name stands for the file
        try:
            return read_answer(question, typed, today=stage.calendar.day_of(stage.now))
        except AnswerError as error:
            stage.tell(f"  This is not taken: {str(error).replace('_', ' ')}.")
