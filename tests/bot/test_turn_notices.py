"""Procedures in chat: whose turn it is hears of it where they are, and ends the step there."""

from datetime import timedelta

import pytest

from procedures.cases import rows as cases
from procedures.running import actions
from tests.bot.chat import SLUG, Chat
from tickets import attachments, staff
from tickets.message import File

RINA, BUDI = "1001", "1002"
PROCEDURE = """\
procedure: surat
name: Surat Keterangan
roles:
  staf: {name: Staf, people: [Budi Hartanto]}
  kepala: {name: Kepala, people: [rina@example.ac.id]}
form: [{id: untuk, ask: Untuk apa?}]
steps:
  - {id: konsep, does: Menyusun konsep, role: staf, within: 30m, needs: [Data diri], reminds: [10m sebelum], lapses: {after: 60m}}
  - id: setuju
    does: Menyetujui
    role: kepala
    within: 10m
    outcomes:
      - {id: ya, label: Ya}
      - {id: tidak, label: Tidak, to: konsep, reason: true}
"""


@pytest.fixture
async def chat(ledger):
    chat = Chat(ledger, files={"procedures/surat.yaml": PROCEDURE})
    await chat.telegrams("mau surat keterangan")
    return chat


@pytest.fixture
def case(chat):
    return chat.ledger.write_blocking(
        lambda tx: actions.start(
            tx,
            1,
            chat.desk.procedures[0],
            answers={"untuk": "beasiswa"},
            desk=chat.desk.now,
            by=chat.staff("supervisor").actor,
            at=chat.now,
        )
    )


async def acts(chat, case, step, outcome="done", *, by, reason=None):
    chat.ledger.write_blocking(
        lambda tx: actions.act(
            tx,
            case.id,
            step,
            outcome,
            procedure=chat.desk.procedures[0],
            answers={},
            reason=reason,
            desk=chat.desk.now,
            by=by,
            at=chat.now,
        )
    )
    await chat.settle()


async def test_whoever_acts_next_is_told_what_until_when_and_with_what(chat, case):
    await chat.settle()
    assert chat.heard_by(BUDI)[-1] == (
        "🔔 Giliran Bapak/Ibu sebagai Staf: Menyusun konsep\n"
        "Surat Keterangan, tiket #1\n"
        "Pemohon: Ana\n"
        "Paling lambat hari ini pukul 09.30 WIB (waktu baku: 30 menit)\n"
        "Kelengkapan: Data diri\n"
        "Isian:\n"
        "- Untuk: beasiswa\n"
        "Halaman: http://desk.test/tickets/1"
    )


async def test_what_was_sent_back_comes_with_its_reason(chat, case):
    await chat.settle()
    budi = next(person for person in chat.people.at(SLUG) if person.telegram == BUDI)
    await acts(chat, case, "konsep", by=budi.actor)
    assert "Giliran Bapak/Ibu sebagai Kepala: Menyetujui" in chat.heard_by(RINA)[-1]
    await acts(chat, case, "setuju", "tidak", by=chat.staff("supervisor").actor, reason="Nama salah")
    assert "(putaran ke-2)" in chat.heard_by(BUDI)[-1]
    assert "Dikembalikan: “Nama salah”" in chat.heard_by(BUDI)[-1]


async def test_whoever_goes_on_by_themselves_is_told_nothing(chat, case):
    await chat.settle()
    before = len(chat.heard_by(RINA))
    await acts(chat, case, "konsep", by=chat.staff("supervisor").actor)  # she does it for him, and is next
    assert len(chat.heard_by(RINA)) == before


@pytest.fixture
async def with_rina(chat, case):
    """The draft is written, so that it is for Rina to say yes or no."""
    await chat.settle()
    await chat.says(BUDI, "#1 /langkah konsep")
    return chat


def standing(chat, case):
    found = chat.ledger.write_blocking(lambda tx: cases.load(tx, case.id))
    return found.ended or found.standing.open


async def test_a_step_is_ended_by_a_press_and_everybody_hears_what_comes_next(with_rina, case):
    chat = with_rina
    assert "✅ Menyusun konsep: Selesai. Berikutnya: 2. Menyetujui (Kepala)." in chat.heard_by(BUDI)[-1]
    row, more = chat.group.private[-1].buttons
    assert [button.label for button in (*row, *more)] == ["Ya", "Tidak", "Tanya pemohon"]
    await chat.says(RINA, "Ya", button=row[0].data)
    assert standing(chat, case) == "done"
    assert "Prosedur berakhir: Selesai" in chat.heard_by(RINA)[-1]
    await chat.says(RINA, "Ya", button=row[0].data)  # again
    assert "sudah diputuskan oleh Rina" in chat.heard_by(RINA)[-1]


