"""Breaks, leave and hand-over from chat: who is told what, and what becomes of the tickets of those who are away."""

from datetime import timedelta

import pytest

from tests.bot.chat import Chat
from tickets.ledger import events

BUDI, SARI, DIMAS, AYU, RINA, YOGA = "1002", "1003", "1004", "1005", "1001", "1006"
QUESTION = "kak nilai kuis saya di matkul fisika kok belum muncul ya padahal sudah dikoreksi"
DAY = timedelta(days=1)


@pytest.fixture
def chat(ledger):
    return Chat(ledger, by_hand=False)


@pytest.fixture
def by_hand(ledger):
    return Chat(ledger)


def mail(name):
    return f"{name}@example.ac.id"


async def holds(chat, who, *numbers):
    """Somebody holds tickets, of so many people."""
    for number in numbers:
        await chat.writes(QUESTION, sender=f"+62800{number}", name=f"Orang {number}")
        await chat.agent_writes(RINA, f"/tugaskan {mail(who)}", ticket=number)


def holders(chat, *numbers):
    return [chat.ticket(number).assignee for number in numbers]


def notes(chat, number):
    return [words for words in chat.topic(number) if "Diserahterimakan" in words]


async def test_a_break_is_confirmed_with_its_end(chat):
    await chat.says(BUDI, "/istirahat sampai 10.15")
    assert "sampai hari ini pukul 10.15 WIB" in chat.heard_by(BUDI)[-1]
    await chat.says(BUDI, "/kembali")
    assert "hadir" in chat.heard_by(BUDI)[-1]


async def test_a_break_that_nobody_can_understand_is_asked_for_again(chat):
    await chat.says(BUDI, "/istirahat sebentar saja")
    assert "/istirahat 30m" in chat.heard_by(BUDI)[-1]


async def test_on_leave_the_open_tickets_go_to_the_substitute_each_with_a_note(chat):
    await holds(chat, "budi", 1, 2)
    await chat.says(BUDI, "/cuti 2026-10-06 2026-10-07 pengganti sari")
    assert "Anda memegang 2 tiket" in chat.heard_by(BUDI)[-1]
    assert "Sari Wulandari" in chat.heard_by(BUDI)[-1]
    await chat.passes(timedelta(seconds=5))
    assert holders(chat, 1, 2) == [mail("sari")] * 2
    assert "dari Budi Hartanto kepada Sari Wulandari" in notes(chat, 1)[0]
    assert len(notes(chat, 1)) == len(notes(chat, 2)) == 1
    assert "2 tiket untuk Anda" in chat.heard_by(SARI)[-1]


async def test_leave_that_is_still_to_come_moves_nothing_before_it_begins(chat):
    await holds(chat, "budi", 1)
    await chat.says(BUDI, "/cuti 2026-10-07 2026-10-08 sari")
    await chat.passes(timedelta(hours=12))
    assert holders(chat, 1) == [mail("budi")]
    await chat.passes(timedelta(hours=4))  # past midnight, the desk is closed
    assert holders(chat, 1) == [mail("budi")]
    await chat.passes(timedelta(hours=8))
    assert holders(chat, 1) == [mail("sari")]


async def test_without_a_substitute_the_tickets_are_spread_over_those_who_are_here(chat):
    await holds(chat, "budi", 1, 2, 3)
    await chat.says(SARI, "/istirahat")
    await chat.says(BUDI, "/cuti")
    await chat.passes(timedelta(seconds=5))
    assert set(holders(chat, 1, 2, 3)) == {mail("ayu"), mail("dimas")}


async def test_a_substitute_who_is_away_too_gets_nothing(chat):
    await holds(chat, "budi", 1)
    await chat.says(SARI, "/cuti")
    await chat.says(BUDI, "/cuti pengganti sari")
    await chat.passes(timedelta(seconds=5))
    assert holders(chat, 1)[0] in {mail("dimas"), mail("ayu")}


async def test_where_nothing_is_given_out_the_supervisor_hears_of_the_tickets_that_stay(by_hand):
    await holds(by_hand, "budi", 1, 2)
    await by_hand.says(BUDI, "/cuti")
    await by_hand.passes(timedelta(seconds=5))
    assert holders(by_hand, 1, 2) == [mail("budi")] * 2
    assert "masih memegang 2 tiket" in by_hand.heard_by(RINA)[-1]


