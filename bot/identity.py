"""Who writes: name, NIM or NIP, unit and email, read out of what a contact wrote.

People say who they are in many ways: a filled-in form, a sentence of introduction, a signature, three bare lines when
they were asked. Whatever is not clear stays None: a question more costs a minute, a wrong identity costs a data
leak. Numbers that are something else (telephones, dates, amounts, codes, tickets) are never taken, and somebody
else's number ("NIM teman saya") neither.

Everything here is pure, and reads a bounded part of the message in time that grows with its length only.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bot.identity_words import (
    FUNCTION_WORDS,
    NAME_PARTICLES,
    UNIT_ABBREVIATIONS,
    UNIT_HEADS,
    UNIT_NAMES,
)
from tickets.verification import masked

HEAD, TAIL = 4_000, 2_000  # characters read: introductions stand at the beginning, signatures at the end
LONGEST_LINE = 400
LONGEST_NAME, MOST_NAME_WORDS = 60, 6
LONGEST_UNIT = 80
NIM_LENGTHS = range(8, 13)
NIP_LENGTH = 18


@dataclass(frozen=True, kw_only=True)
class Identity:
    """What a contact said of themselves; nothing of it is checked yet."""

    name: str | None = None
    number: str | None = None  # NIM (8 to 12 digits) or NIP (18 digits), digits only
    unit: str | None = None  # study programme, faculty or office, as it was written
    email: str | None = None  # lower case


REQUIRED = ("name", "number", "unit")  # the desk asks for these; an email is welcome


def missing(identity: Identity) -> tuple[str, ...]:
    """Return the names of the required fields that are not known, in the order in which to ask."""
    return tuple(field for field in REQUIRED if getattr(identity, field) is None)


def masked_in(text: str, *known: str | None) -> str:
    """Return a text with the identity numbers in it masked: the known ones, and whatever reads like one."""
    spans = [match.span("number") for match in _LABELLED_NUMBER.finditer(text) if _as_number(match["number"])]

    def mask(match: re.Match[str]) -> str:
        digits = "".join(each for each in match[0] if each.isdigit())
        labelled = any(start <= match.start() and match.end() <= end for start, end in spans)
        nip = len(digits) == NIP_LENGTH and _checked_nip(digits) is not None
        nim = _is_nim(digits) and _NIM_AS_WRITTEN.fullmatch(match[0]) is not None
        return masked(digits) if labelled or nip or nim or digits in known else match[0]

    return _LONG_NUMBER.sub(mask, text)


def read_identity(text: str, *, asked: bool = False) -> Identity:
    """Read an identity. `asked`: the text answers the question who they are, so bare lines count as well.

    Never raises. A field of which two different values are found is None, for nobody can tell whose is whose.
    """
    lines = _lines(text)
    form = _Form(lines)
    spoken = _spoken(lines)
    signed = _signed(lines)
    bare = _bare(lines, form) if asked else Identity()
    return Identity(
        name=_first(form.name, spoken.name, signed.name, bare.name),
        number=_number(lines, (form.number, spoken.number, signed.number), bare.number),
        unit=_first(form.unit, spoken.unit, signed.unit, bare.unit),
        email=_email(lines),
    )


def _first(*values: str | None) -> str | None:
    return next((value for value in values if value is not None), None)


def _number(lines: Sequence[str], said: Sequence[str | None], bare: str | None) -> str | None:
    """Return the one number: labelled, introduced, signed or a plain NIP; None if there are two."""
    found = {number for number in (*said, *_labelled_numbers(lines), *_plain_nips(lines)) if number}
    if not found and bare:
        return bare
    return found.pop() if len(found) == 1 else None


# Lines


_SPACES = re.compile(r"[^\S\n]+")
_PLAIN = str.maketrans(
    {
        "\r": "\n",
        "\u2018": "'",
        "\u2019": "'",
        "\u2013": "-",
        "\u2014": " - ",
        "*": "",
        "\u2010": "-",
        "\u2011": "-",
    }
)
_QUOTED = re.compile(r"\s*(?:>|\|)")


def _lines(text: str) -> list[str]:
    """Return the lines that are the writer's own, tidied: quotes, control characters and endless lines are cut."""
    bounded = text if len(text) <= HEAD + TAIL else f"{text[:HEAD]}\n{text[-TAIL:]}"
    plain = unicodedata.normalize("NFKC", bounded).translate(_PLAIN)
    kept = "".join(
        str(unicodedata.decimal(each, each))  # digits of other scripts are digits
        for each in plain
        if each in "\n\t" or unicodedata.category(each)[0] != "C"
    )
    lines = (
        _SPACES.sub(" ", line).strip(" *_•·-\t")[:LONGEST_LINE]
        for line in kept.split("\n")
        if not _QUOTED.match(line)
    )
    return [line for line in lines if line]


