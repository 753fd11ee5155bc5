"""Files, kept once by what they contain. A file is durable before the row that names it is committed."""

import errno
import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from later import Later
from tickets.ledger.depot.contract import Depot
from tickets.ledger.examining import Examiner, Objection, objection_to
from tickets.message import File

if TYPE_CHECKING:
    import puremagic
else:
    puremagic = Later("puremagic")

_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]+')
_RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$", re.IGNORECASE)
NAME_LENGTH = 150
# What begins alike whether it holds sound alone or pictures too: of these the sender knows best.
_CONTAINERS = frozenset(
    {
        "application/ogg",
        "application/mp4",
        "audio/mp4",
        "audio/ogg",
        "video/3gpp",
        "video/mp4",
        "video/ogg",
        "video/webm",
    }
)
_SNIFF = 8192
# How most files begin that come in. Where one is what its sender says it is, the library need not try all it knows.
_BEGINS = {
    "image/png": b"\x89PNG\r\n\x1a\n",
    "image/jpeg": b"\xff\xd8\xff",
    "application/pdf": b"%PDF-",
}
_KEY = re.compile(r"[0-9a-f]{2}/[0-9a-f]{62}")


class FileTooLargeError(Exception):
    """The file is over the size that the ledger takes."""


@dataclass(frozen=True, kw_only=True)
class Stored:
    """A file as the ledger keeps it, or as it waits to be fetched."""

    name: str  # neutralised
    type: str  # sniffed where there is content, else as declared
    size: int | None
    sha256: str | None
    state: str  # stored, pending, refused; withheld: examined, and never handed out
    fetch: str | None = None
    source: str | None = None  # the account that has it, where that is not the message's own
    inline_id: str | None = None
    error: str | None = None


def to_data(files: Iterable[Stored]) -> list[dict[str, Any]]:
    """Return files as a row keeps them that has some of its own."""
    return [{name: value for name, value in asdict(file).items() if value is not None} for file in files]


def from_data(data: Iterable[Mapping[str, Any]] | None) -> tuple[Stored, ...]:
    return tuple(Stored(**{"size": None, "sha256": None, **each}) for each in data or ())


