"""Presses that are replayed, old or another person's, and one person at the bots of two desks."""

from tests.bot.chat import SLUG, Chat
from tests.bot.test_moving import STUDIO, TwoDesks
from tickets.message import Channel, Person, Place


def stands(chat, number=1):
    ticket = chat.ticket(number)
    return (ticket.status, ticket.assignee, ticket.solved_at, len(chat.topic(number)))


async def test_a_press_that_comes_again_counts_once_and_another_persons_not_at_all(ledger):
    chat = Chat(ledger)
    await chat.telegrams("min saya lupa pw edunex, bisa direset ga?")
    offered = {button.label: button.data for row in chat.told("4711")[-1].buttons for button in row}
    before = stands(chat)
    for data in offered.values():
        await chat.telegrams("", sender="4712", button=data)
    assert stands(chat) == before
    first = next(iter(offered.values()))
    await chat.telegrams("", button=first, event_id="u1", external_id="cb:1")
    after, told = stands(chat), len(chat.told("4711"))
    assert after != before
    await chat.telegrams("", button=first, event_id="u1", external_id="cb:1")
    assert (stands(chat), len(chat.told("4711"))) == (after, told)
    await chat.telegrams("", button=first, event_id="u2", external_id="cb:2")  # below the old message
    assert (stands(chat)[:3], len(chat.told("4711"))) == (after[:3], told)


async def test_the_same_person_and_numbers_at_the_bots_of_two_desks_are_two_conversations(ledger):
    chat = TwoDesks(ledger)
    for slug in (SLUG, STUDIO):
        place = Place(account=f"{slug}/telegram", channel=Channel.TELEGRAM, address="4711")
        same = {"event_id": "901", "external_id": "4711:11"}  # Telegram counts from anew at each bot
        await chat.receives(
            Channel.TELEGRAM, "lupa sandi edunex", place, Person(address="4711", name="Ana"), **same
        )
        await chat.settle()
    assert [chat.ticket(number).desk for number in (1, 2)] == [SLUG, STUDIO]
    assert [chat.ticket(number).account for number in (1, 2)] == [f"{SLUG}/telegram", f"{STUDIO}/telegram"]
    assert {outgoing.place.account for outgoing in chat.told("4711")} == {f"{SLUG}/telegram"}
    assert {outgoing.place.account for outgoing in chat.studio.private} == {f"{STUDIO}/telegram"}
