"""Bookings on pages and by the API: seen by week and as a list, blocked, moved and cancelled with a reason."""

import pytest

from procedures.asking.periods import Period
from procedures.bookings.taking import For, Wish, make
from procedures.running import actions
from tests.console.houses import Office
from tests.procedures.bookings.booking import LENDING
from tests.procedures.bookings.rooms import OTHER_STUDIO, RESOURCES, STUDIO
from tests.tickets.desks import BUDI, SLUG, whatsapp

TUESDAY = Period.fromisoformat("2026-10-20T09:00/2026-10-20T11:00")


@pytest.fixture
def office(ledger):
    """Ana asks for a studio on Tuesday; the other one is taken that day."""
    office = Office(ledger, procedures=(LENDING,))
    office.lends(*RESOURCES)
    office.receives(whatsapp("pinjam", sid="SM1", name="<b>Ana</b>"))
    answers = {"acara": "Wisuda", "ruang": STUDIO.id, "waktu": TUESDAY}
    at, desk = office.clock.now, office.desk

    def job(tx):
        actions.start(tx, 1, LENDING, answers=answers, desk=desk, by=BUDI, at=at)
        make(
            tx,
            Wish(resource=OTHER_STUDIO, period=TUESDAY, title="Servis"),
            For(),
            desk=desk.desk,
            by=BUDI,
            at=at,
        )

    ledger.write_blocking(job)
    return office


async def test_a_week_shows_what_is_taken_and_free_and_a_booking_is_moved_and_cancelled(office, budi, rina):
    page = await budi.opens("/bookings?on=2026-10-20")
    assert "09:00–11:00 Wisuda (tentative)" in page.text
    assert "free 08:00–08:30, 11:30–16:00" in page.text
    assert "Servis" in (await budi.opens("/bookings?on=2026-10-20&show=list")).text
    refused = await budi.sends(
        page, "on=2026-10-20", resource="studio-1", title="Rapat", **{"from": "2026-10-20T10:00", "until": "2026-10-20T12:00"}
    )  # fmt: skip
    assert (refused.status, "Studio 1 is taken Tuesday, 20 October 2026 at 10:00–12:00." in refused.text) == (
        409,
        True,
    )
    assert "• Studio 1: Tuesday, 20 October 2026 at 11:30–13:30" in refused.text
    assert (
        "Studio 1 · Tuesday, 20 October 2026 at 09:00–11:00 · tentative"
        in (await budi.opens("/tickets/1")).text
    )
    office.receives(whatsapp("pinjam juga", sid="SM2", sender="+628112"))
    when = {"answer.waktu.from": "2026-10-20T10:00", "answer.waktu.until": "2026-10-20T11:00"}
    refused = await budi.sends(
        await budi.opens("/tickets/2"),
        "/cases",
        **{"answer.acara": "Rapat", "answer.ruang": "studio-1"},
        **when,
    )
    assert (refused.status, "Studio 1 is taken Tuesday" in refused.text) == (409, True)
    page = await budi.opens("/bookings/1")
    assert "<b>Ana" not in page.answer.text
    refused = await budi.sends(
        page,
        "/move",
        resource="studio-2",
        reason="AC",
        **{"from": "2026-10-20T09:00", "until": "2026-10-20T08:00"},
    )
    assert refused.status == 422
    page = await budi.sends(
        page,
        "/move",
        resource="studio-1",
        reason="AC",
        **{"from": "2026-10-21T09:00", "until": "2026-10-21T11:00"},
    )
    assert "Wednesday, 21 October 2026 at 09:00–11:00" in page.text
    assert "dipindahkan ke" in (await budi.opens("/tickets/1")).text
    page = await rina.sends(await rina.opens("/bookings/1"), "/cancel", reason="Batal")
    assert "cancelled" in page.text
    assert not page.forms or not any("/cancel" in form.action for form in page.forms)
    assert (await rina.opens("/bookings/99")).status == 404


async def test_programs_read_book_move_and_cancel(office):
    async with office.program() as program:
        assert [one["id"] for one in (await program.get("/resources", params={"desk": SLUG})).json()["items"]] == [
            "studio-1", "studio-2", "kamera",
        ]  # fmt: skip
        day = await program.get("/resources/studio-1/free", params={"desk": SLUG, "on": "2026-10-20"})
        assert day.json()["taken"] == [
            {"start": "2026-10-20T08:30:00+07:00", "end": "2026-10-20T11:30:00+07:00"}
        ]
        listed = (await program.get("/bookings", params={"desk": SLUG, "from": "2026-10-19"})).json()["items"]
        assert [(one["resource"], one["state"], one["title"]) for one in listed] == [
            ("studio-1", "tentative", "Wisuda"),
            ("studio-2", "firm", "Servis"),
        ]
        wish = {
            "desk": SLUG,
            "resource": "kamera",
            "start": "2026-10-20T09:00",
            "end": "2026-10-20T10:00",
            "count": 2,
        }
        made = await program.post("/bookings", json=wish, headers={"Idempotency-Key": "k"})
        again = await program.post("/bookings", json=wish, headers={"Idempotency-Key": "k"})
        assert (made.status_code, made.json()["count"], again.json()["id"]) == (201, 2, made.json()["id"])
        refused = await program.post("/bookings", json=wish)
        error = refused.json()["error"]
        assert (refused.status_code, error["code"], error["hindrance"]) == (409, "not_to_be_had", "taken")
        assert error["instead"][0] == {"resource": "kamera", "period": "2026-10-20T08:00/2026-10-20T09:00"}
        moved = await program.post(
            "/bookings/3/move",
            json={"start": "2026-10-20T10:00", "end": "2026-10-20T11:00", "reason": "Telat"},
        )
        assert moved.json()["starts_at"] == "2026-10-20T03:00:00+00:00"
        assert (await program.post("/bookings/3/cancel", json={"reason": "Batal"})).json()[
            "state"
        ] == "cancelled"
        assert (await program.post("/bookings/3/cancel", json={"reason": "Batal"})).status_code == 409
        assert (await program.get("/bookings/99")).status_code == 404
