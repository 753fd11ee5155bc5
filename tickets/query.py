"""What somebody types to search, read into words and filters: `kategori:login status:open dari:2026-10-01 "kode otp"`.

Words must all occur; what stands in quotes must occur as it stands; `-` before something leaves it out; `key:value`
is a filter, with several values after commas and a value of several words in quotes. Keys have Indonesian and English
names. Nothing that is typed is refused: what is no filter is searched as words, and a `Remark` says so.

Which categories, people or teams the values name is known to whoever has a desk; see `tickets.search.meaning`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from tickets.lifecycle import Status
from tickets.message import Channel
from tickets.priority import PRIORITIES
from tickets.words import words_of

LONGEST = 1000  # letters of a query that are read
MOST_TERMS = 24


class Key(StrEnum):
    """A filter by the name under which it is written; `ALIASES` has its others."""

    CATEGORY = "kategori"
    STATUS = "status"
    CHANNEL = "kanal"
    AGENT = "petugas"
    TEAM = "tim"
    TAG = "tag"
    PRIORITY = "prioritas"
    DESK = "unit"
    SINCE = "dari"
    UNTIL = "sampai"
    ON = "pada"
    CONTACT = "kontak"
    ADDRESS = "alamat"
    FILE = "lampiran"
    NOTE = "catatan"
    IS = "adalah"


ALIASES: Mapping[str, Key] = {str(key): key for key in Key} | {
    "category": Key.CATEGORY, "channel": Key.CHANNEL, "agent": Key.AGENT, "assignee": Key.AGENT, "team": Key.TEAM,
    "label": Key.TAG, "priority": Key.PRIORITY, "desk": Key.DESK, "from": Key.SINCE, "sejak": Key.SINCE,
    "since": Key.SINCE, "after": Key.SINCE, "to": Key.UNTIL, "until": Key.UNTIL, "before": Key.UNTIL, "on": Key.ON,
    "tanggal": Key.ON, "contact": Key.CONTACT, "address": Key.ADDRESS, "email": Key.ADDRESS, "surel": Key.ADDRESS,
    "nomor": Key.ADDRESS, "phone": Key.ADDRESS, "telepon": Key.ADDRESS, "file": Key.FILE, "berkas": Key.FILE,
    "note": Key.NOTE, "is": Key.IS,
}  # fmt: skip
# `has:file`, `in:note "kunci cadangan"`: what follows is a kind of thing, and what is looked for in it comes after.
_HAS, _IN = frozenset({"has", "ada"}), frozenset({"in", "di"})
_ALONE = {
    "file": Key.FILE, "berkas": Key.FILE, "lampiran": Key.FILE, "attachment": Key.FILE, "note": Key.NOTE,
    "catatan": Key.NOTE,
}  # fmt: skip
ANY, NONE, ME = "*", "none", "me"
_COMMON = {
    "saya": ME, "me": ME, "ku": ME, "tidak-ada": NONE, "none": NONE, "kosong": NONE, "belum": NONE, "nobody": NONE,
    "ada": ANY, "any": ANY, "*": ANY,
}  # fmt: skip
_STATUSES = {str(each): str(each) for each in Status} | {
    "baru": "new", "terbuka": "open", "dibuka": "open", "buka": "open", "menunggu": "waiting", "tunggu": "waiting",
    "selesai": "solved", "tutup": "closed", "ditutup": "closed", "dikerjakan": "open", "menunggu-kontak": "waiting",
}  # fmt: skip
_CHANNELS = {str(each): str(each) for each in Channel} | {
    "wa": "whatsapp", "tele": "telegram", "tg": "telegram", "surel": "email", "mail": "email", "web": "webchat",
    "chat": "webchat", "obrolan": "webchat", "obrolan-web": "webchat", "lain": "other", "lainnya": "other", "telepon": "other",
}  # fmt: skip
_PRIORITIES = {each: each for each in PRIORITIES} | {
    "rendah": "low", "biasa": "normal", "tinggi": "high", "penting": "high", "mendesak": "urgent", "darurat": "urgent",
}  # fmt: skip
_STANDS = {
    "late": "late", "breached": "late", "terlambat": "late", "lewat-batas": "late", "soon": "soon", "hampir-terlambat": "soon", "hampir-lewat-batas": "soon", "unassigned": "unassigned",
    "belum-dipegang": "unassigned", "uncategorised": "uncategorised", "tanpa-kategori": "uncategorised",
    "asleep": "asleep", "tidur": "asleep", "ditunda": "asleep", "spam": "spam", "merged": "merged", "digabung": "merged",
}  # fmt: skip
# Keys whose values are known here. Those of others are names.
_KNOWN: Mapping[Key, Mapping[str, str]] = {
    Key.STATUS: _STATUSES, Key.CHANNEL: _CHANNELS, Key.PRIORITY: _PRIORITIES, Key.IS: _STANDS,
}  # fmt: skip
_MAY_BE_ABSENT = frozenset({Key.CATEGORY, Key.AGENT, Key.TEAM, Key.TAG, Key.FILE})
_DATES = frozenset({Key.SINCE, Key.UNTIL, Key.ON})


@dataclass(frozen=True, kw_only=True)
class Words:
    """Words that must occur, or with `negated` must not. Quoted, they must stand just so beside each other."""

    words: tuple[str, ...]
    quoted: bool = False
    negated: bool = False


@dataclass(frozen=True, kw_only=True)
class Filter:
    """Something a ticket must have one of, or with `negated` none of."""

    key: Key
    values: tuple[str, ...]
    negated: bool = False


@dataclass(frozen=True, kw_only=True)
class Number:
    """A ticket by its number."""

    number: int
    negated: bool = False


Term = Words | Filter | Number


@dataclass(frozen=True, kw_only=True)
class Query:
    terms: tuple[Term, ...] = ()

    @property
    def statuses(self) -> frozenset[str] | None:
        """The statuses outside of which nothing fulfils it; None: it says nothing of them."""
        asked = [
            frozenset(each.values) for each in self.filters if each.key is Key.STATUS and not each.negated
        ]
        return frozenset.intersection(*asked) if asked else None

    @property
    def words(self) -> tuple[Words, ...]:
        return tuple(term for term in self.terms if isinstance(term, Words))

    @property
    def filters(self) -> tuple[Filter, ...]:
        return tuple(term for term in self.terms if isinstance(term, Filter))


class Trouble(StrEnum):
    UNKNOWN_FILTER = "unknown_filter"
    UNKNOWN_VALUE = "unknown_value"
    BAD_DATE = "bad_date"
    EMPTY = "empty_filter"
    TOO_LONG = "too_long"


@dataclass(frozen=True, kw_only=True)
class Remark:
    """Something that was typed and is not read as it may have been meant."""

    trouble: Trouble
    key: str  # as it was typed
    value: str = ""


@dataclass(frozen=True, kw_only=True)
class Read:
    query: Query
    remarks: tuple[Remark, ...] = ()


_NUMBER = re.compile(r"#(\d{1,12})")
_PIECE = re.compile(
    r"""(?P<not>-?)(?:
        (?P<key>[^\W\d_]+):(?P<value>(?:"[^"]*"?|[^\s"])*)
        | "(?P<phrase>[^"]*)"?
        | (?P<word>[^\s"]+)
    )""",
    re.VERBOSE,
)
_VALUE = re.compile(r'"([^"]*)"?|([^,"]+)')


def parse(text: str, *, today: date) -> Read:
    """Read what was typed; `today` is what `kemarin` and `7d` count from."""
    terms: list[Term] = []
    remarks: list[Remark] = []
    if len(text) > LONGEST:
        remarks.append(Remark(trouble=Trouble.TOO_LONG, key=""))
    for piece in _PIECE.finditer(_sound(text[:LONGEST])):
        for found in _term(piece, today):
            if isinstance(found, Remark):
                remarks.append(found)
            else:
                terms.append(found)
    if len(terms) > MOST_TERMS and not remarks:
        remarks.append(Remark(trouble=Trouble.TOO_LONG, key=""))
    return Read(query=Query(terms=tuple(terms[:MOST_TERMS])), remarks=tuple(remarks))


def written(query: Query) -> str:
    """Return a query as somebody would type it; reading that gives the same query."""
    return " ".join(_written(term) for term in query.terms)


def _sound(text: str) -> str:
    """Return a text without what no database takes: halves of letters, and the letter zero."""
    return text.encode(errors="ignore").decode().replace("\x00", " ")


def _term(piece: re.Match[str], today: date) -> Iterator[Term | Remark]:
    negated = bool(piece["not"])
    if piece["phrase"] is not None:
        yield from _words(piece["phrase"], quoted=True, negated=negated)
    elif piece["word"] is not None:
        number = _NUMBER.fullmatch(piece["word"])
        if number:
            yield Number(number=int(number[1]), negated=negated)
        else:
            yield from _words(piece["word"], quoted=False, negated=negated)
    else:
        yield from _filter(piece["key"], piece["value"], negated=negated, today=today)


def _words(text: str, *, quoted: bool, negated: bool) -> Iterator[Words]:
    words = tuple(words_of(text))
    if words:
        yield Words(words=words, quoted=quoted, negated=negated)


def _filter(typed: str, value: str, *, negated: bool, today: date) -> Iterator[Term | Remark]:
    name = typed.lower()
    as_words = tuple(_words(f"{typed} {value}", quoted=False, negated=negated))
    if name in _HAS | _IN:
        key = _ALONE.get(value.strip('"').lower())
        if key is None:
            yield Remark(trouble=Trouble.UNKNOWN_VALUE, key=typed, value=value)
            yield from as_words
        else:
            yield Filter(key=key, values=(ANY,), negated=negated)
        return
    key = ALIASES.get(name)
    if key is None:
        if not value.startswith("//"):  # an address of the web is no filter
            yield Remark(trouble=Trouble.UNKNOWN_FILTER, key=typed, value=value)
        yield from as_words
        return
    values = [(quoted or plain).strip() for quoted, plain in _VALUE.findall(value)]
    values = [each for each in values if each]
    if not values:
        yield Remark(trouble=Trouble.EMPTY, key=typed)
        return
    known = [_known(key, each, today) for each in values]
    for given, found in zip(values, known, strict=True):
        if found is None:
            trouble = Trouble.BAD_DATE if key in _DATES else Trouble.UNKNOWN_VALUE
            yield Remark(trouble=trouble, key=typed, value=given)
            yield from _words(given, quoted=False, negated=negated)
    right = tuple(dict.fromkeys(each for each in known if each is not None))
    if right:
        yield Filter(key=key, values=right[:1] if key in _DATES else right, negated=negated)


def _known(key: Key, value: str, today: date) -> str | None:
    plain = "-".join(value.lower().split())
    if key in _DATES:
        return _day(plain, today, last=key is Key.UNTIL)
    if key in _KNOWN:
        return _KNOWN[key].get(plain)
    if plain in _COMMON and (_COMMON[plain] is not ME or key is Key.AGENT):
        common = _COMMON[plain]
        if common is ME or key in _MAY_BE_ABSENT or (common is ANY and key is Key.NOTE):
            return common
    return " ".join(value.lower().split())


_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_MONTH = re.compile(r"(\d{4})-(\d{1,2})")
_YEAR = re.compile(r"(\d{4})")
_LOCAL = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_AGO = re.compile(r"(\d{1,4})-?(?:d|h|hari|days?)")
_NAMED_DAYS = {"hari-ini": 0, "today": 0, "kemarin": 1, "yesterday": 1, "minggu-lalu": 7, "last-week": 7}


def _day(value: str, today: date, *, last: bool) -> str | None:
    """Return the day that is meant; of a month or a year its first, or its last."""
    try:
        if value in _NAMED_DAYS:
            return (today - timedelta(days=_NAMED_DAYS[value])).isoformat()
        if ago := _AGO.fullmatch(value):
            return (today - timedelta(days=int(ago[1]))).isoformat()
        if day := _ISO.fullmatch(value):
            return date(int(day[1]), int(day[2]), int(day[3])).isoformat()
        if day := _LOCAL.fullmatch(value):
            return date(int(day[3]), int(day[2]), int(day[1])).isoformat()
        if month := _MONTH.fullmatch(value):
            year, number = int(month[1]), int(month[2])
        elif whole := _YEAR.fullmatch(value):
            year, number = int(whole[1]), 12 if last else 1
        else:
            return None
        first = date(year, number, 1)
        if not last:
            return first.isoformat()
        following = date(year + number // 12, number % 12 + 1, 1)
        return (following - timedelta(days=1)).isoformat()
    except (ValueError, OverflowError):
        return None


def _written(term: Term) -> str:
    sign = "-" if term.negated else ""
    if isinstance(term, Number):
        return f"{sign}#{term.number}"
    if isinstance(term, Words):
        return f'{sign}"{" ".join(term.words)}"' if term.quoted else f"{sign}{'-'.join(term.words)}"
    values = (each if _is_plain(each) else f'"{each}"' for each in term.values)
    return f"{sign}{term.key}:{','.join(values)}"


def _is_plain(value: str) -> bool:
    return not re.search(r'[\s,"]', value)
