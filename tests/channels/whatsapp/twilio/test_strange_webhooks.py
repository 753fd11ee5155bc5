"""What a stranger or a proxy may do to a webhook, and what comes before it is expected."""

import httpx
import pytest

from tests.channels.whatsapp.twilio.conftest import PUBLIC_URL
from tests.channels.whatsapp.words import ACCOUNT

PATH = "/channels/whatsapp/itb"


async def test_headers_of_a_proxy_do_not_move_the_url(twilio, desk, house):
    form = twilio.webhook()
    moved = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https", "Host": "evil.example"}
    for host, status in (("https://evil.example", 403), (PUBLIC_URL, 200)):
        signature = {"X-Twilio-Signature": twilio.sign(f"{host}{PATH}", form)}
        async with httpx.AsyncClient() as client:
            answer = await client.post(f"{desk}{PATH}", data=form, headers=moved | signature)
        assert answer.status_code == status
    assert len(house.heard) == 1


@pytest.mark.parametrize("host", ["[", "", "a b", "desk:99999999"])
async def test_a_broken_host_header_is_no_accident(twilio, desk, host):
    async with httpx.AsyncClient() as client:
        answer = await client.post(f"{desk}{PATH}", data=twilio.webhook(), headers={"Host": host})
    assert answer.status_code in {400, 403}


@pytest.mark.parametrize(
    "query", ["?%ff=%00", "?x=%E2%82", "/status?delivery=1&delivery=2", "?" + "a=&" * 400]
)
async def test_a_strange_query_is_no_accident(twilio, desk, query):
    answer = await twilio.post(f"{desk}{PATH}{query}", twilio.webhook(), signature="wrong")
    assert answer.status_code == 403
    form = {"MessageSid": "SM1", "MessageStatus": "sent", "From": "whatsapp:+6281234567890"}
    answer = await twilio.post(f"{desk}{PATH}{query}", form, signed_url=f"{PUBLIC_URL}{PATH}{query}")
    assert answer.status_code == 200


async def test_bytes_that_are_no_form_are_turned_away(desk, house):
    async with httpx.AsyncClient() as client:
        for body in (b"", b"\xff\xfe\x00", b"{}", b"&&&===%zz%"):
            answer = await client.post(f"{desk}{PATH}", content=body)
            assert answer.status_code == 403
    assert house.refused == [f"{ACCOUNT}: signature"] * 4


@pytest.mark.parametrize("count", [0, 1, 10])
async def test_up_to_ten_attachments_are_announced(twilio, desk, house, count):
    media = [(f"https://api.twilio.com/Media/ME{number}", "image/jpeg") for number in range(count)]
    await twilio.send_webhook(desk, "itb", public_url=PUBLIC_URL, media=media)
    files = house.newest().files
    assert [(file.fetch, file.type) for file in files] == media
    assert len({file.name for file in files}) == count


@pytest.mark.parametrize("declared", ["../../etc/passwd", "image/../../x", "a" * 500, "text/html; x=<b>"])
async def test_a_declared_type_cannot_make_a_path_of_a_name(twilio, desk, house, declared):
    media = [("https://api.twilio.com/Media/ME1", declared)]
    await twilio.send_webhook(desk, "itb", public_url=PUBLIC_URL, media=media)
    (file,) = house.newest().files
    assert "/" not in file.name
    assert len(file.name) < 50
