"""Proving once more who sits at an open session, before something is changed that opens the door."""

from console import doors
from console.doors import Knock, Visitor, second_factor, throttle
from console.doors.second_factor import Passed
from console.doors.trail import Kind
from console.forms import Form
from console.guarded import failed, may_try
from console.house import House
from tickets.ledger.tx import Tx


async def own_password(house: House, visitor: Visitor, form: Form, knock: Knock) -> str | None:
    """Check the password in the form's `current`. None: it is right; else the phrase that says what is not."""
    limits = throttle.at_home(visitor.email)
    if not await may_try(house, limits, who=visitor.email, knock=knock):
        return "too_many"
    account = await house.ledger.read(lambda session: doors.account_of(session, visitor.email))
    kept = account.password if account else None
    if not await house.ledger.aside(house.passwords.fits, kept, form.text("current")):
        await failed(house, Kind.PASSWORD_REFUSED, who=visitor.email, knock=knock)
        return "current_wrong"
    await house.ledger.write(lambda tx: throttle.was_right(tx, limits), name="door")
    return None


async def own_code(house: House, visitor: Visitor, form: Form, knock: Knock) -> str | None:
    """Use up the code in the form's `code`. None: it was one; else the phrase that says what is wrong."""
    now, limits = house.clock(), throttle.second_step(visitor.email)
    if not await may_try(house, limits, who=visitor.email, knock=knock):
        return "too_many"
    account = await house.ledger.read(lambda session: doors.account_of(session, visitor.email))
    sealed = account.totp if account else None
    secret = house.sealer(second_factor.PURPOSE).open(sealed or "", of=visitor.email)
    code = form.line("code", longest=100)

    def take(tx: Tx) -> Passed | None:
        passed = second_factor.passes(tx, visitor.email, code, secret=secret, at=now)
        if passed is not None:
            throttle.was_right(tx, limits)
        return passed

    if await house.ledger.write(take, name="door") is None:
        await failed(house, Kind.CODE_REFUSED, who=visitor.email, knock=knock)
        return "wrong_code"
    return None