# Numbers


_DIGITS = re.compile(r"(?<![\w#+.,/-])\d{8,18}(?![\w]|[.,/:-]\d)")
_LONG_NUMBER = re.compile(r"(?<![\d+#])\d(?:[ .]?\d){7,17}(?!\d)", re.ASCII)
_NIM_AS_WRITTEN = re.compile(r"\d{8}|\d{3}[ .]\d{2}[ .]\d{3}", re.ASCII)
_NIP = re.compile(r"(?<![\d#+])((?:19|20)\d{6})[ .]?(\d{6})[ .]?([12])[ .]?(\d{3})(?!\d)")
_LABELLED_NUMBER = re.compile(
    r"\b(?:nim|nip|nidn|nrp|npm|nomor induk(?: \w{1,12})?|no\.? induk|student (?:id|number|no\.?)|staff (?:id|number))\b"
    r"(?P<between>[ \w:=.()/,-]{0,40}?)(?P<number>(?<![\d+#])\d[\d .]{6,24}\d)(?![\w@])",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\b(?:teman|temen|anak|adik|kakak|rekan|mahasiswa bimbingan|bimbingan) (?:saya|kami|ku|aku)\b"
    r"|\b(?:dosen|doswal|dosen wali|mahasiswa|asisten|ketua|ibu|ayah) (?:saya|kami|pengampu|pembimbing|pengajar|wali)\b"
    r"|\b(?:nim|nip|nama|akun|email|punya) (?:dosen|teman|temen|anak|mahasiswa|asisten|mereka|dia|beliau)\b(?! yth)"
    r"|\b(?:anakku|temanku|temenku|adikku|punyanya)\b"
    r"|\bmy (?:friend|son|daughter|child|student|lecturer|teacher|supervisor|classmate)s?\b"
    r"|\b(?:his|her|their) (?:name|nim|student)\b",
    re.IGNORECASE,
)
_SOMETHING_ELSE = re.compile(
    r"(?:\b(?:otp|kode|code|tiket|ticket|pin|token|passcode|sandi|password|rp|idr|usd|sebesar|biaya|bayar|tanggal|tgl|hp|telp|telepon"
    r"|telpon|phone|wa|whatsapp|nomor|no|number|resi|ref|invoice|va|account|rekening|rek|meeting|id|nik|ktp|kk|npwp|isbn|doi|order"
    r"|nomer|kelas|ruang|versi|version|ukuran|bytes)\b\W{0,4}(?:\w{1,12}\W{1,3})?|#)$",
    re.IGNORECASE,
)


def _as_number(raw: str) -> str | None:
    """Return a labelled NIM or NIP as digits, or None if it cannot be one."""
    if nip := _NIP.fullmatch(raw.strip(" .")):
        return _checked_nip("".join(nip.groups()))
    run = raw.strip(" .")
    digits = re.sub(r"[ .]", "", run)
    if digits != run and not re.fullmatch(r"\d{3}[ .]\d{2}[ .]\d{3}", run):
        return None  # two numbers, a date, an amount
    if len(digits) == NIP_LENGTH:
        return _checked_nip(digits)
    return digits if len(digits) in NIM_LENGTHS and not _is_phone(digits) else None


