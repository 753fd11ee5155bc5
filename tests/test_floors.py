"""The floor drawing of docs/architecture.md, kept true: who may lean on whom, read out of the imports.

Rooms know only the floors below them, rooms of one floor do not know each other, and the same holds inside `tickets/` and `procedures/`.
A module that is not in the drawing fails as well, so that a new one is given its place.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

# Which other rooms a room may know.
ROOMS: dict[str, set[str]] = {
    "tickets": set(),
    "templates_replies": set(),
    "channels": {"tickets"},
    "procedures": {"tickets", "templates_replies"},
    "reports": {"tickets", "templates_replies", "procedures"},
    "console": {"tickets", "templates_replies", "procedures", "reports"},
    "bot": {"tickets", "templates_replies", "procedures", "reports", "channels"},
}
# The roof knows everyone; nothing else knows the roof.
ROOF = (
    "bot.wiring",
    "bot.settings",
    "bot.house",
    "bot.serve",
    "bot.web",
    "bot.migrations",
    "bot.cli",
    "bot.doctor",
    "bot.demo",
    "bot.replay",
    "bot.retelling",
    "bot.reconciling.by_hand",
    "bot.backup",
    "bot.upgrading",
)
# Inside tickets/, from the ground up: each floor knows itself and those below.
TICKETS = (
    {
        "message",
        "mentions",
        "actor",
        "allowance",
        "assignment",
        "binary_texts",
        "presence",
        "erasure",
        "evaluation",
        "findings",
        "hours",
        "promises",
        "explain",
        "gaps",
        "clocks",
        "priority",
        "letterhead",
        "lifecycle",
        "threads",
        "receipts",
        "survey",
        "windows",
        "connections",
        "desk",
        "resources",
        "scorecard",
        "verification",
        "one_time_codes",
        "supervision",
        "revocable",
        "scheduled",
        "subjects",
        "conditions",
        "rules",
        "standing",
        "trial",
        "approval",
        "words",
        "query",
    },  # words and pure rules
    {"tables", "ledger", "revisions"},
    {
        "absences",
        "lines",
        "contacts",
        "aliases",
        "verifications",
        "proofs",
        "removals",
        "joins",
        "predictions",
        "matters",
        "staff",
        "scoped_numbers",
        "ticket",
        "links",
        "collisions",
        "inbound",
        "attachments",
        "search",
        "views",
        "facts",
        "approved",
        "staff_windows",
        "used_replies",
        "reconciled",
        "turned_away",
        "parcels",
        "references",
        "deliveries",
    },
    {
        "placing",
        "intake",
        "edits",
        "outbox",
        "hearing",
        "unsent",
        "parked",
        "second_tries",
        "budgets",
        "devices",
        "hooks",
        "issues",
        "sweep",
        "snooze",
        "blocked",
        "personal",
    },
    {"actions"},
)
# Inside procedures/ likewise, room by room.
PROCEDURES = (
    {"asking"},
    {"definition"},
    {"words"},
    {"cases"},
    {"bookings", "papers", "sop_table"},  # what hangs on a case
    {"money"},
    {"archive"},
    {"soundness", "running"},
    {"requests"},
    {"tables", "carrying", "discarding"},  # all of it at once
)
FLOORS = {"tickets": TICKETS, "procedures": PROCEDURES}
# Where the drawing names every package.
OF_PACKAGES = ("bot", "console", "reports")
# Where a package leans only on packages that do not lean on it.
UNCIRCLED = ("channels", "console", "procedures", "templates_replies")
# Values in, values out: no database, no network, no clock of their own.
PURE = (
    *(f"tickets.{name}" for name in sorted(TICKETS[0])),
    "templates_replies",
    "bot.executing.absences",
    "bot.commands",
    "bot.conversation.dialogue",
    "bot.fitting.pupil",
    "bot.fitting.rule",
    "bot.fitting.texts",
    "bot.identity",
    "bot.directory.likeness",
    "bot.listening",
    "bot.pushing.rule",
    "bot.conversation.reception",
    "bot.requesting.asking",
    "bot.requesting.moves",
    "bot.requesting.presses",
    "procedures.asking",
    "procedures.cases.engine",
    "procedures.definition",
    "procedures.soundness",
    "procedures.words",
)
FROM_OUTSIDE = ("sqlalchemy", "sqlmodel", "asyncio", "threading", "httpx", "structlog", "socket", "os")
CLOCKS = {"now", "utcnow", "today", "time", "monotonic"}  # as in datetime.now()
# The command line loads a theme's module when one of its commands is typed; `later`, which all rooms know as they know a library, is the one word for what few need.
# The days off of a country are taken out of one file of a library's package, which as a whole would load all countries.
LOADS_BY_NAME = {"bot.cli.main", "bot.desk_files.official_days"}
# A line that imports, but not from its beginning as a module's own imports do.
ELSEWHERE = re.compile(r"^(?!import |from ).*\bimport\b", re.MULTILINE)


@cache
def modules() -> dict[str, ast.Module]:
    """Every module of the rooms by its dotted name; a package goes by its own."""
    found = {}
    for path in (path for room in ROOMS for path in (ROOT / room).rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = ast.parse(path.read_text())
    return found


def imported(tree: ast.AST) -> Iterator[str]:
    """Yield what is imported anywhere in the tree, a module of ours by its full name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            source = "." * node.level + (node.module or "")
            for alias in node.names:
                full = f"{source}.{alias.name}"
                yield full if full in modules() else source


