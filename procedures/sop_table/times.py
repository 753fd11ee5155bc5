"""The time that a step may take, in words as the paper has them: `2 hari kerja`, `3 hari sebelum tanggal kegiatan`. Pure."""

from procedures.definition.procedure import Procedure, Step
from procedures.definition.times import Standard
from procedures.words.answer_words import label_of
from templates_replies import time_standard_phrases as phrases
from templates_replies.catalogue import Language
from tickets.hours import Span


def time_words(procedure: Procedure, step: Step, language: Language) -> str:
    """Say when a step must be over; empty where nothing is said of it."""
    return "; ".join(_parts(procedure, step.standard, language)) if step.standard else ""


def _parts(procedure: Procedure, standard: Standard, language: Language) -> list[str]:
    within, deadline, since = standard.within, standard.deadline, standard.since
    parts = []
    if within is not None:
        parts.append(standard.said or span_words(within, language))
    if deadline is not None:
        parts.append(
            phrases.before(
                language,
                deadline.days,
                working=deadline.working,
                what=_asked(procedure, deadline.answer, language),
            )
        )
    if since is not None:
        before = procedure.step(since.step) if since.step else None
        what = (
            phrases.end_of(language, before.number)
            if before
            else _asked(procedure, since.answer or "", language)
        )
        parts.append(phrases.after(language, span_words(since.length, language), what=what))
    if standard.month_day is not None:
        parts.append(phrases.by_day(language, standard.month_day))
    return parts


def span_words(span: Span, language: Language) -> str:
    """Say a length as it counts: `2 hari kerja`, `3 hari kalender`, `4 jam kerja`, `90 menit`."""
    is_open_time = span.counts == "operating"
    if span.days is not None:
        return phrases.days(language, span.days, working=is_open_time)
    return phrases.clock_time(language, span.length, open_time=is_open_time)


def _asked(procedure: Procedure, answer: str, language: Language) -> str:
    """Return what a date is called that was asked for, as it stands within a sentence."""
    question = procedure.question(answer)
    label = label_of(question, language) if question else answer.replace("_", " ")
    is_acronym = label[1:2].isupper()
    return label if is_acronym else label[:1].lower() + label[1:]
