"""Writing a mail: the MIME bytes that go to the relay, with nothing a person wrote able to become a header.

The headers are laid out here and not by `email`'s new policy, which turns long Message-IDs in References into encoded
words; then no mailer can find the conversation again. The parts are the library's.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from html import escape

from channels.email.charsets import sound
from channels.email.message_ids import plus_address_of
from channels.email.rendering import as_html, is_named
from channels.email.settings import MailboxSettings
from channels.marks import plain
from tickets.message import File, Outgoing, Quoted

_POLICY = SMTP.clone(cte_type="7bit")  # a relay need not take 8-bit mail
_BREAKS = re.compile("[\x00-\x1f\x7f\x85\u2028\u2029]+")
_ID = re.compile(r"<[^<>\s]{1,900}>", re.ASCII)
_TYPE = re.compile(r"([a-z0-9][a-z0-9!#$&^_.+-]{0,63})/([a-z0-9][a-z0-9!#$&^_.+-]{0,63})", re.ASCII)
_ATOMS = re.compile(r"[A-Za-z0-9 !#$%&'*+/=?^_`{|}~-]+")
_PICTURES = frozenset(
    {"image/png", "image/jpeg", "image/gif", "image/webp"}
)  # shown where the words name them, else below
_LONGEST_NAME = 150


def compose(outgoing: Outgoing, settings: MailboxSettings, *, now: datetime) -> bytes:
    """Return the whole mail with CRLF line ends, in ASCII."""
    headers = list(_headers(outgoing, settings, now=now))
    body = _content(outgoing).as_bytes(policy=_POLICY)
    return "".join(f"{name}: {value}\r\n" for name, value in headers).encode("ascii", "replace") + body


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
    charset = "us-ascii" if text.isascii() and "=?" not in text else "utf-8"
    folded = Header(text, charset, header_name=header.rstrip(": "), maxlinelen=76).encode(linesep="\r\n")
    return str(folded)


def _content(outgoing: Outgoing) -> EmailMessage:
    placed = _placed(outgoing)
    message = EmailMessage(policy=_POLICY)
    message.set_content(_text(outgoing) + _below(outgoing) + "\n")
    message.add_alternative(_html(outgoing, placed), subtype="html")
    *_, html = message.iter_parts()
    assert isinstance(html, EmailMessage)
    for content_id, file in placed.items():
        main, _, sub = file.type.lower().partition("/")
        html.add_related(
            file.content or b"", maintype=main, subtype=sub, cid=f"<{content_id}>", filename=_name(file),
            disposition="inline",
        )  # fmt: skip
    for file in outgoing.files:
        if file not in placed.values():
            _attach(message, file)
    if "MIME-Version" not in message:
        message["MIME-Version"] = "1.0"
    return message


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


def _attach(message: EmailMessage, file: File) -> None:
    kind = _TYPE.fullmatch(file.type.lower())
    # A part that claims to be a mail or a multipart would have to be one.
    safe = kind is not None and kind[1] not in {"multipart", "message"}
    main, sub = (kind[1], kind[2]) if kind is not None and safe else ("application", "octet-stream")
    shown = "inline" if f"{main}/{sub}" in _PICTURES else "attachment"
    message.add_attachment(
        file.content or b"", maintype=main, subtype=sub, filename=_name(file), disposition=shown
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
