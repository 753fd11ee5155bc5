"""The second line: a ticket goes to a team on the ways that it has, words go both ways, and it comes back."""

from datetime import timedelta

import httpx
import pytest
from starlette.applications import Starlette

from bot.accounts.adapters import Adapters
from bot.media import MediaFetcher
from tests.bot.chat import GROUP, SLUG, TEAM_GROUP, Chat
from tests.bot.test_media import Storage
from tests.standins.tracker import running_tracker
from tickets.message import Channel, File

BUDI, SARI, RINA = "1002", "1003", "1001"
YOGA = "1006"  # of Tim Pengembang Edunex
QUESTION = "nilai kuis saya di matkul fisika belum muncul, saya Ana NIM 13519001"
MAILBOX = "edunex@example.ac.id"
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
WAYS = '    telegram_group: "${TELEGRAM_EDUNEX_GROUP}"\n    email: edunex@example.ac.id\n'
HOUR = timedelta(hours=1)


def opened(ledger, *ways: str, environment: dict[str, str] | None = None) -> Chat:
    """Open the desk with these ways to its team, instead of those in its file."""
    added = "".join(f"    {way}\n" for way in ways)
    return Chat(ledger, changes={"desk.yaml": (WAYS, added)}, environment=environment)


async def escalated(chat: Chat, reason: str = "nilai tidak tersinkron") -> Chat:
    await chat.writes(QUESTION)
    await chat.agent_writes(BUDI, "/ambil", ticket=1)
    await chat.agent_writes(BUDI, f"/eskalasi edunex {reason}", ticket=1)
    return chat


# -- by topic ---------------------------------------------------------------------------------------------------------


@pytest.fixture
async def in_group(ledger):
    return await escalated(opened(ledger, f'telegram_group: "{TEAM_GROUP}"'))


async def test_a_team_gets_the_card_and_the_conversation_in_a_topic_of_its_own(in_group):
    card, talk = in_group.topic(1, TEAM_GROUP)[:2]
    assert "Tiket #1" in card
    assert "nilai kuis" in talk
    assert "nilai tidak tersinkron" in talk
    assert "13519001" not in card + talk
    assert in_group.ticket().team == "edunex"


async def test_the_contact_is_told_once_and_the_first_line_s_clocks_go_on(in_group):
    told = [text for text in in_group.said if "Tim Pengembang Edunex" in text]
    assert len(told) == 1
    await in_group.agent_writes(BUDI, "/eskalasi edunex", ticket=1)
    assert len([text for text in in_group.said if "Tim Pengembang Edunex" in text]) == 1
    assert in_group.clock("resolution").running
    assert in_group.clock("second_line").subject == "edunex"
    assert in_group.clock("second_line").running


async def test_notes_go_both_ways_and_never_to_the_contact_nor_back_to_where_they_were_written(in_group):
    heard = len(in_group.said)
    await in_group.agent_writes(BUDI, "// sudah dicoba di dua peramban", ticket=1)
    assert "sudah dicoba" in in_group.topic(1, TEAM_GROUP)[-1]
    await in_group.member_writes(YOGA, "cache sinkronisasi macet", ticket=1)
    assert "Yoga Permana (Tim Pengembang Edunex)" in in_group.topic(1)[-1]
    assert "cache sinkronisasi macet" in in_group.topic(1)[-1]
    assert not any("cache" in text for text in in_group.topic(1, TEAM_GROUP))
    assert len(in_group.said) == heard


async def test_the_contact_s_further_words_reach_the_team_and_answers_to_them_do_not(in_group):
    await in_group.writes("ini tangkapan layarnya kak")
    assert "tangkapan layarnya" in in_group.topic(1, TEAM_GROUP)[-1]
    await in_group.agent_writes(BUDI, "Terima kasih, masih kami cek.", ticket=1)
    assert not any("masih kami cek" in text for text in in_group.topic(1, TEAM_GROUP))


