"""Forms: a label, a colon, a value."""

import re
from collections.abc import Iterator, Sequence

from bot.identity.names import as_name
from bot.identity.numbers import as_number
from bot.identity.units import as_unit
from bot.identity.values import only

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
LABEL = re.compile(
    r"(?:^|(?<=[\s,;|(]))(?:"
    + "|".join(f"(?P<{field}>{words})" for field, words in reversed(_LABELS.items()))
    + r") ?[:=] ?",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"[;|]")


class Form:
    """The fields that were filled in behind a label."""

    def __init__(self, lines: Sequence[str]) -> None:
        values: dict[str, set[str]] = {field: set() for field in _LABELS}
        for line, after in zip(lines, [*lines[1:], ""], strict=False):
            for field, value in _fields(line, after):
                values[field].add(value)
        self.used = any(values.values())
        self.name = only({name for raw in values["name"] if (name := as_name(raw, trusted=True))})
        self.number = only(
            {number for raw in values["number"] if (number := as_number(_leading_digits(raw)))}
        )
        self.unit = only({unit for raw in values["unit"] if (unit := as_unit(raw, trusted=True))})


def _leading_digits(raw: str) -> str:
    match = re.match(r"\d[\d .]*", raw)
    return match[0] if match else ""


def _fields(line: str, after: str) -> Iterator[tuple[str, str]]:
    """Yield the labelled fields of one line; the value of a label at its end may stand on the next one."""
    if ":" not in line and "=" not in line:
        return
    labels = list(LABEL.finditer(line))
    for label, following in zip(labels, [*labels[1:], None], strict=False):
        value = line[label.end() : following.start() if following else None]
        value = _SEPARATOR.split(value, maxsplit=1)[0].strip(" ,.-()")
        if not value and following is None and not LABEL.match(after):
            value = after.strip(" ,.-()")
        if value and label.lastgroup:
            yield label.lastgroup, value
