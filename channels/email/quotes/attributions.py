"""The line that says who wrote what follows: "On …, … wrote:". Mail programs wrap it over several lines."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from channels.email.quotes import languages as words
from channels.email.quotes.header_blocks import ADDRESS, begins_with_label, header_block_at
from channels.email.quotes.marks import any_of, is_quoted, is_rule, is_separator

_MOST_JOINED = 5  # lines over which a mail program wraps it
_LONGEST = 500
_LONGEST_LITTLE = 100
_LONGEST_NAME = 6  # words

_WROTE = rf"(?:\b(?:{any_of((*words.WROTE, *words.SAID))})(?!\w)|{any_of(words.WROTE_UNSPACED)})"
_WEEKDAY = rf"(?:{any_of(words.WEEKDAYS)})\b|(?:{any_of(words.SHORT_WEEKDAYS)})(?=[.,]?\s*\d)"
_HAS_ADDRESS = re.compile(ADDRESS)
_IN_BRACKETS = re.compile(rf"[<(\[]\s*(?:mailto:)?\s*{ADDRESS}")
_HAS_DIGIT = re.compile(r"\d")
_YEAR = r"(?<![\w=@])(?:19|20|25|١٩|٢٠|۱۳|۱۴|۲۰)\d\d(?![\d@])"
_HAS_DATE = re.compile(rf"\d{{1,4}}[/.:-]\d{{1,2}}|{_YEAR}|\b\d{{1,2}}h\d\d\b")
_HAS_DAY = re.compile(
    rf"(?<![\d.])(?:\d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{2,4}}|\d{{4}}[/.-]\d{{1,2}}[/.-]\d{{1,2}})(?!\.?\d)|{_YEAR}"
)
_HAS_TIME = re.compile(r"\b\d{1,2}[:.h]\d\d(?!\d)")
_BEGINS = re.compile(
    rf"[\s>*_-]*(?:(?:{any_of(words.BEGINS)})[\s.,]|(?:{_WEEKDAY})[\s.,]|\"?\d|<?[^\s<>@]{{1,100}}@|.{{0,200}}<(?:\s*$|\s*mailto:|[^<>\s]*@))",
    re.IGNORECASE,
)
_ON_A_DAY = re.compile(rf"[\s>*_-]*(?:{any_of(words.BEGINS)})\s+(?:{_WEEKDAY}|\d)", re.IGNORECASE)
_ENDS_IN_WROTE = re.compile(rf"{_WROTE}\s*[*_]*\s*[:：]?[\s*_-]*\Z", re.IGNORECASE)
_HAS_WROTE = re.compile(_WROTE, re.IGNORECASE)
_NAME_WROTE = re.compile(
    rf"[\s>*_\"]*(?P<name>\S.*?)[\s*_\",]*(?:\b(?:{any_of(words.WROTE)})|{any_of(words.WROTE_UNSPACED)})\s*[*_]*\s*[:：][\s*_]*",
    re.IGNORECASE,
)
_DATE_AND_ADDRESS = re.compile(
    rf"[\s>]*\d{{1,4}}[/.-]\d{{1,2}}[/.-]\d{{1,4}}\b.{{0,120}}<\s*{ADDRESS}\s*>\s*"
)
_BARE = re.compile(
    r"[\s>]*\d{4}-\d\d-\d\d \d{1,2}:\d\d (?:GMT|UTC)[+-]\d{1,2}:\d\d\s+\S.{0,150}"
)  # Gmail, once
_DASHED = re.compile(rf"[\s>]*[-_]{{2,}}\s*.{{2,250}}?{_WROTE}\s*[:：]?\s*[-_]{{2,}}\s*", re.IGNORECASE)
_SHARED = re.compile(
    rf"(?P<before>(?!\s*>).*?\S)\s*(?:-{{2,}}\s*|\s)On\s(?:{_WEEKDAY}|\d)[^\n]{{5,200}}\bwrote\s*:\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True)
class Attribution:
    """A line that says who wrote what follows."""

    lines: int  # how many it takes
    before: str = ""  # what the sender wrote on its first line


class _Said(NamedTuple):
    """What a line, or several, say of a mail that is quoted."""

    dated: bool = False
    on_a_day: bool = False  # of a year, and not only some number that may be a date
    timed: bool = False
    addressed: bool = False
    wrote: bool = False  # that somebody wrote
    wrote_last: bool = False  # and nothing behind it
    ends: bool = False  # in a colon

    @property
    def all(self) -> bool:
        return self.dated and self.timed and self.addressed and self.wrote_last

    def and_then(self, following: "_Said") -> "_Said":
        return _Said(
            self.dated or following.dated,
            self.on_a_day or following.on_a_day,
            self.timed or following.timed,
            self.addressed or following.addressed,
            self.wrote or following.wrote,
            following.wrote_last,
            following.ends,
        )


@lru_cache(maxsize=64)  # each line is looked at from those above it
def _said(line: str) -> _Said:
    wrote = _HAS_WROTE.search(line) is not None
    return _Said(
        dated=_is_dated(line),
        on_a_day=_HAS_DAY.search(line) is not None or _ON_A_DAY.match(line) is not None,
        timed=_HAS_TIME.search(line) is not None,
        addressed=_is_addressed(line),
        wrote=wrote,
        wrote_last=wrote and _ENDS_IN_WROTE.search(line) is not None,
        ends=_ends_in_colon(line),
    )


def _ends_in_colon(line: str) -> bool:
    return line.rstrip(" *_-").endswith((":", "："))


@lru_cache(maxsize=64)
def _says_when_or_who(line: str) -> bool:
    return _is_dated(line) or _is_addressed(line)


def _is_dated(line: str) -> bool:
    return _HAS_DATE.search(line) is not None or _ON_A_DAY.match(line) is not None


def _is_addressed(line: str) -> bool:
    return "@" in line and _HAS_ADDRESS.search(line) is not None


def attribution_at(lines: Sequence[str], at: int) -> Attribution | None:
    """Return the "… wrote:" that begins at this line."""
    line = lines[at]
    if not line.strip("-_=*> \t"):
        return None
    if line.lstrip(" >").startswith(("--", "__")) and _is_dashed(lines, at):
        return Attribution(lines=1)
    shared = _SHARED.fullmatch(line) if "wrote" in line.lower() else None
    if shared is not None and _quoted_soon(lines, at + 1):
        return Attribution(lines=1, before=shared["before"].rstrip(" -"))
    if _BEGINS.match(line) and (found := _joined(lines, at)):
        return Attribution(lines=found)
    alone = _BARE.fullmatch(line) is not None or _says_all(line) or _says_little(lines, at)
    return Attribution(lines=1) if alone else None


def _is_dashed(lines: Sequence[str], at: int) -> bool:
    """Whether it says who wrote between two rows of dashes."""
    said = _said(lines[at])
    says = said.dated or said.addressed or _quoted_soon(lines, at + 1)
    return said.wrote and says and _DASHED.fullmatch(lines[at]) is not None


def _says_all(line: str) -> bool:
    """Whether one line says by whom and when, whatever it begins with: the name may come first."""
    if len(line) > _LONGEST or not line.rstrip(" *_").endswith((":", "：")):
        return False
    when = _HAS_DAY.search(line) is not None and _said(line).timed
    return when and (_said(line).wrote or _IN_BRACKETS.search(line) is not None)


def _says_little(lines: Sequence[str], at: int) -> bool:
    """Whether one line says that somebody wrote what is marked right below it, by whatever name and on whatever day."""
    line = lines[at]
    if len(line) >= _LONGEST_LITTLE or not _ends_in_colon(line) or not _said(line).wrote_last:
        return False
    if _HAS_DIGIT.search(line):
        return _quoted_soon(lines, at + 1)
    return _names_who_wrote(line) and is_quoted("".join(lines[at + 1 : at + 2]))


def _names_who_wrote(line: str) -> bool:
    """Whether a line is a name and that they wrote, as mail programs write it that tell no day: "Siti Aminah menulis:"."""
    found = _NAME_WROTE.fullmatch(line)
    names = found["name"].split() if found else []
    return 0 < len(names) <= _LONGEST_NAME and not any(
        name[0].islower() or name.lower() in words.PRONOUNS for name in names
    )


def _joined(lines: Sequence[str], at: int) -> int:
    """Return over how many lines from here on it is said who wrote; 0 if it is not said."""
    within = lines[at : at + _MOST_JOINED + 1]
    if not any(map(_says_when_or_who, within)):
        return 0
    joined, said = "", _Said()
    for count, line in enumerate(within, start=1):
        blank = not line.strip()
        if (
            (blank and not _goes_on_in_angles(lines, at + count, count))
            or len(joined) > _LONGEST
            or (count > 1 and (begins_with_label(line) or _begins_anew(line, lines[at])))
        ):
            return 0
        if blank:
            continue
        joined = f"{joined} {line.strip().lstrip('>')}".strip()
        said = said.and_then(_said(line))
        if _says_who(joined, said) and (said.ends or said.all or _quote_soon(lines, at + count)):
            return count
    return 0


def _begins_anew(line: str, first: str) -> bool:
    """Whether what looked like the first line is the sender's, and it is said only from this line on who wrote."""
    return _ON_A_DAY.match(line) is not None and (
        _HAS_DAY.search(line) is not None or not _said(first).on_a_day
    )


