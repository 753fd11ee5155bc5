"""Why an act may not be. Each class is something that a caller tells apart; the sentence is for the log and the API."""

from collections.abc import Sequence
from datetime import datetime

from tickets.collisions import Collision
from tickets.presence import AbsenceNow


class ActError(Exception):
    """An act upon a ticket was refused."""

    code = "refused"
    field: str | None = None


class NotAllowedError(ActError):
    """Whoever asks has no right to this act at this desk."""

    code = "not_allowed"


class OwnTicketError(NotAllowedError):
    """Nobody verifies their own work: what they hold, or what they solved."""

    def __init__(self, ticket: int) -> None:
        super().__init__(f"ticket #{ticket} is their own work; somebody else verifies it")
        self.ticket = ticket


class RuleError(ActError):
    """The desk's own rules forbid it now."""

    code = "rule"

    def __init__(self, message: str, *, ticket: int | None = None, status: str | None = None) -> None:
        super().__init__(message)
        self.ticket = ticket
        self.status = status  # of the ticket, where that is what forbids it


class WindowOpenError(RuleError):
    """A contact who can be answered in free words needs no template."""

    code = "window_open"


class NothingWaitsError(RuleError):
    """No answer waits for the contact to write."""

    code = "nothing_waits"


class CannotChangeError(RuleError):
    """The channel cannot change what it has brought."""

    code = "cannot_change"


class CannotTakeBackError(RuleError):
    """The channel cannot take back what it has brought, or not any more."""

    code = "cannot_take_back"


class NotArrivedError(RuleError):
    """There is nothing to change: it did not arrive, or nobody knows whether it did."""

    code = "not_arrived"


class KnockedError(RuleError):
    """A contact is asked for a word once in each silence of theirs."""

    code = "knocked"

    def __init__(self, ticket: int, at: datetime) -> None:
        super().__init__(f"the contact of #{ticket} was asked for a word at {at.isoformat()}", ticket=ticket)
        self.at = at


class TemplateUnusableError(RuleError):
    """There is no template that can be sent now."""

    code = "template_unusable"

    def __init__(self, ticket: int, fault: str, *, template: str | None) -> None:
        super().__init__(f"no template for #{ticket}: {fault} ({template or 'none named'})", ticket=ticket)
        self.fault = fault
        self.template = template


class CategoryMissingError(RuleError):
    """A ticket is never solved without a category."""

    code = "category_missing"
    field = "category"

    def __init__(self, ticket: int) -> None:
        super().__init__(f"ticket #{ticket} has no category yet")
        self.ticket: int = ticket
        self.status = None


class AbsentError(RuleError):
    """Nobody's tickets are handed to somebody who is away."""

    code = "absent"

    def __init__(self, absence: AbsenceNow, *, at: datetime) -> None:
        until = f" until {absence.until.isoformat()}" if absence.until is not None else ""
        super().__init__(f"{absence.staff} is away{until}")
        self.absence = absence
        self.at = at


class NoReceiverError(RuleError):
    """The desk gives nothing out by itself, so somebody has to be named."""

    code = "no_receiver"


class PastAbsenceError(RuleError):
    """An absence ends after now and after it begins, and only what has not begun can be called off."""

    code = "past_absence"


class NothingToSayError(ActError):
    """An answer needs words or a file."""

    code = "empty"
    field = "text"


class UnknownValueError(ActError):
    """The desk has no such category, person or team."""

    code = "unknown_value"

    def __init__(self, message: str, *, field: str, value: str) -> None:
        super().__init__(message)
        self.field = field
        self.value = value


class AddressBlockedError(RuleError):
    """Nothing is said to an address that is blocked."""

    code = "blocked"

    def __init__(self, ticket: int | None = None) -> None:
        super().__init__("the address is blocked; unblock it first", ticket=ticket)


