"""The directory behind a JSON endpoint: one host, bounded in time and size, read by paths."""

import asyncio
import json

import httpx
import pytest

from channels.contract import Deferred, RefusedByProvider
from channels.directory.http_json import LARGEST_ANSWER, HttpDirectory, HttpSettings
from tests.channels.directory.conftest import BUDI, endpoint, http_settings
from tests.standins.serving import serving

BASE = "https://nic.example.ac.id"


def answering(answer, settings=None, **options):
    """A directory whose endpoint gives this answer; the requests it got."""
    asked = []

    async def handle(request):
        asked.append(request)
        return await answer(request) if callable(answer) else answer

    transport = httpx.MockTransport(handle)
    return HttpDirectory(settings or http_settings(BASE), transport=transport, **options), asked


def test_the_token_is_in_no_representation():
    assert "token" not in repr(http_settings(BASE))


async def test_a_wrong_token_is_a_mistake_in_the_settings():
    async with serving(endpoint((BUDI,))) as base:
        directory = HttpDirectory(http_settings(base, headers={"Authorization": "Bearer wrong"}))
        with pytest.raises(RefusedByProvider, match="refuses \\(401\\)"):
            await directory.find(number=BUDI.number)


async def test_only_the_configured_host_is_asked():
    directory, asked = answering(httpx.Response(302, headers={"Location": "http://169.254.169.254/latest"}))
    with pytest.raises(RefusedByProvider, match="sends elsewhere"):
        await directory.find(number=BUDI.number)
    assert [request.url.host for request in asked] == ["nic.example.ac.id"]


async def test_what_is_looked_up_stays_in_its_place():
    directory, asked = answering(httpx.Response(404))
    await directory.find(email="a&admin=1@evil.example/../x#y")
    (request,) = asked
    assert (request.url.host, request.url.path) == ("nic.example.ac.id", "/cari")
    assert dict(request.url.params) == {"mail": "a&admin=1@evil.example/../x#y"}


async def test_an_endpoint_that_lists_everybody_names_nobody_else():
    people = [{"nim": "13519001", "nama": "Budi"}, {"nim": "13519002", "nama": "Ana"}]
    settings = HttpSettings(url=f"{BASE}/?q={{number}}", paths={"number": "nim", "name": "nama"})
    directory, _ = answering(httpx.Response(200, json=people), settings)
    assert [one.name for one in await directory.find(number="13519001")] == ["Budi"]


async def test_an_entry_without_its_number_has_the_one_that_was_asked_for():
    settings = HttpSettings(url=f"{BASE}/{{number}}")
    directory, _ = answering(httpx.Response(200, json={"name": "Budi Santoso"}), settings)
    assert [one.number for one in await directory.find(number="13519001")] == ["13519001"]


async def test_without_a_way_by_mailbox_nobody_is_asked():
    directory, asked = answering(httpx.Response(500), HttpSettings(url=f"{BASE}/{{number}}"))
    assert await directory.find(email="budi@example.ac.id") == ()
    assert asked == []


@pytest.mark.parametrize("said", [None, [], {}, {"data": None}, {"data": {"orang": "x"}}, "x", 1, {"data": {"orang": [1, None, {}]}}])  # fmt: skip
async def test_an_answer_that_says_nothing_is_nobody(said):
    directory, _ = answering(httpx.Response(200, content=json.dumps(said)))
    assert await directory.find(number=BUDI.number) == ()


@pytest.mark.parametrize("status", [429, 500, 503])
async def test_an_endpoint_in_trouble_may_answer_later(status):
    directory, _ = answering(httpx.Response(status))
    with pytest.raises(Deferred, match=f"answers {status}"):
        await directory.find(number=BUDI.number)


async def test_an_endpoint_that_takes_its_time_is_left_in_time():
    async def slow(_request):
        await asyncio.sleep(60)

    directory, _ = answering(slow, seconds=0.1)
    with pytest.raises(Deferred, match="did not answer within"):
        await directory.find(number=BUDI.number)


async def test_an_endpoint_that_is_not_there_may_be_later():
    with pytest.raises(Deferred, match="cannot be reached"):
        await HttpDirectory(http_settings("http://127.0.0.1:1")).find(number=BUDI.number)


async def test_an_answer_without_end_is_cut():
    directory, _ = answering(httpx.Response(200, content=b"[" + b" " * LARGEST_ANSWER + b"]"))
    with pytest.raises(RefusedByProvider, match="answers with too much"):
        await directory.find(number=BUDI.number)


@pytest.mark.parametrize("content", [b"<html>", b"[" * 100_000, b"\xff"])
async def test_an_answer_that_is_no_json_is_a_mistake(content):
    directory, _ = answering(httpx.Response(200, content=content))
    with pytest.raises(RefusedByProvider, match="does not answer in JSON"):
        await directory.find(number=BUDI.number)
