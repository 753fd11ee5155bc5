"""A person is erased: nothing of their words, name or addresses is left in database, files and index; figures stay."""

import os
import re
import sqlite3
from datetime import timedelta
from functools import partial

import pytest
import sqlalchemy as sa
from sqlalchemy import create_engine, text
from sqlmodel import SQLModel

import bot.wiring.building  # noqa: F401  every table is known with it
from bot.personal.erasing import Erasing
from procedures.discarding import beside
from reports.person.files import Handing, entries
from tests.bot.chat import Chat
from tickets import removals, views
from tickets.actions import erasing
from tickets.actions.errors import NotAllowedError, UnknownValueError
from tickets.actor import Actor, Kind, Role
from tickets.erasure import Hindrance, Thing
from tickets.ledger.types import Json
from tickets.message import File
from tickets.personal.whose import found, theirs
from tickets.search import SearchIndex

SECRETS = (
    "Ayu Larasati", "Larasati", "18221999", "628777001", "ayu.larasati", "peluruhan", "gundahku", "kesedihan-ayu",
    "catatanrahasia", "jawabanteduh",
)  # fmt: skip


def boss(chat):
    return Actor(kind=Kind.STAFF, id="rina", role=Role.SUPERVISOR, desks=frozenset({chat.slug}))


@pytest.fixture
async def chat(ledger):
    """A desk where Ayu has written by two ways, and others as well."""
    chat = Chat(ledger)
    await chat.writes("Login gagal, peluruhan gundahku", sender="+628777001", name="Ayu Larasati")
    await chat.writes("Saya Ayu Larasati, NIM 18221999", sender="+628777001", name="Ayu Larasati")
    await chat.mails(
        "Lupa sandi, kesedihan-ayu dan peluruhan", sender="ayu.larasati@example.org",
        files=(File(name="kesedihan-ayu.txt", type="text/plain", content=b"gundahku dan kesedihan-ayu"),),
    )  # fmt: skip
    await chat.writes("Saya lain, login gagal juga", sender="+62899", name="Tono")
    await chat.settle()
    return chat


def contact_of(chat, who):
    (contact,) = chat.ledger.write_blocking(lambda tx: found(tx, chat.slug, who))
    return contact


def asks(chat, contact, *, by=None, reason="permintaan tertulis tanggal 5 Oktober"):
    return chat.ledger.write_blocking(
        lambda tx: erasing.ask(tx, contact, reason=reason, more=beside, by=by or boss(chat), at=chat.now)
    )


async def closes(chat, *tickets):
    for number in tickets:
        await chat.agent_writes("1002", "// catatanrahasia: Ayu Larasati ini mahasiswa lama", ticket=number)
        await chat.agent_writes("1002", "jawabanteduh untuk Ayu Larasati", ticket=number)
        await chat.agent_writes("1002", "/kategori login", ticket=number)
        await chat.agent_writes("1002", "/tutup", ticket=number)
    await chat.passes(timedelta(days=10))


async def erases(chat):
    for path in chat.ledger.files.rglob("*"):  # put long ago
        if path.is_file():
            os.utime(path, (0, 0))
    return await Erasing(chat.ledger, chat.desks, clock=lambda: chat.now).turn()


def files_of(chat):
    """Return the SHA-256 of every file that is kept."""
    return set(chat.ledger.blobs.listed())


def everything(chat, tmp_path):
    """Return all that lies in the database and the files, as bytes, after the database was written anew."""
    url = chat.ledger.url
    if url.startswith("sqlite"):
        with sqlite3.connect(url.removeprefix("sqlite:///")) as connection:
            connection.execute("VACUUM")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
    files = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    return files + "\n".join(rows(url)).encode()


def rows(url):
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    query = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
    if url.startswith("sqlite"):
        query = "SELECT name FROM sqlite_master WHERE type = 'table'"
    with engine.connect() as connection:
        for (table,) in connection.execute(text(query)).all():
            for row in connection.execute(text(f'SELECT * FROM "{table}"')):
                yield f"{table}: " + " ".join(
                    bytes(each).decode(errors="replace")
                    if isinstance(each, bytes | memoryview)
                    else str(each)
                    for each in row
                )
    engine.dispose()


