"""The marks that part what the sender wrote from what was there before. Each is looked for at one line."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from channels.email.quotes import languages as words

LONGEST_LINE = 1000  # characters that are looked at
_MOST_JOINED = 5  # lines over which a mail program wraps "On …, … wrote:"
_LONGEST_ATTRIBUTION = 500
_END = 80  # characters within which "… wrote:" stands at the end of a line


def _any(of: Iterable[str]) -> str:
    return "|".join(sorted(dict.fromkeys(of), key=len, reverse=True))


def _labels(of: Iterable[str]) -> "re.Pattern[str]":
    return re.compile(rf"[\s>]*[*_]*(?:{_any(map(re.escape, of))})\s?[*_]*\s?[:：][*_]*", re.IGNORECASE)


_WROTE = _any(words.WROTE)
_ADDRESS = r"[^\s<>()\[\]\"',;:]{1,100}@[^\s<>()\[\]\"',;]{1,150}"
_HAS_ADDRESS = re.compile(_ADDRESS)
_DIGIT_OR_AT = re.compile(r"[\d@]")
_HAS_DATE = re.compile(r"\d{1,4}[/.:-]\d{1,2}|\b(?:19|20)\d\d\b|\b\d{1,2}h\d\d\b")
_BEGINS = re.compile(
    rf"[\s>*_-]*(?:(?:{_any(words.BEGINS)}|{_any(words.WEEKDAYS)})[\s.,]|\"?\d|.{{0,200}}<(?:\s*$|\s*mailto:|[^<>\s]*@))",
    re.IGNORECASE,
)
_ON_A_DAY = re.compile(rf"[\s>*_-]*(?:{_any(words.BEGINS)})\s+(?:{_any(words.WEEKDAYS)}|\d)\b", re.IGNORECASE)
_ENDS_IN_WROTE = re.compile(rf".*\b(?:{_WROTE})\s*[*_]*\s*[:：]?[\s*_-]*", re.IGNORECASE)
_WROTE_NAME = re.compile(rf".{{5,80}}\b(?:{_WROTE})\b.{{1,200}}[:：][\s*_]*", re.IGNORECASE)
_ENDS_IN_ADDRESS = re.compile(
    rf".*[<(\[]\s*(?:mailto:)?\s*{_ADDRESS}\s*(?:<[^<>]*>)?\s*[>)\]]+[\s*_]*[:：][\s*_]*", re.IGNORECASE
)
_DATE_AND_ADDRESS = re.compile(
    rf"[\s>]*\d{{1,4}}[/.-]\d{{1,2}}[/.-]\d{{1,4}}\b.{{0,120}}<\s*{_ADDRESS}\s*>\s*"
)
_DASHED = re.compile(rf"[\s>]*[-_]{{2,}}\s*.{{2,250}}?\b(?:{_WROTE})\s*[:：]?\s*[-_]{{2,}}\s*", re.IGNORECASE)
_SHARED = re.compile(
    rf"(?P<before>.*?\S)\s*(?:-{{2,}}\s*|\s)On\s(?:{_any(words.WEEKDAYS)}|\d)[^\n]{{5,200}}\bwrote\s*:\s*",
    re.IGNORECASE,
)

_SEPARATOR = re.compile(rf"[\s>]*[-_=*]{{2,}}\s*(?:{_any(words.ORIGINAL)})\s*[-_=*]{{2,}}\s*", re.IGNORECASE)
_FORWARD = re.compile(
    rf"[\s>]*(?:[-_=*]{{2,}}\s*(?:{_any(words.FORWARDED)})\s*[-_=*]{{2,}}|(?:{_any(words.FORWARD_BEGINS)})\s*[:：]?)\s*",
    re.IGNORECASE,
)
_FORWARD_SUBJECT = re.compile(rf"\s*(?:{_any(words.FORWARD_SUBJECTS)})\s*[:：]", re.IGNORECASE)
_FROM, _DATE = _labels(words.FROM), _labels(words.DATE)
_ANY_LABEL = _labels((*words.FROM, *words.DATE, *words.OTHER))
RULE = re.compile(r"[\s>]*[_\-=*\u2014\u2015\u2500]{4,}\s*")
_DEVICE = re.compile(rf"[\s*_]*(?:{_any(words.DEVICES)})", re.IGNORECASE)
_PROSE = re.compile(r"[,;.!?]\s+\w+\s+\w+\s+\w+")  # a sentence goes on: nobody's signature


def is_forward(subject: str) -> bool:
    return _FORWARD_SUBJECT.match(subject) is not None


@dataclass(frozen=True, kw_only=True)
class Attribution:
    """A line that says who wrote what follows."""

    lines: int  # how many it takes
    before: str = ""  # what the sender wrote on its first line


def is_separator(line: str) -> bool:
    return _SEPARATOR.fullmatch(line) is not None


def is_forward_mark(line: str) -> bool:
    return _FORWARD.fullmatch(line) is not None


def is_device(line: str) -> bool:
    """Whether a telephone or a mail program wrote this line below the mail."""
    return len(line) < 120 and _DEVICE.fullmatch(_without_links(line)) is not None and not _PROSE.search(line)


def _without_links(line: str) -> str:
    return re.sub(r"\s*[<(\[]https?://[^<>()\[\]]{0,300}[>)\]]", "", line).strip()


def is_quoted(line: str) -> bool:
    return line.lstrip().startswith((">", "|>", "&gt;")) and not line.lstrip().startswith(">From ")


def attribution_at(lines: Sequence[str], at: int) -> Attribution | None:
    """Return the "… wrote:" that begins at this line; mail programs wrap it."""
    line = lines[at][:LONGEST_LINE]
    if not line.strip("-_=*> \t"):
        return None
    if line.lstrip(" >").startswith(("--", "__")) and _is_dashed(lines, at, line):
        return Attribution(lines=1)
    if _BEGINS.match(line) and _may_say_when(lines, at) and (found := _joined(lines, at)):
        return Attribution(lines=found)
    shared = _SHARED.fullmatch(line) if "wrote" in line.lower() else None
    if shared is not None and _quoted_soon(lines, at + 1):
        return Attribution(lines=1, before=shared["before"].rstrip(" -"))
    return None


def _is_dashed(lines: Sequence[str], at: int, line: str) -> bool:
    """Whether it says who wrote between two rows of dashes."""
    says = bool(_HAS_DATE.search(line) or _HAS_ADDRESS.search(line)) or _quoted_soon(lines, at + 1)
    return says and _DASHED.fullmatch(line) is not None


def _may_say_when(lines: Sequence[str], at: int) -> bool:
    """Whether a date or an address is near at all: without one nobody is said to have written."""
    if _ON_A_DAY.match(lines[at][:LONGEST_LINE]):
        return True
    return any(_DIGIT_OR_AT.search(line[:LONGEST_LINE]) for line in lines[at : at + _MOST_JOINED + 1])


def _joined(lines: Sequence[str], at: int) -> int:
    joined = ""
    for count, line in enumerate(lines[at : at + _MOST_JOINED + 1], start=1):
        blank = not line.strip()
        if (
            (blank and not _goes_on_in_angles(lines, at + count, count))
            or len(joined) > _LONGEST_ATTRIBUTION
            or (count > 1 and _ANY_LABEL.match(line))
        ):
            return 0
        joined = f"{joined} {line[:LONGEST_LINE].strip().lstrip('>')}".strip()
        if blank:
            continue
        if _says_who(joined, quoted=_quoted_soon(lines, at + count)):
            return count
    return 0


def _goes_on_in_angles(lines: Sequence[str], following: int, count: int) -> bool:
    """Whether below the one blank line that there may be, the address stands by itself."""
    return count == 2 and following < len(lines) and lines[following].lstrip().startswith("<")


def _says_who(joined: str, *, quoted: bool) -> bool:
    wrote = _ENDS_IN_WROTE.fullmatch(joined[-_END:]) is not None
    ends = joined.rstrip(" *_-").endswith((":", "："))
    if not (wrote or ends or quoted):
        return False
    dated = bool(_HAS_DATE.search(joined)) or _ON_A_DAY.match(joined) is not None
    addressed = bool(_HAS_ADDRESS.search(joined))
    if wrote:
        return (dated and addressed) or ((ends or quoted) and (dated or addressed))
    if ends and dated and _WROTE_NAME.fullmatch(joined):
        return addressed or quoted
    if ends and dated and addressed and _ENDS_IN_ADDRESS.fullmatch(joined):
        return True
    return quoted and _DATE_AND_ADDRESS.fullmatch(joined) is not None


def _quoted_soon(lines: Sequence[str], at: int) -> bool:
    """Whether the next line with words is marked as quoted."""
    following = next((line for line in lines[at : at + 4] if line.strip()), None)
    return following is not None and is_quoted(following)


def header_block_at(lines: Sequence[str], at: int) -> bool:
    """Whether a block of headers starts here, perhaps with the line that is drawn above it."""
    if RULE.fullmatch(lines[at][:LONGEST_LINE]):
        at = next((index for index in range(at + 1, min(at + 4, len(lines))) if lines[index].strip()), at)
    first = lines[at][:LONGEST_LINE]
    dated = _DATE.match(first) is not None
    if not dated and not _FROM.match(first):
        return False
    block = _block(lines, at)
    labels = [_label(line) for line in block]
    others = {label for label in labels if label} - {labels[0]}
    if len(others) == 1:
        return _has_words(first) and any(_HAS_ADDRESS.search(line) for line in block)
    return len(others) > 1


def _label(line: str) -> str | None:
    """Return the label with which a line of headers begins, in lower case."""
    found = _ANY_LABEL.match(line)
    return found[0].strip(" >*_:：\t").lower() if found else None


def _block(lines: Sequence[str], at: int) -> Sequence[str]:
    """Return the lines up to the first blank one, at most ten."""
    block = []
    for line in lines[at : at + 10]:
        if not line.strip():
            break
        block.append(line[:LONGEST_LINE])
    return block


def _has_words(line: str) -> bool:
    return bool(re.search(r"[:：]\s*\S", line))
