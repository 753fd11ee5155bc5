"""The papers of a procedure, and what its steps do with them."""

from collections.abc import Collection, Iterator, Mapping

from bot.desk_files.procedure_files.asking import NAME, counted, name
from bot.desk_files.procedure_files.wording import lines
from bot.desk_files.sections import Section
from procedures.definition.papers import Filing, Kind, Paper, Paperwork, Signature
from templates_replies.catalogue import supported_language
from tickets.desk import Desk

WORK_KEYS = ("makes", "files", "initials", "signs", "sends")  # of a step, and of its outcomes
KEYS = (
    "id", "name", "kind", "template", "series", "number", "about", "to", "copies", "text", "details", "closing", "people",
    "amount", "lists", "signature", "language",
)  # fmt: skip
TEMPLATES = (".typ", ".docx")
_NAMES: Mapping[Kind, Mapping[str, str]] = {
    Kind.REPLY: {"id": "Surat Balasan", "en": "Letter of Reply"},
    Kind.ASSIGNMENT: {"id": "Surat Tugas", "en": "Letter of Assignment"},
    Kind.DISPOSITION: {"id": "Lembar Disposisi", "en": "Disposition Sheet"},
    Kind.INVOICE: {"id": "Invoice", "en": "Invoice"},
    Kind.RECEIPT: {"id": "Kuitansi", "en": "Receipt"},
    Kind.MINUTES: {"id": "Berita Acara", "en": "Minutes"},
}


def read_papers(section: Section, desk: Desk, files: Collection[str]) -> tuple[Paper, ...]:
    """Read the papers; `files` are those of the desk's folder."""
    found: dict[str, Paper] = {}
    for one in section.sections("papers"):
        paper = _paper(one, desk, files)
        if paper.id in found:
            one.problem(f"there is a paper {paper.id} already", "id")
        found[paper.id] = paper
    return tuple(found.values())


def _paper(one: Section, desk: Desk, files: Collection[str]) -> Paper:
    one.allow(KEYS)
    language = supported_language(one.choice("language", ("id", "en"), desk.language))
    kind = Kind(one.choice("kind", tuple(Kind), "")) if one.data.get("kind") in tuple(Kind) else None
    if one.has("kind") and kind is None:
        one.problem(f"expected {', '.join(Kind)}", "kind")
    usual = _NAMES[kind][language] if kind else ""
    if one.has("series") and one.has("number"):
        one.problem("expected series, or number, not both", "number")
    return Paper(
        id=one.read("id", name, "", required=f"id of the paper: {NAME}"),
        name=one.text("name", required="" if usual else "name: what people call the paper") or usual,
        kind=kind,
        template=_template(one, files),
        series=_series(one, desk),
        number=_question(one, "number"),
        about=one.text("about", longest=500) or None,
        to=lines(one, "to"),
        copies=lines(one, "copies"),
        text=lines(one, "text"),
        details=tuple(_details(one)),
        closing=lines(one, "closing"),
        people=_question(one, "people"),
        amount=one.read("amount", counted, None, expected="the id of a question"),
        lists=lines(one, "lists"),
        signature=_signature(one),
        language=language,
    )


def _series(one: Section, desk: Desk) -> str | None:
    if not one.has("series"):
        return None
    if not desk.series:
        one.problem(
            'desk.yaml has no series; expected one there, such as series: {surat: "{no:03}/TU/{year}"}',
            "series",
        )
        return None
    return one.choice("series", tuple(desk.series), "") or None


def _template(one: Section, files: Collection[str]) -> str | None:
    path = one.text("template") or None
    if path is None:
        return None
    if not path.startswith("papers/") or not path.endswith(TEMPLATES):
        one.problem("expected a file in the folder papers that ends in .typ or .docx", "template")
    elif path not in files:
        one.problem(f"there is no file {path} in the folder of the desk", "template")
    return path


def _details(one: Section) -> Iterator[tuple[str, str]]:
    """Yield the rows of the table, in their order: what stands before the colon, and behind it."""
    details = one.section("details")
    for label in details.data if details else ():
        if details is not None:
            yield label, details.text(label, required="a text", longest=1_000)


def _signature(one: Section) -> Signature | None:
    signature = one.section("signature")
    if signature is None:
        return None
    signature.allow(("post", "name", "number"))
    return Signature(
        post=signature.text("post", required="post: what whoever signs is, such as Direktur"),
        name=signature.text("name") or None,
        number=signature.text("number") or None,
    )


def read_paperwork(section: Section) -> Paperwork:
    """Read what a step, or one of its outcomes, does with papers. Which there are is checked later."""
    return Paperwork(
        makes=lines(section, "makes"),
        files=tuple(_filings(section)),
        initials=lines(section, "initials"),
        signs=lines(section, "signs"),
        sends=lines(section, "sends"),
    )


def _filings(section: Section) -> Iterator[Filing]:
    for one in section.sections("files"):
        one.allow(("paper", "answer", "number"))
        yield Filing(
            paper=one.read("paper", name, "", required="paper: which one"),
            answer=one.read("answer", name, "", required="answer: the question that asks for the file"),
            number=_question(one, "number"),
        )


def _question(one: Section, key: str) -> str | None:
    return one.read(key, name, None, expected="the id of a question")
