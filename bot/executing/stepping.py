"""Procedures from chat: where a ticket's case stands, and ending the step whose turn it is."""

from bot import prompts
from bot.commands import Verb
from bot.executing.doing import Doing
from bot.executing.verbs import OnTicket
from bot.former_procedures import procedure_of
from bot.prompts import Prompt
from bot.steps import buttons_for
from procedures import actions, cases
from procedures.answer_words import ways_of
from procedures.cases import CaseNow
from procedures.definition import Procedure, Step
from procedures.sketch import place_words
from templates_replies import procedure_phrases as phrases


def _step(doing: Doing, rest: str) -> None:
    """End a step named by its number or id in one of its ways; without words, say where the case stands."""
    case = next((each for each in cases.of_ticket(doing.tx, doing.number) if each.ended is None), None)
    procedure = procedure_of(doing.tx, case, doing.desk) if case else None
    if case is None or procedure is None:
        doing.tell(phrases.no_case(doing.voice.language, ticket=doing.number))
        return
    named, _, more = rest.partition(" ")
    step = next((each for each in procedure.steps if named in {each.id, each.number}), None)
    way, reason = _way(step, more, doing) if step else (None, "")
    if step is None or way is None:
        _tell_standing(doing, case, procedure, only=step)
        return
    outcome = step.outcome(way)
    if step.asks:
        doing.tell(phrases.asks_more(doing.voice.language, ticket=doing.number, step=step.does))
    elif outcome is not None and outcome.reason and not reason:
        _ask_reason(doing, step, way)
    else:
        _end(doing, case, procedure, step, way, reason)


def _way(step: Step, words: str, doing: Doing) -> tuple[str | None, str]:
    """Return the outcome that is meant, by its id or its label, and the words behind it."""
    said = words.strip()
    ways = ways_of(step, doing.voice.language)
    if not said and len(ways) == 1:
        return ways[0][0], ""
    for way, label in ways:
        for name in (way, label):
            if said.casefold() == name.casefold() or said.casefold().startswith(f"{name.casefold()} "):
                return way, said[len(name) :].strip()
    return None, ""


def _tell_standing(doing: Doing, case: CaseNow, procedure: Procedure, *, only: Step | None) -> None:
    language = doing.voice.language
    standing = [
        step for step in procedure.steps if step.id in case.standing.open and (only is None or step is only)
    ]
    steps = [(step.number, step.does, procedure.actor(step)) for step in standing]
    text = phrases.stands(language, ticket=doing.number, procedure=procedure.name, steps=steps)
    doing.tell(text, [row for step in standing for row in buttons_for(step, doing.number, language)])


def _ask_reason(doing: Doing, step: Step, way: str) -> None:
    language = doing.voice.language
    label = dict(ways_of(step, language))[way]
    doing.tell(phrases.ask_reason(language, step=step.does, way=label))
    prompt = Prompt(ticket=doing.number, verb=Verb.STEP, begun=f"{step.id} {way}")
    prompts.expect(doing.tx, prompt, of=doing.person, at_place=doing.written.said.place, at=doing.at)


def _end(doing: Doing, case: CaseNow, procedure: Procedure, step: Step, way: str, reason: str) -> None:
    after = actions.act(
        doing.tx, case.id, step.id, way, procedure=procedure, answers={}, reason=reason, desk=doing.desk.now,
        by=doing.by, at=doing.at,
    )  # fmt: skip
    language = doing.voice.language
    doing.tell(
        phrases.step_over(
            language,
            step=step.does,
            way=dict(ways_of(step, language))[way],
            then=[place_words(procedure, each) for each in after.standing.open],
            end=place_words(procedure, after.ended) if after.ended else None,
        )
    )


VERBS: OnTicket = {Verb.STEP: _step}
