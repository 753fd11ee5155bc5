"""What stands below the words of every mail of somebody: signature, telephone, mailing list, rules drawn above a quote."""

import re
from collections.abc import Sequence

from channels.email.quotes.marks import is_device, is_rule, looked_at, names_a_list

_SIGNATURE = re.compile(r"--\s?")
_DRAWN = re.compile(r"\s*[-_]{2,}\s*")
_DASH = re.compile(r"[-\u2013\u2014]{1,3}\s*")
_NAME = r"[^\W\d_][\w.'’-]{0,20}"
_SIGNED = re.compile(rf"(?:-{{1,2}}|[\u2013\u2014]){_NAME}(?: {_NAME}){{0,3}}")  # -Siti Aminah
_LISTED = re.compile(r"\s*[-*\u2022\u2013\u2014]|.*[:：]\s*$")  # one of a list, or what announces one
_TRACKED = re.compile(r"[\u1427\s]*")  # the invisible mark of a mail tracker


def without_ends(lines: Sequence[str], *, last: bool = False) -> list[str]:
    """Return what somebody wrote without what stands below or above it in every mail.

    The `last` words below a quote may be a signature alone; then nothing is left.
    """
    seen = [looked_at(line) for line in lines]
    start = next((at for at, line in enumerate(seen) if line.strip()), len(seen))
    if start < len(seen) and is_device(seen[start]) and _has_words(seen[start + 1 :]):
        start += 1
    end = _end_of_words(seen, start, last=last)
    return list(lines[start:end])


def _end_of_words(seen: Sequence[str], start: int, *, last: bool) -> int:
    end = len(seen)
    for at in range(start if last else start + 1, len(seen)):
        signed = _SIGNATURE.fullmatch(seen[at]) is not None
        if signed or (_DRAWN.fullmatch(seen[at]) and _is_list_below(seen, at)):
            end = at
            break
    while end > start:
        shorter = _shortened(seen, start, end)
        if shorter == end:
            break
        end = shorter
    return end


def _shortened(seen: Sequence[str], start: int, end: int) -> int:
    """Return where the words end if the last line is none of the sender's."""
    last = seen[end - 1]
    if not last.strip() or is_rule(last) or _TRACKED.fullmatch(last):
        return end - 1
    above = next((at for at in range(end - 2, start - 1, -1) if seen[at].strip()), None)
    if above is None:
        return end
    if is_device(last):
        return above if _DASH.fullmatch(seen[above]) and above > start else end - 1
    signed = _SIGNED.fullmatch(last.strip()) is not None and not _LISTED.match(seen[above])
    return end - 1 if signed and (above < end - 2 or " " not in last.strip()) else end


def _is_list_below(seen: Sequence[str], at: int) -> bool:
    return any(names_a_list(line) for line in seen[at + 1 : at + 4])


def _has_words(lines: Sequence[str]) -> bool:
    return any(line.strip() for line in lines)