def _is_phone(digits: str) -> bool:
    return len(digits) > 8 and digits.startswith(("08", "628", "620"))


def _checked_nip(digits: str) -> str | None:
    """Return an 18-digit number if it is built as a NIP is: born on, appointed in, sex, serial."""
    return (
        digits
        if _is_date(digits[:8]) and 1 <= int(digits[12:14]) <= 12 and digits[8:10] in ("19", "20")
        else None
    )


def _is_date(digits: str) -> bool:
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return False
    return digits[:2] in ("19", "20")


def _is_nim(digits: str) -> bool:
    """Say whether eight digits are built as a NIM of the institute is: programme, year, serial."""
    reads_as_date = _is_date(digits) or _is_date(digits[4:] + digits[2:4] + digits[:2])
    return len(digits) == 8 and digits[0] in "123" and digits[3] in "012" and not reads_as_date


def _labelled_numbers(lines: Sequence[str]) -> Iterator[str]:
    for line in lines:
        for match in _LABELLED_NUMBER.finditer(line):
            before = line[max(0, match.start() - 40) : match.start("number")]
            if _OTHERS.search(before) or _another_thing(match["between"]):
                continue
            number = _as_number(match["number"])
            if number is not None:
                yield number


def _another_thing(between: str) -> bool:
    """Say whether the words between the label and the number make it the number of something else."""
    return bool(
        re.search(
            r"\b(?:hp|telp|telepon|wa|otp|kode|tiket|tanggal|tgl|kelas|belum|tidak|bukan)\b",
            between,
            re.IGNORECASE,
        )
    )


def _plain_nips(lines: Sequence[str]) -> Iterator[str]:
    """Yield NIPs that stand anywhere: nothing else is built like them."""
    for line in lines:
        for match in _NIP.finditer(line):
            before = line[max(0, match.start() - 40) : match.start()]
            number = _checked_nip("".join(match.groups()))
            if number is not None and not _OTHERS.search(before) and not _SOMETHING_ELSE.search(before):
                yield number


# Forms: a label, a colon, a value


_LABELS = {
    "name": r"nama(?: (?:lengkap|mahasiswa|mhs|dosen|pelapor|saya|anda|pengirim))?|(?:full )?name|nm",
    "number": r"nim|nip|nidn|nrp|npm|nomor induk(?: \w{1,12})?|no\.? induk|nim ?/ ?nip|nip ?/ ?nim|student (?:id|number)|staff (?:id|number)",
    "unit": r"prodi|program studi|jurusan|fakultas|sekolah|departemen|unit(?: kerja)?|prodi ?/ ?unit|fakultas ?/ ?prodi|prodi ?/ ?fakultas"
    r"|fak|jur|bagian|instansi|department|faculty|study program(?:me)?|program(?:me)?(?: ?/ ?unit)?|major",
    "email": r"e-?mail(?: (?:kampus|itb|mahasiswa|aktif|address))?|surel",
    "other": r"(?:no\.?|nomor|nomer) ?(?:hp|telp|telepon|wa|whatsapp|kontak|tiket)|hp|telp|telepon|wa|whatsapp|phone|angkatan|kelas|semester|mata kuliah"
    r"|matkul|course|kendala|keluhan|masalah|keperluan|subject|perihal|pesan|tanggal|alamat|jabatan|status|nik|kode(?: \w{1,12})?|otp|dosen|keterangan"
    r"|nama (?:file|mata kuliah|kelas|matkul|dosen pengampu|ayah|ibu|tugas|teman|aplikasi|pengguna)|user ?name|file name|course name",
}
_LABEL = re.compile(
    r"(?:^|(?<=[\s,;|(]))(?:"
    + "|".join(f"(?P<{field}>{words})" for field, words in reversed(_LABELS.items()))
    + r") ?[:=] ?",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"[;|]")


