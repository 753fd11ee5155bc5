"""What stands in the remarks of a row: the paper's own, and what of a step has no cell or shape in the form. Pure."""

from procedures.cases.vote_words import rule_words
from procedures.definition.procedure import Procedure, Step
from procedures.sop_table.times import span_words
from procedures.words.answer_words import spoken
from procedures.words.condition_words import when_asked
from procedures.words.season_words import open_words
from templates_replies import sop_phrases as phrases
from templates_replies.catalogue import Language

OURS = "*"  # behind what is not the paper's words; at a row's number: who does it, or where it leads


def remarks_of(procedure: Procedure, step: Step, language: Language) -> list[str]:
    """Return the note, when it can be asked for, when the step is done at all, what it begins, how it ends by itself, to which ends it may lead."""
    own = (step.note + (OURS if "note" in step.ours else "")) if step.note else ""
    condition = when_asked(step.only_if, procedure.questions, language) or ""
    optional = phrases.optional(language) if step.optional else ""
    begins = phrases.begins(language, step.begins.procedure) if step.begins else ""
    said = (
        own,
        open_words(procedure, language) if step is procedure.steps[0] else "",
        condition,
        optional,
        begins,
        rule_words(step, language),
        _lapse(step, language),
        _ends(procedure, step, language),
    )
    return [each for each in said if each]


def _lapse(step: Step, language: Language) -> str:
    lapse = step.turn.lapses
    if lapse is None:
        return ""
    outcome = step.outcome(lapse.outcome)
    label = spoken(outcome.label, language, outcome.id) if outcome and step.decides else ""
    return phrases.lapses(language, span_words(lapse.after, language), label)


def _ends(procedure: Procedure, step: Step, language: Language) -> str:
    """Name the ends to which a decision may lead, for which the table has no row, and by which way: `Tidak: Ditolak`."""
    ends = {end.id: end.name for end in procedure.ends}
    named = [
        ends[place] if label.casefold() == ends[place].casefold() else f"{label}: {ends[place]}"
        for one in (step.outcomes if step.decides else ())
        for label in (spoken(one.label, language, one.id),)
        for place in one.to
        if place in ends
    ]
    return ", ".join(dict.fromkeys(named))
