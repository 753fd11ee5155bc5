"""The language of the search box: what is typed is read, written again and read the same, and nothing is refused."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tickets.query import Filter, Key, Number, Trouble, Words, parse, written

TODAY = date(2026, 11, 26)


def read(typed):
    return parse(typed, today=TODAY)


def test_words_phrases_and_filters_are_told_apart():
    found = read('kategori:login status:open dari:2026-10-01 "Kode OTP" -spam #1042 wifi')
    assert found.query.terms == (
        Filter(key=Key.CATEGORY, values=("login",)),
        Filter(key=Key.STATUS, values=("open",)),
        Filter(key=Key.SINCE, values=("2026-10-01",)),
        Words(words=("kode", "otp"), quoted=True),
        Words(words=("spam",), negated=True),
        Number(number=1042),
        Words(words=("wifi",)),
    )
    assert found.remarks == ()


@pytest.mark.parametrize(
    ("typed", "key", "values"),
    [
        ("category:login", Key.CATEGORY, ("login",)),
        ('Kategori:"Lupa Kata Sandi",login', Key.CATEGORY, ("lupa kata sandi", "login")),
        ("status:baru,ditutup,open", Key.STATUS, ("new", "closed", "open")),
        ('status:dikerjakan,"menunggu kontak"', Key.STATUS, ("open", "waiting")),  # as pages call them
        ("kanal:obrolan", Key.CHANNEL, ("webchat",)),
        ('adalah:"hampir lewat batas",ditunda', Key.IS, ("soon", "asleep")),
        ("kanal:wa", Key.CHANNEL, ("whatsapp",)),
        ("channel:surel", Key.CHANNEL, ("email",)),
        ("petugas:saya", Key.AGENT, ("me",)),
        ("assignee:none", Key.AGENT, ("none",)),
        ("agent:budi@example.ac.id", Key.AGENT, ("budi@example.ac.id",)),
        ("prioritas:mendesak", Key.PRIORITY, ("urgent",)),
        ("label:tidak-ada", Key.TAG, ("none",)),
        ("has:file", Key.FILE, ("*",)),
        ("in:note", Key.NOTE, ("*",)),
        ("lampiran:bukti", Key.FILE, ("bukti",)),
        ("nomor:+628123", Key.ADDRESS, ("+628123",)),
        ("is:terlambat", Key.IS, ("late",)),
        ("dari:1/10/2026", Key.SINCE, ("2026-10-01",)),
        ("dari:2026-10", Key.SINCE, ("2026-10-01",)),
        ("sampai:2026-02", Key.UNTIL, ("2026-02-28",)),
        ("sampai:2025", Key.UNTIL, ("2025-12-31",)),
        ("sejak:kemarin", Key.SINCE, ("2026-11-25",)),
        ('from:"hari ini"', Key.SINCE, ("2026-11-26",)),
        ("dari:7hari", Key.SINCE, ("2026-11-19",)),
    ],
)
def test_filters_have_indonesian_and_english_names(typed, key, values):
    assert read(typed) == read(written(read(typed).query))
    assert read(typed).query.terms == (Filter(key=key, values=values),)
    assert read(f"-{typed}").query.terms == (Filter(key=key, values=values, negated=True),)


@pytest.mark.parametrize(
    ("typed", "trouble", "words"),
    [
        ("warna:merah", Trouble.UNKNOWN_FILTER, ("warna", "merah")),
        ("dari:2026-02-30", Trouble.BAD_DATE, ("2026", "02", "30")),
        ("sampai:besok", Trouble.BAD_DATE, ("besok",)),
        ("status:hilang", Trouble.UNKNOWN_VALUE, ("hilang",)),
        ("has:uang", Trouble.UNKNOWN_VALUE, ("has", "uang")),
        ("kategori:", Trouble.EMPTY, ()),
    ],
)
def test_what_is_no_filter_is_said_and_searched_as_words(typed, trouble, words):
    found = read(typed)
    assert [remark.trouble for remark in found.remarks] == [trouble]
    assert tuple(word for term in found.query.words for word in term.words) == words


def test_an_address_of_the_web_and_a_time_are_words():
    assert read("https://six.itb.ac.id pukul 12:30").remarks == ()
    assert read("12:30").query.words == (Words(words=("12", "30")),)


@given(st.text(max_size=300))
def test_nothing_that_is_typed_is_refused_and_all_is_read_as_it_is_written_again(typed):
    query = read(typed).query
    assert read(written(query)).query == query


@given(
    st.lists(
        st.sampled_from(
            [
                "kategori",
                ":",
                '"',
                "-",
                " ",
                ",",
                "#",
                "12",
                "status",
                "open",
                "dari",
                "2026-10-01",
                "é",
                "has",
                "file",
                "*",
            ]
        ),
        max_size=20,
    )
)
def test_pieces_of_the_language_in_any_order_are_read_as_they_are_written_again(pieces):
    query = read("".join(pieces)).query
    assert read(written(query)).query == query
