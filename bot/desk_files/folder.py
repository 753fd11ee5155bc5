"""The files of a desk as they lie in its folder."""

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from itertools import chain
from pathlib import Path

from bot.desk_files.holidays_section import feed_files, holiday_files
from bot.desk_files.problems import Problem
from bot.desk_files.yaml_text import parse
from tickets.binary_texts import as_text

DESK = "desk.yaml"
CATEGORIES = "categories.yaml"
REPLIES = "replies.yaml"
TAGS = "tags.yaml"
RULES = "rules.yaml"
TOP = (DESK, CATEGORIES, REPLIES, TAGS, RULES)
LARGEST_FILE = 4_000_000  # bytes
MOST_FILES = 500


def read_folder(folder: Path) -> tuple[dict[str, str], list[Problem], list[str]]:
    """Read the files that belong to a desk, byte for byte. Anything else in the folder is left alone."""
    files: dict[str, str] = {}
    problems: list[Problem] = []
    warnings = list(_strays(folder))
    for path in chain(_paths(folder), _lists(folder, files)):  # the lists once the desk file is read
        name = path.relative_to(folder).as_posix()
        try:
            content = path.read_bytes() if path.stat().st_size <= LARGEST_FILE else None
        except OSError as error:
            problems.append(Problem(file=name, line=0, message=f"cannot be read: {error.strerror}"))
            continue
        if content is None or len(files) >= MOST_FILES:
            said = f"expected at most {MOST_FILES} files of at most {LARGEST_FILE // 1_000_000} MB"
            problems.append(Problem(file=name, line=0, message=said))
            continue
        if name.startswith("papers/"):
            files[name] = as_text(content)
            continue
        try:
            files[name] = content.decode()
        except UnicodeDecodeError as error:
            if name.startswith("documents/"):
                warnings.append(f"{name} is no text, so it is not kept with the desk's revisions.")
            else:
                line = content.count(b"\n", 0, error.start) + 1
                said = "expected text in UTF-8: the encoding to choose where the file is saved"
                problems.append(Problem(file=name, line=line, message=said))
    return files, problems, warnings


def _paths(folder: Path) -> Iterator[Path]:
    yield from (folder / name for name in TOP if (folder / name).is_file())
    yield from sorted(path for path in folder.glob("procedures/*.yaml") if path.is_file())
    for below in ("documents", "papers"):
        yield from sorted(
            path
            for path in folder.glob(f"{below}/**/*")
            if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts)
        )


def _lists(folder: Path, files: Mapping[str, str]) -> Iterator[Path]:
    """Yield the lists of holidays that the desk file names, and what feeds brought when it was written out."""
    main = parse(DESK, files.get(DESK, ""), [])
    names = (*holiday_files(main.data), *feed_files(main.data)) if main else ()
    yield from (folder / name for name in names if (folder / name).is_file())


def _strays(folder: Path) -> Iterator[str]:
    """Yield a warning for each YAML file that nobody reads, most likely misspelt, and for what else lies among the procedures."""
    for path in sorted(folder.glob("procedures/[!.~]*")):
        if path.suffix != ".yaml":
            yield f"procedures/{path.name} is not read; a procedure's file ends in .yaml."
    found = [*folder.glob("*.yaml"), *folder.glob("*.yml")]
    for name in sorted(path.relative_to(folder).as_posix() for path in found):
        if name not in TOP:
            near = get_close_matches(re.sub(r"\.yml$", ".yaml", name), TOP, n=1)
            yield f"{name} is not read" + (f"; did you mean {near[0]}?" if near else ".")
