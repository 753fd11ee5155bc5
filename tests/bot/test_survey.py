"""After closing: one question with the closing notice, answers understood, problems never swallowed, low scores followed up."""

from datetime import timedelta

import pytest

from tests.bot.chat import SLUG, Chat
from tickets import views
from tickets.actions import supervising, survey
from tickets.ledger.events import clocks_of
from tickets.ledger.prepared import inserting
from tickets.lifecycle import Status
from tickets.tables import Link
from tickets.views.board import Figure, board

QUESTION = "kak nilai kuis saya di matkul fisika kok belum muncul ya padahal sudah dikoreksi"
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
ASKS = "sampai 5 (sangat puas)"
SECTION = "survey:\n  after: solved\n  scale: 5\n  ask_comment: true\n  at_most_every: 7d\n"


@pytest.fixture
def chat(ledger):
    return Chat(ledger)


@pytest.fixture
def solved(chat):
    """Let a ticket be answered and solved; the desk that asks then."""

    async def solve(desk=chat, *, number=1, **contact):
        await desk.writes(QUESTION, **contact)
        await desk.agent_writes("1002", "Nilai sudah kami perbarui, silakan dicek.", ticket=number)
        await desk.agent_writes("1002", "/kategori grades", ticket=number)
        await desk.agent_writes("1002", "/tutup", ticket=number)
        return desk

    return solve


def asked(chat, number=1, cycle=1):
    return chat.ledger.write_blocking(lambda tx: survey.of_cycle(tx, number, cycle))


def events(chat, number=1):
    with chat.ledger.reading() as session:
        found = views.ticket(session, number, link=str)
    return [(event.kind, dict(event.data)) for event in found.events if event.kind.startswith("survey.")]


def clocks(chat):
    return chat.ledger.write_blocking(lambda tx: clocks_of(tx, 1))


def waiting(chat):
    """Return the tickets that the board counts as low scores to be followed up."""
    with chat.ledger.reading() as session:
        seen = board(session, SLUG, chat.desk.now.desk.supervision, now=chat.now)
    return seen.tallies[Figure.LOW_SCORE].tickets


def alarms(chat):
    """Return what the supervisor was told of low scores."""
    return [outgoing.text for outgoing in chat.told("1001") if "Nilai rendah" in outgoing.text]


async def test_the_closing_notice_asks_one_question_in_the_same_message(chat, solved):
    await solved()
    closing = [text for text in chat.said if "sudah kami selesaikan" in text]
    assert len(closing) == 1
    assert ASKS in closing[0]
    assert ASKS in chat.last
    assert events(chat) == [("survey.asked", {"cycle": 1})]


@pytest.mark.parametrize(
    ("words", "score"), [("5", 5), ("lima kak", 5), ("⭐⭐⭐⭐", 4), ("4", 4), ("3/5", 3), ("sangat puas", 5)]
)
async def test_a_score_is_kept_and_reopens_nothing_and_starts_no_clock(chat, solved, words, score):
    await solved()
    before = clocks(chat)
    await chat.writes(words)
    assert clocks(chat) == before
    assert asked(chat).score == score
    assert chat.ticket().status is Status.SOLVED
    assert "Terima kasih atas penilaian Anda" in chat.last
    assert chat.clock("resolution").met_at is not None


async def test_a_score_with_a_remark_needs_no_further_question(chat, solved):
    await solved()
    await chat.writes("4 - cepat sekali")
    assert (asked(chat).score, asked(chat).remark) == (4, "cepat sekali")
    assert "komentar" not in chat.last


async def test_a_remark_is_asked_for_once_and_may_follow(chat, solved):
    await solved()
    await chat.writes("4")
    assert "komentar" in chat.last
    await chat.writes("petugasnya ramah dan cepat")
    assert asked(chat).remark == "petugasnya ramah dan cepat"
    assert chat.ticket().status is Status.SOLVED
    await chat.writes("5")
    assert "komentar" not in chat.last


async def test_whoever_has_nothing_to_add_is_left_alone(chat, solved):
    await solved()
    await chat.writes("4")
    count = len(chat.said)
    await chat.writes("tidak ada")
    assert len(chat.said) == count
    assert chat.ticket().status is Status.SOLVED


@pytest.mark.parametrize(
    "words",
    [
        "eh ternyata masih error pas login", "5 hari lalu nilai saya hilang", "1. tidak bisa login\n2. nilai hilang",
        "edunex lambat sekali hari ini", "kenapa nilai saya kosong?",
    ],
)  # fmt: skip
@pytest.mark.parametrize("before", [(), ("5",)])
async def test_a_problem_after_closing_is_never_swallowed(chat, solved, words, before):
    await solved()
    for score in before:
        await chat.writes(score)
    await chat.writes(words)
    assert chat.ticket().status is Status.OPEN
    assert asked(chat).score == (5 if before else None)


