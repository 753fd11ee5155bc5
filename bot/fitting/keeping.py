"""The fitted matchers in the data folder: one file a desk, replaced whole, which may be thrown away at any time.

A file is taken only if it bears the signature of this installation, so that what is read from it was written by it.
"""

import fcntl
import hmac
import io
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

import structlog

import templates_replies
from bot.fitting.packing import mapped, packed
from bot.fitting.rule import Fitted
from templates_replies.matcher import Matcher

FOLDER = "matchers"
_ENDING = ".fitted"
_SIGNATURE = 2 * sha256().digest_size + 1  # bytes at the beginning of a file: a line of hexadecimal digits
_AT_ONCE = 1 << 20  # bytes

log = structlog.get_logger()


@dataclass(frozen=True, kw_only=True)
class Kept:
    fitted: Fitted
    matcher: Matcher


class Shelf:
    def __init__(self, data_dir: Path, secret: str) -> None:
        self._folder = data_dir / FOLDER
        self._key = hmac.digest(secret.encode(), b"fitted matchers", sha256)

    def stamp(self, desk: str) -> int | None:
        """Return what changes whenever another matcher of a desk is put there; None if there is none."""
        try:
            return self._path(desk).stat().st_mtime_ns
        except FileNotFoundError:
            return None

    def put(self, desk: str, kept: Kept) -> None:
        """Replace a desk's matcher; whoever reads has the old one or the new one."""
        about = json.dumps(asdict(kept.fitted) | {"at": kept.fitted.at.isoformat()}).encode() + b"\n"
        body = about + packed(kept.matcher, at=_SIGNATURE + len(about))
        with tempfile.NamedTemporaryFile(dir=self._made_folder(), prefix=f".{desk}-", delete=False) as file:
            try:
                file.write(self._signature(io.BytesIO(body)) + body)
                file.close()
                Path(file.name).replace(self._path(desk))
            except BaseException:
                Path(file.name).unlink(missing_ok=True)
                raise

    def take(self, desk: str) -> Kept | None:
        """Return a desk's matcher, or None where there is none that can be used. Blocking, for a thread."""
        with self._signed(desk) as file:
            if file is None:
                return None
            try:
                return Kept(fitted=_fitted(file.readline()), matcher=mapped(file))
            except Exception as error:  # noqa: BLE001  of an earlier version of the program, most likely
                log.warning("matcher.unusable", desk=desk, error=f"{type(error).__name__}: {error}")
                return None

    def about(self, desk: str) -> Fitted | None:
        """Return what is said of a desk's matcher, without opening it."""
        with self._signed(desk) as file:
            return None if file is None else _fitted(file.readline())

    @contextmanager
    def alone(self, desk: str) -> Iterator[bool]:
        """Be the only one who fits a desk's matcher into this folder; False: somebody else does."""
        handle = os.open(self._made_folder() / f".{desk}.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
            else:
                yield True
        finally:
            os.close(handle)

    @contextmanager
    def _signed(self, desk: str) -> Iterator[BinaryIO | None]:
        """Open a desk's file behind its signature; None where there is none of ours."""
        try:
            file = self._path(desk).open("rb")
        except FileNotFoundError:
            yield None
            return
        with file:
            ours = hmac.compare_digest(file.read(_SIGNATURE), self._signature(file))
            if not ours:
                log.warning("matcher.not_ours", desk=desk)
            file.seek(_SIGNATURE)
            yield file if ours else None

    def _signature(self, body: BinaryIO) -> bytes:
        """Sign the rest of a file, which is large: it is not to be in memory at once."""
        signed = hmac.new(self._key, digestmod=sha256)
        while piece := body.read(_AT_ONCE):
            signed.update(piece)
        return signed.hexdigest().encode() + b"\n"

    def _path(self, desk: str) -> Path:
        return self._folder / f"{desk}{_ENDING}"

    def _made_folder(self) -> Path:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return self._folder


@cache
def program() -> str:
    """Return a mark of the program that learns: what another one has fitted is not taken for its own."""
    digest = sha256(sys.version.encode())
    for path in sorted(Path(templates_replies.__file__).parent.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _fitted(about: bytes) -> Fitted:
    told = json.loads(about)
    marks = {int(message): mark for message, mark in told["marks"].items()}
    return Fitted(**told | {"marks": marks, "at": datetime.fromisoformat(told["at"])})
