"""Taking in: once, in order, to the right ticket."""

from datetime import timedelta

import pytest

from tests.conftest import ON_EACH_KIND
from tests.tickets.desks import BUDI, MONDAY, mail, open_desk, whatsapp
from tickets import ticket as tickets_
from tickets.actions import answering, handling
from tickets.actions.answering import Words
from tickets.intake import Reading, take_in
from tickets.ledger import events
from tickets.lifecycle import Arrival, Status

pytestmark = ON_EACH_KIND
MINUTE = timedelta(minutes=1)


@pytest.fixture
def desk(ledger):
    return open_desk(ledger)


@pytest.fixture
def takes_in(ledger, desk):
    def take(said, *, at=MONDAY, **reading):
        return ledger.write_blocking(
            lambda tx: take_in(tx, said, desk=desk, reading=Reading(**reading), files=(), at=at)
        )

    return take


def status_of(ledger, number):
    return ledger.write_blocking(lambda tx: tickets_.load(tx, number)).status


def clocks_of(ledger, number):
    return {clock.kind: clock for clock in ledger.write_blocking(lambda tx: events.clocks_of(tx, number))}


def test_a_first_message_opens_a_ticket_and_starts_its_clocks(ledger, takes_in):
    taken = takes_in(whatsapp("lupa sandi", sid="SM1"))
    assert taken.opened
    assert taken.ticket.number == 1
    assert taken.ticket.status is Status.NEW
    clocks = clocks_of(ledger, 1)
    assert clocks["first_response"].due_at == MONDAY + 15 * MINUTE
    assert clocks["resolution"].due_at == MONDAY + timedelta(hours=24)


def test_the_same_event_twice_is_one_message(ledger, takes_in):
    assert takes_in(whatsapp("lupa sandi", sid="SM1")) is not None
    assert takes_in(whatsapp("lupa sandi", sid="SM1")) is None


def test_ten_deliveries_at_once_and_two_quick_messages_make_one_ticket(ledger, desk):
    def job(sid):
        return ledger.writer.submit(
            lambda tx: take_in(
                tx, whatsapp("halo", sid=sid), desk=desk, reading=Reading(), files=(), at=MONDAY
            )
        )

    futures = [job(sid) for sid in ["SM1"] * 10 + ["SM2"] * 10]
    taken = [future.result() for future in futures]
    assert sum(one is not None for one in taken) == 2
    assert {one.ticket.number for one in taken if one} == {1}


def test_a_person_s_answer_meets_the_first_response_at_its_instant(ledger, desk, takes_in):
    takes_in(whatsapp("lupa sandi", sid="SM1"))
    answered_at = MONDAY + 10 * MINUTE
    ledger.write_blocking(lambda tx: answering.answer(tx, 1, Words(text="Baik"), by=BUDI, at=answered_at))
    clock = clocks_of(ledger, 1)["first_response"]
    assert clock.met_at == answered_at
    assert clock.breached_at is None
    assert status_of(ledger, 1) is Status.OPEN


def test_a_late_answer_stamps_the_breach_at_the_due_instant(ledger, desk, takes_in):
    takes_in(whatsapp("lupa sandi", sid="SM1"))
    ledger.write_blocking(
        lambda tx: answering.answer(tx, 1, Words(text="Baik"), by=BUDI, at=MONDAY + 20 * MINUTE)
    )
    clock = clocks_of(ledger, 1)["first_response"]
    assert clock.breached_at == MONDAY + 15 * MINUTE


def test_waiting_pauses_the_resolution_and_the_contact_s_message_resumes_it(ledger, desk, takes_in):
    takes_in(whatsapp("lupa sandi", sid="SM1"))
    ledger.write_blocking(
        lambda tx: answering.answer(tx, 1, Words(text="NIM?"), by=BUDI, at=MONDAY + 10 * MINUTE, wait=True)
    )
    assert status_of(ledger, 1) is Status.WAITING
    assert clocks_of(ledger, 1)["resolution"].acts_at is None
    takes_in(whatsapp("13519001", sid="SM2"), at=MONDAY + 70 * MINUTE)
    assert status_of(ledger, 1) is Status.OPEN
    assert clocks_of(ledger, 1)["resolution"].due_at == MONDAY + timedelta(hours=25)


def test_thanks_after_solved_reopens_nothing_and_a_question_does(ledger, desk, takes_in):
    takes_in(whatsapp("lupa sandi", sid="SM1"))
    ledger.write_blocking(lambda tx: handling.categorise(tx, 1, "password", desk=desk, by=BUDI, at=MONDAY))
    ledger.write_blocking(lambda tx: handling.solve(tx, 1, by=BUDI, at=MONDAY + 30 * MINUTE))
    assert (
        takes_in(whatsapp("makasih", sid="SM2"), asks=False, at=MONDAY + 31 * MINUTE).arrival is Arrival.JOIN
    )
    assert status_of(ledger, 1) is Status.SOLVED
    reopened = takes_in(whatsapp("masih tidak bisa", sid="SM3"), at=MONDAY + 60 * MINUTE)
    assert reopened.arrival is Arrival.REOPEN
    stored = ledger.write_blocking(lambda tx: events.clocks_of(tx, 1))
    assert [(clock.kind, clock.cycle) for clock in stored if clock.kind == "resolution"] == [
        ("resolution", 1),
        ("resolution", 2),
    ]


def test_a_mail_finds_its_ticket_by_reference_and_not_by_sender(ledger, takes_in):
    first = takes_in(mail("tolong", message_id="<a@x>"))
    other = takes_in(mail("hal lain", message_id="<b@x>", subject="Hal lain"))
    answer = takes_in(mail("ini NIM saya", message_id="<c@x>", references=("<a@x>",)))
    assert first.ticket.number == answer.ticket.number == 1
    assert other.ticket.number == 2


def test_a_stranger_who_guesses_a_number_or_a_foreign_message_id_gets_a_ticket_of_their_own(ledger, takes_in):
    takes_in(mail("tolong", message_id="<a@x>"))
    guessed = takes_in(mail("?", message_id="<g@x>", sender="evil@example.com", subject="Re: [#1]"))
    referred = takes_in(mail("?", message_id="<h@x>", sender="evil@example.com", references=("<a@x>",)))
    assert [guessed.ticket.number, referred.ticket.number] == [2, 3]


def test_two_mails_under_one_message_id_are_two_tickets(ledger, takes_in):
    takes_in(mail("satu", message_id="<same@x>", event_id="h1"))
    second = takes_in(mail("dua", message_id="<same@x>", sender="b@example.com", event_id="h2"))
    assert second.ticket.number == 2


def test_a_nul_in_a_message_is_stored_without_it(ledger, takes_in):
    taken = takes_in(whatsapp("a\x00b", sid="SM\x001", name="A\x00na"))
    assert taken.contact.name == "Ana"