def _goes_on_in_angles(lines: Sequence[str], following: int, count: int) -> bool:
    """Whether below the one blank line that there may be, the address stands by itself."""
    return count == 2 and following < len(lines) and lines[following].lstrip().startswith("<")


def _says_who(joined: str, said: _Said) -> bool:
    if said.wrote_last and (said.dated or said.addressed):
        return True
    if said.on_a_day and said.ends and said.addressed and _IN_BRACKETS.search(joined):
        return True
    if said.on_a_day and said.wrote and (said.timed or (said.ends and said.addressed)):
        return True
    return said.dated and said.addressed and _DATE_AND_ADDRESS.fullmatch(joined) is not None


def _quoted_soon(lines: Sequence[str], at: int) -> bool:
    """Whether the next line with words is marked as quoted."""
    following = next((line for line in lines[at : at + 4] if line.strip()), None)
    return following is not None and is_quoted(following)


def _quote_soon(lines: Sequence[str], at: int) -> bool:
    """Whether the next line with words begins a quote of any kind."""
    following = next((index for index in range(at, min(at + 4, len(lines))) if lines[index].strip()), None)
    if following is None or not _may_begin_a_quote(lines[following]):
        return False
    return (
        is_quoted(lines[following]) or is_separator(lines[following]) or header_block_at(lines, following) > 0
    )


@lru_cache(maxsize=64)
def _may_begin_a_quote(line: str) -> bool:
    return is_quoted(line) or is_separator(line) or is_rule(line) or begins_with_label(line)
