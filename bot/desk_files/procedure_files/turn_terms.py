"""What a step says of its turn: whom it names, when it is called to mind, and who is told how it ended."""

import re
from collections.abc import Collection, Iterator
from dataclasses import replace

from bot.desk_files.procedure_files.lengths import length
from bot.desk_files.procedure_files.wording import lines
from bot.desk_files.sections import Section
from procedures.definition.procedure import DONE
from procedures.definition.turn_terms import Lapse, Reminder, TurnTerms

KEYS = ("names", "reminds", "informs", "lapses", "votes")
_MOST_REMINDERS = 5
_SAID = re.compile(r"(?P<length>.+?)(?P<before>\s+(?:before|sebelumnya|sebelum))?", re.IGNORECASE)
_EXPECTED = "a length after its beginning such as 4h, or one such as 1d before"


def read_turn_terms(row: Section, roles: Collection[str]) -> TurnTerms:
    return TurnTerms(
        names=row.choice("names", tuple(roles), "") or None if row.has("names") else None,
        reminds=tuple(_reminders(row)),
        informs=tuple(_informed(row, roles)),
        lapses=_lapse(row),
    )


def _lapse(row: Section) -> Lapse | None:
    lapse = row.section("lapses")
    if lapse is None:
        return None
    lapse.allow(("after", "as"))
    after = lapse.read(
        "after", length, None, required="after: a length such as 10 hari kerja", expected="a length"
    )
    outcome = lapse.raw("as") or DONE
    return Lapse(after=after, outcome=outcome) if after is not None else None


def _informed(row: Section, roles: Collection[str]) -> Iterator[str]:
    for role in lines(row, "informs"):
        if role in roles:
            yield role
        else:
            row.problem(f'expected {" or ".join(roles)}, not "{role}"', "informs")


def _reminders(row: Section) -> Iterator[Reminder]:
    entries = lines(row, "reminds")
    if len(entries) > _MOST_REMINDERS:
        row.problem(f"expected at most {_MOST_REMINDERS} reminders", "reminds")
        return
    for each in entries:
        said = _SAID.fullmatch(each)
        try:
            span = length(said["length"]) if said else None
        except ValueError:
            span = None
        if said is None or span is None:
            row.problem(f'expected {_EXPECTED}, not "{each}"', "reminds")
        elif said["before"]:
            yield Reminder(length=replace(span, counts="calendar"), before_due=True)
        else:
            counts = row.choice("counts", ("operating", "calendar"), "operating")
            yield Reminder(length=replace(span, counts="calendar") if counts == "calendar" else span)
