"""What can be known of somebody by their own words."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Identity:
    """What a contact said of themselves; nothing of it is checked yet."""

    name: str | None = None
    number: str | None = None  # NIM (8 to 12 digits) or NIP (18 digits), digits only
    unit: str | None = None  # study programme, faculty or office, as it was written
    email: str | None = None  # lower case


REQUIRED = ("name", "number", "unit")  # the desk asks for these; an email is welcome


def missing(identity: Identity) -> tuple[str, ...]:
    """Return the names of the required fields that are not known, in the order in which to ask."""
    return tuple(field for field in REQUIRED if getattr(identity, field) is None)


def only(values: set[str]) -> str | None:
    return next(iter(values)) if len(values) == 1 else None