async def test_a_choice_that_needs_a_reason_asks_for_it_and_takes_the_next_message(with_rina, case):
    chat = with_rina
    await chat.says(RINA, "#1 /langkah 2 tidak")
    await chat.says(RINA, "batal")
    assert chat.heard_by(RINA)[-1] == "Baik, dibatalkan: langkah “Menyetujui” belum diakhiri."
    await chat.says(RINA, "#1 /langkah 2 tidak")
    assert "Apa alasan “Tidak”" in chat.heard_by(RINA)[-1]
    assert standing(chat, case) == ("setuju",)
    await chat.says(RINA, "Nama salah")
    assert standing(chat, case) == ("konsep",)
    assert "Dikembalikan: “Nama salah”" in chat.heard_by(BUDI)[-1]


async def test_only_whose_turn_it_is_ends_a_step_from_chat(with_rina, case):
    chat = with_rina
    await chat.says(BUDI, "#1 /langkah setuju ya")
    assert standing(chat, case) == ("setuju",)
    await chat.says(BUDI, "#1 /langkah")
    assert "2. Menyetujui (Kepala)" in chat.heard_by(BUDI)[-1]


async def test_the_sop_form_comes_into_the_chat_with_the_case_on_it(with_rina):
    chat = with_rina
    await chat.says(BUDI, "#1 /sop")
    assert [file.name for file in chat.group.private[-1].files] == ["surat.png", "surat.pdf"]
    await chat.says(BUDI, "/sop surat")
    assert chat.group.private[-1].files[1].content.startswith(b"%PDF")
    await chat.says(BUDI, "/sop lain")
    assert "Prosedur yang mana? Surat Keterangan" in chat.heard_by(BUDI)[-1]
    assert chat.group.private[-1].buttons[0][0].label == "Surat Keterangan"


async def test_a_button_of_an_earlier_round_ends_nothing(with_rina, case):
    chat = with_rina
    yes = chat.group.private[-1].buttons[0][0].data
    await chat.says(RINA, "#1 /langkah 2 tidak Nama salah")
    await chat.says(BUDI, "#1 /langkah konsep")
    await chat.says(RINA, "Ya", button=yes)
    assert standing(chat, case) == ("setuju",)
    assert "sudah diputuskan oleh Rina" in chat.heard_by(RINA)[-1]


async def test_a_turn_is_handed_to_a_colleague_and_taken_back(with_rina, case):
    chat = with_rina
    await chat.says(RINA, "#1 /langkah 2 serahkan Budi")
    assert "Giliran Bapak/Ibu sebagai Kepala" in chat.heard_by(BUDI)[-1]
    assert "Diserahkan oleh Rina" in chat.heard_by(BUDI)[-1]
    await chat.says(RINA, "#1 /langkah 2 serahkan Rina")
    await chat.says(BUDI, "#1 /langkah 2 ya")
    assert standing(chat, case) == ("setuju",)
    await chat.says(RINA, "#1 /langkah 2 serahkan Budi")
    await chat.says(BUDI, "#1 /langkah 2 ya")
    assert standing(chat, case) == "done"


async def test_the_requester_is_asked_and_the_answer_comes_back_to_whoever_asked(with_rina, case):
    chat = with_rina
    ask = chat.group.private[-1].buttons[1][0].data
    await chat.says(RINA, "Tanya pemohon", button=ask)
    await chat.says(RINA, "Beasiswa apa?")
    assert "Kepala menanyakan:\n\nBeasiswa apa?" in chat.heard_by("4711")[-1]
    await chat.telegrams("Beasiswa unggulan, NIM 13520001")
    told = chat.heard_by(RINA)[-1]
    assert "Pemohon menjawab tentang Menyetujui" in told
    assert "Beasiswa unggulan" in told
    assert "13520001" not in told


async def test_a_turn_is_called_to_mind_told_late_and_lapses(chat, case):
    await chat.settle()
    await chat.passes(timedelta(minutes=21))
    await chat.jobs.call_to_mind()
    await chat.settle()
    assert chat.heard_by(BUDI)[-1].startswith("⏰ Mengingatkan:\n🔔 Giliran Bapak/Ibu sebagai Staf")
    await chat.passes(timedelta(minutes=10))
    await chat.jobs.sweep()
    await chat.settle()
    for who in (BUDI, RINA):
        assert "melewati batas langkah prosedur “Menyusun konsep (Staf)”" in chat.heard_by(who)[-1]
    await chat.passes(timedelta(minutes=30))
    await chat.jobs.call_to_mind()
    now = chat.ledger.write_blocking(lambda tx: cases.load(tx, case.id))
    assert now.standing.open == ("setuju",)
    assert (now.turns[0].by, now.turns[0].reason) == ("system", "Tidak ada tanggapan sampai batas waktunya.")


