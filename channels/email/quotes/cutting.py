"""Going through a mail line by line, and leaving out what was there before."""

import re
from collections.abc import Sequence

from channels.email.quotes.marks import (
    LONGEST_LINE,
    RULE,
    attribution_at,
    header_block_at,
    is_device,
    is_forward,
    is_forward_mark,
    is_quoted,
    is_separator,
)

_SIGNATURE = re.compile(r"--\s?")
_LONG = 58  # characters from which on a quoted line may have been wrapped in the middle of the quote
_MOST_WRAPPED = 2


def own_words(text: str, *, subject: str = "") -> str:
    """Return the text without what it quotes and without the signature; all of it where nothing else would be left."""
    if is_forward(subject):
        return text
    lines = text.replace("\r\n", "\n").split("\n")
    kept = _without_quotes(lines)
    if kept is None:
        return text
    return _without_ends(kept).strip() or text


def _without_quotes(lines: Sequence[str]) -> list[str] | None:
    """Return the lines of the sender; None if the mail forwards something, which is what it wants to say."""
    kept: list[str] = []
    at, named = 0, False  # somebody was named as the one who wrote what is quoted
    while at < len(lines):
        line = lines[at][:LONGEST_LINE]
        if not line.strip():
            kept.append(lines[at])
            at += 1
            continue
        if is_forward_mark(line):
            return None
        if is_separator(line) or header_block_at(lines, at):
            return kept
        attribution = attribution_at(lines, at)
        if attribution is None and is_quoted(line):
            end = _after_quote(lines, at)
            if end == at + 1 and not named:
                kept.append(lines[at])  # one line alone may be the sender's own: "> 100 MB"
            at = end
            continue
        if attribution is not None:
            if attribution.before:
                kept.append(attribution.before)
            at, named = at + attribution.lines, True
            if not _is_marked(lines, at):
                return kept
            continue
        if is_device(line) and any(each.strip() for each in kept) and not _goes_on(lines, at + 1):
            return kept
        kept.append(lines[at])
        at += 1
    return kept


def _is_marked(lines: Sequence[str], at: int) -> bool:
    """Whether what follows is marked as quoted, line by line."""
    following = next((line for line in lines[at:] if line.strip()), None)
    return following is not None and is_quoted(following)


def _after_quote(lines: Sequence[str], at: int) -> int:
    """Return where a marked quote ends; lines that were wrapped without a mark belong to it."""
    end = at
    while end < len(lines) and is_quoted(lines[end]):
        end += 1
        wrapped = _wrapped(lines, end)
        end += wrapped
    return end


def _wrapped(lines: Sequence[str], at: int) -> int:
    """Return how many unmarked lines from here on are the rest of a quoted line before them."""
    for count in range(1, _MOST_WRAPPED + 1):
        piece = lines[at : at + count + 1]
        if len(piece) <= count or not all(line.strip() for line in piece[:-1]):
            return 0
        if is_quoted(piece[-1]):
            long = len(lines[at - 1]) >= _LONG or piece[0].rstrip().endswith((">", ")"))
            return count if long else 0
    return 0


def _goes_on(lines: Sequence[str], at: int) -> bool:
    """Whether, below a device's line, the sender goes on in the middle of marked quotes."""
    quoted = False
    for line in lines[at:]:
        if is_quoted(line):
            quoted = True
        elif line.strip() and quoted:
            return True
    return False


def _without_ends(kept: Sequence[str]) -> str:
    """Cut the signature and the rules that were drawn above a quote."""
    lines = list(kept)
    for at, line in enumerate(lines):
        if _SIGNATURE.fullmatch(line.rstrip("\r")) and any(each.strip() for each in lines[:at]):
            lines = lines[:at]
            break
    while lines and (not lines[-1].strip() or RULE.fullmatch(lines[-1]) or _is_last_device(lines)):
        lines.pop()
    return "\n".join(lines)


def _is_last_device(lines: Sequence[str]) -> bool:
    return len(lines) > 1 and is_device(lines[-1]) and any(line.strip() for line in lines[:-1])
