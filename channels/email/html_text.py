"""HTML as words: paragraphs as lines, quotes marked with ">", links with their address, nothing that was hidden."""

import re
from html import unescape

_MOST_TAGS = 50_000  # whose shape is told; below them the words alone

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})|<[!?]")
_HREF = re.compile(r"""\bhref\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""", re.IGNORECASE)
_QUOTED = re.compile(r"""=\s*(?P<mark>["'])[^"']*""")
_MORE_OF_QUOTED = {mark: re.compile(f"[^{mark}<]*{mark}[^<>]*>") for mark in "\"'"}
_ANY_TAG = re.compile(r"<[/!?a-zA-Z][^<>]*>")
_RAW = {name: re.compile(rf"</{name}", re.IGNORECASE) for name in ("script", "style", "title")}
_BLOCKS = frozenset(
    {
        "address",
        "article",
        "aside",
        "div",
        "dl",
        "dt",
        "dd",
        "fieldset",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tr",
        "ul",
        "blockquote",
        "center",
    }
)
_PARAGRAPHS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol", "table"})
_SPACES = re.compile(r"[ \t\r\n\f\v\u00a0]+")
_UNSEEN = dict.fromkeys(
    map(ord, "\u00ad\u034f\u200b\ufeff")
)  # fill the preview of a mail, or say where words may part
# What Outlook draws above the headers of a quoted mail, on every kind of its screens.
_ABOVE_QUOTE = re.compile(
    r"divRplyFwdMsg|OutlookMessageHeader|border-top:\s*solid\s*#(?:E1E1E1|B5C4DF)", re.IGNORECASE
)
_RULE = "_" * 32  # as Outlook writes it in plain text
_DEEPEST = 20


def html_to_text(html: str) -> str:
    """Return the words. Never raises, and takes time in proportion to the length, whatever it is given.

    Our own scanner, because `html.parser` takes minutes for some hundred kilobytes of tags that are never closed.
    """
    reader = _Reader()
    at = tags = 0
    while at < len(html) and tags < _MOST_TAGS:
        start = html.find("<", at)
        if start < 0:
            start = len(html)
        reader.words(unescape(html[at:start]))
        at = _take_tag(html, start, reader)
        tags += 1
    reader.words(unescape(_ANY_TAG.sub(" ", html[at:])))
    return reader.text()


def html_of_enriched(source: str) -> str:
    """Return enriched text (RFC 1896) as HTML: a line break alone is a blank, and "<<" is written for "<"."""
    text = re.sub(r"<param>[^<]{0,1000}</param>", "", source.replace("\r\n", "\n"), flags=re.IGNORECASE)
    text = text.replace("&", "&amp;").replace("<<", "&lt;")
    return re.sub(r"\n(\n+)", lambda lines: "<br>\n" * len(lines[1]), text)


def _take_tag(source: str, start: int, reader: "_Reader") -> int:
    """Read what stands from a "<" on; return where to go on."""
    if source.startswith("<!--", start):
        return _after(source, "-->", start)
    tag = _TAG.match(source, start)
    if tag is None:
        reader.words(source[start : start + 1])
        return start + 1
    end = _end_of_tag(source, start)
    name = (tag[2] or "").lower()
    if tag[1]:
        reader.closes(name)
    elif name in _RAW:
        closing = None if name in reader.never_closed else _RAW[name].search(source, end)
        if closing is not None:
            return closing.start()
        reader.never_closed.add(name)
        return end if name == "title" else len(source)  # <title/>, as XHTML has it
    else:
        reader.opens(name, source[tag.end() : min(end, tag.end() + 3000)])
    return end


def _end_of_tag(source: str, start: int) -> int:
    """Return where a tag ends. A ">" within a quoted value is no end, where the value is closed before the next tag."""
    end = source.find(">", start)
    if end < 0:
        return len(source)
    mark = None
    for value in _QUOTED.finditer(source, start, end):
        mark = value["mark"] if value.end() == end else None
    more = _MORE_OF_QUOTED[mark].match(source, end) if mark else None
    return more.end() if more else end + 1


def _after(source: str, mark: str, start: int) -> int:
    found = source.find(mark, start)
    return len(source) if found < 0 else found + len(mark)


class _Reader:
    def __init__(self) -> None:
        self.never_closed: set[str] = set()  # not looked for again
        self._lines: list[str] = []
        self._line: list[str] = []
        self._depth = 0  # of quotes
        self._as_written = 0  # depth of text whose line breaks count
        self._gap = False  # a blank line is due before the next words
        self._link: str | None = None
        self._link_words: list[str] = []

    def text(self) -> str:
        self._break()
        return "\n".join(self._lines).strip("\n")

    def opens(self, tag: str, attributes: str) -> None:
        if tag == "br":
            self._break(blank=not self._line)
        elif tag in _BLOCKS:
            self._block(tag)
            self._depth += tag == "blockquote"
            self._as_written += tag == "pre"
            if tag == "div" and _ABOVE_QUOTE.search(attributes):
                self._line.append(_RULE)
                self._break()
            if tag == "li":
                self._line.append("- ")
        elif tag in {"td", "th"}:
            self._line.append(" ")
        elif tag == "a":
            href = _HREF.search(attributes)
            self._link = unescape(href[1].strip("\"'")) if href else None
            self._link_words = []

    def closes(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._block(tag)
            if tag == "blockquote":
                self._depth = max(0, self._depth - 1)
            elif tag == "pre":
                self._as_written = max(0, self._as_written - 1)
        elif tag == "a":
            self._end_link()

    def words(self, data: str) -> None:
        data = data.translate(_UNSEEN) if not data.isascii() else data
        first, *lines = data.split("\n") if self._as_written else [data]
        self._line.append(first)
        for line in lines:
            self._break(blank=True)
            self._line.append(line)
        if self._link:
            self._link_words.append(data)

    def _end_link(self) -> None:
        link, words = (self._link or "").strip(), "".join(self._link_words)
        self._link = None
        if link.lower().startswith(("http://", "https://")) and _bare(link) not in _bare(words):
            self._line.append(f" ({link[:500]})")

    def _block(self, tag: str) -> None:
        self._break()
        self._gap = self._gap or tag in _PARAGRAPHS

    def _break(self, *, blank: bool = False) -> None:
        line = "".join(self._line)
        line = line.rstrip() if self._as_written else _SPACES.sub(" ", line).strip()
        self._line = []
        prefix = "> " * min(self._depth, _DEEPEST)
        if line:
            if self._gap and self._lines:
                self._lines.append(prefix.rstrip())
            self._lines.append(prefix + line)
            self._gap = False
        elif blank and self._lines:
            self._gap = True


def _bare(link: str) -> str:
    return re.sub(r"^\s*https?://(?:www\.)?", "", link.lower()).strip().rstrip("/")
