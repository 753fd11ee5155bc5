"""The web as one application: the pages, the API, the files, and the errors of all of them."""

from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import JSONResponse
from fastapi.staticfiles import StaticFiles
from starlette.routing import BaseRoute

from console import (
    account,
    again,
    api,
    blocked,
    catalogue,
    errors,
    files,
    findings,
    inbox,
    installable,
    live,
    mentions_page,
    settings,
    verification,
    write_down,
    write_first,
)
from console.acts import Acts, Occasion, PlainActs
from console.board import page as board_page
from console.board.measured import Measured
from console.bookings import booking_page, bookings_page, calendars_page
from console.bounds import BoundedBodies
from console.cases import archive_page, casework, procedures_page, versions_page
from console.channels import channels_page, hooks_page
from console.company import Company
from console.entrance import logging_in, setup_page, single_sign_on
from console.figures import breaches_page, procedure_page, quality_page, statistics_page
from console.figures.statistics_page import Remembered
from console.guard import Guard
from console.headers import SafeHeaders
from console.house import House
from console.inbox import saved_views
from console.money import bill_page, bills_page
from console.papers import paper_check, papers_tried, ticket_papers
from console.people import people_page, presence
from console.privacy import contact_page, removals_page
from console.reports import evaluation_page, exports_page, made_files, reports_page, scorecard_page
from console.requests import request_page, turn_page
from console.search import search_page
from console.sight import Sight
from console.surveys import public_survey, surveys_page
from console.ticket import attached, composing, mail, scheduling
from console.ticket import page as ticket_page
from console.uploads import WithheldError, say_withheld
from console.visitors import NotLoggedInError, SecondFactorLackingError, to_login, to_second_factor

__all__ = ["Acts", "House", "Occasion", "PlainActs", "create_app"]

LARGEST_BODY = 60 * 1024 * 1024  # bytes of one request: five files of ten megabytes and some words
_STATIC = Path(__file__).parent / "pages" / "static"
_ABOUT = """\
Tickets of a desk, and every act upon them. Send a token of `tanggap token create` as `Authorization: Bearer …`.

Lists answer newest first; hand `next` back as `after` for the following page. Instants are ISO 8601 with offset.
Every error has one shape: `{"error": {"code", "message", "field"}}`. A write that carries an `Idempotency-Key` happens
once, however often it is sent.
"""


# None is included in another: they find their house on the application, and are the same for every one.
_ROUTES: list[BaseRoute] = [
    route
    for room in (
        api,
        logging_in,
        setup_page,
        installable,
        single_sign_on,
        account,
        inbox,
        saved_views,
        search_page,
        composing,
        casework,
        versions_page,
        bills_page,
        bill_page,
        archive_page,
        bookings_page,
        booking_page,
        calendars_page,
        scheduling,
        mentions_page,
        live,
        ticket_page,
        write_down,
        write_first,
        people_page,
        contact_page,
        removals_page,
        board_page,
        channels_page,
        statistics_page,
        breaches_page,
        findings,
        reports_page,
        exports_page,
        made_files,
        scorecard_page,
        evaluation_page,
        verification,
        presence,
        procedures_page,
        procedure_page,
        hooks_page,
        files,
        mail,
        again,
        attached,
        blocked,
        catalogue,
        settings,
        surveys_page,
        quality_page,
        public_survey,
        ticket_papers,
        papers_tried,
        paper_check,
        request_page,
        turn_page,
    )
    for route in room.router.routes
]


def create_app(house: House) -> FastAPI:
    """Build the application. Routes of channels may be added to it."""
    app = FastAPI(
        title="Tanggap", version="1", description=_ABOUT, openapi_url=f"{api.PREFIX}/openapi.json", docs_url=None,
        redoc_url=None, routes=list(_ROUTES),
    )  # fmt: skip
    app.state.house = house
    app.state.company = Company(house.ledger.whispers)
    app.state.sight = Sight(house.ledger.whispers)
    app.state.guard = Guard(house.ledger, house.clock)
    app.state.measured = Measured()
    app.state.statistics = Remembered()
    app.add_middleware(BoundedBodies, most=LARGEST_BODY)
    app.add_middleware(SafeHeaders)
    errors.install(app)
    app.add_exception_handler(NotLoggedInError, to_login)
    app.add_exception_handler(WithheldError, say_withheld)
    app.add_exception_handler(SecondFactorLackingError, to_second_factor)
    app.mount("/static", StaticFiles(directory=_STATIC), name="static")
    app.add_route("/openapi.json", lambda _request: JSONResponse(app.openapi()), include_in_schema=False)
    return app
