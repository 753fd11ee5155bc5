"""`scorecard` of a desk file: the indicators against which the section is measured, with their targets and weights."""

import re
from collections.abc import Collection, Mapping

from bot.desk_files.sections import Section, slug
from bot.desk_files.targets import read_names, read_target
from tickets.message import Channel
from tickets.scorecard import (
    ALL_WEIGHTS,
    CAP,
    GREEN,
    MOST,
    YELLOW,
    Filter,
    Indicator,
    Measure,
    Over,
    Perspective,
)

KEYS = (
    "id", "name", "perspective", "measure", "category", "channel", "team", "procedure", "over", "target", "weight",
    "green", "yellow",
)  # fmt: skip


def read_scorecard(desk: Section, *, teams: Collection[str]) -> tuple[Indicator, ...]:
    """Read every indicator; their weights come to 100."""
    found: dict[str, Indicator] = {}
    for one in desk.sections("scorecard"):
        indicator = _indicator(one, teams)
        if indicator.id in found:
            one.problem(f"there is an indicator {indicator.id} already", "id")
        found[indicator.id] = indicator
    if len(found) > MOST:
        desk.problem(f"expected at most {MOST} indicators", "scorecard")
    weights = sum(one.weight for one in found.values())
    if found and weights != ALL_WEIGHTS:
        desk.problem(f"the weights come to {weights}; expected {ALL_WEIGHTS} in all", "scorecard")
    return tuple(found.values())


def check_scorecard(
    desk: Section, scorecard: Collection[Indicator], *, known: Mapping[Filter, Collection[str]]
) -> None:
    """Refuse what an indicator looks at a part of where the desk has no such category or procedure."""
    for index, one in enumerate(scorecard):
        for part, value in one.where.items():
            if part in known and value not in known[part]:
                desk.problem(f"there is no {part} {value}", "scorecard", index, str(part))


def _indicator(one: Section, teams: Collection[str]) -> Indicator:
    one.allow(KEYS)
    measure = Measure(
        one.choice(
            "measure", tuple(Measure), Measure.RESOLUTION_IN_TIME, required="measure: what is measured"
        )
    )
    green = one.read("green", _achievement, GREEN, expected="an achievement, such as 100%")
    yellow = one.read("yellow", _achievement, YELLOW, expected="an achievement, such as 80%")
    if yellow > green:
        one.problem("expected no more than what green asks", "yellow")
    return Indicator(
        id=one.read("id", slug, "", required="id, such as solved-in-time", expected="small letters, digits, hyphens"),
        names=read_names(one),
        perspective=Perspective(
            one.choice(
                "perspective", tuple(Perspective), Perspective.PROCESS, required=f"perspective: {' or '.join(Perspective)}"
            )
        ),
        measure=measure,
        where=_where(one, measure, teams),
        over=Over(one.choice("over", tuple(Over), Over.MONTH)),
        target=read_target(one, measure.unit, required=True) or 0.0,
        weight=one.read("weight", _weight, 0, required="weight: a part of 100", expected="a whole part of 100, such as 20"),
        green=green,
        yellow=yellow,
    )  # fmt: skip


def _where(one: Section, measure: Measure, teams: Collection[str]) -> dict[Filter, str]:
    found: dict[Filter, str] = {}
    for part in Filter:
        if not one.has(part):
            continue
        if part not in measure.filters:
            one.problem(f"{measure} is not measured by {part}", part)
        elif part is Filter.CHANNEL:
            found[part] = one.choice(part, tuple(Channel), Channel.WHATSAPP)
        elif part is Filter.TEAM:
            found[part] = one.choice(part, tuple(teams), "")
        else:
            found[part] = one.read(part, slug, "", expected=f"the id of a {part}")
    return found


def _achievement(raw: str) -> float:
    if not re.fullmatch(r"[0-9]{1,3}%", raw, re.ASCII) or not 0 < int(raw[:-1]) <= CAP * 100:
        raise ValueError
    return int(raw[:-1]) / 100


def _weight(raw: str) -> int:
    if not re.fullmatch(r"[1-9][0-9]{0,2}", raw, re.ASCII) or int(raw) > ALL_WEIGHTS:
        raise ValueError
    return int(raw)
