"""Keeping a stranger's HTML from costing more than it is worth, and every word of it.

A cleaner that knows what belongs to what takes minutes for thousands of tags within tags, and writes each style that is
never closed again around every paragraph below. Nobody sees such depth: what opens there is left out, its words stay.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator

LONGEST = 300_000  # characters whose shape is kept; below them the words alone
_MOST = 2_000_000  # characters that are shown at all
_DEEPEST = 400  # tags within tags
_MOST_STYLES = 20  # of them styles of words
_LONGEST_TAG = 20_000

_CLOSED_AT_ONCE = re.compile(r"<(?:title|style|script)\s*/>", re.IGNORECASE)  # as XHTML has it
_UNSEEN = re.compile(r"<!--|<(style|script|title)\b[^<>]*>?", re.IGNORECASE)
_UNSEEN_ENDS = {
    name: re.compile(rf"</{name}\s*>", re.IGNORECASE) for name in ("style", "script", "title")
} | {"": re.compile("-->")}  # fmt: skip
_TAG = re.compile(r"""<(/?)([a-z][a-z0-9:-]{0,30})(?:[^<>"']|"[^"<]*"|'[^'<]*'|["'])*+>?""", re.IGNORECASE)
_ENDS_LINE = re.compile(r"<(?:br|/(?:p|div|tr|li|h[1-6]))\b", re.IGNORECASE)
_STYLES = {"b", "code", "em", "i", "s", "small", "strong", "tt", "u"}
# Tags that hold nothing, or that the next of their kind closes.
_NEVER_DEEP = {"a", "br", "hr", "img", "li", "p", "td", "th", "tr"}
_BLOCKS = {"address", "article", "aside", "center", "fieldset", "figcaption", "figure", "footer", "form", "header",
           "legend", "main", "nav", "option", "section"}  # fmt: skip


def bounded(html: str, *, tags: Collection[str]) -> tuple[str, bool]:
    """Return HTML of these tags that is cleaned in a moment, and whether there was more of it than is shown.

    Other tags go and their words stay: a cleaner drops the words of drawings, formulas and what is for old browsers.
    """
    source = "".join(_seen(_CLOSED_AT_ONCE.sub("", html)))
    shaped = source if len(source) <= LONGEST else source[: source.rfind("<", 0, LONGEST) + 1][:-1]
    rest = _TAG.sub(_as_words, source[len(shaped) : _MOST])
    return "".join(_shallow(shaped, tags)) + rest, len(source) > _MOST


def _seen(source: str) -> Iterator[str]:
    """Give what is no comment, no title and nothing for machines."""
    at = 0
    never_closed: set[str] = set()
    while begin := _UNSEEN.search(source, at):
        yield source[at : begin.start()]
        name = (begin[1] or "").lower()
        end = None if name in never_closed else _UNSEEN_ENDS[name].search(source, begin.start() + 2)
        if end is None and name != "title":
            return  # as browsers have it
        never_closed.update([name] if end is None else [])
        at = end.end() if end else begin.end()
    yield source[at:]


def _shallow(source: str, tags: Collection[str]) -> Iterator[str]:
    at = 0
    nesting = _Nesting()
    for tag in _TAG.finditer(source):
        name = tag[2].lower()
        if name in _BLOCKS:
            name = "div"
        elif len(tag[0]) <= _LONGEST_TAG and name in tags and nesting.keeps(name, closes=bool(tag[1])):
            continue
        yield source[at : tag.start()]
        at = tag.end()
        if (
            name in tags
            and (name == "div" or len(tag[0]) > _LONGEST_TAG)
            and nesting.keeps(name, closes=bool(tag[1]))
        ):
            yield f"<{tag[1]}{name}>"
    yield source[at:]


class _Nesting:
    """How deep tags stand within tags; whether one is kept depends on it."""

    def __init__(self) -> None:
        self._depth = self._styles = 0
        self._opened: Counter[str] = Counter()
        self._left_out: Counter[str] = Counter()

    def keeps(self, name: str, *, closes: bool) -> bool:
        if name in _NEVER_DEEP:
            return True
        step = -1 if closes else 1
        if closes and self._left_out[name]:
            self._left_out[name] -= 1
            return False
        if closes and not self._opened[name]:
            return True
        if not closes and (self._depth >= _DEEPEST or (name in _STYLES and self._styles >= _MOST_STYLES)):
            self._left_out[name] += 1
            return False
        self._opened[name] += step
        self._depth += step
        self._styles += step if name in _STYLES else 0
        return True


def _as_words(tag: re.Match[str]) -> str:
    return "<br>" if _ENDS_LINE.match(tag[0]) else " "
