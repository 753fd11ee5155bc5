"""Search: what was said is found, as far as the index has followed; and nothing typed in can hurt it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.tickets.desks import BUDI, MONDAY, mail, open_desk, whatsapp
from tickets.actions import answering, identity
from tickets.actions.answering import Words
from tickets.edits import take_edit
from tickets.intake import Reading, take_in
from tickets.message import Channel, Edited, Person, Place
from tickets.search import MOST, SearchIndex

MINUTE = timedelta(minutes=1)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "cari" / "search.db"


@pytest.fixture
def index(ledger, path):
    opened = SearchIndex.open(ledger, path)
    yield opened
    opened.close()


@pytest.fixture
def says(ledger):
    desk = open_desk(ledger)

    def take(said):
        taken = ledger.write_blocking(
            lambda tx: take_in(tx, said, desk=desk, reading=Reading(), files=(), at=MONDAY)
        )
        return taken.ticket.number

    return take


def caught_up(index):
    while index.advance():
        pass
    return index


def test_a_message_is_found_by_its_words_once_the_index_has_followed(says, index):
    number = says(whatsapp("Saya lupa kata sandi Edunex", sid="SM1"))
    assert index.find("sandi") == []
    assert caught_up(index).find("sandi") == [number]
    assert index.find("EDUNEX sandi") == [number]
    assert index.find("sandi perpustakaan") == []


def test_subjects_names_notes_and_answers_are_found_too(ledger, says, index):
    number = says(mail("tolong", message_id="<a@x>", subject="Kelas terkunci"))
    ledger.write_blocking(lambda tx: answering.note(tx, number, "cek ke Oracle", by=BUDI, at=MONDAY))
    ledger.write_blocking(
        lambda tx: answering.answer(tx, number, Words(text="Sudah dipulihkan"), by=BUDI, at=MONDAY)
    )
    caught_up(index)
    for asked in ("terkunci", "Ana", "oracle", "dipulihkan"):
        assert index.find(asked) == [number], asked


def test_who_shows_no_number_is_found_by_the_username(says, index):
    said = whatsapp("halo", sid="SM1")
    number = says(replace(said, sender=Person(address="ID.1234567890", handle="ana.lestari")))
    assert caught_up(index).find("@ana.lestari") == [number]


def test_who_says_their_name_later_is_found_by_it(ledger, says, index):
    number = says(whatsapp("halo", sid="SM1", name="nana99"))
    caught_up(index)
    ledger.write_blocking(
        lambda tx: identity.identify(tx, 1, ticket=number, by=BUDI, at=MONDAY, name="Kusumawardhani")
    )
    assert caught_up(index).find("kusumawardhani") == [number]


def test_accents_case_and_endings_do_not_matter(says, index):
    number = says(whatsapp("Sandinya José tidak bisa di-reset", sid="SM1"))
    caught_up(index)
    for asked in ("sandi", "jose", "JOSÉ", "di-reset", "tid"):
        assert index.find(asked) == [number], asked
    assert index.find("ti") == []  # two letters are a word, not a beginning


def test_the_ticket_spoken_of_last_comes_first_and_the_limit_holds(says, index):
    first = says(whatsapp("sandi", sid="SM1", sender="+1"))
    second = says(whatsapp("sandi", sid="SM2", sender="+2"))
    third = says(whatsapp("sandi", sid="SM3", sender="+3"))
    assert says(whatsapp("masih soal sandi", sid="SM4", sender="+1")) == first
    caught_up(index)
    assert index.find("sandi") == [first, third, second]
    assert index.find("sandi", limit=2) == [first, third]


def test_a_desk_finds_its_own_tickets_only(says, index):
    number = says(whatsapp("sandi", sid="SM1"))
    caught_up(index)
    assert index.find("sandi", desk="uji") == [number]
    assert index.find("sandi", desk="uj") == index.find("sandi", desk="uji-lain") == []
    assert index.find("uji") == []


def test_an_edited_message_is_found_by_what_it_says_now(ledger, says, index):
    number = says(whatsapp("lupa kata sandi", sid="SM1"))
    caught_up(index)
    edited = Edited(
        event_id="E1",
        external_id="SM1",
        place=Place(account="uji/whatsapp", channel=Channel.WHATSAPP, address="+628111"),
        sender=Person(address="+628111", name="Ana"),
        text="lupa nama pengguna",
        raw=b"edit",
    )
    ledger.write_blocking(lambda tx: take_edit(tx, edited, at=MONDAY + MINUTE))
    caught_up(index)
    assert index.find("pengguna") == [number]


@pytest.mark.parametrize(
    "hostile",
    [
        '"', "'", "sandi OR 1=1", 'words : "sandi"', "sandi*", "NEAR(sandi lupa)", "-sandi", "sandi NOT lupa", "(", "!",
        "sandi & | ! <->", "sandi:*", "'); DROP TABLE search_index; --", "%", "_", "\\", "\x00", "^sandi", "{desk}: x",
        "sandi " * 5000, "😀", "\ud800",
    ],
)  # fmt: skip
def test_nothing_typed_in_is_more_than_words(says, index, hostile):
    number = says(whatsapp("sandi", sid="SM1"))
    caught_up(index)
    assert index.find(hostile) in ([], [number])
    assert index.find("sandi") == [number]


@pytest.mark.parametrize("asked", ["", "   ", "?!", "-"])
def test_an_empty_question_finds_nothing(says, index, asked):
    says(whatsapp("sandi", sid="SM1"))
    assert caught_up(index).find(asked) == []


def test_a_huge_message_is_found_by_its_beginning(says, index):
    number = says(whatsapp("awalnya " + " ".join(f"kata{n}" for n in range(40_000)), sid="SM1"))
    assert caught_up(index).find("awalnya") == [number]


def test_a_message_outside_any_ticket_is_followed_and_not_found(ledger, says, index):
    said = replace(whatsapp("/start sandi", sid="SM1"))
    desk = open_desk(ledger)
    ledger.write_blocking(
        lambda tx: take_in(tx, said, desk=desk, reading=Reading(opens=False), files=(), at=MONDAY)
    )
    assert index.advance() > 0
    assert index.find("sandi") == []


def test_the_index_goes_on_where_it_stopped(ledger, says, path):
    first = says(whatsapp("sandi", sid="SM1", sender="+1"))
    before = SearchIndex.open(ledger, path)
    caught_up(before)
    before.close()
    after = SearchIndex.open(ledger, path)
    assert after.advance() == 0
    second = says(whatsapp("sandi", sid="SM2", sender="+2"))
    assert caught_up(after).find("sandi") == [second, first]
    after.close()


def test_a_long_history_is_followed_in_pieces(says, index):
    for number in range(MOST // 2):  # two events each: opened, received
        says(whatsapp(f"sandi ke{number}", sid=f"SM{number}", sender=f"+{number}"))
    last = says(whatsapp("yang terakhir", sid="SMx", sender="+x"))
    assert index.advance() == MOST
    assert index.find("terakhir") == []
    assert caught_up(index).find("terakhir") == [last]


def test_an_index_that_knows_more_than_a_restored_ledger_begins_anew(ledger, says, path, tmp_path):
    says(whatsapp("sandi", sid="SM1"))
    opened = SearchIndex.open(ledger, path)
    caught_up(opened)
    # As if the ledger had lost its newest events: the index has seen event 1000.
    opened._kept.replace([], [], position=1000)
    opened.close()
    again = SearchIndex.open(ledger, path)
    assert caught_up(again).find("sandi") == [1]
    again.close()


def test_a_broken_index_file_is_begun_anew(ledger, says, path):
    if ledger.is_postgres:
        pytest.skip("the index is a table there")
    number = says(whatsapp("sandi", sid="SM1"))
    path.parent.mkdir()
    path.write_bytes(b"this is no database at all, and long enough to be looked at" * 100)
    opened = SearchIndex.open(ledger, path)
    assert caught_up(opened).find("sandi") == [number]
    opened.close()