@cache
def leanings() -> dict[str, frozenset[str]]:
    """Return the modules of ours that each module imports."""
    return {name: frozenset(set(imported(tree)) & modules().keys()) for name, tree in modules().items()}


def arrows() -> Iterator[tuple[str, str]]:
    yield from ((name, on) for name, others in leanings().items() for on in others)


def room_of(module: str) -> str:
    return module.partition(".")[0]


def is_in(module: str, places: tuple[str, ...]) -> bool:
    return any(module == place or module.startswith(f"{place}.") for place in places)


def shown(found: Iterator[tuple[str, str]]) -> list[str]:
    return sorted(f"{name} → {on}" for name, on in found)


def test_a_room_knows_only_the_rooms_below_it():
    wrong = (
        (name, on)
        for name, on in arrows()
        if room_of(on) != room_of(name) and room_of(on) not in ROOMS[room_of(name)] and not is_in(name, ROOF)
    )
    assert shown(wrong) == []


def test_nothing_but_the_roof_knows_the_roof():
    assert shown((name, on) for name, on in arrows() if is_in(on, ROOF) and not is_in(name, ROOF)) == []


def test_channels_speak_in_the_messages_of_tickets_and_know_nothing_else_of_it():
    wrong = (
        (name, on)
        for name, on in arrows()
        if room_of(name) == "channels" and room_of(on) == "tickets" and on != "tickets.message"
    )
    assert shown(wrong) == []


def test_one_channel_does_not_know_another():
    adapters = {path.parent.name for path in (ROOT / "channels").glob("*/__init__.py")}

    def adapter(module: str) -> str | None:
        part = (*module.split("."), "")[1]
        return part if module.startswith("channels.") and part in adapters else None

    wrong = (
        (name, on)
        for name, on in arrows()
        if room_of(name) == "channels" and adapter(on) is not None and adapter(on) != adapter(name)
    )
    assert shown(wrong) == []


def floor_inside(module: str) -> int:
    room, part, *_ = module.split(".")
    return next((floor for floor, names in enumerate(FLOORS[room]) if part in names), -1)


@pytest.mark.parametrize("room", FLOORS)
def test_every_module_of_a_room_with_floors_has_its_own(room: str):
    inside = {name for name in modules() if name.startswith(f"{room}.")}
    assert sorted(name for name in inside if floor_inside(name) < 0) == []


@pytest.mark.parametrize("room", FLOORS)
def test_inside_such_a_room_too_a_module_knows_only_its_own_floor_and_those_below(room: str):
    inside = (
        (name, on) for name, on in arrows() if name.startswith(f"{room}.") and on.startswith(f"{room}.")
    )
    assert shown((name, on) for name, on in inside if floor_inside(on) > floor_inside(name)) == []


def test_the_rooms_of_procedures_that_share_a_floor_do_not_know_each_other():
    def part(module: str) -> str:
        return (*module.split("."), "")[1]

    wrong = (
        (name, on)
        for name, on in arrows()
        if name.startswith("procedures.") and on.startswith("procedures.") and part(name) != part(on)
    )
    assert shown((name, on) for name, on in wrong if floor_inside(name) == floor_inside(on)) == []