class _Form:
    """The fields that were filled in behind a label."""

    def __init__(self, lines: Sequence[str]) -> None:
        values: dict[str, set[str]] = {field: set() for field in _LABELS}
        for line, after in zip(lines, [*lines[1:], ""], strict=False):
            for field, value in _fields(line, after):
                values[field].add(value)
        self.used = any(values.values())
        self.name = _only({name for raw in values["name"] if (name := _as_name(raw, trusted=True))})
        self.number = _only(
            {number for raw in values["number"] if (number := _as_number(_leading_digits(raw)))}
        )
        self.unit = _only({unit for raw in values["unit"] if (unit := _as_unit(raw, trusted=True))})


def _only(values: set[str]) -> str | None:
    return next(iter(values)) if len(values) == 1 else None


def _leading_digits(raw: str) -> str:
    match = re.match(r"\d[\d .]*", raw)
    return match[0] if match else ""


def _fields(line: str, after: str) -> Iterator[tuple[str, str]]:
    """Yield the labelled fields of one line; the value of a label at its end may stand on the next one."""
    labels = list(_LABEL.finditer(line))
    for label, following in zip(labels, [*labels[1:], None], strict=False):
        value = line[label.end() : following.start() if following else None]
        value = _SEPARATOR.split(value, maxsplit=1)[0].strip(" ,.-()")
        if not value and following is None and not _LABEL.match(after):
            value = after.strip(" ,.-()")
        if value and label.lastgroup:
            yield label.lastgroup, value


# Names and units


_WORD = r"[^\W\d_](?:[^\W\d_]|['.-]){0,24}"
_NAME = re.compile(rf"{_WORD}(?: {_WORD}){{0,{MOST_NAME_WORDS - 1}}}")


def _as_name(raw: str, *, trusted: bool) -> str | None:
    """Return a person's name, or None. `trusted`: it stands where only a name can, so small letters will do."""
    name = _without_titles_tail(raw).strip(" .,-'")
    words = name.split()
    if not words or len(name) > LONGEST_NAME or not _NAME.fullmatch(name):
        return None
    if sum(each.isalpha() for each in name) < 2 or not all(_may_be_name(word) for word in words):
        return None
    if any(
        word.casefold() == "i" for word in words[1:]
    ):  # "I" begins a Balinese name, and an English sentence
        return None
    if not trusted and not all(word[0].isupper() or word.casefold() in NAME_PARTICLES for word in words):
        return None
    return name.title() if name.islower() or (name.isupper() and len(name) > 3) else name


def _without_titles_tail(raw: str) -> str:
    """Cut what follows a comma: degrees, or the rest of a list."""
    return raw.split(",", 1)[0]


def _may_be_name(word: str) -> bool:
    return word.casefold().strip(".'-") not in FUNCTION_WORDS


def _as_unit(raw: str, *, trusted: bool) -> str | None:
    """Return a study programme, faculty or office, or None. Without trust only one that is known as such."""
    unit = re.split(r"[;|\n]|, (?=[a-z])| - |\. ", raw, maxsplit=1)[0].strip(" .,-'()")
    if known := _known_unit(unit):
        return _bare_unit(known)
    if not trusted or not 2 <= len(unit) <= LONGEST_UNIT:
        return None
    words = unit.casefold().split()
    plain = re.fullmatch(r"[^\W\d_][\w .,&/()'-]*", unit) and not re.search(r"\d{4,}", unit)
    if (
        not plain
        or len(words) > 8
        or all(word in FUNCTION_WORDS for word in words)
        or words[0] in FUNCTION_WORDS
    ):
        return None
    return unit


_UNIT_WORDS = sorted(UNIT_NAMES, key=len, reverse=True)
_KNOWN_UNIT = re.compile(
    r"(?P<level>(?:s[1-3]|d[34]|magister|doktor|sarjana|program studi|prodi|jurusan|fakultas) )?(?:"
    + "|".join(re.escape(unit) for unit in _UNIT_WORDS)
    + r")(?![\w])",
    re.IGNORECASE,
)
_ABBREVIATION = re.compile(
    r"(?:" + "|".join(sorted(UNIT_ABBREVIATIONS, key=len, reverse=True)) + r")(?:[ -]?itb)?(?![\w])",
    re.IGNORECASE,
)
_HEADED = re.compile(
    rf"(?:{'|'.join(UNIT_HEADS)})(?: (?:dan|[A-Z][\w&.-]{{1,20}})){{1,6}}",
)


