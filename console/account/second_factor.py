"""Setting up the second factor, making recovery codes anew, doing without."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from fastapi import Request
from fastapi.responses import RedirectResponse, Response
from markupsafe import Markup

from console import doors
from console.account.own import PATH
from console.account.proving import own_code, own_password
from console.doors import Visitor, second_factor, sessions, trail
from console.doors.trail import Kind
from console.forms import OurForm
from console.house import House, TheHouse
from console.pages.render import page
from console.routes import Router
from console.visitors import SECOND_FACTOR, Inside, knock_of, lacks_second_factor
from later import Later
from tickets.ledger.tx import Tx

if TYPE_CHECKING:
    import segno
else:
    segno = Later("segno")

ENROLMENT_LASTS = timedelta(minutes=30)
_ENROLMENT = "enrolment"

router = Router(include_in_schema=False)


@router.get(SECOND_FACTOR)
async def show(request: Request, house: TheHouse, visitor: Inside) -> Response:
    return await _page(request, house, visitor)


@router.post(SECOND_FACTOR)
async def turn_on(request: Request, house: TheHouse, visitor: Inside, form: OurForm) -> Response:
    """Take the first code of the app: from now on nobody comes in without, and other sessions end."""
    if visitor.has_second_factor:
        return RedirectResponse(SECOND_FACTOR, status_code=303)
    now, knock = house.clock(), knock_of(request)
    secret = _enrolled(house, visitor, form.line("enrolment", longest=1000))
    if secret is None:
        return await _page(request, house, visitor, problem="enrolment_over", status=422)
    problem = await own_password(house, visitor, form, knock) if await _has_password(house, visitor) else None
    step = second_factor.step_of(secret, form.line("code"), now=now)
    if problem is not None or step is None:
        return await _page(
            request, house, visitor, secret=secret, problem=problem or "wrong_code", status=422
        )
    sealed = house.sealer(second_factor.PURPOSE).seal(secret, of=visitor.email)

    def job(tx: Tx) -> tuple[str, ...]:
        sessions.end_all(tx, visitor.email, at=now, besides=visitor.session)
        trail.write(tx, trail.by(visitor, Kind.SECOND_FACTOR_ON, knock), at=now)
        return second_factor.turn_on(tx, visitor.email, sealed=sealed, step=step, at=now)

    codes = await house.ledger.write(job, name="account")
    return page(request, house, "recovery_codes.html", visitor=visitor, codes=codes, begun=True)


@router.post(f"{SECOND_FACTOR}/off")
async def turn_off(request: Request, house: TheHouse, visitor: Inside, form: OurForm) -> Response:
    now, knock = house.clock(), knock_of(request)
    if _is_asked(house, visitor):
        return await _page(request, house, visitor, problem="factor_is_required", status=409)
    problem = await own_code(house, visitor, form, knock)
    if problem is not None:
        return await _page(request, house, visitor, problem=problem, status=422)

    def job(tx: Tx) -> None:
        second_factor.turn_off(tx, visitor.email)
        trail.write(tx, trail.by(visitor, Kind.SECOND_FACTOR_OFF, knock), at=now)

    await house.ledger.write(job, name="account")
    return RedirectResponse(f"{PATH}?saved=factor_off", status_code=303)


@router.post(f"{SECOND_FACTOR}/recovery")
async def renew_recovery(request: Request, house: TheHouse, visitor: Inside, form: OurForm) -> Response:
    now, knock = house.clock(), knock_of(request)
    if not visitor.has_second_factor:
        return RedirectResponse(SECOND_FACTOR, status_code=303)
    problem = await own_code(house, visitor, form, knock)
    if problem is not None:
        return await _page(request, house, visitor, problem=problem, status=422)

    def job(tx: Tx) -> tuple[str, ...]:
        trail.write(tx, trail.by(visitor, Kind.RECOVERY_RENEWED, knock), at=now)
        return second_factor.new_recovery_codes(tx, visitor.email, at=now)

    codes = await house.ledger.write(job, name="account")
    return page(request, house, "recovery_codes.html", visitor=visitor, codes=codes, begun=False)


async def _page(
    request: Request, house: House, visitor: Visitor, *, secret: str | None = None, problem: str | None = None,
    status: int = 200,
) -> Response:  # fmt: skip
    if visitor.has_second_factor:
        left = await house.ledger.read(lambda session: second_factor.codes_left(session, visitor.email))
        return page(
            request, house, "second_factor_on.html", visitor=visitor, problem=problem, codes_left=left,
            asked=_is_asked(house, visitor), status=status,
        )  # fmt: skip
    secret = secret or second_factor.new_secret()
    content = {"secret": secret, "at": house.clock().timestamp()}
    return page(
        request, house, "second_factor.html", visitor=visitor, problem=problem, status=status,
        enrolment=house.sealer(_ENROLMENT).seal(content, of=visitor.email),
        picture=_picture(second_factor.address_of(secret, visitor.email)),
        letters=" ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        must=lacks_second_factor(visitor, house), has_password=await _has_password(house, visitor),
    )  # fmt: skip


def _picture(address: str) -> Markup:
    """Draw the code as SVG. It stays dark on white in dark pages too: cameras want it so."""
    code = segno.make(address, error="m", micro=False)
    drawn = code.svg_inline(omitsize=True, svgclass="qr", lineclass=None, border=3, light="#fff", dark="#000")
    return Markup(drawn)  # noqa: S704  numbers and colours of our own


def _enrolled(house: House, visitor: Visitor, sealed: str) -> str | None:
    content = house.sealer(_ENROLMENT).open(sealed, of=visitor.email)
    if content is None:
        return None
    made_at = datetime.fromtimestamp(content["at"], tz=house.clock().tzinfo)
    secret: str = content["secret"]
    return secret if house.clock() - made_at <= ENROLMENT_LASTS else None


def _is_asked(house: House, visitor: Visitor) -> bool:
    desks = {slug: desk.desk for slug, desk in house.desks().items()}
    return visitor.needs_second_factor(house.second_factor, desks)


async def _has_password(house: House, visitor: Visitor) -> bool:
    account = await house.ledger.read(lambda session: doors.account_of(session, visitor.email))
    return account is not None and account.password is not None
