"""Files are shown to a virus scanner: clamd of ClamAV, by its command INSTREAM.

The protocol is that of clamd(8): a command begins with `z` and ends with NUL, as does each answer; a stream is pieces of
four bytes of length, big endian, and that many bytes, and ends with a length of zero.
"""

import errno
import re
import socket
import struct
from contextlib import closing
from dataclasses import dataclass

PIECE = 64 * 1024  # bytes
CONNECTS_WITHIN = 5.0  # seconds
ANSWERS_WITHIN = 60.0  # seconds, of each step
_LONGEST_ANSWER = 4096
_ADDRESS = re.compile(r"(?P<host>\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+):(?P<port>\d{1,5})")
_FOUND = re.compile(r"stream: (?P<name>.+) FOUND")
_CLEAN, _TOO_LARGE, _PONG = "stream: OK", "INSTREAM size limit exceeded", "PONG"
_NAME_LENGTH = 100


@dataclass(frozen=True)
class ClamdAddress:
    """Where clamd listens: a Unix socket, or a host and port."""

    path: str | None = None
    host: str = ""
    port: int = 0

    def __str__(self) -> str:
        return self.path or f"{self.host}:{self.port}"


def read_address(text: str) -> ClamdAddress:
    """Read `host:port`, or the absolute path of a Unix socket. Raises ValueError."""
    if text.startswith("/"):
        return ClamdAddress(path=text)
    found = _ADDRESS.fullmatch(text)
    if found is None or not 0 < int(found["port"]) < 2**16:
        raise ValueError("neither host:port nor the absolute path of a socket")
    return ClamdAddress(host=found["host"].strip("[]"), port=int(found["port"]))


class Clamd:
    """Asked over a connection of its own each time. Blocking: for threads."""

    def __init__(self, address: ClamdAddress) -> None:
        self.address = address

    def examine(self, content: bytes) -> str | None:
        """Return what clamd finds in a file, by the name of its signature; None: nothing.

        Raises OverflowError for a file over clamd's StreamMaxLength, OSError for no answer, or one that is none.
        """
        with closing(self._connection()) as connection:
            said = _said_to_stream(connection, content)
        if said == _CLEAN:
            return None
        found = _FOUND.fullmatch(said)
        if found is not None:
            return found["name"][:_NAME_LENGTH]
        if said.startswith(_TOO_LARGE):
            raise OverflowError("the file is larger than what clamd takes")
        raise OSError(errno.EPROTO, "clamd answers something else than it should")

    def version(self) -> str:
        """Return what clamd says of itself and of its signatures. Raises OSError."""
        if self._said_to(b"zPING\0") != _PONG:
            raise OSError(errno.EPROTO, "what answers is no clamd")
        return self._said_to(b"zVERSION\0")

    def _said_to(self, command: bytes) -> str:
        with closing(self._connection()) as connection:
            connection.sendall(command)
            return _answer(connection)

    def _connection(self) -> socket.socket:
        at = self.address
        if at.path is None:
            connection = socket.create_connection((at.host, at.port), timeout=CONNECTS_WITHIN)
        else:
            connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            try:
                connection.settimeout(CONNECTS_WITHIN)
                connection.connect(at.path)
            except OSError:
                connection.close()
                raise
        connection.settimeout(ANSWERS_WITHIN)
        return connection


def _said_to_stream(connection: socket.socket, content: bytes) -> str:
    """Send a file, and return the answer. clamd answers and hangs up in the middle of one that is too large."""
    try:
        connection.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), PIECE):
            piece = content[start : start + PIECE]
            connection.sendall(struct.pack("!I", len(piece)) + piece)
        connection.sendall(struct.pack("!I", 0))
    except (BrokenPipeError, ConnectionResetError):
        return _answer(connection)
    return _answer(connection)


def _answer(connection: socket.socket) -> str:
    """Return one answer. Raises OSError for one that does not end."""
    said = b""
    while not said.endswith(b"\0"):
        more = connection.recv(_LONGEST_ANSWER)
        if not more or len(said) > _LONGEST_ANSWER:
            raise OSError(errno.ECONNRESET, "clamd hung up without an answer")
        said += more
    return said[:-1].decode("utf-8", "replace")
