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
    figures,
    findings,
    handling,
    identity,
    messages,
    monthly,
    outgoing,
    papers,
    people,
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
from console.routes import Router

PREFIX = "/api/v1"

# By what a token needs to be good for (console/scopes); the first path that fits is the one that answers.
_ROUTERS: Sequence[tuple[Router, str]] = (
    (board.router, "reports"),
    (board.acts, "tickets"),
    (channels.router, "reports"),
    (statistics.router, "reports"),
    (monthly.router, "reports"),
    (annual.router, "reports"),
    (figures.router, "reports"),
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

router = Router()
for _router, _group in _ROUTERS:
    router.routes.extend(_router.under(PREFIX, [within(_group)]))
