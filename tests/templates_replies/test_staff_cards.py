from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from templates_replies.staff_cards import (
    Alert,
    Card,
    CardClock,
    alert_breach,
    alert_warning,
    alert_withdrawn,
    ticket_card,
    topic_name,
)

JAKARTA = ZoneInfo("Asia/Jakarta")
NOW = datetime(2026, 11, 20, 9, 3, tzinfo=JAKARTA)
DUE = datetime(2026, 11, 20, 9, 15, tzinfo=JAKARTA)

ALERT = Alert(
    ticket=1042,
    subject="Lupa sandi",
    contact="Ana",
    channel="whatsapp",
    clock="first_response",
    started_at=datetime(2026, 11, 20, 9, 0, tzinfo=JAKARTA),
    due_at=DUE,
    holder=None,
)
CARD = Card(ticket=1042, subject="Lupa sandi", contact="Ana", channel="whatsapp", status="new")


def test_a_card_shows_who_what_and_until_when():
    card = replace(
        CARD,
        address="+628110001",
        identity=["Ana Putri", "13519001", "STEI"],
        suggestions=[("Lupa kata sandi", 0.97), ("Gagal login", 0.4)],
        clocks=[
            CardClock(kind="first_response", due_at=DUE),
            CardClock(kind="resolution", due_at=datetime(2026, 11, 21, 9, 0, tzinfo=JAKARTA)),
        ],
    )

    assert ticket_card("id", card=card, now=NOW) == (
        "Tiket #1042: Lupa sandi\n"
        "Pengirim: Ana (WhatsApp, +628110001)\n"
        "Identitas: Ana Putri, 13519001, STEI (belum diperiksa)\n"
        "Status: baru\n"
        "Petugas: belum ada\n"
        "Kategori: belum ada\n"
        "Saran kategori: Lupa kata sandi (97%), Gagal login (40%)\n"
        "Batas jawaban pertama: hari ini pukul 09.15 WIB (sisa 12 menit)\n"
        "Batas penyelesaian: besok pukul 09.00 WIB (sisa 23 jam 57 menit)"
    )


def test_a_card_of_a_handled_ticket_shows_who_has_it_and_no_suggestions():
    card = replace(
        CARD,
        status="waiting",
        holder="Budi",
        team="Tim Edunex",
        category="Lupa kata sandi",
        suggestions=[("Gagal login", 0.4)],
        verification="verified",
        identity=["Ana Putri"],
    )

    assert ticket_card("en", card=card, now=NOW) == (
        "Ticket #1042: Lupa sandi\n"
        "Contact: Ana (WhatsApp)\n"
        "Identity: Ana Putri (verified)\n"
        "Status: waiting for the contact\n"
        "Agent: Budi\n"
        "Team: Tim Edunex\n"
        "Category: Lupa kata sandi"
    )


@pytest.mark.parametrize(
    ("clock", "line"),
    [
        (
            CardClock(kind="first_response", due_at=DUE, met_at=NOW),
            "Batas jawaban pertama: terpenuhi hari ini pukul 09.03 WIB",
        ),
        (
            CardClock(kind="first_response", due_at=DUE, met_at=DUE + timedelta(hours=1), breached_at=DUE),
            "Batas jawaban pertama: terpenuhi terlambat, hari ini pukul 10.15 WIB",
        ),
        (CardClock(kind="resolution", due_at=None, paused=True), "Batas penyelesaian: dijeda"),
        (
            CardClock(
                kind="resolution", due_at=NOW - timedelta(minutes=5), breached_at=NOW - timedelta(minutes=5)
            ),
            "Batas penyelesaian: hari ini pukul 08.58 WIB (terlambat 5 menit)",
        ),
    ],
)
def test_a_clock_says_how_it_stands(clock, line):
    assert ticket_card("id", card=replace(CARD, clocks=[clock]), now=NOW).splitlines()[-1] == line


def test_a_warning_says_how_long_is_left_and_who_holds_the_ticket():
    assert alert_warning("id", alert=replace(ALERT, holder="Budi"), now=NOW) == (
        "Mohon perhatian: tiket #1042 mendekati batas jawaban pertama, tinggal 12 menit.\n"
        "Tiket #1042: Lupa sandi\n"
        "Pengirim: Ana (WhatsApp)\n"
        "Kategori: belum ada\n"
        "Sudah menunggu: 3 menit (batas hari ini pukul 09.15 WIB)\n"
        "Petugas: Budi"
    )


def test_a_breach_says_how_long_it_has_waited_and_that_nobody_holds_it():
    text = alert_breach("en", alert=ALERT, now=DUE + timedelta(minutes=5))

    assert (
        text.splitlines()[0]
        == "Overdue: ticket #1042 passed its due time for the first answer 5 minutes ago."
    )
    assert "Waiting for: 20 minutes (due today at 09:15 WIB)" in text
    assert text.endswith("Agent: nobody yet")


def test_a_breach_of_this_minute_does_not_count_seconds():
    text = alert_breach("id", alert=ALERT, now=DUE + timedelta(seconds=2))

    assert text.splitlines()[0] == "Terlambat: tiket #1042 baru saja melewati batas jawaban pertama."


def test_a_withdrawn_breach_says_when_the_promise_was_kept():
    text = alert_withdrawn("id", ticket=1042, clock="first_response", met_at=NOW, today=date(2026, 11, 20))

    assert text == (
        "Koreksi: keterlambatan tiket #1042 pada batas jawaban pertama dibatalkan, "
        "karena ternyata terpenuhi tepat waktu (hari ini pukul 09.03 WIB)."
    )


def test_a_topic_is_named_by_number_contact_and_subject():
    assert topic_name(ticket=1042, contact="Ana", subject="Lupa sandi") == "#1042 · Ana · Lupa sandi"
    assert topic_name(ticket=1042, contact="Ana") == "#1042 · Ana"
    assert len(topic_name(ticket=999_999_999, contact="x" * 500, subject="y" * 500)) <= 128
