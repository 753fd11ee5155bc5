"""The official description of the Bot API, by which the stand-in checks what it is asked.

aiogram's source package carries it, made from https://core.telegram.org/bots/api for the very version that sends the
requests. It is fetched from the package index when tests are set up (by `make setup`, and where that could not, by the
first test that wants it), and kept beside the installed packages. How long a text, a number or a list may be
stands in the words about a field.
"""

import json
import os
import re
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import aiogram

KEPT = Path(sys.prefix) / "bot-api" / f"aiogram-{aiogram.__version__}.json"
_INSIDE = f"aiogram-{aiogram.__version__}/.butcher/schema/schema.json"
_WITHIN = 120  # seconds
_LENGTHS = re.compile(r"\b(\d+)-(\d+) (characters|bytes)\b")
_NUMBERS = re.compile(r"\b(\d+)-(\d+)\b(?! characters| bytes)")
_COUNT = re.compile(r"\b[Aa]t most (\d+) \w+ can be specified")

Fields = Mapping[str, Mapping[str, Any]]  # by name: its type, and whether it is required


def fetch() -> str | None:
    """Have the description at hand; why not, if it cannot be had."""
    if KEPT.exists():
        return None
    with tempfile.TemporaryDirectory() as folder:
        asked = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps",
                 "--no-build-isolation", "--no-binary", "aiogram", f"aiogram=={aiogram.__version__}", "--dest", folder]  # fmt: skip
        try:
            subprocess.run(asked, check=True, capture_output=True, timeout=_WITHIN)
            package = next(Path(folder).glob("aiogram-*.tar.gz"))
            with tarfile.open(package) as archive:
                found = archive.extractfile(_INSIDE)
                content = found.read() if found is not None else b""
        except (OSError, subprocess.SubprocessError, StopIteration, KeyError, tarfile.TarError) as error:
            return (
                f"the source package of aiogram {aiogram.__version__} cannot be had ({type(error).__name__})"
            )
    KEPT.parent.mkdir(exist_ok=True)
    part = KEPT.with_suffix(f".{os.getpid()}")
    part.write_bytes(content)
    part.replace(KEPT)
    return None


@cache
def described() -> Mapping[str, Fields] | None:
    """Return the fields of every method and type; None while the description is not at hand."""
    if not KEPT.exists():
        return None
    groups = json.loads(KEPT.read_bytes())["items"]
    return {
        each["name"]: {field["name"]: field for field in each["annotations"]}
        for group in groups
        for each in group["children"]
    }


def mistakes(method: str, values: Mapping[str, Any]) -> list[str]:
    """Return what the description says against a request; nothing where it is not at hand."""
    known = described()
    if known is None:
        return []
    if method not in known:
        return [f"there is no method {method}"]
    return list(_mistakes_of(known, known[method], values, at=method))


def _mistakes_of(
    known: Mapping[str, Fields], fields: Fields, values: Mapping[str, Any], *, at: str
) -> Iterator[str]:
    yield from (f"{at} has no field {name}" for name in values if name not in fields)
    for name, field in fields.items():
        if name in values:
            if not _fits(known, field["type"], values[name]):
                yield f"{at}.{name} is no {field['type']}"
            elif not _is_within(field, values[name]):
                yield f"{at}.{name} is too short, too long or out of range"
        elif field.get("required"):
            yield f"{at}.{name} is missing"


def _is_within(field: Mapping[str, Any], value: Any) -> bool:
    """Whether a value is as long, as great or as many as the description says."""
    said = field["description"]
    if field["type"] == "String" and (length := _LENGTHS.search(said)):
        size = len(value.encode()) if length[3] == "bytes" else units(value)
        return int(length[1]) <= size <= int(length[2])
    if field["type"] == "Integer" and (number := _NUMBERS.search(said)):
        return int(number[1]) <= int(value) <= int(number[2])
    if field["type"].startswith("Array") and (count := _COUNT.search(said)):
        return len(value) <= int(count[1])
    return True


def units(text: str) -> int:
    """Count as Telegram does, in UTF-16."""
    return len(text.encode("utf-16-le")) // 2


def _fits(known: Mapping[str, Fields], kind: str, value: Any) -> bool:
    """Whether a value is of a type as the description writes it: `Array of Integer`, `InputFile or String`."""
    if kind.startswith("Array of "):
        return isinstance(value, list) and all(
            _fits(known, kind.removeprefix("Array of "), each) for each in value
        )
    if " or " in kind:
        return any(_fits(known, each.strip(), value) for each in kind.split(" or "))
    match kind:
        case "String":
            return isinstance(value, str)
        case "Integer":
            return not isinstance(value, bool) and str(value).lstrip("-").isdecimal()
        case "Float":
            return str(value).lstrip("-").replace(".", "", 1).isdecimal()
        case "Boolean" | "True":
            return str(value).lower() in {"true", "false"}
        case "InputFile":
            return isinstance(value, str) and value.startswith("attach://")
    if not isinstance(value, dict):
        return False
    # A type without fields of its own stands for those whose names begin with its name.
    kinds = [kind] if known.get(kind) else [name for name in known if name.startswith(kind) and known[name]]
    return any(not list(_mistakes_of(known, known[each], value, at=each)) for each in kinds)
