"""Promises that change under way: another policy, category, priority or desk, more time, a second line, spam taken back."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tickets.desks import BUDI, MONDAY, RINA, open_desk, small_desk, whatsapp
from tickets import intake, revisions
from tickets.actions import answering, handling, promises
from tickets.actions.answering import Words
from tickets.actions.errors import NotAllowedError, RuleError, UnknownValueError
from tickets.clocks import FIRST_RESPONSE, RESOLUTION, SECOND_LINE, Happening, derive, fold
from tickets.desk import DeskNow
from tickets.hours import Span
from tickets.ledger import events
from tickets.placing import Reading
from tickets.promises import Special, Terms
from tickets.sweep import sweep

URGENT = 2
PLAIN = small_desk().terms
# Revision 2 promises less time, 3 more, 4 nothing at all for the solution, 5 by category and priority.
SHORT, LONG = Span.parse("4h", "calendar"), Span.parse("3d", "calendar")
TERMS = {
    1: PLAIN,
    2: Terms(calendar=PLAIN.calendar, promises=PLAIN.promises | {RESOLUTION: SHORT}, warn_at=0.8),
    3: Terms(calendar=PLAIN.calendar, promises=PLAIN.promises | {RESOLUTION: LONG}, warn_at=0.8),
    4: Terms(
        calendar=PLAIN.calendar, promises={FIRST_RESPONSE: PLAIN.promises[FIRST_RESPONSE]}, warn_at=None
    ),
    5: Terms(
        calendar=PLAIN.calendar,
        promises=PLAIN.promises,
        warn_at=0.8,
        special=(
            Special(priorities=frozenset({URGENT}), promises={FIRST_RESPONSE: Span.parse("5m")}),
            Special(
                categories=frozenset({"login"}),
                promises={RESOLUTION: SHORT, FIRST_RESPONSE: Span.parse("1h")},
            ),
        ),
    ),
}
EIGHT = datetime(2026, 10, 5, 1, 0, tzinfo=UTC)  # Monday, 08:00 in Jakarta


def terms_of(_desk, revision):
    return TERMS[revision]


def at(hours: float) -> datetime:
    """So many hours after Monday, 08:00."""
    return EIGHT + timedelta(hours=hours)


def event(
    hours: float, kind: str, *, subject: str | None = None, actor: str | None = None, **data
) -> Happening:
    return Happening(
        kind=kind, at=at(hours), desk="uji", subject=subject, actor=actor, data={"revision": 1, **data}
    )


def clock(kind: str, *happenings: Happening, cycle: int = -1):
    return [state for state in derive(happenings, terms_of) if state.kind == kind][cycle]


OPENED = event(0, "ticket.opened")


def test_a_shorter_promise_counts_from_the_start_but_breaks_nothing_before_it_held():
    in_time = clock(RESOLUTION, OPENED, event(1, "ticket.repromised", revision=2))
    assert (in_time.due_at, in_time.revision, in_time.promise) == (at(4), 2, SHORT)
    too_late = clock(RESOLUTION, OPENED, event(10, "ticket.repromised", revision=2))
    assert (too_late.due_at, too_late.breached_at) == (at(10), None)


def test_a_longer_promise_moves_the_end_with_the_pauses_that_were_and_warns_anew():
    lines = (
        OPENED,
        event(1, "ticket.waiting"),
        event(6, "ticket.resumed"),
        event(20, "clock.warned", clock=RESOLUTION, cycle=1),
    )
    before = clock(RESOLUTION, *lines)
    assert (before.due_at, before.warned_at) == (at(29), at(20))
    after = clock(RESOLUTION, *lines, event(22, "ticket.repromised", revision=3))
    assert (after.due_at, after.warned_at) == (at(72 + 5), None)


def test_a_change_while_the_ticket_waits_holds_once_it_goes_on():
    lines = (OPENED, event(1, "ticket.waiting"), event(2, "ticket.repromised", revision=2))
    assert clock(RESOLUTION, *lines).acts_at is None
    assert clock(RESOLUTION, *lines, event(11, "ticket.resumed")).due_at == at(14)


def test_what_is_broken_stays_broken_under_another_promise():
    state = clock(RESOLUTION, OPENED, event(30, "ticket.repromised", revision=3), event(31, "ticket.solved"))
    assert (state.due_at, state.breached_at) == (at(24), at(24))


def test_a_promise_that_is_given_up_ends_its_clock_unbroken():
    state = clock(RESOLUTION, OPENED, event(2, "ticket.repromised", revision=4))
    assert (state.ended_at, state.breached_at, state.acts_at) == (at(2), None, None)


@pytest.mark.parametrize(
    ("data", "first_response", "resolution"),
    [
        ({}, timedelta(minutes=15), timedelta(hours=24)),
        ({"category": "login"}, timedelta(hours=1), timedelta(hours=4)),
        ({"priority": URGENT}, timedelta(minutes=5), timedelta(hours=24)),
        ({"category": "login", "priority": URGENT}, timedelta(minutes=5), timedelta(hours=4)),
        ({"category": "password", "priority": 1}, timedelta(minutes=15), timedelta(hours=24)),
    ],
)
def test_promises_differ_by_category_and_priority_and_the_first_in_the_list_wins(
    data, first_response, resolution
):
    opened = event(0, "ticket.opened", revision=5, **data)
    assert clock(FIRST_RESPONSE, opened).due_at - at(0) == first_response
    assert clock(RESOLUTION, opened).due_at - at(0) == resolution


def extended(hours: float, until: float) -> Happening:
    return event(
        hours,
        "clock.extended",
        clock=RESOLUTION,
        cycle=1,
        due_at=at(until).isoformat(),
        reason="server rusak",
    )


def test_more_time_moves_the_end_and_is_warned_of_and_broken_anew():
    state = clock(RESOLUTION, OPENED, extended(20, 40))
    assert (state.due_at, state.warn_at, state.breached_at) == (at(40), at(36), None)
    late = clock(RESOLUTION, OPENED, extended(20, 40), event(41, "ticket.solved"))
    assert late.breached_at == at(40)


def test_more_time_after_the_breach_mends_nothing_and_is_told_when_it_runs_out_too():
    broken = (OPENED, Happening(kind="clock.breached", at=at(24), data={"clock": RESOLUTION, "cycle": 1}))
    assert clock(RESOLUTION, *broken).acts_at is None
    more = (*broken, extended(25, 40))
    assert clock(RESOLUTION, *more).acts_at == at(37)
    assert clock(RESOLUTION, *more, event(30, "ticket.solved")).breached_at == at(24)
    again = Happening(kind="clock.breached", at=at(40), data={"clock": RESOLUTION, "cycle": 1})
    state = clock(RESOLUTION, *more, again)
    assert (state.breached_at, state.lapsed_at, state.acts_at) == (at(24), at(40), None)


def test_a_supervisor_s_word_stands_above_a_new_policy():
    assert clock(RESOLUTION, OPENED, extended(2, 40), event(3, "ticket.repromised", revision=2)).due_at == at(
        40
    )


def test_spam_taken_back_runs_on_as_if_it_had_never_been_spam():
    spam = (OPENED, event(3, "ticket.spam"))
    assert clock(RESOLUTION, *spam).ended_at == at(3)
    state = clock(RESOLUTION, *spam, event(9, "ticket.restored", gone_at=at(3).isoformat()))
    assert (state.ended_at, state.due_at, state.running) == (None, at(24), True)


def test_a_ticket_that_waited_when_it_was_called_spam_waits_on_when_that_is_taken_back():
    lines = (
        OPENED,
        event(1, "ticket.waiting"),
        event(3, "ticket.spam"),
        event(9, "ticket.restored", gone_at=at(3).isoformat()),
    )
    assert clock(RESOLUTION, *lines).paused_at == at(1)
    assert clock(RESOLUTION, *lines, event(11, "ticket.resumed")).due_at == at(34)


def escalated(hours: float, team: str, within: str = "1d") -> Happening:
    return event(
        hours, "ticket.escalated", team=team, promise={"within": within, "counts": "operating"}
    )  # fmt: skip


def test_the_second_line_has_a_clock_of_its_own_and_the_first_line_s_run_on():
    state = clock(SECOND_LINE, OPENED, escalated(1, "edunex"))
    assert (state.subject, state.due_at) == ("edunex", at(25))
    assert clock(RESOLUTION, OPENED, escalated(1, "edunex")).due_at == at(24)
    back = clock(SECOND_LINE, OPENED, escalated(1, "edunex"), event(5, "ticket.returned"))
    assert (back.met_at, back.breached_at) == (at(5), None)


def test_handed_on_to_another_team_the_first_team_s_clock_ends_and_the_other_s_begins():
    states = [
        state
        for state in derive((OPENED, escalated(1, "edunex"), escalated(2, "jaringan")), terms_of)
        if state.kind == SECOND_LINE
    ]
    assert [(state.subject, state.ended_at, state.running) for state in states] == [
        ("edunex", at(2), False),
        ("jaringan", None, True),
    ]
    again = derive(
        (OPENED, escalated(1, "edunex"), event(2, "ticket.returned"), escalated(3, "edunex")), terms_of
    )
    assert [state.cycle for state in again if state.kind == SECOND_LINE] == [1, 2]


def test_a_team_that_promises_nothing_has_no_clock():
    lines = (OPENED, event(1, "ticket.escalated", team="edunex"))
    assert [state for state in derive(lines, terms_of) if state.kind == SECOND_LINE] == []


KINDS = (
    "message.answered", "ticket.waiting", "ticket.resumed", "ticket.solved", "ticket.reopened", "ticket.spam",
    "ticket.restored", "ticket.repromised", "clock.extended", "clock.breached", "clock.warned", "clock.acknowledged",
    "ticket.escalated", "ticket.returned",
)  # fmt: skip


@st.composite
def histories(draw):
    hours, gone = 0.0, at(0)
    found = [event(0, "ticket.opened", revision=draw(st.sampled_from([1, 5])))]
    for number, kind in enumerate(draw(st.lists(st.sampled_from(KINDS), max_size=25))):
        hours += draw(st.integers(0, 60 * 30)) / 60
        data = {"revision": draw(st.integers(1, 5)), "category": draw(st.sampled_from([None, "login"]))}
        data |= {"clock": RESOLUTION, "cycle": draw(st.integers(1, 2)), "team": "edunex"}
        data |= {"due_at": at(hours + draw(st.integers(1, 50))).isoformat(), "gone_at": gone.isoformat()}
        data |= {
            "promise": {"within": "1d", "counts": "operating"},
            "priority": draw(st.sampled_from([0, URGENT])),
        }
        found.append(event(hours, kind, subject=str(number), actor="staff:rina", **data))
        gone = at(hours) if kind == "ticket.spam" else gone
    return found


@given(histories())
def test_whatever_happens_folding_one_by_one_equals_deriving_from_the_whole(happenings):
    states = ()
    for happening in happenings:
        states = fold(states, happening, terms_of)
    assert states == derive(happenings, terms_of)


@given(histories())
def test_whatever_happens_a_clock_stays_sound(happenings):
    for state in derive(happenings, terms_of):
        assert state.started_at <= state.due_at
        ends = [instant for pause in state.pauses for instant in pause if instant is not None]
        assert ends == sorted(ends)  # pauses follow each other and do not overlap
        assert all(pause.end is not None for pause in state.pauses[:-1])
        if state.acts_at is not None:
            assert state.running
            assert state.acts_at <= state.due_at


# -- the acts, in the ledger --------------------------------------------------------------------------------------------


class House:
    """A desk with one open ticket, whose policy can be changed."""

    def __init__(self, ledger, desk: DeskNow) -> None:
        self.ledger, self.desk = ledger, desk
        ledger.write_blocking(
            lambda tx: intake.take_in(
                tx, whatsapp("lupa sandi", sid="SM1"), desk=desk, reading=Reading(), files=(), at=MONDAY
            )
        )

    def clock(self, kind: str):
        states = self.ledger.write_blocking(lambda tx: events.clocks_of(tx, 1))
        return [state for state in states if state.kind == kind][-1]

    def kinds(self) -> list[str]:
        return [each.kind for each in self.ledger.write_blocking(lambda tx: events.since(tx, 0, most=1000))]

    def promises(self, terms: Terms, **special) -> DeskNow:
        """Let the desk promise something else from now on."""
        number = self.ledger.write_blocking(
            lambda tx: revisions.save(tx, desk="uji", files={}, terms=terms, by="form", at=MONDAY)
        )
        fields = {**vars(self.desk.desk), "promises": terms.promises, "special": terms.special}
        self.desk = DeskNow(
            desk=type(self.desk.desk)(**fields), revision=number, categories=self.desk.categories
        )
        return self.desk


@pytest.fixture
def house(ledger) -> House:
    return House(ledger, open_desk(ledger))


def test_another_category_brings_its_own_promise_and_the_history_says_so(house):
    desk = house.promises(TERMS[5])
    house.ledger.write_blocking(
        lambda tx: handling.categorise(
            tx, 1, "password", desk=desk, by=BUDI, at=MONDAY + timedelta(minutes=5)
        )
    )
    assert "ticket.repromised" not in house.kinds()[-1:]
    house.ledger.write_blocking(
        lambda tx: handling.categorise(tx, 1, "login", desk=desk, by=BUDI, at=MONDAY + timedelta(minutes=6))
    )
    assert house.kinds()[-1] == "ticket.repromised"
    assert house.clock(RESOLUTION).due_at == MONDAY + timedelta(hours=4)
    assert house.clock(FIRST_RESPONSE).due_at == MONDAY + timedelta(hours=1)


def test_more_time_is_a_supervisor_s_to_give_and_needs_a_reason_and_a_later_end(house):
    key, later = (RESOLUTION, "", 1), MONDAY + timedelta(hours=48)

    def extend(by, due_at, reason):
        return house.ledger.write_blocking(
            lambda tx: promises.extend(
                tx, 1, key, due_at, reason=reason, by=by, at=MONDAY + timedelta(hours=1)
            )
        )

    with pytest.raises(NotAllowedError):
        extend(BUDI, later, "menunggu vendor")
    with pytest.raises(UnknownValueError):
        extend(RINA, later, "  ")
    with pytest.raises(UnknownValueError):
        extend(RINA, MONDAY + timedelta(hours=20), "menunggu vendor")
    assert extend(RINA, later, "menunggu vendor").due_at == later
    house.ledger.write_blocking(lambda tx: sweep(tx, now=later + timedelta(seconds=1)))
    assert house.clock(RESOLUTION).breached_at == later


def test_the_first_supervisor_to_acknowledge_stays_named(house):
    at_nine = MONDAY + timedelta(hours=30)
    house.ledger.write_blocking(lambda tx: sweep(tx, now=at_nine))
    for by in (RINA, RINA):
        state = house.ledger.write_blocking(
            lambda tx, by=by: promises.acknowledge(tx, 1, (RESOLUTION, "", 1), by=by, at=at_nine)
        )
        assert state.acknowledged_by == RINA.key
    assert house.kinds().count("clock.acknowledged") == 1


def test_a_clock_that_is_over_can_be_given_no_time(house):
    house.ledger.write_blocking(
        lambda tx: answering.answer(tx, 1, Words(text="Baik."), by=BUDI, at=MONDAY + timedelta(minutes=5))
    )
    with pytest.raises(RuleError):
        house.ledger.write_blocking(
            lambda tx: promises.extend(
                tx, 1, (FIRST_RESPONSE, "", 1), MONDAY + timedelta(hours=9), reason="x", by=RINA, at=MONDAY
            )
        )
