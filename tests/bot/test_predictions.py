"""What was foretold of a message is written down as it comes in, and settled by whoever says what is right."""

import pytest
from sqlalchemy import select

from tests.bot.chat import Chat
from tickets.actions import matching
from tickets.actions.errors import RuleError
from tickets.ledger.prepared import Prepared
from tickets.predictions import NO_CATEGORY
from tickets.tables import Example, Prediction

BUDI = "1002"
PREDICTIONS = Prepared(select(Prediction.__table__).order_by(Prediction.__table__.c.id))
EXAMPLES = Prepared(select(Example.__table__).order_by(Example.__table__.c.id))


@pytest.fixture
def chat(ledger):
    return Chat(ledger)


def rows(chat):
    return chat.ledger.write_blocking(lambda tx: tx.all(PREDICTIONS))


def taught(chat):
    """What the matcher may learn: category and text's message, as long as it stands."""
    found = chat.ledger.write_blocking(lambda tx: tx.all(EXAMPLES))
    return [(row.message, row.category) for row in found if row.withdrawn_at is None]


async def categorised(chat, category, ticket=1):
    await chat.settle()
    await chat.agent_writes(BUDI, f"/kategori {category}", ticket=ticket)


async def test_what_is_suggested_is_kept_with_its_reason(chat):
    await chat.writes("saya tidak bisa login, akun terkunci")
    (row,) = rows(chat)
    assert row.ticket == 1
    assert row.decision == "suggested"
    assert row.suggestions[0][0] == chat.ticket().suggestions[0][0]
    assert row.matched
    assert (row.outcome, row.right) == (None, None)


async def test_words_that_nobody_understands_are_kept_too_and_a_greeting_is_not(chat):
    await chat.writes("halo kak")
    assert rows(chat) == []
    await chat.writes("не могу войти")
    await chat.writes("помогите")
    (row,) = rows(chat)
    assert (row.suggestions, row.decision) == ([], "none")
    await chat.writes("saya lupa password")
    assert [row.decision for row in rows(chat)][1] != "none"


async def test_a_person_accepts_or_corrects_and_the_message_teaches_what_they_said_last(chat):
    await chat.writes("akun saya tidak bisa login")
    best = rows(chat)[0].suggestions[0][0]
    await categorised(chat, best)
    (row,) = rows(chat)
    assert (row.outcome, row.right, row.settled_by) == ("accepted", best, "staff:budi@example.ac.id")
    assert taught(chat) == [(row.message, best)]
    await categorised(chat, "complaint")
    (row,) = rows(chat)
    assert (row.outcome, row.right) == ("corrected", "complaint")
    assert taught(chat) == [(row.message, "complaint")]


async def test_a_message_that_fits_no_category_teaches_that_wherever_it_is_filed(chat):
    await chat.writes("akun saya tidak bisa login")
    best = rows(chat)[0].suggestions[0][0]
    await categorised(chat, best)
    rejects(chat)
    (row,) = rows(chat)
    assert (row.outcome, taught(chat)) == ("rejected", [(row.message, NO_CATEGORY)])
    await categorised(chat, "complaint")
    assert (rows(chat)[0].outcome, taught(chat)) == ("rejected", [(row.message, NO_CATEGORY)])
    await categorised(chat, best)
    assert (rows(chat)[0].outcome, taught(chat)) == ("accepted", [(row.message, best)])


async def test_only_what_was_foretold_can_be_rejected(chat):
    await chat.writes("halo kak")
    with pytest.raises(RuleError):
        rejects(chat)


@pytest.mark.parametrize(
    ("says", "outcome", "right"), [("ya, terbantu", "confirmed", "password"), ("belum bisa", "denied", None)]
)  # fmt: skip
async def test_the_contact_judges_an_automatic_answer(chat, says, outcome, right):
    await chat.writes("lupa password")
    assert rows(chat)[0].decision == "sent"
    await chat.writes(says)
    (row,) = rows(chat)
    assert (row.outcome, row.right, row.settled_by) == (outcome, right, "contact")
    await categorised(chat, "complaint")
    assert rows(chat)[0].outcome == "corrected"


async def test_what_is_taken_back_teaches_no_more(chat):
    await chat.telegrams("akun saya tidak bisa login", external_id="4711:900")
    await categorised(chat, "complaint")
    assert taught(chat)
    await chat.edits("4711", "4711:900", "", address="4711", deleted=True)
    assert taught(chat) == []
    await categorised(chat, "login")
    assert taught(chat) == []


def rejects(chat):
    by = chat.staff("agent").actor
    chat.ledger.write_blocking(lambda tx: matching.reject(tx, 1, by=by, at=chat.now))


async def test_agents_see_why_on_the_card_and_say_by_a_button_that_none_fits(chat):
    await chat.writes("saya lupa pasword edunex")
    await chat.settle()
    card = chat.topic(1)[0]
    assert "Alasan: kata “" in card
    assert "pasword" in card
    assert "mirip dengan “" in card
    await chat.agent_presses(BUDI, "Tidak ada yang cocok", ticket=1)
    assert (rows(chat)[0].outcome, rows(chat)[0].settled_by) == ("rejected", "staff:budi@example.ac.id")


async def test_what_is_taken_back_is_forgotten_with_its_words(chat):
    await chat.telegrams("saya lupa pasword edunex", external_id="4711:900")
    assert rows(chat)[0].matched
    await chat.edits("4711", "4711:900", "", address="4711", deleted=True)
    assert rows(chat)[0].matched is None
