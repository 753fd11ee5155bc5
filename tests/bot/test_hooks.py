"""Webhooks: programs outside are told what happens, signed, in order, again after every failure, and never too much."""

from datetime import timedelta

import pytest

from bot.hooks.telling import without_numbers
from tests.bot.chat import SLUG, Chat
from tests.standins.tracker import running_tracker
from tickets import views
from tickets.actions import hooks as acts
from tickets.actions.errors import NotAllowedError, RuleError, UnknownValueError

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
BUDI, RINA = "1002", "1001"
KEY = f"{SLUG}/hook/lms"
FILE = """\
webhooks:
  - {{id: lms, url: "{url}", secret: "${{LMS_SECRET}}", events: [{events}]{more}}}
retention: 5y"""
QUESTION = "nilai kuis saya belum muncul, saya Ana NIM 13519001 dari Teknik Fisika"


@pytest.fixture
async def lms():
    async with running_tracker(SECRET) as running:
        yield running
        assert running.complaints == []


@pytest.fixture
def opening(ledger, lms):
    """Open the desk with a webhook."""

    def opened(events: str = "ticket.*", *, more: str = "", secret: str = SECRET) -> Chat:
        section = FILE.format(url=lms.url, events=events, more=more)
        chat = Chat(
            ledger,
            changes={"desk.yaml": ("retention: 5y", section)},
            environment={"LMS_SECRET": secret} if secret else {},
        )
        lms.clock = lambda: chat.now.timestamp()  # noqa: PLW0108  the clock moves
        return chat

    return opened


def fares(chat: Chat):
    with chat.ledger.reading() as session:
        return views.hooks(session, [KEY], tries=20)[KEY]


def does(chat: Chat, act, *args, who: str = "supervisor"):
    by = chat.staff(who).actor
    return chat.ledger.write_blocking(lambda tx: act(tx, *args, desk=chat.desk.now, by=by, at=chat.now))


async def test_a_program_is_told_what_it_asked_for_as_the_api_shows_it(opening, lms):
    chat = opening("ticket.opened, message.received")
    await chat.writes(QUESTION)
    opened, received = lms.taken
    assert lms.types == ["ticket.opened", "message.received"]
    assert opened.body["data"]["desk"] == SLUG
    assert opened.body["data"]["ticket"]["number"] == 1
    assert opened.body["data"]["ticket"]["clocks"][0]["kind"] == "first_response"
    assert received.body["data"]["message"]["text"].startswith("nilai kuis")
    assert received.body["data"]["event"]["kind"] == "message.received"


@pytest.mark.parametrize(("more", "seen"), [("", False), (", identity: full", True)])
async def test_identity_numbers_are_masked_unless_the_desk_says_otherwise(opening, lms, more, seen):
    chat = opening("message.received", more=more)
    await chat.writes(QUESTION)
    told = lms.taken[0].body["data"]
    assert ("13519001" in str(told)) is seen
    assert told["ticket"]["contact"]["identity"]["number"] == ("13519001" if seen else "135•••01")


def test_numbers_are_masked_wherever_they_stand_and_references_are_left_alone():
    shown = {
        "contact": {"identity": {"verification": {"listed": {"number": "13519001", "name": "Ana"}}}},
        "message": {"external_id": "13519001", "text": "NIM saya 13519001, terima kasih", "attachments": []},
        "created_at": "2026-10-06T02:00:00+00:00",
        "number": 1042,
    }
    masked = without_numbers(shown, None)
    assert masked["contact"]["identity"]["verification"]["listed"] == {"number": "135•••01", "name": "Ana"}
    assert masked["message"]["text"] == "NIM saya 135•••01, terima kasih"
    assert masked["message"]["external_id"] == "13519001"
    assert (masked["created_at"], masked["number"]) == ("2026-10-06T02:00:00+00:00", 1042)


async def test_what_fails_comes_again_in_order_and_under_its_id(opening, lms):
    chat = opening("ticket.opened, message.received")
    lms.answers(503)
    lms.cuts()
    await chat.writes(QUESTION)
    assert lms.types == []
    await chat.passes(timedelta(minutes=1))
    await chat.passes(timedelta(minutes=1))
    assert lms.types == ["ticket.opened", "ticket.opened", "message.received"]
    assert lms.taken[0].id == lms.taken[1].id != lms.taken[2].id
    assert [each.status for each in reversed(fares(chat).tries)] == [503, None, 204, 204]


async def test_one_ticket_that_waits_holds_up_no_other(opening, lms):
    chat = opening("ticket.opened")
    lms.answers(503, retry_after="600")
    await chat.writes(QUESTION)
    await chat.writes("wifi asrama mati", sender="+62812")
    assert [taken.body["data"]["ticket"]["number"] for taken in lms.taken] == [2]


async def test_a_hook_begins_when_it_is_named(ledger, opening, lms):
    before = Chat(ledger)
    await before.writes(QUESTION)
    chat = opening("ticket.opened")
    await chat.settle()
    assert lms.taken == []
    await chat.writes("wifi asrama mati", sender="+62812", event_id="later")
    assert lms.types == ["ticket.opened"]


async def test_a_hook_that_fails_for_a_day_is_paused_and_the_supervisors_are_told(opening, lms):
    chat = opening("ticket.opened")
    lms.answers(500, times=100)
    await chat.writes(QUESTION)
    for _ in range(13):
        await chat.passes(timedelta(hours=2))
    assert fares(chat).paused_why == "failing"
    told = [out.text for out in chat.group.private if "lms" in out.text]
    assert len(told) == 1
    assert "dijeda" in told[0]
    calls = lms.calls
    await chat.passes(timedelta(hours=2))
    assert lms.calls == calls
    assert fares(chat).waiting == 1


async def test_a_paused_hook_runs_again_with_what_waited(opening, lms):
    chat = opening("ticket.opened")
    lms.answers(410)
    await chat.writes(QUESTION)
    assert fares(chat).paused_why == "gone"
    with pytest.raises(NotAllowedError):
        does(chat, acts.resume, "lms", who="agent")
    does(chat, acts.resume, "lms")
    await chat.settle()
    assert lms.types == ["ticket.opened"]
    with pytest.raises(RuleError):
        does(chat, acts.resume, "lms")


async def test_what_failed_for_days_is_given_up_and_can_be_sent_again(opening, lms):
    chat = opening("ticket.opened")
    lms.answers(410)
    await chat.writes(QUESTION)
    for _ in range(76):
        await chat.passes(timedelta(hours=1))
    stands = fares(chat)
    assert (stands.waiting, stands.given_up) == (0, 1)
    does(chat, acts.resume, "lms")
    does(chat, acts.send_again, "lms", stands.tries[0].delivery)
    await chat.settle()
    assert lms.types == ["ticket.opened"]
    with pytest.raises(UnknownValueError):
        does(chat, acts.send_again, "lms", 9999)


async def test_a_test_says_nothing_of_anybody(opening, lms):
    chat = opening()
    await chat.settle()
    does(chat, acts.send_test, "lms")
    does(chat, acts.send_test, "lms")
    await chat.settle()
    assert lms.types == ["test", "test"]
    assert lms.taken[0].body["data"] == {"desk": SLUG, "webhook": "lms"}
    assert lms.taken[0].id != lms.taken[1].id
    with pytest.raises(UnknownValueError):
        does(chat, acts.send_test, "nobody")


async def test_without_its_secret_nothing_leaves_and_a_silent_receiver_delays_no_answer(opening, lms):
    chat = opening(secret="")
    await chat.writes(QUESTION)
    assert lms.calls == 0
    assert chat.said
    assert fares(chat).tries == ()
