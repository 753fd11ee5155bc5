"""Filling the templates: one place that decides language, form tokens and what every page is given."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import partial
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from console.doors import Visitor
from console.files import SHOWN
from console.forms import VISIT, new_once_key, token_for
from console.house import House
from console.language import language_of
from console.pages.frame import frame_for
from console.phrases import say
from console.safe_html import Shown, shown
from console.sizes import size_in_words
from console.worded import worded
from templates_replies.both_tongues import read_in
from templates_replies.moments import moment_in_words
from tickets.views import MessageView

FOLDER = Path(__file__).parent

_environment = Environment(
    loader=FileSystemLoader(FOLDER / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
    lstrip_blocks=True,
)  # fmt: skip
_environment.filters |= {"size": size_in_words, "read_in": read_in}


def page(
    request: Request, house: House, template: str, *, visitor: Visitor | None = None, status: int = 200, **values: Any
) -> HTMLResponse:  # fmt: skip
    """Fill a template for whoever looks at it."""
    language = language_of(request)
    visit = "" if visitor else VISIT.read(request, house) or new_once_key()
    html = _environment.get_template(template).render(
        t=partial(say, language), language=language, visitor=visitor, path=request.url.path, once=new_once_key,
        token=token_for(house, visitor.session if visitor else visit), cleaned=_cleaned, worded=worded,
        frame=frame_for(request, visitor, house), **values,
    )  # fmt: skip
    response = HTMLResponse(html, status_code=status)
    if visit and VISIT.read(request, house) != visit:
        VISIT.put(response, house, visit)
    return response


def error_page(request: Request, status: int, *, key: str | None = None) -> Response:
    """Return what a browser shows when something goes wrong. Needs nothing that could go wrong as well.

    `key` is the phrase that says what; without one it goes by the status.
    """
    language = language_of(request)
    key = key or (f"error_{status}" if status in {403, 404} else "error")
    html = _environment.get_template("error.html").render(
        t=partial(say, language), language=language, visitor=None, path="/", token="", once=new_once_key,
        key=key, status=status, frame=frame_for(request, None),
    )  # fmt: skip
    return HTMLResponse(html, status_code=status)


def moments(request: Request, zone: tzinfo, now: datetime) -> Callable[[datetime], str]:
    """Return how instants are written for this reader, in the desk's own time."""
    language = language_of(request)
    today = now.astimezone(zone).date()

    def words(instant: datetime) -> str:
        return moment_in_words(instant.astimezone(zone), language, today=today)

    return words


@dataclass(frozen=True, kw_only=True)
class _Mail:
    html: Markup
    seen: Shown


def _cleaned(message: MessageView, *, elsewhere: bool = False) -> _Mail:
    files = {
        file.inline_id: file.url
        for file in message.attachments
        if file.inline_id and file.url and file.type in SHOWN
    }
    seen = shown(message.html or "", files=files, elsewhere=elsewhere)
    return _Mail(html=Markup(seen.html), seen=seen)  # noqa: S704  that is what the cleaner is for
