"""What an act from a ticket's page is given: the form that was sent, on which ticket, by whom."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from console.forms import Form
from console.house import House
from tickets.actor import Actor
from tickets.desk import DeskNow
from tickets.ledger.tx import Tx


@dataclass(frozen=True, kw_only=True)
class Upon:
    house: House
    form: Form
    number: int
    desk: DeskNow  # of the ticket
    by: Actor
    name: str  # what they are called
    at_desk: Callable[[str], Actor]  # who they are at another desk


Acts = Mapping[str, Callable[[Upon, Tx, datetime], None]]  # by the last part of the form's address
