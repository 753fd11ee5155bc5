"""The second factor: set up with an app, asked at the door, good once, and what there is when the telephone is lost."""

import re
from datetime import timedelta

import pyotp
import pytest
from sqlalchemy import select
from sqlmodel import SQLModel

from console import doors
from console.doors import second_factor
from console.doors.handing_out import AT_THE_MACHINE, make
from console.doors.sealing import Sealer
from tests.console.conftest import PASSWORD
from tests.console.pages import Visitor
from tests.tickets.desks import BUDI, RINA
from tickets.actor import Role
from tickets.desk import SecondFactor

SET_UP, STEP, OFF = "/account/second-factor", "/login/code", "/account/second-factor/off"


class App:
    """An authenticator on a telephone."""

    def __init__(self, page, clock) -> None:
        letters = re.search(r'<p class="secret"><code>([A-Z2-7 ]+)<', page.answer.text)
        self.secret = letters[1].replace(" ", "")
        self._clock = clock

    def code(self, *, ago: timedelta = timedelta()) -> str:
        return pyotp.TOTP(self.secret).at(self._clock.now - ago)


@pytest.fixture
def later(office):
    """Let the half minute of the last code pass."""

    def wait(seconds=60):
        office.clock.now += timedelta(seconds=seconds)

    return wait


@pytest.fixture
async def app(office, budi):
    """Budi has set one up; the recovery codes are `app.recovery`."""
    page = await budi.opens(SET_UP)
    app = App(page, office.clock)
    shown = await budi.sends(page, SET_UP, code=app.code(), current=PASSWORD)
    app.recovery = re.findall(r"<code>([A-Z2-7-]{19})</code>", shown.answer.text)
    return app


async def test_a_code_is_asked_after_the_password_and_is_good_once(office, budi, browser, app, later):
    later()
    asked = await browser.logs_in(BUDI.id, PASSWORD)
    assert "six-digit code" in asked.text
    assert (await browser.opens("/inbox")).path == "/"
    wrong = await browser.sends(asked, STEP, code="000000")
    assert (wrong.status, "not right" in wrong.text) == (403, True)
    code = app.code()
    assert (await browser.sends(wrong, STEP, code=code)).path == "/inbox"
    async with office.browser() as client:
        another = Visitor(client)
        replayed = await another.sends(await another.logs_in(BUDI.id, PASSWORD), STEP, code=code)
        assert replayed.status == 403
        older = await another.sends(replayed, STEP, code=app.code(ago=timedelta(seconds=30)))
        assert older.status == 403


async def test_a_recovery_code_stands_in_once(office, budi, browser, app):
    assert len(app.recovery) == second_factor.HOW_MANY
    spoken = app.recovery[0].replace("-", " ").replace("O", "0").lower()
    inside = await browser.sends(await browser.logs_in(BUDI.id, PASSWORD), STEP, code=spoken)
    assert inside.path == "/inbox"
    assert "Recovery codes left: 7." in (await browser.opens("/account")).text
    async with office.browser() as client:
        another = Visitor(client)
        used = await another.sends(await another.logs_in(BUDI.id, PASSWORD), STEP, code=spoken)
        assert used.status == 403


async def test_codes_are_not_guessed_from_wherever(office, budi, browser, app, later):
    later()
    page = await browser.logs_in(BUDI.id, PASSWORD)
    for _ in range(10):
        page = await browser.sends(page, STEP, code="111111")
    assert (await browser.sends(page, STEP, code=app.code())).status == 429
    assert (
        await browser.sends(await browser.logs_in(BUDI.id, PASSWORD), STEP, code=app.code())
    ).status == 429


async def test_the_second_step_is_over_after_some_minutes_and_cannot_be_forged(
    office, budi, browser, app, later
):
    asked = await browser.logs_in(BUDI.id, PASSWORD)
    forged = Sealer("another key", "second step").seal(
        {"email": BUDI.id, "at": 0, "password": ""}, of="second step"
    )
    assert (await browser.sends(asked, STEP, step=forged, code=app.code())).status == 403
    later(6 * 60)
    over = await browser.sends(asked, STEP, code=app.code())
    assert "took too long" in over.text


