"""The page of the self-evaluation: texts that are kept and carried, and the document to take."""

from tests.tickets.desks import SLUG


async def test_a_text_is_kept_carried_into_the_next_year_and_the_document_is_taken(kepala, rina, maker):
    page = await rina.opens("/evaluation?year=2025")
    kept = await rina.sends(
        page, "/evaluation", policy="Peraturan direktur 12/2022\nPasal 3", section="policy"
    )
    assert "Written by Rina" in kept.text
    later = await rina.opens("/evaluation")
    assert "carried over from 2025" in later.text
    assert later.form("/evaluation").fields["policy"] == "Peraturan direktur 12/2022\nPasal 3"
    confirmed = await rina.sends(later, "/evaluation", section="policy")
    assert "carried over" not in confirmed.text
    again = await rina.sends(confirmed, "/evaluation", policy="Peraturan direktur 3/2026", section="policy")
    assert "Earlier versions (2)" in again.text
    asked = await rina.sends(again, "/makings", format="docx")
    assert "Self-evaluation of 2026" in asked.text
    await maker.drain()
    taken = await rina.client.get("/makings/1")
    assert (taken.status_code, taken.content[:2]) == (200, b"PK")
    assert taken.headers["content-disposition"].endswith(f"{SLUG}-2026.docx")
    trail = await kepala.opens("/trail")
    assert "Data exported the self-evaluation (docx)" in trail.text
    assert "Text of the self-evaluation written" in trail.text


async def test_two_who_write_at_once_lose_nothing(kepala, rina):
    mine, theirs = await rina.opens("/evaluation"), await kepala.opens("/evaluation")
    await kepala.sends(theirs, "/evaluation", policy="Dari kepala", section="policy")
    # Rina has written under three headings, and presses the button of one of them
    refused = await rina.sends(
        mine, "/evaluation", policy="Dari Rina", strategy="Piket", main="E-learning 99,9%", section="main"
    )
    assert refused.status == 409
    assert "Not kept yet, for somebody else has written at the same time: Policy." in refused.text
    assert "Dari kepala" in refused.text
    fields = refused.form("/evaluation").fields
    assert [fields[each] for each in ("policy", "strategy", "main")] == [
        "Dari Rina",
        "Piket",
        "E-learning 99,9%",
    ]
    both = await rina.sends(refused, "/evaluation", policy="Dari kepala dan Rina", section="policy")
    fields = both.form("/evaluation").fields
    assert [fields[each] for each in ("policy", "strategy")] == ["Dari kepala dan Rina", "Piket"]
    assert "Earlier versions (1)" in both.text
    # what nobody has touched is not written
    assert fields["background"] == ""
    assert both.text.count("Written by Rina") == 3


async def test_programs_take_it_too_and_a_year_to_come_is_refused(office):
    async with office.program() as api:
        taken = await api.get("/reports/annual", params={"desk": SLUG, "year": "2026", "format": "pdf"})
        assert (taken.status_code, taken.content[:5]) == (200, b"%PDF-")
        for refused in ({"year": "2031"}, {"year": "dua"}, {"year": "2026", "format": "txt"}):
            assert (await api.get("/reports/annual", params={"desk": SLUG, **refused})).status_code == 422


async def test_it_is_for_supervisors_and_of_a_year_that_has_begun(budi, rina):
    assert (await budi.opens("/evaluation")).status == 403
    page = await rina.opens("/evaluation")
    refused = await rina.sends(page, "/makings", period="dua", format="pdf")
    assert (refused.status, "That month cannot be reported" in refused.text) == (422, True)
