"""The scorecard and the reports on surveys on pages: seen and taken out by supervisors, and told in the trail."""

from tests.tickets.desks import SLUG, whatsapp
from tickets.scorecard import Indicator, Measure, Perspective

INDICATORS = tuple(
    Indicator(
        id=str(measure), names={"id": f"Indikator {measure}", "en": f"<b>{measure}</b>"}, perspective=Perspective.PROCESS,
        measure=measure, target=0.9, weight=50,
    )
    for measure in (Measure.CATEGORISED, Measure.SATISFIED)
)  # fmt: skip


async def test_a_supervisor_sees_the_scorecard_with_words_and_takes_it_out(office, rina, budi):
    assert "This desk has no indicators yet" in (await rina.opens("/scorecard")).text
    office.becomes(scorecard=INDICATORS)
    office.receives(whatsapp("lupa", sid="SM1", sender="+6281"))
    page = await rina.opens("/scorecard?month=2026-10")
    assert "Not reached" in page.text
    assert "No data" in page.text
    assert "The score counts 50 of 100 parts of weight" in page.text
    assert "<b>categorised</b>" in page.text  # as words
    assert "Scorecard: 2026" in (await rina.opens("/scorecard?month=2026")).text
    for form, begins in (("pdf", b"%PDF"), ("xlsx", b"PK"), ("csv", b"period,")):
        taken = await rina.client.get(f"/scorecard.{form}?desk={SLUG}&month=2026-10")
        assert taken.content.startswith(begins)
        assert f'filename="scorecard-{SLUG}-2026-10.{form}"' in taken.headers["content-disposition"]
    assert (await rina.client.get(f"/scorecard.exe?desk={SLUG}")).status_code == 404
    assert (await budi.client.get("/scorecard")).status_code == 403
    assert (await budi.client.get(f"/scorecard.pdf?desk={SLUG}")).status_code == 403


async def test_reports_on_surveys_are_taken_out(office, rina, budi):
    for address, begins in (
        (f"/surveys/months.pdf?desk={SLUG}&month=2026-10", b"%PDF"),
        (f"/surveys/months.xlsx?desk={SLUG}", b"PK"),
        (f"/surveys/public.poster?desk={SLUG}&period=2026", b"%PDF"),
    ):
        assert (await rina.client.get(address)).content.startswith(begins)
        assert (await budi.client.get(address)).status_code == 403
    assert (await rina.client.get(f"/surveys/public.pdf?desk={SLUG}&period=2099")).status_code == 404
