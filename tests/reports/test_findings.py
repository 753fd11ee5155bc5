"""Findings: each rule says its sentence beyond its threshold and is silent below, and never more than the figures bear."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.findings import causes, rules
from reports.findings.rules import findings
from reports.findings.words import lead, sentences, thresholds
from tests.reports.months import DESK, NIGHT, OCTOBER, WORKING, facts, ticket, tickets
from tickets.clocks import FIRST_RESPONSE, RESOLUTION
from tickets.scorecard import Filter, Indicator, Measure, Perspective

LATE = (FIRST_RESPONSE,)


def told(found, topic):
    return [sentences(each, "id") for each in findings(found) if each.topic == topic]


def test_a_month_that_kept_its_promises_says_so_and_nothing_else():
    assert [each.topic for each in findings(facts(tickets(30)))] == ["kept"]
    assert told(facts(tickets(30)), "kept") == [
        "30 respons pertama dan 30 penyelesaian yang jatuh tempo semuanya tepat waktu."
    ]


def test_a_promise_below_its_threshold_is_the_first_thing_said():
    late, kept = tickets(6, late=LATE, holder="rina"), tickets(34, start=7)
    found = facts([*late, *kept])
    assert told(found, "missed") == [
        "Respons pertama: 34 dari 40 yang jatuh tempo tepat waktu (85%), di bawah ambang 90%."
    ]
    assert told(facts([*late[:4], *kept, *tickets(2, start=50)]), "missed") == []  # nine of ten were in time


def test_the_targets_of_the_scorecard_are_its_thresholds():
    target = Indicator(
        id="selesai", names={"id": "Selesai"}, perspective=Perspective.PROCESS, measure=Measure.RESOLUTION_IN_TIME,
        target=0.95, weight=100,
    )  # fmt: skip
    of_mail = replace(target, target=0.5, where={Filter.CHANNEL: "email"})
    found = facts([*tickets(2, late=(RESOLUTION,)), *tickets(28, start=3)])  # 93.3%
    assert told(found, "missed") == []
    desk = replace(DESK, scorecard=(of_mail, target))
    assert told(replace(found, month=replace(found.month, desk=desk)), "missed") == [
        "Penyelesaian: 28 dari 30 yang jatuh tempo tepat waktu (93,3%), di bawah ambang 95%."
    ]
    assert "respons pertama tepat waktu di bawah 90%; penyelesaian di bawah 95%" in thresholds(desk, "id")


def test_few_tickets_are_named_as_such_and_compared_with_nothing():
    found = facts([*tickets(1, late=LATE), *tickets(2, start=2)], before=tickets(3))
    (missed,) = told(found, "missed")
    assert missed.startswith(
        "Respons pertama: 2 dari 3 yang jatuh tempo tepat waktu (66,7%), di bawah ambang 90%."
    )
    assert missed.endswith("Jumlahnya kecil (3); persentasenya perlu dibaca dengan hati-hati.")
    assert not {"more", "fewer", "rose", "fell"} & {each.topic for each in findings(found)}


@pytest.mark.parametrize(
    ("late", "kept", "second_line", "says"),
    [
        ({"at": NIGHT}, {}, (), "Dari 6 yang terlambat, 6 (100%) mulai dihitung di luar jam kerja; dari semua yang jatuh tempo 15%."),
        ({"at": NIGHT}, {"at": NIGHT}, (), None),  # everything came in at night: that says nothing of the late ones
        ({"holder": None}, {}, (), "Pada 6 dari 6 yang terlambat (100%), belum ada petugas yang memegang tiket ketika waktunya habis."),
        ({}, {}, range(1, 7), "Pada 6 dari 6 yang terlambat (100%), tiket berada di lini kedua ketika waktunya habis."),
        ({"category": "jaringan"}, {}, (), "6 dari 6 yang terlambat (100%) berada dalam kategori “jaringan”; dari semua yang jatuh tempo 15%."),
        ({"at": NIGHT.replace(day=12)}, {"at": NIGHT}, (), "6 dari 6 yang terlambat (100%) mulai dihitung pada 12 Oktober 2026; dari semua yang jatuh tempo 15%."),
        ({}, {}, (), None),
    ],
    ids=["outside hours", "all outside hours", "nobody", "second line", "one category", "one day", "nothing"],
)  # fmt: skip
def test_what_late_ones_have_in_common_is_said_where_it_stands_out(late, kept, second_line, says):
    rows = [*tickets(6, late=LATE, **late), *tickets(34, start=7, **kept)]
    said = told(facts(rows, second_line=second_line), "missed")[0].partition("ambang 90%.")[2].strip()
    assert said == (says or "")
    few = [*rows[: causes.LEAST - 1], *rows[6:20]]
    assert (
        told(facts(few, second_line=second_line), "missed")[0].count(".") <= 2
    )  # of four late ones nothing more is said


def test_growth_is_said_of_all_tickets_and_of_categories():
    found = facts(
        [*tickets(40), *tickets(20, start=50, category="jaringan")],
        before=tickets(30),
        year_before=tickets(25),
    )
    assert told(found, "more") == [
        "60 tiket masuk, 100% lebih banyak daripada bulan sebelumnya (30). Pada bulan yang sama tahun sebelumnya: 25."
    ]
    assert told(found, "category") == ["“jaringan”: 20 tiket, sedangkan pada bulan sebelumnya tidak ada."]
    assert told(facts(tickets(30), before=tickets(50)), "fewer") == [
        "30 tiket masuk, 40% lebih sedikit daripada bulan sebelumnya (50)."
    ]
    assert told(facts(tickets(30), before=tickets(26)), "more") == []  # four more are not many


def test_a_change_of_attainment_is_said_with_both():
    worse = [*tickets(3, late=(RESOLUTION,)), *tickets(37, start=4)]
    assert told(facts(worse, before=tickets(40)), "fell") == [
        "Penyelesaian: 92,5% tepat waktu, turun dari 100% pada bulan sebelumnya."
    ]
    assert told(facts(tickets(40), before=worse), "rose") == [
        "Penyelesaian: 100% tepat waktu, naik dari 92,5% pada bulan sebelumnya."
    ]


def test_what_is_still_to_be_done_is_said_with_its_oldest():
    rows = [ticket(9, late=LATE, open_=True), *tickets(30, start=10), ticket(50, category=None)]
    assert told(facts(rows), "overdue") == [
        "1 tiket dari bulan ini masih terbuka dengan janji yang sudah terlewati. Yang terlama #9, sejak 5 Oktober 2026."
    ]
    assert told(facts(rows), "uncategorised") == ["1 dari 32 tiket (3,1%) belum berkategori."]


def test_an_empty_month_says_only_what_could_not_be_read():
    assert findings(facts()) == ()
    assert told(facts(unread=2), "unread")[0].startswith(
        "2 pesan yang masuk pada bulan ini belum dapat diproses."
    )


MONTHS = st.lists(
    st.builds(
        ticket, st.integers(1, 10_000), late=st.sampled_from([(), LATE, (RESOLUTION,), (FIRST_RESPONSE, RESOLUTION)]),
        open_=st.booleans(), at=st.sampled_from([WORKING, NIGHT, OCTOBER.start_at]), cycle=st.integers(1, 2),
        category=st.sampled_from([None, "akun", "<b>{jaringan}"]), holder=st.sampled_from([None, "budi"]),
    ),
    max_size=60,
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(MONTHS, MONTHS, st.integers(0, 3))
def test_whatever_the_month_there_are_at_most_ten_in_order_and_each_can_be_said(rows, before, unread):
    found = findings(facts(rows, before=before, unread=unread))
    weights = [each.weight for each in found]
    assert len(found) <= rules.MOST
    assert weights == sorted(weights, reverse=True)
    assert all(0 <= weight <= 1 for weight in weights)
    for language in ("id", "en"):
        for each in found:
            assert lead(each, language)
            shares = re.findall(r"([\d.,]+)%", sentences(each, language))
            assert all(float(share.replace(",", ".")) <= 100 for share in shares) or each.topic in {
                "more",
                "category",
            }
        assert thresholds(DESK, language)
