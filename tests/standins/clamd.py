"""A clamd that holds whoever asks to its protocol: commands that end with NUL, pieces with their length, a last one of none."""

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from channels.clamav import ClamdAddress

# In two parts, so that no scanner takes this file for the test that it is.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR" + b"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
NAME = "Eicar-Test-Signature"


@dataclass
class Scanner:
    address: ClamdAddress
    longest: int = 1024 * 1024  # StreamMaxLength
    says: str | None = None  # instead of what is right
    seen: list[bytes] = field(default_factory=list)  # whole files
    faults: list[str] = field(default_factory=list)  # of whoever asked


class _Asked(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        scanner: Scanner = self.server.scanner  # type: ignore[attr-defined]
        command = self._command()
        if command == b"zPING":
            self._answer("PONG")
        elif command == b"zVERSION":
            self._answer("ClamAV 1.4.6/27800/Thu Nov 26 09:00:00 2026")
        elif command == b"zINSTREAM":
            self._stream(scanner)
        else:
            scanner.faults.append(f"no such command: {command!r}")
            self._answer("UNKNOWN COMMAND")

    def _command(self) -> bytes:
        said = b""
        while not said.endswith(b"\0"):
            more = self.rfile.read(1)
            if not more:
                return b""
            said += more
        return said[:-1]

    def _stream(self, scanner: Scanner) -> None:
        content = b""
        while True:
            head = self.rfile.read(4)
            if len(head) < 4:
                scanner.faults.append("a stream without its end")
                return
            (length,) = struct.unpack("!I", head)
            if length == 0:
                break
            if len(content) + length > scanner.longest:
                self._answer("INSTREAM size limit exceeded. ERROR")
                return
            piece = self.rfile.read(length)
            if len(piece) < length:
                scanner.faults.append("a piece shorter than it says")
                return
            content += piece
        scanner.seen.append(content)
        self._answer(scanner.says or (f"stream: {NAME} FOUND" if EICAR in content else "stream: OK"))

    def _answer(self, words: str) -> None:
        self.wfile.write(words.encode() + b"\0")


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


@contextmanager
def running(port: int = 0) -> Iterator[Scanner]:
    """Run one on this machine; with a port on that one, as after a restart."""
    with _Server(("127.0.0.1", port), _Asked) as server:
        scanner = Scanner(ClamdAddress(host="127.0.0.1", port=server.server_address[1]))
        server.scanner = scanner  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield scanner
        finally:
            server.shutdown()
            thread.join()
