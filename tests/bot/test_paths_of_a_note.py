"""Each way of writing a note, each thing that can be done to it, each screen of a contact: none of its words is there."""

from datetime import timedelta

import httpx
import pytest
from starlette.applications import Starlette

from tests.bot.chat import GROUP, SLUG, TEAM_GROUP
from tests.bot.watched import opened, watched
from tests.standins.tracker import running_tracker
from tickets.message import File

SECRET = "RAHASIA"
MARK = f"{SECRET} %s"
BUDI, RINA, YOGA = "1002", "1001", "1006"
HOOK_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
WAYS = '    telegram_group: "${TELEGRAM_EDUNEX_GROUP}"\n    email: edunex@example.ac.id\n'
TEAM_MAILBOX = "edunex@example.ac.id"


@pytest.fixture
def ledger(tmp_path, migrated_file):
    made = opened(tmp_path, migrated_file, fault=True)
    yield made
    made.close()


@pytest.fixture
async def tracker():
    async with running_tracker(HOOK_SECRET) as running:
        yield running


@pytest.fixture
async def chat(ledger, tracker):
    ways = f'    telegram_group: "{TEAM_GROUP}"\n    email: {TEAM_MAILBOX}\n'
    ways += f'    tracker: {{url: "{tracker.url}", secret: "${{EDUNEX_SECRET}}"}}\n'
    how = {"changes": {"desk.yaml": (WAYS, ways)}, "environment": {"EDUNEX_SECRET": HOOK_SECRET}}
    async with watched(ledger, **how) as desk:
        tracker.clock = lambda: desk.now.timestamp()  # noqa: PLW0108  the clock moves
        yield desk


async def by_chat(chat):
    attached = File(name=f"{SECRET}.txt", type="text/plain", content=SECRET.encode())
    for ticket in (1, 2, 3, 4):
        await chat.agent_writes(BUDI, f"// {MARK % 'topik'}", ticket=ticket, external_id=f"{GROUP}:7{ticket}")
    await chat.agent_writes(BUDI, f"// {MARK % 'berkas'}", ticket=4, files=(attached,))
    await chat.says(BUDI, f"#4 // {MARK % 'pribadi'}")


async def by_program(chat):
    for ticket in (1, 2, 3, 4):
        assert (
            await chat.api.post(f"/tickets/{ticket}/note", json={"text": MARK % "API"})
        ).status_code == 200
    await chat.settle()


async def by_page(chat, person):
    page = await person.opens("/tickets/4")
    form = page.form("/4/say")
    said = form.fields | {"text": MARK % "halaman", "as": "note"}
    files = [("files", (f"{SECRET}-4.txt", SECRET.encode(), "text/plain"))]
    await chat.browser.post("/tickets/4/say", data=said, files=files)
    await chat.settle()


async def by_the_second_line(chat, tracker):
    for ticket in (1, 2, 3):
        await chat.agent_writes(BUDI, f"/eskalasi edunex {MARK % 'alasan'}", ticket=ticket)
    handed = await chat.api.post("/tickets/4/escalate", json={"team": "edunex", "reason": MARK % "alasan"})
    assert handed.status_code == 200
    await chat.settle()
    for ticket in (1, 2, 3, 4):
        await chat.member_writes(YOGA, MARK % "tim", ticket=ticket)
    (first, *_) = [mail for mail in chat.email.sent if mail.place.address == TEAM_MAILBOX]
    await chat.mails(MARK % "surat tim", sender="yoga@example.ac.id", references=(first.message_id,))
    app = Starlette(routes=[chat.trackers.route])
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://desk.test") as door:
        comment = {"ticket": 4, "comment": {"text": MARK % "pelacak"}}
        assert (await tracker.tells(door, SLUG, "edunex", "issue.commented", comment)).status_code == 204
    await chat.settle()
    for ticket in (1, 2):
        await chat.member_writes(YOGA, f"/kembalikan {MARK % 'temuan'}", ticket=ticket)
    await chat.agent_writes(BUDI, f"/tunda 2j {MARK % 'tunda'}", ticket=1)


