"""The month that the demo replays looks like one at the desk it is replayed at."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.demo.sample_month import RETURNS_AFTER, sample_month
from bot.demo.sample_values import Action
from bot.desk_files import load_desk
from bot.identity import read_identity
from templates_replies.catalogue import AutoReply
from tickets import hours
from tickets.message import Author, Channel

UNTIL = datetime(2026, 11, 21, 4, 30, tzinfo=UTC)
FOLDER = Path(__file__).parents[3] / "desks" / "itb-care-center"


@pytest.fixture(scope="module")
def desk():
    return load_desk(FOLDER, {})


@pytest.fixture(scope="module")
def month(desk):
    return sample_month(until=UNTIL, seed=7, calendar=desk.desk.calendar)


def turns(month):
    return [turn for conversation in month for turn in conversation.turns]


def first_answer(conversation):
    return next(
        (turn for turn in conversation.turns if turn.who is Author.AGENT and turn.action is Action.REPLY),
        None,
    )


def has(conversation, action):
    return any(turn.action is action for turn in conversation.turns)


def test_everybody_and_everything_named_exists_at_the_desk(month, desk):
    staff = {member.id: member.role for member in desk.desk.staff}
    categories = {category.id for category in desk.catalogue.categories}
    for turn in turns(month):
        assert (turn.agent in staff) is (turn.who is Author.AGENT)
        if turn.action is Action.CATEGORISE:
            assert turn.value in categories
        if turn.action is Action.ASSIGN:
            assert turn.value in staff
        if turn.action is Action.ESCALATE:
            assert turn.value is None or desk.desk.team(turn.value)
        if turn.action is Action.VERIFY:
            assert staff[turn.agent] == "supervisor"


def test_every_category_of_the_desk_has_something_to_ask(desk):
    asked = set()
    for seed in range(8):
        for conversation in sample_month(until=UNTIL, seed=seed):
            asked |= {turn.value for turn in conversation.turns if turn.action is Action.CATEGORISE}
    assert asked == {category.id for category in desk.catalogue.categories}


def test_the_bot_helps_only_where_the_desk_lets_it_answer(desk):
    for seed in range(4):
        for conversation in sample_month(until=UNTIL, seed=seed):
            if any(turn.who is Author.BOT and turn.action is Action.CLOSE for turn in conversation.turns):
                said = {turn.value for turn in conversation.turns if turn.action is Action.CATEGORISE}
                assert all(desk.catalogue.category(category).auto is AutoReply.SEND for category in said)


def test_the_known_people_stand_in_the_directory(month):
    rows = [line.split(",") for line in (FOLDER / "people.csv").read_text(encoding="utf-8").splitlines()[1:]]
    directory = {row[0]: row[1] for row in rows}
    identities = [conversation.contact.identity for conversation in month if conversation.contact.identity]
    known = [identity for identity in identities if identity.number in directory]
    assert len(known) >= 10
    assert all(directory[identity.number] == identity.name for identity in known)


def test_the_same_seed_tells_the_same_month(month, desk):
    assert sample_month(until=UNTIL, seed=7, calendar=desk.desk.calendar) == month
    assert sample_month(until=UNTIL, seed=8, calendar=desk.desk.calendar) != month


def test_the_month_has_its_size_and_every_channel(month):
    assert 215 <= len(month) <= 225
    channels = Counter(conversation.channel for conversation in month)
    assert set(channels) == set(Channel)
    assert channels[Channel.WHATSAPP] > channels[Channel.EMAIL] > channels[Channel.OTHER]


def test_texts_differ_and_none_has_a_gap(month):
    openings = {conversation.turns[0].text for conversation in month}
    assert len(openings) >= 200
    spoken = [
        turn
        for turn in turns(month)
        if turn.who is Author.CONTACT or turn.action in {Action.REPLY, Action.NOTE}
    ]
    assert all(turn.text.strip() and "{" not in turn.text for turn in spoken)
    assert all(
        (conversation.subject is not None) is (conversation.channel is Channel.EMAIL)
        for conversation in month
    )
    assert not any(conversation.subject and "{" in conversation.subject for conversation in month)


def test_most_messages_come_while_the_desk_works_and_some_at_night_and_on_sundays(month, desk):
    calendar = desk.desk.calendar
    starts = [conversation.turns[0].at for conversation in month]
    inside = sum(hours.is_open(calendar, at) for at in starts)
    assert 0.65 <= inside / len(starts) <= 0.92
    local = [at.astimezone(calendar.tz) for at in starts]
    assert any(at.hour >= 20 or at.hour < 2 for at in local)
    assert any(at.weekday() == 6 for at in local)


def test_one_morning_half_the_campus_writes_at_once(month):
    per_hour = Counter(conversation.turns[0].at.replace(minute=0, second=0) for conversation in month)
    assert max(per_hour.values()) >= 6


def test_most_are_answered_in_time_and_some_too_late(month, desk):
    waits = [
        hours.between(desk.desk.calendar, conversation.turns[0].at, answer.at)
        for conversation in month
        if (answer := first_answer(conversation))
    ]
    in_time = sum(wait <= timedelta(minutes=15) for wait in waits) / len(waits)
    assert 0.8 <= in_time <= 0.97


def test_agents_work_only_while_the_desk_does(month, desk):
    late = [
        turn
        for turn in turns(month)
        if turn.who is Author.AGENT
        and not hours.is_open(desk.desk.calendar, turn.at)
        and not hours.is_open(desk.desk.calendar, turn.at - timedelta(minutes=15))
    ]
    assert late == []


def test_every_state_a_ticket_can_be_in_is_there(month):
    closed = [conversation for conversation in month if has(conversation, Action.CLOSE)]
    assert len(closed) > 0.7 * len(month)
    assert 0.5 < sum(has(conversation, Action.VERIFY) for conversation in closed) / len(closed) < 1
    assert sum(not has(conversation, Action.CLOSE) for conversation in month) >= 8
    assert sum(not has(conversation, Action.CATEGORISE) for conversation in month) >= 3
    assert sum(has(conversation, Action.ESCALATE) for conversation in month) >= 3
    assert sum(has(conversation, Action.WAIT) for conversation in month) >= 5
    assert any(_reopened(conversation) for conversation in month)
    assert any(turn.who is Author.BOT and turn.action is Action.CLOSE for turn in turns(month))


def _reopened(conversation):
    return sum(turn.action is Action.CLOSE for turn in conversation.turns) == 2


def _check_order(conversation, until):
    assert conversation.turns[0].who is Author.CONTACT
    assert conversation.turns[-1].at <= until
    times = [turn.at for turn in conversation.turns]
    assert all(earlier < later for earlier, later in pairwise(times))
    categorised = closed = False
    for turn in conversation.turns:
        categorised |= turn.action is Action.CATEGORISE
        if turn.action is Action.CLOSE:
            assert categorised
            closed = True
        if turn.action is Action.VERIFY:
            assert closed
        closed &= turn.who is not Author.CONTACT


def test_the_ordinary_actions_would_allow_every_turn(month):
    for conversation in month:
        _check_order(conversation, UNTIL)


def test_who_introduces_themselves_can_be_read(month):
    told = [conversation for conversation in month if conversation.contact.identity]
    assert 0.5 < len(told) / len(month) < 0.95
    for conversation in told:
        said = [
            read_identity(turn.text, asked=index > 0)
            for index, turn in enumerate(conversation.turns)
            if turn.who is Author.CONTACT
        ]
        assert conversation.contact.identity in said


def test_nobody_is_mistaken_for_somebody_else(month):
    for conversation in month:
        if conversation.contact.identity is None:
            assert read_identity(conversation.turns[0].text).number is None


def test_a_contact_who_returns_has_been_away_long_enough_for_a_new_ticket(month):
    last = {}
    for conversation in month:
        key = (conversation.channel, conversation.contact.address)
        if key in last:
            assert conversation.turns[0].at > last[key] + RETURNS_AFTER
        last[key] = conversation.turns[-1].at


@settings(max_examples=12, deadline=None)
@given(st.integers(), st.datetimes(min_value=datetime(2024, 3, 1), max_value=datetime(2030, 1, 1), timezones=st.just(UTC)))  # fmt: skip
def test_any_month_can_be_told(seed, until):
    month = sample_month(until=until, seed=seed)
    assert 200 <= len(month) <= 225
    for conversation in month:
        _check_order(conversation, until)
        assert conversation.turns[0].at >= until - timedelta(days=30)
