"""Records by filter: of the tickets that are meant, as the month tells of them, numbers masked, words by the search index."""

import csv
import io
import json
from datetime import date

import pytest

from reports.errors import ReportError
from reports.exports import filtered
from reports.exports.asked import CASES, CLOCKS, MESSAGES, TICKETS, Asked
from reports.exports.filtered import BadFilterError, NotIndexedError, UnheardOfError, only
from reports.exports.kinds import KINDS
from reports.exports.writing import export
from reports.handed import Known
from reports.measures import names_of
from reports.progress import Stage
from reports.rows import Names
from tests.reports.october import CATEGORIES, STAFF, tell_october
from tests.tickets.desks import BUDI
from tickets.actions import tagging
from tickets.desk import DeskNow
from tickets.search import SearchIndex

OCTOBER = {"first_on": date(2026, 10, 1), "last_on": date(2026, 10, 31)}
KNOWN = Known(category_names=CATEGORIES, staff_names=STAFF)


@pytest.fixture
def told(ledger):
    return tell_october(ledger, "Asia/Jayapura")


@pytest.fixture
def index(told, tmp_path):
    opened = SearchIndex.open(told.ledger, tmp_path / "search.db")
    yield opened
    opened.close()


def meant(told, text, index=None):
    names = names_of(told.desk, category_names=CATEGORIES, staff_names=STAFF)
    with told.ledger.reading() as session:
        return only(
            text, session=session, desk=told.desk.slug, names=names, today=date(2026, 11, 1), index=index
        )


def exported(told, what, only="", form="jsonl", *, index=None, tell=lambda _: None, **options):
    stream = io.BytesIO()
    asked = Asked(what=what, format=form, only=meant(told, only, index), **(OCTOBER | options))
    with told.ledger.reading() as session:
        count = export(session, asked, stream, desk=told.desk, known=KNOWN, now=told.noon_after, tell=tell)
    text = stream.getvalue().decode()
    lines = (
        list(csv.DictReader(io.StringIO(text, newline="")))
        if form == "csv"
        else list(map(json.loads, text.splitlines()))
    )
    assert len(lines) == count
    return lines


def test_they_are_of_the_tickets_that_are_meant_and_say_what_the_month_says(told):
    report = told.report()
    clocks = exported(told, CLOCKS)
    promises = [(row.number, one) for row in told.rows() for one in row.promises]
    assert sorted(
        (line["ticket"], line["kind"], line["cycle"], line["outcome"]) for line in clocks
    ) == sorted((number, one.kind, one.cycle, str(one.outcome)) for number, one in promises)
    assert {line["late_minutes"] for line in clocks if line["ticket"] == 3} == {5.0, None}
    messages = exported(told, MESSAGES)
    assert sum(line["direction"] == "in" for line in messages) == report.messages_in
    assert sum(line["direction"] == "out" for line in messages) == report.messages_out
    assert tuple(messages[0]) == tuple(column.key for column in KINDS[MESSAGES].columns)
    assert messages[0]["at"] == "2026-10-01T00:00:00+09:00"
    table = exported(told, MESSAGES, form="csv")
    assert [line["id"] for line in table] == [str(line["id"]) for line in messages]
    assert exported(told, CASES) == []
    desk = DeskNow(desk=told.desk, revision=1, categories=frozenset(CATEGORIES))
    told.ledger.write_blocking(
        lambda tx: tagging.tag(tx, 3, "penting", desk=desk, by=BUDI, at=told.noon_after)
    )
    of_ticket = {
        'kategori:"lupa kata sandi"': {2, 4, 6},
        "kategori:none": {5, 7},
        "kanal:email -status:closed,solved": set(),
        "status:solved,closed petugas:Budi": {2, 3, 4},
        "-petugas:budi@example.ac.id": {5, 6, 7},
        "tag:penting": {3},
    }
    for text, numbers in of_ticket.items():
        assert {line["ticket"] for line in exported(told, MESSAGES, text)} == numbers, text


def test_numbers_of_people_are_written_out_only_where_that_is_asked_for(told):
    masked, shown = (exported(told, MESSAGES, identities=each)[0] for each in (False, True))
    assert shown["sender_address"] == "+62811Bea"
    assert masked["sender_address"] == "******Bea"


def test_words_are_looked_for_in_what_was_said_however_many_tickets_have_them(told, index, monkeypatch):
    with pytest.raises(NotIndexedError, match="until the search index is built"):
        meant(told, "sandi", index)
    while index.advance():
        pass
    found = {
        "bantuannya": {3, 6},
        "bantuannya -kanal:email": set(),
        "-bantuannya": {2, 4, 5, 7},
        '"masih tidak bisa"': {4},
        "#3 #4": {3, 4},
        "-#3 bantuannya": {6},
        "kontak:beatrix": {2},
    }
    for few in (filtered.AT_ONCE, 1):
        monkeypatch.setattr(filtered, "AT_ONCE", few)
        for text, numbers in found.items():
            lines = exported(told, TICKETS, text, index=index)
            assert [line["number"] for line in lines] == sorted(numbers), (text, few)
            assert {line["ticket"] for line in exported(told, CLOCKS, text, index=index)} == numbers
    with pytest.raises(UnheardOfError, match='nobody has written "bantuanya"; perhaps "bantuannya" is meant'):
        meant(told, "bantuanya", index)


def test_whoever_waits_hears_how_far_it_has_come(told):
    heard = []
    lines = exported(told, MESSAGES, tell=heard.append)
    assert [(each.what, each.done, each.of) for each in heard] == [
        (Stage.READING, done, len(lines)) for done in (0, len(lines))
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("kata sandi", "until the search index is built"),
        ("petugas:siapa", "is nobody's name"),
        ("status:entah", "no filter"),
        ("dari:2026-10-01", "no filter of an export"),
        ("unit:lain", "no filter of an export"),
    ],
)
def test_what_is_no_filter_of_an_export_gets_one_clear_line(text, says):
    nobody = Names(categories={}, staff={}, teams={})
    with pytest.raises(BadFilterError, match=says) as refused:
        only(text, session=None, desk="uji", names=nobody, today=date(2026, 11, 1), index=None)
    assert "\n" not in str(refused.value)
    assert isinstance(refused.value, ReportError)
