"""Supervisors in chat: the board, the daily digest, verifying one by one, all at once or by sample, and sending back."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.reporting.digests import Digests
from channels.contract import RefusedByProvider
from tests.bot.chat import MORNING, SLUG, Chat
from tickets.lifecycle import Status
from tickets.message import Channel, Person, Place

BUDI, SARI, RINA = "1002", "1003", "1001"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
DIGEST = 'digest: {at: "07:30", closed_days: skip}'
PEOPLE = "staff:\n"
SECOND_SUPERVISOR = (
    PEOPLE + "  - {name: Tuti Alawiyah, role: supervisor, email: tuti@example.ac.id, telegram: 1009}\n"
)


@pytest.fixture
def chat(ledger):
    return Chat(ledger)


@pytest.fixture
def sampling(ledger):
    return Chat(
        ledger, changes={"desk.yaml": ("verification: {sample: 20%}", "verification: {sample: 100%}")}
    )


async def solved(chat, *, sender="+62811", ticket=1, by=BUDI):
    await chat.writes("nilai kuis saya belum muncul", sender=sender)
    await chat.agent_writes(by, "/kategori nilai", ticket=ticket)
    await chat.agent_writes(by, "/tutup Sudah muncul ya, silakan dicek.", ticket=ticket)
    assert chat.ticket(ticket).status is Status.SOLVED


async def privately(chat, who, text, **fields):
    """Somebody of the desk writes to the bot itself."""
    place = Place(account=f"{SLUG}/telegram", channel=Channel.TELEGRAM, address=who)
    await chat._hears(Channel.TELEGRAM, text, place, Person(address=who, name="?"), **fields)


def told(chat, who):
    return [outgoing.text for outgoing in chat.group.private if outgoing.place.address == who]


async def test_the_board_tells_what_is_to_do_with_numbers_and_who_holds_them(chat):
    await chat.writes("nilai kuis saya belum muncul")
    await chat.writes("lupa password", sender="+62812")
    await chat.agent_writes(BUDI, "/ambil", ticket=2)
    await privately(chat, RINA, "/papan")
    board = told(chat, RINA)[-1]
    assert "Papan Care Center Ditbangdik ITB" in board
    assert "Belum dijawab: 2\n#1 (belum dipegang), #2 (Budi Hartanto)" in board
    assert "Belum berkategori: 2" in board
    assert "http://desk.test/board?desk=itb-care-center" in board
    assert "Melewati" not in board


async def test_the_board_is_for_supervisors(chat):
    await privately(chat, BUDI, "/papan")
    assert "peran Anda tidak mengizinkan" in told(chat, BUDI)[-1]


async def test_the_digest_goes_out_once_a_day_on_the_quickest_way_and_says_when_all_is_done(chat):
    before = datetime(2026, 10, 6, 0, 29, tzinfo=UTC)  # 07:29 on a Tuesday
    chat.now = before
    await chat.jobs.digest()
    await chat.settle()
    assert told(chat, RINA) == []
    for _ in range(3):
        chat.now += timedelta(minutes=1)
        await chat.jobs.digest()
        await chat.settle()
    (digest,) = told(chat, RINA)
    assert digest.startswith("Ringkasan Care Center Ditbangdik ITB, Selasa, 6 Oktober 2026")
    assert "Semua sudah tertangani" in digest
    assert told(chat, BUDI) == []


async def test_the_digest_names_the_worst_first(chat):
    await chat.writes("nilai kuis saya belum muncul")
    chat.now = MORNING + DAY + timedelta(minutes=1)
    await chat.passes(timedelta())
    digest = next(text for text in told(chat, RINA) if text.startswith("Ringkasan"))
    figures = [line.partition(":")[0] for line in digest.splitlines() if line.endswith(": 1")]
    assert figures[0] == "Melewati batas waktu"
    assert figures[1:] == ["Belum dijawab", "Belum berkategori"]
    assert "Bulan ini: 0% selesai dalam batas waktu (24 jam), 0% berkategori." in digest


async def test_after_a_stop_the_digest_of_the_day_is_sent_once_by_whoever_is_first(chat):
    chat.now = MORNING + 3 * HOUR
    for process in (Digests(chat.ledger, chat.desks, clock=lambda: chat.now) for _ in range(2)):
        await process.queue_due()
    await chat.settle()
    assert len([text for text in told(chat, RINA) if text.startswith("Ringkasan")]) == 1


async def test_a_digest_that_could_not_leave_before_midnight_is_left_to_the_next(chat):
    chat.now = datetime(2026, 10, 6, 16, 59, 50, tzinfo=UTC)  # ten seconds to midnight in Jakarta
    await chat.jobs.digest()
    chat.now += timedelta(minutes=1)
    await chat.settle()
    assert told(chat, RINA) == []


async def test_a_digest_that_is_refused_goes_another_way(chat):
    await chat.writes("halo", sender="+628110001")  # so that her own window is open
    before = len(chat.whatsapp.sent)

    async def refuse(outgoing):
        raise RefusedByProvider("the bot was blocked")

    chat.group.send = refuse
    await chat.jobs.digest()
    await chat.settle()
    assert [outgoing.text.split(",")[0] for outgoing in chat.whatsapp.sent[before:]] == [
        "Ringkasan Care Center Ditbangdik ITB"
    ]


async def test_a_desk_without_a_digest_is_left_in_peace(ledger):
    chat = Chat(ledger, changes={"desk.yaml": (DIGEST, "digest: null")})
    await chat.jobs.digest()
    await chat.settle()
    assert told(chat, RINA) == []


# -- verifying --------------------------------------------------------------------------------------------------------


async def test_all_that_is_solved_is_verified_once_the_number_is_confirmed(chat):
    await solved(chat)
    await solved(chat, sender="+62812", ticket=2, by=SARI)
    await privately(chat, RINA, "/verifikasi semua")
    assert "2 tiket selesai siap ditutup: #1, #2" in told(chat, RINA)[-1]
    assert chat.ticket(1).status is Status.SOLVED
    await privately(chat, RINA, "/verifikasi semua 3")
    assert "Jumlahnya berubah" in told(chat, RINA)[-1]
    assert chat.ticket(1).status is Status.SOLVED
    sure = chat.group.private[-1].buttons[0][0]
    assert sure.label == "Verifikasi 2 tiket"
    await privately(chat, RINA, "", button=sure.data)
    assert told(chat, RINA)[-1] == "2 tiket diverifikasi dan ditutup."
    assert {chat.ticket(number).verified_by for number in (1, 2)} == {"staff:rina@example.ac.id"}
    await privately(chat, RINA, "/verify all")
    assert "Tidak ada tiket selesai" in told(chat, RINA)[-1]


async def test_agents_verify_nothing(chat):
    await solved(chat)
    await chat.agent_writes(SARI, "/verifikasi", ticket=1)
    await privately(chat, SARI, "/verifikasi semua 1")
    assert chat.ticket().status is Status.SOLVED


async def test_nobody_verifies_what_they_solved_also_when_somebody_else_holds_it_now(ledger):
    chat = Chat(ledger, changes={"desk.yaml": (PEOPLE, SECOND_SUPERVISOR)})
    await solved(chat, by=RINA)
    await chat.agent_writes(BUDI, "/tugaskan budi", ticket=1)
    await chat.agent_writes(RINA, "/verifikasi", ticket=1)
    assert "diverifikasi oleh supervisor lain" in chat.topic(1)[-1]
    await privately(chat, RINA, "/verifikasi semua 1")
    assert "Tidak ada tiket selesai" in told(chat, RINA)[-1]
    assert chat.ticket().status is Status.SOLVED
    await chat.agent_writes("1009", "/verifikasi", ticket=1)
    assert chat.ticket().verified_by == "staff:tuti@example.ac.id"


async def test_what_is_sent_back_is_open_again_for_its_agent_and_the_contact_hears_nothing(chat):
    await solved(chat)
    said, clock = list(chat.said), chat.clock("resolution")
    await chat.passes(2 * HOUR)
    await privately(chat, RINA, "#1 /perbaiki Mata kuliahnya belum disebut.")
    ticket = chat.ticket()
    assert (ticket.status, ticket.assignee, ticket.cycle) == (Status.OPEN, "budi@example.ac.id", 2)
    assert told(chat, RINA)[-1].startswith("Tiket #1 dikembalikan untuk diperbaiki")
    assert told(chat, BUDI) == [
        "Tiket #1 dikembalikan oleh Rina Kartikasari untuk diperbaiki: Mata kuliahnya belum disebut."
    ]
    assert any("Mata kuliahnya belum disebut." in text for text in chat.topic(1))
    assert chat.said == said
    again = chat.clock("resolution")
    assert (again.cycle, again.met_at, again.started_at) == (2, None, chat.ticket().updated_at)
    assert clock.met_at is not None
    await chat.agent_writes(BUDI, "/tutup", ticket=1)
    await chat.agent_writes(RINA, "/verifikasi", ticket=1)
    assert chat.ticket().status is Status.CLOSED


async def test_sending_back_needs_a_note_a_solved_ticket_and_a_supervisor(chat):
    await chat.writes("nilai kuis saya belum muncul")
    await chat.agent_writes(RINA, "/perbaiki belum lengkap", ticket=1)
    assert "berstatus" in chat.topic(1)[-1]
    await chat.agent_writes(BUDI, "/kategori nilai", ticket=1)
    await chat.agent_writes(BUDI, "/tutup", ticket=1)
    await chat.agent_writes(RINA, "/perbaiki", ticket=1)
    assert "apa yang perlu diperbaiki" in chat.topic(1)[-1]
    await chat.agent_writes(SARI, "/perbaiki belum lengkap", ticket=1)
    assert "tidak mengizinkan" in chat.topic(1)[-1]
    assert chat.ticket().status is Status.SOLVED


async def test_what_is_drawn_for_the_sample_is_not_closed_by_silence(sampling):
    chat = sampling
    await solved(chat)
    await chat.passes(10 * DAY)
    assert chat.ticket().status is Status.SOLVED
    await privately(chat, RINA, "/papan")
    assert "Sampel yang wajib diverifikasi: 1\n#1 (Budi Hartanto)" in told(chat, RINA)[-1]
    await chat.agent_writes(RINA, "/verifikasi", ticket=1)
    assert chat.ticket().status is Status.CLOSED


async def test_the_rest_of_what_is_solved_closes_by_silence(ledger):
    chat = Chat(
        ledger, changes={"desk.yaml": ("verification: {sample: 20%}", "verification: {sample: 0.0001%}")}
    )
    await solved(chat)
    await chat.passes(4 * DAY)
    assert (chat.ticket().status, chat.ticket().verified_by) == (Status.CLOSED, None)
