"""What people read while they write a list row by row."""

from collections.abc import Sequence

from templates_replies.catalogue import Language
from templates_replies.phrase import Phrase

_HOW = Phrase(
    id="Tulis satu per baris, dengan titik koma di antaranya: {columns}. Contoh: {example}",
    en="Write one a line, with semicolons between: {columns}. For example: {example}",
)
_TOTAL = Phrase(id="Jumlah: {sums}", en="Total: {sums}")
_MORE = Phrase(
    id="Ada lagi? Tulis baris berikutnya, atau “selesai”. Untuk memperbaiki: “baris 2: …”, untuk menghapus: “hapus 2”.",
    en="Any more? Write the next line, or “done”. To correct one: “row 2: …”, to remove one: “delete 2”.",
)
_DONE = Phrase(id="Selesai", en="Done")


def how(language: Language, *, columns: str, example: str) -> str:
    return _HOW.say(language, columns=columns, example=example)


def total(language: Language, sums: Sequence[str]) -> str:
    return _TOTAL.say(language, sums=", ".join(sums))


def more(language: Language) -> str:
    return _MORE.say(language)


def done(language: Language) -> str:
    return _DONE.say(language)
