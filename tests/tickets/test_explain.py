"""A clock explained: the hours that were counted add up to the promise, and everything that was left out is named."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from templates_replies.explain_phrases import explanation
from tests.tickets.desks import small_desk
from tests.tickets.test_clocks import at, history
from tickets.clocks import FIRST_RESPONSE, RESOLUTION, Happening, derive
from tickets.explain import explain
from tickets.hours import ClosedDay, Span
from tickets.promises import Terms

NAMES = {"staff:rina": "Rina"}


def terms(*, closed: tuple[ClosedDay, ...] = (), **promises: str) -> Terms:
    desk = small_desk()
    spans = {kind: Span.from_text(promise) for kind, promise in promises.items()}
    return replace(
        desk.terms, calendar=replace(desk.calendar, closed=closed), promises={**desk.promises, **spans}
    )


def explained(under: Terms, happenings: list[Happening], *, now: str, kind: str = FIRST_RESPONSE):
    found = explain(happenings, (kind, "", 1), lambda _desk, _revision: under, now=at(now))
    assert found is not None
    return found


def words(under: Terms, happenings: list[Happening], *, now: str, kind: str = FIRST_RESPONSE) -> list[str]:
    found = explained(under, happenings, now=now, kind=kind)
    return explanation("id", found, ticket=7, names=NAMES).splitlines()


def test_the_hours_over_lunch_and_the_night_are_told_by_the_day():
    said = words(terms(first_response="4h operating"), history("Mon 11:00 ticket.opened"), now="Mon 14:00")
    assert said == [
        "Penjelasan batas jawaban pertama tiket #7",
        "Dijanjikan: 4 jam dalam jam layanan, dihitung sejak hari ini pukul 11.00 WIB.",
        "Batas: hari ini pukul 16.00 WIB.",
        "Yang dihitung:",
        "- Senin, 5 Oktober 2026: 11.00-12.00, 13.00-16.00 (4 jam)",
        "Sampai sekarang terpakai 2 jam, sisa 2 jam.",
    ]


def test_a_holiday_between_is_named():
    under = terms(closed=(ClosedDay(date(2026, 10, 6), "Dies Natalis"),))
    said = words(under, history("Mon 15:50 ticket.opened"), now="Wed 09:00")
    assert "- Selasa, 6 Oktober 2026: Dies Natalis" in said
    assert said[-1] == "Terlambat 55 menit."


def test_days_are_told_as_days_and_the_note_of_an_exception_stands_beside_them():
    said = words(
        terms(resolution="1d operating"), history("Fri 10:00 ticket.opened"), now="Fri 11:00", kind=RESOLUTION
    )
    assert said[1] == "Dijanjikan: 1 hari kerja, dihitung sejak hari ini pukul 10.00 WIB."
    assert said[2] == "Batas: Senin, 12 Oktober 2026 pukul 10.00 WIB."


def test_a_pause_is_left_out_and_while_it_lasts_the_due_time_is_open():
    lines = ["Mon 09:00 ticket.opened", "Mon 10:00 ticket.waiting"]
    said = words(terms(resolution="4h operating"), history(*lines), now="Mon 11:00", kind=RESOLUTION)
    assert "Batas: belum tentu, karena hitungan sedang dijeda." in said
    assert "- sejak hari ini pukul 10.00 WIB, masih berlangsung" in said
    assert said[-1] == "Terpakai 1 jam, sisa 3 jam dihitung lagi setelah pengirim menulis."
    lines.append("Mon 11:30 ticket.resumed")
    said = words(terms(resolution="4h operating"), history(*lines), now="Mon 11:30", kind=RESOLUTION)
    assert "- hari ini pukul 10.00 WIB sampai hari ini pukul 11.30 WIB" in said
    assert "Batas: hari ini pukul 15.30 WIB." in said
    assert "- Senin, 5 Oktober 2026: 09.00-10.00, 11.30-12.00, 13.00-15.30 (4 jam)" in said


def test_an_extension_is_told_with_who_gave_it_and_why():
    given_at = Happening(
        kind="clock.extended", at=at("Mon 09:05"), actor="staff:rina",
        data={"clock": FIRST_RESPONSE, "about": "", "cycle": 1, "due_at": at("Mon 11:00").isoformat(),
              "reason": "menunggu data\ndari fakultas"},
    )  # fmt: skip
    said = words(terms(), [*history("Mon 09:00 ticket.opened"), given_at], now="Mon 10:00")
    assert said[-2] == (
        "Diperpanjang hari ini pukul 09.05 WIB oleh Rina, dari hari ini pukul 09.15 WIB menjadi "
        "hari ini pukul 11.00 WIB. Alasan: menunggu data dari fakultas"
    )
    assert said[-1] == "Sampai sekarang terpakai 1 jam, sisa 1 jam."


def test_a_changed_promise_is_told_with_what_changed_it():
    urgent = replace(terms(), promises={**terms().promises, FIRST_RESPONSE: Span.parse("1h")})
    changed = Happening(kind="ticket.repromised", at=at("Mon 09:05"), data={"revision": 2, "why": "priority"})
    found = explain(
        [*history("Mon 09:00 ticket.opened"), changed], (FIRST_RESPONSE, "", 1),
        lambda _desk, revision: urgent if revision == 2 else terms(), now=at("Mon 09:30"),
    )  # fmt: skip
    assert found is not None
    assert (found.changes[0].promise_before, found.changes[0].promise_after) == ("15m", "1h")
    assert "because the priority changed" in explanation("en", found, ticket=7, names={})


def test_an_answer_that_finally_failed_was_none():
    lines = ("Mon 09:00 ticket.opened", "Mon 09:05 message.answered m1", "Mon 09:06 delivery.failed m1")
    assert explained(terms(), history(*lines), now="Mon 09:10").met_at is None


def test_a_late_answer_says_how_late():
    said = words(
        terms(), history("Mon 09:00 ticket.opened", "Mon 09:45 message.answered m1"), now="Mon 10:00"
    )
    assert said[-1] == "Terpenuhi hari ini pukul 09.45 WIB, terlambat 30 menit, setelah 45 menit."


def test_a_clock_that_the_ticket_does_not_have_has_no_explanation():
    assert explain([], (FIRST_RESPONSE, "", 1), lambda _d, _r: terms(), now=at("Mon 09:00")) is None


def test_of_many_days_the_first_and_the_last_are_told():
    said = words(
        terms(resolution="140h operating"),
        history("Mon 08:00 ticket.opened"),
        now="Mon 08:00",
        kind=RESOLUTION,
    )
    assert len([line for line in said if line.startswith("- ")]) == 11
    assert "- … 10 hari lagi (70 jam) …" in said


minutes = st.integers(1, 3 * 24 * 60)


@settings(max_examples=80, deadline=None)
@given(
    st.sampled_from(["15m operating", "7h operating", "20h operating", "24h calendar"]),
    st.lists(minutes, max_size=6).map(sorted),
    st.integers(0, 10 * 24 * 60),
)
def test_what_is_counted_adds_up_to_the_promise_whatever_paused_it(promise, moments, until):
    """With an odd number of moves the clock is paused: then what is counted is what was used."""
    start = at("Mon 07:00")
    kinds = ["ticket.waiting", "ticket.resumed"] * 3
    moves = [
        Happening(kind=kind, at=start + timedelta(minutes=each), data={"revision": 1})
        for kind, each in zip(kinds, moments, strict=False)
    ]
    opened = Happening(kind="ticket.opened", at=start, data={"revision": 1})
    now = max([start + timedelta(minutes=until), *(move.at for move in moves)])
    under = terms(resolution=promise)
    found = explain([opened, *moves], (RESOLUTION, "", 1), lambda _d, _r: under, now=now)
    assert found is not None
    (state,) = [each for each in derive([opened, *moves], lambda _d, _r: under) if each.kind == RESOLUTION]
    length = sum((each.end - each.start for each in found.counted), timedelta())
    assert found.due_at == state.due_at
    if found.paused_at is None and not any(pause.start >= found.due_at for pause in found.pauses):
        assert length == found.length
    if found.paused_at is not None and found.paused_at <= found.due_at:
        assert length == found.used
        assert found.used + found.left == found.length


def test_instants_are_local_to_the_desk():
    found = explained(terms(), history("Mon 09:00 ticket.opened"), now="Mon 09:00")
    assert found.started_at.isoformat() == "2026-10-05T09:00:00+07:00"
    assert isinstance(found.counted[0].start, datetime)


@pytest.mark.parametrize("language", ["id", "en"])
def test_an_explanation_has_no_holes_in_either_language(language):
    lines = ("Mon 09:00 ticket.opened", "Mon 10:00 ticket.waiting", "Mon 11:30 ticket.resumed")
    found = explained(terms(), history(*lines), now="Mon 12:00", kind=RESOLUTION)
    said = explanation(language, found, ticket=7, names={})
    assert "{" not in said
    assert len(said.splitlines()) >= 5
