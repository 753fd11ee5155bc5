"""A procedure of the small desk: branches, a review that goes back, a refusal, a form."""

from datetime import date

from procedures.asking.questions import Kind, Question
from procedures.definition.procedure import DONE, End, Ending, Outcome, Procedure, Role, Step
from procedures.definition.times import Standard
from tests.tickets.desks import BUDI, RINA
from tickets.hours import Span

SUBSTITUTE = "siti@example.ac.id"


def step(id_: str, role: str, *to: str, **more) -> Step:
    return Step(
        id=id_,
        number=id_,
        does=id_,
        role=role,
        outcomes=(Outcome(id=DONE, label={}, to=to),),
        standard=Standard(within=Span.parse("10m")),
        **more,
    )


RECORDING = Procedure(
    id="rekaman",
    name="Perekaman",
    roles=(
        Role(id="pemohon", name="Pemohon", requester=True),
        Role(id="staf", name="Staf", people=(BUDI.id,), substitutes=(SUBSTITUTE,)),
        Role(id="kepala", name="Kepala", people=(RINA.id,)),
    ),
    form=(Question(id="kegiatan", ask={}, kind=Kind.TEXT), Question(id="tanggal", ask={}, kind=Kind.DATE)),
    steps=(
        step(
            "terima",
            "staf",
            "surat",
            "jadwal",
            tells={"id": "{kegiatan} pada {tanggal} kami terima ({ticket})."},
        ),
        step("surat", "staf", "serah"),
        step("jadwal", "staf", "setuju", asks=(Question(id="ruang", ask={}, kind=Kind.TEXT),)),
        Step(
            id="setuju",
            number="4",
            does="Menyetujui",
            role="kepala",
            outcomes=(
                Outcome(id="ya", label={}, to=("serah",)),
                Outcome(id="tidak", label={}, to=("jadwal",), reason=True),
                Outcome(id="tolak", label={}, to=("ditolak",)),
            ),
        ),
        step("serah", "staf", "selesai", joins=True),
    ),
    ends=(
        End(id="selesai", name="Selesai"),
        End(id="ditolak", name="Ditolak", ending=Ending.REFUSED, tells={"id": "Mohon maaf: {reason}"}),
    ),
    withdraw_until="serah",
)
FORM = {"kegiatan": "Pelantikan", "tanggal": date(2026, 10, 20)}
