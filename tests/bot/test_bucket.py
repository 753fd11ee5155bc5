"""Files of the desk in a bucket: nothing is taken in that is not kept, nothing leaves without its file, and nothing is lost."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from bot.personal.erasing import Erasing
from channels.contract import StoreBusy
from procedures.cases.step_clock import CLOCK_RULES
from tests.bot.chat import Chat
from tests.bot.test_erasing import asks, closes, contact_of
from tests.standins import s3
from tickets import removals
from tickets.ledger.store import MOST_FILING, Ledger
from tickets.ledger.writer import StoreUnavailableError
from tickets.message import Channel, File, Person, Place
from tickets.tables import Message

LETTER = File(name="surat.txt", type="text/plain", size=16, content=b"surat permohonan")
ANA = "ana@example.com"


@pytest.fixture
def line(object_storage):
    with s3.disturbable(object_storage.bucket()) as (line, by):
        yield line, by


@pytest.fixture
def way(line):
    return line[0]


@pytest.fixture
def ledger(migrated_file, line, tmp_path):
    path = tmp_path / "tanggap.db"
    path.write_bytes(migrated_file.read_bytes())
    opened = Ledger(f"sqlite:///{path}", files=tmp_path / "files", bucket=line[1], clock_rules=CLOCK_RULES)
    yield opened
    opened.close()


async def brings(chat, event):
    """Bring a mail with a letter as a provider does that knows it by an id."""
    place = Place(account=f"{chat.slug}/email", channel=Channel.EMAIL, address=ANA, thread="<1@example.com>")
    await chat.receives(
        Channel.EMAIL, "Terlampir suratnya", place, Person(address=ANA, name="Ana"), subject="Surat",
        event_id=event, external_id="<1@example.com>", files=(LETTER,),
    )  # fmt: skip


async def test_a_mail_whose_file_cannot_be_kept_is_not_taken_in_and_comes_again(
    ledger, way, object_storage, line
):
    chat = Chat(ledger)
    way.answers(503)
    with pytest.raises(StoreBusy):
        await brings(chat, "m1")
    with pytest.raises(StoreBusy):  # nor is it kept raw without its file
        await chat.receiver.keep(
            account=f"{chat.slug}/email", event_id="m2", raw=b"x" * 70_000, error="unread"
        )
    assert ledger.write_blocking(lambda tx: tx.next_id("tickets")) == 1
    way.heals()
    await brings(chat, "m1")
    await brings(chat, "m1")
    assert len(object_storage.names_in(line[1])) == 1
    assert chat.ticket(2).subject == "Surat"


async def test_an_answer_waits_for_its_file_and_goes_once(ledger, way):
    chat = Chat(ledger)
    await chat.mails("Mohon formulirnya")
    await chat.agent_writes("1002", "Ini formulirnya", ticket=1)
    await chat.agent_writes("1002", "/kategori login", ticket=1)
    before = len(chat.email.sent)
    way.answers(503, "GET", of="/desk/")
    await chat.agent_writes("1002", "Dan ini suratnya", ticket=1, files=(LETTER,))
    await chat.passes(timedelta(minutes=1))
    assert len(chat.email.sent) == before
    way.heals()
    await chat.passes(timedelta(minutes=10))
    answers = [each for each in chat.email.sent[before:] if each.files]
    assert [file.content for each in answers for file in each.files] == [LETTER.content]


async def test_an_answer_whose_file_is_gone_is_refused_with_the_reason(ledger, object_storage, line, way):
    chat = Chat(ledger)
    await chat.mails("Mohon formulirnya")
    way.answers(503, "GET", of="/desk/")  # nothing is loaded before it is gone
    await chat.agent_writes("1002", "Ini suratnya", ticket=1, files=(LETTER,))
    way.heals()
    before = len(chat.email.sent)
    for name in object_storage.names_in(line[1]):
        object_storage.admin.delete_object(Bucket=line[1].bucket, Key=name)
    await chat.passes(timedelta(minutes=10))
    assert len(chat.email.sent) == before
    with ledger.reading() as session:
        (answer,) = session.exec(select(Message).where(Message.text == "Ini suratnya"))
    assert (answer.delivery, answer.delivery_error) == ("failed", "a file that goes along is no longer kept")


async def test_who_is_erased_is_erased_in_the_bucket_too_once_it_answers(ledger, way, object_storage, line):
    chat = Chat(ledger)
    await chat.mails("Terlampir", sender="ayu@example.org", files=(LETTER,))
    await closes(chat, 1)
    asks(chat, contact_of(chat, "ayu@example.org"))
    tomorrow = datetime.now(UTC) + timedelta(days=1)  # by the storage's clock the file was put just now
    way.answers(503)
    with pytest.raises(StoreUnavailableError):
        await Erasing(ledger, chat.desks, clock=lambda: tomorrow).turn()
    assert len(object_storage.names_in(line[1])) == 1
    way.heals()
    assert await Erasing(ledger, chat.desks, clock=lambda: tomorrow).turn() == 0
    assert object_storage.names_in(line[1]) == set()
    assert ledger.write_blocking(removals.pending) == ()


async def test_more_than_may_wait_for_a_silent_storage_are_sent_away_at_once(ledger, way):
    way.falls_silent()
    waiting = [asyncio.create_task(ledger.file("0" * 64)) for _ in range(MOST_FILING)]
    await asyncio.sleep(0)
    with pytest.raises(StoreUnavailableError, match="too much"):
        await ledger.file("0" * 64)
    way.heals()
    way.over.set()
    outcomes = await asyncio.gather(*waiting, return_exceptions=True)
    assert {type(each) for each in outcomes} <= {StoreUnavailableError, FileNotFoundError}


async def test_wrong_credentials_are_no_missing_file(ledger, line, tmp_path):
    other = Ledger(ledger.url, files=tmp_path / "files", bucket=replace(line[1], secret="geheim"))
    with pytest.raises(StoreUnavailableError) as error:
        await other.file("0" * 64)
    assert "geheim" not in repr(error.value) + repr(other.bucket)
    other.close()
