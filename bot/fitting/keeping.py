"""The fitted matchers in the data folder: one file a desk, replaced whole, which may be thrown away at any time.

A file is taken only if it bears the signature of this installation, so that what is read from it was written by it.
"""

import fcntl
import hmac
import io
import json
import os
import pickle
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache
from hashlib import sha256
from pathlib import Path

import structlog

import templates_replies
from bot.fitting.rule import Fitted
from templates_replies.matcher import Matcher

FOLDER = "matchers"
_ENDING = ".fitted"

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
        about = json.dumps(asdict(kept.fitted) | {"at": kept.fitted.at.isoformat()})
        body = about.encode() + b"\n" + pickle.dumps(kept.matcher, protocol=5)
        with tempfile.NamedTemporaryFile(dir=self._made_folder(), prefix=f".{desk}-", delete=False) as file:
            try:
                file.write(self._signature(body) + b"\n" + body)
                file.close()
                Path(file.name).replace(self._path(desk))
            except BaseException:
                Path(file.name).unlink(missing_ok=True)
                raise

    def take(self, desk: str) -> Kept | None:
        """Return a desk's matcher, or None where there is none that can be used. Blocking, for a thread."""
        body = self._signed(desk)
        if body is None:
            return None
        about, _, matcher = body.partition(b"\n")
        try:
            return Kept(fitted=_fitted(about), matcher=pickle.load(_Frames(matcher)))  # noqa: S301  signed by ourselves
        except Exception as error:  # noqa: BLE001  of an earlier version of the program, most likely
            log.warning("matcher.unusable", desk=desk, error=f"{type(error).__name__}: {error}")
            return None

    def about(self, desk: str) -> Fitted | None:
        """Return what is said of a desk's matcher, without opening it."""
        body = self._signed(desk)
        return None if body is None else _fitted(body.partition(b"\n")[0])

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

    def _signed(self, desk: str) -> bytes | None:
        try:
            signature, _, body = self._path(desk).read_bytes().partition(b"\n")
        except FileNotFoundError:
            return None
        if not hmac.compare_digest(signature, self._signature(body)):
            log.warning("matcher.not_ours", desk=desk)
            return None
        return body

    def _signature(self, body: bytes) -> bytes:
        return hmac.digest(self._key, body, sha256).hex().encode()

    def _path(self, desk: str) -> Path:
        return self._folder / f"{desk}{_ENDING}"

    def _made_folder(self) -> Path:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return self._folder


class _Frames:
    """Hands bytes to the unpickler frame by frame: between two of them other threads get their turn.

    Given all at once, a large matcher would keep the whole process waiting until it is read.
    """

    def __init__(self, data: bytes) -> None:
        self._data = io.BytesIO(data)

    def read(self, size: int) -> bytes:
        return self._data.read(size)

    def readline(self) -> bytes:
        return self._data.readline()


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