async def test_what_is_edited_or_taken_back_reads_so_in_both_topics(ledger):
    chat = opened(ledger, f'telegram_group: "{TEAM_GROUP}"', f"email: {MAILBOX}")
    await chat.telegrams(QUESTION)
    await chat.agent_writes(BUDI, "/ambil", ticket=1)
    await chat.agent_writes(BUDI, "/eskalasi edunex", ticket=1)
    mine, first, team = "4711", chat.thread_of(1), chat.thread_of(1, TEAM_GROUP)
    await chat.telegrams("kelas 01", external_id="4711:9")
    told = next(
        key for key, (of, out) in chat.group.messages.items() if of == team and "kelas 01" in out.text
    )
    await chat.edits(mine, "4711:9", "kelas 02", address=mine)
    edited = chat.group.in_topic(team)[-1]
    assert (edited.text, edited.replies_to) == ("✏️ Ana mengubah pesannya\nkelas 02", told)
    await chat.edits(mine, "4711:9", "", address=mine, deleted=True)
    assert chat.topic(1, TEAM_GROUP)[-1] == "🗑 Ana menghapus pesannya: “kelas 02”"
    assert "menghapus pesannya" in to_team(chat)[-1].text

    await chat.agent_writes(BUDI, "// dosennya Pak Agus", ticket=1, external_id=f"{GROUP}:70")
    await chat.edits(BUDI, f"{GROUP}:70", "// dosennya Bu Agus", address=GROUP, thread=first)
    assert chat.topic(1, TEAM_GROUP)[-1].endswith("mengubah catatan:\ndosennya Bu Agus")
    await chat.agent_writes(BUDI, "/hapus", ticket=1, replies_to=f"{GROUP}:70")
    assert chat.topic(1, TEAM_GROUP)[-1].endswith("menarik catatannya.")

    await chat.member_writes(YOGA, "basis data macet", ticket=1, external_id=f"{TEAM_GROUP}:80")
    heard = len(chat.topic(1, TEAM_GROUP))
    await chat.edits(YOGA, f"{TEAM_GROUP}:80", "basis data penuh", address=TEAM_GROUP, thread=team)
    assert chat.topic(1)[-1].endswith("mengubah catatan:\nbasis data penuh")
    await chat.member_writes(YOGA, "/hapus", ticket=1, replies_to=f"{TEAM_GROUP}:80")
    assert chat.topic(1)[-1].endswith("Catatan ditarik.")
    assert len(chat.topic(1, TEAM_GROUP)) == heard

    await chat.agent_writes(BUDI, "Kami cek.", ticket=1, external_id=f"{GROUP}:71")
    await chat.edits(BUDI, f"{GROUP}:71", "Kami periksa.", address=GROUP, thread=first)
    await chat.agent_writes(BUDI, "/hapus", ticket=1, replies_to=f"{GROUP}:71")
    assert len(chat.topic(1, TEAM_GROUP)) == heard


async def test_a_team_gives_it_back_with_its_finding_and_the_holder_is_told(in_group):
    heard = len(in_group.said)
    await in_group.member_writes(YOGA, "/kembalikan Cache dibersihkan, nilai sudah tampil.", ticket=1)
    assert in_group.ticket().team is None
    assert any("Cache dibersihkan" in text for text in in_group.topic(1))
    assert in_group.clock("second_line").met_at is not None
    to_budi = [out.text for out in in_group.group.private if out.place.address == BUDI]
    assert "kembali dari Tim Pengembang Edunex" in to_budi[-1]
    assert "Cache dibersihkan" in to_budi[-1]
    assert in_group.thread_of(1, TEAM_GROUP) in in_group.group.closed
    assert len(in_group.said) == heard


async def test_a_member_notes_and_returns_but_does_not_answer_close_or_see_what_is_not_theirs(in_group):
    heard = len(in_group.said)
    for order in ("/tutup sudah beres", "/tunggu mohon dicek", "/kategori nilai"):
        await in_group.member_writes(YOGA, order, ticket=1)
        assert "tidak" in in_group.topic(1, TEAM_GROUP)[-1].lower()
    assert len(in_group.said) == heard
    await in_group.member_writes(YOGA, "/ambil", ticket=1)
    assert in_group.ticket().team_holder == "yoga@example.ac.id"
    assert in_group.ticket().assignee == "budi@example.ac.id"
    await in_group.writes("wifi asrama mati", sender="+62812")
    await in_group.member_writes(YOGA, "#2 catatan untuk tiket lain", ticket=1)
    assert not any("catatan untuk tiket lain" in text for text in in_group.topic(2))
    await in_group.member_writes(YOGA, "#2 /kartu", ticket=1)
    assert not any("wifi asrama" in text for text in in_group.topic(1, TEAM_GROUP))


