"""What a mail's parts hold: the text somebody reads, the HTML as it came, and the files."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from email.message import Message
from functools import cached_property, partial
from html import escape

from channels.email import smime, tnef
from channels.email.charsets import codec_name, decoded, label_within
from channels.email.files import MESSAGES, bytes_of, disposition, file_of, file_written_in_text, name_of
from channels.email.headers import text_of
from channels.email.html_text import html_of_enriched, html_to_text
from channels.email.invitations import invitation_in_words
from channels.email.multiparts import children, parsed
from channels.email.transfer import unflowed, uuencoded_in
from tickets.message import File

LONGEST_TEXT = 1_000_000  # characters; what is longer is kept whole as a file
MOST_FILES = 100
_DEEPEST = 150

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_NO_LETTERS = re.compile(r"https?://\S+|\W+")
_BODIES = frozenset({"text/plain", "text/html"})
_ENRICHED = frozenset({"text/enriched", "text/richtext"})  # RFC 1896


@dataclass(frozen=True, kw_only=True)
class Body:
    text: str = ""
    html: str | None = None
    files: tuple[File, ...] = ()


@dataclass(frozen=True, kw_only=True)
class _Words:
    """The words of a part and all below it, in the forms they came in."""

    plain: str | None = None
    html: str | None = None

    @cached_property
    def text(self) -> str:
        if self.plain and self.plain.strip():
            return self.plain
        return html_to_text(self.html) if self.html else ""


@dataclass(kw_only=True)
class _Reading:
    files: list[File] = field(default_factory=list)
    is_within_signature: bool = False
    otherwise: list[Callable[[], str]] = field(
        default_factory=list
    )  # words of files, if the mail has none of its own

    def words(self, part: Message, depth: int = 0, *, leads: bool = True) -> _Words:
        """Take in a part and all below it. `leads` says that it stands first, or for the same words as what does."""
        kind = part.get_content_type()
        if kind in MESSAGES or (kind in _BODIES and _is_file(part, leads=leads)):
            if kind in MESSAGES and children(part) and depth < _DEEPEST:
                self.otherwise.append(partial(_message_in_words, part, depth))
            self._add(part)
            return _Words()
        wrapped = self._unwrapped(part, kind, depth)
        if wrapped is not None:
            return wrapped
        below = children(part) if depth < _DEEPEST and not kind.startswith("message/") else []
        if below:
            are_forms = kind == "multipart/alternative"
            words = [
                self.words(child, depth + 1, leads=are_forms or not at) for at, child in enumerate(below)
            ]
            return _chosen(words) if are_forms else _joined(words)
        if kind.startswith("multipart/"):  # nothing says where its parts are
            return _Words(plain=_text(part))
        if kind == "text/plain":
            text, files = uuencoded_in(_text(part))
            self.files.extend(file_written_in_text(each) for each in files[:MOST_FILES])
            return _Words(plain=_unflowed(part, text))
        if kind == "text/html":
            return _Words(html=_text(part))
        if kind in _ENRICHED:
            self.otherwise.append(lambda: html_to_text(html_of_enriched(_text(part))))
        elif kind == "text/calendar":
            self.otherwise.append(lambda: invitation_in_words(bytes_of(part)))
        elif kind == "message/delivery-status":
            self.otherwise.append(lambda: decoded(bytes_of(part)))
        self._add(part)
        return _Words()

    def _unwrapped(self, part: Message, kind: str, depth: int) -> _Words | None:
        """Take in what a part only wraps: a signed mail (S/MIME), Outlook's winmail.dat; None for any other part."""
        name = (name_of(part) or "").lower()
        if kind in smime.TYPES or name.endswith(".p7m"):
            signed = smime.signed_content(bytes_of(part)) if depth < _DEEPEST else None
            if signed is not None:
                return self._signed(part, parsed(signed), depth)
        elif kind in tnef.TYPES or name == tnef.NAME:
            opened = tnef.opened(bytes_of(part))
            if opened is not None:
                self.otherwise.append(lambda: opened.text)
                self.files.extend(opened.files[: MOST_FILES - len(self.files)])
                return _Words() if opened.files or opened.text.strip() else None
        return None

    def _signed(self, part: Message, inner: Message, depth: int) -> _Words:
        is_outermost, self.is_within_signature = not self.is_within_signature, True
        words = self.words(inner, depth + 1)
        if is_outermost:  # the others are within it
            self._add(part, kind=smime.SIGNATURE_TYPE)
            self.is_within_signature = False
        return words

    def shown(self, words: _Words) -> str:
        """Return the text; where nobody wrote one, what the files say that can be read."""
        if words.text.strip():
            return words.text
        return "\n\n".join(said for each in self.otherwise[:MOST_FILES] if (said := each()))

    def _add(self, part: Message, *, kind: str | None = None) -> None:
        if len(self.files) < MOST_FILES:
            self.files.append(file_of(part, kind or part.get_content_type(), len(self.files) + 1))


