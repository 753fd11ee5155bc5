"""What a theme's module offers: functions by their verb, upon a ticket, its procedure, or at the desk as a whole."""

from collections.abc import Callable, Mapping

from bot.commands import Verb
from bot.executing.doing import AtDesk, Doing, OfTurn

OnTicket = Mapping[Verb, Callable[[Doing, str], None]]
OnTurn = Mapping[Verb, Callable[[OfTurn, str], None]]
ForDesk = Mapping[Verb, Callable[[AtDesk, str], None]]
