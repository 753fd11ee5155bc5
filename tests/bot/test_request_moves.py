"""What short words mean to a form that somebody fills in, and what they never mean."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from bot.listening import listen
from bot.requesting.moves import Move, Standing, read, read_press
from bot.requesting.presses import Press, What, pressed
from procedures.asking.questions import Choice, Kind, Question
from procedures.definition.procedure import Procedure
from procedures.requests.mailed import read_lines
from procedures.requests.rows import RequestNow, Stage
from tests.tickets.desks import whatsapp

AT = datetime(2026, 10, 6, 2, tzinfo=UTC)
FORM = (
    Question(id="acara", ask={"id": "Apa acaranya?"}, kind=Kind.TEXT),
    Question(id="peserta", ask={"id": "Berapa pesertanya?"}, kind=Kind.NUMBER, required=False),
    Question(
        id="jenis", ask={"id": "Jenisnya?"}, kind=Kind.CHOICE,
        choices=(Choice(id="luring", label={"id": "Luring"}), Choice(id="daring", label={"id": "Daring"})),
    ),
    Question(id="langsung", ask={"id": "Disiarkan?"}, kind=Kind.YES_NO),
    Question(id="uraian", ask={"id": "Uraian acara"}, kind=Kind.PARAGRAPH, required=False),
)  # fmt: skip
PROCEDURE = Procedure(id="acara", name="Acara", roles=(), form=FORM, steps=(), ends=())
ALL = {"acara": "Wisuda", "peserta": Decimal(5), "jenis": "luring", "langsung": True, "uraian": "x"}


def at(question, **more):
    """A form whose earlier questions are answered."""
    ids = [each.id for each in FORM]
    place = ids.index(question) if question else len(ids)
    request = RequestNow(
        id=7, desk="uji", ticket=1, offered=("acara",), message=1, begun_at=AT, touched_at=AT, drop_at=AT,
        procedure="acara", stage=more.pop("stage", Stage.OPEN), answers={name: ALL[name] for name in ids[:place]},
    )  # fmt: skip
    fields = {"with_people": False, "sure": False, **more}
    return Standing(
        request=request, offered=(PROCEDURE,), procedure=PROCEDURE, language="id", today=date(2026, 10, 6), **fields
    )  # fmt: skip


@pytest.mark.parametrize(
    ("question", "text", "move", "value"),
    [
        ("acara", "Batal nikah, sebuah drama", Move.ANSWER, "Batal nikah, sebuah drama"),
        ("acara", "batal deh", Move.CANCEL, None),
        ("acara", "Ganti tema: kuliah umum", Move.ANSWER, "Ganti tema: kuliah umum"),
        ("acara", "boleh hari minggu?", Move.ASIDE, None),
        ("acara", "lewati", Move.FAULT, None),
        ("acara", "/bantuan", Move.REPEAT, None),
        ("acara", "mau bicara dengan petugas", Move.PERSON, None),
        ("peserta", "sekitar dua puluhan", Move.FAULT, None),
        ("peserta", "25 orang", Move.ANSWER, Decimal(25)),
        ("peserta", "sekitar 25 aja ya kak", Move.ANSWER, Decimal(25)),
        ("peserta", "ubah nama", Move.CHANGE, None),  # of none that is called so: which one is asked back
        ("peserta", "lewati saja", Move.SKIP, None),
        ("peserta", "-", Move.SKIP, None),
        ("jenis", "2", Move.ANSWER, "daring"),
        ("jenis", "yang daring kak", Move.ANSWER, "daring"),
        ("langsung", "iya kak", Move.ANSWER, True),
        ("langsung", "2", Move.ANSWER, False),
        ("langsung", "kembali", Move.BACK, None),
        (None, "ya, kirim", Move.SEND, None),
        (None, "ok", Move.REPEAT, None),
        (None, "koreksi nomor 2 dong", Move.CHANGE, None),
    ],
)
def test_a_message_means_one_thing_to_the_form(question, text, move, value):
    meant = read(at(question), listen(whatsapp(text, sid="SM1")), files=False)
    assert (meant.move, meant.value) == (move, value)


@pytest.mark.parametrize(
    ("text", "move"),
    [("streaming", Move.FAULT), ("jam 8 pagi kak", Move.FAULT), ("lupa kata sandi email", Move.ASIDE)],
)
def test_only_what_tells_of_another_matter_is_for_people(text, move):
    assert read(at("jenis", sure=True), listen(whatsapp(text, sid="SM1")), files=False).move is move


def test_who_speaks_with_a_person_is_heard_by_people_until_they_go_on():
    talks = at("acara", with_people=True)
    assert read(talks, listen(whatsapp("Aula Barat saja pak", sid="SM1")), files=False) is None
    assert read(talks, listen(whatsapp("lanjut", sid="SM2")), files=False).move is Move.GO_ON


@pytest.mark.parametrize("data", ["req:7:say:9:0", "req:7:say:2:9", "req:7:pick:3", "req:7:skip:0"])
def test_a_button_that_leads_nowhere_has_the_question_asked_again(data):
    assert read_press(at("jenis"), pressed(data)).move is Move.REPEAT


def test_buttons_of_others_are_none_of_its_own():
    assert pressed("req:7:send") == Press(request=7, what=What.SEND)
    assert [pressed(data) for data in (None, "", "helped:yes", "req:7", "req:x:send", "req:7:send:²")] == [
        None
    ] * 6


def test_a_mail_is_read_line_by_line():
    text = """Yth. admin,
> 1. Apa acaranya?
> Acara: Kuliah umum
* Jenis = daring
Peserta (Berapa): seratus
Uraian acara:
Baris satu
baris dua

Apakah ada biayanya?
> Bagaimana caranya?
> 1. Acara: Kuliah tamu
> 2. Jenis: –
"""
    filled = read_lines(FORM, text, today=date(2026, 10, 6))
    assert filled.answers == {"acara": "Kuliah umum", "jenis": "daring", "uraian": "Baris satu\nbaris dua"}
    assert filled.asks
    assert filled.faults == {}
