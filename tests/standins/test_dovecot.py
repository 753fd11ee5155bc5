"""The stand-in for a mailbox is held to what a real server does, because other tests believe it."""

import contextlib
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from imapclient import IMAPClient

from tests.standins import dovecot
from tests.standins.dovecot import Dovecot, running_dovecot

pytestmark = pytest.mark.skipif(dovecot.available() is not None, reason=str(dovecot.available()))

MAIL = b"From: Ana <ana@example.com>\r\nSubject: sandi\r\nMessage-ID: <1@example.com>\r\n\r\nhalo\r\n"


@contextlib.contextmanager
def logged_in(server: Dovecot) -> Iterator[IMAPClient]:
    client = IMAPClient("127.0.0.1", server.port, ssl=False, timeout=5)
    try:
        client.login(dovecot.USER, dovecot.PASSWORD)
        yield client
    finally:
        client.shutdown()


def test_a_delivered_mail_is_announced_and_can_be_moved() -> None:
    with running_dovecot() as server, logged_in(server) as client:
        client.select_folder("INBOX")
        client.idle()
        server.deliver(MAIL)
        announced = client.idle_check(timeout=10)
        client.idle_done()
        client.create_folder("Processed")
        client.move(client.search(), "Processed")

        assert (1, b"EXISTS") in announced
        assert server.wait(1) == [MAIL]
        assert server.raws() == []


@pytest.mark.parametrize(
    ("capability", "idle", "move"),
    [(None, True, True), (dovecot.NO_IDLE, False, True), (dovecot.BARE, False, False)],
)
def test_a_server_can_lack_what_not_every_server_has(capability: str | None, idle: bool, move: bool) -> None:
    with running_dovecot(capability=capability) as server, logged_in(server) as client:
        assert (client.has_capability("IDLE"), client.has_capability("MOVE")) == (idle, move)


def test_a_server_comes_back_with_its_mail_and_if_wanted_with_new_uids() -> None:
    with running_dovecot() as server:
        server.deliver(MAIL)
        with logged_in(server) as client:
            before = client.select_folder("INBOX")
        server.stop()
        server.start()
        with logged_in(server) as client:
            again = client.select_folder("INBOX")
        server.stop()
        server.forget_uids()
        server.start()
        with logged_in(server) as client:
            rebuilt = client.select_folder("INBOX")

    assert before[b"UIDVALIDITY"] == again[b"UIDVALIDITY"] != rebuilt[b"UIDVALIDITY"]
    assert before[b"EXISTS"] == again[b"EXISTS"] == rebuilt[b"EXISTS"] == 1


def test_a_mailbox_can_be_read_over_tls(tmp_path: Path) -> None:
    certificate, key = self_signed(tmp_path)
    with running_dovecot(tls=(certificate, key)) as server:
        trusting = ssl.create_default_context(cafile=certificate)
        client = IMAPClient("127.0.0.1", server.port, ssl_context=trusting, timeout=5)
        client.login(dovecot.USER, dovecot.PASSWORD)
        client.shutdown()

        assert server.url.startswith("imaps://")


def test_nothing_of_a_server_remains() -> None:
    with running_dovecot() as server:
        folder = server.folder

    assert not folder.exists()


def self_signed(folder: Path) -> tuple[Path, Path]:
    """Make a certificate for 127.0.0.1 with the openssl command."""
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    command = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=127.0.0.1",
    ]
    command += ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(command, check=True, capture_output=True)
    return certificate, key
