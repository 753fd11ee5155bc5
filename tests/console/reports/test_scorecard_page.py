"""The scorecard and the reports on surveys on pages: seen and made by supervisors, and told in the trail."""

import pytest

from tests.tickets.desks import SLUG, whatsapp
from tickets import removals
from tickets.scorecard import Indicator, Measure, Perspective

INDICATORS = tuple(
    Indicator(
        id=str(measure), names={"id": f"Indikator {measure}", "en": f"<b>{measure}</b>"}, perspective=Perspective.PROCESS,
        measure=measure, target=0.9, weight=50,
    )
    for measure in (Measure.CATEGORISED, Measure.SATISFIED)
)  # fmt: skip


@pytest.fixture
def scored(office):
    office.becomes(scorecard=INDICATORS)
    return office


async def test_a_desk_without_indicators_is_told_so(rina):
    assert "This desk has no indicators yet" in (await rina.opens("/scorecard")).text


async def test_a_supervisor_sees_the_scorecard_with_words_and_has_it_made(scored, rina, budi, maker):
    scored.receives(whatsapp("lupa", sid="SM1", sender="+6281"))
    page = await rina.opens("/scorecard?month=2026-10")
    assert "Not reached" in page.text
    assert "No data" in page.text
    assert "The score counts 50 of 100 parts of weight" in page.text
    assert "<b>categorised</b>" in page.text  # as words
    assert "The history of tickets of" not in page.text
    long_over = {"desk": SLUG, "kind": removals.RETENTION, "by": "system", "months": ["2025-11"]}
    scored.ledger.write_blocking(lambda tx: removals.begin(tx, at=scored.clock.now, **long_over))
    said = "The history of tickets of November 2025 was deleted"
    assert (await rina.opens("/scorecard?month=2026-10")).text.count(said) == 1  # which its trend begins with
    assert "Scorecard: 2026" in (await rina.opens("/scorecard?month=2026")).text
    for at, (form, begins) in enumerate((("pdf", b"%PDF"), ("xlsx", b"PK"), ("csv", b"period,")), start=1):
        assert "Scorecard of October 2026" in (await rina.sends(page, "/makings", format=form)).text
        await maker.drain()
        taken = await rina.client.get(f"/makings/{at}")
        assert taken.content.startswith(begins)
        assert taken.headers["content-disposition"].endswith(f"scorecard-{SLUG}-2026-10.{form}")
        assert (await rina.opens("/makings")).text.count(said) == at
        page = await rina.opens("/scorecard?month=2026-10")
    refused = await rina.sends(page, "/makings", format="exe")
    assert (refused.status, "There is no such format" in refused.text) == (422, True)
    assert (await budi.client.get("/scorecard")).status_code == 403
    assert (await budi.client.get("/makings")).status_code == 403


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_reports_on_surveys_are_made(kepala, rina, maker):
    days, period = {"from": "2025-11-01", "to": "2026-10-31"}, {"period": "2026"}
    for at, (what, wanted, form, begins) in enumerate(
        (
            ("survey", days, "pdf", b"%PDF"),
            ("survey", days, "xlsx", b"PK"),
            ("public_survey", period, "poster", b"%PDF"),
        ),
        start=1,
    ):
        await rina.sends(await rina.opens("/evaluation"), "/makings", what=what, format=form, **wanted)
        await maker.drain()
        taken = await rina.client.get(f"/makings/{at}")
        assert (taken.content.startswith(begins), taken.headers["content-type"] != "") == (True, True)
    page = await rina.opens("/evaluation")
    refused = await rina.sends(page, "/makings", what="public_survey", format="pdf", period="2099")
    assert (refused.status, "has not begun" in refused.text) == (422, True)
    assert (await kepala.opens("/trail")).text.count("Data exported a report on surveys") == 3