async def test_the_help_shows_a_member_what_they_may_do(in_group):
    await in_group.member_writes(YOGA, "/bantuan", ticket=1)
    shown = in_group.group.in_topic(in_group.thread_of(1, TEAM_GROUP))[-1]
    assert "catatan untuk lini pertama" in shown.text
    assert "/kembalikan" in shown.text
    assert "/tutup" not in shown.text
    assert [button.label for row in shown.buttons for button in row] == ["Ambil", "🪪 Kartu", "Jelaskan"]


async def test_even_a_reply_to_the_contact_s_words_stays_a_note(in_group):
    await in_group.writes("bagaimana kak")
    heard = len(in_group.said)
    mirrored = next(key for key, (_, out) in in_group.group.messages.items() if "bagaimana kak" in out.text)
    await in_group.member_writes(YOGA, "sedang saya lihat", ticket=1, replies_to=mirrored)
    assert len(in_group.said) == heard


async def test_a_team_that_may_answer_does_so_by_replying_to_the_contact_and_mends_it_like_an_agent(ledger):
    chat = opened(ledger, f'telegram_group: "{TEAM_GROUP}"', "answers: true")
    await chat.telegrams(QUESTION)
    await chat.agent_writes(BUDI, "/eskalasi edunex", ticket=1)
    await chat.telegrams("bagaimana kak")
    team = chat.thread_of(1, TEAM_GROUP)
    told = next(
        key for key, (of, out) in chat.group.messages.items() if of == team and "bagaimana" in out.text
    )
    here = f"{TEAM_GROUP}:80"
    await chat.member_writes(YOGA, "Sudah kami perbaki, Kak.", ticket=1, replies_to=told, external_id=here)
    assert chat.group.seen_by("4711")[-1] == "Sudah kami perbaki, Kak."
    await chat.edits(YOGA, here, "Sudah kami perbaiki, Kak.", address=TEAM_GROUP, thread=team)
    assert chat.group.seen_by("4711")[-1] == "Sudah kami perbaiki, Kak."
    await chat.member_writes(YOGA, "/hapus", ticket=1, replies_to=here)
    assert not any("kami perba" in text for text in chat.group.seen_by("4711"))


async def test_a_file_of_the_contact_reaches_the_topic_of_the_team(in_group):
    photo = File(name="layar.png", type="image/png", fetch="F1")
    await in_group.writes("ini tangkapan layarnya", files=(photo,))
    storage = Adapters({f"{SLUG}/whatsapp": Storage()})
    await MediaFetcher(in_group.ledger, in_group.desks, storage, clock=lambda: in_group.now).turn()
    await in_group.settle()
    shown = [out.files for out in in_group.group.in_topic(in_group.thread_of(1, TEAM_GROUP)) if out.files]
    assert [file.name for files in shown for file in files] == ["layar.png"]
    copies = [key for key, (_, out) in in_group.group.messages.items() if out.files]
    await in_group.agent_writes(BUDI, "/hapus", ticket=1, replies_to=copies[0])
    assert "Hanya jawaban dan catatan petugas" in in_group.topic(1)[-1]  # it stands for the contact's words


async def test_back_and_again_is_a_new_cycle_in_the_same_topic(in_group):
    await in_group.member_writes(YOGA, "/kembalikan sudah", ticket=1)
    await in_group.passes(HOUR)
    await in_group.agent_writes(SARI, "/eskalasi edunex muncul lagi", ticket=1)
    assert in_group.ticket().team == "edunex"
    assert in_group.clock("second_line").cycle == 2
    assert in_group.clock("second_line").running
    assert list(in_group.group.groups.values()).count(TEAM_GROUP) == 1
    assert in_group.thread_of(1, TEAM_GROUP) not in in_group.group.closed
    assert any("muncul lagi" in text for text in in_group.topic(1, TEAM_GROUP))


