"""clamd is asked as its protocol has it, over TCP and a socket; what it says is a finding, nothing, or no answer at all."""

import shutil
import subprocess
import time
from contextlib import contextmanager
from hashlib import md5

import pytest

from channels.clamav import PIECE, Clamd, ClamdAddress, read_address
from tests.standins import clamd
from tests.standins.s3 import nowhere


@pytest.fixture
def scanner():
    with clamd.running() as running:
        yield running
    assert running.faults == []


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE])
def test_a_file_arrives_whole_whatever_its_size(scanner, size):
    content = bytes(range(256)) * (size // 256) + b"x" * (size % 256)
    assert Clamd(scanner.address).examine(content) is None
    assert scanner.seen == [content]


def test_what_is_found_is_called_as_the_signature_is(scanner):
    assert Clamd(scanner.address).examine(b"MZ" + clamd.EICAR) == clamd.NAME


def test_a_file_over_the_limit_is_known_as_that_although_clamd_hangs_up_meanwhile(scanner):
    scanner.longest = PIECE
    with pytest.raises(OverflowError):
        Clamd(scanner.address).examine(b"x" * (200 * PIECE))
    scanner.faults.clear()  # it stops reading


@pytest.mark.parametrize("says", ["stream: OK and more", "Can't allocate memory ERROR", "", "x" * 9000])
def test_what_is_no_verdict_is_none(scanner, says):
    scanner.says = says or "stream: "
    with pytest.raises(OSError, match="clamd"):
        Clamd(scanner.address).examine(b"x")


def test_nobody_there_is_said(scanner):
    gone = ClamdAddress(host="127.0.0.1", port=int(nowhere().rsplit(":", 1)[1]))
    for ask in (lambda: Clamd(gone).examine(b"x"), Clamd(gone).version):
        with pytest.raises(ConnectionRefusedError):
            ask()
    assert Clamd(scanner.address).version().startswith("ClamAV 1.4")


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("scanner.local:3310", ClamdAddress(host="scanner.local", port=3310)),
        ("[::1]:3310", ClamdAddress(host="::1", port=3310)),
        ("/run/clamav/clamd.ctl", ClamdAddress(path="/run/clamav/clamd.ctl")),
    ],
)
def test_an_address_is_a_host_with_its_port_or_a_path(text, means):
    assert read_address(text) == means


@pytest.mark.parametrize(
    "text", ["scanner", "scanner:0", "scanner:99999", "http://scanner:3310", "run/clamd", ":3310"]
)
def test_anything_else_is_none(text):
    with pytest.raises(ValueError, match="host:port"):
        read_address(text)


@contextmanager
def clamav(folder):
    """Run Debian's clamd with one signature: that of the test file."""
    signatures = folder / "signatures"
    signatures.mkdir()
    (signatures / "own.hdb").write_text(f"{md5(clamd.EICAR).hexdigest()}:{len(clamd.EICAR)}:{clamd.NAME}\n")
    at = folder / "clamd.sock"
    settings = folder / "clamd.conf"
    settings.write_text(
        f"LocalSocket {at}\nDatabaseDirectory {signatures}\nForeground yes\nStreamMaxLength 1M\nUser root\n"
    )
    with subprocess.Popen(["clamd", "-c", settings], stdout=subprocess.DEVNULL) as process:
        try:
            for _ in range(300):
                if at.exists():
                    break
                time.sleep(0.1)
            yield ClamdAddress(path=str(at))
        finally:
            process.terminate()


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("clamd") is None, reason="clamd is not installed (Debian: clamav-daemon)")
def test_clamav_itself_finds_the_test_file(tmp_path):
    with clamav(tmp_path) as at:
        asked = Clamd(at)
        assert asked.version().startswith("ClamAV")
        assert asked.examine(b"halo") is None
        assert clamd.NAME in (asked.examine(clamd.EICAR) or "")
        with pytest.raises(OverflowError):
            asked.examine(b"x" * (3 * 1024 * 1024))
