"""Replay: what was kept because it could not be processed becomes what it would have been."""

import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest
from sqlmodel import col, select, update

from bot.house import open_house
from bot.replay import replay_kept, reread_message
from bot.settings import load_settings
from tests.conftest import clocks_that_differ
from tests.standins.cloud import CloudStandin
from tickets import inbound
from tickets.actions.errors import UnknownValueError
from tickets.inbound import RAW_INLINE
from tickets.ledger import events
from tickets.ledger.prepared import Prepared
from tickets.tables import Attachment, Edit, Event, Inbound, Message, Ticket

DESK = Path(__file__).parent / "desks" / "unit-contoh"
RECEIVED = datetime(2026, 10, 5, 2, 0, tzinfo=UTC)  # Monday, 10:00 in Makassar
NOW = RECEIVED + timedelta(hours=5)
WHATSAPP, TELEGRAM, EMAIL = (f"unit-contoh/{channel}" for channel in ("whatsapp", "telegram", "email"))


@pytest.fixture
def house(database_url, tmp_path, monkeypatch):
    shutil.copytree(DESK, tmp_path / "desks" / "unit-contoh")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TANGGAP_DATABASE_URL", database_url)
    with open_house(load_settings(), clock=lambda: RECEIVED) as opened:
        yield opened
        assert opened.ledger.write_blocking(clocks_that_differ) == []


@pytest.fixture
def keep(house):
    """Keep an event as a door does that could not read or store it."""

    def kept(account, raw, *, event_id="e1", at=RECEIVED):
        sha256 = house.ledger.blobs.put_unbounded(raw) if len(raw) > RAW_INLINE else None
        house.ledger.write_blocking(
            lambda tx: inbound.keep(
                tx, account=account, event_id=event_id, raw=raw, raw_sha256=sha256, error="it broke", at=at
            )
        )

    return kept


@pytest.fixture
def replay(house):
    async def again(account=None):
        outcomes = await replay_kept(house, account=account, clock=lambda: NOW)
        return {outcome.event_id: outcome.error for outcome in outcomes}

    return again


def whatsapp(text, *, sid="SM1"):
    return urlencode(
        {"MessageSid": sid, "From": "whatsapp:+628123", "To": "whatsapp:+62811", "Body": text}
    ).encode()


def cloud(text):
    standin = CloudStandin()
    return json.dumps(standin.webhook(messages=[standin.message(text={"body": text})])).encode()


def telegram(text):
    person = {"id": 77, "is_bot": False, "first_name": "Ana"}
    said = {
        "message_id": 1,
        "date": int(RECEIVED.timestamp()),
        "from": person,
        "chat": {"id": 77, "type": "private"},
    }
    return json.dumps({"update_id": 5, "message": said | {"text": text}}).encode()


def mail(text):
    head = "From: Ana <ana@example.com>\r\nTo: x@example.ac.id\r\nSubject: Tolong\r\nMessage-ID: <m1@example.com>\r\n"
    return f"{head}\r\n{text}\r\n".encode()


def said(house):
    with house.ledger.reading() as session:
        return list(
            session.exec(select(Message.text).where(Message.direction == "in").order_by(col(Message.id)))
        )


def kept_because(house):
    with house.ledger.reading() as session:
        waiting = session.exec(select(Inbound).where(col(Inbound.processed_at).is_(None)))
        return {event.event_id: event.error for event in waiting}


@pytest.mark.parametrize(
    ("account", "raw"),
    [
        (WHATSAPP, whatsapp("lupa sandi")),
        (WHATSAPP, cloud("lupa sandi")),
        (TELEGRAM, telegram("lupa sandi")),
        (EMAIL, mail("lupa sandi")),
    ],
)
async def test_a_kept_message_becomes_a_ticket_and_is_kept_no_longer(house, keep, replay, account, raw):
    keep(account, raw)
    assert await replay() == {"e1": None}
    assert said(house) == ["lupa sandi"]
    assert kept_because(house) == {}
    assert await replay() == {}


async def test_its_clocks_run_since_it_came_in(house, keep, replay):
    keep(WHATSAPP, whatsapp("lupa sandi"))
    await replay()
    clocks = house.ledger.write_blocking(lambda tx: events.clocks_of(tx, 1))
    assert {clock.started_at for clock in clocks} == {RECEIVED}


