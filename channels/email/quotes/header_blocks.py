"""The block of headers that stands above a quoted mail: From, Sent, To, Subject, in the language of the mail program."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from channels.email.quotes import languages as words
from channels.email.quotes.marks import any_of, is_quoted, is_rule

ADDRESS = r"[^\s<>()\[\]\"',;:]{1,100}@[^\s<>()\[\]\"',;]{1,150}"
_LONGEST_BLOCK = 10  # lines


def _labels(of: Iterable[str]) -> str:
    return rf"(?:{any_of(map(re.escape, of))})"


def _label_at_start(of: Iterable[str]) -> "re.Pattern[str]":
    return re.compile(rf"[\s>]*[*_]*({_labels(of)})\s?[*_]*\s?[:：][*_]*", re.IGNORECASE)


_HAS_ADDRESS = re.compile(ADDRESS)
_FROM, _DATE = _label_at_start(words.FROM), _label_at_start(words.DATE)
_ANY_LABEL = _label_at_start((*words.FROM, *words.DATE, *words.OTHER))
_LABEL_WITHIN = re.compile(rf"\s[*_]*{_labels(('date', *words.DATE))}[*_]*\s?[:：]\s*\S", re.IGNORECASE)
_SOME_LABEL = re.compile(r"[\s>]*[*_]*[^\W\d_][^:：\d]{0,30}[:：][*_]*\s*\S")  # of any language
_COLON = re.compile("[:：]")
_HAS_TIME = re.compile(r"\d{1,2}[:.]\d\d")
_HAS_WORDS = re.compile(r"[:：][*_]*\s*\S")


def begins_with_label(line: str) -> bool:
    return _label(line) is not None


def header_block_at(lines: Sequence[str], at: int) -> int:
    """Return where a block of headers ends that starts here, perhaps with the line drawn above it; 0 if none does."""
    ruled = is_rule(lines[at])
    if ruled:
        at = next((index for index in range(at + 1, min(at + 4, len(lines))) if lines[index].strip()), at)
    if not _COLON.search(lines[at]) or not (ruled or begins_with_label(lines[at])):
        return 0
    block = _block(lines, at)
    return at + len(block) if _is_headers(block, ruled=ruled) else 0


def _is_headers(block: Sequence[str], *, ruled: bool) -> bool:
    first = block[0] if block else ""
    if not begins_with_label(first):
        return ruled and _is_foreign(block)
    labels = [_label(line) for line in block]
    others = {label for label in labels if label} - {labels[0]}
    if not _FROM.match(first) and not _DATE.match(first):
        return len(others) > 1 and any(map(_FROM.match, block)) and any(map(_DATE.match, block))
    if not others:
        return _HAS_ADDRESS.search(first) is not None and _LABEL_WITHIN.search(first) is not None
    if len(others) == 1:
        return _HAS_WORDS.search(first) is not None and (ruled or any(map(_HAS_ADDRESS.search, block)))
    return True


def _is_foreign(block: Sequence[str]) -> bool:
    """Whether these are headers in a language that is not known here; asked only below a rule."""
    labelled = [line for line in block if _SOME_LABEL.match(line)]
    return (
        len(labelled) >= 3
        and len(labelled) >= len(block) - 1
        and any(map(_HAS_ADDRESS.search, labelled))
        and any(map(_HAS_TIME.search, labelled))
    )


@lru_cache(maxsize=64)  # the lines of a block are looked at from each line above them
def _label(line: str) -> str | None:
    """Return the label with which a line of headers begins, in lower case."""
    found = _ANY_LABEL.match(line) if _COLON.search(line) else None
    return found[1].lower() if found else None


def _block(lines: Sequence[str], at: int) -> Sequence[str]:
    """Return the lines up to the first blank one, or to where a quote is marked."""
    block: list[str] = []
    for line in lines[at : at + _LONGEST_BLOCK]:
        if not line.strip() or is_quoted(line) != is_quoted(lines[at]):
            break
        block.append(line)
    return block
