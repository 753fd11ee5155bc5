"""Having a file made, for pages and programs alike: what can be seen to be wrong is refused at once."""

from collections.abc import Collection, Mapping, Sequence

from fastapi import Request
from sqlmodel import Session

from console.forms import Form
from console.house import House
from console.once import Command, key_of, once
from console.reports.reported import known_of
from reports.exports.lines import Whose
from reports.making import queue, shelf
from reports.making.checking import check
from reports.making.gone import gone_of
from reports.making.measured import trail_name
from reports.making.order import Order, Surroundings
from reports.making.queue import NOWHERE, NoSuchMakingError
from reports.making.shelf import Making
from tickets.actions.rights import require
from tickets.actor import Actor, Role
from tickets.desk import Desk
from tickets.ledger.tx import Tx


async def checked(
    house: House, order: Order, desk: Desk, *, by: Actor, elsewhere: Mapping[str, Actor] = NOWHERE
) -> None:
    """Raise NotAllowedError, or ReportError for what can be seen to be wrong before anything is made."""
    for each in (desk.slug, *order.beside):
        require(elsewhere.get(each, by), Role.SUPERVISOR, each)
    at = house.clock()

    def look(session: Session) -> None:
        beside = [
            Whose(desk=each, known=known_of(session, house, each))
            for each in (house.desk(slug).desk for slug in order.beside)
        ]
        around = Surroundings(desk=desk, known=known_of(session, house, desk), now=at, beside=beside)
        check(session, order, house.search, around)

    await house.ledger.read(look)


async def ask_once(
    request: Request, house: House, form: Form, order: Order, desk: Desk, *, by: Actor,
    elsewhere: Mapping[str, Actor] = NOWHERE,
) -> None:  # fmt: skip
    """Have a file made that a form asks for, however often it is sent. Raises NotAllowedError, ReportError."""
    await checked(house, order, desk, by=by, elsewhere=elsewhere)
    at, body = house.clock(), dict(order.to_data())
    command = Command(
        account="console", event_id=key_of(by, form.once), by=by, path=request.url.path, body=body
    )

    def act(tx: Tx) -> None:
        queue.ask(tx, order, desk.slug, by=by, at=at, elsewhere=elsewhere)

    await house.ledger.write(lambda tx: once(tx, command, act, at=at), name="console")


async def theirs(house: House, keys: Collection[str], *, most: int = queue.MOST_KEPT + 1) -> list[Making]:
    """Return what somebody has asked for, under any of their keys, the newest first."""
    now = house.clock()
    return await house.ledger.read(lambda session: shelf.makings(session, keys, now=now, most=most))


async def gone_of_each(house: House, made: Sequence[Making]) -> list[tuple[str, ...]]:
    """Return of which months each has no history, for it was kept for long enough."""
    now = house.clock()

    def look(session: Session) -> list[tuple[str, ...]]:
        return [
            gone_of(
                session, each.order, (each.desk, *each.order.beside),
                today=now.astimezone(house.desk(each.desk).desk.calendar.tz).date(),
            )
            for each in made
        ]  # fmt: skip

    return await house.ledger.read(look)


async def one_of(house: House, key: int, actors: Mapping[str, Actor]) -> Making:
    """Return one of somebody's, whom each desk knows as an actor; asked anew, for rights may have gone. Raises NoSuchMakingError."""
    now = house.clock()
    found = await house.ledger.read(lambda session: shelf.making(session, key, now=now))
    by = actors.get(found.desk) if found is not None else None
    if found is None or by is None or found.asked_by != by.key or not may_have(found, actors):
        raise NoSuchMakingError(key)
    return found


def may_have(made: Making, actors: Mapping[str, Actor]) -> bool:
    """Whether somebody may have a file now: whether they supervise every desk of which it tells."""
    return all(
        slug in actors and actors[slug].may(Role.SUPERVISOR, slug) for slug in (made.desk, *made.order.beside)
    )


def trail_data(made: Making) -> dict[str, str | bool]:
    """Return what the trail keeps of a file that is handed out."""
    order = made.order
    data: dict[str, str | bool] = {"what": trail_name(order), "format": order.format}
    return data | ({"identities": True} if order.identities else {})