async def test_setting_up_takes_the_password_and_ends_other_sessions(office, budi, browser, later):
    await browser.logs_in(BUDI.id, PASSWORD)
    page = await budi.opens(SET_UP)
    app = App(page, office.clock)
    refused = await budi.sends(page, SET_UP, code=app.code(), current="not the password")
    assert "The current password is not right" in refused.text
    assert (await budi.sends(refused, SET_UP, code="123456", current=PASSWORD)).status == 422
    done = await budi.sends(refused, SET_UP, code=app.code(), current=PASSWORD)
    assert "Two-step verification is on now" in done.text
    assert (await browser.opens("/inbox")).path == "/"
    assert (await budi.opens("/inbox")).path == "/inbox"


async def test_the_secret_is_sealed_and_opens_for_nobody_else(office, app):
    account = await office.ledger.read(lambda session: doors.account_of(session, BUDI.id))
    assert app.secret not in account.totp
    sealer = office.house.sealer(second_factor.PURPOSE)
    assert sealer.open(account.totp, of=BUDI.id) == app.secret
    assert sealer.open(account.totp, of=RINA.id) is None


async def test_it_is_turned_off_with_a_code_unless_the_desk_asks_for_it(office, budi, app, later):
    later()
    office.asks_second_factor_of(SecondFactor.EVERYBODY)
    page = await budi.opens(SET_UP)
    assert "cannot be turned off" in page.text
    office.asks_second_factor_of(SecondFactor.SUPERVISORS)
    page = await budi.opens(SET_UP)
    assert (await budi.sends(page, OFF, code="000000")).status == 422
    assert (await budi.sends(page, OFF, code=app.code())).path == "/account"
    assert "leaked password" in (await budi.opens("/account")).text


async def test_whom_the_desk_asks_for_one_sets_it_up_before_anything_else(office, budi, rina):
    office.asks_second_factor_of(SecondFactor.SUPERVISORS)
    assert (await budi.opens("/inbox")).path == "/inbox"
    asked = await rina.opens("/inbox")
    assert (asked.path, "Your desk asks for two-step verification" in asked.text) == (SET_UP, True)
    assert (await rina.opens("/people")).path == SET_UP
    app = App(asked, office.clock)
    await rina.sends(asked, SET_UP, code=app.code(), current=PASSWORD)
    assert (await rina.opens("/inbox")).path == "/inbox"


async def test_the_administrator_takes_a_lost_one_off_and_nobody_else_does(
    office, kepala, budi, rina, app, browser
):
    page = await kepala.opens("/people")
    assert page.text.count("Take two-step verification off") == 1
    token = (await rina.opens("/account")).form("/account/name").fields["token"]
    forged = await rina.client.post("/people/second-factor", data={"token": token, "email": BUDI.id})
    assert forged.status_code == 403
    await kepala.sends(page, "/people/second-factor")
    assert (await budi.opens("/inbox")).path == "/"
    assert (await browser.logs_in(BUDI.id, PASSWORD)).path == "/inbox"


async def test_a_new_password_by_link_does_not_pass_the_second_step_by(office, budi, app, browser, invites):
    setup = await browser.opens(invites(BUDI.id))
    door = await browser.sends(setup, "", name="Budi", password="another good password")
    assert (door.path, (await browser.opens("/inbox")).path) == ("/", "/")


async def test_no_password_or_key_lies_in_the_database(office, budi, app, invites):
    asked = {"name": "lms", "role": Role.AGENT, "desk": None, "scopes": None, "expires_at": None}
    token = office.ledger.write_blocking(lambda tx: make(tx, **asked, by=AT_THE_MACHINE, at=office.clock.now))
    secrets = {
        "password": PASSWORD, "invitation": invites().removeprefix("/setup/"), "token": token, "second factor": app.secret,
        **{f"recovery code {number}": code for number, code in enumerate(app.recovery)},
        **{f"cookie {name}": value for name, value in budi.client.cookies.items() if len(value) > 20},
    }  # fmt: skip
    assert len(secrets) >= len(app.recovery) + 5
    with office.ledger.reading() as session:
        rows = [row for table in SQLModel.metadata.sorted_tables for row in session.execute(select(table))]
    stored = "\n".join(map(repr, rows))
    assert "$argon2id$" in stored
    assert [
        name for name, secret in secrets.items() if secret in stored or secret.replace("-", "") in stored
    ] == []