class BlobStore:
    """Content-addressed files, `ab/cdef…` by SHA-256, wherever their bytes lie."""

    def __init__(
        self, depot: Depot, *, workshop: Path, max_bytes: int, examiner: Examiner | None = None
    ) -> None:
        """`workshop` is a folder of this machine for files in the making; without an `examiner` nothing is looked into."""
        self._depot = depot
        self._examiner = examiner
        self._workshop = workshop
        self.max_bytes = max_bytes

    def put(self, content: bytes) -> str:
        """Keep the bytes and return their SHA-256. Raises FileTooLargeError. Safe to repeat, safe in parallel."""
        if len(content) > self.max_bytes:
            raise FileTooLargeError(f"{len(content)} bytes are more than the {self.max_bytes} that are taken")
        return self.put_unbounded(content)

    def put_unbounded(self, content: bytes) -> str:
        """Keep bytes whose size somebody else has bounded already."""
        digest = hashlib.sha256(content).hexdigest()
        self._depot.put(key_of(digest), content)
        return digest

    def drop(self, sha256: str, *, unless_since: datetime) -> bool:
        """Delete a file that nothing names any more; False for one that is gone, or was put again since then."""
        return self._depot.drop(key_of(sha256), unless_since=unless_since)

    def get(self, sha256: str) -> bytes:
        """Return all of a file. Raises FileNotFoundError, and OSError for bytes that are not what was put."""
        content = b"".join(self.pieces(sha256))
        if hashlib.sha256(content).hexdigest() != sha256:
            raise OSError(errno.EIO, "a file is not what it was when it was kept")
        return content

    def size(self, sha256: str) -> int | None:
        """Return the bytes of a file; None for one that is not there."""
        return self._depot.size(key_of(sha256))

    def pieces(self, sha256: str, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """Yield a file, or what lies between two places of it, piece by piece. Raises FileNotFoundError."""
        return self._depot.pieces(key_of(sha256), start, end)

    def listed(self) -> Iterator[str]:
        """Yield every file there is, by its SHA-256."""
        for key in self._depot.keys():  # noqa: SIM118  it is no mapping
            if _KEY.fullmatch(key):
                yield key.replace("/", "")

    def workshop(self, name: str) -> Path:
        """Return a folder of this machine for files in the making."""
        return self._workshop / name

    @property
    def made(self) -> Depot:
        """Where files lie that are not kept by what they contain, and not for good."""
        return self._depot

    def keep(self, file: File) -> Stored:
        """Keep a file of a message: its bytes if it came with them, else the note to fetch it."""
        name = safe_name(file.name)
        if file.content is None:
            return Stored(
                name=name, type=file.type, size=file.size, sha256=None, state="pending", fetch=file.fetch,
                inline_id=file.inline_id,
            )  # fmt: skip
        try:
            return self.take(file.content, name=name, declared=file.type, inline_id=file.inline_id)
        except FileTooLargeError as error:
            return Stored(
                name=name, type=sniff(file.content, declared=file.type, name=name), size=len(file.content), sha256=None,
                state="refused", inline_id=file.inline_id, error=str(error),
            )  # fmt: skip

    def take(self, content: bytes, *, name: str, declared: str, inline_id: str | None = None) -> Stored:
        """Look into a file from outside and keep it; what must not be handed out is not kept.

        Raises FileTooLargeError, and OSError while it cannot be looked into or kept: nothing that nobody has examined is here.
        """
        kind = sniff(content, declared=declared, name=name)
        if len(content) <= self.max_bytes and (why := self.objection_to(content)) is not None:
            return Stored(
                name=name, type=kind, size=len(content), sha256=None, state="withheld", inline_id=inline_id, error=why.says,
            )  # fmt: skip
        digest = self.put(content)
        return Stored(
            name=name, type=kind, size=len(content), sha256=digest, state="stored", inline_id=inline_id
        )

    def objection_to(self, content: bytes) -> Objection | None:
        """Return why bytes from outside must not be handed out; None: they may be. Raises OSError while nobody can tell."""
        return objection_to(content, self._examiner)


def key_of(sha256: str) -> str:
    """Return under which key a file lies. Raises ValueError for what is no SHA-256."""
    if not re.fullmatch(r"[0-9a-f]{64}", sha256):
        raise ValueError("not a SHA-256")
    return f"{sha256[:2]}/{sha256[2:]}"


def safe_name(name: str) -> str:
    """Return a file name that can do no harm on any system, as close to the given one as may be."""
    name = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    name = _UNSAFE.sub("_", name).strip(" .")
    if _RESERVED.match(name):
        name = f"_{name}"
    if len(name) > NAME_LENGTH:
        stem, dot, suffix = name.rpartition(".")
        keep_suffix = bool(dot) and len(suffix) <= 10
        name = f"{stem[: NAME_LENGTH - len(suffix) - 1]}.{suffix}" if keep_suffix else name[:NAME_LENGTH]
    return name or "file"


def sniff(content: bytes, *, declared: str, name: str) -> str:
    """Return the media type that the bytes themselves show, else the declared one, else a plain download's."""
    declared = declared.split(";", 1)[0].strip().lower()
    head = content[:_SNIFF]
    if _looks_like_markup(head):
        return "text/html"
    if declared in _BEGINS and head.startswith(_BEGINS[declared]):
        return declared
    try:
        found = puremagic.from_string(head, mime=True, filename=name)
    except (puremagic.PureError, ValueError):
        found = ""
    if found in _CONTAINERS and declared.startswith(("audio/", "video/")):
        return declared
    if found and found != "application/octet-stream" and not declared.startswith("text/"):
        return str(found)
    return declared if re.fullmatch(r"[\w.+-]+/[\w.+-]+", declared) else "application/octet-stream"


def _looks_like_markup(head: bytes) -> bool:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:256].lower()
    return start.startswith((b"<!doctype html", b"<html", b"<script", b"<body", b"<iframe"))
