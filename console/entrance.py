"""The entrance: logging in and out, and the one-time link with which an account begins."""

import re
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import RedirectResponse, Response

from console import doors
from console.forms import OurForm
from console.house import TheHouse
from console.language import COOKIE as LANGUAGE_COOKIE
from console.language import known
from console.pages.render import page
from console.throttle import Throttle
from console.visitors import COOKIE, Here, MaybeVisitor, let_in

_MAILBOX = re.compile(r"[^@\s]{1,64}@[^@\s]{1,190}")
_YEAR = 365 * 24 * 60 * 60

router = APIRouter(include_in_schema=False)


class Guesses:
    """Who has lately tried wrong passwords here."""

    def __init__(self) -> None:
        self._by_person = Throttle(most=8)
        self._by_place = Throttle(most=50)

    def are_too_many(self, place: str, email: str, *, now: datetime) -> bool:
        return self._by_person.is_closed(f"{place} {email}", now=now) or self._by_place.is_closed(
            place, now=now
        )

    def wrong(self, place: str, email: str, *, now: datetime) -> None:
        self._by_person.failed(f"{place} {email}", now=now)
        self._by_place.failed(place, now=now)

    def right(self, place: str, email: str) -> None:
        self._by_person.forget(f"{place} {email}")


def _guesses(request: Request) -> Guesses:
    guesses: Guesses = request.app.state.guesses
    return guesses


@router.get("/")
async def entrance(request: Request, house: TheHouse, visitor: MaybeVisitor, next: str = "") -> Response:  # noqa: A002
    if visitor is not None:
        return RedirectResponse("/inbox", status_code=303)
    nobody = not await house.ledger.read(doors.accounts)
    return page(request, house, "login.html", nobody=nobody, next=_local(next), problem=None, email="")


@router.post("/login")
async def log_in(
    request: Request, house: TheHouse, form: OurForm, guesses: Annotated[Guesses, Depends(_guesses)]
) -> Response:
    now = house.clock()
    email = form.line("email").lower()
    place = request.client.host if request.client else ""
    if guesses.are_too_many(place, email, now=now):
        return _refused(request, house, form, "too_many", status=429)
    account = await house.ledger.read(lambda session: doors.account_of(session, email))
    password = form.text("password")[: doors.LONGEST_PASSWORD]
    if not await house.ledger.aside(doors.fits, account, password) or account is None:
        guesses.wrong(place, email, now=now)
        return _refused(request, house, form, "wrong", status=403)
    guesses.right(place, email)
    key = await house.ledger.write(lambda tx: doors.start_session(tx, account.email, at=now), name="login")
    return let_in(RedirectResponse(_local(form.line("next")), status_code=303), house, key)


@router.post("/logout")
async def log_out(house: TheHouse, visitor: Here, form: OurForm) -> Response:
    del form  # that it came from our own page is all there is to know
    now = house.clock()
    await house.ledger.write(lambda tx: doors.end_session(tx, visitor, at=now), name="logout")
    response = RedirectResponse("/", status_code=303)
    response.delete_cookie(COOKIE, path="/")
    return response


@router.get("/setup/{key}")
async def setup(request: Request, key: str, house: TheHouse) -> Response:
    now = house.clock()
    try:
        invited = await house.ledger.write(lambda tx: doors.invited(tx, key, at=now), name="invitation")
    except doors.InvitationError:
        return page(request, house, "setup_over.html", status=404)
    return page(request, house, "setup.html", invited=invited, problem=None, email="", name="")


@router.post("/setup/{key}")
async def make_account(request: Request, key: str, house: TheHouse, form: OurForm) -> Response:
    now = house.clock()
    email, name, password = form.line("email"), form.line("name"), form.text("password")
    try:
        invited = await house.ledger.write(lambda tx: doors.invited(tx, key, at=now), name="invitation")
        whole = bool(name) and bool(_MAILBOX.fullmatch(invited.email or email))
        if not whole or not doors.SHORTEST_PASSWORD <= len(password) <= doors.LONGEST_PASSWORD:
            return page(
                request, house, "setup.html", invited=invited, problem="setup_incomplete", email=email, name=name,
                status=422,
            )  # fmt: skip
        hashed = await house.ledger.aside(doors.hash_password, password)
        session = await house.ledger.write(
            lambda tx: doors.start_session(
                tx, doors.accept(tx, key, email=email, name=name, password_hash=hashed, at=now), at=now
            ),
            name="account",
        )
    except doors.InvitationError:
        return page(request, house, "setup_over.html", status=404)
    return let_in(RedirectResponse("/inbox", status_code=303), house, session)


@router.get("/language/{code}")
async def choose_language(code: str, next: Annotated[str, Query()] = "/") -> Response:  # noqa: A002
    response = RedirectResponse(_local(next), status_code=303)
    language = known(code)
    if language is not None:
        response.set_cookie(LANGUAGE_COOKIE, language, max_age=_YEAR, samesite="lax", path="/", httponly=True)
    return response


def _refused(request: Request, house: TheHouse, form: OurForm, problem: str, *, status: int) -> Response:
    return page(
        request, house, "login.html", nobody=False, next=_local(form.line("next")), problem=problem,
        email=form.line("email"), status=status,
    )  # fmt: skip


def _local(path: str) -> str:
    """Return a way within this house, whatever somebody wrote into the link."""
    return path if re.fullmatch(r"/[\w#-]+(/[\w.-]+)*", path) else "/inbox"
