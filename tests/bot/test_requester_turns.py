"""The requester's own turn in a procedure: they hear of it on their channel, with why, what is asked and until when."""

from procedures.running import actions
from tests.bot.chat import Chat

PROCEDURE = """\
procedure: informasi
name: Permohonan Informasi Publik
roles:
  pemohon: {name: Pemohon, requester: true}
  meja: {name: Meja Informasi, people: [Budi Hartanto]}
form: [{id: informasi, ask: Informasi apa?}]
steps:
  - {id: ajukan, does: Mengajukan permohonan, role: pemohon}
  - id: periksa
    does: Memeriksa kelengkapan
    role: meja
    outcomes:
      - {id: lengkap, label: Lengkap, to: tanggapi}
      - {id: kurang, label: Kurang, to: lengkapi, reason: true}
  - id: lengkapi
    does: Melengkapi permohonan
    role: pemohon
    within: 3 hari kalender
    asks: [{id: tujuan, ask: Untuk apa informasinya?}]
    to: periksa
  - id: tanggapi
    does: Menanggapi jawaban
    role: pemohon
    outcomes:
      - {id: terima, label: Diterima, to: selesai}
      - {id: keberatan, label: Mengajukan keberatan, to: selesai}
"""


async def test_whoever_asked_is_told_when_it_is_their_turn_and_that_they_may_answer_there(ledger):
    chat = Chat(ledger, files={"procedures/informasi.yaml": PROCEDURE})
    (procedure,) = chat.desk.procedures
    await chat.telegrams("selamat pagi, saya Ana")
    by = chat.staff("supervisor").actor
    case = ledger.write_blocking(
        lambda tx: actions.start(
            tx, 1, procedure, answers={"informasi": "anggaran"}, desk=chat.desk.now, by=by, at=chat.now
        )
    )

    async def acts(step, outcome="done", answers=None, reason=None):
        ledger.write_blocking(
            lambda tx: actions.act(
                tx, case.id, step, outcome, procedure=procedure, answers=answers or {}, reason=reason,
                desk=chat.desk.now, by=by, at=chat.now,
            )
        )  # fmt: skip
        await chat.settle()
        return chat.told("4711")[-1].text

    await chat.settle()
    before = len(chat.told("4711"))  # the first row is over with the form: nobody is called to it
    assert not any("giliran Anda" in each.text for each in chat.told("4711"))

    said = await acts("periksa", "kurang", reason="Tujuan belum ditulis.")
    assert len(chat.told("4711")) == before + 1
    first, why, needed, asked, until, here = said.splitlines()
    assert first == "Sekarang giliran Anda untuk Permohonan Informasi Publik (#1): Melengkapi permohonan."
    assert (why, needed, asked) == (
        "Alasannya: Tujuan belum ditulis.",
        "Yang kami perlukan:",
        "- Untuk apa informasinya?",
    )
    assert until.startswith("Paling lambat ")
    assert here == "Silakan balas di sini; petugas kami akan mencatat dan meneruskannya."

    await acts("lengkapi", answers={"tujuan": "skripsi"})
    said = await acts("periksa", "lengkap")
    assert "Alasannya" not in said
    assert "Jawaban yang dapat dipilih: Diterima / Mengajukan keberatan." in said
