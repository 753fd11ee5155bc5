"""NIM and NIP: what can be one, and where one stands.

Numbers that are something else (telephones, dates, amounts, codes, tickets) are never taken, and somebody else's
number ("NIM teman saya") neither.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date

NIM_LENGTHS = range(8, 13)
NIP_LENGTH = 18
_DIGIT = re.compile(r"\d")
_DIGITS = re.compile(r"(?<![\w#+.,/-])\d{8,18}(?![\w]|[.,/:-]\d)")
_NIP = re.compile(r"(?<![\d#+])((?:19|20)\d{6})[ .]?(\d{6})[ .]?([12])[ .]?(\d{3})(?!\d)")
LABELLED_NUMBER = re.compile(
    r"\b(?:nim|nip|nidn|nrp|npm|nomor induk(?: \w{1,12})?|no\.? induk|student (?:id|number|no\.?)|staff (?:id|number))\b"
    r"(?P<between>[ \w:=.()/,-]{0,40}?)(?P<number>(?<![\d+#])\d[\d .]{6,24}\d)(?![\w@])",
    re.IGNORECASE,
)
OTHERS = re.compile(
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


def has_digits(line: str) -> bool:
    return _DIGIT.search(line) is not None


def as_number(raw: str) -> str | None:
    """Return a labelled NIM or NIP as digits, or None if it cannot be one."""
    if nip := _NIP.fullmatch(raw.strip(" .")):
        return checked_nip("".join(nip.groups()))
    run = raw.strip(" .")
    digits = re.sub(r"[ .]", "", run)
    if digits != run and not re.fullmatch(r"\d{3}[ .]\d{2}[ .]\d{3}", run):
        return None  # two numbers, a date, an amount
    if len(digits) == NIP_LENGTH:
        return checked_nip(digits)
    return digits if len(digits) in NIM_LENGTHS and not is_phone(digits) else None


def is_phone(digits: str) -> bool:
    return len(digits) > 8 and digits.startswith(("08", "628", "620"))


def checked_nip(digits: str) -> str | None:
    """Return an 18-digit number if it is built as a NIP is: born on, appointed in, sex, serial."""
    return (
        digits
        if is_date(digits[:8]) and 1 <= int(digits[12:14]) <= 12 and digits[8:10] in ("19", "20")
        else None
    )


def is_date(digits: str) -> bool:
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return False
    return digits[:2] in ("19", "20")


def is_nim(digits: str) -> bool:
    """Say whether eight digits are built as a NIM of the institute is: programme, year, serial."""
    reads_as_date = is_date(digits) or is_date(digits[4:] + digits[2:4] + digits[:2])
    return len(digits) == 8 and digits[0] in "123" and digits[3] in "012" and not reads_as_date


def labelled_numbers(lines: Sequence[str]) -> Iterator[str]:
    for line in lines:
        for match in LABELLED_NUMBER.finditer(line):
            before = line[max(0, match.start() - 40) : match.start("number")]
            if OTHERS.search(before) or _another_thing(match["between"]):
                continue
            number = as_number(match["number"])
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


def plain_nips(lines: Sequence[str]) -> Iterator[str]:
    """Yield NIPs that stand anywhere: nothing else is built like them."""
    for line in lines:
        for match in _NIP.finditer(line):
            before = line[max(0, match.start() - 40) : match.start()]
            number = checked_nip("".join(match.groups()))
            if number is not None and not OTHERS.search(before) and not _SOMETHING_ELSE.search(before):
                yield number
