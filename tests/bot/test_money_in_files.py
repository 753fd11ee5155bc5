"""Money in a procedure's file: the guide's own example, and what whoever wrote it is told about mistakes."""

import re
from decimal import Decimal

import pytest

from procedures.definition.tariff import UNITS, Between
from tests.bot.test_procedure_files import GUIDE, mistakes, procedure_of

AROUND = """\
procedure: studio
name: Studio
roles:
  pemohon: {name: Pemohon, requester: true}
  sekretariat: {name: Sekretariat, people: [Budi]}
form:
  - {id: jam_mulai, ask: Mulai?, kind: time}
  - {id: jam_selesai, ask: Selesai?, kind: time}
  - {id: internal, ask: Unit sendiri?, kind: yes_no}
"""
(EXAMPLE,) = re.findall(r"```yaml\n(tariff: .*?|tariff:\n.*?)```", GUIDE.read_text(), re.DOTALL)


def test_the_guides_example_asks_for_its_money():
    found = procedure_of(AROUND + EXAMPLE)
    studio, petugas, lembur = found.tariff
    assert (studio.price, studio.unit, studio.times) == (
        250_000, UNITS["hour"], (Between(first="jam_mulai", last="jam_selesai"),),
    )  # fmt: skip
    assert petugas.times == (Decimal(2),)
    assert lembur.times == ("jumlah_petugas", "jam_lembur")
    first, _, overtime, last = found.steps
    assert (first.money.bills.rates, first.money.bills.due_in) == (("studio", "petugas"), 14)
    assert (overtime.money.bills.due_in, overtime.money.bills.reminded) == (7, (0, 7))
    assert last.money.settles.checked_by == "sekretariat"


@pytest.mark.parametrize(
    ("written", "instead", "told"),
    [
        ("price: 250000", "price: 250.5", "expected rupiah up to"),
        ("price: 250000", "price: internal", "expected a question of kind amount, and internal is yes_no"),
        ("price: 250000", "price: 9000000000000", "expected rupiah up to"),
        ("quantity: 2", "quantity: -2", "expected a number, a question, {from: …, until: …}"),
        ("quantity: 2", "quantity: orang", "orang is asked neither by the form, nor by the step that bills it"),
        ("until: jam_selesai", "until: jam_lembur", "jam_lembur is asked neither by the form, nor"),
        ("until: jam_selesai", "until: internal", "expected two questions of kind time, or two of kind date"),
        ("unless: {internal: true}", "unless: {asing: true}", "asing is asked neither by the form"),
        ("bills: {lines: [lembur]", "bills: {lines: [studio]", "no step bills lembur"),
        ("bills: {lines: [lembur]", "bills: {lines: [lembor]", 'of the tariff (studio, petugas, lembur), not "lembor"'),
        ("due: 7d", "due: 7h", "expected days up to 366d"),
        ("settles: sekretariat", "settles: pemohon", "whoever pays does not say that it has come in"),
        (", bills: {lines: [studio, petugas], due: 14d}", ", settles: sekretariat", "no step that bills leads to it"),
        ("role: sekretariat, bills", "role: pemohon, bills", "expected a role of the desk: nobody bills themselves"),
        (
            "settles: sekretariat", "settles: {checked_by: sekretariat, receipt: kuitansi}",
            "no paper kuitansi is made here; papers: none",
        ),
        ("tariff:", 'archive: "{internal} {kegiatan}"\ntariff:', "nothing is called {kegiatan}; expected a question"),
        ("id: petugas", "id: studio", "there is a line studio already"),
    ],
)  # fmt: skip
def test_a_mistake_says_what_is_expected(written, instead, told):
    assert written in EXAMPLE
    found = mistakes(AROUND + EXAMPLE.replace(written, instead, 1))
    assert any(told in each for each in found), found
