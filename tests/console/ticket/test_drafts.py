"""What somebody has begun to write is kept until it is sent, theirs alone, and seen to be begun."""

from datetime import timedelta

from tests.tickets.desks import whatsapp


async def test_a_draft_comes_back_until_it_is_sent_and_others_only_see_somebody_write(office, budi, rina):
    office.receives(whatsapp("lupa sandi", sid="SM1"))
    page = await budi.opens("/tickets/1")
    kept = await budi.client.post("/tickets/1/draft", data=page.form("/say").fields | {"text": "Baik Kak,"})
    assert kept.status_code == 204
    again = await budi.opens("/tickets/1")
    assert again.form("/say").fields["text"] == "Baik Kak,"
    assert "draft" in (await budi.opens("/inbox")).text
    beside = await rina.opens("/tickets/1")
    assert "Budi has begun to write on this ticket." in beside.text
    assert "Baik Kak," not in beside.answer.text
    assert "draft" not in (await rina.opens("/inbox")).text
    office.clock.now += timedelta(minutes=5)
    assert "has begun to write" not in (await rina.opens("/tickets/1")).text

    await budi.sends(again, "/say", text="Baik Kak, sudah.", **{"as": "answer"})
    late = await budi.client.post("/tickets/1/draft", data=again.form("/say").fields)
    assert late.status_code == 204  # overtaken by what was sent
    assert (await budi.opens("/tickets/1")).form("/say").fields["text"] == ""


async def test_a_draft_is_kept_and_dropped_by_its_buttons_too(office, budi):
    office.receives(whatsapp("lupa sandi", sid="SM1"))
    page = await budi.opens("/tickets/1")
    kept = await budi.client.post(
        "/tickets/1/draft", data=page.form("/say").fields | {"text": "nanti", "as": "draft"}
    )
    assert kept.headers["location"] == "/tickets/1#answer"
    page = await budi.opens("/tickets/1")
    assert "Your draft of" in page.text
    await budi.client.post("/tickets/1/draft", data=page.form("/say").fields | {"as": "drop"})
    assert (await budi.opens("/tickets/1")).form("/say").fields["text"] == ""


async def test_whoever_may_not_see_a_ticket_keeps_no_draft_of_it(office, budi):
    office.receives(whatsapp("lupa sandi", sid="SM1"))
    fields = (await budi.opens("/tickets/1")).form("/say").fields
    assert (await budi.client.post("/tickets/7/draft", data=fields)).status_code == 404
