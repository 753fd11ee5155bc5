"""Replaying a whole ledger: from what came in alone another one is made, and it is the same."""

import shutil
from datetime import UTC, datetime, timedelta
from functools import partial
from urllib.parse import urlencode

import httpx
import pytest
from sqlalchemy import bindparam, delete, insert, update

from bot.house import open_house
from bot.readings import Readings
from bot.retelling.running import retell
from bot.settings import load_settings
from bot.web import web_app
from bot.wiring.building import build
from channels.email.parse import parse_mail
from console import doors
from console.doors import accounts
from console.forms import token_for
from console.tokens import hash_of
from tests.bot.test_replay import DESK, EMAIL, WHATSAPP, telegram
from tests.bot.together import in_one_transaction
from tickets import removals
from tickets.erasure import Thing
from tickets.ledger.prepared import Prepared
from tickets.removals import RETENTION
from tickets.tables import Imported, Inbound, Message

TOKEN = "t" * 40
MONDAY = datetime(2026, 10, 5, 2, 0, tzinfo=UTC)  # 10:00 in Makassar, inside the hours
RINA = "rina@example.ac.id"


class Office:
    """A house with its doors, at a time that the test sets."""

    def __init__(self, house, ticking):
        self.house, self.ticking = house, ticking
        self.service = build(house, clock=ticking)
        self.readings = Readings(house.ledger, house.desks)
        self.app = web_app(self.service)
        self.http = httpx.AsyncClient(
            transport=httpx.ASGITransport(app=self.app), base_url="http://desk.invalid"
        )

    async def whatsapp(self, sid, text, contact="+628123"):
        raw = urlencode(
            {"MessageSid": sid, "From": f"whatsapp:{contact}", "To": "whatsapp:+62811", "Body": text}
        )
        await self._hears(WHATSAPP, sid, raw.encode())

    async def telegram(self, text):
        await self._hears("unit-contoh/telegram", "5", telegram(text))

    async def mail(self, name, text, *, at):
        raw = (
            f"From: Ana <ana@example.com>\r\nTo: x@example.ac.id\r\nSubject: Tolong\r\nMessage-ID: <{name}@example.com>\r\n"
            f"\r\n{text}\r\n"
        ).encode()
        said = parse_mail(raw, account=EMAIL, own_addresses=[], received_at=at)
        await self.service.receiver.deliver(said)

    async def _hears(self, account, event_id, raw):
        event = Inbound(account=account, event_id=event_id, at=self.ticking())
        await self.service.receiver.deliver(self.readings.heard(event, raw))

    async def program(self, path, **body):
        answer = await self.http.post(
            f"/api/v1{path}", json=body, headers={"Authorization": f"Bearer {TOKEN}", "Idempotency-Key": path}
        )
        assert answer.status_code in {200, 201}, answer.text

    async def rina(self, path, **fields):
        """Let the supervisor send a form of a page."""

        def let_in(tx):
            accounts.save(tx, email=RINA, name="Rina", password=None, admin=False, at=self.ticking())
            return doors.start_session(tx, RINA, at=self.ticking())

        key = await self.house.ledger.write(let_in)
        token = token_for(self.app.state.house, hash_of(key))
        answer = await self.http.post(
            path, data={**fields, "token": token}, headers={"Cookie": f"tanggap_session={key}"}
        )
        assert answer.status_code < 400, answer.text


class Ticking:
    def __init__(self):
        self.now = MONDAY

    def __call__(self):
        return self.now

    def goes_on(self, **length):
        self.now += timedelta(**length)


@pytest.fixture
async def office(database_url, tmp_path, monkeypatch):
    shutil.copytree(DESK, tmp_path / "desks" / "unit-contoh")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TANGGAP_DATABASE_URL", database_url)
    monkeypatch.setenv("TANGGAP_API_TOKEN", TOKEN)
    ticking = Ticking()
    with open_house(load_settings(), clock=ticking) as house:
        opened = Office(house, ticking)
        await opened.service.people.refresh()
        yield opened
        await opened.http.aclose()
        await opened.service.close()


@pytest.fixture
def told_again(office, tmp_path, migrated_file):
    async def again():
        path = tmp_path / "again.db"
        shutil.copyfile(migrated_file, path)
        return await retell(load_settings(), into=f"sqlite:///{path}")

    return again


async def a_busy_morning(office):
    await office.whatsapp("SM1", "saya lupa kata sandi")
    office.ticking.goes_on(seconds=3)
    await office.whatsapp("SM2", "tolong ya")
    await office.telegram("printer lantai dua rusak")
    await office.mail("m1", "Kapan legalisir selesai?", at=office.ticking() - timedelta(minutes=5))
    office.ticking.goes_on(minutes=4)
    await office.program("/tickets/1/reply", text="Silakan dicoba lagi.")
    office.ticking.goes_on(minutes=30)
    await office.service.jobs.sweep()
    await office.program("/tickets/2/note", text="Teknisi sedang keluar.")
    await office.rina("/tickets/2/say", text="Kami kirim teknisi.", once="k1")
    office.ticking.now -= timedelta(minutes=20)  # somebody sets the clock
    await office.whatsapp("SM3", "sudah bisa, terima kasih")
    office.ticking.goes_on(seconds=1)  # what is done to a ticket in one instant has no order
    await office.program("/tickets/1/categorise", category="password")
    office.ticking.goes_on(seconds=1)
    await office.program("/tickets/1/close")


