"""What the board counts, and which tickets stand behind each figure."""

import pytest

from tests.tickets.desk_at_work import DAY, HOUR, MINUTE, DeskAtWork
from tests.tickets.desks import BUDI, MONDAY, RINA, SLUG, mail
from tickets import inbound
from tickets.actions import promises, snoozing, supervising
from tickets.desk import Supervision
from tickets.views import board as boards
from tickets.views.board import Figure


@pytest.fixture
def desk(ledger):
    return DeskAtWork(ledger)


def test_on_a_quiet_desk_everything_is_done(desk):
    board = desk.board()
    assert board.all_done
    assert set(board.tallies) == set(Figure)


def test_who_waits_for_an_answer_is_unanswered_also_when_they_ask_again(desk):
    first, second = desk.hears("+62811"), desk.hears("+62812")
    assert desk.behind(Figure.UNANSWERED) == [first, second]
    desk.answers(first)
    assert desk.behind(Figure.UNANSWERED) == [second]
    desk.passes(MINUTE)
    desk.hears("+62811", text="masih tidak bisa")
    assert desk.behind(Figure.UNANSWERED) == [second, first]
    desk.solves(second)
    assert desk.behind(Figure.UNANSWERED) == [first]


def test_promises_about_to_break_and_broken_are_told_apart_the_worst_first(desk):
    early = desk.hears("+62811")
    desk.passes(5 * MINUTE)
    late = desk.hears("+62812")
    desk.passes(8 * MINUTE)  # 13 of 15 minutes for the first, 8 for the second
    assert (desk.behind(Figure.SOON), desk.behind(Figure.BREACHED)) == ([early], [])
    desk.passes(5 * MINUTE)
    assert (desk.behind(Figure.SOON), desk.behind(Figure.BREACHED)) == ([late], [early])
    assert desk.board().tallies[Figure.BREACHED].since == MONDAY + 15 * MINUTE
    desk.answers(early)
    assert desk.behind(Figure.BREACHED) == []


def test_a_promise_that_a_supervisor_extended_is_broken_no_longer(desk):
    ticket = desk.hears()
    desk.answers(ticket)
    desk.passes(25 * HOUR)
    assert desk.behind(Figure.BREACHED) == [ticket]
    until = desk.now + 3 * DAY
    desk.ledger.write_blocking(
        lambda tx: promises.extend(
            tx,
            ticket,
            ("resolution", "", 1),
            until,
            reason="libur",
            by=RINA,
            at=desk.now,
        )
    )
    assert (desk.behind(Figure.BREACHED), desk.behind(Figure.SOON)) == ([], [])
    desk.passes(3 * DAY + HOUR)
    assert desk.behind(Figure.BREACHED) == [ticket]


def test_a_ticket_with_two_broken_promises_is_one_ticket(desk):
    ticket = desk.hears()
    desk.passes(2 * DAY)
    assert desk.behind(Figure.BREACHED) == [ticket]


def test_what_waits_for_its_contact_is_told_when_it_does_so_for_long(desk):
    ticket = desk.hears()
    desk.answers(ticket, wait=True)
    desk.passes(DAY)
    assert desk.behind(Figure.WAITING_LONG) == []
    shorter = desk.board(Supervision(waits_long=12 * HOUR)).tallies[Figure.WAITING_LONG]
    assert (shorter.tickets, shorter.since) == ((ticket,), MONDAY)
    desk.passes(2 * DAY)
    assert desk.behind(Figure.WAITING_LONG) == [ticket]
    later = desk.now + DAY
    desk.ledger.write_blocking(lambda tx: snoozing.snooze(tx, ticket, later, by=BUDI, at=desk.now))
    assert desk.behind(Figure.WAITING_LONG) == []  # somebody has said when to look again
    desk.hears(text="ini kak")
    assert desk.behind(Figure.WAITING_LONG) == []


def test_without_a_category_until_it_has_one(desk):
    ticket = desk.hears()
    assert desk.behind(Figure.UNCATEGORISED) == [ticket]
    desk.solves(ticket)
    assert desk.behind(Figure.UNCATEGORISED) == []


def test_solved_is_unverified_until_it_is_closed_and_the_sample_is_told_apart(desk):
    drawn, other = desk.hears("+62811"), desk.hears("+62812")
    for ticket in (drawn, other):
        desk.solves(ticket)
    desk.ledger.write_blocking(lambda tx: supervising.draw(tx, drawn, share=1, at=desk.now))
    assert desk.behind(Figure.UNVERIFIED) == [drawn, other]
    assert desk.behind(Figure.TO_VERIFY) == [drawn]
    desk.ledger.write_blocking(lambda tx: supervising.verify(tx, drawn, by=RINA, at=desk.now))
    assert (desk.behind(Figure.UNVERIFIED), desk.behind(Figure.TO_VERIFY)) == ([other], [])


def test_an_answer_that_did_not_arrive_is_told_until_a_later_one_does(desk):
    ticket = desk.hears()
    lost = desk.answers(ticket)
    desk.delivers(fails={lost})
    assert desk.behind(Figure.UNDELIVERED) == [ticket]
    again = desk.answers(ticket)
    desk.delivers(fails={again})
    assert desk.behind(Figure.UNDELIVERED) == [ticket]
    desk.answers(ticket)
    desk.delivers()
    assert desk.behind(Figure.UNDELIVERED) == []


def test_what_could_not_be_taken_in_is_told_with_its_error_at_its_own_desk(desk):
    said = mail("x", message_id="<1@x>")
    for account in (f"{SLUG}/email", "uji-lain/email"):
        desk.ledger.write_blocking(
            lambda tx, account=account: inbound.keep(
                tx, account=account, event_id=said.event_id, raw=said.raw, error="ValueError", at=desk.now
            )
        )
    (kept,) = desk.board().kept
    assert (kept.account, kept.event_id, kept.error) == (f"{SLUG}/email", said.event_id, "ValueError")
    assert not desk.board().all_done


def test_another_desk_is_another_board(desk):
    desk.hears()
    with desk.ledger.reading() as session:
        assert boards.board(session, "uji-lain", Supervision(), now=desk.now).all_done