async def test_nothing_of_a_person_is_left_and_the_figures_stay(chat, tmp_path):
    index = SearchIndex.open(chat.ledger, tmp_path / "search.db")
    index.catch_up()
    ayu, mail = contact_of(chat, "+628777001"), contact_of(chat, "ayu.larasati@example.org")
    await closes(chat, 1, 2)
    index.catch_up()
    before = [(chat.ticket(number).category, chat.ticket(number).closed_at) for number in (1, 2)]
    assert all(word.encode() in everything(chat, tmp_path) for word in SECRETS)
    asks(chat, ayu)
    asks(chat, mail)
    assert await erases(chat) == 0
    await chat.settle()
    index.catch_up()
    index.compact()
    index.close()
    left = everything(chat, tmp_path)
    assert [word for word in SECRETS if word.encode() in left] == []
    assert b"login gagal juga" in left  # somebody else's
    assert [(chat.ticket(number).category, chat.ticket(number).closed_at) for number in (1, 2)] == before
    done = chat.ledger.write_blocking(lambda tx: [removals.load(tx, each) for each in (1, 2)])
    assert [each.done_at is not None for each in done] == [True, True]
    assert done[0].counts[Thing.TICKETS] == 1
    assert done[1].counts[Thing.FILES] == 1


async def test_what_they_wrote_on_somebody_elses_ticket_is_handed_out_and_erased_with_its_file(
    chat, tmp_path
):
    """A mail that was copied to them, and that they answered; what the other wrote stays."""
    await chat.mails(
        "Tugas kami tidak dapat dikumpulkan",
        sender="tono@example.org",
        participants=("ayu.larasati@example.org",),
    )
    await chat.mails(
        "Saya juga, gundahku dan catatanrahasia", sender="ayu.larasati@example.org", subject="Re: Tanya [#4]",
        files=(File(name="jawabanteduh.txt", type="text/plain", content=b"jawabanteduh"),),
    )  # fmt: skip
    index = SearchIndex.open(chat.ledger, tmp_path / "search.db")
    await closes(chat, 2)
    mail = contact_of(chat, "ayu.larasati@example.org")
    whose = chat.ledger.write_blocking(partial(theirs, contact=mail))
    handing = Handing(
        desk=chat.desk.now.desk, reading=chat.ledger.reading, blobs=chat.ledger.blobs, now=chat.now
    )
    handed = {each.path: b"".join(each.pieces()) for each in entries(whose, handing)}
    assert b"gundahku dan catatanrahasia" in handed["data-pribadi.json"]
    assert handed["berkas/01 jawabanteduh.txt"] == b"jawabanteduh"
    plan = chat.ledger.write_blocking(partial(erasing.plan, contact=mail, more=beside, by=boss(chat)))
    asks(chat, mail)
    await erases(chat)
    await chat.settle()
    index.catch_up()
    index.close()
    with chat.ledger.reading() as session:
        said = views.ticket(session, 4, link=str)
    theirs_gone = [each for each in said.messages if each.text == "dihapus atas permintaan pemilik data"]
    assert [(each.sender.name, each.sender.address) for each in theirs_gone] == [(None, None)]
    assert said.events[-1].kind == "message.erased"
    left = everything(chat, tmp_path)
    assert b"Tugas kami tidak dapat dikumpulkan" in left
    assert [word for word in ("gundahku dan", "jawabanteduh.txt") if word.encode() in left] == []
    done = chat.ledger.write_blocking(lambda tx: removals.load(tx, 1))
    assert done.counts[Thing.FILES] == plan.goes[Thing.FILES] == 2


async def test_who_writes_again_is_somebody_new(chat):
    ayu = contact_of(chat, "+628777001")
    await closes(chat, 1)
    asks(chat, ayu)
    await erases(chat)
    await chat.writes("halo lagi, login gagal", sender="+628777001", name="Ayu Larasati")
    assert contact_of(chat, "+628777001") != ayu
    assert chat.ticket(4).contact != ayu


class KilledError(Exception):
    """The machine stops between two pieces."""


def stops_after(pieces, now):
    """A clock that is asked once for each piece, and stops the machine at the next."""
    left = iter(range(pieces))

    def clock():
        if next(left, None) is None:
            raise KilledError
        return now

    return clock


async def test_an_erasure_that_was_broken_off_goes_on_and_twice_is_once(chat):
    ayu = contact_of(chat, "+628777001")
    await closes(chat, 1)
    first = asks(chat, ayu)
    assert asks(chat, ayu) == first
    for pieces in range(4):
        with pytest.raises(KilledError):
            await Erasing(chat.ledger, chat.desks, clock=stops_after(pieces, chat.now)).turn()
    await erases(chat)
    assert chat.ticket(1).erased_at is not None
    counts = chat.ledger.write_blocking(lambda tx: removals.load(tx, first)).counts
    assert await erases(chat) == 0
    assert chat.ledger.write_blocking(lambda tx: removals.load(tx, first)).counts == counts


