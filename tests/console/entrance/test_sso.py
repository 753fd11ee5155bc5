"""Single sign-on: the campus's provider says who somebody is, and only if all that it says holds together."""

from dataclasses import replace
from datetime import timedelta

import httpx
import pytest

from bot.doctor.findings import State
from bot.doctor.single_sign_on import of_single_sign_on
from bot.settings import Settings
from console.app import create_app
from console.doors import sessions
from console.doors.trail_reading import Sought, lines
from console.sso.provider import Provider
from console.sso.settings import SingleSignOn, is_issuer
from tests.console.pages import Seen, Visitor
from tests.standins.oidc import BACK, CLIENT, ISSUER, SECRET, StandIn
from tests.tickets.desks import BUDI, RINA
from tickets.desk import SecondFactor

REFUSALS = Sought(theme="logins")
SETTINGS = SingleSignOn(issuer=ISSUER, client_id=CLIENT, client_secret=SECRET, name="SSO Kampus")
CLAIMS = {"email": "Budi@Example.ac.id", "email_verified": True, "name": "Budi S."}


@pytest.fixture
def campus(office, kepala):
    """The provider, at an office whose administrator is there already."""
    standin = StandIn(clock=office.clock, person=dict(CLAIMS))
    open_at(office, standin, SETTINGS)
    return standin


def open_at(office, standin, settings):
    office.house = replace(office.house, sso=Provider(settings, transport=standin.transport))
    office.app = create_app(office.house)


class SignsOn(Visitor):
    """Somebody whose browser goes to the provider and back."""

    def __init__(self, client, standin):
        super().__init__(client)
        self.provider = httpx.AsyncClient(transport=standin.transport)

    async def goes(self, path="/sso"):
        """Go to the provider, and return where it sends the browser back to."""
        there = await self.client.get(path)
        answer = await self.provider.get(there.headers["location"])
        assert answer.is_redirect, answer.text
        return answer.headers["location"]

    async def signs_on(self, path="/sso"):
        return Seen(await self.client.get(await self.goes(path), follow_redirects=True))


@pytest.fixture
async def browser(office, campus):
    async with office.browser() as client:
        visitor = SignsOn(client, campus)
        yield visitor
        await visitor.provider.aclose()


async def test_somebody_of_the_staff_comes_in_without_an_account_of_ours(office, campus, browser):
    door = await browser.opens("/?next=/people")
    assert "Log in with SSO Kampus" in door.text
    inside = await browser.signs_on("/sso?next=/people")
    assert (inside.path, campus.refusals) == ("/people", [])
    account = await browser.opens("/account")
    assert "Budi S." in account.text
    assert "by single sign-on" in account.text
    assert "no password of its own" in account.text


FAULTS = (
    "wrong signature", "alg none", "hs256", "wrong aud", "several aud", "no aud", "expired", "no exp",
    "from the future", "wrong iss", "wrong nonce", "no nonce", "another state", "mix-up", "nameless", "denies",
)  # fmt: skip


async def test_what_does_not_hold_together_lets_nobody_in(office, campus, browser):
    answers = {}
    for fault in FAULTS:
        campus.faults = {fault}
        refused = await browser.signs_on()
        answers[fault] = (refused.status, (await browser.opens("/inbox")).path)
    assert answers == dict.fromkeys(FAULTS, (403, "/"))
    campus.faults.clear()
    assert (await browser.signs_on()).path == "/inbox"
    told = [
        line.data for line in await office.ledger.read(lambda session: lines(session, REFUSALS, limit=50))
    ]
    assert sum("reason" in data for data in told) == len(FAULTS)


async def test_an_answer_is_taken_once_and_from_the_browser_that_asked(office, campus, browser):
    back = await browser.goes()
    cookies = dict(browser.client.cookies)
    async with office.browser() as client:
        assert (
            await client.get(back)
        ).status_code == 403  # somebody else's browser: a link that logs a victim in
    assert (await browser.client.get(back)).status_code == 303
    async with office.browser() as client:
        client.cookies.update(cookies)
        replayed = await client.get(back)
        assert (replayed.status_code, "was used already" in replayed.text) == (403, True)
    late = await browser.goes()
    office.clock.now += timedelta(minutes=11)
    assert (await browser.client.get(late)).status_code == 403


