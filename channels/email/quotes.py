"""Finding the words the sender wrote in a mail that drags the whole conversation behind it.

Nothing is lost by a mistake here: the full text is kept beside. So where the signs are unclear more is shown, not
less, and what would leave nothing is not cut at all.
"""

import re

_LONGEST_LINE = 1000  # characters that are looked at

_ATTRIBUTION = re.compile(
    r"[*_\s]*(?:"
    r"Pada\s.{0,400}\b(?:menulis|berkata|mengirim)"
    r"|On\s.{0,400}\bwrote"
    r"|.{0,200}<[^<>\s]+@[^<>\s]+>.{0,60}\b(?:menulis|wrote)"
    r")\s*:[*_\s]*",
    re.IGNORECASE | re.DOTALL,
)
_STARTS = ("pada ", "on ", "*on ", "*pada ")
_SIGN = re.compile(r"\s*(?:[>\-_=*]|on\s|pada\s)|[^:<]*[:<]", re.IGNORECASE)  # no sign without one of these
_SEPARATOR = re.compile(
    r"\s*[-_*]{2,}\s*(?:original message|pesan asli|original appointment|pesan sebelumnya)\s*[-_*]{2,}\s*",
    re.IGNORECASE,
)
_FORWARD = re.compile(
    r"\s*(?:[-_*]{2,}\s*(?:forwarded (?:message|by.{0,100})|pesan (?:terusan|yang diteruskan|diteruskan)|diteruskan.{0,100})\s*[-_*]{2,}"
    r"|begin forwarded message:|mulai pesan yang diteruskan:|mulai pesan terusan:)\s*",
    re.IGNORECASE,
)
_FORWARD_SUBJECT = re.compile(r"\s*(?:fwd?|tr|terusan|diteruskan)\s*:", re.IGNORECASE)
_FROM = re.compile(r"\s*[*_]*(?:from|dari)[*_]*\s?:[*_]*\s*\S", re.IGNORECASE)
_MORE = re.compile(
    r"\s*[*_]*(?:sent|date|to|cc|subject|dikirim|terkirim|tanggal|kepada|ke|tembusan|subjek|perihal|hal)[*_]*\s?:",
    re.IGNORECASE,
)
_LINE = re.compile(r"\s*[_\-=]{10,}\s*")
_SIGNATURE = re.compile(r"--\s*")


def is_forward(subject: str) -> bool:
    return _FORWARD_SUBJECT.match(subject) is not None


def own_words(text: str, *, subject: str = "") -> str:
    """Return the text without what it quotes and without the signature; all of it where nothing else would be left."""
    if is_forward(subject):
        return text
    lines = text.split("\n")
    kept = _without_quotes(lines)
    if kept is None:
        return text
    return _without_signature("\n".join(kept)).strip() or text


def _without_quotes(lines: list[str]) -> list[str] | None:
    """Return the lines of the sender; None if the mail forwards something, which is what it wants to say."""
    kept: list[str] = []
    at = 0
    while at < len(lines):
        line = lines[at][:_LONGEST_LINE]
        if not _SIGN.match(line):
            kept.append(lines[at])
            at += 1
            continue
        if _FORWARD.fullmatch(line):
            return None
        if _SEPARATOR.fullmatch(line) or _header_block(lines, at):
            return kept
        attribution = _attribution(lines, at)
        if attribution and not _quoted_next(lines, at + attribution):
            return kept
        quoted = _quoted(lines, at + attribution) if attribution or line.lstrip().startswith(">") else 0
        if attribution or quoted > 1:
            at += attribution + quoted
        else:
            kept.append(lines[at])
            at += 1
    return kept


def _attribution(lines: list[str], at: int) -> int:
    """Return how many lines the "... wrote:" takes, 0 if there is none; mailers wrap it."""
    line = lines[at][:_LONGEST_LINE].strip()
    if not line:
        return 0
    wraps = line.lower().startswith(_STARTS) or "<" in line
    for count in range(1, 4 if wraps else 2):
        piece = lines[at + count - 1 : at + count]
        if not piece or not piece[0].strip():
            return 0
        if piece[0].rstrip(" *_\t").endswith(":"):
            joined = " ".join(each[:_LONGEST_LINE] for each in lines[at : at + count])
            return count if _ATTRIBUTION.fullmatch(joined) else 0
    return 0


def _quoted_next(lines: list[str], at: int) -> bool:
    """Whether what follows is marked as quoted, or nothing follows."""
    following = next((index for index in range(at, len(lines)) if lines[index].strip()), None)
    return following is None or lines[following].lstrip().startswith(">")


def _quoted(lines: list[str], at: int) -> int:
    """Return how many lines from here on are quoted, blank lines between them included."""
    end = at
    for index in range(at, len(lines)):
        line = lines[index].lstrip()
        if line.startswith(">"):
            end = index + 1
        elif line:
            break
    return end - at


def _header_block(lines: list[str], at: int) -> bool:
    """Whether Outlook's block of headers starts here, perhaps with the line it draws above."""
    if _LINE.fullmatch(lines[at][:_LONGEST_LINE]):
        at = next((index for index in range(at + 1, min(at + 4, len(lines))) if lines[index].strip()), at)
    if not _FROM.match(lines[at][:_LONGEST_LINE]):
        return False
    return sum(bool(_MORE.match(line[:_LONGEST_LINE])) for line in lines[at + 1 : at + 9]) >= 2


def _without_signature(text: str) -> str:
    lines = text.split("\n")
    for at, line in enumerate(lines):
        if _SIGNATURE.fullmatch(line) and any(each.strip() for each in lines[:at]):
            return "\n".join(lines[:at])
    return text
