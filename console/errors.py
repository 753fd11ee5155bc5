"""What goes wrong, as HTTP: the only table from the desk's errors to statuses, and the one shape that errors have."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from console.pages.render import error_page
from procedures.asking.given_answers import AnswersMissingError
from procedures.bookings.actions import WhyMissingError
from procedures.bookings.errors import NotToBeHadError
from procedures.bookings.rows import NoSuchBookingError
from procedures.cases.naming import NameMissingError
from procedures.cases.refusals import StepOverError
from procedures.cases.rows import NoSuchCaseError
from procedures.money.invoices import NoSuchInvoiceError, NoSuchPaymentError
from procedures.money.reckoning import NotTakenError
from procedures.papers.rows import NoSuchPaperError
from procedures.running.actions import ReasonMissingError
from reports.errors import ReportError
from reports.making.queue import NoSuchMakingError, TooManyError, UnderWayError
from templates_replies.curation.changes import ChangeRefusedError
from templates_replies.entries import NoSuchEntryError, UnreadableError
from templates_replies.tables import TableError
from tickets.actions.errors import (
    ActError,
    NotAllowedError,
    NothingToSayError,
    RuleError,
    TemplateUnfilledError,
    UnfilledError,
    UnknownValueError,
)
from tickets.actions.keeping_views import IncompleteViewError, NoSuchViewError
from tickets.actions.registering import NoSuchFindingError
from tickets.actions.revising import MistakesError
from tickets.ledger.writer import StoreUnavailableError
from tickets.ticket import NoSuchTicketError

log = structlog.get_logger()

_STATUS: Mapping[type[Exception], int] = {
    NotAllowedError: 403,
    NoSuchTicketError: 404,
    NoSuchViewError: 404,
    NoSuchFindingError: 404,
    IncompleteViewError: 422,
    NoSuchCaseError: 404,
    NoSuchBookingError: 404,
    WhyMissingError: 422,
    NoSuchInvoiceError: 404,
    NoSuchPaymentError: 404,
    NotTakenError: 422,
    NoSuchPaperError: 404,
    AnswersMissingError: 422,
    ReasonMissingError: 422,
    NameMissingError: 422,
    UnfilledError: 422,
    RuleError: 409,
    UnknownValueError: 422,
    NothingToSayError: 422,
    TemplateUnfilledError: 422,
    MistakesError: 422,
    ChangeRefusedError: 409,
    UnreadableError: 422,
    TableError: 422,
    NoSuchEntryError: 404,
    NoSuchMakingError: 404,
    UnderWayError: 409,
    TooManyError: 429,
    ReportError: 422,
    ActError: 409,
    StoreUnavailableError: 503,
}
_CODES = {
    400: "malformed",
    401: "not_authenticated",
    403: "not_allowed",
    404: "not_found",
    405: "method_not_allowed",
    412: "edited_meanwhile",
    413: "too_large",
    415: "unsupported_media_type",
    422: "malformed",
    428: "revision_needed",
    429: "too_many",
    503: "unavailable",
}
_SOURCES = ("body", "query", "path", "header")


class NotAuthenticatedError(HTTPException):
    """The request carries no valid token."""

    def __init__(self) -> None:
        super().__init__(401, "a valid bearer token is needed", headers={"WWW-Authenticate": "Bearer"})


def status_of(error: Exception) -> int:
    """Return the HTTP status of an error of the desk."""
    return next(status for kind, status in _STATUS.items() if isinstance(error, kind))


def install(app: FastAPI) -> None:
    """Let every error of the application leave in the one shape; for a browser, as a page."""
    for kind in _STATUS:
        app.add_exception_handler(kind, _of_the_desk)
    app.add_exception_handler(HTTPException, _of_http)
    app.add_exception_handler(RequestValidationError, _of_a_body)
    app.add_exception_handler(Exception, _unforeseen)


async def _of_the_desk(request: Request, error: Exception) -> Response:
    code = getattr(error, "code", None) or _CODES[status_of(error)]
    more: dict[str, Any] = {}
    if isinstance(error, TemplateUnfilledError | UnfilledError):
        more["missing"] = list(error.missing)
    if isinstance(error, StepOverError) and error.turn is not None:
        turn = error.turn
        ended_at = turn.ended_at.isoformat() if turn.ended_at else None
        more["turn"] = {"round": turn.round, "outcome": turn.outcome, "by": turn.by, "ended_at": ended_at}
    if isinstance(error, NotToBeHadError):
        more["hindrance"] = error.hindrance
        more["instead"] = [{"resource": one.resource.id, "period": str(one.period)} for one in error.instead]
    if isinstance(error, MistakesError):
        more["mistakes"] = [asdict(mistake) for mistake in error.mistakes]
    return _answer(request, status_of(error), code, str(error), field=getattr(error, "field", None), **more)


async def _of_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    code = _CODES.get(error.status_code, "error")
    answer = _answer(request, error.status_code, code, str(error.detail))
    answer.headers.update(error.headers or {})
    return answer


async def _of_a_body(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first: Mapping[str, Any] = next(iter(error.errors()), {})
    field = _field(first.get("loc", ()))
    return _answer(request, 422, "malformed", str(first.get("msg", "malformed request")), field=field)


async def _unforeseen(request: Request, error: Exception) -> Response:
    log.error("console.failed", path=request.url.path, error=type(error).__name__)
    return _answer(request, 500, "internal", "something went wrong here; it has been logged")


def _field(location: Sequence[str | int]) -> str | None:
    parts = [str(part) for part in location if part not in _SOURCES and not isinstance(part, int)]
    return ".".join(parts) or None


def _answer(
    request: Request, status: int, code: str, message: str, *, field: str | None = None, **more: Any
) -> Response:
    if not request.url.path.startswith("/api/") and "text/html" in request.headers.get("accept", ""):
        return error_page(request, status)
    return JSONResponse(
        {"error": {"code": code, "message": message, "field": field, **more}}, status_code=status
    )
