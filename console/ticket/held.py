"""Answers that have not left yet, and those that never did, in the conversation of a page."""

from tickets.clocks import UNDONE
from tickets.views import MessageView, WholeTicket


def unsent_of(found: WholeTicket) -> list[int]:
    """Return the messages that have not left."""
    return [
        each.id for each in found.messages if each.delivery is not None and each.delivery.state == "queued"
    ]


def standing(found: WholeTicket) -> tuple[MessageView, ...]:
    """Return the conversation without answers that were undone before anybody saw them: the history tells of them."""
    undone = {each.subject for each in found.events if each.kind == UNDONE}
    return tuple(each for each in found.messages if str(each.id) not in undone)