async def is_changed_and_taken_back(chat, person):
    """Do everything to notes that may be done to them, on every door."""
    await chat.edits(BUDI, 1, f"{GROUP}:71", f"// {MARK % 'diubah'}")
    await chat.edits(BUDI, 2, f"{GROUP}:72", MARK % "menjadi jawaban")
    await chat.agent_writes(BUDI, "/hapus", ticket=3, replies_to=f"{GROUP}:73")
    page = await person.opens("/tickets/4")
    await person.sends(page, "/4/amend", text=MARK % "diubah di halaman")
    for note in [note for note in chat.notes() if "API" in note.text]:
        path = f"/tickets/{note.ticket}/messages/{note.id}"
        assert (await chat.api.post(f"{path}/amend", json={"text": MARK % "diubah API"})).status_code == 200
        assert (await chat.api.post(f"{path}/withdraw")).status_code == 200
    await chat.settle()


async def is_moved_about(chat):
    """Split and merge tickets that have notes, and give one to nobody."""
    await chat.telegrams("dan satu hal lagi, SIAKAD")
    messages = (await chat.api.get("/tickets/1")).json()["messages"]
    chosen = [each["id"] for each in messages if each["direction"] == "note" or "SIAKAD" in each["text"]]
    split = await chat.api.post("/tickets/1/split", json={"messages": chosen})
    assert split.status_code == 201
    new = f"/tickets/{split.json()['number']}"
    assert (await chat.api.post(f"{new}/note", json={"text": MARK % "pisah"})).status_code == 200
    merged = await chat.api.post(f"{new}/merge", json={"into": 1, "tell": True})
    assert merged.status_code == 200
    assert (await chat.api.post("/tickets/3/wait", json={"reason": MARK % "tunggu"})).status_code == 200
    assert (await chat.api.post("/tickets/2/spam", json={"reason": MARK % "spam"})).status_code == 200
    assert (await chat.api.post("/tickets/2/restore")).status_code == 200
    await chat.settle()


async def is_followed_by_answers(chat):
    """Answer, also in reply to a note, solve, confirm and send back, so that everything is said that is said by itself."""
    for ticket in (1, 2, 3, 4):
        await chat.agent_writes(
            BUDI, f"Silakan coba {ticket}.", ticket=ticket, replies_to=f"{GROUP}:7{ticket}"
        )
        category = {"category": min(chat.desk.now.categories)}
        assert (await chat.api.post(f"/tickets/{ticket}/categorise", json=category)).status_code == 200
    await chat.mails("Baik, lalu?", references=(chat.email.sent[-1].message_id,))
    await chat.telegrams("status")
    await chat.passes(timedelta(minutes=6))
    for ticket in (1, 2, 3, 4):
        await chat.agent_writes(BUDI, "/tutup", ticket=ticket)
        await chat.agent_writes(RINA, f"/perbaiki {MARK % 'perbaiki'}", ticket=ticket)
    await chat.passes(timedelta(hours=80))


async def test_whatever_is_done_to_a_note_none_of_its_words_is_on_a_contact_s_screen(chat, tracker):
    person = await chat.at_page("budi@example.ac.id")
    before = await chat.marks()
    await by_chat(chat)
    await by_program(chat)
    await by_page(chat, person)
    assert await chat.marks() == before  # nor does the live stream tell that there was one
    await by_the_second_line(chat, tracker)
    await is_changed_and_taken_back(chat, person)
    await is_moved_about(chat)
    await is_followed_by_answers(chat)
    written = " ".join(note.text for note in chat.notes())
    ways = ("berkas", "pribadi", "halaman", "tim", "surat tim", "pelacak", "temuan", "diubah", "diubah API")
    assert [way for way in ways if MARK % way not in written] == []
    assert len(chat.files_of_notes()) == 2
    screens = await chat.screens()
    seen = {"Telegram": 1, "WhatsApp": 2, "email": 3, "web chat": 4}
    assert [where for where, ticket in seen.items() if f"Silakan coba {ticket}." not in screens[where]] == []
    assert [where for where, shown in screens.items() if SECRET in shown] == []
    assert chat.out_of_place() == []
