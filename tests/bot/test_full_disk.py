"""A disk that is full is told to the provider, who brings the message again; it costs no message its place."""

import errno
import io
import sys
from pathlib import Path

import pytest
import structlog

from bot.service.logs import configure_logs
from channels.contract import StoreBusy
from tests.bot.chat import Chat
from tickets import views
from tickets.inbound import RAW_INLINE
from tickets.message import Channel, File, Person, Place, Said

PHOTO = File(name="layar.png", type="image/png", size=6, content=b"\x89PNG\r\n")


def said(chat: Chat, *, raw: bytes = b"{}", files: tuple[File, ...] = ()) -> Said:
    return Said(
        event_id="once", external_id="once", sender=Person(address="+62811", name="Ana"),
        place=Place(account=f"{chat.slug}/whatsapp", channel=Channel.WHATSAPP, address="+62811"),
        text="Saya tidak bisa masuk, lihat layar saya.", raw=raw, files=files,
    )  # fmt: skip


@pytest.mark.parametrize("what", [{"files": (PHOTO,)}, {"raw": b"x" * (RAW_INLINE + 1)}])
async def test_a_message_whose_files_cannot_be_written_is_brought_again(ledger, tmp_path: Path, what):
    chat = Chat(ledger)
    folder = tmp_path / "files"
    folder.write_text("in the way")
    with pytest.raises(StoreBusy):
        await chat.receiver.deliver(said(chat, **what))
    folder.unlink()
    for _ in range(2):
        await chat.receiver.deliver(said(chat, **what))
    with ledger.reading() as session:
        came_in = [each for each in views.ticket(session, 1, link=str).messages if each.direction == "in"]
    assert [len(each.attachments) for each in came_in] == [len(what.get("files", ()))]
    assert b"tanggap_kept_total{" not in chat.metrics.exposition()


class FullDisk(io.StringIO):
    def write(self, _text: str) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    def flush(self) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_line_that_the_log_cannot_take_takes_nothing_along(monkeypatch):
    before = structlog.get_config()
    monkeypatch.setattr(sys, "stderr", FullDisk())
    try:
        configure_logs(json=True)
        structlog.get_logger().info("receive.taken", event_id="1")
    finally:
        structlog.configure(**before)
