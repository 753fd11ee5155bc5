"""The figures of a procedure as charts with their tables, and in sentences. Pure."""

from collections.abc import Sequence
from datetime import timedelta
from functools import partial

from console.figures.statistics_tables import Bar, Sheet, percent
from console.phrases import say
from procedures.definition.procedure import Step
from procedures.sop_table.times import time_words
from procedures.words.answer_words import spoken
from reports.charts.layout import share_of
from reports.procedures import Loop, ProcedureFigures, StepFigures
from templates_replies import sop_phrases
from templates_replies.catalogue import Language
from templates_replies.moments import in_words


def sheets(found: ProcedureFigures, language: Language) -> Sequence[Sheet]:
    """Return the charts in the order of the page; of loops only where the procedure has any."""
    made = [_steps(found, language), _ends(found, language)]
    return [*made, _loops(found, language)] if found.loops else made


def bottleneck_words(found: ProcedureFigures, language: Language) -> str | None:
    """Say which step holds cases up; None where nothing was done yet."""
    one = found.bottleneck
    if one is None:
        return None
    if not one.overdue:
        return say(
            language, "figures_longest", step=_title(one.step), length=length_words(one, one.median, language)
        )
    return say(
        language, "figures_bottleneck", step=_title(one.step), role=one.role, share=percent(one.late_share),
        overdue=length_words(one, one.overdue, language), standard=time_words(found.procedure, one.step, language),
    )  # fmt: skip


def length_words(one: StepFigures, length: timedelta | None, language: Language) -> str:
    """Say a length as the step's standard counts: open time is never told in days, for a day has not 24 hours of it."""
    within = one.step.standard.within if one.step.standard else None
    in_days = within is None or within.counts == "calendar"
    return "–" if length is None else in_words(length, language, in_days=in_days)


def cards(found: ProcedureFigures, language: Language) -> list[tuple[str, str]]:
    """Return the figures above the charts, each with what it is called."""
    words = partial(say, language)
    return [
        (words("figures_cases"), str(found.cases)),
        (words("figures_open"), str(found.open)),
        (words("figures_lead"), "–" if found.median is None else in_words(found.median, language)),
        (words("figures_lead_p90"), "–" if found.p90 is None else in_words(found.p90, language)),
        (words("figures_round"), str(found.went_round)),
    ]


def _steps(found: ProcedureFigures, language: Language) -> Sheet:
    words = partial(say, language)
    heads = (
        "version_step", "figures_role", "figures_standard", "figures_done", "column_median", "column_p90", "figures_late",
        "column_share", "figures_open", "figures_passed", "figures_again",
    )  # fmt: skip
    rows = tuple(
        (
            _title(one.step), one.role, time_words(found.procedure, one.step, language), one.done, one.median, one.p90, one.late,
            one.late_share, one.open, one.passed, one.again,
        )
        for one in found.steps
    )  # fmt: skip
    most = max((one.p90 or timedelta() for one in found.steps), default=timedelta())
    bars = tuple(
        Bar(
            label=_title(one.step), share=share_of(_seconds(one.p90), _seconds(most)),
            says=_step_words(found, one, language),
        )
        for one in found.steps
    )  # fmt: skip
    return Sheet(
        key="steps", title=words("figures_steps"), heads=tuple(map(words, heads)), rows=rows, bars=bars
    )


def _step_words(found: ProcedureFigures, one: StepFigures, language: Language) -> str:
    if not one.done:
        return say(language, "figures_never")
    says = say(
        language, "figures_took", median=length_words(one, one.median, language), p90=length_words(one, one.p90, language)
    )  # fmt: skip
    standard = time_words(found.procedure, one.step, language)
    return (
        f"{says} · {say(language, 'figures_of_standard', standard=standard, share=percent(one.late_share))}"
        if standard
        else says
    )


def _ends(found: ProcedureFigures, language: Language) -> Sheet:
    names = {end.id: end.name for end in found.procedure.ends}
    counted = [
        (names.get(end, sop_phrases.ended_otherwise(language, end)), count)
        for end, count in found.ends.items()
    ]
    counted = [*sorted(counted, key=lambda each: -each[1]), (say(language, "figures_open"), found.open)]
    return Sheet(
        key="ends", title=say(language, "figures_ends"),
        heads=(say(language, "column_name"), say(language, "figures_cases"), say(language, "column_share")),
        rows=tuple((name, count, count / found.cases if found.cases else None) for name, count in counted),
        bars=tuple(
            Bar(label=name, share=share_of(count, found.cases), says=str(count)) for name, count in counted
        ),
    )  # fmt: skip


def _loops(found: ProcedureFigures, language: Language) -> Sheet:
    most = max(loop.taken for loop in found.loops)
    return Sheet(
        key="loops", title=say(language, "figures_loops"),
        heads=(say(language, "column_name"), say(language, "figures_taken")),
        rows=tuple((_loop_words(loop, language), loop.taken) for loop in found.loops),
        bars=tuple(
            Bar(label=_loop_words(loop, language), share=share_of(loop.taken, most), says=str(loop.taken))
            for loop in found.loops
        ),
    )  # fmt: skip


def _loop_words(loop: Loop, language: Language) -> str:
    outcome = loop.step.outcome(loop.outcome)
    label = spoken(outcome.label, language, loop.outcome) if outcome else loop.outcome
    return f"{_title(loop.step)}: {label} → {', '.join(step.number for step in loop.to)}"


def _title(step: Step) -> str:
    return f"{step.number}. {step.does}"


def _seconds(length: timedelta | None) -> int:
    return int(length.total_seconds()) if length else 0