class OptedOutError(RuleError):
    """The contact asked for no more messages and has not written since."""

    code = "opted_out"

    def __init__(self, ticket: int) -> None:
        super().__init__("the contact wants no more messages and has not written since", ticket=ticket)


class NothingToLookUpError(RuleError):
    """The contact has given nothing that could be looked up or vouched for."""

    code = "nothing_to_look_up"


class NoDirectoryError(RuleError):
    """The desk has no directory, or one that is off."""

    code = "no_directory"


class NoMailboxError(RuleError):
    """A code goes only to the mailbox that the directory has, from a mailbox of the desk."""

    code = "no_mailbox"


class TooManyCodesError(RuleError):
    """Only so many codes are sent to one contact, and to one mailbox."""

    code = "too_many_codes"


class AlreadyOneError(RuleError):
    """The two tickets are of one contact already."""

    code = "already_one"


class NotJoinedError(RuleError):
    """The contact was joined with nobody, or that was undone."""

    code = "not_joined"


class NotProvenError(RuleError):
    """Contacts are joined when both are proven to be one person, or by a supervisor with a reason."""

    code = "not_proven"


class OtherContactError(RuleError):
    """The two tickets are of different contacts."""

    code = "other_contact"

    def __init__(self, number: int, other: int) -> None:
        super().__init__(f"tickets #{number} and #{other} are of different contacts", ticket=other)


class CategoriesMissingError(RuleError):
    """Some of many tickets have no category, and none was offered for them."""

    code = "categories_missing"
    field = "category"

    def __init__(self, tickets: Sequence[int]) -> None:
        super().__init__(f"without a category: {', '.join(f'#{ticket}' for ticket in tickets)}")
        self.tickets = tuple(tickets)


class ValuesMissingError(RuleError):
    """What shall be said to many names something that is not known of one of them."""

    code = "values_missing"

    def __init__(self, ticket: int, names: Sequence[str]) -> None:
        super().__init__(f"of ticket #{ticket} there is no {', '.join(names)}", ticket=ticket)
        self.names = tuple(names)


class TemplateUnfilledError(ActError):
    """A reply template asks for something that nobody has said; it never goes out with a gap."""

    code = "values_missing"

    def __init__(self, template: str, names: Sequence[str]) -> None:
        super().__init__(
            f"the reply template {template} still asks for {', '.join(names)}: name them in values"
        )
        self.field = "values"
        self.missing = tuple(names)


class UnfilledError(RuleError):
    """What a person wrote to a contact has a placeholder in it that nobody has filled in."""

    code = "unfilled"
    field = "text"

    def __init__(self, names: Sequence[str]) -> None:
        left = ", ".join(f"{{{name}}}" for name in names)
        super().__init__(
            f"{left} is not filled in: write what it stands for, or say that it is meant as written"
        )
        self.missing = tuple(names)


class CollisionError(RuleError):
    """A colleague has answered the same contact since; whoever answers should see that first."""

    code = "collision"

    def __init__(self, ticket: int, collision: Collision) -> None:
        super().__init__(
            f"{collision.by} has answered the contact of ticket #{ticket} meanwhile", ticket=ticket
        )
        self.collision = collision


class NeverWroteError(RuleError):
    """On this channel only somebody who has written before can be written to."""

    code = "never_wrote"
    field = "to"

    def __init__(self, to: str) -> None:
        super().__init__(f"{to} is no mailbox and has never written to this desk")


class WindowClosedError(RuleError):
    """WhatsApp takes free text only within 24 hours of the contact's last message."""

    code = "window_closed"

    def __init__(self) -> None:
        super().__init__(
            "the contact's last message on WhatsApp is more than 24 hours old; write by another channel"
        )


class CurrentTicketError(RuleError):
    """The contact has a ticket open in that chat: what is to be said belongs there."""

    code = "current_ticket"

    def __init__(self, current: int) -> None:
        super().__init__(f"the contact has ticket #{current} open there", ticket=current)
