"""The few marks that a reply may have, read once and shown by each channel in its own way.

`**bold**` and `[words](https://…)` within one line, and lines that begin with `- `. There is nothing else: what is no
mark stays as it was written, and marks reach no contact as characters.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

from channels.splitting import Range

_LONGEST_BOLD, _LONGEST_URL = 400, 600  # characters: a mark must fit into one message of any channel
_MARK = re.compile(
    rf"\*\*(?=\S)(?P<bold>[^*\n]{{1,{_LONGEST_BOLD}}}?)(?<=\S)\*\*"
    rf"|\[(?P<label>[^\[\]\n]{{1,200}})\]\((?P<url>https?://[^\s()<>\"]{{1,{_LONGEST_URL}}})\)"
)
_BARE = re.compile(rf"https?://[^\s<>\"]{{1,{_LONGEST_URL}}}")
_BEHIND = ".,;:!?)]}'"
_ITEM = re.compile(r"^([^\S\n]{0,8})[-*][^\S\n]+", re.MULTILINE)


@dataclass(frozen=True, kw_only=True)
class Run:
    """Some characters that look alike."""

    text: str
    bold: bool = False
    url: str | None = None

    @property
    def is_marked(self) -> bool:
        return self.bold or self.url is not None


def runs(text: str, *, formatted: bool = True) -> tuple[Run, ...]:
    """Take a text apart; one that is not formatted is a single run, as it was written."""
    if not formatted:
        return (Run(text=text),) if text else ()
    text = _ITEM.sub(r"\1• ", text)
    found: list[Run] = []
    at = 0
    for mark in _MARK.finditer(text):
        found += [Run(text=text[at : mark.start()]), _marked(mark)]
        at = mark.end()
    return tuple(run for run in (*found, Run(text=text[at:])) if run.text)


def linked(found: Iterable[Run]) -> tuple[Run, ...]:
    """Let addresses that stand bare in a text lead where they say; a stop behind one is the sentence's."""
    return tuple(piece for run in found for piece in ((run,) if run.is_marked else _around_addresses(run)))


def _around_addresses(run: Run) -> Iterator[Run]:
    at = 0
    for bare in _BARE.finditer(run.text):
        address = bare[0].rstrip(_BEHIND)
        if at < bare.start():
            yield Run(text=run.text[at : bare.start()])
        yield Run(text=address, url=address)
        at = bare.start() + len(address)
    if at < len(run.text):
        yield Run(text=run.text[at:])


def _marked(mark: re.Match[str]) -> Run:
    if mark["bold"] is not None:
        return Run(text=mark["bold"], bold=True)
    return Run(text=mark["label"], url=mark["url"])


def plain(text: str) -> str:
    """Return the words alone, an address behind its words."""
    return "".join(_with_address(run) for run in runs(text))


def starred(text: str, *, formatted: bool) -> tuple[str, tuple[Range, ...]]:
    """Return a text as WhatsApp shows bold, and the ranges that must not be split."""
    shown, whole = "", []
    for run in runs(text, formatted=formatted):
        said = f"*{run.text}*" if run.bold else _with_address(run)
        if run.is_marked:
            whole.append((len(shown), len(shown) + len(said)))
        shown += said
    return shown, tuple(whole)


def as_html(text: str) -> str:
    """Return HTML in which nothing written can become markup; line ends are bare newlines."""
    return "".join(run_html(run) for run in runs(text))


def run_html(run: Run) -> str:
    said = escape(run.text)
    if run.bold:
        return f"<strong>{said}</strong>"
    return f'<a href="{escape(run.url)}" rel="noreferrer">{said}</a>' if run.url else said


def placed(found: Sequence[Run]) -> tuple[tuple[int, int, Run], ...]:
    """Return the marked runs with where they stand in the whole text, in characters."""
    at, marked = 0, []
    for run in found:
        if run.is_marked:
            marked.append((at, at + len(run.text), run))
        at += len(run.text)
    return tuple(marked)


def _with_address(run: Run) -> str:
    return f"{run.text} ({run.url})" if run.url is not None and run.url != run.text else run.text
