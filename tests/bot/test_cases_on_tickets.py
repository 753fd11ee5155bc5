"""What becomes of a ticket becomes of its case: merged it goes along, as spam it ends, and whoever had a turn is told."""

from datetime import timedelta

import pytest

from bot.desk_files import DeskFileError
from procedures.archive.views import Span, Wanted, filed
from procedures.bookings.rows import of_case
from procedures.cases import rows as cases
from procedures.requests import rows as requests
from tests.bot.chat import Chat
from tests.bot.test_booking_requests import PROCEDURE, RESOURCES

BUDI = "1002"
CHANGES = {"desk.yaml": ("holidays:", RESOURCES)}


@pytest.fixture
async def chat(ledger):
    return await asked(ledger, PROCEDURE)


async def asked(ledger, procedure):
    """Return the chat in which a contact has filled the form in, and not sent it."""
    chat = Chat(ledger, files={"procedures/pinjam.yaml": procedure}, changes=CHANGES)
    await chat.telegrams("pinjam studio")
    await chat.presses("Ya, ajukan")
    await chat.presses("Studio 1")
    await chat.telegrams("7 oktober 9.00-11.00")
    return chat


def on(chat, ticket):
    return chat.ledger.write_blocking(lambda tx: cases.of_ticket(tx, ticket))


def booked(chat, case=1):
    return [(each.ticket, each.state) for each in chat.ledger.write_blocking(lambda tx: of_case(tx, case))]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_merged_ticket_takes_its_form_and_its_case_along_and_gets_them_back(chat):
    await chat.telegrams("petugas")
    await chat.telegrams("nilai kuis saya di matkul fisika kok belum muncul ya")
    await chat.agent_writes(BUDI, "/pisah 1", ticket=1)
    await chat.agent_writes(BUDI, "/gabung #2", ticket=1)
    await chat.telegrams("lanjut")
    await chat.presses("Kirim")
    (case,) = on(chat, 2)
    assert (case.standing.open, on(chat, 1)) == (("step-1",), ())
    await chat.agent_writes(BUDI, "/pulihkan", ticket=1)
    assert (on(chat, 1), len(on(chat, 2))) == ((), 1)  # it began there

    await chat.agent_writes(BUDI, "/gabung #1", ticket=2)
    assert booked(chat) == [(1, "tentative")]
    await chat.telegrams("sampai mana?")
    assert "Memeriksa" in chat.told("4711")[-1].text
    await chat.says(BUDI, "#2 /langkah 1 selesai")  # the call that he has names the other ticket
    assert on(chat, 1)[0].standing.open == ("step-2",)
    assert booked(chat) == [(1, "firm")]
    await chat.agent_writes(BUDI, "/pulihkan", ticket=2)
    assert (booked(chat), on(chat, 2)[0].standing.open) == ([(2, "firm")], ("step-2",))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_spam_ends_the_case_gives_back_what_was_booked_and_says_so(chat):
    await chat.presses("Kirim")
    told = len(chat.told("4711"))
    await chat.agent_writes("1001", "/spam", ticket=1)
    await chat.settle()
    (case,) = on(chat, 1)
    assert (case.ended, booked(chat)) == ("stopped", [])
    with chat.ledger.reading() as session:
        assert [each.ending for each in filed(session, Wanted(desks={case.desk: Span()}), most=None)] == [
            "stopped"
        ]
    assert "tidak perlu dikerjakan lagi" in chat.heard_by(BUDI)[-1]
    assert "Prosedurnya dihentikan" in chat.topic(1)[-1]
    await chat.agent_writes(BUDI, "/pulihkan", ticket=1)
    assert "mulai lagi dari awal" in chat.topic(1)[-1]
    assert (on(chat, 1)[0].ended, len(chat.told("4711"))) == ("stopped", told)
    await chat.telegrams("pinjam studio")
    await chat.presses("Ya, ajukan")
    await chat.agent_writes("1001", "/spam", ticket=1)
    await chat.settle()
    assert chat.ledger.write_blocking(lambda tx: requests.live(tx, 1)) is None


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_what_is_held_for_a_time_only_lapses_after_a_reminder_and_the_case_goes_on(ledger):
    held = PROCEDURE.replace("firm: 2}", "firm: 2, held: 2 jam}")
    chat = await asked(ledger, held)
    await chat.presses("Kirim")
    await chat.passes(timedelta(minutes=95))
    await chat.jobs.call_to_mind()
    await chat.settle()
    assert "baru dipesan sementara" in chat.heard_by(BUDI)[-1]
    assert "Dilepas hari ini pukul 11.00 WIB" in chat.heard_by(BUDI)[-1]
    assert booked(chat) == [(1, "tentative")]
    await chat.passes(timedelta(minutes=30))
    await chat.jobs.call_to_mind()
    await chat.settle()
    assert booked(chat) == []
    assert "masa pemesanan sementara sudah habis" in chat.heard_by(BUDI)[-1]
    assert "masa pemesanan sementara sudah habis" in chat.told("4711")[-1].text
    await chat.says(BUDI, "#1 /langkah 1 selesai")
    assert (booked(chat), on(chat, 1)[0].standing.open) == ([], ("step-2",))
    with pytest.raises(DeskFileError, match=r"held is for what is not certain yet"):
        Chat(ledger, files={"procedures/pinjam.yaml": held.replace("firm: 2, ", "")}, changes=CHANGES)
