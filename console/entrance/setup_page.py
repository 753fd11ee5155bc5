"""The one-time link with which an account begins, or gets a new password."""

import re

from fastapi import Request
from fastapi.responses import RedirectResponse, Response
from sqlmodel import Session

from console import doors
from console.doors import Way, passwords, trail
from console.doors.trail import Entry, Kind
from console.entrance.logging_in import let_account_in
from console.forms import OurForm
from console.house import House, TheHouse
from console.pages.render import page
from console.routes import Router
from console.visitors import knock_of
from tickets.ledger.tx import Tx
from tickets.views import colleagues

_MAILBOX = re.compile(r"[^@\s]{1,64}@[^@\s]{1,190}")

router = Router(include_in_schema=False)


@router.get("/setup/{key}")
async def setup(request: Request, key: str, house: TheHouse) -> Response:
    now = house.clock()
    try:
        invited = await house.ledger.write(lambda tx: doors.invited(tx, key, at=now), name="invitation")
    except doors.InvitationError:
        return page(request, house, "setup_over.html", status=404)
    email = invited.email
    called = await house.ledger.read(lambda session: _called(session, email)) if email is not None else ""
    return page(request, house, "setup.html", invited=invited, problem=None, email="", name=called)


def _called(session: Session, email: str) -> str:
    """Return the name of somebody's account, or that by which a desk knows them; "" where there is neither."""
    account = doors.account_of(session, email)
    if account is not None:
        return account.name
    return next((each.name for each in colleagues(session) if each.email == email), "")


@router.post("/setup/{key}")
async def make_account(request: Request, key: str, house: TheHouse, form: OurForm) -> Response:
    now = house.clock()
    email, name, password = form.line("email"), form.line("name"), form.text("password")
    try:
        invited = await house.ledger.write(lambda tx: doors.invited(tx, key, at=now), name="invitation")
        whole = bool(name) and bool(_MAILBOX.fullmatch(invited.email or email))
        if not whole or not passwords.is_long_enough(password):
            return page(
                request, house, "setup.html", invited=invited, problem="setup_incomplete", email=email, name=name,
                status=422,
            )  # fmt: skip
        return await _accepted(request, house, key, email=email, name=name, password=password)
    except doors.InvitationError:
        return page(request, house, "setup_over.html", status=404)


async def _accepted(
    request: Request, house: House, key: str, *, email: str, name: str, password: str
) -> Response:
    """Use the link up, and let its owner in; with a second factor they log in as always."""
    now, knock = house.clock(), knock_of(request)
    hashed = await house.ledger.aside(house.passwords.hashed, password)

    def job(tx: Tx) -> str:
        made = doors.accept(tx, key, email=email, name=name, password_hash=hashed, at=now)
        trail.write(tx, Entry(kind=Kind.ACCOUNT_MADE, who=made, knock=knock), at=now)
        return made

    made = await house.ledger.write(job, name="account")
    account = await house.ledger.read(lambda session: doors.account_of(session, made))
    assert account is not None
    if account.totp is not None:
        return RedirectResponse("/", status_code=303)
    return await let_account_in(request, house, account, to="/inbox", way=Way.LINK)
