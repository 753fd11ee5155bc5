"""Forms of pages: each carries a token that only our own page can know, and a key by which it counts once."""

import hashlib
import hmac
import secrets
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Annotated, Any

from fastapi import Depends, Request
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException

from console.cookies import HostCookie
from console.house import House, TheHouse
from console.ids import number_in, numbers_in
from console.once import Command, done_once, key_of
from console.visitors import MaybeVisitor
from tickets.actor import Actor
from tickets.inbound import PAGES
from tickets.ledger.tx import Tx
from tickets.message import File

SEE_OTHER = 303  # after a form, the browser goes and looks
VISIT = HostCookie("tanggap_visit")  # what a form is tied to before somebody is logged in
MOST_FIELDS = 2500  # the staff of a large desk are edited on one page
LONGEST_FIELD = 256 * 1024  # bytes
MOST_FILES = 5
LONGEST_FILE = 10 * 1024 * 1024  # bytes


@dataclass(frozen=True, kw_only=True)
class Form:
    """A form that came from our own page."""

    data: FormData
    path: str  # where it was sent

    def text(self, name: str) -> str:
        value = self.data.get(name)
        return value.replace("\x00", "").replace("\r\n", "\n") if isinstance(value, str) else ""

    def line(self, name: str, *, longest: int = 300) -> str:
        return " ".join(self.text(name).split())[:longest]

    def several(self, name: str) -> list[str]:
        """Return what stands in fields of the same name, such as boxes that are ticked."""
        return [value for value in self.data.getlist(name) if isinstance(value, str)]

    def number(self, name: str) -> int | None:
        """Return the number that stands in a field; None if none does."""
        return number_in(self.line(name))

    def numbers(self, name: str) -> list[int]:
        """Return the numbers that stand in fields of the same name."""
        return numbers_in(self.data.getlist(name))

    def moment(self, name: str, zone: tzinfo) -> datetime | None:
        """Return the instant that a field for day and time says, in the desk's own time; None if it says none."""
        try:
            return datetime.fromisoformat(self.line(name)).replace(tzinfo=zone).astimezone(UTC)
        except (ValueError, OverflowError):
            return None

    @property
    def once(self) -> str:
        """What is repeated when the form is sent twice."""
        return self.line("once", longest=100)

    def command(self, by: Actor, body: Mapping[str, Any] | None = None, *, of: int | None = None) -> Command:
        """Return it as a command that passes once: what was typed, where nothing else is said to be its body.

        `of` is the ticket, where one form asks the same of several.
        """
        typed = {
            name: value for name, value in self.data.items() if isinstance(value, str) and name != "token"
        }
        key = self.once if of is None or not self.once else f"{self.once} {of}"
        return Command(
            account=PAGES,
            event_id=key_of(by, key),
            by=by,
            path=self.path,
            body=typed if body is None else body,
        )

    async def files(self, name: str) -> list[File]:
        """Return the files that were chosen. Raises HTTPException(413) for one that is too large."""
        found = []
        for upload in self.data.getlist(name)[:MOST_FILES]:
            if not isinstance(upload, UploadFile) or not upload.filename:
                continue
            content = await upload.read(LONGEST_FILE + 1)
            if len(content) > LONGEST_FILE:
                raise HTTPException(413, f"{upload.filename} is larger than {LONGEST_FILE} bytes")
            media_type = upload.content_type or "application/octet-stream"
            found.append(File(name=upload.filename, type=media_type, content=content, size=len(content)))
        return found


async def does_once(
    house: House, form: Form, by: Actor, act: Callable[[Tx, datetime], object], *,
    body: Mapping[str, Any] | None = None,
) -> None:  # fmt: skip
    """Do what a form asks for, once however often it is sent; `body` as `Form.command` has it. Raises ActError."""
    at = house.clock()

    def job(tx: Tx) -> None:
        act(tx, at)

    await done_once(house.ledger, form.command(by, body), job, at=at)


def token_for(house: House, tied_to: str) -> str:
    """Return the token of the forms of one session or visit."""
    return hmac.new(house.secret_key.encode(), b"form:" + tied_to.encode(), hashlib.sha256).hexdigest()


def new_once_key() -> str:
    return secrets.token_urlsafe(12)


async def _form(request: Request, house: TheHouse, visitor: MaybeVisitor) -> AsyncIterator[Form]:
    limits = {"max_files": MOST_FILES, "max_fields": MOST_FIELDS, "max_part_size": LONGEST_FIELD}
    async with request.form(**limits) as data:
        tied_to = visitor.session if visitor is not None else VISIT.read(request, house)
        given = data.get("token")
        expected = token_for(house, tied_to)
        if (
            not tied_to
            or not isinstance(given, str)
            or not hmac.compare_digest(given.encode(), expected.encode())
        ):
            raise HTTPException(403, "the form is not from this page, or the session is over")
        yield Form(data=data, path=request.url.path)


OurForm = Annotated[Form, Depends(_form)]
