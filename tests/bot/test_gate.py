"""The intake lets in what can be stored in time; what is turned away is told to come again, and costs nothing else."""

import threading
from dataclasses import replace

import httpx
import pytest
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from bot.gate import Gate
from bot.service.http import StraightIn
from bot.service.many_routes import ManyRoutes
from channels.contract import StoreBusy
from templates_replies.matcher import Matcher
from templates_replies.matcher.once import Once
from tests.bot.chat import Chat


def test_so_many_are_let_in_at_once_and_no_more():
    gate = Gate(most=2)
    with gate.inside(), gate.inside():
        assert gate.is_full()
    assert not gate.is_full()


def test_nobody_is_let_in_while_the_oldest_has_waited_for_the_ledger_for_too_long():
    now = [0.0]
    gate = Gate(longest=4, clock=lambda: now[0])
    with gate.inside(), gate.storing():
        now[0] = 4.0
        assert not gate.is_full()
        now[0] = 4.1
        assert gate.is_full()
    assert not gate.is_full()


def test_what_is_being_prepared_keeps_nobody_out():
    now = [0.0]
    gate = Gate(longest=4, clock=lambda: now[0])
    with gate.inside():
        now[0] = 60.0
        assert not gate.is_full()


async def test_a_message_beyond_that_is_to_be_brought_again_and_is_taken_then(ledger):
    chat = Chat(ledger)
    chat.receiver.gate = Gate(most=1)
    with chat.receiver.gate.inside(), pytest.raises(StoreBusy):
        await chat.writes("Halo", event_id="SM1")
    assert chat.receiver.turned_away_at == chat.now
    await chat.writes("Saya lupa kata sandi", event_id="SM1")
    assert chat.ticket().number == 1


async def test_who_comes_while_a_matcher_is_trained_waits_for_it_or_comes_again_and_it_is_trained_once(
    ledger, monkeypatch
):
    monkeypatch.setattr("bot.receive.PATIENCE", 0.01)
    chat, begun, may_end = Chat(ledger), [], threading.Event()
    knows = chat.desk.matcher._trained

    def train():
        begun.append(1)
        assert may_end.wait(60)
        return knows()

    chat.desks.put(replace(chat.desk, matcher=Matcher(Once(train))))
    for _ in range(2):
        with pytest.raises(StoreBusy):
            await chat.writes("Saya lupa kata sandi", event_id="SM1")
    monkeypatch.setattr("bot.receive.PATIENCE", 60)
    may_end.set()
    await chat.writes("Saya lupa kata sandi", event_id="SM1")
    assert (chat.ticket().number, begun) == (1, [1])


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [("/channels/whatsapp/d", "POST", 503), ("/channels/whatsapp/d", "GET", 200), ("/inbox", "POST", 200)],
)
async def test_providers_are_told_so_at_their_door_while_pages_go_on(path, method, status):
    full, turned = True, []
    doors = ManyRoutes([Route("/channels/whatsapp/d", says("the door"), methods=["POST"])])
    web = StraightIn(
        PlainTextResponse("the pages"), doors=doors, answer=doors.handle, is_full=lambda: full,
        turn_away=lambda: turned.append(path),
    )  # fmt: skip
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=web), base_url="http://desk") as http:
        answer = await http.request(method, path)
        full = False
        later = await http.request(method, path)
    assert answer.status_code == status
    assert ("retry-after" in answer.headers) is (status == 503) is bool(turned)
    assert later.text == ("the door" if status == 503 else "the pages")


def says(what):
    return lambda _request: PlainTextResponse(what)
