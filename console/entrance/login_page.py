"""The page at the door: mailbox and password, or the way to the campus's own log in."""

from fastapi import Request
from fastapi.responses import HTMLResponse

from console.house import House
from console.pages.render import page


def login_page(
    request: Request, house: House, *, next: str, nobody: bool = False, problem: str | None = None, email: str = "",  # noqa: A002
    status: int = 200,
) -> HTMLResponse:  # fmt: skip
    return page(
        request, house, "login.html", nobody=nobody, next=next, problem=problem, email=email, status=status,
        sso=house.sso.settings.name if house.sso is not None else None,
    )  # fmt: skip
