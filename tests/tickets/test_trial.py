"""Rules tried over what has happened already: the same decisions, beside what people really did."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.tickets.desks import BUDI, MONDAY, small_desk
from tickets.conditions import Conditions
from tickets.hours import Span
from tickets.ledger.events import Recorded
from tickets.rules import Action, Happens, Lasts, Rule, What, When
from tickets.trial import Course, Reality, SaidThen, summed_up, try_out

CALENDAR = small_desk().calendar
END = MONDAY + timedelta(days=20)
TAG = Action(what=What.TAG, value="gangguan")
LOGIN = Action(what=What.CATEGORY, value="login")


def rule(*then, when=None, off=False, id="satu", **conditions):  # noqa: A002  the word of the file
    when = when or When(happens=frozenset({Happens.RECEIVED}))
    return Rule(id=id, name=id, when=when, conditions=Conditions(**conditions), then=then, off=off)


def course(*happened, text="Edunex mati", **fields):
    """A ticket opened on Monday at nine; further events as (minutes later, kind, actor, data)."""
    opened = (0, "ticket.opened", "contact", {"channel": "whatsapp"})
    received = (0, "message.received", "contact", {"asks": True})
    events = [
        Recorded(
            id=index, at=MONDAY + timedelta(minutes=after), desk="uji", ticket=7, kind=kind,
            subject="1" if kind == "message.received" else None, actor=actor, data=data,
        )
        for index, (after, kind, actor, data) in enumerate((opened, received, *happened))
    ]  # fmt: skip
    return Course(number=7, events=events, said=(SaidThen(id=1, at=MONDAY, text=text),), **fields)


def tried(rules, on, *, first=MONDAY, end=END):
    found = try_out(rules, on, calendar=CALENDAR, first=first, end=end)
    return [(each.outcome.rule.id, each.at, [str(action) for action in each.outcome.does]) for each in found]


def test_a_rule_would_have_done_it_when_the_message_came():
    rules = [rule(TAG, any_words=("edunex",))]
    assert tried(rules, course()) == [("satu", MONDAY, ["tag:gangguan"])]
    assert tried(rules, course(text="nilai saya belum muncul")) == []


@pytest.mark.parametrize("settled", [(5, "ticket.moved", "bot", {}), (5, "ticket.woken", "contact", {})])
def test_what_waits_for_the_choice_of_a_desk_starts_rules_when_that_is_settled(settled):
    rules = [
        rule(TAG, any_words=("edunex",), when=When(happens=frozenset({Happens.OPENED, Happens.RECEIVED})))
    ]
    waiting = course(settled, (9, "ticket.moved", BUDI.key, {}))
    opened, *others = waiting.events
    waiting = replace(waiting, events=[replace(opened, data=opened.data | {"held": True}), *others])
    pressed = SaidThen(id=2, at=MONDAY + timedelta(minutes=5), text="Studio", pressed=True)
    settled_at = MONDAY + timedelta(minutes=5)
    expected = [("satu", settled_at, ["tag:gangguan"])]
    assert tried(rules, replace(waiting, said=(*waiting.said, pressed))) == expected


def test_only_what_happened_in_the_time_asked_for_counts():
    assert tried([rule(TAG)], course(), first=MONDAY + timedelta(days=1)) == []
    assert tried([rule(TAG)], course(), end=MONDAY) == []


def test_what_rules_did_then_is_left_out_and_done_again_in_thought():
    done = (1, "ticket.tagged", "system:rule-satu", {"tag": "gangguan"})
    assert len(tried([rule(TAG)], course(done))) == 1


def test_what_a_rule_changes_is_so_for_the_rules_of_later_events():
    first = rule(TAG)
    second = rule(
        LOGIN, id="dua", when=When(happens=frozenset({Happens.SOLVED})), tags=frozenset({"gangguan"})
    )
    solved = (60, "ticket.solved", BUDI.key, {})
    assert [name for name, _, _ in tried([first, second], course(solved))] == ["satu", "dua"]
    assert [name for name, _, _ in tried([second], course(solved))] == []


def test_a_rule_that_is_off_is_tried_for_itself_and_changes_nothing_for_the_others():
    first = rule(TAG, off=True)
    second = rule(LOGIN, id="dua", tags=frozenset({"gangguan"}))
    assert [name for name, _, _ in tried([first, second], course())] == ["satu"]


def test_a_length_fires_once_at_its_instant_and_not_if_it_ended_before():
    rules = [rule(TAG, when=When(lasts=Lasts.WAITING, span=Span.parse("3d", "calendar")))]
    waiting = (10, "ticket.waiting", BUDI.key, {})
    due_at = MONDAY + timedelta(minutes=10, days=3)
    assert tried(rules, course(waiting)) == [("satu", due_at, ["tag:gangguan"])]
    assert tried(rules, course(waiting), end=due_at) == []
    assert tried(rules, course(waiting, (60, "ticket.resumed", "contact", {}))) == []


def test_what_a_person_had_decided_by_then_is_counted_as_left_to_them():
    by_person = (0, "ticket.categorised", BUDI.key, {"category": "grades"})
    answered = (5, "message.answered", BUDI.key, {})
    rules = [rule(LOGIN, when=When(happens=frozenset({Happens.ANSWERED})))]
    found = try_out(rules, course(by_person, answered), calendar=CALENDAR, first=MONDAY, end=END)
    (counted,) = summed_up(rules, found)
    assert (counted.times, counted.left, dict(counted.would_do)) == (1, 1, {})


def test_it_is_compared_with_what_people_really_did():
    rules = [rule(LOGIN, TAG)]

    def reality(*events):
        found = try_out(rules, course(*events), calendar=CALENDAR, first=MONDAY, end=END)
        return dict(summed_up(rules, found)[0].reality)

    def later(kind, **data):
        return (30, f"ticket.{kind}", BUDI.key, data)

    assert reality() == {Reality.UNDECIDED: 2}
    assert reality(later("categorised", category="login"), later("tagged", tag="gangguan")) == {
        Reality.AGREED: 2
    }
    assert reality(later("categorised", category="grades"), later("untagged", tag="gangguan")) == {
        Reality.DIFFERED: 2
    }


def test_each_rule_is_summed_up_with_the_newest_samples():
    rules = [rule(TAG, when=When(happens=frozenset({Happens.ANSWERED}))), rule(LOGIN, id="dua", off=True)]
    untag = "ticket.untagged"
    on = course(
        (1, "message.answered", BUDI.key, {}), (2, untag, "bot", {"tag": "gangguan"}),
        (3, "message.answered", BUDI.key, {}),
    )  # fmt: skip
    found = try_out(rules, on, calendar=CALENDAR, first=MONDAY, end=END)
    first, second = summed_up(rules, found, samples=1)
    assert (first.times, first.tickets, dict(first.would_do)) == (2, 1, {"tag:gangguan": 2})
    assert [sample.at for sample in first.samples] == [MONDAY + timedelta(minutes=3)]
    assert second.times == 1
