"""Light or dark: as the device has it, until somebody chooses for this browser."""

from fastapi import Request
from fastapi.responses import Response

THEMES = ("auto", "light", "dark")
COOKIE = "tanggap_theme"
_YEAR = 365 * 24 * 60 * 60


def theme_of(request: Request) -> str:
    chosen = request.cookies.get(COOKIE, "")
    return chosen if chosen in THEMES else "auto"


def keep_theme(response: Response, theme: str) -> Response:
    """Let the browser remember how its reader wants the pages to look, if they can look so."""
    if theme in THEMES:
        response.set_cookie(COOKIE, theme, max_age=_YEAR, samesite="lax", path="/", httponly=True)
    return response
