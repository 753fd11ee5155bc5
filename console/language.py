"""In which language a page speaks: what the reader chose, else what their browser prefers."""

from fastapi import Request
from fastapi.responses import Response

from templates_replies.catalogue import LANGUAGES, Language

COOKIE = "tanggap_language"
_DEFAULT: Language = "id"
_YEAR = 365 * 24 * 60 * 60


def language_of(request: Request) -> Language:
    chosen = known(request.cookies.get(COOKIE, ""))
    return chosen or _preferred(request.headers.get("accept-language", "")) or _DEFAULT


def keep_language(response: Response, language: Language) -> Response:
    """Let the browser remember in which language its reader wants the pages."""
    response.set_cookie(COOKIE, language, max_age=_YEAR, samesite="lax", path="/", httponly=True)
    return response


def known(code: str) -> Language | None:
    return next((each for each in LANGUAGES if each == code), None)


def _preferred(header: str) -> Language | None:
    """Read `en-GB,en;q=0.8,id;q=0.9`: the best of ours, the first of equals."""
    weighed = [_weighed(part) for part in header[:500].split(",")]
    ours = [(weight, language) for weight, language in weighed if language is not None and weight > 0]
    return max(ours, key=lambda pair: pair[0])[1] if ours else None


def _weighed(part: str) -> tuple[float, Language | None]:
    code, _, parameters = part.strip().partition(";")
    quality = parameters.strip().removeprefix("q=")
    try:
        weight = float(quality) if quality else 1.0
    except ValueError:
        weight = 0.0
    return weight, known(code.split("-", 1)[0].lower())
