"""A desk's agents sit in several groups: by category, by team. Each ticket is a topic where its people are."""

from datetime import timedelta

import pytest

from bot.desks import groups_for
from tests.bot.chat import GROUP, SLUG, TEAM_GROUP, Chat
from tickets.actions import handling
from tickets.connections import AgentsGroup
from tickets.message import Channel, Person, Place

BUDI = "1002"
OWN = {
    "desk.yaml": (
        'agents_group: "${TELEGRAM_AGENTS_GROUP}"',
        'agents_group: ["${TELEGRAM_AGENTS_GROUP}", {group: "-1002", categories: [password], teams: [edunex]}]',
    )
}
NAMED = (
    AgentsGroup(address="-2", categories=frozenset({"money"})),
    AgentsGroup(address="-3", teams=frozenset({"labs"})),
    AgentsGroup(address="-4", categories=frozenset({"money"})),
)


@pytest.fixture
def chat(ledger):
    return Chat(ledger, changes=OWN)


def words(chat: Chat, group: str) -> str:
    return "\n".join(chat.topic(1, group)[1:])  # below the card


@pytest.mark.parametrize(
    ("groups", "category", "team", "expected"),
    [
        ("-1 -2 -3 -4", None, None, "-1"),
        ("-1 -2 -3 -4", "network", None, "-1"),
        ("-1 -2 -3 -4", "money", None, "-2 -4"),
        ("-1 -2 -3 -4", "money", "labs", "-3"),
        ("-1 -2 -3 -4", "money", "others", "-2 -4"),
        ("-2 -3", "network", None, "-2 -3"),  # none is for all: better in any than in none
    ],
)
def test_a_team_counts_before_a_category_and_the_rest_goes_to_the_other_groups(
    groups, category, team, expected
):
    named = [each for each in NAMED if each.address in groups.split()]
    assert list(groups_for(groups.split(), named, category=category, team=team)) == expected.split()


async def test_a_ticket_goes_to_the_group_of_its_category_and_nothing_is_lost_on_the_way(chat):
    await chat.writes("lupa sandi edunex")
    await chat.agent_writes(BUDI, "//sudah dicek NIM", ticket=1)
    old = chat.thread_of(1)
    await chat.agent_writes(BUDI, "/kategori password", ticket=1)
    assert "dilanjutkan di grup lain" in chat.topic(1)[-1]
    assert old in chat.group.closed
    await chat.writes("masih belum bisa")
    shown = words(chat, TEAM_GROUP)
    assert [shown.count(said) for said in ("lupa sandi edunex", "sudah dicek NIM", "masih belum bisa")] == [
        1,
        1,
        1,
    ]
    assert "masih belum bisa" not in words(chat, GROUP)
    await chat.member_writes(BUDI, "Silakan coba tautan ini.", ticket=1)
    assert chat.last == "Silakan coba tautan ini."
    topics = len(chat.group.topics)
    await chat.member_writes(BUDI, "/kategori login", ticket=1)
    assert len(chat.group.topics) == topics + 1  # and back
    assert "lupa sandi edunex" in [*chat.group.in_topic(str(topics + 1))][1].text


async def test_a_ticket_that_a_team_has_is_shown_in_its_group_until_it_comes_back(chat):
    await chat.writes("video tidak bisa diputar")
    await chat.agent_writes(BUDI, "/eskalasi edunex rekaman kuliah rusak", ticket=1)
    assert chat.thread_of(1, TEAM_GROUP)
    assert "video tidak bisa diputar" in words(chat, TEAM_GROUP)
    await chat.member_writes(BUDI, "/kembalikan sudah diperbaiki", ticket=1)
    assert len(chat.group.topics) == 3
    assert chat.group.groups["3"] == GROUP


async def test_what_waits_for_a_topic_that_was_never_made_is_told_once_in_the_other_group(chat):
    place = Place(account=f"{SLUG}/telegram", channel=Channel.TELEGRAM, address="4711")
    for text in ("lupa sandi edunex", "halo?"):
        await chat.receives(Channel.TELEGRAM, text, place, Person(address="4711", name="Ana"))
    await chat.follow()
    await chat.people.refresh()
    by = chat.staff("agent").actor
    await chat.ledger.write(
        lambda tx: handling.categorise(tx, 1, "password", desk=chat.desk.now, by=by, at=chat.now)
    )
    await chat.settle()
    assert set(chat.group.groups.values()) == {TEAM_GROUP}
    shown = "\n".join(chat.topic(1, TEAM_GROUP))
    assert [shown.count("\nlupa sandi edunex"), shown.count("\nhalo?")] == [1, 1]


async def test_a_closed_ticket_stays_where_it_was_closed(chat):
    await chat.writes("lupa sandi edunex")
    await chat.agent_writes(BUDI, "/kategori login", ticket=1)
    await chat.agent_writes(BUDI, "/tutup Sudah bisa.", ticket=1)
    await chat.passes(timedelta(days=4))
    topics = dict(chat.group.topics)
    await chat.agent_writes(BUDI, "/kategori password", ticket=1)
    assert chat.group.topics == topics
