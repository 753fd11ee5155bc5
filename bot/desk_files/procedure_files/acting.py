"""Who acts in a procedure, and the steps: the rows of the paper, with their ways on."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from bot.desk_files.paper_words import meant
from bot.desk_files.procedure_files import turn_terms
from bot.desk_files.procedure_files.asking import NAME, name, read_conditions, read_questions
from bot.desk_files.procedure_files.beginning import KEYS as BEGINNING_KEYS
from bot.desk_files.procedure_files.beginning import read_begins
from bot.desk_files.procedure_files.booking import KEYS as BOOKING_KEYS
from bot.desk_files.procedure_files.booking import read_step_bookings
from bot.desk_files.procedure_files.papering import WORK_KEYS, read_paperwork
from bot.desk_files.procedure_files.paying import read_money
from bot.desk_files.procedure_files.timing import KEYS as TIME_KEYS
from bot.desk_files.procedure_files.timing import read_standard
from bot.desk_files.procedure_files.voting import read_voting
from bot.desk_files.procedure_files.wording import lines, paths, words
from bot.desk_files.sections import Section
from procedures.asking.questions import Question
from procedures.definition.procedure import CELLS, DONE, SKIPPED, End, Ending, Outcome, Role, Step, Takes
from procedures.definition.tariff import Rate
from tickets.desk import Desk

STEP_KEYS = (
    "id", "no", "does", "role", "with", "needs", "output", "note", "asks", "corrects", "only_if", "unless",
    "otherwise", "optional", "joins", "outcomes", "to", "tells", "bills", "settles", "ours", *BOOKING_KEYS, *WORK_KEYS,
    *turn_terms.KEYS, *BEGINNING_KEYS, *TIME_KEYS,
)  # fmt: skip
ROLE = "{name: Sekretariat, people: [siti@example.ac.id]}"
OUTCOMES = "a list of outcomes, such as [{id: ya, label: Ya}, {id: tidak, label: Tidak, to: 2, reason: true}]"


def read_roles(section: Section, desk: Desk) -> Mapping[str, Role]:
    """Read the roles; whom they name must be on the staff, and each must be held by somebody."""
    roles = section.section("roles", required=f"roles, such as sekretariat: {ROLE}")
    return {id_: _role(roles, id_, desk) for id_ in roles.data} if roles else {}


def _role(roles: Section, id_: str, desk: Desk) -> Role:
    try:
        name(id_)
    except ValueError as error:
        roles.problem(str(error), id_)
    role = roles.section(id_, required=f"name and people, such as {ROLE}")
    if role is None:
        return Role(id=id_, name="", outside=True)
    before = len(role.problems)
    role.allow(("name", "requester", "outside", "people", "by", "team", "substitutes", "takes"))
    by = role.read("by", name, None)
    found = Role(
        id=id_,
        name=role.text("name", required="name: what people call the role"),
        requester=role.flag("requester", fallback=False),
        outside=role.flag("outside", fallback=False),
        people=() if by else _people(role, "people", desk),
        by=by,
        among=_among(role, desk) if by else {},
        team=_team(role, desk),
        substitutes=_people(role, "substitutes", desk),
        takes=Takes(role.choice("takes", tuple(Takes), Takes.FIRST)),
    )
    is_held = bool(found.people or found.team or found.among)
    if found.requester and is_held:
        role.problem("the requester is whoever asks; expected neither people nor a team")
    elif found.is_of_the_desk and not is_held and len(role.problems) == before:  # else it was to be held
        role.problem("nobody holds this role; expected people, a team, requester: true, or outside: true")
    return found


def _team(role: Section, desk: Desk) -> str | None:
    if not role.has("team"):
        return None
    if not desk.teams:
        role.problem("desk.yaml has no teams; expected people, or teams there", "team")
        return None
    return role.choice("team", tuple(team.id for team in desk.teams), "") or None


def _among(role: Section, desk: Desk) -> Mapping[str, tuple[str, ...]]:
    """Read who holds a role for each answer: `people: {informatika: [andi@…], sipil: Dewi}`."""
    people = role.section("people", required="people for each answer, such as {informatika: [Andi]}")
    return {answer: _people(people, answer, desk) for answer in people.data} if people else {}


def _people(role: Section, key: str, desk: Desk) -> tuple[str, ...]:
    known = {member.id: member.id for member in desk.staff}
    known |= {member.name.casefold(): member.id for member in desk.staff}
    found = []
    for path in paths(role, key):
        said = (role.raw(*path) or "").strip()
        person = known.get(said.casefold())
        if person is None:
            role.problem(f'expected somebody of the staff by mailbox or name, not "{said}"', *path)
        else:
            found.append(person)
    return tuple(found)


def read_steps(
    section: Section, desk: Desk, *, roles: Mapping[str, Role], ends: Sequence[End], tariff: Sequence[Rate],
    form: Sequence[Question], asked: set[str],
) -> tuple[Step, ...]:  # fmt: skip
    """Read the steps in their order; the last leads to the first end that is done, where it does not say otherwise."""
    rows = list(section.sections("steps"))
    if not rows:
        if section.has_otherwise("steps"):
            return ()
        section.problem(
            "expected steps, each with does and role", *(["steps"] if "steps" in section.data else [])
        )
        return ()
    ids = [row.read("id", name, f"step-{at}") for at, row in enumerate(rows, start=1)]
    numbers = [row.raw("no") or str(at) for at, row in enumerate(rows, start=1)]
    _refuse_doubles(rows, ids, numbers, ends)
    places = {
        **dict(zip(numbers, ids, strict=True)),
        **{each: each for each in (*ids, *(end.id for end in ends))},
    }
    if DONE in places:  # of a file that names no ends
        places.setdefault("selesai", DONE)
    done = next((end.id for end in ends if end.ending is Ending.DONE), DONE)
    strange: set[str] = set()
    return tuple(
        replace(
            _step(
                row,
                id_,
                number,
                desk,
                following=after,
                places=places,
                roles=roles,
                form=form,
                asked=asked,
                strange=strange,
            ),
            money=read_money(row, tariff=tariff, roles=roles),
            bookings=read_step_bookings(row, desk, places=places, asked=asked),
        )
        for row, id_, number, after in zip(rows, ids, numbers, [*ids[1:], done], strict=True)
    )


def _refuse_doubles(
    rows: Sequence[Section], ids: Sequence[str], numbers: Sequence[str], ends: Sequence[End]
) -> None:
    taken = {end.id for end in ends}
    counted: set[str] = set()
    for row, id_, number in zip(rows, ids, numbers, strict=True):
        if id_ in taken:
            row.problem(f"there is a step or an end {id_} already", "id")
        if number in counted:
            row.problem(f"there is a step {number} already", "no")
        taken.add(id_)
        counted.add(number)


def _step(
    row: Section,
    id_: str,
    number: str,
    desk: Desk,
    *,
    following: str,
    places: Mapping[str, str],
    roles: Mapping[str, Role],
    form: Sequence[Question],
    asked: set[str],
    strange: set[str],
) -> Step:
    row.allow(STEP_KEYS)
    language = desk.language
    usual = _places(row, "to", places) or (following,)
    condition = read_conditions(row)
    outcomes = tuple(_outcomes(row, usual, places, language))
    if row.has("otherwise") and condition is None and not row.flag("optional", fallback=False):
        row.problem("expected only_if, unless or optional with it", "otherwise")
    return Step(
        id=id_,
        number=number,
        does=row.text("does", required="does: what is done", longest=500),
        role=_actor(row, roles, strange),
        outcomes=outcomes,
        voting=read_voting(row, outcomes),
        beside=_together(row, roles),
        needs=lines(row, "needs"),
        output=lines(row, "output"),
        note=row.text("note", longest=500) or None,
        standard=read_standard(row, places),
        asks=(
            *read_questions(row, "asks", language=language, taken=asked, resources=desk.resources),
            *_corrected(row, form),
        ),
        only_if=condition,
        otherwise=_places(row, "otherwise", places) or usual,
        optional=row.flag("optional", fallback=False),
        joins=row.flag("joins", fallback=False),
        tells=words(row, "tells", language=language),
        ours=frozenset(_ours(row)),
        paperwork=read_paperwork(row),
        turn=turn_terms.read_turn_terms(row, roles),
        begins=read_begins(row),
    )


def _actor(row: Section, roles: Mapping[str, Role], strange: set[str]) -> str:
    """Read the role that does a step; a name that no role has is a mistake once, however many rows have it."""
    said = row.raw("role") or ""
    if said in strange:
        return ""
    if said and said not in roles:
        strange.add(said)
    return row.choice("role", tuple(roles), "", required=f"role: one of {', '.join(roles)}")


def _corrected(row: Section, form: Sequence[Question]) -> Iterator[Question]:
    """Yield the questions of the form whose answers a step may change; each may be left as it is."""
    known = {question.id: question for question in form}
    for path in paths(row, "corrects"):
        said = (row.raw(*path) or "").strip()
        if said in known:
            yield replace(known[said], required=False)
        else:
            row.problem(f'expected questions of the form, of {", ".join(known)}, not "{said}"', *path)


def _together(row: Section, roles: Mapping[str, Role]) -> tuple[str, ...]:
    """Read the roles that do a step with its own: one, or a list of them."""
    found = []
    for path in paths(row, "with"):
        said = (row.raw(*path) or "").strip()
        if said in roles and said != row.raw("role"):
            found.append(said)
        else:
            row.problem(f'expected another role, of {", ".join(roles)}, not "{said}"', *path)
    return tuple(dict.fromkeys(found))


def _ours(row: Section) -> Iterator[str]:
    """Yield what of a row is not the paper's: all of it, or some of its cells."""
    if not isinstance(row.data.get("ours"), list):
        yield from CELLS if row.flag("ours", fallback=False) else ()
        return
    for index, _ in row.items("ours"):
        cell = row.raw("ours", index) or ""
        if cell in CELLS:
            yield cell
        else:
            row.problem(f'expected true, or some of {", ".join(CELLS)}, not "{cell}"', "ours", index)