async def test_warning_and_breach_of_its_promise_go_to_the_team_and_the_supervisors(in_group):
    await in_group.agent_writes(BUDI, "Kami teruskan ke pengembang.", ticket=1)
    await in_group.passes(timedelta(days=9))
    to_team = [text for text in in_group.topic(1, TEAM_GROUP) if "lini kedua" in text and "Terlambat" in text]
    to_rina = [out.text for out in in_group.group.private if out.place.address == RINA]
    assert to_team
    assert any("lini kedua" in text for text in to_rina)


async def test_a_team_without_any_place_is_warned_member_by_member(ledger):
    chat = await escalated(opened(ledger))
    await chat.passes(timedelta(days=9))
    assert any("lini kedua" in out.text for out in chat.group.private if out.place.address == YOGA)


async def test_a_ticket_that_is_reopened_begins_at_the_first_line(in_group):
    suggested = in_group.ticket().suggestions[0][0]
    await in_group.agent_writes(BUDI, f"/kategori {suggested}", ticket=1)
    await in_group.agent_writes(BUDI, "/tutup Nilainya sudah muncul.", ticket=1)
    await in_group.agent_writes(BUDI, "/buka", ticket=1)
    assert in_group.ticket().team is None


async def test_solving_it_tells_the_team_that_it_is_over(in_group):
    suggested = in_group.ticket().suggestions[0][0]
    await in_group.agent_writes(BUDI, f"/kategori {suggested}", ticket=1)
    await in_group.agent_writes(BUDI, "/tutup Nilainya sudah muncul.", ticket=1)
    assert any("diselesaikan" in text for text in in_group.topic(1, TEAM_GROUP))
    assert in_group.clock("second_line").met_at is not None


# -- by mail ----------------------------------------------------------------------------------------------------------


@pytest.fixture
async def by_mail(ledger):
    return await escalated(opened(ledger, f"email: {MAILBOX}"))


def to_team(chat: Chat):
    return [out for out in chat.email.sent if out.place.address == MAILBOX]


async def test_each_escalation_is_a_mail_with_card_and_conversation_and_a_thread_of_its_own(by_mail):
    (first,) = to_team(by_mail)
    assert first.subject.startswith("[#1]")
    assert "nilai kuis" in first.text
    assert "Tiket #1" in first.text
    assert "nilai tidak tersinkron" in first.text
    assert "13519001" not in first.text
    await by_mail.agent_writes(BUDI, "// dosennya sudah konfirmasi", ticket=1)
    second = to_team(by_mail)[-1]
    assert "dosennya sudah konfirmasi" in second.text
    assert second.references == (first.message_id,)
    assert second.replies_to == first.message_id


@pytest.mark.parametrize(
    ("sender", "name"),
    [("yoga@example.ac.id", "Yoga Permana (Tim Pengembang Edunex)"), (MAILBOX, "Tim Pengembang Edunex")],
)
async def test_a_member_s_reply_comes_back_as_a_note_and_reaches_no_contact(by_mail, sender, name):
    (first,) = to_team(by_mail)
    heard, mails = len(by_mail.said), len(by_mail.email.sent)
    await by_mail.mails(
        "Kami cek log-nya dulu.",
        sender=sender,
        subject=f"Re: {first.subject}",
        references=(first.message_id,),
    )
    assert name in by_mail.topic(1)[-1]
    assert "Kami cek log-nya dulu." in by_mail.topic(1)[-1]
    assert len(by_mail.said) == heard
    assert [out for out in by_mail.email.sent[mails:] if "Kami cek" in out.text] == []


async def test_a_reply_may_give_it_back(by_mail):
    (first,) = to_team(by_mail)
    await by_mail.mails(
        "/kembalikan Sudah diperbaiki di rilis malam ini.", sender="yoga@example.ac.id",
        subject=f"Re: {first.subject}", references=(first.message_id,),
    )  # fmt: skip
    assert by_mail.ticket().team is None
    assert any("rilis malam ini" in text for text in by_mail.topic(1))
    over = to_team(by_mail)[-1]
    assert "kembali ke lini pertama" in over.text
    assert over.references == (first.message_id,)


