"""The requester's own turn in a procedure: told on their channel, ended by what they answer there, and by nothing else."""

from datetime import timedelta

import pytest
from sqlmodel import select

from procedures.cases import rows as cases
from procedures.running import actions
from tests.bot.chat import Chat
from tickets.message import File
from tickets.tables import Event

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
    corrects: [informasi]
    asks:
      - {id: tujuan, ask: Untuk apa informasinya?}
      - {id: ktp, ask: Foto KTP, kind: file, required: false}
    to: periksa
  - id: tanggapi
    does: Menanggapi jawaban
    role: pemohon
    outcomes:
      - {id: terima, label: Diterima}
      - {id: keberatan, label: Mengajukan keberatan, reason: true}
  - {id: ambil, does: Mengambil salinan, role: pemohon, output: Tanda terima, reminds: [1 hari]}
"""


CARD = File(name="ktp.png", type="image/png", content=b"\x89PNG\r\n\x1a\n" + b"0" * 40)
RECEIPT = File(name="tanda terima.pdf", type="application/pdf", content=b"%PDF-1.7 terima")


class Desk:
    """A desk with one case, at the step that its people do."""

    def __init__(self, ledger):
        self.chat = Chat(ledger, files={"procedures/informasi.yaml": PROCEDURE})
        (self.procedure,) = self.chat.desk.procedures

    @property
    def by(self):
        return self.chat.staff("supervisor").actor

    async def begins(self):
        chat = self.chat
        chat.ledger.write_blocking(
            lambda tx: actions.start(
                tx, 1, self.procedure, answers={"informasi": "anggaran"}, desk=chat.desk.now, by=self.by, at=chat.now
            )
        )  # fmt: skip
        await chat.settle()

    async def acts(self, step, outcome="done", answers=None, reason=None):
        chat = self.chat
        chat.ledger.write_blocking(
            lambda tx: actions.act(
                tx, 1, step, outcome, procedure=self.procedure, answers=answers or {}, reason=reason,
                desk=chat.desk.now, by=self.by, at=chat.now,
            )
        )  # fmt: skip
        await chat.settle()

    @property
    def case(self):
        return self.chat.ledger.write_blocking(lambda tx: cases.load(tx, 1))

    @property
    def stands(self):
        return self.case.standing.open or (self.case.ended,)

    @property
    def last(self):
        return self.chat.told("4711")[-1].text

    @property
    def refused(self):
        with self.chat.ledger.reading() as session:
            found = session.exec(select(Event).where(Event.kind == "step.refused"))
            return [(event.actor, event.data["why"]) for event in found]


@pytest.fixture
async def desk(ledger):
    desk = Desk(ledger)
    await desk.chat.telegrams("selamat pagi, saya Ana")
    await desk.begins()
    return desk


async def test_what_a_step_asks_is_asked_one_by_one_and_sent_once_it_was_looked_over(desk):
    chat = desk.chat
    assert not any("giliran Anda" in each.text for each in chat.told("4711"))  # the first row is the form
    await desk.acts("periksa", "kurang", reason="Tujuan belum ditulis.")
    first, why, *_, until, how = desk.last.splitlines()
    assert first == "Sekarang giliran Anda untuk Permohonan Informasi Publik (#1): Melengkapi permohonan."
    assert why == "Alasannya: Tujuan belum ditulis."
    assert until.startswith("Paling lambat ")
    assert how.startswith("Silakan tekan tombol di bawah.")

    await chat.telegrams("kantornya buka sampai jam berapa ya?")  # for people, and nothing comes of it
    await chat.telegrams("ok terima kasih")
    assert "Apakah “Melengkapi permohonan” sudah selesai Anda lakukan?" in desk.last
    await chat.presses("Belum")
    assert "masih menunggu Anda" in desk.last
    await chat.presses("Isi sekarang")
    assert desk.last == "Untuk apa informasinya?"
    await chat.telegrams("boleh untuk tugas kuliah?")
    assert "Pertanyaan Anda kami teruskan ke petugas" in desk.last
    await chat.telegrams("untuk skripsi saya")
    assert desk.last.startswith("Foto KTP\nKirim berkasnya di sini.")
    await chat.telegrams("", files=(CARD,))
    assert desk.last == "Informasi apa?\n(boleh dilewati: -)\nSekarang: anggaran"
    await chat.telegrams("-")
    assert desk.last.splitlines()[1:] == ["- Tujuan: untuk skripsi saya", "- Ktp: ktp.png", "Kirim sekarang?"]
    assert desk.stands == ("lengkapi",)
    await chat.presses("Isi ulang")
    await chat.telegrams("untuk penelitian")
    await chat.telegrams("anggaran 2026")
    await chat.presses("Kirim")
    assert desk.last.startswith("Terima kasih, jawaban Anda sudah kami catat: Melengkapi permohonan.")
    assert desk.stands == ("periksa",)
    (turn,) = [each for each in desk.case.turns if each.step == "lengkapi"]
    assert (turn.by, turn.outcome) == ("contact", "done")
    assert (desk.case.answers["tujuan"], desk.case.answers["informasi"]) == (
        "untuk penelitian",
        "anggaran 2026",
    )
    assert len(desk.case.answers["ktp"]) == 64

    await chat.presses("Isi sekarang")
    assert desk.last.startswith("Jawaban Anda untuk “Melengkapi permohonan” sudah kami catat pada hari ini")
    assert desk.refused == [("contact", "step_over")]


async def test_a_choice_a_reason_and_a_file_end_steps_and_words_that_may_mean_less_are_asked_back(desk):
    chat = desk.chat
    await desk.acts("periksa", "lengkap")
    assert "Jawaban yang dapat dipilih: Diterima / Mengajukan keberatan." in desk.last
    await chat.telegrams("", files=(CARD,))
    assert desk.last == "Berkas kami terima: ktp.png.\nMohon pilih jawaban untuk “Menanggapi jawaban”:"
    await chat.telegrams("keberatan")
    assert desk.last == "“Mengajukan keberatan” memerlukan alasan. Mohon tuliskan alasannya."
    assert desk.stands == ("tanggapi",)
    await chat.telegrams("batal")
    await chat.telegrams("Mengajukan keberatan")
    await chat.telegrams("Lampirannya tidak lengkap.")
    assert "sudah kami catat: Mengajukan keberatan." in chat.told("4711")[-2].text
    assert desk.stands == ("ambil",)
    assert desk.case.turns[-2].reason == "Lampirannya tidak lengkap."

    await chat.presses("Diterima")  # of the step before
    assert "sudah kami catat pada" in desk.last
    await chat.telegrams("belum sempat, besok saya ambil")
    assert desk.stands == ("ambil",)
    await chat.telegrams("", files=(RECEIPT,))
    assert desk.last.startswith(
        "Berkas kami terima: tanda terima.pdf.\nApakah “Mengambil salinan” sudah selesai"
    )
    await chat.telegrams("", files=(CARD,))
    assert "Berkas kami terima: tanda terima.pdf, ktp.png." in desk.last
    await chat.presses("Ya, sudah")
    assert desk.stands == ("done",)


async def test_staff_note_it_down_meanwhile_and_nobody_else_answers_it(desk):
    chat = desk.chat
    await desk.acts("periksa", "lengkap")
    (button,) = chat.told("4711")[-1].buttons[0]
    await chat.telegrams("halo", sender="4712")
    await chat.telegrams(button.label, sender="4712", button=button.data)
    assert desk.stands == ("tanggapi",)
    assert desk.refused == [(None, "sender")]
    assert chat.told("4712")[-1].text == "Giliran ini bukan milik alamat Anda."

    await chat.telegrams("keberatan")  # and while they write the reason …
    await desk.acts("tanggapi", "terima")
    await chat.telegrams("Kurang lengkap")
    assert "sudah dicatat petugas kami pada hari ini" in desk.last
    assert desk.refused[1:] == [("contact", "step_over")]
    assert desk.stands == ("ambil",)
    with chat.ledger.reading() as session:
        done = session.exec(select(Event).where(Event.kind == "step.done")).all()
    assert [event.data.get("noted_for") for event in done[-2:]] == [None, "requester"]


async def test_by_mail_it_is_answered_by_lines_or_words_from_their_own_address_alone(ledger):
    desk = Desk(ledger)
    chat = desk.chat
    await chat.mails("Mohon informasi anggaran.")
    await desk.begins()
    await desk.acts("periksa", "kurang", reason="Tujuan belum ditulis.")
    call = chat.email.sent[-1]
    assert "Untuk apa informasinya?\nTujuan: " in call.text
    assert call.text.endswith("Atau jawab di halaman ini: https://desk.test/turns/1")

    async def answers(text, **fields):
        to = chat.email.sent[-1]
        await chat.mails(text, subject=f"Re: {to.subject}", references=(to.message_id,), **fields)

    await answers("Baik, terima kasih.")
    await answers("Tujuan: untuk skripsi", sender="orang@example.com")
    assert desk.stands == ("lengkapi",)
    await answers("Selesai")
    assert "belum lengkap" in chat.email.sent[-1].text
    await answers("Tujuan: untuk skripsi\n\nSalam,\nAna", files=(CARD,))
    assert desk.stands == ("periksa",)
    assert (desk.case.answers["tujuan"], len(desk.case.answers["ktp"])) == ("untuk skripsi", 64)

    await desk.acts("periksa", "lengkap")
    await answers("Diterima", sender="orang@example.com")
    assert (desk.stands, desk.refused) == (("tanggapi",), [(None, "sender")])
    await answers("Diterima.")
    assert desk.stands == ("ambil",)
    await answers("Terima kasih, terlampir tanda terimanya.", files=(RECEIPT,))
    assert "Bila ya, balas email ini dengan “Sudah selesai”." in chat.email.sent[-1].text
    before = len(chat.email.sent)
    chat.now += timedelta(days=2)
    await chat.jobs.call_to_mind()
    await chat.settle()
    assert len(chat.email.sent) == before + 1
    assert chat.email.sent[-1].text.startswith("Sekadar mengingatkan, kami masih menunggu Anda.")
    await answers("Sudah selesai")
    assert desk.stands == ("done",)
