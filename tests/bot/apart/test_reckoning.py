"""What takes seconds is reckoned in a process of its own, which knows no secret and ends with whoever waits."""

import os
import time

import pytest

from bot.apart.reckoning import Reckoner, ReckoningError
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
