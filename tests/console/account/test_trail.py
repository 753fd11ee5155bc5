"""The trail: who came in or was refused, who looked at identity numbers, who changed and took out what."""

import csv
import io
from datetime import timedelta

import pytest

from console.doors import trail
from console.doors.trail import Entry, Kind
from console.doors.trail_reading import Sought, every_line, kinds, lines
from console.phrases import has
from tests.console.conftest import PASSWORD
from tests.tickets.desks import BUDI, MONDAY, RINA, whatsapp
from tickets.actions import identity
from tickets.actor import SYSTEM, Actor, Role
from tickets.actor import Kind as ActorKind

AGENT = Actor(kind=ActorKind.STAFF, id=BUDI.id, role=Role.AGENT)


def kinds_of(office, **sought):
    with office.ledger.reading() as session:
        return [line.kind for line in lines(session, Sought(**sought), limit=100)]


async def test_good_and_failed_and_throttled_log_ins_are_written_down(office, budi, browser):
    for _ in range(9):
        await browser.logs_in("Budi@example.ac.id", "a guess")
    await budi.sends(await budi.opens("/inbox"), "/logout")
    assert kinds_of(office, theme="logins", who="BUDI@") == [
        "logout", "login.throttled", *["login.failed"] * 8, "login.good"
    ]  # fmt: skip


async def test_the_administrator_reads_it_with_whoever_looked_at_a_number(office, kepala, budi):
    ticket = office.receives(whatsapp("halo", sid="SM1")).ticket
    office.ledger.write_blocking(
        lambda tx: identity.identify(
            tx, ticket.contact, ticket=ticket.number, by=SYSTEM, at=office.clock.now, number="13521001"
        )
    )
    await budi.sends(await budi.opens(f"/tickets/{ticket.number}"), "/number")
    async with office.program() as program:
        await program.get("/tickets")
    page = await kepala.opens("/trail?theme=identity")
    assert "Whole identity numbers read by the API #1 api:fixed-token" in page.text
    assert "Identity number looked at #1" in page.text
    assert BUDI.id in page.text
    assert "13521001" not in page.text
    assert "Logged in" not in page.text
    assert (await budi.opens("/trail")).status == 403
    assert (await budi.client.get("/trail.csv")).status_code == 403


async def test_it_is_taken_out_as_a_table_and_says_so(office, kepala, browser):
    await browser.logs_in("=cmd|x@example.com", PASSWORD)
    answer = await kepala.client.get("/trail.csv?theme=logins")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert [(row["what"], row["who"]) for row in rows] == [
        ("login.failed", "'=cmd|x@example.com"), ("login.good", "kepala@example.ac.id")
    ]  # fmt: skip
    page = await kepala.opens("/trail")
    assert "Data exported the audit trail (csv)" in page.text


async def test_whatever_was_taken_out_it_can_be_read_on(office, kepala):
    for what in ("procedures", "contact", "something of a later version"):
        entry = Entry(kind=Kind.EXPORTED, who=RINA.id, data={"what": what, "format": "csv"})
        office.ledger.write_blocking(lambda tx, e=entry: trail.write(tx, e, at=office.clock()))
    page = await kepala.opens("/trail")
    assert (page.status, "figures of procedures" in page.text) == (200, True)
    assert "something of a later version (csv)" in page.text


@pytest.mark.parametrize("many", [7])
def test_it_is_read_in_pieces_without_losing_or_doubling_a_line(office, many):
    """Both of its sources have lines of one instant, at the edges of pieces too."""
    ticket = office.receives(whatsapp("halo", sid="SM1")).ticket

    def happens(tx, at):
        trail.write(tx, Entry(kind=Kind.LOGGED_IN, who=RINA.id), at=at)
        identity.show_number(tx, ticket.number, by=AGENT, at=at)
        trail.write(tx, Entry(kind=Kind.LOGGED_OUT, who=RINA.id), at=at)

    for minute in range(many):
        at = MONDAY + timedelta(minutes=minute // 2)
        office.ledger.write_blocking(lambda tx, at=at: happens(tx, at))
    with office.ledger.reading() as session:
        whole = list(every_line(session, Sought(), at_once=2))
        pieces, before = [], None
        while piece := lines(session, Sought(), limit=3, before=before):
            pieces += piece
            before = piece[-1].spot
    assert len(whole) >= 3 * many
    assert pieces == whole
    assert [line.spot for line in whole] == sorted((line.spot for line in whole), reverse=True)


def test_every_kind_has_its_words():
    assert [kind for kind in kinds() if not has(f"trail.{kind}")] == []
