"""*My account*: what everybody may see and change about how they come in."""

from zoneinfo import ZoneInfo

from fastapi import Request
from fastapi.responses import RedirectResponse, Response
from sqlmodel import Session

from console import doors
from console.account.browsers import in_words
from console.account.proving import own_password
from console.doors import AccountNow, Visitor, accounts, passwords, second_factor, sessions, trail
from console.doors.sessions import OpenSession
from console.doors.trail import Kind
from console.forms import OurForm
from console.house import House, TheHouse
from console.language import keep_language, known
from console.pages.render import moments, page
from console.routes import Router
from console.tokens import hash_of
from console.visitors import Inside, knock_of, lacks_second_factor, let_in
from tickets import devices
from tickets.devices import DeviceNow
from tickets.ledger.tx import Tx

PATH = "/account"
LONGEST_NAME = 100
_SAVED = frozenset(
    {
        "name",
        "password",
        "language",
        "sessions",
        "factor_off",
        "device_on",
        "device_off",
        "device_try",
        "undo",
    }
)
UNDO = (0, 5, 10, 20)  # seconds that one may choose from

router = Router(include_in_schema=False)


@router.get(PATH)
async def account(request: Request, house: TheHouse, visitor: Inside, saved: str = "") -> Response:
    return await account_page(request, house, visitor, saved=saved if saved in _SAVED else None)


@router.post(f"{PATH}/name")
async def rename(request: Request, house: TheHouse, visitor: Inside, form: OurForm) -> Response:
    name, now = form.line("name", longest=LONGEST_NAME), house.clock()
    if not name or not name.isprintable():
        return await account_page(request, house, visitor, problem="name_missing", status=422)

    def job(tx: Tx) -> None:
        accounts.rename(tx, visitor.email, name)
        trail.write(tx, trail.by(visitor, Kind.RENAMED, knock_of(request)), at=now)

    await house.ledger.write(job, name="account")
    return saved_as("name")


@router.post(f"{PATH}/language")
async def choose_language(house: TheHouse, visitor: Inside, form: OurForm) -> Response:
    language = known(form.line("language"))
    if language is None:
        return saved_as("language")
    await house.ledger.write(lambda tx: accounts.speak(tx, visitor.email, language), name="account")
    return keep_language(saved_as("language"), language)


@router.post(f"{PATH}/undo")
async def choose_undo(house: TheHouse, visitor: Inside, form: OurForm) -> Response:
    """Choose for how long one's answers can be undone; nothing chosen: as the desk has it."""
    given = form.number("seconds")
    seconds = given if given in UNDO else None
    await house.ledger.write(lambda tx: accounts.undo_within(tx, visitor.email, seconds), name="account")
    return saved_as("undo")


@router.post(f"{PATH}/password")
async def change_password(request: Request, house: TheHouse, visitor: Inside, form: OurForm) -> Response:
    """Set another password. All other sessions end, and this one goes on under a new key."""
    now, knock, new = house.clock(), knock_of(request), form.text("new")
    problem = await own_password(house, visitor, form, knock)
    if problem is None and not passwords.is_long_enough(new):
        problem = "password_too_short"
    if problem is not None:
        return await account_page(request, house, visitor, problem=problem, at="password", status=422)
    hashed = await house.ledger.aside(house.passwords.hashed, new)

    def job(tx: Tx) -> str:
        accounts.set_password(tx, visitor.email, hashed)
        sessions.end_all(tx, visitor.email, at=now)
        trail.write(tx, trail.by(visitor, Kind.PASSWORD_CHANGED, knock), at=now)
        key = sessions.start_session(tx, visitor.email, at=now, knock=knock, way=visitor.way)
        devices.goes_along(tx, visitor.session, hash_of(key))
        return key

    key = await house.ledger.write(job, name="account")
    return let_in(saved_as("password"), house, key)


@router.post(f"{PATH}/sessions")
async def end_sessions(request: Request, house: TheHouse, visitor: Inside, form: OurForm) -> Response:
    """End one session, or with no session named all but this one."""
    now, one = house.clock(), form.line("session", longest=100)

    def job(tx: Tx) -> None:
        if one:
            many = int(sessions.end_one_of(tx, visitor.email, one, at=now))
        else:
            many = sessions.end_all(tx, visitor.email, at=now, besides=visitor.session)
        if many:
            trail.write(tx, trail.by(visitor, Kind.SESSION_ENDED, knock_of(request), many=many), at=now)

    await house.ledger.write(job, name="account")
    return saved_as("sessions")


async def account_page(
    request: Request, house: House, visitor: Visitor, *, saved: str | None = None, problem: str | None = None,
    at: str | None = None, status: int = 200,
) -> Response:  # fmt: skip
    """Show the account; `problem` is what was refused, and `at` the form that it stands in."""
    now = house.clock()

    def read(
        session: Session,
    ) -> tuple[AccountNow | None, tuple[OpenSession, ...], int, tuple[DeviceNow, ...]]:
        return (
            doors.account_of(session, visitor.email),
            sessions.open_sessions(session, now=now, email=visitor.email),
            second_factor.codes_left(session, visitor.email),
            devices.of_person(session, visitor.email),
        )

    own, open_, left, told = await house.ledger.read(read)
    desks = house.desks()
    return page(
        request, house, "account.html", visitor=visitor, status=status, saved=saved, problem=problem, at=at,
        own=own, sessions=open_, codes_left=left, devices=told, push=house.push, browser=in_words, when=moments(request, zone_of(house, visitor), now),
        posts=[(desks[post.desk].desk.name, post.role) for post in visitor.posts if post.desk in desks],
        must=lacks_second_factor(visitor, house), shortest=passwords.SHORTEST, undo=UNDO,
    )  # fmt: skip


def zone_of(house: House, visitor: Visitor) -> ZoneInfo:
    """Return the time zone in which somebody reads: that of the first desk where they work."""
    desks = house.desks()
    theirs = [post.desk for post in visitor.posts if post.desk in desks] or sorted(desks)
    return desks[theirs[0]].desk.calendar.tz if theirs else ZoneInfo("UTC")


def saved_as(what: str, *, at: str = "") -> RedirectResponse:
    """Show the account, with what was done; `at` is the part of the page where it shows."""
    return RedirectResponse(f"{PATH}?saved={what}{f'#{at}' if at else ''}", status_code=303)
