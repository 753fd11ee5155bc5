"""Expand, then contract: what a migration does to code that is older than it. Read out of its source; pure.

A release's code runs while the next one's migrations are there already, so they add and take nothing away. One that takes
away says from which schema on code no longer uses it: `contracts = "0052"`.
"""

import ast
from collections.abc import Iterator

_TAKES = {"drop_column": "drops a column", "drop_table": "drops a table", "rename_table": "renames a table"}
_UNIQUE = {
    "create_unique_constraint",
    "create_check_constraint",
    "create_foreign_key",
    "create_exclude_constraint",
}
_WORDS = ("DROP TABLE", "DROP COLUMN", "RENAME", "SET NOT NULL", "ADD CONSTRAINT", "CREATE UNIQUE", " TYPE ")


def breaks_older_code(source: str) -> list[str]:
    """Return what a migration does that the release before it may stumble over, in words, with the line."""
    upgrade = next(
        node
        for node in ast.parse(source).body
        if isinstance(node, ast.FunctionDef) and node.name == "upgrade"
    )
    calls = [
        node
        for node in ast.walk(upgrade)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    ]
    made = {_text(call.args[0]) for call in calls if _name(call) == "create_table" and call.args}
    return [f"line {call.lineno}: it {said}" for call in calls for said in _said(call, made)]


def _said(call: ast.Call, made: set[str | None]) -> Iterator[str]:
    name, given = _name(call), {each.arg: each.value for each in call.keywords}
    about = {_text(each) for each in call.args[:2]}
    if name in _TAKES:
        yield _TAKES[name]
    elif name == "alter_column" and given.keys() & {"new_column_name", "type_"}:
        yield "renames a column, or gives it another type"
    elif name == "alter_column" and _is(given.get("nullable"), False):
        yield "asks for a value where none was needed"
    elif name == "add_column" and _is_left_out(call):
        yield "adds a column that older code leaves out"
    elif (
        name in _UNIQUE or (name == "create_index" and _is(given.get("unique"), True))
    ) and not about & made:
        yield "forbids what was allowed"
    elif name == "execute":
        words = " ".join(_text(each) or "" for each in ast.walk(call) if isinstance(each, ast.expr)).upper()
        yield from (f"says {each.strip()}" for each in _WORDS if each in words)


def _is_left_out(adding: ast.Call) -> bool:
    """Whether rows are refused that have nothing in the new column."""
    column = next(each for each in adding.args if isinstance(each, ast.Call))
    given = {each.arg: each.value for each in column.keywords}
    return _is(given.get("nullable"), False) and "server_default" not in given


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else ""


def _text(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _is(node: ast.expr | None, value: object) -> bool:
    return isinstance(node, ast.Constant) and node.value is value
