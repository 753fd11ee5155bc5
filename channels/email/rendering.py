"""Plain words as simple HTML: paragraphs, line breaks, links and pictures; nothing written can become markup.

A picture that goes with the words stands where they name it in brackets: `[layar.png]`.
"""

import re
from collections.abc import Mapping
from html import escape

from channels.marks import Run, run_html, runs
from tickets.message import Quoted

_URL_OR_NAME = re.compile(r"https?://[^\s<>\"']{1,2000}[^\s<>\"'.,;:!?)\]}]|\[([^\[\]\n]{1,200})\]")
_PARAGRAPHS = re.compile(r"\n{2,}")
_QUOTED = "margin:0 0 0 .8ex;border-left:1px solid #ccc;padding-left:1ex"


def is_named(name: str, text: str) -> bool:
    """Whether the words say where a picture of this name stands."""
    return any(found[1] is not None and found[1].strip() == name for found in _URL_OR_NAME.finditer(text))


def as_html(text: str, quoted: Quoted | None, *, pictures: Mapping[str, str], formatted: bool = False) -> str:
    """Return a whole document; `text` and what is quoted have bare newlines as line ends.

    `pictures` are the Content-IDs of those that the words name, by their names.
    """
    body = _paragraphs(text, pictures, formatted=formatted)
    if quoted is not None:
        body += (
            f"<p>{_marked(quoted.attribution, {})}</p>"
            f'<blockquote type="cite" style="{_QUOTED}">{_paragraphs(quoted.text, {})}</blockquote>'
        )
    return f'<!DOCTYPE html><html><head><meta charset="utf-8"></head><body>{body}</body></html>'


def _paragraphs(text: str, pictures: Mapping[str, str], *, formatted: bool = False) -> str:
    found = _PARAGRAPHS.split(text.strip("\n"))
    shown = ("".join(_run(run, pictures) for run in runs(each, formatted=formatted)) for each in found)
    return "\n".join(f"<p>{each}</p>" for each in shown if each.strip())


def _run(run: Run, pictures: Mapping[str, str]) -> str:
    return run_html(run) if run.is_marked else _marked(run.text, pictures)


def _marked(text: str, pictures: Mapping[str, str]) -> str:
    shown: list[str] = []
    at = 0
    for found in _URL_OR_NAME.finditer(text):
        shown += [escape(text[at : found.start()]), _shown(found, pictures)]
        at = found.end()
    shown.append(escape(text[at:]))
    return "".join(shown).replace("\n", "<br>\n")


def _shown(found: re.Match[str], pictures: Mapping[str, str]) -> str:
    if found[1] is None:
        return f'<a href="{escape(found[0])}">{escape(found[0])}</a>'
    content_id = pictures.get(found[1].strip())
    if content_id is None:
        return escape(found[0])
    return f'<img src="cid:{escape(content_id)}" alt="{escape(found[1].strip())}" style="max-width:100%">'