@pytest.mark.parametrize(
    ("claims", "sentence"),
    [
        ({"email_verified": False}, "not verified"),
        ({"email": "stranger@example.ac.id"}, "on no desk"),
        ({"email": ""}, "did not work"),
    ],
)
async def test_the_mailbox_must_be_verified_and_somebodys_here(office, campus, browser, claims, sentence):
    campus.person |= claims
    refused = await browser.signs_on()
    assert (refused.status, sentence in refused.text) == (403, True)


async def test_a_mailbox_that_went_to_somebody_else_opens_nothing(office, campus, browser):
    await browser.signs_on()
    campus.person["sub"] = "s-9"
    async with office.browser() as client:
        another = SignsOn(client, campus)
        refused = await another.signs_on()
        await another.provider.aclose()
    assert "belonged to another user" in refused.text


async def test_people_may_be_known_by_another_claim(office, campus, browser):
    open_at(office, campus, replace(SETTINGS, claim="nip"))
    campus.person = {"nip": RINA.id.upper(), "name": "Rina"}
    campus.in_userinfo = True
    async with office.browser() as client:
        visitor = SignsOn(client, campus)
        assert (await visitor.signs_on()).path == "/inbox"
        campus.faults.add("another userinfo")
        assert (await visitor.client.get(await visitor.goes())).status_code == 403
        await visitor.provider.aclose()


async def test_keys_may_change_and_a_public_client_has_no_secret(office, campus, browser):
    await browser.signs_on()
    campus.rotates()
    office.clock.now += timedelta(minutes=2)
    async with office.browser() as client:
        visitor = SignsOn(client, campus)
        assert (await visitor.signs_on()).path == "/inbox"
        await visitor.provider.aclose()
    assert campus.asked == ["discovery", "keys", "keys"]
    campus.public = True
    open_at(office, campus, replace(SETTINGS, client_secret=None))
    async with office.browser() as client:
        visitor = SignsOn(client, campus)
        assert (await visitor.signs_on()).path == "/inbox"
        await visitor.provider.aclose()


@pytest.mark.parametrize("fault", ["another discovery", "plain"])
async def test_a_provider_that_is_not_what_was_configured_is_not_gone_to(office, campus, browser, fault):
    campus.faults.add(fault)
    answer = await browser.client.get("/sso")
    assert (answer.status_code, "cannot be reached" in answer.text) == (502, True)


async def test_the_second_factor_is_the_providers_matter(office, campus, browser):
    office.asks_second_factor_of(SecondFactor.EVERYBODY)
    assert (await browser.signs_on()).path == "/inbox"
    [session] = await office.ledger.read(
        lambda session: sessions.open_sessions(session, now=office.clock.now, email=BUDI.id)
    )
    assert session.way == "sso"


@pytest.mark.parametrize(
    ("address", "fits"),
    [
        ("https://login.example.ac.id/realms/campus", True),
        ("http://127.0.0.1:9000", True),
        ("http://login.example.ac.id", False),
        ("https://login.example.ac.id/?tenant=1", False),
        ("ftp://login.example.ac.id", False),
    ],
)
def test_an_issuer_is_found_by_https_or_on_this_machine(address, fits):
    assert is_issuer(address) is fits


async def test_the_doctor_says_whether_the_provider_is_who_it_should_be(office, campus):
    async def says():
        provider = Provider(SETTINGS, transport=campus.transport)
        [finding] = await of_single_sign_on(
            provider, Settings(public_url="http://desk.test"), office.clock.now
        )
        return finding.state, finding.says

    assert await says() == (State.GOOD, f"it answers; its redirect URI for this is {BACK}.")
    campus.faults = {"another discovery"}
    assert await says() == (State.BAD, "discovery: another issuer.")
