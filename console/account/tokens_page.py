"""API tokens, for the administrator: which there are and when they were used, made for a purpose and taken back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from console.account.administering import for_the_administrator
from console.account.own import zone_of
from console.doors import Visitor
from console.doors.handing_out import By, make, take_back
from console.forms import Form, OurForm
from console.house import House, TheHouse
from console.once import once
from console.pages.render import moments, page
from console.routes import Router
from console.scopes import GROUPS, SCOPES
from console.tokens import tokens
from console.visitors import Here, knock_of
from tickets.actor import Role
from tickets.ledger.tx import Tx

PATH = "/tokens"
LONGEST_NAME = 60
LIVES: Mapping[str, timedelta | None] = {
    "30": timedelta(days=30),
    "90": timedelta(days=90),
    "365": timedelta(days=365),
    "never": None,
}
ROLES = (Role.VIEWER, Role.AGENT, Role.SUPERVISOR, Role.ADMIN)

router = Router(include_in_schema=False)


@dataclass(frozen=True, kw_only=True)
class _Wanted:
    """A token as the form asks for it."""

    name: str
    role: str
    desk: str | None
    scopes: tuple[str, ...]
    lives: str

    def is_whole(self, desks: Mapping[str, object]) -> bool:
        return bool(
            self.name
            and self.name.isprintable()
            and self.role in ROLES
            and self.scopes
            and self.lives in LIVES
            and (self.desk is None or self.desk in desks)
        )


_EMPTY = _Wanted(name="", role=str(Role.VIEWER), desk=None, scopes=(), lives="90")


@router.get(PATH)
async def show(request: Request, house: TheHouse, visitor: Here) -> Response:
    for_the_administrator(visitor)
    return await _page(request, house, visitor)


@router.post(PATH)
async def make_one(request: Request, house: TheHouse, visitor: Here, form: OurForm) -> Response:
    """Make a token and show it this once; the form sent again makes no second one."""
    for_the_administrator(visitor)
    wanted, now = _wanted(form), house.clock()
    if not wanted.is_whole(house.desks()):
        return await _page(request, house, visitor, wanted=wanted, problem="token_incomplete", status=422)
    life, by = LIVES[wanted.lives], By(who=visitor.email, knock=knock_of(request))
    actor = visitor.actor(wanted.desk or "")
    command = form.command(actor, body={"name": wanted.name})
    made: list[str] = []

    def job(tx: Tx) -> None:
        made.clear()  # the writer may run a job twice
        made.append(
            make(
                tx, name=wanted.name, role=Role(wanted.role), desk=wanted.desk, scopes=wanted.scopes,
                expires_at=now + life if life is not None else None, by=by, at=now,
            )
        )  # fmt: skip

    done = await house.ledger.write(lambda tx: once(tx, command, job, at=now), name="token")
    return await _page(request, house, visitor, made=(wanted.name, made[0]) if done else None)


@router.post(f"{PATH}/take-back")
async def take_one_back(request: Request, house: TheHouse, visitor: Here, form: OurForm) -> Response:
    for_the_administrator(visitor)
    now, by = house.clock(), By(who=visitor.email, knock=knock_of(request))
    one = form.line("id", longest=100)
    await house.ledger.write(lambda tx: take_back(tx, one, by=by, at=now), name="token")
    return RedirectResponse(PATH, status_code=303)


def _wanted(form: Form) -> _Wanted:
    given = {str(value) for value in form.data.getlist("scope")}
    return _Wanted(
        name=form.line("name", longest=LONGEST_NAME), role=form.line("role"), desk=form.line("desk") or None,
        scopes=tuple(scope for scope in SCOPES if scope in given), lives=form.line("lives"),
    )  # fmt: skip


async def _page(
    request: Request, house: House, visitor: Visitor, *, wanted: _Wanted = _EMPTY, made: tuple[str, str] | None = None,
    problem: str | None = None, status: int = 200,
) -> Response:  # fmt: skip
    now = house.clock()
    return page(
        request, house, "tokens.html", visitor=visitor, status=status, tokens=await house.ledger.read(tokens), now=now,
        made=made, problem=problem, wanted=wanted, groups=GROUPS, scopes=SCOPES, roles=ROLES, lives=LIVES,
        desks={slug: desk.desk.name for slug, desk in sorted(house.desks().items())},
        when=moments(request, zone_of(house, visitor), now),
    )  # fmt: skip
