"""The people of a desk file: staff, and the teams that take over from the first line."""

import re
from collections.abc import Callable, Iterator, Mapping

from bot.desk_files.accounts import not_set
from bot.desk_files.assignment import CAPACITY, capacity, read_assignment
from bot.desk_files.hooks_section import read_tracker
from bot.desk_files.promises import read_promises
from bot.desk_files.secrets import Filled, fill
from bot.desk_files.sections import Section, digits, email_address, slug, telephone
from tickets.actor import Role
from tickets.assignment import Assignment
from tickets.desk import StaffMember, Team
from tickets.hours import Span

ROLES = (str(Role.VIEWER), str(Role.AGENT), str(Role.SUPERVISOR))
ROLE_EXPECTED = "role: viewer, role: agent or role: supervisor"
GROUP_EXPECTED = "a group's id such as -1001234567890"


class People:
    """The staff as far as it was read: members of teams may be named from it or written out."""

    def __init__(self) -> None:
        self.staff: dict[str, StaffMember] = {}
        self._known: dict[str, str] = {}  # what a team may call somebody → id
        self._taken: set[tuple[str, str]] = set()

    def add(self, section: Section, *, role: str = "") -> str:
        """Read one person and return the id. `role` is what they are where the entry does not say."""
        section.allow(("name", "role", "email", "telegram", "whatsapp", "capacity"))
        name = section.text("name", required="name", longest=100)
        email = section.read("email", email_address, None, expected="an address such as rina@example.ac.id")
        member = StaffMember(
            id=email or _slug_of(name),
            name=name,
            role=Role(
                section.choice("role", ROLES, role or Role.AGENT, required="" if role else ROLE_EXPECTED)
            ),
            email=email,
            telegram=section.read("telegram", digits, None, expected="a user's id in digits, such as 1001"),
            whatsapp=section.read("whatsapp", telephone, None, expected='a number such as "+62811223344"'),
            capacity=section.read("capacity", capacity, None, expected=CAPACITY),
        )
        self._refuse_doubles(section, member)
        self.staff.setdefault(member.id, member)
        self._known.setdefault(member.id, member.id)
        self._known.setdefault(name.casefold(), member.id)
        return member.id

    def _refuse_doubles(self, section: Section, member: StaffMember) -> None:
        if member.id in self.staff and member.email is None:
            section.problem("somebody has this name already; an email would tell them apart", "name")
        for key in ("email", "telegram", "whatsapp"):
            value = getattr(member, key)
            if value is not None and (key, value) in self._taken:
                section.problem("somebody else on this desk has it already", key)
            self._taken.add((key, value))

    def named(self, name: str) -> str | None:
        """Return the id of somebody on the staff by email, id or name."""
        return self._known.get(name.strip().casefold())


def read_people(
    desk: Section, assignment: Assignment, env: Mapping[str, str], warnings: list[str]
) -> tuple[tuple[StaffMember, ...], tuple[Team, ...]]:
    """Read `staff` and `teams`; what a team does not say of giving tickets out is as in `assignment`, the desk's."""
    people = People()
    for section in desk.sections("staff"):
        people.add(section)
    teams: dict[str, Team] = {}
    for section in desk.sections("teams"):
        team = _team(section, people, assignment, env, warnings)
        if team.id in teams:
            section.problem(f"there is a team {team.id} already", "id")
        teams[team.id] = team
    return tuple(people.staff.values()), tuple(teams.values())


def _team(
    section: Section, people: People, assignment: Assignment, env: Mapping[str, str], warnings: list[str]
) -> Team:
    section.allow(
        (
            "id",
            "name",
            "line",
            "members",
            "sla",
            "assignment",
            "telegram_group",
            "email",
            "answers",
            "tracker",
        )
    )
    name = section.text("name", required="name")
    return Team(
        id=section.read(
            "id",
            slug,
            "",
            required="id, such as edunex",
            expected="small letters, digits and hyphens, such as edunex",
        ),
        name=name,
        line=section.read("line", _line, 2, expected="1, 2 or 3"),
        members=tuple(dict.fromkeys(_members(section, people))),
        promises=_promises(section),
        assignment=read_assignment(section, usual=assignment),
        telegram_group=_group(section, env, warnings, name),
        email=section.read("email", email_address, None, expected="an address such as edunex@example.ac.id"),
        answers=section.flag("answers", fallback=False),
        tracker=read_tracker(section, env, warnings, whose=name),
    )


def _group(section: Section, env: Mapping[str, str], warnings: list[str], name: str) -> str | None:
    """Read the team's group; like the agents' it may come from the environment, and be unset."""
    raw = section.read("telegram_group", _fill_from(env), None, expected=GROUP_EXPECTED)
    if raw is None:
        return None
    if raw.missing:
        warnings.append(f"{name} has no group of its own: {not_set(raw.missing)}.")
        return None
    if not re.fullmatch(r"-?[1-9][0-9]{0,18}", raw.text, re.ASCII):
        section.problem(f"expected {GROUP_EXPECTED}", "telegram_group")
    return raw.text


def _fill_from(env: Mapping[str, str]) -> Callable[[str], Filled]:
    return lambda raw: fill(raw, env)


def _members(section: Section, people: People) -> Iterator[str]:
    for index, item in section.items("members"):
        if isinstance(item, dict):
            yield people.add(section.below("members", index), role=Role.AGENT)
            continue
        found = people.named(section.raw("members", index) or "")
        if found is None:
            section.problem(
                "expected the name or email of somebody in staff, or {name: …, email: …}", "members", index
            )
        else:
            yield found


def _promises(section: Section) -> Mapping[str, Span]:
    sla = section.section("sla")
    return read_promises(sla) if sla is not None else {}


def _line(raw: str) -> int:
    if raw not in {"1", "2", "3"}:
        raise ValueError
    return int(raw)


def _slug_of(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or name.casefold()