async def test_a_supervisor_asks_with_a_reason_once_all_is_over(chat):
    ayu = contact_of(chat, "+628777001")
    with pytest.raises(erasing.NotOverError) as error:
        asks(chat, ayu)
    assert [(each.by, each.ticket) for each in error.value.hindered] == [(Hindrance.TICKET, 1)]
    await closes(chat, 1)
    agent = Actor(kind=Kind.STAFF, id="budi", role=Role.AGENT, desks=frozenset({chat.slug}))
    with pytest.raises(NotAllowedError):
        asks(chat, ayu, by=agent)
    with pytest.raises(UnknownValueError):
        asks(chat, ayu, reason=" ")
    plan = chat.ledger.write_blocking(partial(erasing.plan, contact=ayu, more=beside, by=boss(chat)))
    assert (plan.tickets, plan.goes[Thing.ADDRESSES], plan.hindered) == ((1,), 1, ())
    assert chat.ticket(1).erased_at is None


ERASED = {
    "addresses": {"external_id", "name", "handle", "block_reason"}, "archived_cases": {"name", "searched"},
    "attachments": {"name", "fetch", "error"}, "bookings": {"title"}, "case_turns": {"reason", "votes"},
    "cases": {"answers"}, "codes": {"entry", "mailbox"}, "dialogues": {"data"}, "drafts": {"text", "held"},
    "contacts": {"name", "identity_name", "identity_number", "identity_unit", "identity_email"}, "edits": {"text"},
    "events": {"data"}, "held_messages": {"reading"}, "inbound": {"raw", "error"}, "invoices": {"reason"},
    "joins": {"reason", "moved"}, "lookups": {"tell", "error"}, "outbox": {"payload", "error"},
    "messages": {
        "sender_name", "sender_address", "external_id", "subject", "text", "full_text", "html", "replies_to", "location",
        "content", "participants", "authenticity", "delivery_error",
    },
    "papers": {"content", "void_reason", "said", "name", "previews"}, "payments": {"reason"},
    "predictions": {"matched", "nearest"}, "proofs": {"entry", "mailbox"}, "provider_references": {"external_id"},
    "requests": {"answers", "aside"}, "scheduled_answers": {"text", "files"}, "scoped_numbers": {"external_id"},
    "staff_prompts": {"begun"}, "survey_invitations": {"remark"}, "surveys": {"remark", "follow_up"},
    "team_issues": {"url"}, "ticket_drafts": {"text", "files"}, "tickets": {"subject", "suggestions"},
    "verifications": {"claim", "compared", "listed", "entry", "reason"},
}  # fmt: skip
STAYS = {  # numbers and ids, sums of money, or what is about people of the desk and the desk itself
    "absences", "accounts", "api_tokens", "approved_templates", "clocks", "closed_months", "desk_revisions", "devices",
    "evaluation_texts", "filed_reports", "finding_notes", "findings", "group_places", "hook_tries", "makings", "origins",
    "removals", "saved_views", "staff", "staff_heard", "template_lists", "topics", "trail", "budgets", "bookmarks",
    "invitations", "recovery_codes", "counters", "cursors", "events.subject", "predictions.suggestions", "sessions", "calendar_readers", "team_places",
    "lost_messages", "reconciliations",  # names that a provider gives, of no person
    "early_edits",  # of a message that has not come yet; two days
    "invoices.lines", "invoices.reminders", "payments.messages", "cases.named", "bookings.place", "papers.error",
    "requests.offered", "requests.passed", "survey_invitations.marks", "verifications.place", "staff_prompts.address",
}  # fmt: skip
OF_PEOPLE = re.compile(
    r"^text$|name|address|external_id|handle|email|mailbox|entry|subject|identity|searched|begun$"
)


def test_every_column_that_may_hold_a_persons_words_is_erased_or_says_why_it_stays():
    """A new one stands here once it is known whether `tickets/personal` and `bot/personal` reach it."""
    found = {
        f"{table.name}.{column.name}"
        for table in SQLModel.metadata.tables.values()
        for column in table.c
        if isinstance(column.type, sa.Text | Json | sa.LargeBinary)
        or (OF_PEOPLE.search(column.name) and not isinstance(column.type, sa.BigInteger))
    }
    reached = {f"{table}.{column}" for table, columns in ERASED.items() for column in columns}
    left = {each for each in found - reached if not {each, each.partition(".")[0]} & STAYS}
    assert (reached - found, left) == (set(), set())
