"""What mostly lies behind a file that is no YAML, for people who have never heard of it.

The parser says where it could not go on, in words of its own. What is to be written instead is found by looking at that
line, and at the one where what it was reading began.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ruamel.yaml.error import MarkedYAMLError

QUOTED = "stands in quotation marks"
CURLY = frozenset("“”„‘’")  # as word processors write quotation marks
_OPENED = {"mapping": ("{", "}"), "sequence": ("[", "]")}
_A_ROW = re.compile(r"\s*[–—•·]\s")
_STRANGE_SPACE = re.compile(r"[ \t]*[^\S \t\r\n]")
_NO_SPACE = re.compile(r"\s*(?:- )?[\w-]+:\S")


@dataclass(frozen=True, kw_only=True)
class _Stop:
    """Where the parser stopped, and why."""

    lines: Sequence[str]
    at: int  # of the line, from 0
    began: int  # the line on which what it was reading began
    column: int
    said: str

    @property
    def line(self) -> str:
        return self.lines[self.at] if self.at < len(self.lines) else ""


def why_unread(error: MarkedYAMLError, text: str) -> tuple[int, str]:
    """Return the line of a mistake of writing, from 1 (0: nobody knows), and a sentence that says what to write instead."""
    said = " ".join(part for part in (error.context, error.problem) if part)
    mark = error.problem_mark or error.context_mark
    if mark is None:
        return 0, said
    stop = _Stop(
        lines=text.splitlines(),
        at=mark.line,
        began=(error.context_mark or mark).line,
        column=mark.column,
        said=said,
    )
    for look in _LOOKS:
        if found := look(stop):
            at, advice = found
            return at + 1, advice
    return mark.line + 1, said


def _spaces(stop: _Stop) -> tuple[int, str] | None:
    indent = stop.line[: len(stop.line) - len(stop.line.lstrip())]
    if "\t" in indent:
        return stop.at, "lines are indented by spaces, not by tabs"
    for at in range(max(stop.at - 1, 0), min(stop.at + 1, len(stop.lines))):
        if _STRANGE_SPACE.match(stop.lines[at]):
            return (
                at,
                "this line begins with spaces of another kind, as word processors have them; type them anew",
            )
    return None


def _not_closed(stop: _Stop) -> tuple[int, str] | None:
    """Find a quotation mark or a bracket that is open still."""
    if "quoted scalar" in stop.said and "end of stream" in stop.said:
        return stop.began, "the quotation mark of this line is not closed"
    within = re.search(r"parsing a flow (mapping|sequence) .* but got '(.+)'", stop.said)
    if within is None:
        return None
    opens, closes = _OPENED[within[1]]
    if within[2] in {"}", "]"}:
        return stop.at, f"{closes} is missing before {within[2]}"
    if stop.at > stop.began or within[2] == "<stream end>":
        cut = re.search(r"\s#", stop.lines[stop.began])
        why = f"; a text with # in it {QUOTED}" if cut else ""
        return stop.began, f"the {opens} of this line is not closed{why}"
    if within[2] in {"{", "["}:
        pair = "{ }" if within[2] == "{" else "[ ]"
        return stop.at, f"within {{ }} or [ ], a text with {pair} in it {QUOTED}"
    return stop.at, f"a text with a colon or quotation marks in it {QUOTED} as a whole"


def _colons(stop: _Stop) -> tuple[int, str] | None:
    if "could not find expected ':'" in stop.said:
        return stop.began, "a key has a colon behind it, and a space after that: name: Cuti"
    if "mapping values" not in stop.said:
        return None
    above = stop.lines[stop.at - 1] if stop.at else ""
    if _NO_SPACE.match(above):
        return stop.at - 1, "a space follows the colon of a key"
    if CURLY & set(stop.line):
        return stop.at, 'quotation marks are straight ones: "…"'
    if ": " in stop.line[: stop.column]:
        return stop.at, f"a text with a colon in it {QUOTED}"
    return stop.at, "this line begins further left or right than its neighbours"


def _rows(stop: _Stop) -> tuple[int, str] | None:
    if _A_ROW.match(stop.line):
        return stop.at, "a row of a list begins with a hyphen (-) and a space"
    if "'<block mapping start>'" in stop.said:
        return stop.at, "this line begins further left or right than its neighbours"
    if "'<block sequence start>'" in stop.said or "found '-'" in stop.said:
        return (
            stop.at,
            "a row that begins with - stands exactly below the - of the row before, in a list alone",
        )
    if "block collection" in stop.said and "'?'" in stop.said:
        return stop.at, "each row of this list begins with a hyphen (-) and a space"
    return None


def _signs(stop: _Stop) -> tuple[int, str] | None:
    if "'<scalar>'" in stop.said:
        return stop.at, f"a text that begins with {{, [ or a quotation mark {QUOTED} as a whole"
    if "undefined alias" in stop.said:
        return stop.at, f"a text that begins with * {QUOTED}"
    if any(each in stop.said for each in ("cannot start any token", "scanning a tag", "parsing a flow node")):
        return stop.at, f"a text that begins with a sign such as @, %, !, ? or | {QUOTED}"
    return None


def _documents(stop: _Stop) -> tuple[int, str] | None:
    return (stop.at, "a line of --- begins another file") if "single document" in stop.said else None


_LOOKS: Sequence[Callable[[_Stop], tuple[int, str] | None]] = (
    _spaces, _not_closed, _colons, _rows, _signs, _documents,
)  # fmt: skip
