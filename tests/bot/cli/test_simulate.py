"""A contact played through the real doors of a real server, with nothing configured."""

import os
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import ClassVar

import pytest

from bot.demo.doors import Played, cloud_webhook
from channels.whatsapp.cloud.envelope import parts_of
from channels.whatsapp.cloud.parse import heard_in
from tests.standins.ports import free_port


@pytest.fixture
def served(desks, monkeypatch):
    """`tanggap serve` in a process of its own, just started, until the test is over."""
    monkeypatch.setenv("TANGGAP_HTTP_PORT", str(free_port()))
    monkeypatch.setenv("TANGGAP_SMTP_PORT", str(free_port()))
    program = Path(sys.executable).with_name("tanggap")
    with (
        Path("server.log").open("wb") as log,
        subprocess.Popen(
            [program, "serve"], stdout=subprocess.DEVNULL, stderr=log, env=dict(os.environ)
        ) as server,
    ):
        yield
        server.terminate()


class Unready(BaseHTTPRequestHandler):
    """A server that says once that it takes nothing yet."""

    brought: ClassVar[list[bytes]] = []

    def do_POST(self):
        self.brought.append(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(503 if len(self.brought) == 1 else 200)
        self.end_headers()

    def log_message(self, *_words):
        pass


@pytest.fixture
def unready(monkeypatch):
    Unready.brought.clear()
    with HTTPServer(("127.0.0.1", 0), Unready) as server:
        monkeypatch.setenv("TANGGAP_HTTP_PORT", str(server.server_port))
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}).start()
        yield Unready
        server.shutdown()


def test_a_server_that_is_not_ready_is_told_what_it_was_told_before(tanggap, unready):
    refused = tanggap("simulate", "whatsapp", "--text", "halo", "--patience", "0")
    assert (refused.code, "answered 503" in refused.err) == (1, True)
    unready.brought.clear()
    ended = tanggap("simulate", "whatsapp", "--text", "halo", "--wait", "0")
    assert ended.code == 0
    assert "Waiting, for 120 seconds at most: " in ended.out
    assert "until the first matcher is trained" in ended.out
    assert "wrote by WhatsApp: 200 OK." in ended.out
    first, second = unready.brought
    assert first == second


@pytest.mark.slow
@pytest.mark.usefixtures("served")
def test_a_contact_is_played_through_every_door_and_hears_the_bot(tanggap, monkeypatch):
    Path("surat.pdf").write_bytes(b"%PDF-1.7 surat")
    for number, (channel, said) in enumerate(
        [
            ("whatsapp", "wrote by WhatsApp: 200 OK."),
            ("telegram", "wrote by Telegram: 200 OK."),
            ("email", "taken."),
        ],
        1,
    ):
        files = ("--file", "surat.pdf") if channel == "email" else ()
        ended = tanggap("simulate", channel, "--text", "halo, saya lupa kata sandi", "--wait", "60", *files)
        assert ended.code == 0, ended.err
        assert said in ended.out
        assert f"It is in ticket #{number}." in ended.out
        assert "The bot answers:" in ended.out
    assert "Tanggap serves at" in tanggap("doctor").out
    monkeypatch.setenv("TANGGAP_DATA_DIR", "another")
    refused = tanggap("simulate", "whatsapp", "--text", "halo")
    assert refused.code == 1
    assert "answered 403" in refused.err
    monkeypatch.delenv("TANGGAP_DATA_DIR")
    second = tanggap("serve")
    assert second.code == 1
    assert "another tanggap serve" in second.err


def test_an_account_that_is_set_up_by_half_cannot_be_played(tanggap, monkeypatch):
    monkeypatch.setenv("TWILIO_ACCOUNT_SID", "AC1")
    ended = tanggap("simulate", "whatsapp", "--text", "halo")
    assert ended.code == 1
    assert "unit-contoh/whatsapp is set up by half: WHATSAPP_SENDER, TWILIO_AUTH_TOKEN not set" in ended.err


def test_a_file_goes_along_by_mail_alone_and_must_be_there(tanggap):
    ended = tanggap("simulate", "telegram", "--text", "halo", "--file", "surat.pdf")
    assert (ended.code, "send it by email" in ended.err) == (1, True)
    ended = tanggap("simulate", "email", "--text", "halo", "--file", "surat.pdf")
    assert (ended.code, "surat.pdf cannot be read: No such file" in ended.err) == (1, True)


def test_a_telegram_contact_has_a_number(tanggap):
    ended = tanggap("simulate", "telegram", "--text", "halo", "--from", "ana")
    assert ended.code == 1
    assert "ana is no Telegram user id" in ended.err


@pytest.mark.parametrize("sender", ["+6281234567890", "ID.1234567890"])
def test_a_contact_at_metas_cloud_api_is_played_as_meta_would_post_it(sender):
    settings = {"sender": "+62811", "phone_number_id": "1065403"}
    (part,) = parts_of(cloud_webhook(settings, sender, Played(text="halo, saya Ana")))
    said = heard_in(part, account="itb/whatsapp")
    assert (part.number, said.text, said.sender.address, said.sender.name) == (
        "1065403", "halo, saya Ana", sender, "Ana",
    )  # fmt: skip