def _known_unit(unit: str) -> str | None:
    """Return the unit if the whole of it is one that is known, or begins as only units do."""
    for pattern in (_KNOWN_UNIT, _ABBREVIATION, _HEADED):
        if pattern.fullmatch(unit):
            return unit
    return None


def _unit_at(text: str) -> str | None:
    """Return the known unit with which a text begins."""
    for pattern in (_HEADED, _KNOWN_UNIT, _ABBREVIATION):
        if match := pattern.match(text):
            return _bare_unit(match[0].strip())
    return None


def _bare_unit(unit: str) -> str:
    return re.sub(r"^(?:prodi|program studi|jurusan) ", "", unit, flags=re.IGNORECASE)


# Sentences in which people introduce themselves


_SAYS_NAME = re.compile(
    r"\b(?:nama (?:lengkap )?(?:saya|aku|sy|gw|gue)(?: adalah| yaitu|,| :)?"
    r"|(?:my (?:full )?name is|my name's)"
    r"|perkenalkan,? (?:nama )?(?:saya|sy|aku)(?: adalah)?) ",
    re.IGNORECASE,
)
_SAYS_I = re.compile(r"(?:\b(?:saya|sy|aku|dengan)|\bI am|\bI'm|\bthis is) ", re.IGNORECASE)
_NUMBER_NEXT = re.compile(
    r"[ ,]*(?:[(\[/-]|\bdengan\b|,)?[ ,]*(?:(?P<label>nim|nip|nrp|npm|student (?:id|number))[ :.=]*)?(?P<number>\d{8,18})(?![\w]|[.,/:-]\d)",
    re.IGNORECASE,
)
_LABELLED_UNIT = re.compile(
    r"\b(?:prodi|program studi|jurusan|jur\.?|mahasiswa|mhs|dosen|tendik|staf|student (?:of|in|from)|lecturer (?:of|in|at)|unit|dari|from|-|/) ?",
    re.IGNORECASE,
)


def _spoken(lines: Sequence[str]) -> Identity:
    """Read introductions in running text."""
    for line in lines:
        for opening in (*_SAYS_NAME.finditer(line), *_SAYS_I.finditer(line)):
            if _OTHERS.search(line[: opening.end()]):
                continue
            found = _introduced(line[opening.end() :], trusted=opening.re is _SAYS_NAME)
            if found is not None:
                return found
    return next((found for line in lines if (found := _in_a_row(line))), Identity(unit=_stated_unit(lines)))


#: Small words with such a beginning are rather verbs ("nama saya tertukar") than names.
_VERB = re.compile(
    r"\b(?:ter|ber|me[mn]|ng|di(?!mas|an|ah|na|ni|va|ka\b)|ke(?!vin|isha|nny|nzo|tut|zia))[a-z]{3,}"
)


def _introduced(rest: str, *, trusted: bool) -> Identity | None:
    """Read what follows "nama saya" (trusted) or a mere "saya", which counts only with a number or unit behind."""
    name_part, after = _split_name(re.sub(r"([/(\[|;])", r" \1 ", rest))
    number = _introduced_number(after)
    unit = _unit_after(after)
    if not trusted and number is None and unit is None:
        return None
    name = _as_name(name_part, trusted=trusted or number is not None)
    if name is None or (number is None and unit is None and name_part.islower() and _VERB.search(name_part)):
        return None
    return Identity(name=name, number=number, unit=unit)


def _split_name(rest: str) -> tuple[str, str]:
    """Return the words that may be a name, and what comes behind them."""
    kept = 0
    for match in re.finditer(r"\S+", rest[:120]):
        word = match[0]
        bare = word.rstrip(",;:!?)/")
        if not re.fullmatch(_WORD, bare) or not _may_be_name(bare) or (kept and bare.casefold() == "i"):
            break
        kept = match.start() + len(bare)
        ends_sentence = bare.endswith(".") and len(bare) > 4
        if bare != word or ends_sentence:
            break
    return rest[:kept].rstrip("."), rest[kept:]


