"""Messages and clocks by filter: of the tickets that are meant, as the month tells of them, and numbers masked."""

import csv
import io
import json
from datetime import date

import pytest

from reports.errors import ReportError
from reports.filtered import BadFilterError, conditions
from reports.measures import names_of
from reports.records import KEYS, Asked, export_records
from reports.rows import Names
from tests.reports.october import CATEGORIES, STAFF, tell_october
from tests.tickets.desks import BUDI
from tickets.actions import tagging
from tickets.desk import DeskNow

OCTOBER = {"first_on": date(2026, 10, 1), "last_on": date(2026, 10, 31)}


@pytest.fixture
def told(ledger):
    return tell_october(ledger, "Asia/Jayapura")


def meant(told, text):
    names = names_of(told.desk, category_names=CATEGORIES, staff_names=STAFF)
    return conditions(text, names=names, today=date(2026, 11, 1))


def exported(told, what, only="", form="jsonl", **options):
    stream = io.BytesIO()
    asked = Asked(what=what, format=form, conditions=meant(told, only), **(OCTOBER | options))
    with told.ledger.reading() as session:
        count = export_records(session, asked, stream, desk=told.desk, now=told.noon_after)
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
    clocks = exported(told, "clocks")
    promises = [(row.number, one) for row in report.rows for one in row.promises]
    assert sorted(
        (line["ticket"], line["kind"], line["cycle"], line["outcome"]) for line in clocks
    ) == sorted((number, one.kind, one.cycle, str(one.outcome)) for number, one in promises)
    assert {line["late_minutes"] for line in clocks if line["ticket"] == 3} == {5.0, None}
    messages = exported(told, "messages")
    assert sum(line["direction"] == "in" for line in messages) == report.messages_in
    assert sum(line["direction"] == "out" for line in messages) == report.messages_out
    assert tuple(messages[0]) == KEYS["messages"]
    assert messages[0]["at"] == "2026-10-01T00:00:00+09:00"
    table = exported(told, "messages", form="csv")
    assert [line["id"] for line in table] == [str(line["id"]) for line in messages]
    assert exported(told, "cases") == []
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
    for only, numbers in of_ticket.items():
        assert {line["ticket"] for line in exported(told, "messages", only)} == numbers, only


def test_numbers_of_people_are_written_out_only_where_that_is_asked_for(told):
    masked, shown = (exported(told, "messages", identities=each)[0] for each in (False, True))
    assert shown["sender_address"] == "+62811Bea"
    assert masked["sender_address"] == "******Bea"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("kata sandi", "no words"),
        ("petugas:siapa", "is nobody's name"),
        ("status:entah", "no filter"),
        ("lampiran:*", "no filter of an export"),
    ],
)
def test_what_is_no_filter_of_an_export_gets_one_clear_line(text, says):
    nobody = Names(categories={}, staff={}, teams={})
    with pytest.raises(BadFilterError, match=says) as refused:
        conditions(text, names=nobody, today=date(2026, 11, 1))
    assert "\n" not in str(refused.value)
    assert isinstance(refused.value, ReportError)
