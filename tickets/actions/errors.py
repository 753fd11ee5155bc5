"""Why an act may not be. Each class is something that a caller tells apart; the sentence is for the log and the API."""


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


class CategoryMissingError(RuleError):
    """A ticket is never solved without a category."""

    code = "category_missing"
    field = "category"

    def __init__(self, ticket: int) -> None:
        super().__init__(f"ticket #{ticket} has no category yet")
        self.ticket: int = ticket
        self.status = None


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

    def __init__(self, ticket: int) -> None:
        super().__init__(f"the address of ticket #{ticket} is blocked; unblock it first", ticket=ticket)
