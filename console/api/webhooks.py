"""Webhooks: how they fare, and what a supervisor does about it. What they are stands in the desk's file."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import Path
from fastapi.responses import JSONResponse
from pydantic.dataclasses import dataclass

from console.api.bodies import SendAgain
from console.api.caller import Asked, Asking, Caller, only_theirs
from console.api.shapes import ErrorShape, answer
from console.channels.hooks import Webhook, webhooks_of
from console.house import House, TheHouse
from console.routes import Router
from tickets.actions import hooks
from tickets.actions.rights import require
from tickets.actor import Role
from tickets.ledger.tx import Tx

TRIES = 50

_REFUSALS: dict[int | str, dict[str, Any]] = {
    401: {"model": ErrorShape, "description": "No valid token"},
    403: {"model": ErrorShape, "description": "The token has no right to this"},
    422: {"model": ErrorShape, "description": "There is no such desk or webhook"},
}
Slug = Annotated[str, Path(max_length=100)]

router = Router(tags=["webhooks"], responses=_REFUSALS)


@dataclass(frozen=True, kw_only=True)
class WebhookList:
    items: tuple[Webhook, ...]


@router.get("/webhooks", summary="How webhooks and trackers fare", responses={200: {"model": WebhookList}})
async def list_webhooks(house: TheHouse, by: Caller, desk: str | None = None) -> JSONResponse:
    """For supervisors; secrets are never shown, and of a URL no query."""
    only_theirs(by, desk)
    slugs = [desk] if desk else sorted(slug for slug in house.desks() if by.belongs_to(slug))
    for slug in slugs:
        require(by, Role.SUPERVISOR, slug)
    found = [each for slug in slugs for each in await _shown(house, slug)]
    return answer(WebhookList(items=tuple(found)))


@router.post("/webhooks/{desk}/{webhook}/test", summary="Send a test", responses={200: {"model": Webhook}})
async def send_test(desk: Slug, webhook: Slug, asked: Asking) -> JSONResponse:
    def act(tx: Tx, at: datetime) -> None:
        hooks.send_test(tx, webhook, desk=asked.house.desk(desk), by=asked.by, at=at)

    await asked.does_once(act, None)
    return await _one(asked, desk, webhook)


@router.post(
    "/webhooks/{desk}/{webhook}/again",
    summary="Bring something once more, under its id",
    responses={200: {"model": Webhook}},
)
async def send_again(desk: Slug, webhook: Slug, body: SendAgain, asked: Asking) -> JSONResponse:
    def act(tx: Tx, at: datetime) -> None:
        hooks.send_again(tx, webhook, body.delivery, desk=asked.house.desk(desk), by=asked.by, at=at)

    await asked.does_once(act, body)
    return await _one(asked, desk, webhook)


@router.post(
    "/webhooks/{desk}/{webhook}/resume",
    summary="Let a paused one run again",
    responses={200: {"model": Webhook}, 409: {"model": ErrorShape, "description": "It is not paused"}},
)
async def resume(desk: Slug, webhook: Slug, asked: Asking) -> JSONResponse:
    def act(tx: Tx, at: datetime) -> None:
        hooks.resume(tx, webhook, desk=asked.house.desk(desk), by=asked.by, at=at)

    await asked.does_once(act, None)
    return await _one(asked, desk, webhook)


async def _shown(house: House, slug: str) -> tuple[Webhook, ...]:
    desk = house.desk(slug).desk
    return await house.ledger.read(lambda session: webhooks_of(session, desk, tries=TRIES))


async def _one(asked: Asked, desk: str, webhook: str) -> JSONResponse:
    return answer(next(each for each in await _shown(asked.house, desk) if each.id == webhook))
