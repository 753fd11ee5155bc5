"""The surveys of a desk file: `survey`, the question after closing, and `public_service` in it, the yearly one."""

import re

from bot.desk_files.sections import Section, slug
from tickets.hours import parse_duration
from tickets.survey import SCALES, Every, PublicService, Survey, Way, When


def read_survey(desk: Section) -> Survey | None:
    """Read `survey`; left out it is the usual one, null switches it off."""
    if "survey" in desk.data and desk.data["survey"] is None:
        return None
    section = desk.section("survey")
    if section is None:
        return Survey()
    section.allow(("after", "scale", "ask_comment", "at_most_every", "template", "public_service"))
    usual = Survey()
    return Survey(
        after=When(section.choice("after", tuple(When), usual.after)),
        scale=section.read(
            "scale", _scale, usual.scale, expected=f"a number from {SCALES.start} to {SCALES.stop - 1}"
        ),
        ask_comment=section.flag("ask_comment", fallback=usual.ask_comment),
        at_most_every=section.read("at_most_every", parse_duration, usual.at_most_every),
        template=_template(section),
        public_service=_public_service(section),
    )


def _public_service(survey: Section) -> PublicService | None:
    section = survey.section("public_service")
    if section is None:
        return None
    section.allow(("period", "invite", "wait", "per_hour", "template"))
    usual = PublicService()
    return PublicService(
        period=Every(section.choice("period", tuple(Every), usual.period)),
        invite=Way(section.choice("invite", tuple(Way), usual.invite)),
        wait=section.read("wait", parse_duration, usual.wait),
        per_hour=section.read("per_hour", _count, usual.per_hour, expected="a count such as 60"),
        template=_template(section),
    )


def _template(section: Section) -> str | None:
    return section.read("template", slug, "", expected="the id of a reply template in replies.yaml") or None


def _scale(raw: str) -> int:
    if not re.fullmatch(r"[0-9]{1,2}", raw, re.ASCII) or int(raw) not in SCALES:
        raise ValueError
    return int(raw)


def _count(raw: str) -> int:
    if not re.fullmatch(r"[1-9][0-9]{0,4}", raw, re.ASCII):
        raise ValueError
    return int(raw)