def test_the_rules_are_pure_and_take_the_time_as_an_argument():
    wrong = []
    for name, tree in modules().items():
        if not is_in(name, PURE):
            continue
        wrong += [f"{name} imports {each}" for each in imported(tree) if each.split(".")[0] in FROM_OUTSIDE]
        wrong += [
            f"{name}, line {node.lineno}, asks for the time"
            for node in ast.walk(tree)
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in CLOCKS
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id in {"datetime", "date", "time"}
        ]
    assert wrong == []


def test_the_drawing_names_only_what_there_is():
    drawn = {
        *ROOF,
        *PURE,
        *LOADS_BY_NAME,
        *(f"{room}.{name}" for room in FLOORS for floor in FLOORS[room] for name in floor),
    }
    assert sorted(name for name in drawn if name not in modules()) == []


def test_the_architecture_names_whatever_has_a_floor():
    named = set(re.findall(r"\w+", (ROOT / "docs" / "architecture.md").read_text()))
    parts = {*(part for floors in FLOORS.values() for floor in floors for part in floor)}
    packages = {
        name.split(".")[1] for name in modules() if name.count(".") == 2 and room_of(name) in OF_PACKAGES
    }
    roof = {part for name in ROOF for part in name.split(".")}
    assert sorted({*parts, *packages, *roof} - named) == []


def test_a_module_that_a_text_names_is_there():
    rooms = "|".join(ROOMS)
    naming = re.compile(rf"`((?:{rooms})[./]\w+)[^`\n]*`")
    wrong = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in (path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
        for name in naming.findall(path.read_text())
        if name.replace("/", ".") not in modules() and not (ROOT / name.replace(".", "/")).is_dir()
    ]
    assert wrong == []


def test_no_two_modules_lean_on_each_other_in_a_circle():
    TopologicalSorter(leanings()).prepare()  # raises CycleError, which names the circle


@pytest.mark.parametrize("room", UNCIRCLED)
def test_the_families_of_a_room_do_not_lean_on_each_other_in_a_circle(room: str):
    def family(module: str) -> str:
        return ".".join(module.split(".")[:2])

    between: dict[str, set[str]] = {}
    for name, on in arrows():
        if {room_of(name), room_of(on)} == {room} and family(name) != family(on) and room not in (name, on):
            between.setdefault(family(name), set()).add(family(on))
    TopologicalSorter(between).prepare()  # raises CycleError, which names the circle


def python_files() -> list[Path]:
    return [path for room in (*ROOMS, "tests", "benchmarks") for path in sorted((ROOT / room).rglob("*.py"))]


def test_each_migration_follows_the_one_before():
    files = sorted((ROOT / "bot" / "migrations" / "versions").glob("*.py"))
    said = [re.findall(r'^(?:down_)?revision = "?(\w+)"?$', path.read_text(), re.MULTILINE) for path in files]
    numbers = [f"{number:04}" for number in range(1, len(files) + 1)]
    assert [path.name[:4] for path in files] == numbers
    assert said == [list(pair) for pair in zip(numbers, ["None", *numbers], strict=False)]


def test_no_import_hides_in_a_function():
    found = []
    for path in python_files():
        text = path.read_text()
        if not ELSEWHERE.search(text):
            continue  # nothing to find, and reading a thousand files as Python takes its time
        for function in ast.walk(ast.parse(text)):
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
                found += [
                    f"{path.relative_to(ROOT)}:{node.lineno}"
                    for node in ast.walk(function)
                    if isinstance(node, ast.Import | ast.ImportFrom)
                ]
    assert sorted(set(found)) == []


def test_hardly_anything_loads_modules_by_name():
    loading = {
        name
        for name, tree in modules().items()
        if any("importlib" in each and "importlib.metadata" not in each for each in imported(tree))
    }
    assert loading <= LOADS_BY_NAME


def test_the_list_of_commands_loads_nothing_of_ours():
    assert leanings()["bot.cli.main"] == frozenset()


@pytest.mark.parametrize("name", ["utils", "helpers", "common", "misc"])
def test_nothing_is_called_after_having_no_theme(name: str):
    assert [module for module in modules() if name in module.split(".")] == []
