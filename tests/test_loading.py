"""What a service is loaded with, read out of the imports: nothing that few of them need."""

import ast
import importlib
from collections.abc import Iterator
from functools import cache

import pytest

from tests.test_floors import imported, modules

SERVES = "bot.cli.serving"


def is_for_types(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def at_once(tree: ast.Module) -> Iterator[str]:
    """Yield what is imported as the module is loaded, and not for type checkers alone."""
    for node in tree.body:
        if not is_for_types(node):
            yield from imported(node)


def with_packages(module: str) -> Iterator[str]:
    parts = module.split(".")
    yield from (".".join(parts[:number]) for number in range(1, len(parts) + 1))


@cache
def loaded_with(first: str) -> set[str]:
    """Return all that is loaded with a module, ours and others'."""
    loaded, waiting = set(), [first]
    while waiting:
        name = waiting.pop()
        if name not in loaded:
            loaded.add(name)
            for each in at_once(modules()[name]) if name in modules() else ():
                waiting += with_packages(each)
    return loaded


@pytest.mark.parametrize(
    "library",
    [
        "aiogram",
        "alembic",
        "psycopg",
        "dns",
        "typst",
        "docx",
        "openpyxl",
        "num2words",
        "scipy",
        "obstore",
        "sansldap",
        "fastapi",
        "cryptography",
        "jwt",
        "joserfc",
        "icalendar",
        "puremagic",
        "segno",
        "twilio.rest",
        "sqlalchemy.dialects.postgresql",
    ],
)
def test_a_service_is_not_loaded_with_what_few_need(library: str):
    assert library not in loaded_with(SERVES)


def test_the_web_takes_messages_in_before_its_pages_are_loaded():
    first = loaded_with("bot.web")
    assert "console.app" in first
    assert not {"console.all_pages", "console.api", "reports.workbook"} & first
    assert not {"console.api", "xlsxwriter"} & loaded_with("console.all_pages")


def test_what_is_loaded_later_is_imported_for_types_beside_it():
    wrong = []
    for name, tree in modules().items():
        for node in (each for each in tree.body if is_for_types(each)):
            assert isinstance(node, ast.If)
            for_types = set(named(node.body))
            wrong += [
                f"{name}, {node.lineno}"
                for call in calls_of("Later", node.orelse)
                if named_by(call) not in for_types
            ]
    assert wrong == []


def named(imports: list[ast.stmt]) -> Iterator[str]:
    for node in imports:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def named_by(call: ast.Call) -> object:
    (module,) = call.args
    return module.value if isinstance(module, ast.Constant) else None


def calls_of(function: str, nodes: list[ast.stmt]) -> Iterator[ast.Call]:
    for node in (each for part in nodes for each in ast.walk(part)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == function:
            yield node


def test_all_measures_can_be_loaded():
    importlib.import_module("benchmarks.__main__")
