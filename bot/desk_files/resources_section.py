"""`resources` of a desk file: what can be booked, when, for how long and how far ahead."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from bot.desk_files.hours_section import read_own_hours
from bot.desk_files.sections import Section, slug
from tickets.desk import StaffMember
from tickets.hours import Calendar, parse_duration
from tickets.resources import Blocked, Resource

KEYS = (
    "id", "name", "kind", "count", "hours", "before", "after", "longest", "ahead", "notice", "blocked", "staff",
)  # fmt: skip
MOST, MOST_ALIKE = 200, 500
_LONGEST_AROUND = timedelta(days=7)


def read_resources(desk: Section, calendar: Calendar, staff: Sequence[StaffMember]) -> tuple[Resource, ...]:
    """Read every resource; `calendar` is the desk's own, for those that name no hours."""
    found: dict[str, Resource] = {}
    for one in desk.sections("resources"):
        resource = _resource(one, calendar, staff)
        if resource.id in found:
            one.problem(f"there is a resource {resource.id} already", "id")
        found[resource.id] = resource
    if len(found) > MOST:
        desk.problem(f"expected at most {MOST} resources", "resources")
    for one in desk.sections("resources"):
        if (kind := one.data.get("kind")) in found and found[kind].kind != kind:
            one.problem(f"{kind} is the id of a resource; expected a kind with another name", "kind")
    return tuple(found.values())


def _resource(one: Section, calendar: Calendar, staff: Sequence[StaffMember]) -> Resource:
    one.allow(KEYS)
    id_ = one.read("id", slug, "", required="id, such as studio-1", expected="small letters, digits, hyphens")
    return Resource(
        id=id_,
        name=one.text("name", required="name: what people call it"),
        kind=one.read("kind", slug, id_, expected="a kind, such as studio"),
        count=one.read("count", _count, 1, expected=f"how many there are, 1 to {MOST_ALIKE}"),
        calendar=read_own_hours(one, calendar),
        before=_around(one, "before"),
        after=_around(one, "after"),
        longest=one.read("longest", parse_duration, None),
        ahead=one.read("ahead", parse_duration, None),
        notice=one.read("notice", parse_duration, None),
        blocked=tuple(_blocked(one)),
        staff=tuple(_people(one, staff)),
    )


def _count(raw: str) -> int:
    count = int(raw)
    if not 1 <= count <= MOST_ALIKE:
        raise ValueError
    return count


def _around(one: Section, key: str) -> timedelta:
    length = one.read(key, parse_duration, timedelta())
    if length > _LONGEST_AROUND:
        one.problem(f"expected at most {_LONGEST_AROUND.days}d", key)
    return length


def _blocked(one: Section) -> Iterator[Blocked]:
    for each in one.sections("blocked"):
        each.allow(("from", "to", "note"))
        span = each.dates()
        if span is not None:
            yield Blocked(first_on=span[0], last_on=span[1], note=each.text("note"))


def _people(one: Section, staff: Sequence[StaffMember]) -> Iterator[str]:
    known = {member.id: member.id for member in staff}
    known |= {member.name.casefold(): member.id for member in staff}
    for index, _ in one.items("staff"):
        said = (one.raw("staff", index) or "").strip()
        if (person := known.get(said.casefold())) is None:
            one.problem(f'expected somebody of the staff by mailbox or name, not "{said}"', "staff", index)
        else:
            yield person
