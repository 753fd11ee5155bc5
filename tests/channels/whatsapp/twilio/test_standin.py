"""The stand-in refuses what Twilio refuses or spoils, so that what passes here may pass there."""

from collections.abc import AsyncIterator

import httpx
import pytest

from tests.channels.whatsapp.twilio.conftest import PUBLIC_URL
from tests.channels.whatsapp.words import ANA
from tests.standins.twilio import TwilioStandin, served

SERVICE = "MG" + "1" * 32
TEMPLATE = "HX" + "1" * 32


@pytest.fixture
def twilio() -> TwilioStandin:
    return TwilioStandin()  # here complaints are wanted


@pytest.fixture
async def api(twilio) -> AsyncIterator[httpx.AsyncClient]:
    auth = (twilio.account_sid, twilio.auth_token)
    async with served(twilio) as url, httpx.AsyncClient(base_url=url, auth=auth) as client:
        client.base_url = f"{url}/2010-04-01/Accounts/{twilio.account_sid}"
        yield client


@pytest.fixture
def valid(twilio) -> dict[str, str]:
    return {"To": f"whatsapp:{ANA}", "From": f"whatsapp:{twilio.sender}", "Body": "Halo"}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"To": None}, 21211),
        ({"To": ANA}, 21211),
        ({"From": None}, 21603),
        ({"From": "+6281100001111"}, 21212),
        ({"From": None, "MessagingServiceSid": "MG1"}, 21705),
        ({"Body": None}, 21619),
        ({"Body": " "}, 21619),
        ({"Body": "x" * 1601}, 21617),
        ({"Body": None, "MediaUrl": "ftp://files.example.org/a"}, 21620),
        ({"MediaUrl": ["https://a.example/1", "https://a.example/2"]}, 20001),
        ({"ContentSid": TEMPLATE}, 20001),
        ({"Body": None, "ContentSid": "HX1"}, 21655),
        ({"ContentVariables": '{"1": "x"}'}, 20001),
        ({"Body": None, "ContentSid": TEMPLATE, "ContentVariables": "Ana"}, 21656),
        ({"Body": None, "ContentSid": TEMPLATE, "ContentVariables": '{"1": ""}'}, 21656),
        ({"Body": None, "ContentSid": TEMPLATE, "ContentVariables": '{"1": "a\\nb"}'}, 21656),
        ({"Body": None, "ContentSid": TEMPLATE, "ContentVariables": '{"1": 7}'}, 21656),
        ({"StatusCallback": "/status"}, 21609),
        ({"ValidityPeriod": "36001"}, 20001),
        ({"Boddy": "Halo"}, 20001),
    ],
)
async def test_a_form_that_is_wrong_is_refused_with_its_code(twilio, api, valid, changes, code):
    form = {name: value for name, value in (valid | changes).items() if value is not None}
    answer = await api.post("/Messages.json", data=form)
    assert (answer.status_code, answer.json()["code"]) == (400, code)
    assert twilio.messages == []
    assert (await api.post("/Messages.json", data=valid)).status_code == 201


async def test_credentials_of_somebody_else_are_refused(twilio, api, valid):
    answer = await api.post("/Messages.json", data=valid, auth=(twilio.account_sid, "wrong"))
    assert (answer.status_code, answer.json()["code"]) == (401, 20003)


async def test_the_list_filters_as_twilios_does(twilio, api, valid):
    for to in (ANA, "+6281234500000"):
        await api.post("/Messages.json", data=valid | {"To": f"whatsapp:{to}"})
    twilio.last.status = "sent"

    async def listed(**filters: str) -> list[str]:
        answer = await api.get("/Messages.json", params=filters)
        return [message["to"] for message in answer.json()["messages"]]

    assert await listed() == ["whatsapp:+6281234500000", f"whatsapp:{ANA}"]
    assert await listed(To=f"whatsapp:{ANA}") == [f"whatsapp:{ANA}"]
    assert await listed(From="whatsapp:+6280") == []
    # What is queued has no DateSent to be found by.
    assert await listed(**{"DateSent>": "2026-01-01T00:00:00Z"}) == ["whatsapp:+6281234500000"]
    assert await listed(**{"DateSent<": "2026-01-01T00:00:00Z"}) == []


async def test_lists_are_asked_for_by_what_they_know(twilio, api):
    asked = [
        await api.get("/Messages.json", params={"Status": "sent"}),
        await api.get(f"{twilio.url}/v1/ContentAndApprovals", params={"Language": "id"}),
    ]
    assert [(answer.status_code, answer.json()["code"]) for answer in asked] == [(400, 20001)] * 2
    assert len(twilio.complaints) == 2


async def test_a_message_is_taken_over_although_the_line_fails(twilio, api, valid):
    twilio.lets_pass(1)
    twilio.cuts(after_taking=True)
    twilio.cuts()
    twilio.answers_garbage(after_taking=True)
    assert (await api.post("/Messages.json", data=valid)).status_code == 201
    for _ in range(2):
        with pytest.raises(httpx.RemoteProtocolError):
            await api.post("/Messages.json", data=valid)
    assert "<html>" in (await api.post("/Messages.json", data=valid)).text
    assert len(twilio.messages) == 3


async def test_the_storage_refuses_credentials_and_the_api_wants_them(twilio, api):
    url = twilio.keeps_medium(b"%PDF", "application/pdf")
    redirect = await api.get(url)
    assert redirect.status_code == 307
    elsewhere = redirect.headers["location"]
    assert (await api.get(url, auth=("a", "b"))).status_code == 401
    assert (await api.get(elsewhere)).status_code == 400
    async with httpx.AsyncClient() as stranger:
        assert (await stranger.get(elsewhere)).content == b"%PDF"
    assert len(twilio.complaints) == 1


def test_the_signature_is_the_one_of_twilios_documentation():
    """The example of https://www.twilio.com/docs/usage/security#validating-requests."""
    standin = TwilioStandin(auth_token="12345")
    form = {
        "CallSid": "CA1234567890ABCDE",
        "Caller": "+14158675309",
        "Digits": "1234",
        "From": "+14158675309",
        "To": "+18005551212",
    }
    signature = standin.sign("https://mycompany.com/myapp.php?foo=1&bar=2", form)
    assert signature == "RSOYDt4T1cUTdK1PDd93/VVr8B8="
    assert standin.sign(PUBLIC_URL, list(form.items())) == standin.sign(PUBLIC_URL, form)
