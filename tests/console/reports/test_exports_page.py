"""Exports on the page: asked for, made aside, shown as they come, handed out to who asked for them, and gone after a day."""

import csv
import io
from datetime import timedelta

import pytest

from reports.making import queue, shelf
from reports.progress import Progress, Stage
from tests.tickets.desks import SLUG, mail, whatsapp
from tickets import removals

SINCE = {"from": "2026-10-01", "to": "2026-10-31", "format": "csv"}


@pytest.fixture
def told(office):
    office.receives(whatsapp("NIM saya 13519001, lupa sandi", sid="SM1"))
    office.receives(mail("Tagihan salah", message_id="<1@x>", sender="ana@example.com", subject="=1+1"))
    return office


def rows_of(answer):
    return list(csv.DictReader(io.StringIO(answer.text, newline="")))


async def test_an_export_is_asked_for_made_shown_handed_out_and_gone_after_a_day(
    told, kepala, rina, budi, maker
):
    asked = await rina.sends(await rina.opens("/exports"), "/exports", what="messages", **SINCE)
    assert "Messages, 1 October 2026 – 31 October 2026" in asked.text
    assert "Waiting for its turn" in asked.text
    assert 'http-equiv="refresh"' in asked.answer.text
    again = await rina.sends(await rina.opens("/exports"), "/exports", what="tickets", **SINCE)
    assert (again.status, "One file of yours is still being made" in again.text) == (422, True)
    assert (await rina.client.get("/makings/1")).status_code == 404
    await maker.drain()
    ready = await rina.opens("/makings")
    assert "Ready" in ready.text
    assert "The history of tickets of" not in ready.text
    long_over = {"desk": SLUG, "kind": removals.RETENTION, "by": "system", "months": ["2026-10", "2026-11"]}
    told.ledger.write_blocking(lambda tx: removals.begin(tx, at=told.clock.now, **long_over))
    assert "The history of tickets of October 2026 was deleted" in (await rina.opens("/makings")).text
    assert 'http-equiv="refresh"' not in ready.answer.text
    taken = await rina.client.get("/makings/1")
    assert taken.headers["content-disposition"].endswith("uji-messages-2026-10-01-2026-10-31.csv")
    assert [row["text"] for row in rows_of(taken)] == ["NIM saya 135•••01, lupa sandi", "Tagihan salah"]
    assert rows_of(taken)[1]["subject"] == "'=1+1"
    assert "Data exported messages (csv)" in (await kepala.opens("/trail")).text
    assert {(await who.client.get("/makings/1")).status_code for who in (kepala, budi)} == {403, 404}
    told.clock.now += timedelta(hours=24)
    await maker.drain()
    assert (await rina.client.get("/makings/1")).status_code == 404
    assert "No files yet" in (await rina.opens("/makings")).text
    assert list(told.ledger.blobs.workshop(shelf.FOLDER).iterdir()) == []


async def test_a_filter_chooses_tickets_and_whole_numbers_are_asked_for_and_told(
    told, kepala, rina, maker, follows
):
    follows()
    page = await rina.opens("/exports")
    wanted = {"what": "tickets", "channel": "whatsapp", "q": "sandi", "identities": "1"}
    asked = await rina.sends(page, "/exports", **wanted, **SINCE)
    assert "kanal:whatsapp sandi" in asked.text
    await maker.drain()
    assert [row["number"] for row in rows_of(await rina.client.get("/makings/1"))] == ["1"]
    assert "whole" in (await kepala.opens("/trail")).text


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_what_cannot_be_taken_out_is_said_in_plain_words(told, rina, budi, follows):
    for sender in ("+628111", "+628112"):
        told.receives(whatsapp("sertifikat belum terbit", sid=f"S{sender}", sender=sender))
    follows()
    page = await rina.opens("/exports")
    refused = {
        "Those days cannot be used": {"from": "2026-10-31", "to": "2026-10-01"},
        "the first not after the last": {"from": "kemarin"},
        "“warna:biru” is no filter of an export": {"q": "warna:biru"},
        "Nothing is called “petugas:siapa”": {"q": "petugas:siapa"},
        "Nobody has written “sertifkat”. Perhaps you mean “sertifikat”": {"q": "sertifkat"},
        "There is no such format": {"format": "exe"},
    }
    for says, wrong in refused.items():
        answer = await rina.sends(page, "/exports", **{"what": "tickets", **SINCE, **wrong})
        assert (answer.status, says in answer.text) == (422, True), (says, answer.text)
    assert "No files yet" in (await rina.opens("/makings")).text
    assert (await budi.opens("/exports")).status == 403


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_one_that_is_being_made_moves_and_can_be_stopped(told, rina, maker):
    asked = await rina.sends(await rina.opens("/exports"), "/exports", what="tickets", **SINCE)
    told.ledger.write_blocking(lambda tx: queue.take(tx, now=told.clock.now))
    half = Progress(what=Stage.READING, done=50_000, of=100_000)
    assert told.ledger.write_blocking(lambda tx: queue.tell(tx, 1, half, at=told.clock.now))
    moving = await rina.opens("/makings")
    assert "Reading: 50,000 of 100,000" in moving.text
    assert '<progress max="1" value="0.500"' in moving.answer.text
    stopped = await rina.sends(asked, "/makings/1/drop")
    assert "No files yet" in stopped.text
    assert not told.ledger.write_blocking(lambda tx: queue.tell(tx, 1, half, at=told.clock.now))
    assert await maker.turn() == 0


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_place_that_cannot_be_written_to_is_said_and_leaves_nothing(told, rina, maker):
    told.ledger.blobs.workshop(shelf.FOLDER).parent.mkdir(parents=True, exist_ok=True)
    told.ledger.blobs.workshop(shelf.FOLDER).write_text("a file is in the way, as a full disk would be")
    await rina.sends(await rina.opens("/exports"), "/exports", what="tickets", **SINCE)
    await maker.drain()
    assert "The file cannot be kept: the server's disk is full" in (await rina.opens("/makings")).text
