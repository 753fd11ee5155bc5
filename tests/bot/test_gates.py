"""A reply goes out by itself where the desk's own past has earned it, and from the first day to what an example says."""

from datetime import timedelta

import pytest

from templates_replies.matcher import SCALE
from tests.bot.chat import MORNING, SLUG, Chat
from tickets import predictions
from tickets import ticket as tickets_
from tickets.actor import Actor, Kind
from tickets.predictions import Foretold

BUDI = Actor(kind=Kind.STAFF, id="budi@example.ac.id")
ALMOST = "halo kak, saya lupa password akun edunex saya, gimana ya cara resetnya"


@pytest.fixture
async def chat(ledger):
    chat = Chat(ledger)
    await chat.writes("nilai kuis saya belum muncul", sender="+62800")
    return chat


async def was(chat, category, *, times):
    """Let sure suggestions have turned out to be of a category."""
    chat.now += timedelta(minutes=1)

    def past(tx):
        ticket = tickets_.load(tx, 1)
        for message in range(10_000, 10_000 + times):
            foretold = Foretold(suggestions=(("password", 0.9),), scale=SCALE)
            predictions.foretell(tx, ticket, foretold, message=message, revision=1, at=MORNING)
            predictions.settle(tx, ticket, category, by=BUDI, at=chat.now)

    chat.ledger.write_blocking(past)
    await chat.gates.turn()


async def is_answered(chat, text, *, sender):
    await chat.writes(text, sender=sender)
    return "Apakah" in chat.last


async def test_the_gate_is_closed_until_the_past_has_opened_it(chat):
    assert not await is_answered(chat, ALMOST, sender="+62801")
    await was(chat, "password", times=29)
    assert not await is_answered(chat, ALMOST, sender="+62802")
    await was(chat, "password", times=31)
    assert await is_answered(chat, ALMOST, sender="+62803")


async def test_mistakes_close_it_again(chat):
    await was(chat, "password", times=60)
    await was(chat, "login", times=10)
    assert not await is_answered(chat, ALMOST, sender="+62803")


async def test_what_an_example_says_word_for_word_is_answered_from_the_first_day(chat):
    assert await is_answered(chat, "min saya lupa pw edunex, bisa direset ga?", sender="+62801")


async def test_what_was_earned_outlives_a_changed_desk(chat):
    await was(chat, "password", times=60)
    chat.desks.put(chat.desk)
    assert chat.desks[SLUG].threshold == 0.9
