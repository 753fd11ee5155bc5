"""Mail as HTML, cleaned for showing: no scripts, no styles, no forms, and no pictures that tell when they were seen.

A picture that came with the mail stands where the mail put it. One from elsewhere is shown only to who asks for it, and
is fetched by their browser: never by us, for a mail must not send our servers anywhere.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote

import nh3

LONGEST = 300_000  # characters that are shown
_DEEPEST = 400  # tags within tags; a cleaner that knows what belongs to what takes minutes for thousands
_SHORT = 30_000  # characters that are shown of what is deeper

_TAGS = {
    "a", "abbr", "b", "blockquote", "br", "caption", "cite", "code", "dd", "del", "div", "dl", "dt", "em", "h1", "h2",
    "h3", "h4", "h5", "h6", "hr", "i", "ins", "li", "ol", "p", "pre", "q", "s", "small", "span", "strong", "sub", "sup",
    "table", "tbody", "td", "tfoot", "th", "thead", "tr", "tt", "u", "ul",
}  # fmt: skip
_ATTRIBUTES = {"a": {"href", "title"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}}
_PICTURE = {"src", "alt", "width", "height"}
_GONE = {"script", "style", "head", "title", "noscript", "template"}
_SCHEMES = {"http", "https", "mailto", "tel"}
_REL = "noopener noreferrer nofollow"
_OPENED = re.compile(
    r"<(/?)(?!(?:br|hr|img|input|meta|link|p|li|td|th|tr|col|wbr)\b)([a-z]{1,20})", re.IGNORECASE
)
_CLOSED_AT_ONCE = re.compile(
    r"<(?:title|style|script|noscript|template)\s*/>", re.IGNORECASE
)  # as XHTML has it
_LINK = re.compile(r"\s*(?:https?|mailto|tel):", re.IGNORECASE)
_STYLE = re.compile(r"<(/?)style\b", re.IGNORECASE)
_FROM_ELSEWHERE = re.compile(r"<img\b[^<>]{0,1000}?\bsrc\s*=\s*[\"']?\s*https?:", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A mail as it is put on a page."""

    html: str
    is_cut: bool  # there is more of it than is shown
    has_pictures_elsewhere: bool


def clean(html: str) -> str:
    """Return the words and their shape, without any picture."""
    return nh3.clean(
        _bounded(html)[0], tags=_TAGS, clean_content_tags=_GONE, attributes=_ATTRIBUTES, url_schemes=_SCHEMES,
        link_rel=_REL, set_tag_attribute_values={"a": {"target": "_blank"}}, url_relative="deny",
    )  # fmt: skip


def shown(html: str, *, files: Mapping[str, str], elsewhere: bool) -> Shown:
    """Return a mail with its pictures: `files` are the links of those that came with it, by their Content-ID."""

    def address(_tag: str, attribute: str, value: str) -> str | None:
        if attribute == "href":
            return value if _LINK.match(value) else None
        if attribute != "src":
            return value
        scheme, _, rest = value.strip().partition(":")
        if scheme.lower() == "cid":
            return files.get(unquote(rest))
        return value if elsewhere and scheme.lower() in {"http", "https"} else None

    source, is_cut = _bounded(html)
    cleaned = nh3.clean(
        source, tags=_TAGS | {"img"}, clean_content_tags=_GONE, attributes=_ATTRIBUTES | {"img": _PICTURE},
        attribute_filter=address, url_schemes=_SCHEMES | {"cid"}, link_rel=_REL,
        set_tag_attribute_values={"a": {"target": "_blank"}, "img": {"loading": "lazy"}},
    )  # fmt: skip
    return Shown(
        html=cleaned, is_cut=is_cut, has_pictures_elsewhere=_FROM_ELSEWHERE.search(source) is not None
    )


def _bounded(html: str) -> tuple[str, bool]:
    source = _CLOSED_AT_ONCE.sub("", html)
    if len(source) > LONGEST:
        source = _without_styles(source[: 10 * LONGEST])
    longest = _SHORT if _depth(source[:LONGEST]) > _DEEPEST else LONGEST
    return source[:longest], len(source) > longest


def _without_styles(source: str) -> str:
    kept: list[str] = []
    at, within = 0, False
    for tag in _STYLE.finditer(source):
        if not tag[1] and not within:
            kept.append(source[at : tag.start()])
            at, within = tag.start(), True
        elif tag[1] and within:
            at, within = tag.start(), False
    return "".join([*kept, source[at:]])


def _depth(source: str) -> int:
    depth = deepest = 0
    opened: Counter[str] = Counter()
    for tag in _OPENED.finditer(source):
        name = tag[2].lower()
        if not tag[1]:
            opened[name] += 1
            depth += 1
        elif opened[name]:
            opened[name] -= 1
            depth -= 1
        deepest = max(deepest, depth)
    return deepest
