"""`rules.yaml`: what the desk does by itself, each rule with when, if, unless and then.

Whatever a rule names must be there: a rule that waits for a category which nobody can give would be silent for ever.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import partial
from typing import TypeVar

from bot.desk_files.hours_section import days_of
from bot.desk_files.problems import Problem
from bot.desk_files.sections import Section, slug
from bot.desk_files.yaml_text import Document
from templates_replies.catalogue import Catalogue
from tickets.clocks import FIRST_RESPONSE, NEXT_RESPONSE, RESOLUTION
from tickets.conditions import LONGEST_PATTERN, NONE, Conditions, is_pattern
from tickets.desk import Desk
from tickets.hours import DAYS, Span, parse_duration
from tickets.lifecycle import Status
from tickets.message import Channel
from tickets.priority import PRIORITIES
from tickets.rules import Action, Happens, Lasts, Rule, What, When

T = TypeVar("T")
MOST_RULES = 200
MOST_ENTRIES = 200  # of one list within a rule
LONGEST_NOTE = 2_000
CLOCKS = (FIRST_RESPONSE, NEXT_RESPONSE, RESOLUTION)
LANGUAGES = ("id", "en")
LENGTH = "a length such as 15m, 24h or 3d"
LASTING = "{waiting_for: 3d}, also with silent_for, unanswered_for, unassigned_for or unsolved_for"


def read_rules(
    document: Document, desk: Desk, catalogue: Catalogue, problems: list[Problem]
) -> tuple[Rule, ...]:
    """Read the list of rules against what the desk has."""
    content = document.data
    if content is None:
        return ()
    if not isinstance(content, list) or len(content) > MOST_RULES:
        said = f"expected a list of at most {MOST_RULES} rules, each with id, when and then"
        problems.append(Problem(file=document.name, line=1, message=said))
        return ()
    known = _Known.of(desk, catalogue)
    rules: dict[str, Rule] = {}
    for index, entry in enumerate(content):
        section = Section(document, problems, (index,))
        if not isinstance(entry, dict):
            section.problem("expected a rule with id, when and then")
            continue
        rule = _rule(section, known)
        if rule.id in rules:
            section.problem(f"there is a rule {rule.id} already", "id")
        rules[rule.id] = rule
    return tuple(rules.values())


@dataclass(frozen=True, kw_only=True)
class _Known:
    """What a rule may name."""

    categories: tuple[str, ...]
    merged: Mapping[str, str]  # old ids of merged categories → where their matters are now
    tags: tuple[str, ...] | None
    teams: tuple[str, ...]
    replies: tuple[str, ...]
    webhooks: tuple[str, ...]
    people: dict[str, str]  # mailbox, id or name in small letters → id

    @classmethod
    def of(cls, desk: Desk, catalogue: Catalogue) -> "_Known":
        people = {member.name.casefold(): member.id for member in desk.staff}
        return cls(
            categories=tuple(category.id for category in catalogue.offered),
            merged=catalogue.merged,
            tags=None if catalogue.tags is None else tuple(tag.id for tag in catalogue.tags),
            teams=tuple(team.id for team in desk.teams),
            replies=tuple(reply.id for reply in catalogue.replies),
            webhooks=tuple(webhook.id for webhook in desk.webhooks),
            people=people | {member.id: member.id for member in desk.staff},
        )

    def category(self, raw: str) -> str:
        return _one_of("a category of categories.yaml that is not retired", self.categories, raw)

    def with_former(self, categories: Collection[str]) -> frozenset[str]:
        """Return categories with those that were merged into them, which older tickets have still."""
        return frozenset({*categories, *(old for old, now in self.merged.items() if now in categories)})

    def tag(self, raw: str) -> str:
        if self.tags is not None:
            return _one_of("a tag of tags.yaml", self.tags, raw)
        try:
            return slug(raw)
        except ValueError:
            raise ValueError(f'expected a tag of small letters, digits and hyphens, not "{raw}"') from None

    def team(self, raw: str) -> str:
        return _one_of("a team of desk.yaml", self.teams, raw)

    def reply(self, raw: str) -> str:
        return _one_of("a reply of replies.yaml", self.replies, raw)

    def webhook(self, raw: str) -> str:
        return _one_of("a webhook of desk.yaml", self.webhooks, raw)

    def person(self, raw: str) -> str:
        return self.people[_one_of("somebody of the staff by mailbox or name", self.people, raw.casefold())]


def _rule(section: Section, known: _Known) -> Rule:
    section.allow(("id", "name", "when", "if", "unless", "then", "off"))
    id_ = section.read(
        "id", slug, "", required="id, such as outage", expected="small letters, digits and hyphens, such as outage"
    )  # fmt: skip
    conditions = section.section("if")
    unless = section.section("unless")
    return Rule(
        id=id_,
        name=section.text("name") or id_,
        when=_when(section),
        conditions=_conditions(conditions, known) if conditions else Conditions(),
        unless=_conditions(unless, known) if unless else None,
        then=_actions(section, known),
        off=section.flag("off", fallback=False),
    )


# -- when -------------------------------------------------------------------------------------------------------------


def _when(section: Section) -> When:
    if isinstance(section.data.get("when"), dict):
        return _lasting(section.below("when"))
    happens = _several(section, "when", partial(_one_of, "what happens", tuple(Happens)))
    if not happens and not section.has("when"):
        section.problem(f"expected when: one of {', '.join(Happens)}, or a length such as {LASTING}")
    return When(happens=frozenset(Happens(each) for each in happens))


def _lasting(section: Section) -> When:
    section.allow((*Lasts, "counts"))
    given = [lasts for lasts in Lasts if section.has(lasts)]
    if len(given) != 1:
        section.problem(f"expected one length, such as {LASTING}")
        return When()
    counts = section.choice("counts", ("operating", "calendar"), "operating")
    span = section.read(
        given[0], lambda raw: Span.parse(raw, "calendar" if counts == "calendar" else "operating"), None
    )
    return When(lasts=given[0], span=span)


# -- if ---------------------------------------------------------------------------------------------------------------


def _conditions(section: Section, known: _Known) -> Conditions:
    section.allow((
        "channel", "category", "status", "priority", "tags", "team", "holder", "language", "older_than", "clock",
        "verified", "unit", "address", "open_tickets", "any_words", "all_words", "alike", "matches", "hours", "days",
        "from", "to",
    ))  # fmt: skip
    if not section.data:
        section.problem("expected at least one condition")

    priority = partial(_one_of, "a priority", tuple(PRIORITIES))

    def among(key: str, read: Callable[[str], T]) -> frozenset[T]:
        return frozenset(_several(section, key, read))

    return Conditions(
        channels=among("channel", partial(_one_of, "a channel", tuple(Channel))),
        categories=known.with_former(among("category", partial(_or_none, known.category))),
        statuses=among("status", partial(_one_of, "a status", tuple(Status))),
        priorities=frozenset(int(PRIORITIES[each]) for each in _several(section, "priority", priority)),
        tags=among("tags", partial(_or_none, known.tag)),
        teams=among("team", partial(_or_none, known.team)),
        holders=among("holder", partial(_or_none, known.person)),
        languages=among("language", partial(_one_of, "a language", LANGUAGES)),
        older_than=section.read("older_than", parse_duration, None, expected=LENGTH),
        clocks=among("clock", partial(_one_of, "a clock", CLOCKS)),
        verified=section.flag("verified", fallback=False) if section.has("verified") else None,
        units=_texts(section, "unit"),
        addresses=_texts(section, "address"),
        open_tickets=section.read("open_tickets", _count, None, expected="a number from 1 to 1000"),
        any_words=_texts(section, "any_words"),
        all_words=_texts(section, "all_words"),
        alike=_texts(section, "alike"),
        pattern=section.read("matches", _pattern, None),
        hours=_hours(section),
        weekdays=frozenset(day for days in _several(section, "days", _weekdays) for day in days),
        from_on=section.read("from", date.fromisoformat, None, expected="a date YYYY-MM-DD"),
        to_on=section.read("to", date.fromisoformat, None, expected="a date YYYY-MM-DD"),
    )


def _hours(section: Section) -> bool | None:
    said = section.choice("hours", ("open", "closed"), "")
    return said == "open" if said else None


def _pattern(raw: str) -> str:
    if len(raw) > LONGEST_PATTERN or not is_pattern(raw):
        raise ValueError(
            f"expected a regular expression in RE2's syntax of at most {LONGEST_PATTERN} characters "
            "(no look-around, no back-references)"
        )
    return raw


def _weekdays(raw: str) -> tuple[int, ...]:
    found = days_of(raw)
    if not found:
        raise ValueError("expected a day or a range of days, such as sat or mon-fri")
    return tuple(DAYS.index(day) for day in found)


def _count(raw: str) -> int:
    if not raw.isascii() or not raw.isdigit() or not 1 <= int(raw) <= 1000:
        raise ValueError
    return int(raw)


# -- then -------------------------------------------------------------------------------------------------------------


def _actions(section: Section, known: _Known) -> tuple[Action, ...]:
    then = section.section("then", required="then, such as then: {tag: outage}")
    if then is None:
        return ()
    then.allow(tuple(What))
    readers: dict[What, Callable[[str], str]] = {
        What.CATEGORY: known.category,
        What.TAG: known.tag,
        What.UNTAG: known.tag,
        What.PRIORITY: partial(_one_of, "a priority", tuple(PRIORITIES)),
        What.TEAM: known.team,
        What.HOLDER: known.person,
        What.REPLY: known.reply,
        What.NOTE: _note,
        What.WEBHOOK: known.webhook,
    }
    actions = []
    for what, read in readers.items():
        values = _several(then, what, read)
        if len(values) > 1 and what not in {What.TAG, What.UNTAG, What.WEBHOOK}:
            then.problem("expected one value", what)
        actions += [Action(what=what, value=value) for value in values]
    if not actions and not then.data:
        then.problem(f"expected at least one of {', '.join(What)}")
    return tuple(actions)


def _note(raw: str) -> str:
    if not 0 < len(raw.strip()) <= LONGEST_NOTE:
        raise ValueError(f"expected a text of 1 to {LONGEST_NOTE} characters")
    return raw.strip()


# -- values -----------------------------------------------------------------------------------------------------------


def _several(section: Section, key: str, read: Callable[[str], T]) -> tuple[T, ...]:
    """Read one value or a list of them; what is wrong is noted where it stands."""
    value = section.data.get(key)
    if value is None:
        return ()
    places = [(key, index) for index in range(len(value))] if isinstance(value, list) else [(key,)]
    if not places or len(places) > MOST_ENTRIES:
        section.problem(f"expected 1 to {MOST_ENTRIES} values", key)
        return ()
    return tuple(_read_at(section, places, read))


def _read_at(
    section: Section, places: Collection[tuple[str | int, ...]], read: Callable[[str], T]
) -> Iterator[T]:
    for place in places:
        raw = section.raw(*place)
        try:
            if raw is None:
                raise ValueError("expected one value, not a list or a mapping")  # noqa: TRY301  told like any other
            yield read(raw)
        except ValueError as error:
            section.problem(str(error), *place)


def _texts(section: Section, key: str) -> tuple[str, ...]:
    return _several(section, key, _text)


def _text(raw: str) -> str:
    text = " ".join(raw.split())
    if not 0 < len(text) <= 200:
        raise ValueError("expected a text of 1 to 200 characters")
    return text


def _or_none(read: Callable[[str], str], raw: str) -> str:
    return NONE if raw == NONE else read(raw)


def _one_of(what: str, known: Collection[str], raw: str) -> str:
    if raw in known:
        return raw
    near = get_close_matches(raw, known, n=1)
    hint = f"did you mean {near[0]}?" if near else f"there is {', '.join(sorted(known)) or 'none'}"
    raise ValueError(f'expected {what}, not "{raw[:40]}"; {hint}')
