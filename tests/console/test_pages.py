"""The pages as an agent uses them, with a browser that knows no JavaScript."""

from datetime import timedelta

from tests.console.conftest import PASSWORD
from tests.console.pages import Seen
from tests.tickets.desks import BUDI, MONDAY, mail, whatsapp
from tickets import views
from tickets.views import Wanted


async def whole(office, number):
    return await office.ledger.read(lambda session: views.ticket(session, number, link=str))


async def test_an_agent_reads_answers_categorises_and_solves(office, budi):
    office.receives(whatsapp("lupa sandi", sid="SM1"), suggestions=(("password", 0.9),))
    inbox = await budi.opens("/inbox")
    assert "lupa sandi" in inbox.text
    assert "15 minutes left" in inbox.text
    page = await budi.opens("/tickets/1")
    answered = await budi.sends(page, "/say", text="Baik, kami bantu.", **{"as": "answer"})
    assert answered.path == "/tickets/1"
    assert "Baik, kami bantu." in answered.text
    assert "queued" in answered.text
    categorised = await budi.sends(answered, "/categorise", category="password")
    await budi.sends(categorised, "/close")
    found = await whole(office, 1)
    assert (found.ticket.status, found.ticket.category, found.ticket.assignee) == (
        "solved", "password", "budi@example.ac.id",
    )  # fmt: skip


async def test_solving_without_a_category_is_refused_in_words_and_the_draft_survives(office, budi):
    office.receives(whatsapp("lupa sandi", sid="SM1"))
    page = await budi.opens("/tickets/1")
    refused = await budi.sends(page, "/close", text="half an answer")
    assert (refused.status, "never solved without a category" in refused.text) == (409, True)
    assert refused.form("/say").fields["text"] == "half an answer"


async def test_the_same_form_sent_twice_is_one_answer(office, budi):
    office.receives(whatsapp("lupa sandi", sid="SM1"))
    page = await budi.opens("/tickets/1")
    for _ in range(2):
        await budi.sends(page, "/say", text="Baik.", **{"as": "answer"})
    assert len((await whole(office, 1)).messages) == 2


async def test_a_note_is_kept_and_never_queued_for_the_contact(office, budi):
    office.receives(whatsapp("lupa sandi", sid="SM1"))
    page = await budi.opens("/tickets/1")
    noted = await budi.sends(page, "/say", text="orang ini sering lupa", **{"as": "note"})
    assert "not sent to the contact" in noted.text
    note = (await whole(office, 1)).messages[-1]
    assert (note.direction, note.delivery) == ("note", None)


async def test_a_reply_template_is_filled_in_below_what_was_written_and_says_what_it_lacks(office, budi):
    office.receives(whatsapp("lupa sandi", sid="SM1"))
    page = await budi.opens("/tickets/1")
    filled = await budi.sends(page, "/say", text="Selamat pagi.", template="reset", **{"as": "template"})
    draft = filled.form("/say").fields["text"]
    assert draft.startswith("Selamat pagi.\n\nHalo Ana, tiket #1: buka laman reset.")
    assert filled.form("/say").fields["value:answer_by"] == ""
    assert "by when a person answers" in filled.text
    by_link = await budi.opens("/tickets/1?template=reset")
    assert by_link.form("/say").fields["text"].startswith("Halo Ana")
    assert len((await whole(office, 1)).messages) == 1


async def test_a_file_goes_with_the_answer(office, budi):
    office.receives(whatsapp("lupa sandi", sid="SM1"))
    form = (await budi.opens("/tickets/1")).form("/say")
    await budi.client.post(
        form.action,
        data=form.fields | {"text": "Terlampir.", "as": "answer"},
        files=[("files", ("panduan.pdf", b"%PDF-1.4 panduan", "application/pdf"))],
    )
    attachment = (await whole(office, 1)).messages[-1].attachments[0]
    assert (attachment.name, attachment.type, attachment.state) == (
        "panduan.pdf",
        "application/pdf",
        "stored",
    )