async def test_what_fails_again_stays_kept_with_the_new_reason_and_holds_nobody_up(house, keep, replay):
    keep(WHATSAPP, b"Body=without+sender", event_id="bad")
    keep(WHATSAPP, whatsapp("lupa sandi"), event_id="good", at=RECEIVED + timedelta(minutes=1))
    outcomes = await replay()
    assert outcomes["good"] is None
    assert "MessageSid" in outcomes["bad"]
    assert said(house) == ["lupa sandi"]
    assert kept_because(house) == {"bad": outcomes["bad"]}


async def test_kept_messages_are_processed_in_the_order_in_which_they_came(house, keep, replay):
    keep(WHATSAPP, whatsapp("kedua", sid="SM2"), event_id="a", at=RECEIVED + timedelta(seconds=1))
    keep(WHATSAPP, whatsapp("pertama", sid="SM1"), event_id="b")
    await replay()
    assert said(house) == ["pertama", "kedua"]


async def test_a_large_mail_is_read_from_the_files(house, keep, replay):
    keep(EMAIL, mail("panjang " * 10_000))
    assert await replay() == {"e1": None}
    assert said(house)[0].startswith("panjang panjang")


async def test_an_update_that_says_nothing_is_done_with(house, keep, replay):
    keep(TELEGRAM, b'{"update_id": 6}')
    assert await replay() == {"e1": None}
    assert said(house) == []
    assert kept_because(house) == {}


async def test_what_is_replayed_waits_for_a_matcher_that_is_not_trained_yet(house, keep, replay, monkeypatch):
    monkeypatch.setattr(
        "bot.receive.TRAINED_WITHIN", 0
    )  # a provider is told to bring it again; here nobody would
    keep(WHATSAPP, whatsapp("lupa sandi"))
    assert await replay() == {"e1": None}
    assert said(house) == ["lupa sandi"]


async def test_an_event_of_an_account_that_is_gone_stays_kept(house, keep, replay):
    keep("dahulu/whatsapp", whatsapp("halo"))
    assert await replay() == {"e1": "NoReaderError: no desk has this account"}


async def test_a_processed_mail_read_again_says_what_is_read_now_and_moves_nothing_else(house, keep, replay):
    head = 'Content-Type: multipart/mixed; boundary="b"\r\n'
    parts = "--b\r\n\r\nlupa sandi\r\n--b\r\nContent-Type: text/csv; name=nilai.csv\r\n\r\n1,2\r\n--b--"
    keep(EMAIL, mail(parts).replace(b"Subject", f"{head}Subject".encode(), 1))
    await replay()

    def read_worse(tx):
        tx.run(Prepared(update(Message).values(text="lupa s?ndi", subject="T?long")))
        tx.run(Prepared(update(Ticket).values(subject="T?long")))
        tx.run(Prepared(update(Attachment).values(name="lampiran-1.bin", sha256="0" * 64)))

    house.ledger.write_blocking(read_worse)
    assert await reread_message(house, 1, clock=lambda: NOW)
    assert not await reread_message(house, 1, clock=lambda: NOW)
    with house.ledger.reading() as session:
        assert session.exec(select(Ticket.subject)).all() == ["Tolong"]
        assert sorted(session.exec(select(Attachment.name))) == ["lampiran-1.bin", "nilai.csv"]
        assert session.exec(select(Edit.text)).all() == ["lupa s?ndi"]
        kinds = session.exec(select(Event.kind).order_by(col(Event.id))).all()
    assert said(house) == ["lupa sandi"]
    assert [kind for kind in kinds if kind in {"message.received", "message.replayed", "message.reread"}] == [
        "message.received", "message.replayed", "message.reread", "message.reread",
    ]  # fmt: skip
    with pytest.raises(UnknownValueError):
        await reread_message(house, 99, clock=lambda: NOW)


async def test_one_account_can_be_replayed_alone(house, keep, replay):
    keep(WHATSAPP, whatsapp("lewat whatsapp"), event_id="w")
    keep(EMAIL, mail("lewat surel"), event_id="m")
    assert await replay(EMAIL) == {"m": None}
    assert said(house) == ["lewat surel"]
