"""What leaves: in order within a line, once, and its state never goes backwards."""

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tickets.desks import BUDI, MONDAY, open_desk, whatsapp
from tickets import hearing, outbox
from tickets.actions import answering
from tickets.actions.answering import Words
from tickets.intake import Reading, take_in
from tickets.ledger import events
from tickets.message import Delivery, Sent, Told
from tickets.parcels import Audience, Priority
from tickets.receipts import PEOPLE_WAIT, advance, wait_before_retry
from tickets.tables import Message

LEASE = timedelta(minutes=2)


@pytest.fixture
def desk(ledger):
    return open_desk(ledger)


@pytest.fixture
def do(ledger):
    return ledger.write_blocking


def enqueue(tx, key, *, line="a", priority=Priority.ANSWER, at=MONDAY):
    return outbox.enqueue(
        tx, dedup=key, account="uji/whatsapp", audience=Audience.STAFF, act="say", order_key=line, priority=priority,
        desk="uji", at=at, payload={},
    )  # fmt: skip


def claim(tx, *, now=MONDAY, most=10):
    return outbox.claim(tx, now=now, most=most, lease=LEASE)


def answered(do, desk):
    """A ticket with one answer waiting; its message."""
    do(lambda tx: take_in(tx, whatsapp("halo", sid="SM1"), desk=desk, reading=Reading(), files=(), at=MONDAY))
    return do(lambda tx: answering.answer(tx, 1, Words(text="Baik"), by=BUDI, at=MONDAY))[1]


def state_of(ledger, message):
    with ledger.reading() as session:
        return session.get(Message, (message, MONDAY)).delivery


def test_only_the_head_of_each_line_is_claimed(do):
    do(lambda tx: [enqueue(tx, f"a{n}") for n in range(3)] + [enqueue(tx, "b", line="b")])
    first = do(claim)
    assert [parcel.order_key for parcel in first] == ["a", "b"]
    assert do(claim) == []
    do(lambda tx: outbox.settle_sent(tx, first[0], Sent(external_ids=()), at=MONDAY))
    assert [parcel.id for parcel in do(claim)] == [first[0].id + 1]


def test_what_matters_more_goes_first(do):
    do(lambda tx: (enqueue(tx, "card", line="c", priority=Priority.CARD), enqueue(tx, "answer", line="d")))
    assert [parcel.order_key for parcel in do(lambda tx: claim(tx, most=1))] == ["d"]


def test_the_same_thing_is_queued_once(do):
    assert do(lambda tx: enqueue(tx, "x")) is not None
    assert do(lambda tx: enqueue(tx, "x")) is None


def test_a_deferred_parcel_keeps_its_place_in_the_line(do):
    do(lambda tx: [enqueue(tx, f"a{n}") for n in range(2)])
    (head,) = do(claim)
    do(lambda tx: outbox.settle_deferred(tx, head, reason="later", wait=timedelta(seconds=30), at=MONDAY))
    assert do(lambda tx: claim(tx, now=MONDAY + timedelta(seconds=29))) == []
    (again,) = do(lambda tx: claim(tx, now=MONDAY + timedelta(seconds=31)))
    assert (again.id, again.attempts) == (head.id, 2)


def test_what_can_not_go_out_for_a_day_is_given_up(do, desk, ledger):
    message = answered(do, desk)
    (parcel,) = do(claim)
    late = MONDAY + timedelta(hours=25)
    do(lambda tx: outbox.settle_deferred(tx, parcel, reason="unreachable", wait=None, at=late))
    assert state_of(ledger, message) == "failed"


def test_a_claim_that_was_never_settled_is_found_when_its_lease_is_over(do):
    do(lambda tx: enqueue(tx, "x"))
    (parcel,) = do(claim)
    assert do(lambda tx: outbox.expired(tx, now=MONDAY + LEASE / 2, lease=LEASE)) == []
    later = MONDAY + LEASE * 2
    assert [left.id for left in do(lambda tx: outbox.expired(tx, now=later, lease=LEASE))] == [parcel.id]
    assert do(lambda tx: outbox.expired(tx, now=later, lease=LEASE)) == []  # somebody looks after it


def test_a_callback_that_comes_before_the_send_call_returned_is_not_lost(do, desk, ledger):
    message = answered(do, desk)
    (parcel,) = do(claim)
    early = Told(
        event_id="e", account="uji/whatsapp", external_id="SM9", delivery=parcel.id, state=Delivery.DELIVERED
    )
    do(lambda tx: hearing.hear(tx, early, at=MONDAY))
    do(
        lambda tx: outbox.settle_sent(
            tx, parcel, Sent(external_ids=("SM9",), state=Delivery.QUEUED), at=MONDAY
        )
    )
    assert state_of(ledger, message) == "delivered"


def test_a_callback_that_said_sent_is_not_undone_by_a_call_that_broke_off(do, desk, ledger):
    message = answered(do, desk)
    (parcel,) = do(claim)
    early = Told(
        event_id="e", account="uji/whatsapp", external_id="SM9", delivery=parcel.id, state=Delivery.SENT
    )
    do(lambda tx: hearing.hear(tx, early, at=MONDAY))
    do(lambda tx: outbox.settle_deferred(tx, parcel, reason="cut", wait=None, at=MONDAY))
    do(lambda tx: outbox.put_back(tx, parcel, at=MONDAY))
    assert do(claim) == []
    assert state_of(ledger, message) == "sent"


def test_an_early_callback_for_somebody_else_s_account_is_not_believed(do, desk, ledger):
    message = answered(do, desk)
    (parcel,) = do(claim)
    forged = Told(
        event_id="e", account="lain/whatsapp", external_id="X", delivery=parcel.id, state=Delivery.READ
    )
    do(lambda tx: hearing.hear(tx, forged, at=MONDAY))
    assert state_of(ledger, message) == "sending"


def test_a_final_failure_takes_the_answer_back_from_the_clock(do, desk, ledger):
    answered(do, desk)
    (parcel,) = do(claim)
    do(lambda tx: outbox.settle_failed(tx, parcel, reason="blocked", at=MONDAY))
    clocks = {clock.kind: clock for clock in do(lambda tx: events.clocks_of(tx, 1))}
    assert clocks["first_response"].met_at is None


@given(st.lists(st.sampled_from(list(Delivery)), min_size=1))
def test_a_state_never_goes_backwards(told):
    state = Delivery.QUEUED
    seen = []
    for each in told:
        state = advance(state, each)
        seen.append(state)
    if Delivery.READ in told:
        assert state is Delivery.READ
    assert all(advance(later, earlier) is later for earlier, later in pairwise(seen))


@given(st.integers(1, 10_000), st.none() | st.timedeltas(timedelta(0), timedelta(hours=2)))
def test_waits_grow_up_to_a_bound_and_obey_the_provider(attempts, asked):
    wait = wait_before_retry(attempts, asked)
    assert wait >= (asked or timedelta(0))
    assert wait <= max(PEOPLE_WAIT.longest_wait, asked or timedelta(0))
