"""The JSON API under `/api/v1`, for programs with a bearer token."""

from fastapi import APIRouter

from console.api import (
    amending,
    belonging,
    board,
    catalogue,
    curation,
    handling,
    identity,
    messages,
    outgoing,
    people,
    promises,
    quality,
    replies,
    second_line,
    surveys,
    tags,
    tickets,
    webhooks,
    windows,
)

PREFIX = "/api/v1"

router = APIRouter(prefix=PREFIX)
router.include_router(board.router)
router.include_router(outgoing.router)
router.include_router(tickets.router)
router.include_router(replies.router)
router.include_router(handling.router)
router.include_router(identity.router)
router.include_router(belonging.router)
router.include_router(tags.router)
router.include_router(catalogue.router)
router.include_router(curation.router)
router.include_router(messages.router)
router.include_router(amending.router)
router.include_router(people.router)
router.include_router(promises.router)
router.include_router(webhooks.router)
router.include_router(second_line.router)
router.include_router(surveys.router)
router.include_router(quality.router)
router.include_router(windows.router)