async def test_whoever_comes_back_hears_what_happened_and_does_not_get_the_tickets_back(chat):
    await holds(chat, "budi", 1, 2)
    await chat.says(BUDI, "/cuti 2026-10-06 2026-10-06 sari")
    await chat.passes(timedelta(seconds=5))
    await chat.agent_writes(SARI, "/kategori login", ticket=1)
    await chat.agent_writes(SARI, "/tutup", ticket=1)
    await chat.passes(DAY)
    summary = chat.heard_by(BUDI)[-1]
    assert "2 tiket Anda diserahterimakan" in summary
    assert "Sari Wulandari: 2 tiket" in summary
    assert "1 masih terbuka, 1 sudah selesai" in summary
    assert holders(chat, 1, 2) == [mail("sari")] * 2


async def test_a_ticket_that_comes_back_to_somebody_on_leave_is_handed_on(chat):
    await holds(chat, "budi", 1)
    await chat.agent_writes(BUDI, "/kategori login", ticket=1)
    await chat.agent_writes(BUDI, "/tutup", ticket=1)
    await chat.says(BUDI, "/cuti pengganti sari")
    await chat.passes(timedelta(seconds=5))
    assert holders(chat, 1) == [mail("budi")]
    await chat.writes("masih belum bisa kak, mohon dicek lagi", sender="+628001")
    assert holders(chat, 1) == [mail("sari")]


async def test_a_supervisor_sees_what_a_hand_over_would_move_and_then_does_it(chat):
    await holds(chat, "budi", 1, 2)
    await chat.says(RINA, "/serah-terima budi kepada sari")
    plan = chat.group.private[-1]
    assert "Sari Wulandari: 2 tiket" in plan.text
    assert holders(chat, 1, 2) == [mail("budi")] * 2
    [[button]] = plan.buttons
    assert button.label == "Serahkan 2 tiket"
    await chat.says(RINA, "", button=button.data)
    assert holders(chat, 1, 2) == [mail("sari")] * 2
    assert any("2 tiket Budi Hartanto sudah diserahterimakan" in words for words in chat.heard_by(RINA))


async def test_an_agent_hands_over_their_own_tickets_and_nobody_else_s(chat):
    await holds(chat, "budi", 1)
    await chat.says(SARI, "/serah-terima budi kepada sari ya")
    assert holders(chat, 1) == [mail("budi")]
    await chat.says(BUDI, "/hand-over budi to sari yes")
    assert holders(chat, 1) == [mail("sari")]


async def test_nothing_is_handed_to_somebody_who_is_away(chat):
    await holds(chat, "budi", 1)
    await chat.says(SARI, "/istirahat 13.30")
    await chat.says(RINA, "/serah-terima budi kepada sari ya")
    assert "Sari Wulandari sedang istirahat sampai hari ini pukul 13.30 WIB" in chat.heard_by(RINA)[-1]
    assert holders(chat, 1) == [mail("budi")]


async def test_where_nothing_is_given_out_a_hand_over_needs_a_name(by_hand):
    await holds(by_hand, "budi", 1)
    await by_hand.says(RINA, "/serah-terima budi")
    assert "Sebutkan penerimanya" in by_hand.heard_by(RINA)[-1]


async def test_an_alert_says_that_the_holder_is_away(by_hand):
    await holds(by_hand, "budi", 1)
    await by_hand.says(BUDI, "/istirahat 2 jam")
    await by_hand.passes(timedelta(minutes=20))
    assert "Budi Hartanto (istirahat sampai hari ini pukul 11.00 WIB)" in by_hand.heard_by(RINA)[-1]


async def test_a_person_may_give_a_ticket_to_somebody_who_is_away_and_is_told_so(by_hand):
    await by_hand.writes(QUESTION)
    await by_hand.says(SARI, "/istirahat")
    await by_hand.agent_writes(RINA, "/tugaskan sari", ticket=1)
    assert holders(by_hand, 1) == [mail("sari")]
    assert "sedang istirahat" in by_hand.topic(1)[-1]


async def test_the_history_says_who_was_away_when(chat, ledger):
    await chat.says(BUDI, "/istirahat 30m")
    await chat.passes(timedelta(minutes=40))
    history = ledger.write_blocking(lambda tx: events.since(tx, 0, most=100))
    away, back = [event for event in history if event.kind.startswith("staff.")]
    assert (away.kind, away.actor, away.data["away"]) == ("staff.away", f"staff:{mail('budi')}", "break")
    assert (back.kind, back.actor, back.at - away.at) == ("staff.back", "system", timedelta(minutes=30))
