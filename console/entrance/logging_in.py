"""The entrance: logging in, in one step or two, and out."""

import re
from datetime import datetime, timedelta
from typing import Annotated, Any

from fastapi import Query, Request
from fastapi.responses import RedirectResponse, Response

from console import doors
from console.chosen_desk import keep_desk, same_page
from console.doors import AccountNow, Way, second_factor, throttle, trail
from console.doors.second_factor import Passed
from console.doors.trail import Entry, Kind
from console.entrance.login_page import login_page
from console.forms import Form, OurForm
from console.guarded import failed, may_try
from console.house import House, TheHouse
from console.language import keep_language, known
from console.pages.render import page
from console.routes import Router
from console.theme import keep_theme
from console.tokens import hash_of
from console.visitors import SESSION, Inside, MaybeVisitor, knock_of, let_in
from tickets import views
from tickets.ledger.tx import Tx

SECOND_STEP_LASTS = timedelta(minutes=5)
_SECOND_STEP = "second step"

router = Router(include_in_schema=False)


@router.get("/")
async def entrance(request: Request, house: TheHouse, visitor: MaybeVisitor, next: str = "") -> Response:  # noqa: A002
    if visitor is not None:
        return RedirectResponse("/inbox", status_code=303)
    nobody = not await house.ledger.read(doors.all_accounts)
    return login_page(request, house, nobody=nobody, next=local(next))


@router.get("/login")
async def come_back() -> Response:
    """Whoever opens the address at which they were refused is asked at the entrance again."""
    return RedirectResponse("/", status_code=303)


@router.post("/login")
async def log_in(request: Request, house: TheHouse, form: OurForm) -> Response:
    email, knock = form.line("email").lower(), knock_of(request)
    limits = throttle.at_the_door(email, knock.place)
    if not await may_try(house, limits, who=email, knock=knock):
        return _refused(request, house, form, "too_many", status=429)
    account = await house.ledger.read(lambda session: doors.account_of(session, email))
    password = form.text("password")
    right = await house.ledger.aside(house.passwords.fits, account.password if account else None, password)
    if not right or account is None:
        await failed(house, Kind.REFUSED, who=email, knock=knock)
        return _refused(request, house, form, "wrong", status=403)
    await house.ledger.write(lambda tx: throttle.was_right(tx, limits), name="door")
    if account.totp is not None:
        return _second_step(request, house, _step_of(house, account), form.line("next"))
    return await _come_in(request, house, form, account)


@router.post("/login/code")
async def give_code(request: Request, house: TheHouse, form: OurForm) -> Response:
    """Take the second step: a code of the app, or one for recovery."""
    now, knock, step = house.clock(), knock_of(request), form.line("step", longest=2000)
    account = await _after_first_step(house, step)
    if account is None:
        return _refused(request, house, form, "step_over", status=403)
    limits = throttle.second_step(account.email)
    if not await may_try(house, limits, who=account.email, knock=knock):
        return _refused(request, house, form, "too_many", status=429)
    code, secret = form.line("code", longest=100), _secret_of(house, account)

    def take(tx: Tx) -> Passed | None:
        passed = second_factor.passes(tx, account.email, code, secret=secret, at=now)
        if passed is not None:
            throttle.was_right(tx, limits)
        return passed

    passed = await house.ledger.write(take, name="door")
    if passed is None:
        await failed(house, Kind.CODE_REFUSED, who=account.email, knock=knock)
        return _second_step(request, house, step, form.line("next"), problem="wrong_code", status=403)
    return await _come_in(request, house, form, account, second=str(passed))


@router.post("/logout")
async def log_out(request: Request, house: TheHouse, visitor: Inside, form: OurForm) -> Response:
    del form  # that it came from our own page is all there is to know
    now, entry = house.clock(), trail.by(visitor, Kind.LOGGED_OUT, knock_of(request))

    def job(tx: Tx) -> None:
        doors.end_session(tx, visitor, at=now)
        trail.write(tx, entry, at=now)

    await house.ledger.write(job, name="logout")
    response = RedirectResponse("/", status_code=303)
    SESSION.take_away(response, house)
    return response