def body_of(message: Message) -> Body:
    reading = _Reading()
    words = reading.words(message)
    shown = reading.shown(words)
    text = "\n".join(line.rstrip() for line in shown.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    if len(text) > LONGEST_TEXT:
        whole = text.encode()
        reading.files.append(File(name="pesan.txt", type="text/plain", size=len(whole), content=whole))
        text = f"{text[:LONGEST_TEXT]}\n[…]"
    return Body(text=text.strip("\n"), html=words.html, files=tuple(reading.files))


def _message_in_words(part: Message, depth: int) -> str:
    """Return who wrote what in a message that a mail only passes on."""
    inner = next(iter(children(part)), None)
    if inner is None:
        return ""
    raw = {name.lower(): str(value) for name, value in reversed([*inner.raw_items()])}
    head = [
        f"{name}: {text_of(raw[name.lower()][:1000])}" for name in ("From", "Subject") if name.lower() in raw
    ]
    reading = _Reading()
    return "\n\n".join(filter(None, ("\n".join(head), reading.shown(reading.words(inner, depth + 1)))))


def _chosen(forms: list[_Words]) -> _Words:
    """Of several forms of the same words take each kind once; the last HTML is the richest.

    Plain texts that differ are no forms of the same words, whatever the mail program said; what stands beside HTML
    within one form is told by the form that is plain alone.
    """
    written = [each for each in forms if each.plain and each.plain.strip()]
    alone = [each for each in written if not each.html] or written
    plain = {" ".join((each.plain or "").split()): each.plain or "" for each in reversed(alone)}
    html = next((each.html for each in reversed(forms) if each.html), None)
    return _Words(plain="\n\n".join(reversed(plain.values())) or None, html=html)


def _joined(children: list[_Words]) -> _Words:
    """Put parts one below the other. A part that came in one form only stands in the other as well."""
    parts: list[_Words] = []
    for each in children:
        if not (each.plain and each.plain.strip()) and not each.html:
            continue
        if parts and _is_form_of(parts[-1], each):
            parts[-1] = _Words(plain=parts[-1].plain, html=each.html)
        else:
            parts.append(each)
    if len(parts) <= 1:
        return parts[0] if parts else _Words()
    plain = "\n\n".join(each.text for each in parts) if any(each.plain for each in parts) else None
    if not any(each.html for each in parts):
        return _Words(plain=plain)
    html = "\n".join(each.html or f"<pre>{escape(each.plain or '')}</pre>" for each in parts)
    return _Words(plain=plain, html=html)


def _is_form_of(before: _Words, part: _Words) -> bool:
    """Whether HTML says again what the plain text above it said, though nothing calls them forms of one text."""
    if before.html or part.plain or not part.html:
        return False
    return _NO_LETTERS.sub("", before.text) == _NO_LETTERS.sub("", part.text)


def _is_file(part: Message, *, leads: bool) -> bool:
    """Whether a text is a file beside the words. What leads is the words, though it has a name (as RFC 8621 reads it)."""
    return disposition(part) == "attachment" or (not leads and name_of(part) is not None)


def _text(part: Message) -> str:
    try:
        declared = part.get_param("charset")
    except (ValueError, LookupError, TypeError):
        declared = None
    label = declared[2] if isinstance(declared, tuple) else declared
    content = bytes_of(part)
    if part.get_content_type() == "text/html" and codec_name(label) in {None, "ascii"}:
        label = label_within(content) or label
    return decoded(content, label)


def _unflowed(part: Message, text: str) -> str:
    if _parameter(part, "format").lower() != "flowed":
        return text
    return unflowed(text, delsp=_parameter(part, "delsp").lower() == "yes")


def _parameter(part: Message, name: str) -> str:
    try:
        value = part.get_param(name)
    except (ValueError, LookupError, TypeError):
        return ""
    return value if isinstance(value, str) else ""
