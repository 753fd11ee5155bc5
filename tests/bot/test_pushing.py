"""Web push: whoever has a ticket is told on their own devices what happens to it, and nothing that anybody wrote."""

from datetime import timedelta

import pytest

from bot.pushing.rule import Held, Why, concerned, still
from channels.push.send import PushSender
from channels.push.vapid import VapidKey
from console.sight import LASTS
from tests.bot.chat import SLUG, Chat
from tests.standins import certificate as certificates
from tests.standins.push_service import running_push_service
from tickets import devices
from tickets.lifecycle import Status
from tickets.message import Channel, Person, Place

ANA = Place(account=f"{SLUG}/whatsapp", channel=Channel.WHATSAPP, address="+62811")
BUDI, RINA = "1002", "1001"
KEY = VapidKey(secret_key="a secret for tests", contact=None)
NEEDS_OPENSSL = pytest.mark.skipif(bool(certificates.unavailable()), reason=str(certificates.unavailable()))


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    return certificates.Certificate(tmp_path_factory.mktemp("tls"))


@pytest.fixture
async def service(certificate):
    async with running_push_service(certificate, vapid=KEY.public) as running:
        yield running
        assert running.complaints == []


@pytest.fixture
def chat(ledger, certificate, service):
    sender = PushSender(KEY, trusted=frozenset({"127.0.0.1"}), tls=certificate.trusted())
    chat = Chat(ledger, push=sender)
    service.clock = lambda: chat.now.timestamp()  # noqa: PLW0108  the clock moves
    return chat


@pytest.fixture
def phone(chat, service):
    """Budi's, on which he is logged in."""
    browser = service.browser()

    def keep(tx):
        devices.keep(
            tx, endpoint=browser.endpoint, p256dh=browser.p256dh, auth=browser.auth, email="budi@example.ac.id",
            session="of budi", language="id", browser="", at=chat.now,
        )  # fmt: skip

    chat.ledger.write_blocking(keep)
    return browser


def kept(chat):
    with chat.ledger.reading() as session:
        return devices.of_person(session, "budi@example.ac.id")


async def given_to_budi(chat):
    await chat.writes("lupa kata sandi, saya Ana")
    await chat.agent_writes(RINA, "/tugaskan budi", ticket=1)
    await chat.passes(timedelta(seconds=5))


@NEEDS_OPENSSL
async def test_whoever_has_a_ticket_is_told_its_number_and_what_happened_and_no_more(chat, phone):
    await given_to_budi(chat)
    assert phone.told == [
        {"title": "Tiket #1", "body": "Kini menjadi tiket Anda", "url": "/tickets/1", "lang": "id"}
    ]
    for words in ("sandi saya rahasia123", "halo?"):
        await chat.receives(Channel.WHATSAPP, words, ANA, Person(address=ANA.address, name="Ana"))
    await chat.passes(timedelta(seconds=5))
    assert [told["body"] for told in phone.told[1:]] == ["Pesan baru dari kontak"]
    await chat.writes("wifi asrama mati", sender="+62812")
    await chat.passes(timedelta(seconds=5))
    await chat.agent_writes(BUDI, "/ambil", ticket=2)
    await chat.passes(timedelta(hours=1))
    assert [(told["title"], told["body"]) for told in phone.told[2:]] == [
        ("Tiket #1", "Melewati batas waktu"),
        ("Tiket #2", "Melewati batas waktu"),
    ]
    assert set(phone.topics) == {"t1", "t2"}


@NEEDS_OPENSSL
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_push_service_that_is_down_is_tried_a_few_times_and_a_browser_that_is_gone_is_forgotten(
    chat, phone, service
):
    service.answers(503, times=4)
    await given_to_budi(chat)
    for _ in range(4):
        await chat.passes(timedelta(minutes=2))
    assert (len(phone.told), kept(chat)[0].failing_since) == (1, None)
    service.answers(503, times=5)
    await chat.writes("halo?")
    for _ in range(6):
        await chat.passes(timedelta(minutes=2))
    assert (len(phone.told), kept(chat)[0].failing_since is not None) == (1, True)
    service.answers(410)
    await chat.writes("masih gagal")
    await chat.passes(timedelta(minutes=1))
    assert (len(phone.told), kept(chat)) == (1, ())


@NEEDS_OPENSSL
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_nobody_is_told_who_is_away_or_has_logged_out(chat, phone):
    await chat.says(BUDI, "/istirahat 30m")
    await given_to_budi(chat)
    assert phone.told == []
    await chat.says(BUDI, "/kembali")
    chat.logged_out.add("of budi")
    await chat.writes("halo?")
    await chat.passes(timedelta(seconds=5))
    assert (phone.told, kept(chat)) == ([], ())


@NEEDS_OPENSSL
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_phone_is_silent_while_its_owner_looks_at_a_page_elsewhere(chat, phone):
    await given_to_budi(chat)
    before = len(phone.told)
    chat.sight.sees("budi@example.ac.id", "at the desk")
    await chat.writes("halo?")
    await chat.passes(timedelta(seconds=5))
    assert len(phone.told) == before
    await chat.passes(timedelta(seconds=LASTS))
    chat.sight.sees("budi@example.ac.id", "of budi")
    await chat.writes("masih di sana?")
    await chat.passes(timedelta(seconds=5))
    assert len(phone.told) == before + 1


MESSAGE = {"kind": "message.received", "data": {"asks": True}}
THANKS = {"kind": "message.received", "data": {"asks": False}}
GIVEN = {"kind": "ticket.assigned", "data": {"to": "budi"}}


@pytest.mark.parametrize(
    ("news", "assignee", "status", "told"),
    [
        ([MESSAGE, GIVEN, MESSAGE], "budi", Status.OPEN, (Why.ASSIGNED, Why.MESSAGE)),
        ([MESSAGE], "rina", Status.OPEN, ()),  # it has passed on meanwhile
        ([MESSAGE], "budi", Status.SOLVED, ()),
        ([THANKS], "budi", Status.OPEN, ()),
        ([{"kind": "clock.breached", "data": {"clock": "resolution", "cycle": 1}}], "budi", Status.OPEN, ()),
    ],
)
def test_what_is_over_when_it_leaves_is_told_nobody(news, assignee, status, told):
    held = Held(assignee=assignee, team_holder=None, status=status)
    assert still(news, "budi", held, {}, now=None) == told


def test_the_second_line_s_promise_concerns_whoever_has_the_ticket_there():
    held = Held(assignee="budi", team_holder="yoga", status=Status.OPEN)
    assert concerned("clock.warned", {"clock": "second_line"}, held) == {"yoga"}
    assert concerned("clock.warned", {"clock": "resolution"}, held) == {"budi"}
    assert concerned("message.received", {}, held) == {"budi", "yoga"}


def test_a_mention_and_a_held_answer_concern_whom_they_name_even_on_what_is_solved():
    held = Held(assignee="budi", team_holder=None, status=Status.SOLVED)
    news = [{"kind": kind, "data": {"to": "sari"}} for kind in ("staff.mentioned", "answer.held")]
    assert still(news, "sari", held, {}, now=None) == (Why.MENTIONED, Why.HELD)
    assert still(news, "budi", held, {}, now=None) == ()
