"""The webhook of Meta's: what comes in at once, what is turned away, and whose number it is for."""

import json
from contextlib import asynccontextmanager

import httpx
from starlette.applications import Starlette

from channels.whatsapp import whatsapp_routes
from tests.channels.whatsapp.hands import CloudHand, TwilioHand
from tests.channels.whatsapp.words import ACCOUNT
from tests.standins.cloud import Message
from tests.standins.serving import serving
from tickets.message import Delivery

PATH = "/channels/whatsapp/itb"


@asynccontextmanager
async def doors(house, *adapters):
    async with serving(Starlette(routes=whatsapp_routes(adapters, house))) as base_url:
        yield base_url
    for adapter in adapters:
        await adapter.aclose()


async def asked(desk, path=PATH, **query):
    async with httpx.AsyncClient(trust_env=False) as client:
        return await client.get(
            f"{desk}{path}", params={f"hub.{name}": value for name, value in query.items()}
        )


async def test_meta_is_answered_when_the_webhook_is_set_up(cloud, desk, house):
    answer = await asked(desk, mode="subscribe", verify_token=cloud.verify_token, challenge="1158201444")
    assert (answer.status_code, answer.text) == (200, "1158201444")
    assert answer.headers["content-type"].startswith("text/plain")
    for wrong in (
        {"mode": "unsubscribe"},
        {"verify_token": "wrong"},
        {"verify_token": ""},
        {"challenge": "1" * 201},
    ):
        right = {"mode": "subscribe", "verify_token": cloud.verify_token, "challenge": "1"}
        assert (await asked(desk, **{**right, **wrong})).status_code == 403
    assert (await asked(desk)).status_code == 403
    assert house.refused == [f"{ACCOUNT}: verify_token"] * 5


async def test_without_a_verify_token_nobody_can_set_the_webhook_up(hand, house):
    async with doors(house, hand.adapter(verify_token=None)) as desk:
        for token in ("", "None"):
            assert (await asked(desk, mode="subscribe", verify_token=token, challenge="1")).status_code == 403


async def test_one_webhook_brings_many_things_and_a_bad_one_takes_nobody_along(cloud, desk, house):
    ours = Message(id="wamid.ours", body={"to": "+62811", "type": "text", "biz_opaque_callback_data": "42"})
    said = [cloud.message(text={"body": text}) for text in ("satu", "dua", "tiga")]
    first = cloud.webhook(
        messages=[said[0], cloud.message(id=None), cloud.message(type="text", text=[7]), said[1]],
        statuses=[{"id": "wamid.ours"}, cloud.status(ours, "delivered")],
        of_next_year={"a": 1},
    )
    second = cloud.webhook(messages=[said[2]])
    account = {"field": "account_update", "value": {"event": "VERIFIED_ACCOUNT"}}
    trouble = {"field": "messages", "value": {"errors": [{"code": 131031}]}}
    entry = {
        "id": "1",
        "changes": [account, "?", trouble, {"field": "messages"}, *second["entry"][0]["changes"]],
    }
    webhook = {"object": "whatsapp_business_account", "entry": [*first["entry"], None, entry]}
    for _ in range(2):
        assert (await cloud.send(desk, "itb", webhook)).status_code == 200
    assert house.texts == ["satu", "", "dua", "tiga"]
    assert [(told.delivery, told.state) for told in house.told] == [(42, Delivery.DELIVERED)]
    assert [b"satu" in each.raw for each in house.said] == [True, False, False, False]
    kept = {each.event_id: each for each in house.kept}
    assert len(kept) == 5
    assert {each.account for each in kept.values()} == {ACCOUNT}
    assert any(b"VERIFIED_ACCOUNT" in each.raw for each in kept.values())
    assert not any(b"satu" in each.raw for each in kept.values())


async def test_an_id_that_is_none_is_kept_and_never_looked_up(cloud, desk, house):
    said = [cloud.message(id=name) for name in ("wamid." + "A" * 500, "wamid.\x00", "wamid.A")]
    assert (await cloud.send(desk, "itb", cloud.webhook(messages=said))).status_code == 200
    assert (len(house.kept), [each.event_id for each in house.said]) == (2, ["wamid.A"])


async def test_while_the_store_is_busy_meta_shall_come_again_and_nothing_is_doubled(cloud, desk, house):
    webhook = cloud.webhook(messages=[cloud.message(text={"body": text}) for text in ("satu", "dua")])
    house.busy = True
    assert (await cloud.send(desk, "itb", webhook)).status_code == 503
    house.busy = False
    for _ in range(2):
        assert (await cloud.send(desk, "itb", webhook)).status_code == 200
    assert house.texts == ["satu", "dua"]


async def test_the_signature_is_over_the_bytes_and_checked_before_anything_is_read(cloud, desk, house):
    body = json.dumps(cloud.webhook(messages=[cloud.message()])).encode()
    for sent, signed in ((body + b" ", body), (b"[" * 100_000, b""), (b"\xff", body)):
        assert (await cloud.post(f"{desk}{PATH}", sent, signature=cloud.sign(signed))).status_code == 403
    assert (house.heard, house.kept) == ([], [])
    for unreadable in (b"", b"\xff", b"[]", b"[" * 100_000, b'{"object": "page"}'):
        assert (await cloud.post(f"{desk}{PATH}", unreadable)).status_code == 200
    assert len(house.kept) == 5


async def test_numbers_of_one_app_share_a_webhook_whichever_desk_it_leads_to(hand, cloud, house):
    second = hand.adapter(account="itb/whatsapp-2", phone_number_id="20000002")
    third = hand.adapter(account="unej/whatsapp", desk="unej", phone_number_id="30000003")
    async with doors(house, hand.adapter(), second, third) as desk:
        for number in ("20000002", "30000003", cloud.phone_number_id, "99999999"):
            webhook = cloud.webhook(messages=[cloud.message()], number=number)
            assert (await cloud.send(desk, "itb", webhook)).status_code == 200
    assert [said.place.account for said in house.said] == ["itb/whatsapp-2", "unej/whatsapp", ACCOUNT]
    assert [kept.error for kept in house.kept] == ["No account has the number that this is for."]


async def test_the_secret_of_one_app_says_nothing_for_the_number_of_another(hand, cloud, house):
    stranger = CloudHand()
    other = stranger.adapter(account="unej/whatsapp", desk="unej", phone_number_id="30000003")
    async with doors(house, hand.adapter(), other) as desk:
        forged = stranger.standin.webhook(messages=[stranger.standin.message()], number=cloud.phone_number_id)
        await stranger.standin.send(desk, "itb", forged)
    assert house.heard == []
    assert [kept.account for kept in house.kept] == ["unej/whatsapp"]


async def test_one_desk_has_numbers_at_both_providers(hand, cloud, house):
    at_twilio = TwilioHand()
    other = at_twilio.adapter(account="itb/whatsapp-2")
    async with doors(house, other, hand.adapter()) as desk:
        await hand.writes(desk, "lewat Meta")
        await at_twilio.writes(desk, "lewat Twilio")
        unsigned = await cloud.post(f"{desk}{PATH}", b"{}", signature="")
    assert [(said.place.account, said.text) for said in house.said] == [
        (ACCOUNT, "lewat Meta"), ("itb/whatsapp-2", "lewat Twilio"),
    ]  # fmt: skip
    assert unsigned.status_code == 403
