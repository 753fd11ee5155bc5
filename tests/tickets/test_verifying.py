"""The sample of solved tickets: drawn once a round whoever draws, kept, and not closed by silence."""

from datetime import timedelta

import pytest

from tests.tickets.desk_at_work import DAY, DeskAtWork
from tests.tickets.desks import BUDI
from tickets import ticket as tickets_
from tickets.actions import handling, supervising
from tickets.lifecycle import Status

ALL, NONE = 1.0, 1e-12


@pytest.fixture
def desk(ledger):
    return DeskAtWork(ledger)


def closes(desk, sample):
    return desk.ledger.write_blocking(
        lambda tx: supervising.close_silent(
            tx, desk=desk.desk.slug, solved_until=desk.now - timedelta(hours=72), at=desk.now, sample=sample
        )
    )


def draws(desk, ticket, share):
    return desk.ledger.write_blocking(lambda tx: supervising.draw(tx, ticket, share=share, at=desk.now))


def test_what_nobody_has_drawn_yet_is_drawn_before_it_could_be_closed(desk):
    ticket = desk.hears()
    desk.solves(ticket)
    desk.passes(4 * DAY)
    assert closes(desk, ALL) == []
    assert closes(desk, None) == []  # drawn stays drawn, even if the desk wants no sample any more
    assert desk.ledger.write_blocking(lambda tx: tickets_.load(tx, ticket)).status is Status.SOLVED


def test_what_was_drawn_once_stays_so_whatever_the_desk_wants_later(desk):
    ticket = desk.hears()
    desk.solves(ticket)
    assert draws(desk, ticket, NONE) is False
    assert draws(desk, ticket, ALL) is False
    desk.passes(4 * DAY)
    assert closes(desk, ALL) == [ticket]


def test_a_ticket_that_is_solved_again_is_drawn_again(desk):
    ticket = desk.hears()
    desk.solves(ticket)
    assert draws(desk, ticket, NONE) is False
    desk.ledger.write_blocking(lambda tx: handling.reopen(tx, ticket, desk=desk.desk, by=BUDI, at=desk.now))
    assert draws(desk, ticket, ALL) is False  # it is not solved
    desk.solves(ticket)
    assert draws(desk, ticket, ALL) is True