@router.get("/language/{code}")
async def choose_language(
    code: str, house: TheHouse, visitor: MaybeVisitor, next: Annotated[str, Query()] = "/"  # noqa: A002
) -> Response:  # fmt: skip
    response = RedirectResponse(local(next), status_code=303)
    language = known(code)
    if language is None:
        return response
    if visitor is not None:
        await house.ledger.write(lambda tx: doors.speak(tx, visitor.email, language), name="account")
    return keep_language(response, language)


@router.post("/theme")
async def choose_theme(form: OurForm) -> Response:
    return keep_theme(RedirectResponse(local(form.line("next")), status_code=303), form.line("theme"))


@router.post("/desk")
async def choose_desk(house: TheHouse, form: OurForm) -> Response:
    """Look at one desk of several, or at all of them, on the page that one is on."""
    given = form.line("desk")
    slug = given if given in house.desks() else ""
    there = same_page(local(form.line("next")), form.line("query"), slug)
    return keep_desk(RedirectResponse(there, status_code=303), slug)


def local(path: str) -> str:
    """Return a way within this house, whatever somebody wrote into the link."""
    return path if re.fullmatch(r"/[\w#-]+(/[\w.-]+)*", path) else "/inbox"


async def let_account_in(
    request: Request, house: House, account: AccountNow, *, to: str, way: Way, **about: Any
) -> Response:
    """Begin a session and show the way; the pages speak as the account likes it. Who works nowhere stays outside."""
    now, knock = house.clock(), knock_of(request)
    posts = await house.ledger.read(lambda session: views.posts_of(session, account.email))
    if not posts and not account.admin:
        return login_page(request, house, next="/inbox", problem="no_desk_hint", status=403)
    entry = Entry(kind=Kind.LOGGED_IN, who=account.email, knock=knock, data={"way": str(way), **about})

    def job(tx: Tx) -> str:
        trail.write(tx, entry, at=now)
        return doors.start_session(tx, account.email, at=now, knock=knock, way=way)

    key = await house.ledger.write(job, name="login")
    await house.ledger.write(lambda tx: throttle.sweep(tx, at=now), name="sweep")
    response = let_in(RedirectResponse(local(to), status_code=303), house, key)
    language = known(account.language or "")
    return keep_language(response, language) if language is not None else response


async def _come_in(
    request: Request, house: House, form: Form, account: AccountNow, *, second: str | None = None
) -> Response:
    about = {"second": second} if second else {}
    return await let_account_in(request, house, account, to=form.line("next"), way=Way.PASSWORD, **about)


def _refused(request: Request, house: House, form: Form, problem: str, *, status: int) -> Response:
    return login_page(
        request,
        house,
        next=local(form.line("next")),
        problem=problem,
        email=form.line("email"),
        status=status,
    )


# -- between the two steps --------------------------------------------------------------------------------------------


def _step_of(house: House, account: AccountNow) -> str:
    """Return what proves for some minutes that the password was right, as long as it stays the password."""
    content = {
        "email": account.email,
        "at": house.clock().timestamp(),
        "password": hash_of(account.password or ""),
    }
    return house.sealer(_SECOND_STEP).seal(content, of=_SECOND_STEP)


async def _after_first_step(house: House, step: str) -> AccountNow | None:
    content = house.sealer(_SECOND_STEP).open(step, of=_SECOND_STEP)
    if content is None:
        return None
    made_at = datetime.fromtimestamp(content["at"], tz=house.clock().tzinfo)
    account = await house.ledger.read(lambda session: doors.account_of(session, content["email"]))
    is_over = house.clock() - made_at > SECOND_STEP_LASTS
    if is_over or account is None or hash_of(account.password or "") != content["password"]:
        return None
    return account


def _secret_of(house: House, account: AccountNow) -> str | None:
    """Return the secret of the account's app; None where another key of the installation has sealed it."""
    sealed = account.totp or ""
    secret: str | None = house.sealer(second_factor.PURPOSE).open(sealed, of=account.email)
    return secret


def _second_step(
    request: Request, house: House, step: str, to: str, *, problem: str | None = None, status: int = 200
) -> Response:
    return page(
        request, house, "second_step.html", step=step, next=local(to), problem=problem, status=status
    )  # fmt: skip
