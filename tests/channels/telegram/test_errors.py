"""What a failure means: surely not sent, never to be sent, or not known. And no failure tells the token."""

import contextlib
import socket
import traceback
from dataclasses import replace
from datetime import timedelta

import pytest

from channels.contract import Deferred, PlaceBarred, PlaceMoved, RefusedByProvider, ThreadClosed, ThreadGone
from channels.telegram.adapter import TelegramAdapter
from channels.telegram.errors import OutcomeUnknown
from tests.channels.telegram.conftest import GROUP


@pytest.fixture(autouse=True)
def ana_has_written(standin) -> None:
    standin.contact_writes(7, "Halo", name="Ana")


async def test_a_throttle_without_a_wait_is_one_too(adapter, standin, out):
    standin.refuses("sendMessage", 429, "Too Many Requests")
    with pytest.raises(Deferred) as caught:
        await adapter.send(out("Halo", to=7))
    assert caught.value.wait is None


@pytest.mark.parametrize(
    ("status", "description", "sentence"),
    [
        (403, "Forbidden: bot was blocked by the user", "memblokir"),
        (403, "Forbidden: user is deactivated", "tidak aktif"),
        (403, "Forbidden: bot can't initiate conversation with a user", "belum pernah menulis"),
        (403, "Forbidden: bot was kicked from the supergroup chat", "dikeluarkan"),
        (403, "Forbidden: something new", "something new"),
        (400, "Bad Request: chat not found", "tidak ditemukan"),
        (400, "Bad Request: not enough rights to send text messages to the chat", "hak"),
        (400, "Bad Request: something new", "something new"),
        (413, "Request Entity Too Large", "terlalu besar"),
    ],
)
async def test_a_refusal_is_a_sentence_that_an_agent_can_read(
    adapter, standin, out, status, description, sentence
):
    standin.refuses("sendMessage", status, description)
    with pytest.raises(RefusedByProvider, match=sentence) as caught:
        await adapter.send(out("Halo", to=7))
    assert caught.value.code == str(status)
    assert not caught.value.account_broken


async def test_a_contact_who_blocked_the_bot_gets_nothing(adapter, standin, out):
    standin.blocks(7)
    with pytest.raises(RefusedByProvider, match="blokir"):
        await adapter.send(out("Halo", to=7))


async def test_a_person_who_never_wrote_cannot_be_written_to(adapter, out):
    with pytest.raises(RefusedByProvider, match="belum pernah menulis"):
        await adapter.send(out("Halo", to=8))


@pytest.mark.parametrize("description", ["message thread not found", "TOPIC_DELETED", "TOPIC_ID_INVALID"])
async def test_a_topic_that_is_gone_is_told_apart(adapter, standin, out, description):
    standin.refuses("sendMessage", 400, f"Bad Request: {description}")
    with pytest.raises(ThreadGone):
        await adapter.send(out("Halo", to=7))


async def test_a_group_that_moved_says_where_to(adapter, standin, out):
    standin.group_moves(GROUP, -1002222222222)
    with pytest.raises(PlaceMoved, match="-1002222222222") as caught:
        await adapter.send(out("Halo", to=GROUP))
    assert (caught.value.before, caught.value.after) == (str(GROUP), "-1002222222222")


@pytest.mark.parametrize(
    ("status", "description", "kind"),
    [
        (403, "Forbidden: bot was kicked from the supergroup chat", PlaceBarred),
        (403, "Forbidden: bot is not a member of the supergroup chat", PlaceBarred),
        (400, "Bad Request: not enough rights to send text messages to the chat", PlaceBarred),
        (400, "Bad Request: CHAT_WRITE_FORBIDDEN", PlaceBarred),
        (400, "Bad Request: chat not found", PlaceBarred),
        (400, "Bad Request: the chat is not a forum", PlaceBarred),
        (400, "Bad Request: TOPIC_CLOSED", ThreadClosed),
        (400, "Bad Request: something new", RefusedByProvider),
    ],
)
async def test_what_a_group_has_to_mend_is_told_apart(adapter, standin, out, status, description, kind):
    standin.refuses("sendMessage", status, description)
    with pytest.raises(RefusedByProvider) as caught:
        await adapter.send(out("Halo", to=GROUP))
    assert type(caught.value) is kind


async def test_a_refused_token_means_a_broken_account(settings, out):
    wrong = TelegramAdapter(replace(settings, token="424242:wrong-token"))
    with pytest.raises(RefusedByProvider, match="token") as caught:
        await wrong.send(out("Halo", to=7))
    await wrong.aclose()
    assert caught.value.account_broken


async def test_a_server_that_is_not_there_surely_sent_nothing(settings, out):
    nowhere = TelegramAdapter(replace(settings, api="http://127.0.0.1:9"))
    with pytest.raises(Deferred, match="tidak dapat dihubungi"):
        await nowhere.send(out("Halo", to=7))
    await nowhere.aclose()


async def test_a_name_that_does_not_resolve_surely_sent_nothing(settings, out):
    nowhere = TelegramAdapter(replace(settings, api="http://telegram.invalid"))
    with pytest.raises(Deferred, match="tidak dapat dihubungi"):
        await nowhere.send(out("Halo", to=7))
    await nowhere.aclose()


async def test_a_server_that_does_not_take_up_surely_sent_nothing_and_the_token_stays_untold(settings, out):
    with socket.create_server(("127.0.0.1", 0), backlog=0) as deaf, contextlib.ExitStack() as crowd:
        for _ in range(3):  # they fill the queue, so that the next one is not even answered
            waiting = crowd.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(deaf.getsockname())
        base_url = f"http://127.0.0.1:{deaf.getsockname()[1]}"
        adapter = TelegramAdapter(replace(settings, api=base_url, connect_within=timedelta(seconds=0.3)))
        with pytest.raises(Deferred, match="tidak dapat dihubungi") as caught:
            await adapter.send(out("Halo", to=7))
        await adapter.aclose()
    told = "".join(traceback.format_exception(caught.value))
    assert settings.token.partition(":")[2] not in told


@pytest.mark.parametrize("done", [True, False])
@pytest.mark.parametrize("fault", ["cuts", "answers_garbage"])
async def test_a_line_that_breaks_leaves_the_outcome_unknown(adapter, standin, out, fault, done):
    getattr(standin, fault)("sendMessage", done=done)
    with pytest.raises(OutcomeUnknown):
        await adapter.send(out("Halo", to=7))
    assert len(standin.chat(7).from_bot) == int(done)


async def test_no_failure_tells_the_token(settings, standin, out):
    secret = settings.token.partition(":")[2]
    line = TelegramAdapter(settings)
    failures: list[BaseException] = []
    for fault in (standin.breaks, standin.cuts, standin.answers_garbage):
        fault("sendMessage")
        fault("getFile")
    for _ in range(3):
        for attempt in (line.send(out("Halo", to=7)), line.fetch("anything")):
            with pytest.raises(Exception) as caught:  # noqa: PT011  whichever it is
                await attempt
            failures.append(caught.value)
    await line.aclose()
    assert len(failures) == 6
    told = "".join("".join(traceback.format_exception(failure)) for failure in failures)
    assert secret not in told
    assert secret not in repr(settings)
    assert (settings.webhook_secret or "?") not in repr(settings)
