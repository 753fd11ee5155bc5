"""What was said, as it is put on a page: the marks of what went out shown instead of written, and addresses as links.

Nothing written can become markup: the words are escaped piece by piece, and only http and https addresses are links.
The marks are those that the channels show (`channels.marks`), which pages may not know; `tests/console/test_worded.py`
holds both together.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from markupsafe import Markup, escape

_ITEM = re.compile(r"^([^\S\n]{0,8})[-*][^\S\n]+", re.MULTILINE)
_MARK = re.compile(
    r"\*\*(?=\S)(?P<bold>[^*\n]{1,400}?)(?<=\S)\*\*"
    r"|\[(?P<label>[^\[\]\n]{1,200})\]\((?P<url>https?://[^\s()<>\"]{1,600})\)"
)
# An address goes on to the next blank; what ends a sentence or closes a bracket around it is not of it.
_ADDRESS = re.compile(r"(?<![\w/])https?://[^\s<>\"]{1,2000}", re.IGNORECASE)
_FOLLOWS = r".,;:!?'*_~”’»\])}"
_AROUND = re.compile(rf"(?<![{_FOLLOWS}])[{_FOLLOWS}]+\Z")


def worded(text: str, *, formatted: bool = False, marked: Sequence[str] = ()) -> Markup:
    """Return a message's words as HTML; line ends stay bare newlines. Those to be marked stand out as they are written."""
    if formatted:
        return Markup("").join(_formatted(text))
    return Markup("").join(_linked(text, partial(_marking, _any_of(marked)) if marked else escape))


def _formatted(text: str) -> Iterator[Markup]:
    text = _ITEM.sub(r"\1• ", text)
    at = 0
    for mark in _MARK.finditer(text):
        yield from _linked(text[at : mark.start()])
        if mark["bold"] is not None:
            yield Markup("<strong>{}</strong>").format(mark["bold"])
        else:
            yield _link(mark["url"], mark["label"])
        at = mark.end()
    yield from _linked(text[at:])


def _any_of(words: Sequence[str]) -> re.Pattern[str]:
    """Find whole words, the longest first; where one is several, any blanks may lie between."""
    ordered = sorted(words, key=len, reverse=True)
    found = "|".join(r"\s+".join(map(re.escape, word.split())) for word in ordered)
    return re.compile(rf"(?<!\w)(?:{found})(?!\w)", re.IGNORECASE)


def _marking(words: re.Pattern[str], text: str) -> Markup:
    at, shown = 0, Markup("")
    for found in words.finditer(text):
        shown += escape(text[at : found.start()]) + Markup("<mark>{}</mark>").format(found[0])
        at = found.end()
    return shown + escape(text[at:])


def _linked(text: str, shown: Callable[[str], Markup] = escape) -> Iterator[Markup]:
    at = 0
    for found in _ADDRESS.finditer(text):
        address = _without_what_follows(found[0])
        if address.endswith("//"):
            continue
        yield shown(text[at : found.start()])
        yield _link(address, address)
        at = found.start() + len(address)
    yield shown(text[at:])


def _without_what_follows(address: str) -> str:
    """Cut the full stop of the sentence off; a bracket stays where the address itself has opened it."""
    bare = _AROUND.sub("", address)
    if "(" in bare and address[len(bare) :].startswith(")"):
        return f"{bare})"
    return bare


def _link(address: str, words: str) -> Markup:
    return Markup('<a href="{}" rel="noopener noreferrer nofollow" target="_blank">{}</a>').format(
        address, words
    )
