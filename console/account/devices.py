"""Being told on one's own devices: a browser is added to them, tried out, and taken off."""

from fastapi import Request
from fastapi.responses import Response

from console.account.own import PATH, account_page, saved_as
from console.doors import trail
from console.doors.trail import Kind
from console.forms import OurForm
from console.house import House, TheHouse
from console.language import language_of
from console.routes import Router
from console.visitors import Here, knock_of
from tickets import devices, unsent
from tickets.ledger.tx import Tx

DEVICES = f"{PATH}/devices"
AT = "devices"  # where on the page
LONGEST = 1000  # characters of what a browser gives

router = Router(prefix=DEVICES, include_in_schema=False)


@router.post("")
async def add(request: Request, house: TheHouse, visitor: Here, form: OurForm) -> Response:
    """Tell this browser from now on. It says so again by itself when its address has changed."""
    given = [form.line(name, longest=LONGEST + 1) for name in ("endpoint", "p256dh", "auth")]
    if house.push is None or not house.push.is_sound(*given):
        return await account_page(request, house, visitor, problem="device_refused", at=AT, status=422)
    endpoint, p256dh, auth = given
    now, knock, language = house.clock(), knock_of(request), language_of(request)

    def job(tx: Tx) -> None:
        new = devices.keep(
            tx, endpoint=endpoint, p256dh=p256dh, auth=auth, email=visitor.email, session=visitor.session,
            language=language, browser=knock.browser, at=now,
        )  # fmt: skip
        if new:
            trail.write(tx, trail.by(visitor, Kind.DEVICE_ADDED, knock), at=now)

    await house.ledger.write(job, name="devices")
    return saved_as("device_on", at=AT)


@router.post("/off")
async def take_off(request: Request, house: TheHouse, visitor: Here, form: OurForm) -> Response:
    device, now = form.number("device") or 0, house.clock()

    def job(tx: Tx) -> None:
        if devices.forget_of(tx, visitor.email, device):
            trail.write(tx, trail.by(visitor, Kind.DEVICE_REMOVED, knock_of(request)), at=now)

    await house.ledger.write(job, name="devices")
    return saved_as("device_off", at=AT)


@router.post("/try")
async def try_out(house: TheHouse, visitor: Here, form: OurForm) -> Response:
    """Tell a device that it can be told: once, while that is on its way."""
    device, now = form.number("device") or 0, house.clock()
    desk = _desk_of(house, [post.desk for post in visitor.posts])

    def job(tx: Tx) -> None:
        found = devices.find(tx, device)
        if (
            found is None
            or found.email != visitor.email
            or unsent.waiting(tx, line=devices.line_of(found.id, None))
        ):
            return
        devices.queue(tx, found.id, dedup=f"try:{form.once}", desk=desk, at=now, payload={})

    await house.ledger.write(job, name="devices")
    return saved_as("device_try", at=AT)


def _desk_of(house: House, theirs: list[str]) -> str:
    """Return a desk under which something may be queued that concerns none."""
    return next((slug for slug in theirs if slug in house.desks()), min(house.desks()))
