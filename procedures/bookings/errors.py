"""Why something is not booked."""

from procedures.asking.periods import Period
from procedures.bookings.availability import Hindrance, Instead
from tickets.actions.errors import RuleError
from tickets.resources import Resource


class NotToBeHadError(RuleError):
    """The resource is not to be had then; the error knows what is to be had instead."""

    code = "not_to_be_had"
    field = "answers"

    def __init__(
        self, resource: Resource, period: Period, hindrance: Hindrance, instead: tuple[Instead, ...] = ()
    ) -> None:
        offers = ", ".join(f"{each.resource.id} {each.period}" for each in instead)
        super().__init__(
            f"{resource.id} is not to be had {period}: {hindrance}{f'; instead: {offers}' if offers else ''}"
        )
        self.resource = resource
        self.period = period
        self.hindrance = hindrance
        self.instead = instead


class BookingOverError(RuleError):
    """The booking is cancelled, or its time is over: nothing of it can be changed."""

    code = "booking_over"


class ResourceGoneError(RuleError):
    """What the request books was taken out of the desk's file since it was asked for."""

    code = "resource_gone"