async def test_a_stranger_s_reply_and_a_holiday_s_answer_are_no_notes(by_mail):
    (first,) = to_team(by_mail)
    notes = len(by_mail.topic(1))
    await by_mail.mails(
        "Saya cuti sampai Senin.", sender="yoga@example.ac.id", references=(first.message_id,), automatic=True
    )
    await by_mail.mails("Saya ikut menjawab.", sender="siapa@example.org", references=(first.message_id,))
    assert not any("cuti" in text or "ikut menjawab" in text for text in by_mail.topic(1)[notes:])
    assert by_mail.ticket(2).contact != by_mail.ticket(1).contact


async def test_a_reply_after_it_came_back_is_refused_and_says_so(by_mail):
    (first,) = to_team(by_mail)
    await by_mail.agent_writes(BUDI, "/kembalikan", ticket=1)
    await by_mail.mails("Terlambat.", sender="yoga@example.ac.id", references=(first.message_id,))
    assert not any("Terlambat." in text for text in by_mail.topic(1))
    refused = [out for out in by_mail.email.sent if out.place.address == "yoga@example.ac.id"]
    assert len(refused) == 1


# -- by tracker -------------------------------------------------------------------------------------------------------


@pytest.fixture
async def tracker():
    async with running_tracker(SECRET) as running:
        yield running
        assert running.complaints == []


@pytest.fixture
async def tracked(ledger, tracker):
    way = f'tracker: {{url: "{tracker.url}", secret: "${{EDUNEX_SECRET}}"}}'
    chat = opened(ledger, way, environment={"EDUNEX_SECRET": SECRET})
    tracker.clock = lambda: chat.now.timestamp()  # noqa: PLW0108  the clock moves
    return await escalated(chat)


@pytest.fixture
async def door(tracked):
    app = Starlette(routes=[tracked.trackers.route])
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://desk.test") as client:
        yield client


ISSUE = {"ticket": 1, "issue": {"key": "EDX-7", "url": "https://issues.example.ac.id/EDX-7"}}


async def test_a_story_with_a_tracker(tracked, tracker, door):
    created = tracker.taken[0].body["data"]
    assert tracker.types == ["issue.created"]
    assert (created["ticket"], created["team"]) == (1, "edunex")
    assert "nilai kuis" in created["text"]
    assert "13519001" not in str(created)
    assert created["due_at"]
    assert created["url"] == "http://desk.test/tickets/1"

    assert (await tracker.tells(door, SLUG, "edunex", "issue.created", ISSUE)).status_code == 204
    await tracked.settle()
    assert "EDX-7 https://issues.example.ac.id/EDX-7" in tracked.topic(1)[0]

    said = "whatsapp-said"
    await tracked.writes("di kelas 01", external_id=said)
    await tracked.agent_writes(BUDI, "// terjadi juga di kelas lain", ticket=1)
    assert tracker.taken[-1].body["data"]["comment"]["text"] == "terjadi juga di kelas lain"
    assert tracker.taken[-1].body["data"]["issue"]["key"] == "EDX-7"

    await tracked.edits("+62811", said, "di kelas 02", address="+62811", channel=Channel.WHATSAPP)
    changed = tracker.taken[-1].body["data"]["comment"]
    assert (changed["text"], changed["edited"], changed["deleted"]) == ("di kelas 02", True, False)

    calls = len(tracker.taken)
    comment = {"issue": {"key": "EDX-7"}, "comment": {"author": "Yoga", "text": "Ketemu penyebabnya."}}
    assert (await tracker.tells(door, SLUG, "edunex", "issue.commented", comment)).status_code == 204
    await tracked.settle()
    assert "Yoga: Ketemu penyebabnya." in tracked.topic(1)[-1]
    assert len(tracker.taken) == calls

    closing = {"ticket": 1, "text": "Diperbaiki pada rilis 4.2."}
    assert (await tracker.tells(door, SLUG, "edunex", "issue.closed", closing)).status_code == 204
    await tracked.settle()
    assert tracked.ticket().team is None
    assert any("rilis 4.2" in text for text in tracked.topic(1))
    assert tracker.types[-1] == "issue.closed"
    assert tracker.taken[-1].body["data"]["outcome"] == "returned"
    assert not any("rilis 4.2" in text for text in tracked.said)