FORMS = """\
procedure: rekaman
name: Perekaman
roles:
  ketua: {name: Ketua, people: [rina@example.ac.id]}
  penata: {name: Penata, team: edunex, takes: named}
form: [{id: acara, ask: Acara apa?}]
steps:
  - id: tugas
    does: Menugaskan
    role: ketua
    names: penata
    asks:
      - {id: tanggal, ask: Tanggal berapa?, kind: date}
      - {id: ruang, ask: Di mana?, kind: choice, choices: [Studio, Aula]}
      - {id: catatan, ask: Ada catatan?, required: false}
  - {id: rekam, does: Merekam, role: penata, output: Rekaman}
"""


@pytest.fixture
async def filling(ledger):
    chat = Chat(ledger, files={"procedures/rekaman.yaml": FORMS})
    await chat.telegrams("mau rekaman")
    chat.ledger.write_blocking(
        lambda tx: actions.start(
            tx,
            1,
            chat.desk.procedures[0],
            answers={"acara": "Pelantikan"},
            desk=chat.desk.now,
            by=chat.staff("agent").actor,
            at=chat.now,
        )
    )
    await chat.settle()
    return chat


async def test_what_a_step_asks_for_is_asked_one_by_one(filling):
    chat = filling
    await chat.says(RINA, "#1 /langkah 1")
    assert "Tanggal berapa?" in chat.heard_by(RINA)[-1]
    await chat.says(RINA, "entahlah")
    assert "Tanggalnya belum terbaca" in chat.heard_by(RINA)[-1]
    await chat.says(RINA, "20 Okt 2026")
    room = chat.group.private[-1].buttons[1][0]
    assert room.label == "Aula"
    await chat.says(RINA, "Aula", button=room.data)
    await chat.says(RINA, "-")
    assert "Siapa yang bertugas sebagai Penata?" in chat.heard_by(RINA)[-1]
    who = chat.group.private[-1].buttons[0][0]
    await chat.says(RINA, who.label, button=who.data)
    assert "✅ Menugaskan: Selesai" in chat.heard_by(RINA)[-1]
    (case,) = chat.ledger.write_blocking(lambda tx: cases.of_ticket(tx, 1))
    assert case.answers["ruang"] == "aula"
    assert "catatan" not in case.answers
    assert case.turn("rekam").holder is not None


async def test_a_reply_to_the_call_ends_the_step_and_its_file_is_what_was_made(chat, case):
    await chat.settle()
    call = next(id_ for id_, (_, sent) in chat.group.messages.items() if sent.place.address == BUDI)
    await chat.says(BUDI, "nanti ya", replies_to=call)
    assert "belum jelas" in chat.heard_by(BUDI)[-1]
    letter = File(name="konsep.pdf", type="application/pdf", content=b"%PDF-1.4 konsep")
    await chat.says(BUDI, "", replies_to=call, files=(letter,))
    assert standing(chat, case) == ("setuju",)
    made = chat.ledger.write_blocking(lambda tx: attachments.on_ticket(tx, case.ticket))
    assert [file.name for file in made] == ["konsep.pdf"]
    await chat.says(BUDI, "selesai", replies_to=call)
    assert "sudah dikerjakan oleh Budi" in chat.heard_by(BUDI)[-1]


@pytest.mark.parametrize(
    ("substitutes", "told"),
    [("", "sudah tidak bertugas"), (", substitutes: [rina@example.ac.id]", "Giliran Bapak/Ibu sebagai Staf")],
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_whoever_acts_in_the_place_of_somebody_who_left_is_told_of_their_turns(
    ledger, substitutes, told
):
    text = PROCEDURE.replace("people: [Budi Hartanto]", f"people: [Budi Hartanto]{substitutes}")
    chat = Chat(ledger, files={"procedures/surat.yaml": text})
    await chat.telegrams("mau surat keterangan")
    begun = chat.ledger.write_blocking(
        lambda tx: actions.start(
            tx, 1, chat.desk.procedures[0], answers={"untuk": "beasiswa"}, desk=chat.desk.now,
            by=chat.staff("supervisor").actor, at=chat.now,
        )
    )  # fmt: skip
    await chat.settle()
    before = chat.heard_by(RINA)
    chat.ledger.write_blocking(lambda tx: staff.disable(tx, SLUG, "budi@example.ac.id", at=chat.now))
    await chat.settle()
    (said,) = chat.heard_by(RINA)[len(before) :]
    assert told in said
    await chat.says(RINA, "#1 /langkah konsep selesai")
    assert chat.ledger.write_blocking(lambda tx: cases.load(tx, begun.id)).standing.open == ("setuju",)