async def test_waiting_escalating_and_coming_back(office, budi):
    office.receives(whatsapp("lupa sandi", sid="SM1"))
    page = await budi.sends(await budi.opens("/tickets/1"), "/say", text="NIM?", **{"as": "wait"})
    assert "waiting" in page.text
    page = await budi.sends(page, "/escalate", team="edunex", reason="LMS")
    assert "With Tim Pengembang Edunex" in page.text
    await budi.sends(page, "/return")
    assert (await whole(office, 1)).ticket.team is None


async def test_a_supervisor_verifies_and_an_agent_cannot(office, budi, rina):
    office.receives(whatsapp("lupa sandi", sid="SM1"))
    page = await budi.opens("/tickets/1")
    page = await budi.sends(page, "/categorise", category="login")
    page = await budi.sends(page, "/close")
    assert "Verify" not in page.text
    forced = await budi.client.post("/tickets/1/verify", data=page.form("/reopen").fields)
    assert forced.status_code == 403
    verified = await rina.sends(await rina.opens("/tickets/1"), "/verify")
    assert "closed" in verified.text
    assert (await whole(office, 1)).ticket.verified_by == "staff:rina@example.ac.id"


async def test_who_works_at_no_desk_sees_no_ticket(office, enters):
    office.receives(whatsapp("lupa sandi", sid="SM1"))
    stranger = await enters("stranger@example.com")
    refused = await stranger.logs_in("stranger@example.com", PASSWORD)
    assert "not on the staff of any desk" in refused.text
    assert (await stranger.opens("/tickets/1")).path == "/"


async def test_the_inbox_puts_first_what_is_due_first_and_filters(office, budi):
    office.receives(mail("nanti", message_id="<a@x>", subject="Kedua"), at=MONDAY)
    office.receives(whatsapp("dulu", sid="SM1"), at=MONDAY - timedelta(minutes=5))
    everything = (await budi.opens("/inbox")).text
    assert everything.index("dulu") < everything.index("Kedua")
    assert "dulu" not in (await budi.opens("/inbox?channel=email")).text
    assert "Kedua" in (await budi.opens("/inbox?q=kedua")).text
    assert "No tickets here" in (await budi.opens("/inbox?mine=1")).text
    assert "Everything is taken care of" not in everything


async def test_the_inbox_lists_categories_and_teams_that_have_something_to_do(office, budi):
    for number, category in enumerate(("password", "password", "login"), start=1):
        office.receives(whatsapp("tolong", sid=f"SM{number}", sender=f"+62811{number}"))
        page = await budi.sends(await budi.opens(f"/tickets/{number}"), "/categorise", category=category)
    await budi.sends(page, "/escalate", team="edunex", reason="LMS")
    listed = await budi.opens("/inbox")
    assert "By category Gagal masuk 1 Lupa kata sandi 2 By team Tim Pengembang Edunex 1" in listed.text
    narrowed = await budi.opens("/inbox?category=password")
    assert [f"/tickets/{number}#newest" in narrowed.answer.text for number in (1, 2, 3)] == [
        True,
        True,
        False,
    ]
    assert 'href="/inbox?view=to_do&amp;category=password" aria-current="page"' in narrowed.answer.text


async def test_what_the_contact_wrote_since_somebody_looked_is_unread_to_them_alone(office, budi, rina):
    office.receives(whatsapp("lupa sandi", sid="SM1"))

    async def unread(visitor):
        return "Unread" in (await visitor.opens("/inbox")).text

    assert await unread(budi)
    await budi.client.get("/tickets/1", headers={"Tanggap-Out-Of-Sight": "1"})  # a page in the background
    assert await unread(budi)
    page = await budi.opens("/tickets/1")
    assert (await unread(budi), await unread(rina)) == (False, True)
    await budi.sends(page, "/say", text="Baik.", **{"as": "answer"})
    assert (await unread(budi), await unread(rina)) == (False, False)
    office.receives(whatsapp("belum bisa", sid="SM2"))
    assert (await unread(budi), await unread(rina)) == (True, True)


async def test_an_empty_inbox_is_good_news(office, budi):
    assert "Everything is taken care of" in (await budi.opens("/inbox")).text


