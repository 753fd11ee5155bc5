"""How somebody decides a step who answers in words, as a mail is answered: "setuju", "tidak setuju: ruangnya penuh". Pure.

Only what is clear is a decision. A yes with a condition, a no without its no, or anything that could be either is none:
whoever reads asks back.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from procedures.definition.procedure import DONE, SKIPPED, Outcome, Step

_YES = (
    "ya", "iya", "setuju", "ya setuju", "saya setuju", "disetujui", "menyetujui", "ok", "oke", "acc",
    "yes", "approve", "approved", "i approve", "agree", "agreed", "i agree",
)  # fmt: skip
_NO = (
    "tidak", "tidak setuju", "saya tidak setuju", "tidak disetujui", "belum disetujui", "belum setuju", "tolak", "ditolak",
    "no", "not approved", "i do not approve", "do not approve", "rejected", "reject", "disagree", "i disagree",
)  # fmt: skip
_FINISHED = ("selesai", "sudah", "sudah selesai", "beres", "done", "finished", "ok", "oke")
_NOTHING_TO_DECIDE = (
    "setuju",
    "saya setuju",
    "disetujui",
    "acc",
    "approved",
    "agreed",
)  # said of a step that is just done
_LATER = re.compile(
    r"(ok|oke)\b.*\b(nanti|akan|segera|besok|later|will|soon|tomorrow)\b", re.DOTALL
)  # has seen it
_LEFT_OUT = ("lewati", "leave out", "skip")
_HEDGED = re.compile(
    r"\b(tapi|tetapi|namun|asal|asalkan|jika|kalau|apabila|dengan catatan|dengan syarat|kecuali|belum|jangan|tidak|bukan|"
    r"but|if|provided|unless|however|not|don't|do not|except|yet)\b"
)
_GREETING = re.compile(
    r"(yth\b|kepada\b|dear\b|halo\b|hai\b|hi\b|hello\b|selamat (pagi|siang|sore|malam)\b|good (morning|afternoon|evening)\b|"
    r"assalam\S*|dengan hormat\b|bapak\b|ibu\b|pak\b|bu\b|salam\b.{0,20}$).{0,80}"
)
_CLOSING = re.compile(
    r"(--|__|terima kasih|makasih|thanks|thank you|salam|hormat|wassalam\S*|regards|best|kind|sincerely|sent from|"
    r"terkirim dari|dikirim dari|get outlook)(\b|$).*"
)
_ATTRIBUTION = re.compile(r"(pada|on)\b.*\b(menulis|wrote)\s*:")  # of a quote that is left
_POLITE = re.compile(
    r"[\s,.!;–-]*((pak|bu|bapak|ibu|mas|mbak|terima kasih|makasih|thanks|thank you)[\s,.!]*)*"
)
_WHY = re.compile(
    r"\s*(?:[:;,.–—-]+|\b(?:karena|sebab|alasan(?:nya)?|because|since|due to)\b)\s*", re.IGNORECASE
)
_NAME = re.compile(r"(?P<name>[^,\d]{3,60}?)(?:,\s*(?:[^\W\d_]+\.)+[^\W\d_]*\.?)*")  # with degrees behind it
_TITLES = frozenset({"prof", "drs", "dra", "bapak", "ibu"})
_MARKS = re.compile(r"[*_`]+")
_TWICE_YES = re.compile(
    r"^(ya|iya|yes)[,.]?\s+(?=(saya\s+)?(setuju|disetujui|i\s+approve|approved|i\s+agree)\b)", re.IGNORECASE
)
_LONGEST = 4_000  # characters that are looked at


@dataclass(frozen=True, kw_only=True)
class Decision:
    """How a step shall end."""

    way: str  # an outcome
    reason: str = ""


def read_decision(step: Step, text: str, *, by: str = "") -> Decision | None:
    """Return what somebody called `by` has decided, in their own words without quotes; None where that is not clear."""
    first, *more = _own_lines(text[:_LONGEST], by) or [""]
    named = _named(step, first)
    if named is None:
        return None
    way, rest = named
    if way == DONE and _LATER.match("\n".join([first, *more]).casefold()):
        return None
    after = "\n".join([rest, *more]).strip()
    outcome = step.outcome(way)
    gives_reason = outcome is not None and (outcome.reason or _says(outcome, _NO))
    if gives_reason:
        why = _WHY.match(rest)
        if rest.strip() and why is None:
            return None  # "tidak apa-apa"
        return Decision(way=way, reason="\n".join([rest[why.end() :] if why else "", *more]).strip())
    if not _POLITE.fullmatch(rest.casefold()) and _WHY.match(rest) is None:
        return None
    if _HEDGED.search(after.casefold()):
        return None
    remark = after if not _POLITE.fullmatch(after.casefold()) else ""
    return Decision(way=way, reason=_WHY.sub("", remark, count=1) if _WHY.match(remark) else remark)


def says_yes(text: str, *, by: str = "") -> bool:
    """Whether somebody called `by` confirms, and says nothing else."""
    lines = _own_lines(text[:_LONGEST], by)
    return len(lines) == 1 and any(
        _POLITE.fullmatch(rest.casefold()) for name in _YES if (rest := _behind(lines[0], name)) is not None
    )


def _own_lines(text: str, by: str) -> list[str]:
    """Return the lines that say something: no greeting before them, no closing or signature behind."""
    lines = [_TWICE_YES.sub("", _MARKS.sub("", line).strip()) for line in text.splitlines()]
    while lines and (not lines[0] or _GREETING.fullmatch(lines[0].casefold())):
        lines.pop(0)
    kept: list[str] = []
    for line in lines:
        low = line.casefold()
        if kept and (_CLOSING.match(low) or _ATTRIBUTION.match(low) or _is_name(low, by.casefold())):
            break
        kept.append(line)
    return [line for line in kept if line]


def _is_name(line: str, name: str) -> bool:
    """Whether a line is the name of whoever writes, with titles or without, and no word beside it: a signature begins."""
    match = _NAME.fullmatch(line)
    said = set(_words(match["name"])) - _TITLES if match else set()
    return bool(said) and said <= set(_words(name))


def _words(text: str) -> list[str]:
    """Return the words of three letters or more: shorter ones in a name are initials and titles."""
    return re.findall(r"[^\W\d_]{3,}", text)


def _named(step: Step, line: str) -> tuple[str, str] | None:
    """Return the one way that a line begins with, and what stands behind it; the longest name counts."""
    found = sorted(
        ((name, way, rest) for name, way in _names(step) if (rest := _behind(line, name)) is not None),
        key=lambda each: -len(each[0]),
    )
    longest = [each for each in found if len(each[0]) == len(found[0][0])]
    return longest[0][1:] if len({way for _, way, _ in longest}) == 1 else None


def _behind(line: str, name: str) -> str | None:
    """Return what stands behind a name with which a line begins; None if it does not."""
    if not line.casefold().startswith(name):
        return None
    rest = line[len(name) :]
    return None if rest[:1].isalnum() or rest[:1] == "-" else rest


def _names(step: Step) -> Iterator[tuple[str, str]]:
    """Yield what each way may be called: by its id and its label, and a yes or a no by every word for that."""
    for outcome in step.outcomes:
        yield from ((name.casefold(), outcome.id) for name in (outcome.id, *outcome.label.values()))
        if outcome.id == DONE:
            yield from ((name, DONE) for name in (*_FINISHED, *_NOTHING_TO_DECIDE))
    for words in (_YES, _NO):
        meant = [outcome.id for outcome in step.outcomes if step.decides and _says(outcome, words)]
        if len(meant) == 1:
            yield from ((name, meant[0]) for name in words)
    if step.optional:
        yield from ((name, SKIPPED) for name in _LEFT_OUT)


def _says(outcome: Outcome, words: tuple[str, ...]) -> bool:
    names: Mapping[str, str] = {"": outcome.id, **outcome.label}
    return any(name.casefold() in words for name in names.values())
