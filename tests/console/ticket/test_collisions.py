"""A colleague answers while somebody writes: the page says who and what, and the draft survives."""

from tests.tickets.desks import whatsapp


async def test_the_draft_survives_and_the_page_says_who_was_quicker(office, budi, rina):
    office.receives(whatsapp("lupa sandi", sid="SM1"))
    mine, theirs = await budi.opens("/tickets/1"), await rina.opens("/tickets/1")
    await rina.sends(theirs, "/say", text="Sudah kami reset.", **{"as": "answer"})
    collided = await budi.sends(mine, "/say", text="Kami bantu ya.", **{"as": "answer"})
    assert collided.status == 409
    assert "Rina answered this contact" in collided.text
    assert "Sudah kami reset." in collided.text
    assert collided.form("/say").fields["text"] == "Kami bantu ya."
    sent = await budi.sends(collided, "/say", **{"as": "answer"})
    assert sent.path == "/tickets/1"
    assert "Kami bantu ya." in sent.text


async def test_an_older_answer_on_another_ticket_stops_nobody(office, budi, rina):
    office.receives(whatsapp("lupa sandi", sid="SM1"))
    await rina.sends(await rina.opens("/tickets/1"), "/say", text="Sudah kami reset.", **{"as": "answer"})
    sent = await budi.sends(
        await budi.opens("/tickets/1"), "/say", text="Silakan dicoba.", **{"as": "answer"}
    )
    assert sent.path == "/tickets/1"


async def test_a_note_collides_with_nothing(office, budi, rina):
    office.receives(whatsapp("lupa sandi", sid="SM1"))
    mine = await budi.opens("/tickets/1")
    await rina.sends(await rina.opens("/tickets/1"), "/say", text="Sudah kami reset.", **{"as": "answer"})
    noted = await budi.sends(mine, "/say", text="anak ini sopan", **{"as": "note"})
    assert noted.path == "/tickets/1"


async def test_a_program_that_says_what_it_has_seen_is_refused(office, budi):
    taken = office.receives(whatsapp("lupa sandi", sid="SM1"))
    await budi.sends(await budi.opens("/tickets/1"), "/say", text="Sudah kami reset.", **{"as": "answer"})
    async with office.program() as api:
        refused = await api.post("/tickets/1/reply", json={"text": "Halo", "seen": taken.message})
        assert (refused.status_code, refused.json()["error"]["code"]) == (409, "collision")
        assert (await api.post("/tickets/1/reply", json={"text": "Halo"})).status_code == 200
