"""What a desk kept for long enough goes; what is not over stays, and so does every figure of a month."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest
from sqlmodel import select

import bot.wiring.building  # noqa: F401  every table is known with it
from bot.desks import Desks, OpenDesk
from bot.discarding import Discarding
from bot.named_files import unneeded
from bot.personal.keeping import Keeping
from reports.filed.closing import figures_of
from reports.measures import month_report
from reports.periods import Month
from templates_replies.catalogue import Catalogue
from tests.tickets.desks import MONDAY, SLUG, open_desk, whatsapp
from tickets import inbound
from tickets import ticket as tickets_
from tickets.desk import Retention
from tickets.erasure import Thing
from tickets.intake import Reading, take_in
from tickets.ledger.store import Ledger
from tickets.lifecycle import Status
from tickets.message import File
from tickets.tables import Contact, Inbound, Message

CLOSED = MONDAY + timedelta(hours=3)
LATER = MONDAY + timedelta(days=10)
GONE = "dihapus karena masa simpannya berakhir"


@dataclass
class Kept:
    ledger: Ledger
    desk: OpenDesk

    def takes(self, text, *, sid, sender, files=()):
        stored = tuple(self.ledger.blobs.keep(file) for file in files)
        said = whatsapp(text, sid=sid, sender=sender, name=f"Si {text.split()[0]}")

        def job(tx):
            return take_in(tx, said, desk=self.desk.now, reading=Reading(), files=stored, at=MONDAY).ticket

        return self.ledger.write_blocking(job)

    def says(self, number):
        with self.ledger.reading() as session:
            return list(session.exec(select(Message.text).where(Message.ticket == number)))

    @property
    def names(self):
        with self.ledger.reading() as session:
            return list(session.exec(select(Contact.name).order_by(Contact.id)))

    @property
    def figures(self):
        desk = self.desk.now.desk
        month = Month.parse("2026-10", zone=desk.calendar.zone, now=LATER)
        with self.ledger.reading() as session:
            report = month_report(
                session, desk=desk, month=month, now=LATER, category_names={}, staff_names={}
            )
        return figures_of(report)


@pytest.fixture
def kept(ledger):
    """A desk that keeps for five years, with a ticket that is over, and one that is not."""
    now = open_desk(ledger)
    now = replace(now, desk=replace(now.desk, retention=Retention(years=5)))
    desk = Kept(ledger, OpenDesk(now=now, catalogue=Catalogue(), matcher=None))
    over = desk.takes(
        "rahasiaku ini", sid="S1", sender="+628777",
        files=(File(name="bukti.txt", type="text/plain", content=b"bukti"),),
    )  # fmt: skip
    desk.takes("Tono bertanya", sid="S2", sender="+62899")
    ledger.write_blocking(
        lambda tx: tickets_.change(tx, over, at=CLOSED, status=Status.CLOSED, closed_at=CLOSED)
    )
    return desk


async def test_what_was_closed_long_ago_loses_its_words_and_the_month_keeps_its_figures(kept):
    keeping = Keeping(kept.ledger, clock=lambda: LATER)
    before = kept.figures
    assert await keeping.turn(kept.desk, CLOSED) == {}
    assert kept.says(1) == ["rahasiaku ini"]
    foreseen = await keeping.foresee(kept.desk, LATER)
    gone = await keeping.turn(kept.desk, LATER)
    assert (foreseen.tickets, gone[Thing.TICKETS], gone[Thing.CONTACTS], gone[Thing.FILES]) == (1, 1, 1, 1)
    assert (kept.says(1), kept.says(2), kept.names) == ([GONE], ["Tono bertanya"], [GONE, "Si Tono"])
    assert kept.figures == before
    assert (await keeping.foresee(kept.desk, LATER)).tickets == 0


async def test_what_came_in_and_belongs_to_no_ticket_goes_and_does_not_come_in_again(kept):
    """A webhook that nobody could read, a large one, a receipt; not what is younger, nor another desk's."""
    ours = f"{SLUG}/whatsapp"
    large = kept.ledger.blobs.put_unbounded(b"rahasiaku" * 10_000)

    def come_in(tx):
        for event, raw, sha256 in (("unread", b"rahasiaku", None), ("large", b"", large)):
            inbound.keep(
                tx, account=ours, event_id=event, raw=raw, raw_sha256=sha256, error="rahasiaku", at=MONDAY
            )  # fmt: skip
        inbound.guard(tx, account=f"{SLUG}/telegram", event_id="receipt", raw=b"rahasiaku", at=MONDAY)
        inbound.processed(tx, account=f"{SLUG}/telegram", event_id="receipt", message=None, at=MONDAY)
        inbound.keep(tx, account=ours, event_id="young", raw=b"x", error="x", at=LATER)
        inbound.keep(tx, account=f"{SLUG}-2/whatsapp", event_id="theirs", raw=b"x", error="x", at=MONDAY)

    kept.ledger.write_blocking(come_in)
    keeping = Keeping(kept.ledger, clock=lambda: LATER)
    assert (await keeping.foresee(kept.desk, LATER)).raw == 3
    await keeping.turn(kept.desk, LATER)
    assert (await keeping.foresee(kept.desk, LATER)).raw == 0
    with kept.ledger.reading() as session:
        left = session.exec(
            select(Inbound).where(Inbound.event_id.in_(["unread", "large", "receipt", "young", "theirs"]))
        )
        said = {each.event_id: (each.raw, each.raw_sha256, each.error) for each in left}
    nothing = (None, None, None)
    assert said == {
        "unread": nothing, "large": nothing, "receipt": nothing, "young": (b"x", None, "x"), "theirs": (b"x", None, "x")
    }  # fmt: skip
    assert not kept.ledger.write_blocking(
        lambda tx: inbound.guard(tx, account=ours, event_id="unread", raw=b"rahasiaku", at=LATER)
    )
    assert kept.ledger.write_blocking(lambda tx: unneeded(tx, [large])) == (large,)


async def test_the_nightly_job_leaves_what_is_younger_than_the_desk_keeps(kept):
    night = datetime(2026, 10, 20, 19, 30, tzinfo=MONDAY.tzinfo)  # half past two in Jakarta
    desks = Desks({SLUG: kept.desk})
    kept.ledger.write_blocking(
        lambda tx: inbound.guard(tx, account="console", event_id="finding", raw=b"rahasiaku", at=CLOSED)
    )
    for at, texts in (
        (night, ["rahasiaku ini"]),
        (night.replace(year=2031, month=9), ["rahasiaku ini"]),
        (night.replace(year=2031, hour=3), ["rahasiaku ini"]),  # at work
        (night.replace(year=2031), [GONE]),
    ):
        await Discarding(kept.ledger, desks, clock=lambda at=at: at).turn()
        assert kept.says(1) == texts
        with kept.ledger.reading() as session:  # a finding that a page has written down belongs to no ticket
            (raw,) = session.exec(select(Inbound.raw).where(Inbound.event_id == "finding"))
        assert raw == (None if texts == [GONE] else b"rahasiaku")
