"""What takes seconds is reckoned in a process of its own, which knows no secret and ends with whoever waits."""

import base64
import os
import struct
import time
import zlib
from pathlib import Path

import pytest

from bot.apart.reckoning import Reckoner, ReckoningError
from reports.paper.press import Logo, logo_png
from templates_replies.catalogue import Catalogue, Category
from templates_replies.curation.effect import FirstWords, effect
from templates_replies.curation.known import Known


async def test_values_go_to_another_process_and_come_back(monkeypatch):
    monkeypatch.setenv("TANGGAP_SECRET_KEY", "hidden")
    assert await Reckoner()(os.getpid) != os.getpid()
    assert await Reckoner()(os.getenv, "TANGGAP_SECRET_KEY") is None
    login = Category(id="login", name="Gagal masuk", examples=("tidak bisa login",))
    desk = Catalogue(categories=(login, Category(id="wifi", name="Jaringan WiFi")))
    known = Known(catalogue=desk)
    found = await Reckoner()(effect, known, known, [FirstWords(ticket=1, text="tidak bisa login")])
    assert (found.messages, found.changed) == (1, 0)


async def test_what_takes_too_long_or_fails_is_told():
    with pytest.raises(ReckoningError, match="longer"):
        await Reckoner(seconds=0.5)(time.sleep, 60)
    with pytest.raises(ReckoningError, match="ended with"):
        await Reckoner()(int, "no number")


async def test_a_picture_within_a_picture_takes_no_more_memory_than_it_may_and_its_process_is_the_first_to_go():
    small = Reckoner(seconds=60, memory=450_000_000, network=False)
    assert (await small(Path.read_text, Path("/proc/self/oom_score_adj"))).strip() == "1000"
    assert (await small(logo_png, drawing_with(points=10))).startswith(b"\x89PNG")
    with pytest.raises(ReckoningError, match="ended with"):
        await small(logo_png, drawing_with(points=8_000))


def drawing_with(points):
    """An SVG of a few kilobytes with a bitmap of so many points a side: only who lays it out sees how large it is."""
    rows = zlib.compress((b"\0" + bytes((points + 7) // 8)) * points, 9)
    head = struct.pack(">IIBBBBB", points, points, 1, 0, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", rows), (b"IEND", b""))
    bitmap = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )
    content = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image width="9" height="9"'
        f' href="data:image/png;base64,{base64.b64encode(bitmap).decode()}"/></svg>'
    )
    assert len(content) < 20_000
    return Logo(name="logo.svg", content=content.encode())
