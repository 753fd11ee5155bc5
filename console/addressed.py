"""What a page's address asks for, so that what is looked at can be linked to, handed on and taken out."""

from dataclasses import dataclass
from urllib.parse import urlencode


@dataclass(frozen=True, kw_only=True)
class Addressed:
    """Its fields are called as in the address, and stand there in their order."""

    def address(self, **instead: object) -> str:
        """Return this as a query with something else instead, or beside it; what is empty is left out."""
        return urlencode({name: value for name, value in (vars(self) | instead).items() if value})
