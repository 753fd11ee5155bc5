"""Every page: what `console/app` answers people with, loaded when the first of them is asked for."""

from fastapi import FastAPI
from starlette.routing import BaseRoute

from console import (
    account,
    again,
    blocked,
    catalogue,
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
from console.board import page as board_page
from console.bookings import booking_page, bookings_page, calendars_page
from console.cases import archive_page, casework, procedures_page, versions_page
from console.channels import channels_page, hooks_page
from console.entrance import logging_in, setup_page, single_sign_on
from console.figures import breaches_page, procedure_page, quality_page, statistics_page
from console.figures.statistics_page import Remembered
from console.inbox import saved_views
from console.money import bill_page, bills_page
from console.papers import paper_check, papers_tried, ticket_papers
from console.people import people_page, presence
from console.privacy import contact_page, removals_page
from console.reports import evaluation_page, exports_page, made_files, reports_page, scorecard_page
from console.requests import request_page, turn_page
from console.search import search_page
from console.surveys import public_survey, surveys_page
from console.ticket import attached, composing, mail, scheduling
from console.ticket import page as ticket_page

__all__ = ["give_to"]

# None is included in another: they find their house on the application, and are the same for every one.
_ROUTES: list[BaseRoute] = [
    route
    for room in (
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


def give_to(app: FastAPI) -> None:
    """Have an application answer with all of them, and remember what takes long to reckon."""
    app.state.statistics = Remembered()
    app.router.routes.extend(_ROUTES)
