"""Mail as HTML, cleaned for showing: no scripts, no styles, no forms, and no pictures that tell when they were seen.

A picture that came with the mail stands where the mail put it. One from elsewhere is shown only to who asks for it, and
is fetched by their browser: never by us, for a mail must not send our servers anywhere.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote

import nh3

from console.bounded_html import bounded

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
_LINK = re.compile(r"\s*(?:https?|mailto|tel):", re.IGNORECASE)
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
        bounded(html, tags=_TAGS)[0], tags=_TAGS, clean_content_tags=_GONE, attributes=_ATTRIBUTES, url_schemes=_SCHEMES,
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

    source, is_cut = bounded(html, tags=_TAGS | {"img"})
    cleaned = nh3.clean(
        source, tags=_TAGS | {"img"}, clean_content_tags=_GONE, attributes=_ATTRIBUTES | {"img": _PICTURE},
        attribute_filter=address, url_schemes=_SCHEMES | {"cid"}, link_rel=_REL,
        set_tag_attribute_values={"a": {"target": "_blank"}, "img": {"loading": "lazy"}},
    )  # fmt: skip
    return Shown(
        html=cleaned, is_cut=is_cut, has_pictures_elsewhere=_FROM_ELSEWHERE.search(source) is not None
    )