async def test_what_a_contact_writes_never_becomes_part_of_the_page(office, budi):
    said = mail("<script>alert(1)</script>", message_id="<a@x>", subject="<b>judul</b>")
    html = '<p onclick="x()">halo</p><script>alert(2)</script><img src=x onerror=alert(3)>'
    office.receives(type(said)(**{**vars(said), "html": html, "full_text": "<i>semua</i>"}))
    page = await budi.opens("/tickets/1")
    source = page.answer.text
    assert "<p>halo</p>" in source
    for hostile in ("<script>alert", "onclick", "onerror", "<b>judul", "<i>semua"):
        assert hostile not in source


async def test_pages_speak_the_reader_s_language(office, budi):
    assert "Inbox" in (await budi.opens("/inbox")).text
    in_indonesian = await budi.opens("/language/id?next=/inbox")
    assert (in_indonesian.path, "Kotak masuk" in in_indonesian.text) == ("/inbox", True)


async def test_errors_are_pages_for_people(office, budi):
    missing = await budi.opens("/no-such-page")
    assert (missing.status, "There is no such page" in missing.text) == (404, True)
    assert (await budi.opens("/tickets/99")).status == 404


async def test_no_page_carries_a_script_or_a_style_of_its_own(office, budi, enters):
    office.receives(whatsapp("lupa sandi", sid="SM1"))
    for path in ("/inbox", "/tickets/1"):
        source = (await budi.opens(path)).answer.text
        assert "<style" not in source
        assert " style=" not in source
        assert source.count("<script") == source.count('<script type="module" src="/static/')


async def test_a_telephone_call_is_written_down_once(office, budi):
    page = await budi.opens("/new")
    said = {"text": "Tidak bisa masuk", "name": "Pak Joko", "number": "1980", "category": "login"}
    for _ in range(2):
        opened = await budi.sends(page, "/new", **said)
    assert (opened.path, "Pak Joko" in opened.text) == ("/tickets/1", True)
    empty = await budi.sends(page, "/new", text=" ", once="another")
    assert (empty.status, "Write something first" in empty.text) == (422, True)
    new = Wanted(status=frozenset({"new"}))
    listed = await office.ledger.read(lambda session: views.tickets(session, new, limit=9))
    assert [ticket.number for ticket in listed.items] == [1]


async def test_whoever_has_no_name_is_shown_by_number_or_mailbox_but_by_no_id_of_a_platform(office, budi):
    office.receives(whatsapp("lupa sandi", sid="SM1", name=None))
    office.receives(whatsapp("lupa sandi", sid="SM2", sender="ID.4kQz81mW", name=None))
    bubbles = [
        (await budi.opens(f"/tickets/{number}")).answer.text.split('class="by">')[1] for number in (1, 2)
    ]
    assert [bubble.partition("<")[0] for bubble in bubbles] == ["+628111", "No name"]


async def test_several_tickets_are_acted_upon_at_once_and_what_is_refused_is_told(office, budi):
    for number in (1, 2, 3):
        office.receives(whatsapp(f"pesan {number}", sid=f"SM{number}", sender=f"+62{number}"))
    await budi.sends(await budi.opens("/tickets/1"), "/categorise", category="login")
    inbox = await budi.opens("/inbox?view=unheld")
    fields = inbox.form("/inbox?view=unheld").fields | {"does": "close", "chosen": ["1", "2"]}
    for _ in range(2):  # the same form again changes nothing more
        told = Seen(await budi.client.post("/inbox?view=unheld", data=fields))
        assert "1 tickets done." in told.text
        assert "#2 A ticket is never solved without a category" in told.text
    assert [office.ticket(number).status for number in (1, 2, 3)] == ["solved", "new", "new"]
    everything = await budi.opens("/inbox")
    await budi.sends(everything, "/inbox?view=to_do", does="take", every="1")
    assert [office.ticket(number).assignee for number in (2, 3)] == [BUDI.id] * 2
    assert "2 tickets done." in (await budi.opens("/inbox?view=mine&done=2")).text
    nothing = await budi.sends(await budi.opens("/inbox?view=mine"), "/inbox?view=mine", every="", chosen="")
    assert (nothing.status, "Choose some tickets first" in nothing.text) == (422, True)
