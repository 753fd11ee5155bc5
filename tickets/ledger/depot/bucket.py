"""Files in a bucket of S3-compatible storage, which all machines share.

A bucket knows neither renaming nor touching, so a file that is to go is announced first: an empty object under `going/`. Who
puts the same bytes writes them, and then looks whether somebody has announced that they go, and whether they are there. So the
one deletes before the other writes, or sees that it was written, whatever the order of their calls (the bucket must answer
with what was written last, as Amazon's does since 2020, and MinIO and Ceph do).
"""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from later import Later
from tickets.ledger.depot.contract import PIECE, DepotError

if TYPE_CHECKING:
    import obstore
    from obstore import exceptions, store
    from obstore.store import S3Credential  # which the library has for type checkers alone
else:
    obstore = Later("obstore")
    exceptions = Later("obstore.exceptions")
    store = Later("obstore.store")

GOING, PROBE = "going", "probe"
NO_ANSWER = "no answer"
CONNECT, REQUEST = timedelta(seconds=5), timedelta(seconds=20)
RETRIES = 2
_TRIES, _PAUSE = 5, 0.2  # seconds
_GIVEN_UP = timedelta(
    minutes=10
)  # an announcement so much older than what was just put is of a process that died
_LONGEST_DROP = 300.0  # seconds
_PAST_THE_END = frozenset({"InvalidRange", "416"})
_CODE = re.compile(r"<Code>(\w{1,60})</Code>")
_STATUS = re.compile(r"status code: (\d{3})")


@dataclass(frozen=True, kw_only=True)
class BucketAddress:
    """Which bucket, and how it is reached."""

    endpoint: str  # https://host, or http:// within one's own network
    region: str
    bucket: str
    prefix: str = ""  # within the bucket; the rest of it is not looked at
    key_id: str
    secret: str = field(repr=False)

    def __str__(self) -> str:
        return f"s3://{'/'.join(filter(None, (self.bucket, self.prefix)))} at {self.endpoint}"


@dataclass(frozen=True, kw_only=True)
class Probed:
    """What a bucket showed when it was tried."""

    at: datetime  # by the storage's clock
    keeps_versions: bool


class BucketDepot:
    def __init__(self, at: BucketAddress, *, within: timedelta = REQUEST) -> None:
        """Each request is given up `within` a time, and tried again twice before that is said."""
        self._store = store.S3Store(
            at.bucket,
            prefix=at.prefix or None,
            config={  # all of it, for what is left out would be read from AWS_… in the environment
                "endpoint": at.endpoint,
                "aws_endpoint_url_s3": at.endpoint,
                "region": at.region,
                "virtual_hosted_style_request": False,
                "skip_signature": False,
                "disable_bulk_delete": True,  # one by one is what every storage understands
            },
            credential_provider=lambda: _credential(at),
            client_options={
                "allow_http": at.endpoint.startswith("http://"), "connect_timeout": CONNECT, "timeout": within
            },
            retry_config={"max_retries": RETRIES, "retry_timeout": within},
        )  # fmt: skip

    def put(self, key: str, content: bytes) -> None:
        for _ in range(_TRIES):
            self.write(key, content)
            if self._stays(key):
                return
            time.sleep(_PAUSE)  # somebody is about to delete it
        raise DepotError("it is being deleted")

    def bring(self, key: str, file: Path) -> None:
        with _told():
            obstore.put(self._store, key, file)
        file.unlink(missing_ok=True)

    def size(self, key: str) -> int | None:
        found = self._head(key)
        return None if found is None else found["size"]

    def pieces(self, key: str, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        at = start
        while end is None or at < end:
            try:
                with _told():
                    upto = at + PIECE if end is None else min(at + PIECE, end)
                    found = obstore.get(self._store, key, options={"range": (at, upto)})
                    piece = bytes(found.bytes())
            except DepotError as error:
                if error.code in _PAST_THE_END:
                    return
                raise
            size = found.meta["size"]
            end = size if end is None else min(end, size)
            at += len(piece)
            yield piece

    def drop(self, key: str, *, unless_since: datetime) -> bool:
        if not self._older(key, unless_since):
            return False
        announced, since = f"{GOING}/{key}/{uuid4().hex}", time.monotonic()
        self.write(announced, b"")
        try:
            goes = self._older(key, unless_since) and time.monotonic() - since < _LONGEST_DROP
            if goes:
                self.delete(key)
            return goes
        finally:
            self.delete(announced)

    def keys(self) -> Iterator[str]:
        with _told():
            for some in obstore.list(self._store):
                for each in some:
                    if not each["path"].startswith(f"{GOING}/"):
                        yield each["path"]

    def probe(self) -> Probed:
        """Do once all that is ever done here, with an object of our own. Raises DepotError for what cannot be done."""
        key = f"{GOING}/{PROBE}/{uuid4().hex}"
        version = self.write(key, b"x")
        with _told():
            listed = [each for some in obstore.list(self._store, f"{GOING}/{PROBE}") for each in some]
        at = next((each["last_modified"] for each in listed if each["path"] == key), None)
        if at is None or b"".join(self.pieces(key)) != b"x":
            raise DepotError("what was written is not there")
        self.delete(key)
        return Probed(at=at, keeps_versions=version is not None)

    def write(self, key: str, content: bytes) -> str | None:
        """Write one object; the version that the bucket gave it, if it keeps versions."""
        with _told():
            return obstore.put(self._store, key, content, use_multipart=False)["version"]

    def delete(self, key: str) -> None:
        with _told():
            obstore.delete(self._store, key)

    def _stays(self, key: str) -> bool:
        with _told():
            announced = [
                each for some in obstore.list(self._store, f"{GOING}/{key}") for each in some
            ]  # asked first: what is deleted after this was announced before
        found = self._head(key)
        return found is not None and not any(
            each["last_modified"] > found["last_modified"] - _GIVEN_UP for each in announced
        )

    def _older(self, key: str, since: datetime) -> bool:
        found = self._head(key)
        return found is not None and found["last_modified"] < since

    def _head(self, key: str) -> "obstore.ObjectMeta | None":
        try:
            with _told():
                return obstore.head(self._store, key)
        except FileNotFoundError:
            self._look()  # an answer to HEAD has no words: is it the file that is not there, or the bucket?
            return None

    def _look(self) -> None:
        """Ask for something of the bucket. Raises DepotError if it is not there."""
        with _told():
            next(iter(obstore.list(self._store, GOING)), None)


def _credential(at: BucketAddress) -> "S3Credential":
    return {"access_key_id": at.key_id, "secret_access_key": at.secret, "token": None, "expires_at": None}


@contextmanager
def _told() -> Iterator[None]:
    """Translate what goes wrong: FileNotFoundError for what is not there, else DepotError without any address or key in it."""
    try:
        yield
    except FileNotFoundError as error:
        code = _code(str(error))
        if code in {"NoSuchKey", "404"}:
            raise FileNotFoundError(code) from None
        raise DepotError(code) from None
    except (exceptions.BaseError, OSError, ValueError) as error:
        if isinstance(error, DepotError):
            raise
        raise DepotError(_code(str(error))) from None


def _code(said: str) -> str:
    """Return the storage's own word for what went wrong, the status of its answer, or that there was none."""
    found = _CODE.search(said) or _STATUS.search(said)
    return NO_ANSWER if found is None else found[1]
