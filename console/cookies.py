"""Cookies by which somebody is known: over https under names that this very host alone can set.

Who has a sibling of the domain (`blog.example.ac.id`) can set cookies that browsers send here as well, and so have somebody
log in, or write, in another's name. What is called `__Host-…` browsers take over https alone, for the host itself.
"""

from dataclasses import dataclass
from datetime import timedelta

from fastapi import Request
from fastapi.responses import Response

from console.house import House


@dataclass(frozen=True)
class HostCookie:
    name: str  # over plain http

    @property
    def over_https(self) -> str:
        return f"__Host-{self.name}"

    def named(self, house: House) -> str:
        return self.over_https if house.is_https else self.name

    def read(self, request: Request, house: House) -> str:
        return request.cookies.get(self.named(house), "")

    def put(
        self, response: Response, house: House, value: str, *, lasts: timedelta | None = None
    ) -> None:  # fmt: skip
        """Set it; without `lasts` it goes with the browser's window."""
        response.set_cookie(
            self.named(house), value, max_age=None if lasts is None else int(lasts.total_seconds()), httponly=True,
            samesite="lax", secure=house.is_https, path="/",
        )  # fmt: skip

    def take_away(self, response: Response, house: House) -> None:
        response.delete_cookie(
            self.named(house), httponly=True, samesite="lax", secure=house.is_https, path="/"
        )
