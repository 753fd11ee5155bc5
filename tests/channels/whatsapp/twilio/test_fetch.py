"""Fetching what contacts attached."""

from dataclasses import replace

import pytest

from channels.contract import Deferred, RefusedByProvider
from channels.whatsapp import TwilioWhatsApp


async def test_a_photo_is_fetched_through_the_redirect_without_showing_the_credentials(twilio, adapter):
    url = twilio.keeps_medium(b"\xff\xd8photo", "image/jpeg")
    file = await adapter.fetch(url)
    assert (file.content, file.type, file.size, file.name) == (
        b"\xff\xd8photo",
        "image/jpeg",
        7,
        "gambar-1.jpg",
    )
    assert twilio.complaints == []  # the storage elsewhere complains if it sees credentials


async def test_an_address_at_twilio_is_looked_for_where_the_api_was_put(twilio, adapter):
    url = twilio.keeps_medium(b"%PDF", "application/pdf").replace(twilio.url, "https://api.twilio.com")
    assert (await adapter.fetch(url)).content == b"%PDF"


@pytest.mark.parametrize("status", [404, 429, 500, 503])
async def test_a_file_that_is_not_there_yet_is_tried_again_later(twilio, adapter, status):
    url = twilio.keeps_medium(b"a", "image/png")
    twilio.refuses(code=20404, status=status, on="media")
    with pytest.raises(Deferred):
        await adapter.fetch(url)
    assert (await adapter.fetch(url)).content == b"a"


@pytest.mark.parametrize("status", [400, 403, 410])
async def test_a_file_that_is_gone_is_given_up(twilio, adapter, status):
    twilio.refuses(code=20404, status=status, on="media")
    with pytest.raises(RefusedByProvider) as refusal:
        await adapter.fetch(twilio.keeps_medium(b"a", "image/png"))
    assert refusal.value.code == str(status)


@pytest.mark.parametrize(
    "reference",
    [
        "https://example.org/photo.jpg",
        "http://api.twilio.com/photo.jpg",
        "https://api.twilio.com.example.org/photo.jpg",
        "https://twilio.com@example.org/photo.jpg",
        "https://eviltwilio.com/photo.jpg",
        "https://api.twilio.com:8443/photo.jpg",
        "http://127.0.0.1:1/latest/meta-data",
        "file:///etc/passwd",
        "not an address",
        "",
        "http://[",
    ],
)
async def test_an_address_elsewhere_is_never_asked(settings, reference):
    adapter = TwilioWhatsApp(replace(settings, api=None))
    with pytest.raises(RefusedByProvider):
        await adapter.fetch(reference)
    await adapter.aclose()


async def test_an_unreachable_provider_is_tried_again_later(settings):
    adapter = TwilioWhatsApp(replace(settings, api="http://127.0.0.1:1"))
    with pytest.raises(Deferred):
        await adapter.fetch("https://api.twilio.com/media")
    await adapter.aclose()


@pytest.mark.parametrize(
    "leads_to",
    [
        "http://169.254.169.254/latest/meta-data",
        "https://169.254.169.254/latest/meta-data",
        "http://[::ffff:169.254.169.254]/",
        "http://10.0.0.1/",
        "http://localhost.example.org/",
        "https://storage.amazonaws.com.example.org/x",
    ],
)
async def test_a_redirect_into_somebodys_network_is_not_followed(twilio, adapter, leads_to):
    url = twilio.keeps_medium(b"a", "image/png", leads_to=leads_to)
    with pytest.raises(RefusedByProvider):
        await adapter.fetch(url)
    assert twilio.calls == ["GET Media"]


async def test_a_redirect_to_no_address_counts_as_an_answer_that_came_out_wrong(twilio, adapter):
    url = twilio.keeps_medium(b"a", "image/png", leads_to="file:///etc/passwd")
    with pytest.raises(Deferred):
        await adapter.fetch(url)


async def test_redirects_that_never_end_are_given_up(twilio, adapter):
    url = twilio.keeps_medium(b"a", "image/png")
    around = twilio.keeps_medium(b"a", "image/png", leads_to=url)
    twilio.leads(url, to=around)
    with pytest.raises(RefusedByProvider):
        await adapter.fetch(url)
    assert len(twilio.calls) < 10
