"""What a visitor sends with the form, read within its bounds."""

import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.types import Message

from channels.webchat.programs import is_program
from channels.webchat.settings import ChatLine, WebChatSettings
from channels.webchat.visitor import OnceKey, Visitors
from tickets.message import Channel, Delivery, File, Person, Place, Said, Told, Vouched

# One mailbox as people write theirs, and nothing that a mail server could take for more.
_MAILBOX = re.compile(
    r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+"
)


class RefusedForm(Exception):  # noqa: N818  refused by us, and the visitor is told why
    """The form cannot be taken as it is; the phrase says why, and what was written is kept."""

    def __init__(self, phrase: str, *, status: int, text: str = "", wait: int | None = None) -> None:
        super().__init__(phrase)
        self.phrase = phrase
        self.status = status
        self.text = text
        self.wait = wait  # seconds after which it may be tried again


@dataclass(frozen=True, kw_only=True)
class Submission:
    once: OnceKey
    text: str
    button: str | None
    files: tuple[File, ...]
    name: str | None = None  # as visitors call themselves
    mailbox: str | None = None  # where answers may go when they have left


async def read(request: Request, settings: WebChatSettings, visitors: Visitors) -> Submission:
    """Read the form. Raises RefusedForm."""
    limited = Request(request.scope, _bounded(request, settings.max_body_bytes))
    try:
        async with limited.form(
            max_files=settings.most_files, max_fields=10, max_part_size=128 * 1024
        ) as data:
            return await _submission(data, settings, visitors)
    except (MultiPartException, HTTPException) as error:
        if isinstance(error, HTTPException) and error.status_code == 503:
            raise RefusedForm("busy", status=503) from error
        raise RefusedForm("too_large", status=413) from error


async def read_field(request: Request, name: str) -> str:
    """Read the one field of a small form. Raises RefusedForm."""
    limited = Request(request.scope, _bounded(request, 16 * 1024))
    async with limited.form(max_files=0, max_fields=10) as data:
        return _text(data, name)


async def read_once(request: Request, visitors: Visitors) -> OnceKey:
    """Read the key of a form that has nothing else. Raises RefusedForm."""
    once = visitors.read_form_key(await read_field(request, "once"))
    if once is None:
        raise RefusedForm("stale", status=403)
    return once


async def _submission(data: FormData, settings: WebChatSettings, visitors: Visitors) -> Submission:
    text = _text(data, "text").replace("\x00", "").replace("\r\n", "\n").strip()
    once = visitors.read_form_key(_text(data, "once"))
    if once is None:
        raise RefusedForm("stale", status=403, text=text)
    if len(text) > settings.longest_text:
        raise RefusedForm("too_long", status=422, text=text[: settings.longest_text])
    files = [await _file(upload, settings, text) for upload in data.getlist("files") if _is_file(upload)]
    button = _text(data, "button")[:64] or None
    if not text and not files and button is None:
        raise RefusedForm("nothing", status=422)
    name, mailbox = _one_line(_text(data, "name"))[:100], _text(data, "email").strip().lower()
    if mailbox and not (len(mailbox) <= 254 and _MAILBOX.fullmatch(mailbox)):
        raise RefusedForm("not_a_mailbox", status=422, text=text)
    return Submission(
        once=once, text=text, button=button, files=tuple(files), name=name or None, mailbox=mailbox or None
    )


def said_of(
    submission: Submission, settings: WebChatSettings, language: str, shown: Iterable[ChatLine],
    *, vouched: Vouched | None = None,
) -> Said:  # fmt: skip
    """Return the submission as one incoming message; a pressed button says what stood on it."""
    once = submission.once
    labels = {button.data: button.label for line in shown for row in line.buttons for button in row}
    button = submission.button if submission.button in labels else None
    text = submission.text or (labels[button] if button is not None else "")
    name, mailbox = (vouched.name, vouched.email) if vouched else (submission.name, submission.mailbox)
    raw = {
        "visitor": once.visitor,
        "key": once.key,
        "language": language,
        "text": text,
        "button": button,
        "files": [{"name": file.name, "type": file.type, "size": file.size} for file in submission.files],
        "vouched": asdict(vouched) if vouched else None,
        "name": name,
        "mailbox": mailbox,
    }
    return Said(
        event_id=f"{once.visitor}:{once.key}",
        external_id=f"webchat:{once.visitor}:{once.key}",
        place=Place(account=settings.account, channel=Channel.WEBCHAT, address=once.visitor),
        sender=Person(address=once.visitor, name=name),
        participants=(mailbox,) if mailbox else (),
        text=text,
        files=submission.files,
        button=button,
        language=language,
        raw=json.dumps(raw, ensure_ascii=False).encode(),
        vouched=vouched,
    )


def read_of(line: ChatLine, settings: WebChatSettings) -> Told:
    """Return that the visitor has read an answer."""
    raw = json.dumps({"read": line.unread}).encode()
    return Told(
        event_id=f"read:{line.unread}", account=settings.account, external_id=line.unread, state=Delivery.READ, raw=raw
    )  # fmt: skip


def said_again(raw: bytes, account: str) -> Said | Told:
    """Read a kept submission once more; its files are named in the text, their bytes were not kept with it."""
    kept = json.loads(raw)
    if "read" in kept:
        read = kept["read"]
        return Told(event_id=f"read:{read}", account=account, external_id=read, state=Delivery.READ, raw=raw)
    names = [file["name"] for file in kept["files"]]
    visitor, key = str(kept["visitor"]), str(kept["key"])
    vouched = Vouched(**kept["vouched"]) if kept.get("vouched") else None
    return Said(
        event_id=f"{visitor}:{key}",
        external_id=f"webchat:{visitor}:{key}",
        place=Place(account=account, channel=Channel.WEBCHAT, address=visitor),
        sender=Person(address=visitor, name=kept.get("name")),
        participants=(kept["mailbox"],) if kept.get("mailbox") else (),
        text="\n".join([kept["text"], *names]).strip(),
        button=kept["button"],
        language=kept["language"],
        raw=raw,
        vouched=vouched,
    )


def _text(data: FormData, name: str) -> str:
    value = data.get(name)
    return value if isinstance(value, str) else ""


def _one_line(text: str) -> str:
    """Return what can be read of a name: nothing in it may hide, or turn the direction of what stands beside it."""
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())


def _is_file(upload: object) -> bool:
    return isinstance(upload, UploadFile) and bool(upload.filename)


async def _file(upload: UploadFile | str, settings: WebChatSettings, text: str) -> File:
    assert isinstance(upload, UploadFile)
    content = await upload.read(settings.max_file_bytes + 1)
    if len(content) > settings.max_file_bytes:
        raise RefusedForm("too_large", status=413, text=text)
    name = upload.filename or "file"
    if is_program(name, content):
        raise RefusedForm("program", status=415, text=text)
    media_type = (upload.content_type or "application/octet-stream").lower()
    return File(name=name, type=media_type, size=len(content), content=content)


def _bounded(request: Request, most: int) -> "_Receive":
    return _Receive(request, most)


class _Receive:
    """Hands over the body's parts until there are more of them than the form may have."""

    def __init__(self, request: Request, most: int) -> None:
        self._request = request
        self._left = most

    async def __call__(self) -> Message:
        message = await self._request.receive()
        self._left -= len(message.get("body", b""))
        if self._left < 0:
            raise RefusedForm("too_large", status=413)
        return message
