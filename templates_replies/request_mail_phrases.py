"""A procedure's form as a mail: the lines to fill in, what was read out of an answer, and what is missing still."""

from collections.abc import Sequence
from dataclasses import dataclass

from templates_replies.catalogue import Language
from templates_replies.phrase import Phrase

_HOW = Phrase(
    id="Untuk mengajukan {procedure}, balas email ini: isi baris di bawah setelah titik duanya{attach}.",
    en="To apply for {procedure}, reply to this mail: fill in the lines below behind their colons{attach}.",
)
_AND_ATTACH = Phrase(id=" dan lampirkan berkas yang diminta", en=", and attach the files asked for")
_LINK = Phrase(
    id="Atau isi formulirnya di halaman ini: {link}", en="Or fill in the form on this page: {link}"
)
_WHICH = Phrase(
    id="Permohonan apa yang ingin Anda ajukan? Balas dengan nomornya.",
    en="What would you like to apply for? Please answer with its number.",
)
_READ = Phrase(id="Yang sudah kami terima:", en="What we have:")
_LACKS = Phrase(
    id="Formulir {procedure} belum lengkap. Mohon balas email ini dengan baris berikut:",
    en="Your form, {procedure}, is not complete yet. Please reply to this mail with these lines:",
)
_OPTIONAL = Phrase(id="boleh dikosongkan", en="may be left empty")
_ATTACH = Phrase(id="lampirkan berkasnya", en="attach the file")
_OTHERWISE = Phrase(
    id="Bila tidak ingin mengajukan, abaikan saja bagian ini; pesan Anda tetap dibaca petugas.",
    en="If you do not want to apply, ignore this; our staff read your message all the same.",
)


@dataclass(frozen=True, kw_only=True)
class Line:
    """A line of the form."""

    label: str
    ask: str
    when: str | None = None  # under which answers it is asked
    required: bool = True
    file: bool = False
    why: str | None = None  # what was typed cannot be taken: why, with an example


def form(language: Language, *, procedure: str, lines: Sequence[Line], read: str, link: str) -> str:
    """Say how to apply by mail; `read` lists what is known already, and may be empty."""
    attach = _AND_ATTACH.say(language) if any(each.file for each in lines) else ""
    parts = [
        _HOW.say(language, procedure=procedure, attach=attach),
        _known(language, read),
        lines_in_words(language, lines),
    ]
    return _joined(*parts, _page(language, link), _OTHERWISE.say(language))


def lacking(language: Language, *, procedure: str, lines: Sequence[Line], read: str, link: str) -> str:
    """Ask for what is missing, all at once."""
    parts = [
        _LACKS.say(language, procedure=procedure),
        lines_in_words(language, lines),
        _known(language, read),
    ]
    return _joined(*parts, _page(language, link))


def which(language: Language, *, procedures: Sequence[str]) -> str:
    listed = "\n".join(f"{number}. {name}" for number, name in enumerate(procedures, start=1))
    return _joined(_WHICH.say(language), listed, _OTHERWISE.say(language))


def _page(language: Language, link: str) -> str:
    return _LINK.say(language, link=link) if link else ""


def _known(language: Language, read: str) -> str:
    return f"{_READ.say(language)}\n{read}" if read else ""


def lines_in_words(language: Language, lines: Sequence[Line]) -> str:
    """Return the questions, each with the line that is filled in."""
    return "\n\n".join(_line(language, each) for each in lines)


def _line(language: Language, line: Line) -> str:
    """Return the question, and below it the line that is filled in; of a file, which is attached, no line."""
    hints = [line.when[:1].lower() + line.when[1:]] if line.when else []
    hints += [] if line.required else [_OPTIONAL.say(language)]
    hints += [_ATTACH.say(language)] if line.file else []
    asked = f"{line.ask} ({', '.join(hints)})" if hints else line.ask
    said = [asked, *([line.why] if line.why else []), *([] if line.file else [f"{line.label}: "])]
    return "\n".join(said)


def _joined(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)
