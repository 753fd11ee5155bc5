"""Files, kept once by what they contain. A file is on disk, synced, before the row that names it is committed."""

import hashlib
import os
import re
import tempfile
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import puremagic

from tickets.message import File

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


class FileTooLargeError(Exception):
    """The file is over the size that the ledger takes."""


@dataclass(frozen=True, kw_only=True)
class Stored:
    """A file as the ledger keeps it, or as it waits to be fetched."""

    name: str  # neutralised
    type: str  # sniffed where there is content, else as declared
    size: int | None
    sha256: str | None
    state: str  # stored, pending, refused
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
    """Content-addressed files in a folder: `ab/cdef…` by SHA-256."""

    def __init__(self, folder: Path, *, max_bytes: int) -> None:
        self._folder = folder
        self.max_bytes = max_bytes

    def put(self, content: bytes) -> str:
        """Keep the bytes and return their SHA-256. Raises FileTooLargeError. Safe to repeat, safe in parallel."""
        if len(content) > self.max_bytes:
            raise FileTooLargeError(f"{len(content)} bytes are more than the {self.max_bytes} that are taken")
        return self.put_unbounded(content)

    def put_unbounded(self, content: bytes) -> str:
        """Keep bytes whose size somebody else has bounded already."""
        digest = hashlib.sha256(content).hexdigest()
        target = self._path(digest)
        if _touched(target):
            return digest
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=target.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).replace(target)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
        _sync_folder(target.parent)
        return digest

    def drop(self, sha256: str, *, unless_since: datetime) -> bool:
        """Delete a file that nothing names any more; False for one that is gone, or was put again since then.

        Whoever puts the same content meanwhile either finds it gone and writes it anew, or has touched it, and it stays.
        """
        target = self._path(sha256)
        going = target.with_suffix(".going")
        try:
            target.rename(going)
        except FileNotFoundError:
            return False
        if going.stat().st_mtime >= unless_since.timestamp():
            going.rename(target)
            return False
        going.unlink()
        return True

    def get(self, sha256: str) -> bytes:
        return self._path(sha256).read_bytes()

    @property
    def folder(self) -> Path:
        return self._folder

    def beside(self, name: str) -> Path:
        """Return a folder for files that are not kept by what they contain, and not for good."""
        return self._folder / name

    def path(self, sha256: str) -> Path:
        """Return where the bytes lie, for a server that sends files itself."""
        return self._path(sha256)

    def _path(self, sha256: str) -> Path:
        if not re.fullmatch(r"[0-9a-f]{64}", sha256):
            raise ValueError("not a SHA-256")
        return self._folder / sha256[:2] / sha256[2:]

    def keep(self, file: File) -> Stored:
        """Keep a file of a message: its bytes if it came with them, else the note to fetch it."""
        name = safe_name(file.name)
        if file.content is None:
            return Stored(
                name=name, type=file.type, size=file.size, sha256=None, state="pending", fetch=file.fetch,
                inline_id=file.inline_id,
            )  # fmt: skip
        kind = sniff(file.content, declared=file.type, name=name)
        try:
            digest = self.put(file.content)
        except FileTooLargeError as error:
            return Stored(
                name=name, type=kind, size=len(file.content), sha256=None, state="refused",
                inline_id=file.inline_id, error=str(error),
            )  # fmt: skip
        return Stored(
            name=name,
            type=kind,
            size=len(file.content),
            sha256=digest,
            state="stored",
            inline_id=file.inline_id,
        )


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


def _touched(file: Path) -> bool:
    """Say of a file that it is wanted still; False if it is not there."""
    try:
        os.utime(file)
    except FileNotFoundError:
        return False
    return True


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
