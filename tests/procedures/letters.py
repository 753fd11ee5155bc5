"""A procedure of the small desk that makes letters: one that is signed here, one signed by hand, one that nobody signs."""

from datetime import date
from decimal import Decimal

from procedures.asking.questions import Kind as Asks
from procedures.asking.questions import Question
from procedures.definition.papers import Filing, Kind, Paper, Paperwork, Signature
from procedures.definition.procedure import DONE, End, Ending, Outcome, Procedure, Role, Step
from tests.tickets.desks import BUDI, RINA
from tickets.letterhead import Letterhead, Series


def step(id_: str, role: str, to: str, work: Paperwork, *asks: Question) -> Step:
    return Step(
        id=id_,
        number=id_,
        does=id_,
        role=role,
        outcomes=(Outcome(id=DONE, label={}, to=(to,)),),
        asks=asks,
        paperwork=work,
    )


LETTERS = Procedure(
    id="surat",
    name="Permohonan Studio",
    roles=(
        Role(id="staf", name="Staf", people=(BUDI.id,)),
        Role(id="kepala", name="Kepala", people=(RINA.id,)),
    ),
    form=(
        Question(id="kegiatan", ask={}, kind=Asks.TEXT),
        Question(id="tanggal", ask={}, kind=Asks.DATE),
        Question(id="biaya", ask={}, kind=Asks.AMOUNT),
    ),
    steps=(
        step("konsep", "staf", "tanda", Paperwork(makes=("balasan", "tugas", "kuitansi"))),
        Step(
            id="tanda",
            number="2",
            does="tanda",
            role="kepala",
            outcomes=(
                Outcome(id="ya", label={}, to=("kirim",), paperwork=Paperwork(signs=("balasan",))),
                Outcome(id="tidak", label={}, to=("konsep",), reason=True),
                Outcome(id="tolak", label={}, to=("ditolak",)),
            ),
        ),
        step(
            "kirim",
            "staf",
            "selesai",
            Paperwork(files=(Filing(paper="tugas", answer="pindaian", number="agenda"),), sends=("balasan",)),
            Question(id="pindaian", ask={}, kind=Asks.FILE, required=False),
            Question(id="agenda", ask={}, kind=Asks.TEXT, required=False),
        ),
    ),
    ends=(End(id="selesai", name="Selesai"), End(id="ditolak", name="Ditolak", ending=Ending.REFUSED)),
    papers=(
        Paper(
            id="balasan",
            name="Surat Balasan",
            kind=Kind.REPLY,
            series="surat",
            about="Layanan untuk {kegiatan}",
            to=("Yth. {requester}",),
            text=("Nomor {number}: {kegiatan}, {tanggal_hari}, biaya {biaya} ({biaya_terbilang}), {date}.",),
            signature=Signature(post="Kepala Bagian", name="Dr. Rina", number="NIP 1"),
        ),
        Paper(
            id="tugas", name="Surat Tugas", kind=Kind.ASSIGNMENT, series="surat", copies=("Alasan: {reason}",)
        ),
        Paper(id="kuitansi", name="Kuitansi", kind=Kind.RECEIPT, series="surat", amount="biaya"),
    ),
)
FORM = {"kegiatan": "Kuliah *Umum* {date}", "tanggal": date(2026, 10, 20), "biaya": Decimal(1_250_000)}
SERIES = {"surat": Series(id="surat", pattern="{no:03}/TU/{month_roman}/{year}", begins={2026: 57})}
LETTERHEAD = Letterhead(unit="Unit Kecil", place="Bandung")
