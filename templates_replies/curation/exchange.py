"""The catalogue's lists out to files for other programs, and in again: YAML as it is kept, CSV, an XLSX workbook.

What comes in gives texts of the catalogue's files, which are checked and saved elsewhere. Taking in what was given out
changes no byte.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from templates_replies import tables
from templates_replies.curation import workbook
from templates_replies.entries import entries_of, put_entries, put_entry
from templates_replies.tables import Entry, TableError

FILES: Mapping[str, str] = {
    "categories": "categories.yaml",
    "replies": "replies.yaml",
    "tags": "tags.yaml",
}
LARGEST = 250_000  # bytes of one list, which pages and forms carry along
LARGEST_FILE = workbook.LARGEST
_FEW = 20  # entries that are written one by one, so that the lines of all others stay as they are


def as_workbook(files: Mapping[str, str]) -> bytes:
    """Return the lists as one workbook. Raises UnreadableError."""
    return workbook.written({name: entries_of(files.get(file, "")) for name, file in FILES.items()})


def as_table(files: Mapping[str, str], kind: str) -> str:
    return tables.written(workbook.SHEETS[kind], entries_of(files.get(FILES[kind], "")))


def taken_in(files: Mapping[str, str], kind: str, name: str, content: bytes) -> Mapping[str, str]:
    """Return the files that change by what somebody sends under a name.

    YAML takes the place of the list of that kind; a table changes and adds the entries that it names, a workbook those
    of all its sheets. Raises TableError, UnreadableError, UnicodeDecodeError.
    """
    ending = name.lower().rpartition(".")[2]
    if ending == "xlsx":
        changed = {FILES[each]: _with(files, each, rows) for each, rows in workbook.read(content).items()}
    elif len(content) > LARGEST:
        raise TableError(f"expected at most {LARGEST} bytes")
    elif ending == "csv":
        rows = tables.read(workbook.SHEETS[kind], content.decode("utf-8-sig"))
        changed = {FILES[kind]: _with(files, kind, rows)}
    else:
        text = content.decode("utf-8-sig")
        entries_of(text)  # raises UnreadableError
        changed = {FILES[kind]: text}
    if any(len(text.encode()) > LARGEST for text in changed.values()):
        raise TableError(f"expected lists of at most {LARGEST} bytes")
    return {file: text for file, text in changed.items() if text != files.get(file, "")}


def _with(files: Mapping[str, str], kind: str, rows: Iterable[Entry]) -> str:
    text = files.get(FILES[kind], "")
    there = {entry.get("id"): entry for entry in entries_of(text)}
    differing = [row for row in rows if not _says_the_same(row, there.get(row["id"]))]
    if len(differing) > _FEW:
        return put_entries(text, differing)
    for row in differing:
        text = put_entry(text, row["id"], {key: value for key, value in row.items() if key != "id"})
    return text


def _says_the_same(given: Any, there: Any) -> bool:
    """Whether everything that is given stands there already, but for spaces at the ends."""
    if isinstance(given, Mapping):
        return isinstance(there, Mapping) and all(
            _says_the_same(value, there.get(key)) for key, value in given.items()
        )
    if isinstance(given, str):
        return there is not None and given.strip() == str(there).strip()
    if isinstance(given, list):
        return [str(each).strip() for each in given] == [str(each).strip() for each in there or ()]
    return given is there or (given is None and there is False)
