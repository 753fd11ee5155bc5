"""Writing a mail: the MIME bytes that go to the relay, with nothing a person wrote able to become a header.

The headers are laid out here and not by `email`'s new policy, which turns long Message-IDs in References into encoded
words; then no mailer can find the conversation again.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from email.header import Header
from email.utils import format_datetime
from html import escape

from channels.email.charsets import sound
from channels.email.message_ids import plus_address_of
from channels.email.mime import file_part, multipart, text_part
from channels.email.rendering import as_html, is_named
from channels.email.settings import MailboxSettings
from channels.marks import plain
from tickets.message import File, Outgoing, Quoted

_BREAKS = re.compile("[\x00-\x1f\x7f\x85\u2028\u2029]+")
_ID = re.compile(r"<[^<>\s]{1,900}>", re.ASCII)
_TYPE = re.compile(r"([a-z0-9][a-z0-9!#$&^_.+-]{0,63})/([a-z0-9][a-z0-9!#$&^_.+-]{0,63})", re.ASCII)
_ATOMS = re.compile(r"[A-Za-z0-9 !#$%&'*+/=?^_`{|}~-]+")
_PICTURES = frozenset(
    {"image/png", "image/jpeg", "image/gif", "image/webp"}
)  # shown where the words name them, else below
_LONGEST_NAME = 150
_LONGEST_LINE = 76
_LONGEST_WORD = 900  # that is written as it is: a line is folded at blanks alone, and no server takes a thousand characters


def compose(outgoing: Outgoing, settings: MailboxSettings, *, now: datetime) -> bytes:
    """Return the whole mail with CRLF line ends, in ASCII."""
    headers = "".join(f"{name}: {value}\r\n" for name, value in _headers(outgoing, settings, now=now))
    return headers.encode("ascii", "replace") + _content(outgoing)


def one_line(text: str) -> str:
    """Return words that can stand in a header."""
    return " ".join(_BREAKS.sub(" ", sound(text)).split())


def _headers(outgoing: Outgoing, settings: MailboxSettings, *, now: datetime) -> Iterator[tuple[str, str]]:
    yield "From", _mailbox(settings.name, settings.address)
    own_id = _own_id(outgoing)
    if settings.plus_addresses:
        yield "Reply-To", _mailbox(settings.name, plus_address_of(own_id, settings.address))
    yield "To", one_line(outgoing.place.address)
    if outgoing.copies:
        yield "Cc", ",\r\n ".join(one_line(each) for each in outgoing.copies)
    yield "Subject", _encoded(one_line(outgoing.subject or settings.name or settings.address), "Subject: ")
    yield "Date", format_datetime(now)
    yield "Message-ID", own_id
    answered = _ids(outgoing.replies_to or "")
    references = _ids(" ".join(outgoing.references)) or []
    if answered:
        yield "In-Reply-To", answered[0]
        references = [each for each in references if each != answered[0]] + answered[:1]
    if references:
        yield "References", "\r\n ".join(references)
    if outgoing.automatic:
        yield "Auto-Submitted", "auto-replied"
        yield "X-Auto-Response-Suppress", "All"  # Exchange knows no Auto-Submitted
    yield "MIME-Version", "1.0"


def _own_id(outgoing: Outgoing) -> str:
    (own,) = _ids(outgoing.message_id or "")  # whoever queues a mail names it
    return own


def _ids(raw: str) -> list[str]:
    return list(dict.fromkeys(_ID.findall(raw)))


def _mailbox(name: str | None, address: str) -> str:
    plain = one_line(name or "")[:_LONGEST_NAME]
    if not plain:
        return f"<{address}>"
    if _ATOMS.fullmatch(plain):
        return f"{plain} <{address}>"
    if plain.isascii():
        quoted = plain.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{quoted}" <{address}>'
    return f"{_encoded(plain, 'From: ')} <{address}>"


def _encoded(text: str, header: str) -> str:
    is_plain = text.isascii() and "=?" not in text and max(map(len, text.split()), default=0) <= _LONGEST_WORD
    if is_plain and len(header) + len(text) <= _LONGEST_LINE:
        return text
    charset = "us-ascii" if is_plain else "utf-8"
    folded = Header(text, charset, header_name=header.rstrip(": "), maxlinelen=_LONGEST_LINE).encode(
        linesep="\r\n"
    )
    return str(folded)


def _content(outgoing: Outgoing) -> bytes:
    placed = _placed(outgoing)
    html = [text_part(_html(outgoing, placed), "html")]
    html += [
        file_part(
            file.content or b"",
            file.type.lower(),
            name=_name(file),
            shown="inline",
            content_id=f"<{content_id}>",
        )
        for content_id, file in placed.items()
    ]
    words = [text_part(_text(outgoing) + _below(outgoing), "plain"), multipart("related", html)]
    attached = [_attached(file) for file in outgoing.files if file not in placed.values()]
    return multipart("mixed", [multipart("alternative", words), *attached])


def _placed(outgoing: Outgoing) -> Mapping[str, File]:
    """Return the pictures whose place the words name, by their Content-IDs: the same ones on every try."""
    if outgoing.html:
        return {}
    own_id = _own_id(outgoing)[1:-1]
    text = _text(outgoing)
    return {
        f"{number}.{own_id}": file
        for number, file in enumerate(outgoing.files, 1)
        if file.type.lower() in _PICTURES and is_named(_name(file), text)
    }


def _attached(file: File) -> bytes:
    kind = _TYPE.fullmatch(file.type.lower())
    # A part that claims to be a mail or a multipart would have to be one.
    safe = kind is not None and kind[1] not in {"multipart", "message"}
    shown_as = kind[0] if kind is not None and safe else "application/octet-stream"
    return file_part(
        file.content or b"",
        shown_as,
        name=_name(file),
        shown="inline" if shown_as in _PICTURES else "attachment",
    )


def _name(file: File) -> str:
    return one_line(file.name)[:_LONGEST_NAME] or "lampiran"


def _text(outgoing: Outgoing) -> str:
    choice = _choice(outgoing)
    text = _lines(outgoing.text).rstrip("\n")
    if outgoing.formatted:
        text = plain(text)
    return f"{text}\n\n{choice}" if choice else text


def _html(outgoing: Outgoing, placed: Mapping[str, File]) -> str:
    if outgoing.html:
        return sound(outgoing.html) + _choice_html(outgoing)
    quoted = outgoing.quoted
    if quoted is not None:
        quoted = Quoted(attribution=one_line(quoted.attribution), text=_lines(quoted.text))
    pictures = {_name(file): content_id for content_id, file in placed.items()}
    choice = _choice(outgoing)
    text = _lines(outgoing.text).rstrip("\n")
    text = f"{text}\n\n{choice}" if choice else text
    return as_html(text, quoted, pictures=pictures, formatted=outgoing.formatted)


def _below(outgoing: Outgoing) -> str:
    """The message that is answered, as text quotes it."""
    quoted = outgoing.quoted
    if quoted is None:
        return ""
    lines = (f"> {line}".rstrip() for line in _lines(quoted.text).split("\n"))
    return "\n".join(["", "", one_line(quoted.attribution), *lines])


def _lines(text: str) -> str:
    return sound(text).replace("\r\n", "\n").replace("\r", "\n")


def _choice(outgoing: Outgoing) -> str:
    """Buttons as words."""
    if outgoing.in_words is not None:
        return _lines(outgoing.in_words).strip("\n")
    labels = [one_line(button.label) for row in outgoing.buttons for button in row]
    return f"Balas email ini dengan / Reply to this email with: {' / '.join(labels)}" if labels else ""


def _choice_html(outgoing: Outgoing) -> str:
    choice = _choice(outgoing)
    return f"<p>{escape(choice)}</p>" if choice else ""