async def test_a_tracker_that_fails_in_every_way_gets_everything_in_order(tracked, tracker):
    for fail in (
        lambda: tracker.answers(500),
        tracker.cuts,
        tracker.falls_silent,
        lambda: tracker.is_slow(0.7),
        lambda: tracker.answers(302, location="http://127.0.0.1:9/"),
    ):
        fail()
    for text in ("satu", "dua", "tiga"):
        await tracked.agent_writes(BUDI, f"// {text}", ticket=1)
    for _ in range(8):
        await tracked.passes(timedelta(minutes=5))
    once = list({taken.id: taken.body["data"]["comment"]["text"] for taken in tracker.taken[1:]}.values())
    assert once == ["satu", "dua", "tiga"]


async def test_the_same_report_twice_is_one(tracked, tracker, door):
    comment = {"ticket": 1, "comment": {"text": "satu kali saja"}}
    for _ in range(2):
        answer = await tracker.tells(door, SLUG, "edunex", "issue.commented", comment, id="same")
        assert answer.status_code == 204
    await tracked.settle()
    assert len([text for text in tracked.topic(1) if "satu kali saja" in text]) == 1
    closing = {"ticket": 1, "text": ""}
    for _ in range(2):
        answer = await tracker.tells(door, SLUG, "edunex", "issue.closed", closing, id="closed")
        assert answer.status_code == 204


async def test_who_cannot_sign_learns_nothing(tracked, tracker, door):
    body = b'{"type": "issue.closed", "data": {"ticket": 1}}'
    good = tracker.signed(body)
    late = tracker.signed(body, at=tracked.now.timestamp() - 301)
    refused = [
        await door.post(f"/hooks/{SLUG}/nobody", content=body, headers=good),
        await door.post("/hooks/nowhere/edunex", content=body, headers=good),
        await door.post(f"/hooks/{SLUG}/edunex", content=body),
        await door.post(f"/hooks/{SLUG}/edunex", content=body + b" ", headers=good),
        await door.post(f"/hooks/{SLUG}/edunex", content=body, headers=late),
        await door.post(f"/hooks/{SLUG}/edunex", content=b" " * 300_000, headers=good),
    ]
    assert {answer.status_code for answer in refused} == {404}
    assert len({answer.text for answer in refused}) == 1
    assert tracked.ticket().team == "edunex"


@pytest.mark.parametrize(
    ("kind", "data", "status"),
    [
        ("issue.commented", {"ticket": 99, "comment": {"text": "x"}}, 404),
        ("issue.commented", {"issue": {"key": "EDX-404"}, "comment": {"text": "x"}}, 404),
        ("issue.commented", {"ticket": 1}, 422),
        ("issue.created", {"ticket": 1}, 422),
        ("issue.closed", {}, 422),
        ("issue.closed", {"ticket": True}, 422),
        ("issue.moved", {"ticket": 1}, 422),
        ("issue.created", ["ticket"], 422),
    ],
)
async def test_what_is_signed_and_makes_no_sense_is_said(tracked, tracker, door, kind, data, status):
    answer = await tracker.tells(door, SLUG, "edunex", kind, data)
    assert answer.status_code == status
    assert answer.json()["error"]["message"]


async def test_a_link_that_is_no_web_address_is_left_out(tracked, tracker, door):
    issue = {"ticket": 1, "issue": {"key": "EDX-7", "url": "javascript:alert(1)"}}
    assert (await tracker.tells(door, SLUG, "edunex", "issue.created", issue)).status_code == 204
    await tracked.settle()
    assert "EDX-7" in tracked.topic(1)[0]
    assert "javascript" not in tracked.topic(1)[0]
