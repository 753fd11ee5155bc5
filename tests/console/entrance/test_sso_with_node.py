"""Single sign-on at npm's oidc-provider: the whole way by its own pages, over real HTTP."""

from dataclasses import replace
from datetime import UTC, datetime

import httpx
import pytest

from console.app import create_app
from console.sso.provider import Provider
from console.sso.settings import SingleSignOn
from tests.console.pages import Seen
from tests.standins import oidc_node
from tests.standins.oidc import BACK, CLIENT
from tests.tickets.desks import BUDI

SECRET = "a-secret-of-a-test"


@pytest.fixture(scope="module")
def issuer():
    reason = oidc_node.why_not()
    if reason is not None:
        pytest.skip(reason)
    with oidc_node.running(CLIENT, SECRET, BACK) as serving:
        yield serving


async def logs_in_there(address, email):
    """Fill in the provider's own pages, log in and consent; where it sends the browser back to."""
    async with httpx.AsyncClient() as there:
        answer = await there.get(address)
        for _ in range(12):
            if answer.headers.get("location", "").startswith(BACK):
                return answer.headers["location"]
            if answer.next_request is not None:
                answer = await there.send(answer.next_request)
                continue
            form = Seen(answer).forms[0]
            given = form.fields | {"login": email, "password": "any"}
            answer = await there.post(answer.url.join(form.action), data=given)
    raise AssertionError(answer.text)


async def test_somebody_of_the_staff_logs_in_there_and_comes_in_here(office, kepala, issuer):
    office.clock.now = datetime.now(UTC)
    settings = SingleSignOn(issuer=issuer, client_id=CLIENT, client_secret=SECRET)
    office.house = replace(office.house, sso=Provider(settings))
    office.app = create_app(office.house)
    async with office.browser() as browser:
        sent = await browser.get("/sso?next=/people")
        back = await logs_in_there(sent.headers["location"], BUDI.id)
        inside = await browser.get(back, follow_redirects=True)
        assert inside.url.path == "/people"
        assert "From Node" in inside.text
        sent = await browser.get("/sso")
        stranger = await logs_in_there(sent.headers["location"], "stranger@example.ac.id")
        assert "on no desk" in Seen(await browser.get(stranger)).text
