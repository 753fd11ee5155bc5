"""A procedure of the small desk that asks for money: a studio is lent, paid for, and overtime billed afterwards."""

from datetime import time
from decimal import Decimal

from procedures.asking.conditions import Condition, Conditions
from procedures.asking.questions import Kind, Question
from procedures.definition.money import Bills, MoneyTerms, Settles
from procedures.definition.procedure import DONE, End, Ending, Outcome, Procedure, Role, Step
from procedures.definition.tariff import UNITS, Between, Rate
from tests.tickets.desks import BUDI, RINA


def _step(id_: str, role: str, *to: str, **more) -> Step:
    return Step(
        id=id_, number=id_, does=id_, role=role, outcomes=(Outcome(id=DONE, label={}, to=to),), **more
    )


LENDING = Procedure(
    id="studio",
    name="Peminjaman Studio",
    roles=(
        Role(id="pemohon", name="Pemohon", requester=True),
        Role(id="staf", name="Staf", people=(BUDI.id,)),
        Role(id="kepala", name="Kepala", people=(RINA.id,)),
    ),
    form=(
        Question(id="kegiatan", ask={"id": "Kegiatan?"}, kind=Kind.TEXT),
        Question(id="tanggal", ask={"id": "Tanggal?"}, kind=Kind.DATE),
        Question(id="mulai", ask={"id": "Mulai?"}, kind=Kind.TIME),
        Question(id="selesai", ask={"id": "Selesai?"}, kind=Kind.TIME),
        Question(id="internal", ask={"id": "Unit sendiri?"}, kind=Kind.YES_NO, required=False),
    ),
    tariff=(
        Rate(
            id="studio", name={"id": "Sewa studio"}, price=250_000, unit=UNITS["hour"],
            times=(Between(first="mulai", last="selesai"),),
            only_if=Conditions(unless=(Condition(question="internal", among=frozenset({True})),)),
        ),
        Rate(id="petugas", name={"id": "Petugas"}, price=100_000, unit=UNITS["person"], times=(Decimal(2),)),
        Rate(id="lembur", name={"id": "Lembur"}, price=75_000, unit=UNITS["hour"], times=(Decimal(2), "jam")),
    ),
    steps=(
        _step("invoice", "staf", "bayar", money=MoneyTerms(bills=Bills(rates=("studio", "petugas")))),
        _step("bayar", "pemohon", "layani", money=MoneyTerms(settles=Settles(checked_by="staf"))),
        Step(
            id="layani", number="3", does="Melayani", role="staf",
            asks=(Question(id="jam", ask={"id": "Jam lembur?"}, kind=Kind.NUMBER),),
            outcomes=(
                Outcome(id="lembur", label={"id": "Lembur"}, to=("lunas",)),
                Outcome(id="selesai", label={"id": "Selesai"}, to=("beres",)),
            ),
            money=MoneyTerms(bills=Bills(rates=("lembur",), due_in=7, reminded=(0,))),
        ),
        _step("lunas", "pemohon", "beres", money=MoneyTerms(settles=Settles(checked_by="kepala"))),
    ),
    ends=(End(id="beres", name="Beres"), End(id="batal", name="Batal", ending=Ending.WITHDRAWN)),
)  # fmt: skip
NINE_TO_TWELVE = {"mulai": time(9), "selesai": time(12)}