def _introduced_number(after: str) -> str | None:
    """Return the number right behind a name: labelled, or built as a NIM, or in brackets."""
    match = _NUMBER_NEXT.match(after)
    if match is None:
        return None
    if match["label"]:
        return _as_number(match["number"])
    digits = match["number"]
    if len(digits) == NIP_LENGTH:
        return _checked_nip(digits)
    in_brackets = "(" in match[0] or "[" in match[0]
    if _is_nim(digits) or (
        in_brackets and len(digits) in NIM_LENGTHS and not _is_phone(digits) and not _is_date(digits)
    ):
        return digits
    return None


def _unit_after(after: str) -> str | None:
    """Return the first known unit within the same sentence that is said to be theirs."""
    sentence = re.split(r"[!?\n]|\.(?= |$)", after, maxsplit=1)[0][:160]
    for match in _LABELLED_UNIT.finditer(sentence):
        if unit := _unit_at(sentence[match.end() :].lstrip(" :-")):
            return unit
    for part in re.split(r"[,;/()\[\]]| - ", sentence):
        if unit := _known_unit(part.strip(" 0123456789")):  # a number may stand before it without a comma
            return unit
    return None


_STATES_UNIT = re.compile(
    r"\b(?:(?:saya|aku|sy|kami) (?:adalah |dari |mahasiswa |mhs |dosen |tendik |staf |anak )+(?:baru |di |dari |prodi |jurusan |program studi )*"
    r"|mahasiswa (?:prodi |jurusan |program studi )|(?:I am|I'm) (?:a |an )?(?:\w+ ){0,2}(?:student|lecturer|staff)(?: member)? (?:of|in|from|at) (?:the )?)",
    re.IGNORECASE,
)


def _stated_unit(lines: Sequence[str]) -> str | None:
    """Return a unit that somebody without a name says to be theirs: "saya mahasiswa Teknik Sipil"."""
    units = {
        unit
        for line in lines
        for match in _STATES_UNIT.finditer(line)
        if not _OTHERS.search(line[: match.end()]) and (unit := _unit_at(line[match.end() :]))
    }
    return _only(units)


_ROW = re.compile(
    rf"(?P<name>{_WORD}(?: {_WORD}){{1,{MOST_NAME_WORDS - 1}}}) ?(?:[-/|_,;(]|nim:?|nip:?){{1,2}} ?(?:nim:? ?|nip:? ?)?(?P<number>\d{{8}}|\d{{18}})\)?(?: ?[-/|_,;] ?(?P<rest>.{{2,60}}))?",
    re.IGNORECASE,
)


def _in_a_row(line: str) -> Identity | None:
    """Read "Budi Santoso - 13519001 - STEI": a line that is nothing but a name, a number and perhaps a unit."""
    match = _ROW.fullmatch(line.strip(" .,"))
    if match is None or _OTHERS.search(line):
        return None
    name = _as_name(match["name"], trusted=True)
    digits = match["number"]
    number = digits if _is_nim(digits) else _checked_nip(digits) if len(digits) == NIP_LENGTH else None
    if name is None or number is None:
        return None
    return Identity(
        name=name, number=number, unit=_as_unit(match["rest"], trusted=False) if match["rest"] else None
    )


# Signatures and bare lines


_CLOSING = re.compile(
    r"(?:terima ?kasih|makasih|hormat (?:saya|kami)|salam(?: hormat)?|regards|best(?: regards)?|kind regards|sincerely|thanks|thank you|ttd|wassalam\w*)"
    r"(?: (?:banyak|sebelumnya|atas \w+(?: \w+){0,4}|yours|you))?[ ,.!]*",
    re.IGNORECASE,
)
_BARE_NUMBER = re.compile(r"(?:nim|nip|npm|nrp)?[ :.]*(?P<number>\d[\d .]{6,24}\d)", re.IGNORECASE)


