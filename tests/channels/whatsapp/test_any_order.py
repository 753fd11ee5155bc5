"""What a provider tells of a message, in every order, repeated, before or after the call that sent it: only ever forward."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import permutations

import pytest
from sqlalchemy import bindparam, select
from starlette.applications import Starlette

from channels.whatsapp import whatsapp_routes
from tests.standins.serving import serving
from tests.tickets.desks import BUDI, MONDAY, open_desk, whatsapp
from tickets import hearing, outbox
from tickets.actions import answering
from tickets.actions.answering import Words
from tickets.intake import Reading, take_in
from tickets.ledger.prepared import Prepared
from tickets.message import Delivery, Sent, Told
from tickets.parcels import Parcel
from tickets.receipts import PEOPLE_WAIT
from tickets.tables import Message, Reference

ACCOUNT = "uji/whatsapp"
RETURNS, BREAKS = "the call returns", "the call breaks off"
STORIES = [
    (call, *told)
    for call in (RETURNS, BREAKS)
    for told in (
        ("sent", "delivered", "delivered", "read"),
        ("sent", "failed", "failed"),
        ("failed", "delivered"),
    )
]
ORDERS = sorted({order for story in STORIES for order in permutations(story)})

# What has arrived has arrived: the rule written down a second time, for the test is of the first.
RANKS = ("queued", "sending", "unknown", "sent", "failed", "delivered", "read")

_REFERENCE = Prepared(
    select(Reference.__table__.c.state).where(Reference.__table__.c.external_id == bindparam("name"))
)
_DELIVERY = Prepared(select(Message.__table__.c.delivery).where(Message.__table__.c.id == bindparam("id")))


async def told_by(hand, house, out) -> Mapping[str, Told]:
    """Let a provider tell every state of one message by its own webhook; what the adapter makes of each."""
    async with hand.served():
        adapter = hand.adapter(account=ACCOUNT)
        async with serving(Starlette(routes=whatsapp_routes([adapter], house))) as door:
            await adapter.send(out("Halo", delivery=42))
            for status in ("sent", "delivered", "read"):
                await hand.tells(door, hand.standin.last, status)
            await hand.tells(door, hand.standin.last, "failed", code=hand.unknown_code)
        await adapter.aclose()
    assert {told.delivery for told in house.told} == {42}
    return {str(told.state): told for told in house.told}


def lives(tx, order: Sequence[str], told: Mapping[str, Told], name: str) -> list[str]:
    """Answer, hand over, and hear in this order; the states that the answer went through, and its provider's last."""
    _, message = answering.answer(tx, 1, Words(text="Baik"), by=BUDI, at=MONDAY)
    (parcel,) = outbox.claim(tx, now=MONDAY, most=1, lease=PEOPLE_WAIT.longest_wait)
    states = [state_of(tx, message)]
    for step in order:
        _happens(tx, parcel, step, told, name)
        states.append(state_of(tx, message))
    return [*states, tx.one(_REFERENCE, name=name).state]


def _happens(tx, parcel: Parcel, step: str, told: Mapping[str, Told], name: str) -> None:
    if step == RETURNS:
        sent = Sent(external_ids=(name,), state=Delivery.QUEUED)
        outbox.settle_sent(tx, parcel, sent, at=MONDAY)
    elif step == BREAKS:
        outbox.settle_unknown(tx, parcel, reason="cut", at=MONDAY)
    else:
        hearing.hear(tx, replace(told[step], external_id=name, delivery=parcel.id), at=MONDAY)


def state_of(tx, message: int) -> str:
    return str(tx.one(_DELIVERY, id=message).delivery)


@pytest.mark.parametrize(
    "database_url", ["sqlite"], indirect=True
)  # rules over rows; the outbox is tested on both
async def test_in_every_order_a_state_only_moves_forward_and_ends_where_the_provider_said(
    hand, house, out, ledger
):
    told, desk = await told_by(hand, house, out), open_desk(ledger)
    do = ledger.write_blocking
    do(lambda tx: take_in(tx, whatsapp("halo", sid="SM1"), desk=desk, reading=Reading(), files=(), at=MONDAY))
    wrong = []
    for number, order in enumerate(ORDERS):
        states = do(lambda tx, order=order, number=number: lives(tx, order, told, f"SM-{number}"))
        known = max((step for step in order if step in told), key=RANKS.index)
        if states != sorted(states, key=RANKS.index) or states[-2:] != [known, known]:
            wrong.append((order, states))
    assert wrong == []
