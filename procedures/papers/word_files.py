"""Word files filled in by docxtpl: `{{ number }}`, `{% for each in text %}`, filters for amounts and dates.

The template is a stranger's: its Jinja runs sandboxed, sees the values alone, and reads no file.
"""

import io
import zipfile
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from docx.opc.exceptions import OpcError
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage
from jinja2 import TemplateError as JinjaError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from procedures.papers.amounts import in_figures, in_rupiah, spelled
from templates_replies.catalogue import Language
from templates_replies.moments import date_in_words, day_in_words

LARGEST = 30_000_000  # bytes of a template, unpacked
CODE_WIDTH = Mm(22)


class WordFileError(Exception):
    """The template cannot be filled in; the sentence says why."""


def filled_in(template: bytes, values: Mapping[str, Any], *, code: bytes | None, at: datetime) -> bytes:
    """Fill a Word template in; `code` is the picture that `{{ code }}` stands for. Raises WordFileError."""
    _refuse_bombs(template)
    language: Language = values["language"]
    environment = ImmutableSandboxedEnvironment(
        autoescape=True, finalize=lambda value: "" if value is None else value
    )
    environment.filters |= {
        "rupiah": lambda value: in_figures(_number(value), language),
        "terbilang": lambda value: spelled(_number(value), language),
        "terbilang_rupiah": lambda value: in_rupiah(_number(value), language),
        "tanggal": lambda value: day_in_words(date.fromisoformat(str(value)), language),
        "hari_tanggal": lambda value: date_in_words(date.fromisoformat(str(value)), language),
    }
    out = io.BytesIO()
    try:
        document = DocxTemplate(io.BytesIO(template))
        document.init_docx()
        picture = _Picture(InlineImage(document, io.BytesIO(code), width=CODE_WIDTH)) if code else ""
        document.render(dict(values) | {"code": picture}, environment, autoescape=True)
        document.docx.core_properties.modified = at.replace(tzinfo=None)
        document.save(out)
    except JinjaError as error:
        line = getattr(error, "lineno", None)
        raise WordFileError(
            f"{error.message or type(error).__name__}" + (f" (line {line})" if line else "")
        ) from error
    except (OpcError, KeyError, ValueError, TypeError, ArithmeticError) as error:
        raise WordFileError(str(error) or type(error).__name__) from error
    except SyntaxError as error:  # as lxml calls XML that is torn
        raise WordFileError(f"filled in, it is no Word file any more: {error.msg}") from error
    return _stamped(out.getvalue(), at)


class _Picture:
    """A picture where it stands, and nothing more: the library's own leads to the document, which can write itself anywhere."""

    def __init__(self, image: InlineImage) -> None:
        self._image = image

    def __html__(self) -> str:
        return str(self._image)

    __str__ = __html__


def _number(value: object) -> Decimal:
    try:
        return Decimal(str(value))
    except InvalidOperation as error:
        raise ValueError(f"{value} is no number") from error


def _refuse_bombs(template: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(template)) as archive:
            size = sum(each.file_size for each in archive.infolist())
    except zipfile.BadZipFile as error:
        raise WordFileError("this is no Word file") from error
    if size > LARGEST:
        raise WordFileError(f"expected at most {LARGEST // 1_000_000} MB, unpacked")


def _stamped(content: bytes, at: datetime) -> bytes:
    """Return the file with each part dated alike, so that the same values make the same file."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as before,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for part in before.infolist():
            entry = zipfile.ZipInfo(part.filename, date_time=at.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            after.writestr(entry, before.read(part))
    return out.getvalue()
