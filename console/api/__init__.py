"""The JSON API under `/api/v1`, for programs with a bearer token."""

from collections.abc import Sequence

from console.api import (
    amending,
    annual,
    archive,
    belonging,
    bills,
    board,
    bookings,
    cases,
    catalogue,
    channels,
    curation,
    exports,
    figures,
    findings,
    handling,
    identity,
    messages,
    monthly,
    outgoing,
    papers,
    people,
    privacy,
    promises,
    quality,
    replies,
    scheduled,
    search,
    second_line,
    settings,
    sop_forms,
    statistics,
    surveys,
    tags,
    tickets,
    versions,
    views,
    webhooks,
    windows,
)
from console.api.caller import within
from console.api.shapes import ErrorShape
from console.routes import API, Responses, Router

# By what a token needs to be good for (console/scopes); the first path that fits is the one that answers.
_ROUTERS: Sequence[tuple[Router, str]] = (
    (board.router, "reports"),
    (board.acts, "tickets"),
    (channels.router, "reports"),
    (statistics.router, "reports"),
    (monthly.router, "reports"),
    (annual.router, "reports"),
    (figures.router, "reports"),
    (exports.router, "reports"),
    (findings.router, "tickets"),
    (outgoing.router, "tickets"),
    (tickets.router, "tickets"),
    (search.router, "tickets"),
    (views.router, "tickets"),
    (replies.router, "tickets"),
    (scheduled.router, "tickets"),
    (handling.router, "tickets"),
    (identity.router, "identity"),
    (belonging.router, "tickets"),
    (tags.router, "tickets"),
    (catalogue.router, "catalogue"),
    (curation.router, "catalogue"),
    (messages.router, "messages"),
    (messages.contacts, "identity"),
    (privacy.router, "identity"),
    (amending.router, "tickets"),
    (people.router, "people"),
    (promises.router, "tickets"),
    (webhooks.router, "webhooks"),
    (second_line.router, "tickets"),
    (bills.router, "tickets"),
    (archive.router, "tickets"),
    (bookings.router, "bookings"),
    (cases.router, "tickets"),
    (sop_forms.router, "tickets"),
    (versions.router, "tickets"),
    (papers.router, "tickets"),
    (surveys.router, "reports"),
    (surveys.acts, "tickets"),
    (quality.router, "reports"),
    (windows.router, "tickets"),
    (settings.router, "settings"),
)

# Each route asks for a token, and for what the token is good for.
_REFUSALS: Responses = {
    401: {"model": ErrorShape, "description": "No valid token"},
    403: {"model": ErrorShape, "description": "The token has no right to this"},
}

router = Router()
for _router, _group in _ROUTERS:
    router.routes.extend(_router.under(API, [within(_group)], _REFUSALS))
