"""A list of goods in a form, as the guide has it: written row by row, corrected, added up, printed."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from console.requests.form import fields_of
from procedures.asking import answer_data
from procedures.asking.items import Items, value_of
from procedures.asking.questions import AnswerError
from procedures.asking.reading import read_answer, read_value
from procedures.cases import rows as cases
from procedures.papers.sample import sample_job
from procedures.papers.typesetting import typeset
from procedures.requests.mailed import read_lines
from procedures.words.answer_words import all_in_words
from procedures.words.condition_words import when_asked
from procedures.words.masking import answers_masked, hidden
from tests.bot.chat import Chat
from tests.bot.test_procedure_files import FILE, GUIDE, mistakes, procedure_of
from tests.tickets.desks import small_desk

TODAY = date(2026, 10, 7)
AT = datetime(2026, 10, 7, 3, tzinfo=UTC)
(PURCHASE,) = re.findall(r"```yaml\n(procedure: pengadaan\n.*?)```", GUIDE.read_text(), re.DOTALL)
PURCHASE = re.sub(r"people: \[\S+@example.ac.id\]", "people: [Budi Hartanto]", PURCHASE)
CHAIRS = {"nama": "Kursi, lipat", "jumlah": Decimal(2), "harga": Decimal(150_000), "total": Decimal(300_000)}
TABLE = {"jumlah": Decimal(1), "nama": "Meja", "harga": Decimal(1_000_000), "total": Decimal(1_000_000)}


@pytest.fixture(scope="module")
def purchase():
    return procedure_of(PURCHASE.replace("Budi Hartanto", "Dewi"))


async def test_a_list_is_written_in_a_chat_row_by_row_corrected_and_added_up(ledger):
    chat = Chat(ledger, files={FILE: PURCHASE})
    await chat.telegrams("/pengadaan")
    await chat.presses("Ya, ajukan")
    assert "Contoh: Kursi; 2; 150.000" in chat.told("4711")[-1].text
    for said, heard in (
        (
            "Kursi lipat; 2; mahal",
            "Pada baris “Kursi lipat; 2; mahal”, Harga satuan: Angkanya belum terbaca.",
        ),
        ("dua kursi saja", "Pada baris “dua kursi saja”, Jumlah belum diisi."),
        (
            "Meja; 1; 2; 3",
            "Baris “Meja; 1; 2; 3” berisi lebih dari yang ditanyakan: Nama barang; Jumlah; Harga satuan.",
        ),
        ("Kursi lipat; 2; 150rb", "1. Kursi lipat · 2 · Rp150.000 · Rp300.000\nJumlah: Total Rp300.000"),
        ("- Meja; 1; 60 juta\n- Lampu; 3; 50.000", "3. Lampu · 3 · Rp50.000 · Rp150.000"),
        ("hapus 3", "Jumlah: Total Rp60.300.000"),
        ("baris 1: Kursi lipat; 4; 150.000", "Jumlah: Total Rp60.600.000"),
        ("itu saja kak", "1. Barang:\n    1. Kursi lipat · 4"),
        ("kirim", "sudah diajukan"),
    ):
        await chat.telegrams(said)
        assert heard in chat.told("4711")[-1].text
    (case,) = ledger.write_blocking(lambda tx: cases.of_ticket(tx, 1))
    assert value_of(case.answers, "barang.total") == 60_600_000
    assert value_of(case.answers, "barang.count") == 2
    assert answer_data.from_data(answer_data.to_data(case.answers)) == case.answers


def test_a_list_is_read_from_programs_pages_and_mails_alike(purchase):
    (barang,) = purchase.form
    rows = Items((CHAIRS, TABLE))
    told = [
        {"nama": "Kursi, lipat", "jumlah": 2, "harga": "150.000"},
        {"nama": "Meja", "jumlah": 1, "harga": 1_000_000},
    ]
    assert read_value(barang, told, today=TODAY) == rows
    assert read_value(barang, "Kursi, lipat\t2\t150000\nMeja\t1\t1000000", today=TODAY) == rows
    with pytest.raises(AnswerError) as refused:
        read_answer(barang, "\t2\t150000", today=TODAY)  # the first cell of a table's first row
    assert refused.value.row.column.id == "nama"
    mail = "Barang:\n> 1. Kursi, lipat; 2; 150.000\n> 2. Meja; 1; 1 juta\n"
    assert read_lines(purchase.form, mail, today=TODAY).answers == {"barang": rows}
    for wrong in ("Kursi; 0; 1", "Kursi; 2", "a; 1; 1; 1", "\n".join(["Kursi; 1; 1"] * 51), ";;"):
        with pytest.raises(AnswerError):
            read_answer(barang, wrong, today=TODAY)
    with pytest.raises(AnswerError):
        read_value(barang, [{"nama": "Kursi", "warna": "merah"}], today=TODAY)
    (field,) = fields_of(
        purchase.form, "id", answers={}, typed={"barang": "Kursi\tdua\t"}, files={}, problems={}, beside={}
    )
    assert field.rows[0] == ["Kursi", "dua", ""]  # what cannot be taken stays as it was typed
    assert len(field.rows) == 6


def test_what_a_list_adds_up_to_decides_and_is_told(purchase):
    answers = {"barang": Items((CHAIRS, TABLE))}
    step = purchase.steps[2]
    assert not step.only_if.hold(answers)
    assert step.only_if.hold({"barang": Items(({**TABLE, "total": Decimal(51_000_000)},))})
    assert when_asked(step.only_if, purchase.questions, "id") == "Hanya bila Total lebih dari Rp50.000.000"
    assert all_in_words(purchase, answers, "id")["barang.total"] == "1.300.000"
    secret = {"barang": Items(({**TABLE, "nama": "NIK 3273010101900001"},))}
    masked = answers_masked(secret, purchase, hidden)
    assert "3273010101900001" not in str(masked)
    assert masked["barang"].rows[0]["harga"] == 1_000_000
    in_json = answers_masked(answer_data.to_data(secret), purchase, hidden)
    assert "3273010101900001" not in str(in_json)


def test_a_letter_shows_a_list_as_a_table(purchase):
    job = sample_job(purchase.paper("nota"), purchase, small_desk(), {}, AT, signed=False)
    table = job.values["tables"]["barang"]
    assert table["heads"] == ["Nama barang", "Jumlah", "Harga satuan", "Total"]
    assert table["totals"] == ["", "", "", "Rp62.500.000"]
    assert job.values["text"] == ["Bersama ini kami ajukan pengadaan senilai Rp62.500.000:"]
    long = {**job.values, "tables": {"barang": {**table, "rows": table["rows"] * 25}}}
    assert len(typeset(replace(job, values=long)).previews) == 2


@pytest.mark.parametrize(
    ("written", "instead", "told"),
    [
        ("times: [jumlah, harga]", "times: [jumlah, nama]", "expected columns of kind number or amount that stand before it, not nama"),
        ("id: total, label", "id: nama, label", "there is a column nama already"),
        ("{id: jumlah, label: Jumlah, kind: number", "{id: jumlah, label: Jumlah, kind: file", "kind"),
        ("kind: items", "kind: text", "expected kind: items with these"),
        ("{barang.total: ", "{barang.jumlahnya: ", "barang.jumlahnya is asked neither by the form nor by a step before"),
        ("{barang.total: ", "{barang: ", "barang is items, which is neither more nor less"),
        ("{barang.count} jenis", "{barang.isi} jenis", "nothing is called {barang.isi}"),
        ("lists: barang", "lists: benda", "expected a question of kind items, not benda"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_list_is_told(written, instead, told):
    assert any(
        told in each for each in mistakes(PURCHASE.replace("Budi Hartanto", "Dewi").replace(written, instead))
    )