def _signed(lines: Sequence[str]) -> Identity:
    """Read the lines below a closing: name, number, unit, one a line."""
    for index in range(len(lines) - 1, -1, -1):
        if _CLOSING.fullmatch(lines[index]):
            below = lines[index + 1 : index + 6]
            row = next((found for line in below if (found := _in_a_row(line))), None)
            return row or _signature(below)
    return Identity()


def _signature(below: Sequence[str]) -> Identity:
    number = next((found for line in below if (found := _bare_number(line, strict=True))), None)
    unit = next((found for line in below[1:] if (found := _known_unit(line.strip(" .,")))), None)
    name = _as_name(below[0], trusted=False) if below else None
    if name is not None and number is None and unit is None and len(name.split()) < 2:
        name = None
    if name is None:
        return Identity()
    return Identity(name=None if _known_unit(name) else name, number=number, unit=unit)


def _bare_number(part: str, *, strict: bool) -> str | None:
    """Return the number if the whole part is one; strictly only what is built as a NIM or NIP, or has the label."""
    match = _BARE_NUMBER.fullmatch(part.strip(" .,"))
    if match is None:
        return None
    number = _as_number(match["number"])
    labelled = part.strip()[:1].isalpha()
    if number is None or labelled or len(number) == NIP_LENGTH or _is_nim(number):
        return number
    return None if strict or _is_date(number) else number


def _bare(lines: Sequence[str], form: _Form) -> Identity:
    """Read an answer to "who are you": name, number and unit in any order, by lines or commas."""
    if form.used or len(lines) > 8:
        return Identity()
    parts = [part for line in lines for part in _parts(line)]
    numbers = {number for part in parts if (number := _bare_number(part, strict=False))}
    words = [part for part in parts if not any(each.isdigit() or each == "@" for each in part)]
    units = [part for part in words if _known_unit(part)]
    rest = [part for part in words if not _known_unit(part)]
    names = [name for part in rest if (name := _as_name(part, trusted=True))]
    alone = not numbers and not units
    one = len(names) == 1 == len(rest) and not (alone and len(parts) > 1)
    name = names[0] if one and _sounds_answered(names[0], rest[0], alone=alone) else None
    return Identity(
        name=name,
        number=_only(numbers),
        unit=units[0] if len(units) == 1 else None,
    )


def _parts(line: str) -> list[str]:
    pieces = re.split(r"[,;/|()]|\s-\s|(?<=[^\W\d_]) (?=\d{8})|(?<=\d{8}) (?=[^\W\d_])", line)
    return [piece.strip(" .-") for piece in pieces if piece.strip(" .-")]


def _sounds_answered(name: str, written: str, *, alone: bool) -> bool:
    """A name beside a number or unit is one; alone it has two or three words, or begins with a capital."""
    words = name.split()
    return not alone or 1 < len(words) <= 3 or (written[0].isupper() and len(written) > 2 and len(words) <= 5)


# Email


_EMAIL = re.compile(
    r"(?<![\w.+-])[A-Za-z0-9][\w.+-]{0,63}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,5}[A-Za-z]{2,18}(?![\w@-])",
    re.ASCII,
)
_TO_OTHERS = re.compile(
    r"\b(?:ke|kepada|to|cc|hubungi|contact)[ :]*(?:email|e-mail|alamat)?[ :]*$", re.IGNORECASE
)


def _email(lines: Sequence[str]) -> str | None:
    """Return the writer's address: the one behind a label, else the only one that is nobody else's."""
    found: dict[str, bool] = {}
    for line in lines:
        for match in _EMAIL.finditer(line):
            before = line[max(0, match.start() - 40) : match.start()]
            if _OTHERS.search(before) or _TO_OTHERS.search(before):
                continue
            labelled = any(
                label.lastgroup == "email" and not before[label.end() :].strip()
                for label in _LABEL.finditer(before)
            )
            found[match[0].lower()] = found.get(match[0].lower(), False) or labelled
    own = [address for address, labelled in found.items() if labelled] or list(found)
    return own[0] if len(own) == 1 else None