async def test_what_came_in_gives_the_same_tickets_messages_and_clocks_again(office, told_again):
    await a_busy_morning(office)
    report = await told_again()
    assert report.untold == ()
    assert report.differences == ()
    assert report.events == 10
    assert report.counts["tickets"] == 3


async def test_what_is_stored_in_one_transaction_is_what_is_stored_one_by_one(office, told_again):
    """What its messages look for is looked for ahead, for all of them at once."""

    async def at_once(*asked):
        async def in_turn(deliver, *said, **more):
            office.ticking.goes_on(milliseconds=1)
            await deliver(*said, **more)

        await in_one_transaction(office.house.ledger, *(in_turn(*each) for each in asked))
        office.ticking.goes_on(minutes=4)

    await at_once(
        (office.whatsapp, "SM1", "saya lupa kata sandi"),
        (office.whatsapp, "SM2", "printer rusak", "+628124"),
        (office.whatsapp, "SM3", "sudah saya coba dua kali"),
        (office.whatsapp, "SM2", "printer rusak", "+628124"),  # Twilio repeats
        (office.telegram, "printer lantai dua rusak"),
    )
    await office.program("/tickets/1/reply", text="Silakan dicoba lagi.")
    await office.program("/tickets/2/reply", text="Kami kirim teknisi.")
    await office.program("/tickets/2/categorise", category="password")
    office.ticking.goes_on(seconds=1)
    await office.program("/tickets/2/close")
    office.ticking.goes_on(days=10)
    await office.service.jobs.close_silent()
    office.ticking.goes_on(days=10)  # what was closed is taken up again no more
    await at_once(
        (office.whatsapp, "SM4", "printer rusak lagi", "+628124"),
        (office.whatsapp, "SM5", "masih tidak bisa masuk"),
        (office.whatsapp, "SM3", "sudah saya coba dua kali"),
        (office.whatsapp, "SM6", "yang di lantai tiga", "+628124"),
        (office.whatsapp, "SM7", "kapan buka?", "+628125"),
        (partial(office.mail, at=office.ticking()), "m1", "Kapan legalisir selesai?"),
        (office.whatsapp, "SM8", "hari Sabtu juga?", "+628125"),
    )
    report = await told_again()
    assert report.untold == ()
    assert report.differences == ()
    assert report.counts["tickets"] == 6


async def test_what_a_program_did_before_events_knew_their_ticket_is_told_before_what_came_due_of_it(
    office, told_again
):
    office.ticking.goes_on(days=4, hours=21)  # Saturday at 7: a promise of a day warns at once
    await office.whatsapp("SM1", "saya perlu surat keterangan")
    office.ticking.goes_on(minutes=4)
    await office.program("/tickets/1/cases", procedure="surat", answers={"tanggal": "2026-10-20"})
    await office.service.jobs.sweep()
    table = Inbound.__table__
    older = Prepared(update(table).where(table.c.message.is_(None)).values(ticket=None))
    office.house.ledger.write_blocking(lambda tx: tx.run(older))
    report = await told_again()
    assert report.untold == ()
    assert report.differences == ()
    assert report.counts["clocks"] == 3


async def test_a_ledger_in_which_something_was_changed_beside_its_record_is_found_out(office, told_again):
    await office.whatsapp("SM1", "saya lupa kata sandi")
    table = Message.__table__
    forge = Prepared(update(table).where(table.c.direction == bindparam("of")).values(text=bindparam("text")))
    office.house.ledger.write_blocking(lambda tx: tx.run(forge, of="in", text="sudah selesai, terima kasih"))
    report = await told_again()
    assert any("saya lupa kata sandi" in each for each in report.differences)
    assert not report.is_same


async def test_what_can_be_neither_told_nor_compared_is_named(office, told_again):
    counts = {Thing.TICKETS: 7, Thing.MESSAGES: 20}
    office.house.ledger.write_blocking(
        lambda tx: removals.begin(
            tx,
            desk="unit-contoh",
            kind=RETENTION,
            by="system",
            at=MONDAY,
            months=["2020-01", "2020-02"],
            counts=counts,
        )
    )
    took_over = Prepared(insert(Imported.__table__))
    office.house.ledger.write_blocking(
        lambda tx: tx.run(took_over, desk="unit-contoh", source="lama", key="1", ticket=1, at=MONDAY)
    )
    said, imported = (await told_again()).left_out
    assert "1 tickets were taken over by `tanggap import tickets`" in imported
    assert "unit-contoh: 2020-01, 2020-02 went whole on 2026-10-05" in said
    assert "history of 7 tickets are gone" in said


async def test_a_message_that_nobody_brought_is_found_out(office, told_again):
    await office.whatsapp("SM1", "saya lupa kata sandi")
    table = Inbound.__table__
    forget = Prepared(delete(table).where(table.c.event_id == bindparam("of")))
    office.house.ledger.write_blocking(lambda tx: tx.run(forget, of="SM1"))
    report = await told_again()
    assert "ticket 1 is missing" in report.differences