def _outcomes(
    row: Section, usual: tuple[str, ...], places: Mapping[str, str], language: str
) -> Iterator[Outcome]:
    if not row.has("outcomes"):
        yield Outcome(id=DONE, label={}, to=usual)
        return
    said = row.data["outcomes"]
    if not isinstance(said, list) or not all(isinstance(each, dict) for each in said):
        row.problem(f"expected {OUTCOMES}", "outcomes")
        return
    seen: set[str] = set()
    for one in row.sections("outcomes"):
        one.allow(("id", "label", "to", "reason", *WORK_KEYS))
        id_ = one.read("id", name, "", required=f"id of the outcome: {NAME}")
        if id_ in seen or id_ == SKIPPED:
            one.problem(f"there is an outcome {id_} already", "id")
        seen.add(id_)
        yield Outcome(
            id=id_,
            label=words(one, "label", language=language) or {language: id_},
            to=_places(one, "to", places) or usual,
            reason=one.flag("reason", fallback=False),
            paperwork=read_paperwork(one),
        )
    if len(seen) < 2:
        row.problem("expected at least two outcomes; a step that decides nothing has none", "outcomes")


def _places(section: Section, key: str, places: Mapping[str, str]) -> tuple[str, ...]:
    """Read where it goes on: the number or id of a step, an end, or a list of them."""
    if not section.has(key):
        return ()
    value = section.data[key]
    paths: list[tuple[str | int, ...]] = (
        [(key, at) for at in range(len(value))] if isinstance(value, list) else [(key,)]
    )
    found = []
    for path in paths:
        said = (section.raw(*path) or "").strip()
        if said in places:
            found.append(places[said])
        else:
            near = next((part for part in said.split() if part in places), None) or meant(said, places)
            hint = f"; did you mean {near}?" if near and not said.isdecimal() else ""
            section.problem(f'expected the number or id of a step, or an end, not "{said}"{hint}', *path)
    return tuple(dict.fromkeys(found))
