"""A desk at which nothing is to be done costs the writer nothing: a ledger may hold thousands of them."""

from tests.bot.chat import Chat
from tickets.actions.repromising import SETTLED_AFTER


async def test_the_jobs_write_nothing_for_desks_at_which_nothing_is_to_be_done(ledger):
    chat = Chat(ledger)
    await chat.writes("lupa sandi")
    chat.now += 2 * SETTLED_AFTER
    await chat.jobs.repromise()
    written = []
    ledger.writer.measured_by(lambda name, _seconds, _jobs: written.append(name))
    for job in (chat.jobs.assign, chat.jobs.repromise, chat.jobs.close_silent, chat.gates.turn):
        await job()
    assert written == []
