"""Whether a contact is whom the directory has: what they say of themselves, compared field by field.

The number decides whose entry it is, the name whether it is theirs. Names are compared as people write them: titles
and degrees, order, case and accents do not count, a misspelling and an initial are forgiven, another name is not. Unit
and mailbox are said beside it: many write from a private mailbox and name their faculty where the directory has the
programme. Where the name is not enough, they help.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from rapidfuzz import fuzz

from bot.identity import Identity
from tickets.verification import Finding, Likeness, Listed, Outcome

_ALIKE = 84  # ratio from which on two words are one, misspelt
_ALIKE_AS_A_WHOLE = 90
_UNITS_ALIKE = 85
_BEFORE = frozenset(
    {
        "dr", "prof", "ir", "drs", "dra", "drg", "drh", "h", "hj", "kh", "bapak", "bpk", "pak", "ibu", "bu", "sdr", "sdri",
        "mr", "mrs", "ms",
    }
)  # fmt: skip
_DEGREES = frozenset(
    {
        "st", "mt", "skom", "mkom", "ssi", "msi", "se", "mm", "sh", "mh", "spd", "mpd", "sip", "mip", "ssos", "sp", "mp", "skm",
        "mkm", "sds", "mds", "ssn", "msn", "amd", "mba", "msc", "bsc", "meng", "beng", "phd", "dsc", "dea", "ak", "ca",
        "apt", "ipm", "ipu", "eng", "aseaneng", "sttp", "mph", "ma", "ba", "ssit", "str", "trk", "mta", "mars", "dring",
    }
)  # fmt: skip
_MUHAMMAD = frozenset(
    {
        "m", "moh", "muh", "mhd", "moch", "mohd", "mohamad", "mohammad", "mohamed", "mohammed", "muhamad", "mochamad",
        "mochammad", "mukhammad",
    }
)  # fmt: skip
_SMALL = frozenset({"dan", "and", "of", "di", "the", "untuk", "program", "studi", "prodi", "jurusan"})

Compared = Mapping[str, Likeness]


def find_out(claim: Identity, entries: Sequence[Listed]) -> Finding:
    """Say whether the contact is one of whom the directory has under their number or mailbox."""
    findings = [_finding(claim, entry) for entry in entries]
    best = max(findings, key=_weight, default=Finding(outcome=Outcome.NOT_FOUND))
    alike = [one for one in findings if one.outcome is best.outcome]
    if best.outcome is Outcome.VERIFIED and len(alike) > 1:
        return Finding(outcome=Outcome.UNCHECKED, compared=best.compared)  # twins: nobody can tell which
    return best


def names_alike(said: str | None, listed: str | None) -> Likeness:
    if not said:
        return Likeness.NOT_SAID
    if not listed:
        return Likeness.NOT_LISTED
    ours, theirs = list(_words_of_name(said)), list(_words_of_name(listed))
    if not ours or not theirs:
        return Likeness.DIFFERENT
    if fuzz.ratio("".join(ours), "".join(theirs)) >= _ALIKE_AS_A_WHOLE:
        return Likeness.SAME
    whole, initials, left = _paired(ours, theirs)
    if not whole:
        return Likeness.DIFFERENT
    if whole + initials == len(ours):
        return Likeness.SAME if whole + initials > 1 or not left else Likeness.PARTLY
    return Likeness.SAME if not left and whole > 1 else Likeness.DIFFERENT


def units_alike(said: str | None, listed: str | None) -> Likeness:
    if not said:
        return Likeness.NOT_SAID
    if not listed:
        return Likeness.NOT_LISTED
    ours, theirs = _words(said), _words(listed)
    plain, other = " ".join(ours), " ".join(theirs)
    if (
        fuzz.token_set_ratio(plain, other) >= _UNITS_ALIKE
        or _initials(theirs) in ours
        or _initials(ours) in theirs
    ):
        return Likeness.SAME
    return Likeness.DIFFERENT


def _finding(claim: Identity, entry: Listed) -> Finding:
    compared = {
        "number": _equal(claim.number, entry.number),
        "name": names_alike(claim.name, entry.name),
        "email": _equal(claim.email, entry.email),
        "unit": units_alike(claim.unit, entry.unit),
    }
    return Finding(outcome=_outcome(compared), compared=compared, listed=entry)


def _outcome(compared: Compared) -> Outcome:
    helped = Likeness.SAME in {compared["email"], compared["unit"]}
    match compared["name"]:
        case _ if compared["number"] is Likeness.DIFFERENT:
            return Outcome.MISMATCH
        case Likeness.SAME:
            return Outcome.VERIFIED
        case Likeness.PARTLY:
            return Outcome.VERIFIED if helped else Outcome.MISMATCH
        case Likeness.DIFFERENT:
            return Outcome.MISMATCH
        case _:
            sure = compared["number"] is compared["email"] is Likeness.SAME
            return Outcome.VERIFIED if sure else Outcome.UNCHECKED


def _weight(finding: Finding) -> int:
    return [Outcome.MISMATCH, Outcome.UNCHECKED, Outcome.VERIFIED].index(finding.outcome)


def _equal(said: str | None, listed: str | None) -> Likeness:
    if not said:
        return Likeness.NOT_SAID
    if not listed:
        return Likeness.NOT_LISTED
    return Likeness.SAME if said.casefold() == listed.casefold() else Likeness.DIFFERENT


def _paired(ours: Sequence[str], theirs: Sequence[str]) -> tuple[int, int, list[str]]:
    """Count our words that are one of theirs, and our initials that may be; what of theirs is left over."""
    left = list(theirs)
    whole = initials = 0
    for word in sorted(ours, key=len, reverse=True):
        found = _one_of(word, left)
        if found is None:
            continue
        left.remove(found)
        if min(len(word), len(found)) > 1:
            whole += 1
        else:
            initials += 1
    return whole, initials, left


def _one_of(word: str, words: Sequence[str]) -> str | None:
    if word in words:
        return word
    if len(word) == 1:
        return next((each for each in words if each.startswith(word)), None)
    alike = max(words, key=lambda each: fuzz.ratio(word, each), default="")
    if alike and fuzz.ratio(word, alike) >= _ALIKE:
        return alike
    return next((each for each in words if each == word[0]), None)


def _words_of_name(name: str) -> Iterator[str]:
    """Yield the words of a name in lower case, without titles and degrees."""
    first, *parts = name.split(",")
    kept = [first, *(part for part in parts if not all(_bare(word) in _DEGREES for word in part.split()))]
    leading = True
    for written in " ".join(kept).split():
        word = _bare(written)
        leading = leading and word in _BEFORE
        title = leading or ("." in written and (word in _BEFORE or word in _DEGREES) and len(word) > 1)
        if word and not title:
            yield "muhammad" if word in _MUHAMMAD else word


def _bare(written: str) -> str:
    letters = unicodedata.normalize("NFKD", written).casefold()
    return "".join(each for each in letters if each.isalpha() and not unicodedata.combining(each))


def _words(text: str) -> list[str]:
    return [bare for word in re.split(r"[\s/(),.-]+", text) if (bare := _bare(word)) and bare not in _SMALL]


def _initials(words: Sequence[str]) -> str:
    """Return what people call a unit of several words by: `stei`."""
    return "".join(word[0] for word in words) if len(words) > 1 else "?"
