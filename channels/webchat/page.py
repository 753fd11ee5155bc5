"""The page as HTML: the same for a browser without JavaScript, for our script, and for the widget's frame."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from channels.webchat.live import mark_of
from channels.webchat.settings import ChatLine, WebChatSettings
from channels.webchat.submission import RefusedForm
from channels.webchat.texts import language_of, moment_of, say
from channels.webchat.visitor import Visit, Visitors

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; media-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors {}"
)
_environment = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True, undefined=StrictUndefined,
    trim_blocks=True, lstrip_blocks=True,
)  # fmt: skip


class Pages:
    """Draws the pages of one web chat."""

    def __init__(self, settings: WebChatSettings, visitors: Visitors, *, base: str) -> None:
        self._settings = settings
        self._visitors = visitors
        self._base = base

    def page(
        self, request: Request, visit: Visit, lines: list[ChatLine], *, problem: RefusedForm | None = None
    ) -> Response:
        """Return the page; it makes the browser remember the visit."""
        response = self._drawn(request, visit, lines, problem=problem)
        self._visitors.remember(response, visit)
        return response

    def blank(self, request: Request, visit: Visit) -> Response:
        """Return the page of a frame whose site is about to say who has logged in.

        Nothing is shown of whoever was here before, and nothing forgotten: it may be the same person.
        """
        return self._drawn(request, visit, [], hands_pass=False)

    def _drawn(
        self, request: Request, visit: Visit, lines: list[ChatLine], *, problem: RefusedForm | None = None,
        hands_pass: bool = True,
    ) -> Response:  # fmt: skip
        settings = self._settings
        language = language_of(request, settings.language)
        within = request.url.path.startswith(f"{self._base}/widget")
        said, opens_at = partial(say, language), settings.opens_at(datetime.now(UTC))
        html = _environment.get_template("chat.html").render(
            t=said, language=language, name=settings.name, base=self._base, path=path_of(request), within=within,
            lines=lines, mark=mark_of(lines, opens_at), once=self._visitors.form_key(visit), when=self._when(language),
            draft=problem.text if problem else "", problem=self._problem(said, problem), longest=settings.longest_text,
            offered=lines[-1].buttons if lines and not lines[-1].mine else (), most_files=settings.most_files,
            most_bytes=settings.max_file_bytes, limits=self._limits(said),
            known_as=visit.vouched and (visit.vouched.name or visit.vouched.subject),
            closed=self._closed(said, language, opens_at), by_mail=settings.by_mail, left=left_by(lines),
            leaving=problem is not None and problem.phrase == "not_a_mailbox",
            kept=self._visitors.signed(visit) if within and hands_pass else None,
        )  # fmt: skip
        headers = {
            "Content-Security-Policy": _POLICY.format(self._ancestors(within=within)),
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "same-origin",
            "Cache-Control": "no-store",
        }
        response = HTMLResponse(html, status_code=problem.status if problem else 200, headers=headers)
        if problem is not None and problem.wait is not None:
            response.headers["Retry-After"] = str(problem.wait)
        return response

    def _ancestors(self, *, within: bool) -> str:
        if not within:
            return "'self'"
        return "*" if self._settings.sites is None else " ".join(("'self'", *self._settings.sites))

    def _problem(self, said: Callable[..., str], problem: RefusedForm | None) -> str | None:
        if problem is None:
            return None
        return said(problem.phrase, most=self._settings.longest_text, limits=self._limits(said))

    def _closed(self, said: Callable[..., str], language: str, opens_at: datetime | None) -> str | None:
        if opens_at is None:
            return None
        local, today = opens_at.astimezone(self._settings.zone), datetime.now(self._settings.zone).date()
        return said("closed", moment=moment_of(local, language, today=today))

    def _limits(self, said: Callable[..., str]) -> str:
        megabytes = self._settings.max_file_bytes // (1024 * 1024)
        return said("limits", megabytes=megabytes, files=self._settings.most_files)

    def _when(self, language: str) -> Callable[[datetime], str]:
        today = datetime.now(self._settings.zone).date()

        def words(at: datetime) -> str:
            local = at.astimezone(self._settings.zone)
            clock = f"{local:%H:%M}" if language == "en" else f"{local:%H.%M}"
            return clock if local.date() == today else f"{local.day}/{local.month} {clock}"

        return words


def left_by(lines: list[ChatLine]) -> str | None:
    """Return the mailbox that the visitor named last."""
    return next((line.mailbox for line in reversed(lines) if line.mine and line.mailbox), None)


def path_of(request: Request) -> str:
    """Return the page's address with the language that was asked for, which forms shall keep."""
    asked = request.query_params.get("lang")
    return f"{request.url.path}?lang={quote(asked[:5])}" if asked else request.url.path
