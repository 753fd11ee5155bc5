"""The `templates` of a desk file: which reply templates are sent on WhatsApp where free text may not be."""

from collections.abc import Mapping

from bot.desk_files.sections import Section, slug
from tickets.approval import Purpose


def read_templates(desk: Section) -> Mapping[Purpose, str]:
    section = desk.section("templates")
    if section is None:
        return {}
    section.allow(("reopen", "closing", "survey", "notice", "alert"))
    named = {
        purpose: section.read(str(purpose), slug, "", expected="the id of a reply template in replies.yaml")
        for purpose in Purpose
    }
    return {purpose: reply for purpose, reply in named.items() if reply}
