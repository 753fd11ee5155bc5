"""From the values of a paper to its file: a PDF by typst, or a Word file by docxtpl.

`typeset` is one function over plain values, for a process of its own: a template sees the desk's folder `papers`, our own
templates and the values, and nothing else of the machine. Values come in as data (`/data.json`), never as markup.
"""

import io
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from later import Later

if TYPE_CHECKING:
    import segno
    import typst

    from procedures.papers import word_files
else:
    segno = Later("segno")
    typst = Later("typst")
    word_files = Later("procedures.papers.word_files")

TEMPLATES = Path(__file__).parent / "templates"
OURS = "tanggap"  # the folder in which our own templates lie, beside the desk's
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MOST_PREVIEWS, PREVIEW_PPI = 4, 80.0
_DRAFT = {"id": "KONSEP", "en": "DRAFT"}
_MAIN = """\
#let draft = json("/data.json").mark
#set page(foreground: if draft != none {{ rotate(-45deg, text(size: 90pt, weight: "bold", fill: rgb("#00000018"), draft)) }})
#include "/{main}"
"""


class TemplateError(Exception):
    """The template makes no paper of these values; the sentence says where and why."""


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What a process apart brings home of a `TemplateError`."""

    said: str


@dataclass(frozen=True, kw_only=True)
class Job:
    """What is typeset."""

    values: Mapping[str, Any] = field(repr=False)  # see `values`, settled
    template: str  # `papers/….typ` or `papers/….docx` of the desk, or the name of a kind of ours
    files: Mapping[str, bytes] = field(repr=False)  # the desk's, `papers/…`
    link: str | None  # the address of the paper's public page; None: it has none yet
    at: datetime  # the file says that it was made then, so that the same values make the same file


@dataclass(frozen=True, kw_only=True)
class Typeset:
    content: bytes = field(repr=False)
    type: str  # media type
    suffix: str
    previews: tuple[bytes, ...] = field(default=(), repr=False)  # PNG, the first pages


def attempts(jobs: Sequence[Job]) -> list[Typeset | Fault]:
    return [attempt(job) for job in jobs]


def attempt(job: Job) -> Typeset | Fault:
    """Make the file of a paper where errors cannot be raised to whoever asked for it."""
    try:
        return typeset(job)
    except TemplateError as error:
        return Fault(said=str(error))


def typeset(job: Job) -> Typeset:
    """Make the file of a paper. Raises TemplateError."""
    if job.template.startswith("papers/") and job.template not in job.files:
        raise TemplateError(f"{job.template}: there is no such file in the folder of the desk any more")
    if job.template.endswith(".docx"):
        return _word_file(job)
    with TemporaryDirectory(prefix="tanggap-paper-") as folder:
        root = Path(folder)
        main = _laid_out(root, job)
        try:
            pdf = typst.compile(main, root=root, **_closed(root), timestamp=job.at.replace(microsecond=0))
            pictures = typst.compile(main, root=root, **_closed(root), format="png", ppi=PREVIEW_PPI)
        except typst.TypstError as error:
            raise TemplateError(_spoken(error)) from error
    pages = pictures if isinstance(pictures, list) else [pictures]
    return Typeset(content=pdf, type=PDF, suffix=".pdf", previews=tuple(pages[:MOST_PREVIEWS]))


def _laid_out(root: Path, job: Job) -> Path:
    """Write what the template may see into a folder; the file to begin with."""
    for name, content in job.files.items():
        path = root / name
        if name.startswith("papers/") and ".." not in path.parts:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    for ours in TEMPLATES.glob("*.typ"):
        place = root if ours.stem == OURS else root / OURS
        place.mkdir(exist_ok=True)
        (place / ours.name).write_bytes(ours.read_bytes())
    (root / "packages").mkdir()
    if job.link is not None:
        segno.make(job.link, error="m", micro=False).save(str(root / "code.svg"), border=0, xmldecl=False)
    values = dict(job.values) | {
        "link": job.link,
        "code": "/code.svg" if job.link is not None else None,
        "mark": draft_mark(job.values),
    }
    (root / "data.json").write_text(json.dumps(values, ensure_ascii=False), encoding="utf-8")
    main = job.template if job.template.endswith(".typ") else f"{OURS}/{job.template}.typ"
    path = root / "main.typ"
    path.write_text(_MAIN.format(main=main), encoding="utf-8")
    return path


def draft_mark(values: Mapping[str, Any]) -> str | None:
    """Return the word across the pages of a draft."""
    return _DRAFT[values["language"]] if values["draft"] else None


def _closed(root: Path) -> dict[str, Any]:
    """Return what keeps typst within the folder: its own typefaces and the desk's, and no packages."""
    nothing = root / "packages"
    return {
        "ignore_system_fonts": True,
        "font_paths": [root / "papers"] if (root / "papers").is_dir() else [],
        "package_path": nothing,
        "package_cache_path": nothing,
    }


_PLACE = re.compile(r"┌─ \S*?((?:papers|tanggap)/[^\s:]+|tanggap\.typ):(\d+):\d+")
_SEARCHED = re.compile(r" \(searched at [^)]*\)")


def _spoken(error: "typst.TypstError") -> str:
    """Say where a template is wrong, and how, without what is this machine's."""
    place = _PLACE.search(error.diagnostic)
    said = _SEARCHED.sub("", error.message)
    if "download package" in said:
        said = "packages cannot be used here; copy what you need into the folder papers"
    hints = "".join(f" ({hint})" for hint in error.hints[:1] if "--root" not in hint)
    return f"{place[1]}:{place[2]}: {said}{hints}" if place else f"{said}{hints}"


def _word_file(job: Job) -> Typeset:
    code = io.BytesIO()
    if job.link is not None:
        segno.make(job.link, error="m", micro=False).save(code, kind="png", border=1, scale=8)
    mark = draft_mark(job.values)
    values = dict(job.values) | {"link": job.link, "mark": mark or ""}
    try:
        content = word_files.filled_in(
            job.files[job.template], values, code=code.getvalue() or None, at=job.at
        )
    except word_files.WordFileError as error:
        raise TemplateError(f"{job.template}: {error}") from error
    return Typeset(content=content, type=DOCX, suffix=".docx")