async def test_a_score_with_a_problem_behind_it_counts_and_reopens(chat, solved):
    await solved()
    await chat.writes("2 - masih belum bisa login")
    assert asked(chat).score == 2
    assert chat.ticket().status is Status.OPEN


async def test_the_last_score_of_a_day_counts(chat, solved):
    await solved()
    await chat.writes("2")
    await chat.writes("4")
    assert asked(chat).score == 4
    await chat.passes(2 * DAY)
    await chat.writes("1")
    assert asked(chat).score == 4
    assert chat.ticket().status is Status.SOLVED


async def test_a_score_after_a_person_wrote_again_is_said_to_them(chat, solved):
    await solved()
    await chat.agent_writes("1002", "Apakah yang 1 atau yang 2?", ticket=1)
    await chat.writes("2")
    assert asked(chat).score is None
    assert chat.ticket().status is Status.OPEN


async def test_a_number_on_an_open_ticket_is_no_score(chat):
    await chat.writes(QUESTION)
    await chat.agent_writes("1002", "Kuis yang ke berapa?", ticket=1)
    await chat.writes("2")
    assert events(chat) == []


async def test_a_button_of_telegram_gives_the_score(chat):
    await chat.telegrams(QUESTION)
    await chat.agent_writes("1002", "/kategori grades", ticket=1)
    await chat.agent_writes("1002", "/tutup", ticket=1)
    await chat.presses("5 ⭐")
    assert asked(chat).score == 5
    assert chat.ticket().status is Status.SOLVED


async def test_a_mail_is_asked_and_answers_with_its_signature(chat):
    await chat.mails(QUESTION, subject="Nilai kuis", external_id="<a@x>")
    await chat.agent_writes("1002", "/kategori grades", ticket=1)
    await chat.agent_writes("1002", "/tutup", ticket=1)
    closing = chat.email.sent[-1]
    assert ASKS in closing.text
    assert not closing.buttons
    await chat.mails(
        "4 - cepat sekali\n\nSalam,\nAna Putri",
        subject="Re: Nilai kuis [#1]",
        replies_to=closing.message_id,
        references=("<a@x>", closing.message_id),
    )
    assert (asked(chat).score, asked(chat).remark) == (4, "cepat sekali")
    assert chat.ticket().status is Status.SOLVED


async def test_whoever_stopped_is_not_asked(chat):
    await chat.writes(QUESTION)
    await chat.writes("stop")
    await chat.agent_writes("1002", "/kategori grades", ticket=1)
    await chat.agent_writes("1002", "/tutup", ticket=1)
    assert asked(chat) is None


async def test_a_contact_is_asked_at_most_once_in_a_week(chat, solved):
    await solved()
    await chat.writes("5")
    await chat.writes("nilai saya hilang lagi, tolong dicek")
    await chat.agent_writes("1002", "/tutup", ticket=1)
    assert asked(chat, cycle=2) is None
    assert ASKS not in chat.last
    await chat.passes(7 * DAY)
    await chat.writes("nilai saya hilang lagi, tolong dicek ya kak", sender="+62811")
    number = 1 if chat.ticket(1).status is Status.OPEN else 2
    await chat.agent_writes("1002", "/kategori grades", ticket=number)
    await chat.agent_writes("1002", "/tutup", ticket=number)
    assert ASKS in chat.last


async def test_whoever_said_that_the_bot_helped_is_not_asked_again(chat):
    await chat.writes("lupa password")
    await chat.writes("ya, terbantu")
    assert chat.ticket().status is Status.SOLVED
    assert asked(chat) is None


async def test_one_of_many_tickets_of_an_incident_is_not_asked_about(chat):
    await chat.writes(QUESTION, sender="+62812")
    await chat.writes(QUESTION)
    chat.ledger.write_blocking(
        lambda tx: tx.run(inserting(Link), ticket=2, to=1, kind="incident", by="staff:x", at=chat.now)
    )
    for number in (2, 1):
        await chat.agent_writes("1002", "/kategori grades", ticket=number)
        await chat.agent_writes("1002", "/tutup", ticket=number)
    assert asked(chat, 2) is None
    assert asked(chat, 1) is not None


