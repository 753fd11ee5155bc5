"""Twilio's webhook: what comes in, what is turned away, and what is said to Twilio."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import httpx
import pytest
from starlette.applications import Starlette

from channels.whatsapp import TwilioSettings, TwilioWhatsApp, whatsapp_routes
from tests.channels.house import House
from tests.channels.whatsapp.twilio.conftest import PUBLIC_URL
from tests.channels.whatsapp.words import ACCOUNT
from tests.standins.serving import serving
from tests.standins.twilio import TwilioStandin

PATH = "/channels/whatsapp/itb"


@asynccontextmanager
async def doors(house: House, *settings: TwilioSettings) -> AsyncIterator[str]:
    adapters = [TwilioWhatsApp(each) for each in settings]
    async with serving(Starlette(routes=whatsapp_routes(adapters, house))) as base_url:
        yield base_url
    for adapter in adapters:
        await adapter.aclose()


async def test_a_signed_message_is_stored_and_answered_with_empty_twiml(twilio, desk, house):
    answer = await twilio.send_webhook(desk, "itb", public_url=PUBLIC_URL, Body="Selamat pagi")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/xml")
    assert answer.text.endswith("<Response/>")
    assert house.texts == ["Selamat pagi"]
    assert house.newest().place.account == ACCOUNT


@pytest.mark.parametrize(
    "public_url",
    [
        "https://desk.example.ac.id",  # the proxy's path is missing
        "http://desk.example.ac.id/tanggap",  # another scheme
        "https://other.example.ac.id/tanggap",
        "https://desk.example.ac.id:8443/tanggap",
    ],
)
async def test_a_signature_over_another_address_than_the_configured_one_is_wrong(
    twilio, desk, house, public_url
):
    answer = await twilio.send_webhook(desk, "itb", public_url=public_url)
    assert answer.status_code == 403
    assert house.heard == []


async def test_a_signature_over_the_address_behind_the_proxy_is_wrong(twilio, desk, house):
    assert (await twilio.send_webhook(desk, "itb")).status_code == 403


async def test_a_signature_may_name_the_port_that_goes_without_saying(twilio, desk, house):
    answer = await twilio.send_webhook(desk, "itb", public_url="https://desk.example.ac.id:443/tanggap")
    assert answer.status_code == 200


async def test_a_public_address_with_a_port_is_signed_with_it(twilio, settings, house):
    public_url = "http://192.0.2.7:8080"
    async with doors(house, replace(settings, public_url=f"{public_url}/")) as base_url:
        answer = await twilio.send_webhook(base_url, "itb", public_url=public_url)
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param([("MediaUrl0", ""), ("Body", "")], id="blank values"),
        pytest.param([("AddedNextYear", "yes"), ("aLowerCaseOne", "1")], id="fields nobody has heard of"),
        pytest.param([("Twice", "b"), ("Twice", "a")], id="a field twice"),
        pytest.param([("Twice", "same"), ("Twice", "same")], id="the same field twice"),
        pytest.param([("MessagingServiceSid", "MG" + "0" * 32)], id="a messaging service"),
        pytest.param([("Body", "100% & <ya> = 😀 +62\nbaris dua")], id="letters that need escaping"),
    ],
)
async def test_every_field_is_part_of_the_signature(twilio, desk, house, fields):
    pairs = [pair for pair in twilio.webhook().items() if pair[0] not in dict(fields)] + fields
    answer = await twilio.post(f"{desk}{PATH}", pairs, signed_url=f"{PUBLIC_URL}{PATH}")
    assert answer.status_code == 200
    changed = [*pairs, ("Smuggled", "in")]
    signature = twilio.sign(f"{PUBLIC_URL}{PATH}", pairs)
    assert (await twilio.post(f"{desk}{PATH}", changed, signature=signature)).status_code == 403
    assert len(house.heard) == 1


@pytest.mark.parametrize(
    "cut",
    [
        pytest.param(lambda sid, rest: [("MessageSid", f"{sid}NumMedia0"), *rest], id="a longer id"),
        pytest.param(lambda sid, rest: [("MessageSid", sid[:-1]), (_run_together(f"{sid[-1]}NumMedia0", rest), "")], id="a shorter id"),
        pytest.param(lambda sid, rest: [("MessageSid", sid), ("NumMedia", _run_together("0", rest))], id="no number it went to"),
    ],
)  # fmt: skip
async def test_what_was_signed_cannot_come_again_cut_elsewhere(twilio, desk, house, cut):
    sid = f"SM{'0' * 31}a"
    before = [("Body", "Halo"), ("From", "whatsapp:+6281234567890")]
    rest = [("SmsMessageSid", sid), ("To", f"whatsapp:{twilio.sender}")]
    signed = [*before, ("MessageSid", sid), ("NumMedia", "0"), *rest]
    again = [*before, *cut(sid, rest)]
    signature = twilio.sign(f"{PUBLIC_URL}{PATH}", signed)
    assert twilio.sign(f"{PUBLIC_URL}{PATH}", again) == signature
    assert (await twilio.post(f"{desk}{PATH}", signed, signature=signature)).status_code == 200
    assert (await twilio.post(f"{desk}{PATH}", again, signature=signature)).status_code == 403
    assert (len(house.heard), house.refused) == (1, [f"{ACCOUNT}: signature"])


def _run_together(beginning, fields):
    return beginning + "".join(name + value for name, value in fields)


async def test_the_query_of_the_configured_address_is_part_of_the_signature(twilio, desk, house):
    query = "?empty=&a=%2B1&b=x%20y"
    form = twilio.webhook()
    answer = await twilio.post(f"{desk}{PATH}{query}", form, signed_url=f"{PUBLIC_URL}{PATH}{query}")
    assert answer.status_code == 200
    answer = await twilio.post(f"{desk}{PATH}{query}", form, signed_url=f"{PUBLIC_URL}{PATH}")
    assert answer.status_code == 403


async def test_the_token_of_another_account_signs_nothing_here(desk, house):
    stranger = TwilioStandin()
    assert (await stranger.send_webhook(desk, "itb", public_url=PUBLIC_URL)).status_code == 403


async def test_a_body_over_the_limit_is_not_read(twilio, desk, house):
    answer = await twilio.send_webhook(desk, "itb", public_url=PUBLIC_URL, Body="a" * 300_000)
    assert answer.status_code == 413
    assert house.refused == [f"{ACCOUNT}: size"]


async def test_a_form_with_thousands_of_fields_is_turned_away(twilio, desk, house):
    pairs = [(f"Field{index}", "") for index in range(2000)]
    answer = await twilio.post(f"{desk}{PATH}", pairs, signed_url=f"{PUBLIC_URL}{PATH}")
    assert answer.status_code == 403


@pytest.mark.parametrize("missing", ["MessageSid", "From"])
async def test_a_signed_body_that_is_no_message_is_kept_and_refused_with_a_reason(
    twilio, desk, house, missing
):
    form = {name: value for name, value in twilio.webhook().items() if name != missing}
    for _ in range(2):
        answer = await twilio.post(f"{desk}{PATH}", form, signed_url=f"{PUBLIC_URL}{PATH}")
        assert answer.status_code == 400
        assert missing in answer.text
    first, second = house.kept
    assert first == second
    assert first.account == ACCOUNT
    assert b"Body=Halo" in first.raw
    assert house.heard == []


@pytest.mark.parametrize("sid", ["SM" + "x" * 99, "SM0\x000", "SM0\u202e0"])
async def test_an_id_that_is_none_is_kept_and_never_looked_up(twilio, desk, house, sid):
    answer = await twilio.post(
        f"{desk}{PATH}", twilio.webhook(MessageSid=sid), signed_url=f"{PUBLIC_URL}{PATH}"
    )
    assert (answer.status_code, len(house.kept), house.heard) == (400, 1, [])


async def test_an_empty_signed_body_is_kept(twilio, desk, house):
    answer = await twilio.post(f"{desk}{PATH}", {}, signed_url=f"{PUBLIC_URL}{PATH}")
    assert answer.status_code == 400
    assert len(house.kept) == 1


async def test_only_posts_are_answered(desk):
    async with httpx.AsyncClient(trust_env=False) as client:
        assert (await client.get(f"{desk}{PATH}")).status_code == 405


async def test_two_numbers_of_one_desk_share_its_door(twilio, settings, house):
    other = replace(settings, account="itb/whatsapp-2", sender="+6281100002222")
    async with doors(house, settings, other) as base_url:
        for number in (other.sender, settings.sender):
            await twilio.send_webhook(base_url, "itb", public_url=PUBLIC_URL, To=f"whatsapp:{number}")
    assert [said.place.account for said in house.said] == ["itb/whatsapp-2", ACCOUNT]


async def test_two_accounts_at_twilio_share_a_door_each_with_its_own_token(twilio, settings, house):
    stranger = TwilioStandin()
    other = replace(
        settings, account="itb/whatsapp-2", sender="+6281100002222", auth_token=stranger.auth_token
    )
    async with doors(house, settings, other) as base_url:
        await stranger.send_webhook(base_url, "itb", public_url=PUBLIC_URL, To="whatsapp:+6281100002222")
        # Signed by the second account, yet it names the number of the first: who signed decides.
        await stranger.send_webhook(base_url, "itb", public_url=PUBLIC_URL, To=f"whatsapp:{settings.sender}")
    assert [said.place.account for said in house.said] == ["itb/whatsapp-2", "itb/whatsapp-2"]


async def test_a_messaging_service_is_known_by_its_sid(twilio, settings, house):
    service = "MG" + "1" * 32
    other = replace(settings, account="itb/whatsapp-2", sender=service)
    async with doors(house, settings, other) as base_url:
        await twilio.send_webhook(
            base_url, "itb", public_url=PUBLIC_URL, To="whatsapp:+6281100009999", MessagingServiceSid=service
        )
    assert house.newest().place.account == "itb/whatsapp-2"


async def test_a_message_to_a_number_nobody_has_set_up_is_not_lost(twilio, desk, house):
    answer = await twilio.send_webhook(desk, "itb", public_url=PUBLIC_URL, To="whatsapp:+6281100009999")
    assert answer.status_code == 200
    assert house.newest().place.account == ACCOUNT


async def test_each_desk_has_a_door_of_its_own(twilio, settings, house):
    other = replace(settings, account="unej/whatsapp", desk="unej")
    async with doors(house, settings, other) as base_url:
        await twilio.send_webhook(base_url, "unej", public_url=PUBLIC_URL)
    assert house.newest().place.account == "unej/whatsapp"
