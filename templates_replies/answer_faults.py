"""What somebody is told whose answer cannot be read: kindly, and with an example of one that can."""

from collections.abc import Mapping, Sequence

from templates_replies.catalogue import Language
from templates_replies.phrase import Phrase

_FAULTS: Mapping[str, Phrase] = {
    "empty": Phrase(id="Pertanyaan ini perlu dijawab.", en="This question needs an answer."),
    "too_long": Phrase(id="Jawabannya terlalu panjang. Mohon dipersingkat.", en="That is too long. Please make it shorter."),
    "no_number": Phrase(
        id="Angkanya belum terbaca. Contoh: 25 atau 1,5 juta.", en="I could not read a number. For example: 25 or 1500000."
    ),
    "too_small": Phrase(id="Angkanya terlalu kecil; paling sedikit {least}.", en="That is too little; at least {least}."),
    "too_large": Phrase(id="Angkanya terlalu besar; paling banyak {most}.", en="That is too much; at most {most}."),
    "no_date": Phrase(
        id="Tanggalnya belum terbaca. Contoh: 12 Oktober 2026, 12/10/2026, atau “besok”.",
        en="I could not read a date. For example: 12 October 2026, 12/10/2026, or “tomorrow”.",
    ),
    "too_soon": Phrase(
        id="Tanggal itu terlalu dekat; paling cepat {earliest}.", en="That is too soon; the earliest is {earliest}."
    ),
    "no_time": Phrase(
        id="Jamnya belum terbaca. Contoh: 09.30 atau jam 9.", en="I could not read a time. For example: 09:30 or 9."
    ),
    "no_period": Phrase(
        id="Waktunya belum terbaca. Contoh: 20 Oktober 2026 jam 9 sampai 11, atau “besok 13.00-15.00”.",
        en="I could not read from when to when. For example: 20 October 2026 9:00 to 11:00.",
    ),
    "not_yes_or_no": Phrase(id="Mohon jawab “ya” atau “tidak”.", en="Please answer “yes” or “no”."),
    "no_choice": Phrase(
        id="Mohon pilih salah satu: {choices}.", en="Please choose one of these: {choices}."
    ),
    "no_email": Phrase(
        id="Alamat emailnya belum terbaca. Contoh: nama@contoh.ac.id.",
        en="I could not read a mail address. For example: name@example.org.",
    ),
    "no_phone": Phrase(
        id="Nomor teleponnya belum terbaca. Contoh: 0811 222 333.",
        en="I could not read a telephone number. For example: +62 811 222 333.",
    ),
    "no_file": Phrase(
        id="Berkasnya belum kami terima.", en="We have not received a file yet."
    ),
    "no_items": Phrase(
        id="Ada baris yang belum terbaca. {how}", en="There is a line that I could not read. {how}"
    ),
    "too_many": Phrase(id="Terlalu banyak; paling banyak {rows} baris.", en="That is too much; at most {rows} rows."),
}  # fmt: skip
_CELL_WRONG = Phrase(id="Pada baris “{line}”, {column}: {why}", en="In the row “{line}”, {column}: {why}")
_CELL_MISSING = Phrase(
    id="Pada baris “{line}”, {column} belum diisi.", en="In the row “{line}”, {column} is not filled in."
)
_TOO_MANY_CELLS = Phrase(
    id="Baris “{line}” berisi lebih dari yang ditanyakan: {columns}.",
    en="The row “{line}” holds more than is asked for: {columns}.",
)


def told(
    language: Language, fault: str, *, least: str, most: str, earliest: str, choices: str, how: str, rows: str
) -> str:
    """Say why an answer cannot be taken. Raises KeyError for a fault without words."""
    return _FAULTS[fault].say(
        language, least=least, most=most, earliest=earliest, choices=choices, how=how, rows=rows
    )


def cell_wrong(language: Language, *, line: str, column: str, why: str) -> str:
    """Say which cell of a list cannot be taken, and `why`, as `told` says it."""
    return _CELL_WRONG.say(language, line=line, column=column, why=why)


def cell_missing(language: Language, *, line: str, column: str) -> str:
    return _CELL_MISSING.say(language, line=line, column=column)


def too_many_cells(language: Language, *, line: str, columns: Sequence[str]) -> str:
    return _TOO_MANY_CELLS.say(language, line=line, columns="; ".join(columns))
