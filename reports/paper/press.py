"""Pages of a report: blocks typeset by typst on A4 under the unit's letterhead, and drawings as pictures for Word files.

A template sees what is handed to it in a folder of its own, and nothing else of the machine: no packages, and its text
stands in a typeface that typst brings along; those of the machine are asked only for letters which that one lacks.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from later import Later
from reports.charts.drawings import Drawing
from reports.errors import UntypesetError
from reports.paper.blocks import Block, Pictures
from reports.paper.writable import writable
from templates_replies.catalogue import Language
from tickets.letterhead import Letterhead

if TYPE_CHECKING:
    import typst
else:
    typst = Later("typst")

_TEMPLATE = (Path(__file__).parent / "report.typ").read_bytes()
_PICTURE = b'#set page(width: auto, height: auto, margin: 0pt)\n#image("/drawing.svg", width: 17cm)\n'
_LOGO = b'#set page(width: auto, height: auto, margin: 0pt)\n#image(json("/data.json").logo, height: 2.1cm)\n'
_LOGOS = frozenset({".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp"})
PPI = 220.0
_PICTOGRAMS = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f]")  # which no typeface for print has


@dataclass(frozen=True, kw_only=True)
class Logo:
    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Sheets:
    """A report that is to be typeset."""

    title: str
    subtitle: str
    unit: str  # whose report it is, at the head of the pages that follow
    language: Language
    letterhead: Letterhead | None
    logo: Logo | None
    made: str  # when, in words
    reading: str  # how to read it, at the foot of each page
    at: datetime  # the file says that it was made then
    blocks: Sequence[Block] = field(repr=False)
    contents: str = ""  # what the table of contents is called; none without it


def pdf(sheets: Sheets) -> bytes:
    """Typeset a report as PDF. Takes some tenths of a second. Raises UntypesetError."""
    with TemporaryDirectory(prefix="tanggap-report-") as folder:
        root = Path(folder)
        data = asdict(sheets) | {
            "at": None,
            "logo": _beside(root, sheets.logo),
            "blocks": _laid_out(root, sheets.blocks),
        }
        return _compiled(root, _TEMPLATE, data, format="pdf", timestamp=sheets.at.replace(microsecond=0))


def typeset(template: bytes, data: Mapping[str, Any], *, logo: Logo | None, at: datetime) -> bytes:
    """Typeset a sheet of a template of its own as PDF, which finds `data` and its `logo` as a report's does."""
    with TemporaryDirectory(prefix="tanggap-sheet-") as folder:
        root = Path(folder)
        told = {**data, "logo": _beside(root, logo)}
        return _compiled(root, template, told, format="pdf", timestamp=at.replace(microsecond=0))


def png(drawing: Drawing) -> bytes:
    """Return a drawing as a picture of 17 cm width, for files that take no SVG."""
    with TemporaryDirectory(prefix="tanggap-drawing-") as folder:
        root = Path(folder)
        (root / "drawing.svg").write_text(drawing.svg, encoding="utf-8")
        return _compiled(root, _PICTURE, {}, format="png", ppi=PPI)


def logo_png(logo: Logo) -> bytes | None:
    """Return the picture of a letterhead for files that take no SVG; None for what is no picture."""
    with TemporaryDirectory(prefix="tanggap-logo-") as folder:
        root = Path(folder)
        there = _beside(root, logo)
        return None if there is None else _compiled(root, _LOGO, {"logo": there}, format="png", ppi=PPI)


def _beside(root: Path, logo: Logo | None) -> str | None:
    """Lay a logo beside the template, and return where; None for what typst cannot show."""
    if logo is None or (suffix := PurePosixPath(logo.name).suffix.lower()) not in _LOGOS:
        return None
    (root / f"logo{suffix}").write_bytes(logo.content)
    return f"/logo{suffix}"


def _laid_out(root: Path, blocks: Sequence[Block]) -> list[dict[str, Any]]:
    """Return the blocks as data, each with what it is; drawings lie beside them as files."""
    told = []
    for at, block in enumerate(blocks):
        data = asdict(block) | {"kind": type(block).__name__}
        if isinstance(block, Pictures):
            for place, picture in enumerate(block.pictures):
                name = f"drawing-{at}-{place}.svg"
                (root / name).write_text(picture.drawing.svg, encoding="utf-8")
                data["pictures"][place]["drawing"] = {"path": f"/{name}", "says": picture.drawing.says}
        told.append(data)
    return told


def _compiled(root: Path, template: bytes, data: Mapping[str, Any], **options: Any) -> bytes:
    (root / "main.typ").write_bytes(template)
    (root / "data.json").write_text(json.dumps(_printable(data), ensure_ascii=False), encoding="utf-8")
    (root / "packages").mkdir()
    try:
        made = typst.compile(
            root / "main.typ", root=root, package_path=root / "packages",
            package_cache_path=root / "packages", **options,
        )  # fmt: skip
    except typst.TypstError as error:
        raise UntypesetError(str(error).partition("\n")[0]) from error
    return b"".join(made) if isinstance(made, list) else made


def _printable(value: Any) -> Any:
    """Leave out of every text what cannot be typeset."""
    match value:
        case str():
            return _PICTOGRAMS.sub("", writable(value))
        case dict():
            return {key: _printable(each) for key, each in value.items()}
        case list() | tuple():
            return [_printable(each) for each in value]
    return value
