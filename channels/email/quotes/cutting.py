"""Going through a mail line by line, and leaving out what was there before."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from channels.email.quotes.attributions import attribution_at
from channels.email.quotes.endings import without_ends
from channels.email.quotes.header_blocks import header_block_at
from channels.email.quotes.marks import (
    is_device,
    is_forward,
    is_forward_mark,
    is_quoted,
    is_reply_above,
    is_separator,
    looked_at,
)

_LONG = 58  # characters from which on a quoted line may have been wrapped in the middle of the quote
_MOST_WRAPPED = 2
_MOST_LINES = 15_000  # that are looked at; nobody writes more above a quote


@dataclass(kw_only=True)
class _Piece:
    """Some lines one below the other that are all the sender's, or all somebody else's."""

    lines: list[str] = field(default_factory=list)
    quoted: bool = False
    named: bool = False  # it is said, here or above, who wrote what is quoted

    @property
    def has_words(self) -> bool:
        return any(line.strip(" >\t") for line in self.lines)


class _ForwardError(Exception):
    """The mail forwards something, which is what it wants to say."""


def own_words(text: str, *, subject: str = "") -> str:
    """Return the text without what it quotes and without the signature; all of it where nothing else would be left.

    Answers between the lines of a quote are kept with what they answer.
    """
    if is_forward(subject):
        return text
    lines = text.replace("\r\n", "\n").split("\n")
    try:
        pieces = _pieces(lines)
    except _ForwardError:
        return text
    kept = "\n".join(_kept(pieces)).strip()
    return text if not kept and not _is_all_quote(pieces) else kept


def _pieces(lines: Sequence[str]) -> list[_Piece]:
    """Take the mail apart, down to where only older mails follow."""
    seen = [looked_at(line) for line in lines]
    last_mixed = _last_quote_above_words(seen)
    pieces = [_Piece()]
    at, named, said = 0, False, False  # whose the quotes are; whether the sender said anything above
    while at < len(lines):
        line = seen[at]
        if not line.strip():
            pieces[-1].lines.append(lines[at])
            at += 1
            continue
        if at >= _MOST_LINES and not is_quoted(line):
            _add(pieces, lines[at:], quoted=False, named=named)
            break
        if is_forward_mark(line):
            raise _ForwardError
        if (attribution := attribution_at(seen, at)) is not None:
            end, named = at + attribution.lines, True
            if attribution.before:
                pieces[-1].lines.append(attribution.before)
            if said and not _is_marked(seen, end):
                return pieces
            if is_quoted(line) and pieces[-1].quoted:
                pieces[-1].named = True
            end = _after_quote(seen, end)
            quoted = is_quoted(line) or not _is_indented(seen[end:])  # Outlook passes on like that on a Mac
            pieces.append(_Piece(lines=list(lines[at:end]), quoted=quoted, named=True))
        elif is_quoted(line):
            end = _after_quote(seen, at)
            if said and is_reply_above(line) and not _is_marked(seen, end):
                return pieces
            named = named or is_separator(line) or is_reply_above(line) or header_block_at(seen, at) > 0
            _add(pieces, lines[at:end], quoted=True, named=named)
        elif is_separator(line) or is_reply_above(line):
            return pieces
        elif end := header_block_at(seen, at):
            marked = _is_marked(seen, end)
            if said and not marked:
                return pieces
            named = marked
            _add(pieces, lines[at:end], quoted=marked, named=named)
        else:
            end = at + 1
            _add(pieces, lines[at:end], quoted=False, named=named)
            if said and last_mixed <= at and is_device(line):
                return pieces
            said = True
        at = end
    return pieces


def _add(pieces: list[_Piece], lines: Sequence[str], *, quoted: bool, named: bool) -> None:
    if pieces[-1].quoted == quoted:
        pieces[-1].lines.extend(lines)
    else:
        pieces.append(_Piece(lines=list(lines), quoted=quoted, named=named))


def _is_all_quote(pieces: Sequence[_Piece]) -> bool:
    """Whether the mail is a marked quote below a line that says who wrote it, and nothing besides.

    What stands below headers may as well be passed on without a word.
    """
    with_words = [piece for piece in pieces if piece.has_words]
    if not with_words or not all(piece.quoted and piece.named for piece in with_words):
        return False
    return attribution_at([looked_at(line) for line in with_words[0].lines], 0) is not None


def _kept(pieces: Sequence[_Piece]) -> list[str]:
    """Leave out quotes, except those within the sender's words: what these quote themselves, and what they answer."""
    trimmed = [
        piece
        if piece.quoted
        else _Piece(lines=without_ends(piece.lines, last=0 < at == len(pieces) - 1), named=piece.named)
        for at, piece in enumerate(pieces)
    ]
    words = [at for at, piece in enumerate(trimmed) if not piece.quoted and piece.has_words]
    answers = [at for at in words if trimmed[at].named]
    last_answered = answers[-1] if len(answers) > 1 else 0
    last_own = (
        len(trimmed) if any(piece.quoted and piece.named for piece in trimmed) else max(words, default=0)
    )
    kept: list[str] = []
    for at, piece in enumerate(trimmed):
        own = not piece.named and (at < last_own or _is_a_remark(piece))
        answered = at < last_answered and any(map(is_quoted, piece.lines))
        if piece.has_words and (not piece.quoted or answered or own):
            kept.extend(piece.lines)
        elif kept and kept[-1].strip():
            kept.append("")
    return kept


def _is_a_remark(piece: _Piece) -> bool:
    """Whether one line alone that looks quoted may be the sender's own: "> 100 MB"."""
    return sum(bool(line.strip()) for line in piece.lines) == 1


def _is_marked(lines: Sequence[str], at: int) -> bool:
    """Whether what follows is marked as quoted, line by line."""
    following = next((index for index in range(at, len(lines)) if lines[index].strip()), None)
    return following is not None and is_quoted(lines[following])


def _is_indented(lines: Sequence[str]) -> bool:
    """Whether all that follows is marked by an indent alone."""
    return any(map(str.strip, lines)) and all(line.startswith(("  ", "\t")) for line in lines if line.strip())


def _after_quote(lines: Sequence[str], at: int) -> int:
    """Return where a marked quote ends; lines that were wrapped without a mark belong to it."""
    end = at
    while end < len(lines) and is_quoted(lines[end]):
        end += 1
        end += _wrapped(lines, end)
    return end


def _wrapped(lines: Sequence[str], at: int) -> int:
    """Return how many unmarked lines from here on are the rest of a quoted line before them."""
    for count in range(1, _MOST_WRAPPED + 1):
        piece = lines[at : at + count + 1]
        if len(piece) <= count or not all(line.strip() for line in piece[:-1]):
            return 0
        if is_quoted(piece[-1]):
            long = len(lines[at - 1]) >= _LONG or piece[0].rstrip().endswith((">", ")"))
            return count if long else 0
    return 0


def _last_quote_above_words(lines: Sequence[str]) -> int:
    """Return where the last marked quote stands below which the sender may go on."""
    below = False
    for at in range(len(lines) - 1, -1, -1):
        if is_quoted(lines[at]):
            if below:
                return at
        elif lines[at].strip():
            below = True
    return -1
