"""A procedure in plain characters, for the terminal: activities as rows, roles as columns, as the SOP form has them.

`(x)` begins or ends, `[x]` is an activity, `<x>` decides. The ways that do not simply go on to the next row stand below
their row.
"""

from collections.abc import Iterator

from procedures.definition.procedure import DONE, Ending, Procedure, Role, Step
from procedures.sop_table.times import time_words
from procedures.words.answer_words import spoken
from templates_replies.catalogue import supported_language

_WIDEST_ROLE, _WIDEST_ACTIVITY = 14, 60


def sketch(procedure: Procedure, *, language: str) -> Iterator[str]:
    """Yield the lines of the drawing."""
    widths = {role.id: max(3, min(len(role.name), _WIDEST_ROLE)) for role in procedure.roles}
    numbers = max(len(step.number) for step in procedure.steps)
    heads = "  ".join(_cell(role.name, widths[role.id]) for role in procedure.roles)
    yield f"{procedure.name} ({procedure.id})"
    yield f"  {'':{numbers}}  {heads}".rstrip()
    for step in procedure.steps:
        marks = "  ".join(_mark(procedure, step, role).center(widths[role.id]) for role in procedure.roles)
        activity = _cell(step.does, _WIDEST_ACTIVITY).rstrip()
        time = time_words(procedure, step, supported_language(language))
        yield f"  {step.number:>{numbers}}  {marks}  {activity}{f' · {time}' if time else ''}"
        for way in _ways(procedure, step, language):
            yield f"  {'':{numbers}}  {'':{sum(widths.values()) + 2 * (len(widths) - 1)}}    {way}"


def place_words(procedure: Procedure, place: str) -> str:
    """Say where a way leads: to the number of a step, or the name of an end."""
    step, end = procedure.step(place), procedure.end(place)
    return step.number if step else end.name if end else place


def _ways(procedure: Procedure, step: Step, language: str) -> Iterator[str]:
    following = _following(procedure, step)
    for outcome in step.outcomes:
        if step.decides or outcome.to != following:
            label = "" if outcome.id == DONE else f"{spoken(outcome.label, language, outcome.id)} "
            yield f"{label}→ {_all(procedure, outcome.to)}"
    if step.only_if is not None or step.optional:
        left_out = "optional" if step.optional else "only under a condition"
        yield f"({left_out}; else → {_all(procedure, step.otherwise)})"
    if step.turn.names is not None:
        yield f"(names who acts as {step.turn.names})"
    if step.turn.lapses is not None:
        yield f"(after {step.turn.lapses.after} without an end: {step.turn.lapses.outcome})"
    if step.begins is not None:
        yield f"(begins {step.begins.procedure})"
    if step.joins:
        yield "(waits for all branches)"


def _following(procedure: Procedure, step: Step) -> tuple[str, ...]:
    at = procedure.steps.index(step) + 1
    if at < len(procedure.steps):
        return (procedure.steps[at].id,)
    return tuple(end.id for end in procedure.ends if end.ending is Ending.DONE)[:1]


def _all(procedure: Procedure, places: tuple[str, ...]) -> str:
    return " + ".join(place_words(procedure, place) for place in places)


def _mark(procedure: Procedure, step: Step, role: Role) -> str:
    if role.id not in step.roles:
        return ""
    if step.decides:
        return "<x>"
    return "(x)" if procedure.is_outermost(step) else "[x]"


def _cell(text: str, width: int) -> str:
    return f"{text if len(text) <= width else text[: width - 1] + '…':{width}}"
