"""Rules as values: when they hold, what they do, and what they leave to the person who decided it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from time import monotonic

import pytest

from tests.tickets.desks import small_desk
from tickets.conditions import NONE, Conditions, Facts, is_pattern
from tickets.rules import Action, Happens, Rule, What, When, asked_about, decide, holds, started_by

TUESDAY = datetime(2026, 10, 6, 3, 0, tzinfo=UTC)  # 10:00 in Jakarta
FACTS = Facts(
    at=TUESDAY,
    calendar=small_desk().calendar,
    channel="whatsapp",
    opened_at=TUESDAY - timedelta(hours=2),
    status="open",
    category="login",
    tags=frozenset({"vip"}),
    holder="budi@example.ac.id",
    language="id",
    clock="first_response",
    unit="Teknik Fisika",
    addresses=("13321001@students.example.ac.id", "+62811"),
    open_tickets=2,
    text="Edunex down?\nKak, servernya TIDAK bisa dibuka sejak pagi (error 502).",
)
OUTAGE = Action(what=What.TAG, value="outage")


def rule(*then, on=Happens.RECEIVED, unless=None, id="satu", **conditions):  # noqa: A002  the word of the file
    return Rule(
        id=id,
        name=id,
        when=When(happens=frozenset({on})),
        conditions=Conditions(**conditions),
        unless=unless,
        then=then or (OUTAGE,),
    )


def looked_up(about):
    """What is known of FACTS after a look at nothing else."""
    known = {name: getattr(FACTS, name) for each in about for name in each.value}
    return Facts(at=FACTS.at, calendar=FACTS.calendar, clock=FACTS.clock, **known)


def did(outcomes):
    return {outcome.rule.id: [str(action) for action in outcome.does] for outcome in outcomes}


@pytest.mark.parametrize(
    ("conditions", "otherwise"),
    [
        ({"channels": {"whatsapp", "email"}}, {"channels": {"email"}}),
        ({"categories": {"login"}}, {"categories": {NONE}}),
        ({"statuses": {"open"}}, {"statuses": {"new", "waiting"}}),
        ({"priorities": {0}}, {"priorities": {1, 2}}),
        ({"tags": {"vip", "outage"}}, {"tags": {"outage"}}),
        ({"teams": {NONE}}, {"teams": {"edunex"}}),
        ({"holders": {"budi@example.ac.id"}}, {"holders": {NONE}}),
        ({"languages": {"id"}}, {"languages": {"en"}}),
        ({"older_than": timedelta(hours=2)}, {"older_than": timedelta(hours=3)}),
        ({"clocks": {"first_response"}}, {"clocks": {"resolution"}}),
        ({"verified": False}, {"verified": True}),
        ({"units": ("fisika",)}, {"units": ("kimia",)}),
        ({"addresses": ("*@students.example.ac.id",)}, {"addresses": ("*@example.com",)}),
        ({"open_tickets": 2}, {"open_tickets": 3}),
        ({"any_words": ("tidak bisa", "mati")}, {"any_words": ("tida", "mati")}),
        ({"all_words": ("edunex", "error 502")}, {"all_words": ("edunex", "error 404")}),
        ({"alike": ("servernya tidak bisa di buka",)}, {"alike": ("nilai belum muncul",)}),
        ({"pattern": r"error\s+5\d\d"}, {"pattern": r"error\s+4\d\d"}),
        ({"hours": True}, {"hours": False}),
        ({"weekdays": {1}}, {"weekdays": {5, 6}}),
        ({"from_on": date(2026, 10, 6), "to_on": date(2026, 10, 6)}, {"to_on": date(2026, 10, 5)}),
    ],
    ids=", ".join,
)
def test_what_a_rule_asks_is_so_or_is_not(conditions, otherwise):
    def asked(values):
        return {name: frozenset(each) if isinstance(each, set) else each for name, each in values.items()}

    def hold(asking):
        assert holds(asking, FACTS) == holds(asking, looked_up(asked_about([asking])))
        return holds(asking, FACTS)

    assert hold(rule(**asked(conditions)))
    assert not hold(rule(**asked(otherwise)))
    assert not hold(rule(unless=Conditions(**asked(conditions))))
    assert hold(rule(unless=Conditions(**asked(otherwise))))


def test_all_that_is_asked_must_be_so():
    assert holds(rule(channels=frozenset({"whatsapp"}), any_words=("edunex",)), FACTS)
    assert not holds(rule(channels=frozenset({"email"}), any_words=("edunex",)), FACTS)


def test_a_pattern_that_would_hang_others_reads_a_long_text_at_once():
    began = monotonic()
    assert not holds(rule(pattern=r"(a+)+$"), replace(FACTS, text="a" * 19_000 + "!"))
    assert monotonic() - began < 1
    assert is_pattern(r"\bNIM\s*\d{8}\b")
    assert not is_pattern(r"(?=a)b")
    assert not is_pattern("(")


def test_only_rules_that_are_on_and_wait_for_it_are_started():
    mine, other = rule(), rule(on=Happens.SOLVED, id="dua")
    assert started_by((mine, other, replace(mine, off=True)), {Happens.RECEIVED}) == (mine,)


def test_what_is_so_already_is_not_done_again():
    (outcome,) = decide(
        [rule(Action(what=What.TAG, value="vip"), OUTAGE, Action(what=What.CATEGORY, value="login"))], FACTS
    )
    assert outcome.does == (OUTAGE,)
    assert decide([rule(Action(what=What.TAG, value="vip"))], FACTS) == ()


def test_what_a_person_decided_is_left_to_them():
    category, holder = Action(what=What.CATEGORY, value="outage"), Action(what=What.HOLDER, value="sari")
    facts = replace(FACTS, settled=frozenset({"category", "tag:outage"}))
    (outcome,) = decide([rule(category, OUTAGE, holder)], facts)
    assert outcome.does == (holder,)
    assert outcome.leaves == (category, OUTAGE)


def test_nobody_is_written_to_who_may_not_be():
    reply = Action(what=What.REPLY, value="reset")
    (outcome,) = decide([rule(reply, OUTAGE)], replace(FACTS, may_be_answered=False))
    assert (outcome.does, outcome.leaves) == ((OUTAGE,), (reply,))


def test_the_earlier_rule_goes_first_and_the_later_one_knows_of_it():
    login, grades = (Action(what=What.CATEGORY, value=value) for value in ("outage", "grades"))
    outcomes = decide(
        [
            rule(login, id="pertama"),
            rule(grades, id="kedua"),
            rule(OUTAGE, id="ketiga", categories=frozenset({"outage"})),
        ],
        FACTS,
    )
    assert did(outcomes) == {"pertama": ["category:outage"], "ketiga": ["tag:outage"]}


def test_the_history_names_what_was_done_by_ids_and_never_by_texts():
    assert str(Action(what=What.NOTE, value="Mohon dicek, kontak marah")) == "note"
    assert str(OUTAGE) == "tag:outage"
