"""Plain words as simple HTML: paragraphs, line breaks and links, and nothing that was written can become markup."""

import re
from html import escape

from tickets.message import Quoted

_URL = re.compile(r"https?://[^\s<>\"']{1,2000}[^\s<>\"'.,;:!?)\]}]")
_PARAGRAPHS = re.compile(r"\n{2,}")
_QUOTED = "margin:0 0 0 .8ex;border-left:1px solid #ccc;padding-left:1ex"


def as_html(text: str, quoted: Quoted | None) -> str:
    """Return a whole document; `text` and what is quoted have bare newlines as line ends."""
    body = _paragraphs(text)
    if quoted is not None:
        body += (
            f"<p>{_linked(quoted.attribution)}</p>"
            f'<blockquote type="cite" style="{_QUOTED}">{_paragraphs(quoted.text)}</blockquote>'
        )
    return f'<!DOCTYPE html><html><head><meta charset="utf-8"></head><body>{body}</body></html>'


def _paragraphs(text: str) -> str:
    found = _PARAGRAPHS.split(text.strip("\n"))
    return "\n".join(f"<p>{_linked(each)}</p>" for each in found if each.strip())


def _linked(text: str) -> str:
    shown: list[str] = []
    at = 0
    for url in _URL.finditer(text):
        shown += [escape(text[at : url.start()]), f'<a href="{escape(url[0])}">{escape(url[0])}</a>']
        at = url.end()
    shown.append(escape(text[at:]))
    return "".join(shown).replace("\n", "<br>\n")
