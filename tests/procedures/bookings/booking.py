"""A procedure that books: a room for the requester while it is decided, cameras by a step, given back by another."""

from procedures.asking.questions import Choice, Kind, Question
from procedures.definition.bookings import Books, StepBookings, When
from procedures.definition.procedure import DONE, End, Ending, Outcome, Procedure, Role, Step
from tests.procedures.bookings.rooms import CAMERAS, OTHER_STUDIO, STUDIO
from tests.tickets.desks import BUDI

_WHEN = When(period="waktu")
LENDING = Procedure(
    id="peminjaman",
    name="Peminjaman Studio",
    roles=(Role(id="staf", name="Staf", people=(BUDI.id,)),),
    form=(
        Question(id="acara", ask={"id": "Acara apa?"}, kind=Kind.TEXT),
        Question(
            id="ruang",
            ask={"id": "Ruang mana?"},
            kind=Kind.RESOURCE,
            choices=tuple(Choice(id=one.id, label={"id": one.name}) for one in (STUDIO, OTHER_STUDIO)),
        ),
        Question(id="waktu", ask={"id": "Kapan?"}, kind=Kind.PERIOD),
    ),
    books=(Books(id="ruang", asked="ruang", when=_WHEN, title="acara", firm="siap"),),
    steps=(
        Step(
            id="setuju",
            number="1",
            does="Menyetujui",
            role="staf",
            outcomes=(
                Outcome(id="ya", label={}, to=("siap",)),
                Outcome(id="tidak", label={}, to=("ditolak",)),
            ),
        ),
        Step(
            id="siap",
            number="2",
            does="Menyiapkan",
            role="staf",
            outcomes=(Outcome(id=DONE, label={}, to=("kembali",)),),
            asks=(Question(id="kamera", ask={}, kind=Kind.NUMBER, required=False),),
            bookings=StepBookings(
                books=(Books(id="kamera", resources=(CAMERAS.id,), when=_WHEN, counted_by="kamera"),)
            ),
        ),
        Step(
            id="kembali",
            number="3",
            does="Menerima kembali",
            role="staf",
            outcomes=(Outcome(id=DONE, label={}, to=("selesai",)),),
            bookings=StepBookings(frees=("kamera",)),
        ),
    ),
    ends=(End(id="selesai", name="Selesai"), End(id="ditolak", name="Ditolak", ending=Ending.REFUSED)),
)
