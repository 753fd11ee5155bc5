"""Orders of people of the desk, carried out inside their transaction: a module a theme.

Each module has a mapping of the verbs that it knows; here they come together. An act that is refused raises, and the
transaction writes nothing.
"""

from bot.commands import Answer, Do, Note, Order
from bot.desks import Desks, OpenDesk
from bot.executing import (
    answers,
    belonging,
    by_hand,
    cataloguing,
    files,
    handling,
    helping,
    identity,
    incidents,
    moving,
    out_of_sight,
    outgoing,
    paying,
    presence,
    programs,
    promises,
    replying,
    sop_forms,
    stepping,
    supervising,
    surveys,
    tagging,
    undoing,
    urgency,
    windows,
)
from bot.executing.answering_calls import Answering, answer_call
from bot.executing.doing import AtDesk, Doing, OfTurn, Written
from bot.executing.undoing import rewrite
from bot.executing.verbs import ForDesk, OnTicket, OnTurn
from tickets.ledger.tx import Tx

__all__ = [
    "AtDesk",
    "Doing",
    "OfTurn",
    "Written",
    "at_desk",
    "call_answered",
    "of_turn",
    "rewrite",
    "upon_ticket",
    "upon_turn",
]

_ON_TICKET: OnTicket = {
    **answers.VERBS,
    **replying.VERBS,
    **handling.VERBS,
    **promises.VERBS,
    **supervising.VERBS,
    **urgency.VERBS,
    **out_of_sight.VERBS,
    **surveys.ON_TICKET,
    **identity.VERBS,
    **belonging.VERBS,
    **incidents.VERBS,
    **outgoing.VERBS,
    **moving.VERBS,
    **tagging.VERBS,
    **undoing.VERBS,
    **windows.VERBS,
    **files.VERBS,
    **paying.VERBS,
}
_ON_TURN: OnTurn = stepping.VERBS
_AT_DESK: ForDesk = {
    **helping.VERBS,
    **supervising.AT_DESK,
    **surveys.AT_DESK,
    **cataloguing.VERBS,
    **programs.VERBS,
    **presence.VERBS,
    **by_hand.AT_DESK,
    **outgoing.AT_DESK,
    **sop_forms.AT_DESK,
}


def at_desk(doing: AtDesk, order: Order) -> bool:
    """Carry out an order that is about no ticket in particular; False if it is about one."""
    if not isinstance(order, Do) or order.verb not in _AT_DESK:
        return False
    _AT_DESK[order.verb](doing, order.rest)
    return True


def call_answered(tx: Tx, written: Written, *, desk: OpenDesk, desks: Desks) -> bool:
    """Carry out what answers a call; False if it answers none."""
    if written.call is None:
        return False
    answer_call(Answering(tx, written, desk=desk, desks=desks, call=written.call))
    return True


def of_turn(order: Order) -> bool:
    """Whether an order is about a ticket's procedure."""
    return isinstance(order, Do) and order.verb in _ON_TURN


def upon_turn(doing: OfTurn, order: Order) -> None:
    """Carry out an order about a ticket's procedure."""
    if isinstance(order, Do):
        _ON_TURN[order.verb](doing, order.rest)


def upon_ticket(doing: Doing, order: Order) -> None:
    """Carry out an order upon a ticket."""
    if isinstance(order, Answer):
        answers.answer(doing, order.text)
    elif isinstance(order, Note):
        answers.note(doing, order.text)
    elif isinstance(order, Do):
        _ON_TICKET[order.verb](doing, order.rest)
