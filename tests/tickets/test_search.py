"""Search: what was said is found, as far as the index has followed; and nothing typed in can hurt it."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.tickets.desks import BUDI, MONDAY, mail, open_desk, whatsapp
from tickets.actions import answering, handling, identity, snoozing
from tickets.actions.answering import Words
from tickets.edits import take_edit
from tickets.intake import Reading, take_in
from tickets.ledger.blobs import Stored
from tickets.message import Channel, Edited, Person, Place
from tickets.query import parse, written
from tickets.search import SearchIndex
from tickets.search.asked import Asked, Clause, Mark, Part, mark, marked
from tickets.search.documents import Document
from tickets.search.meaning import Asker, Names, meant
from tickets.search.progress import Progress

MINUTE = timedelta(minutes=1)
EVERYBODY = Asker()
FILE = Stored(name="Bukti_Bayar UKT.pdf", type="application/pdf", size=9, sha256=None, state="refused")
NAMES = Names(
    desks={"uji": "Meja Uji"}, categories={"password": "Lupa kata sandi", "login": "Gagal masuk"},
    agents={BUDI.id: "Budi", "rina@example.ac.id": "Rina"}, teams={"edunex": "Tim Pengembang Edunex"},
    zone="Asia/Jakarta",
)  # fmt: skip


@pytest.fixture
def path(tmp_path):
    return tmp_path / "cari" / "search.db"


class Desk:
    """Somebody at the search box of an index."""

    def __init__(self, ledger, path, **options) -> None:
        self.ledger = ledger
        self.index = SearchIndex.open(ledger, path, **options)

    def catches_up(self):
        while self.index.advance():
            pass
        return self

    def means(self, typed, *, asker=EVERYBODY):
        read = parse(typed, today=MONDAY.date())
        with self.ledger.reading() as session:
            return meant(session, read.query, self.index.words, asker=asker, names=NAMES)

    def finds(self, typed, *, asker=EVERYBODY, limit=50, below=None):
        return list(self.index.find(self.means(typed, asker=asker).asked, limit=limit, below=below).numbers)


@pytest.fixture
def desk(ledger, path):
    opened = Desk(ledger, path)
    yield opened
    opened.index.close()


@pytest.fixture
def says(ledger):
    desk = open_desk(ledger)

    def take(said, *files):
        taken = ledger.write_blocking(
            lambda tx: take_in(tx, said, desk=desk, reading=Reading(), files=files, at=MONDAY)
        )
        return taken.ticket.number

    return take


def test_a_message_is_found_by_its_words_once_the_index_has_followed(says, desk):
    number = says(whatsapp("Saya lupa kata sandi Edunex", sid="SM1"))
    assert desk.finds("sandi") == []
    assert desk.catches_up().finds("sandi") == [number]
    assert desk.finds("EDUNEX sandi") == [number]
    assert desk.finds("sandi perpustakaan") == []


def test_subjects_names_notes_and_answers_are_found_too(ledger, says, desk):
    number = says(mail("tolong", message_id="<a@x>", subject="Kelas terkunci"))
    ledger.write_blocking(lambda tx: answering.note(tx, number, "cek ke Oracle", by=BUDI, at=MONDAY))
    ledger.write_blocking(
        lambda tx: answering.answer(tx, number, Words(text="Sudah dipulihkan"), by=BUDI, at=MONDAY)
    )
    desk.catches_up()
    for asked in (
        "terkunci",
        "Ana",
        "oracle",
        "dipulihkan",
        "terkunci dipulihkan ana",
        f"#{number}",
        str(number),
    ):
        assert desk.finds(asked) == [number], asked
    assert desk.finds("catatan:oracle") == desk.finds("in:note") == [number]
    assert desk.finds("catatan:dipulihkan") == desk.finds("-oracle") == []


def test_files_are_found_by_their_names(ledger, says, desk):
    number = says(whatsapp("ini buktinya", sid="SM1"), FILE)
    other = says(whatsapp("tanpa berkas", sid="SM2", sender="+2"))
    desk.catches_up()
    for asked in ("bukti_bayar", "lampiran:ukt", 'file:"bayar ukt"', "has:file"):
        assert desk.finds(asked) == [number], asked
    assert desk.finds("-has:file") == desk.finds("lampiran:tidak-ada") == [other]


def test_who_shows_no_number_is_found_by_the_username(says, desk):
    said = whatsapp("halo", sid="SM1")
    number = says(replace(said, sender=Person(address="ID.1234567890", handle="ana.lestari")))
    assert desk.catches_up().finds("@ana.lestari") == [number]


def test_a_contact_is_found_by_a_number_in_any_writing(says, desk):
    number = says(whatsapp("halo", sid="SM1", sender="+628123456789"))
    says(whatsapp("halo", sid="SM2", sender="+628999999999"))
    desk.catches_up()
    for asked in (
        "nomor:0812-3456-789",
        'nomor:"+62 812 3456 789"',
        "kontak:ana nomor:628123456789",
        "0812 3456 789",
    ):
        assert desk.finds(asked) == [number], asked


def test_who_says_their_name_later_is_found_by_it(ledger, says, desk):
    number = says(whatsapp("halo", sid="SM1", name="nana99"))
    desk.catches_up()
    ledger.write_blocking(
        lambda tx: identity.identify(tx, 1, ticket=number, by=BUDI, at=MONDAY, name="Kusumawardhani")
    )
    assert desk.catches_up().finds("kusumawardhani") == desk.finds("kontak:kusumawardhani") == [number]


def test_accents_case_and_endings_do_not_matter(says, desk):
    number = says(whatsapp("Sandinya José tidak bisa di-reset", sid="SM1"))
    desk.catches_up()
    for asked in ("sandi", "jose", "JOSÉ", "di-reset", "tid", '"tidak bisa"'):
        assert desk.finds(asked) == [number], asked
    assert desk.finds("ti") == []  # two letters are a word, not a beginning
    assert desk.finds('"bisa tidak"') == desk.finds('"sandi"') == []


def test_filters_narrow_to_how_tickets_stand_now(ledger, says, desk):
    first, second = (says(whatsapp("lupa sandi", sid=f"SM{each}", sender=f"+{each}")) for each in (1, 2))
    third, now = says(mail("lupa sandi", message_id="<c@x>")), open_desk(ledger)
    desk.catches_up()
    for act in (
        lambda tx: handling.categorise(tx, first, "password", desk=now, by=BUDI, at=MONDAY),
        lambda tx: handling.assign(tx, first, BUDI.id, staff=frozenset({BUDI.id}), by=BUDI, at=MONDAY),
        lambda tx: handling.wait(tx, second, by=BUDI, at=MONDAY),
        lambda tx: snoozing.snooze(tx, third, MONDAY + MINUTE, by=BUDI, at=MONDAY),
    ):
        ledger.write_blocking(act)
    desk.catches_up()
    budi = Asker(ids=frozenset({BUDI.id}))
    for asked, found in {
        "kategori:password": [first],
        'category:"kata sandi"': [first],
        "kategori:tidak-ada": [third, second],
        "-kategori:password": [third, second],
        "petugas:budi": [first],
        "petugas:saya": [first],
        "is:unassigned": [third, second],
        "status:menunggu": [second],
        "status:baru,waiting sandi": [third, second, first],
        "kanal:email": [third],
        "kanal:wa": [second, first],
        "is:tidur": [third],
        "tim:edunex": [],
        "prioritas:biasa unit:uji": [third, second, first],
        "dari:2026-10-05 sampai:hari-ini": [third, second, first],
        "dari:2026-10-06": [],
        "sampai:2026-10-04": [],
        "pada:hari-ini kanal:surel": [third],
        f"#{first} #{third}": [third, first],
    }.items():
        assert desk.finds(asked, asker=budi) == found, asked


def test_what_a_filter_does_not_know_is_said_and_searched_as_words(says, desk):
    number = says(whatsapp("gangguan jaringan asrama", sid="SM1"))
    desk.catches_up()
    meaning = desk.means("kategori:jaringan")
    assert [(each.trouble, each.key, each.value) for each in meaning.remarks] == [
        ("unknown_value", "kategori", "jaringan")
    ]
    assert desk.finds("kategori:jaringan") == [number]


def test_a_slip_is_searched_as_what_was_meant_unless_it_stands_in_quotes(says, desk):
    numbers = [
        says(whatsapp("lupa kata sandi wifi", sid=f"SM{each}", sender=f"+{each}")) for each in range(2)
    ]
    desk.catches_up()
    for typed in ("snadi", "sandii", "sndi", "lupa sanid"):
        assert desk.finds(typed) == numbers[::-1], typed
    meaning = desk.means("status:new snadi wifi")
    assert (written(meaning.instead), written(meaning.exactly)) == (
        "status:new sandi wifi",
        'status:new "snadi" wifi',
    )
    assert desk.finds('"snadi"') == []
    assert desk.means("sandi wifi").instead is None


def test_what_contacts_misspell_is_found_by_the_right_word(says, desk):
    for each in range(20 * 2):
        says(whatsapp("lupa password", sid=f"SM{each}", sender=f"+{each}"))
    slips = [says(whatsapp("lupa pasword", sid=f"SMx{each}", sender=f"+9{each}")) for each in range(2)]
    desk.catches_up()
    assert set(slips) <= set(desk.finds("password"))
    assert not set(slips) & set(desk.finds('"password"'))


def test_the_newest_ticket_comes_first_and_the_next_page_goes_on(says, desk):
    first, second, third = (says(whatsapp("sandi", sid=f"SM{each}", sender=f"+{each}")) for each in range(3))
    desk.catches_up()
    assert desk.finds("sandi") == [third, second, first]
    assert desk.finds("sandi", limit=2) == [third, second]
    assert desk.finds("sandi", limit=2, below=second) == [first]


@pytest.mark.parametrize(("limit", "enough"), [(10, 10), (40, 5), (5000, 5000), (5000, 1)])
def test_pages_over_a_long_past_show_every_match_once_and_the_newest_first(desk, limit, enough):
    every = range(999_999, 0, -331)
    old, beside = every[2000:], every[::7]
    desk.index.words.replace(every, [
        Document(
            number=each, marks=(mark(Mark.EVERY),),
            parts={
                Part.WHO: (), Part.FILES: (), Part.NOTES: (),
                Part.SAID: ("kode", *([] if each in beside else ["dan"]), "otp", *(["lama"] if each in old else [])),
            },
        )
        for each in reversed(every)
    ], Progress(position=1))  # fmt: skip
    for words, meant_ones in (
        (("kode",), every),
        (("lama",), old),
        (("kode", "otp"), beside),
        (("baru",), ()),
    ):
        asked = Asked(all_of=(Clause(any_of=(words,)),))
        found = [*(page := desk.index.find(asked, limit=limit, enough=enough)).numbers]
        while page.below is not None:
            page = desk.index.find(asked, limit=limit, enough=enough, below=page.below)
            assert len(page.numbers) <= limit
            found += page.numbers
        assert found == [*meant_ones]
    bounded = Asked(all_of=(marked(Mark.EVERY, ""),), lowest=100_000, highest=200_000)
    assert [*desk.index.find(bounded, limit=5000).numbers] == [
        each for each in every if 100_000 <= each <= 200_000
    ]


def test_everybody_finds_only_what_they_may_see(ledger, says, desk):
    number = says(whatsapp("sandi", sid="SM1"))
    desk.catches_up()
    help_ = {"uji": frozenset({"edunex"})}
    for asker, found in (
        (Asker(desks=frozenset({"uji"})), [number]),
        (Asker(desks=frozenset({"uj"})), []),
        (Asker(desks=frozenset()), []),
        (Asker(desks=frozenset({"uji"}), only_teams=help_), []),
    ):
        assert desk.finds("sandi", asker=asker) == desk.finds("", asker=asker) == found
    assert desk.finds("uji") == []
    now = open_desk(ledger)
    ledger.write_blocking(lambda tx: handling.escalate(tx, number, "edunex", desk=now, by=BUDI, at=MONDAY))
    desk.catches_up()
    assert desk.finds("sandi", asker=Asker(desks=frozenset({"uji"}), only_teams=help_)) == [number]


def test_an_edited_message_is_found_by_what_it_says_now_and_one_taken_back_not_at_all(ledger, says, desk):
    number = says(whatsapp("lupa kata sandi", sid="SM1"))
    desk.catches_up()
    edited = Edited(
        event_id="E1",
        external_id="SM1",
        place=Place(account="uji/whatsapp", channel=Channel.WHATSAPP, address="+628111"),
        sender=Person(address="+628111", name="Ana"),
        text="salah nama pengguna",
        raw=b"edit",
    )
    ledger.write_blocking(lambda tx: take_edit(tx, edited, at=MONDAY + MINUTE))
    desk.catches_up()
    assert desk.finds("catatan:pengguna") == []
    assert desk.finds("salah pengguna") == [number]
    gone = replace(edited, event_id="E2", deleted=True, text="")
    ledger.write_blocking(lambda tx: take_edit(tx, gone, at=MONDAY + MINUTE))
    desk.catches_up()
    assert desk.finds("pengguna") == []
    assert desk.finds("ana") == [number]


HOSTILE = (
    '"', "'", "sandi OR 1=1", 'words : "sandi"', "sandi*", "NEAR(sandi lupa)", "-sandi", "sandi NOT lupa", "(", "!",
    "sandi & | ! <->", "sandi:*", "'); DROP TABLE search_tickets; --", "%", "_", "\\", "\x00", "^sandi", "{said}: x",
    "sandi " * 5000, "😀", "\ud800", "kategori:\x00", "petugas:'", 'tim:"', "#99999999999", "dari:0000-00-00", "x" * 999,
    "alamat:\ud800", "ſandı", "sandi ŉ ǰ İ",
)  # fmt: skip


def test_nothing_typed_in_is_more_than_words(says, desk):
    number = says(whatsapp("sandi", sid="SM1"))
    desk.catches_up()
    for typed in HOSTILE:
        assert desk.finds(typed) in ([], [number]), typed
    assert desk.finds("sandi") == [number]


def test_a_huge_message_is_found_by_its_beginning(says, desk):
    number = says(whatsapp("awalnya " + " ".join(f"kata{n}" for n in range(40_000)), sid="SM1"))
    assert desk.catches_up().finds("awalnya") == [number]


def test_a_message_outside_any_ticket_is_followed_and_not_found(ledger, desk):
    said, now = whatsapp("/start sandi", sid="SM1"), open_desk(ledger)
    ledger.write_blocking(
        lambda tx: take_in(tx, said, desk=now, reading=Reading(opens=False), files=(), at=MONDAY)
    )
    assert desk.index.advance() > 0
    assert desk.finds("sandi") == []


def test_an_index_is_built_newest_tickets_first_and_then_goes_on_where_it_stopped(ledger, says, path):
    numbers = [says(whatsapp("sandi", sid=f"SM{each}", sender=f"+{each}")) for each in range(8)]
    desk = Desk(ledger, path, at_once=3)
    assert desk.index.advance() == 3
    assert desk.finds("sandi") == numbers[:4:-1]
    late = says(whatsapp("sandi", sid="SMx", sender="+x"))
    desk.catches_up()
    assert desk.finds("sandi") == [late, *reversed(numbers)]
    desk.index.close()
    again = Desk(ledger, path)
    assert again.index.advance() == 0
    assert again.finds("sandi", limit=1) == [late]
    again.index.close()


def test_an_index_that_knows_more_than_a_restored_ledger_begins_anew(ledger, says, desk, path):
    number = says(whatsapp("sandi", sid="SM1"))
    desk.catches_up()
    # As if the ledger had lost its newest events: the index has seen event 1000.
    desk.index.words.replace([], [], Progress(position=1000))
    again = Desk(ledger, path)
    assert again.finds("sandi") == []
    assert again.catches_up().finds("sandi") == [number]
    again.index.close()


@pytest.mark.parametrize("found_there", ["broken", "of another make"])
def test_an_index_file_that_is_of_no_use_is_begun_anew(ledger, says, path, found_there):
    if ledger.is_postgres:
        pytest.skip("the index is tables there")
    number = says(whatsapp("sandi", sid="SM1"))
    path.parent.mkdir()
    if found_there == "broken":
        path.write_bytes(b"this is no database at all, and long enough to be looked at" * 100)
    else:
        with closing(sqlite3.connect(path)) as before:
            before.executescript(
                "CREATE TABLE cursor(position INTEGER); CREATE VIRTUAL TABLE spoken USING fts5(words, desk, ticket)"
            )
    opened = Desk(ledger, path)
    assert opened.catches_up().finds("sandi") == [number]
    opened.index.close()
