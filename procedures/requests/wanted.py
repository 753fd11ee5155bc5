"""Which of a desk's procedures a message asks for. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from procedures.definition.procedure import Procedure
from procedures.definition.seasons import is_open
from templates_replies.normalise import words
from templates_replies.request_cues import command_of, wants_list

MOST_OFFERED = 8  # buttons below one message
SURE = 0.5  # score of a category from which on its procedure is offered


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a message asks for."""

    procedures: tuple[Procedure, ...]  # one at least
    by_words: bool  # else by the category that it is likeliest about: it may be a mere question


def open_to_contacts(procedures: Iterable[Procedure]) -> tuple[Procedure, ...]:
    """Return those that contacts may begin by themselves."""
    return tuple(each for each in procedures if each.starts.by_contact)


def open_on(procedures: Iterable[Procedure], day: date) -> tuple[Procedure, ...]:
    """Return those of which it is the season."""
    return tuple(each for each in procedures if is_open(each.starts.open, day))


def wanted_by(text: str, procedures: Iterable[Procedure]) -> tuple[Procedure, ...]:
    """Return what the words ask for: one by its name or its `words`, all where they ask for the list."""
    offered = open_to_contacts(procedures)
    command = command_of(text)
    if command is not None:
        return tuple(each for each in offered if _plain(each.id) == _plain(command)) or (
            offered[:MOST_OFFERED] if wants_list(command) else ()
        )
    if wants_list(text):
        return offered[:MOST_OFFERED]
    said = words(text)
    return tuple(each for each in offered if any(_holds(said, words(phrase)) for phrase in _phrases(each)))[
        :MOST_OFFERED
    ]


def wanted_for(
    suggestions: Sequence[tuple[str, float]], procedures: Iterable[Procedure]
) -> tuple[Procedure, ...]:
    """Return those that the likeliest category of a message begins."""
    if not suggestions or suggestions[0][1] < SURE:
        return ()
    return of_category(suggestions[0][0], procedures)


def of_category(category: str, procedures: Iterable[Procedure]) -> tuple[Procedure, ...]:
    return tuple(each for each in open_to_contacts(procedures) if each.starts.category == category)


def _phrases(procedure: Procedure) -> tuple[str, ...]:
    return (procedure.name, *procedure.starts.words)


def _holds(said: Sequence[str], phrase: Sequence[str]) -> bool:
    """Whether the words of a phrase stand together in what was said."""
    length = len(phrase)
    return bool(phrase) and any(
        tuple(said[at : at + length]) == tuple(phrase) for at in range(len(said) - length + 1)
    )


def _plain(name: str) -> str:
    return name.replace("-", "").replace("_", "")