async def test_outside_the_window_of_whatsapp_the_ticket_says_that_nobody_could_be_asked(chat):
    await chat.writes(QUESTION)
    await chat.passes(25 * timedelta(hours=1))
    await chat.agent_writes("1002", "/kategori grades", ticket=1)
    await chat.agent_writes("1002", "/tutup", ticket=1)
    assert events(chat) == [("survey.withheld", {"why": "window", "cycle": 1})]
    assert asked(chat).withheld == "window"


async def test_outside_the_window_the_approved_template_asks(ledger):
    changes = {
        "desk.yaml": ("at_most_every: 7d\n", "at_most_every: 7d\n  template: solved-confirm\n"),
        "replies.yaml": ("${SID_SOLVED}", "HX1"),
    }
    chat = Chat(ledger, changes=changes)
    await chat.writes(QUESTION)
    await chat.passes(25 * timedelta(hours=1))
    await chat.agent_writes("1002", "/kategori grades", ticket=1)
    await chat.agent_writes("1002", "/tutup", ticket=1)
    sent = chat.whatsapp.sent[-1]
    assert sent.template.content_sid == "HX1"
    assert sent.template.variables["2"] == "#1"
    assert asked(chat).withheld is None
    await chat.writes("5")
    assert asked(chat).score == 5
    assert chat.ticket().status is Status.SOLVED


async def test_a_desk_that_asks_when_confirmed_asks_then_in_a_message_of_its_own(ledger, solved):
    chat = Chat(ledger, changes={"desk.yaml": ("after: solved", "after: closed")})
    await solved(chat)
    assert ASKS not in chat.last
    await chat.agent_writes("1001", "/verifikasi", ticket=1)
    assert "Tentang tiket #1" in chat.last
    assert ASKS in chat.last
    await chat.writes("5")
    assert asked(chat).score == 5
    assert chat.ticket().status is Status.CLOSED


async def test_what_was_closed_long_ago_is_not_asked_about(ledger, solved):
    chat = Chat(ledger, changes={"desk.yaml": ("after: solved", "after: closed")})
    await solved(chat)
    supervisor = chat.staff("supervisor").actor
    chat.ledger.write_blocking(lambda tx: supervising.verify(tx, 1, by=supervisor, at=chat.now))
    chat.now += 2 * DAY
    await chat.settle()
    assert asked(chat) is None


async def test_a_desk_without_a_survey_asks_nothing(ledger, solved):
    chat = Chat(ledger, changes={"desk.yaml": (SECTION, "survey: null\n")})
    await solved(chat)
    assert "sudah kami selesaikan" in chat.last
    assert ASKS not in chat.last


async def test_a_low_score_is_told_to_the_supervisor_once_with_the_words(chat, solved):
    await solved()
    await chat.writes("1")
    assert "menindaklanjuti" in chat.last
    assert alarms(chat) == []
    await chat.writes("lama sekali balasannya dan kurang jelas")
    await chat.passes(10 * MINUTE)
    told = alarms(chat)
    assert len(told) == 1
    assert "1 dari 5" in told[0]
    assert "lama sekali balasannya" in told[0]
    await chat.writes("2")
    await chat.passes(10 * MINUTE)
    assert len(alarms(chat)) == 1


async def test_a_score_that_was_mended_meanwhile_alarms_nobody(chat, solved):
    await solved()
    await chat.writes("1")
    await chat.writes("5")
    await chat.passes(10 * MINUTE)
    assert alarms(chat) == []
    assert asked(chat).found_at is None


async def test_a_supervisor_closes_the_finding_and_an_agent_cannot(chat, solved):
    await solved()
    await chat.writes("1 - lama sekali")
    assert asked(chat).found_at is not None
    await chat.agent_writes("1002", "/tindaklanjut sudah saya telepon", ticket=1)
    assert asked(chat).followed_up_at is None
    assert waiting(chat) == (1,)
    await chat.agent_writes("1001", "/tindaklanjut sudah ditelepon dan dijelaskan", ticket=1)
    finding = asked(chat)
    assert finding.follow_up == "sudah ditelepon dan dijelaskan"
    assert finding.followed_up_by == chat.staff("supervisor").actor.key
    assert waiting(chat) == ()
    await chat.agent_writes("1001", "/tindaklanjut lagi", ticket=1)
    assert asked(chat).follow_up == "sudah ditelepon dan dijelaskan"


async def test_the_supervisor_sees_the_month_in_chat(chat, solved):
    await solved()
    await chat.writes("1 - lama sekali")
    await chat.agent_writes("1002", "/survei", ticket=1)
    await chat.agent_writes("1001", "/survei", ticket=1)
    assert not any("Rata-rata" in text for text in chat.topic(1)[:-1])
    assert any("Rata-rata: 1,00 dari 5" in text and "lama sekali" in text for text in chat.topic(1))
