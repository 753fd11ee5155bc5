"""Votes on a step as people read them: `Budi (Setuju), Rina (Tidak)`."""

from collections.abc import Callable, Mapping

from procedures.cases.rows import Turn
from procedures.definition.procedure import Step
from procedures.words.answer_words import spoken
from templates_replies import voting_phrases as phrases
from templates_replies.catalogue import Language


def votes_said(
    step: Step, turn: Turn, language: Language, names: Mapping[str, str], *, mask: Callable[[str], str]
) -> str:
    """Say who has voted how and why; empty where nobody has. `names` are of the staff, by id."""
    said = [
        f"{_name(each.by, names)} ({_label(step, each.outcome, language)})"
        + (f" “{mask(each.reason)}”" if each.reason else "")
        for each in turn.votes
    ]
    return phrases.so_far(language, said) if said else ""


def votes_by_outcome(step: Step, turn: Turn, language: Language, names: Mapping[str, str]) -> str:
    """Return `Setuju: Budi, Ani; Tidak: Rina`, as a letter says it."""
    parts = []
    for outcome in step.outcomes:
        people = [_name(each.by, names) for each in turn.votes if each.outcome == outcome.id]
        if people:
            parts.append(f"{spoken(outcome.label, language, outcome.id)}: {', '.join(people)}")
    return "; ".join(parts)


def rule_words(step: Step, language: Language) -> str:
    """Say how many must say yes; empty where the step is not voted on."""
    if step.voting is None:
        return ""
    return phrases.rule(language, str(step.voting.needs), yes=_label(step, step.voting.yes, language))


def _label(step: Step, outcome: str, language: Language) -> str:
    found = step.outcome(outcome)
    return spoken(found.label, language, outcome) if found else outcome


def _name(actor: str, names: Mapping[str, str]) -> str:
    who = actor.partition(":")[2]
    return names.get(who, who)
