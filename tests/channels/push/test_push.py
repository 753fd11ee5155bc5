"""Web push: messages that only the browser can open, signed by one key, and taken to no address that is not public."""

from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from channels.push.encryption import based, closed, curve, is_sound, read_subscription, unbased
from channels.push.send import PushSender
from channels.push.vapid import VapidKey
from tests.standins import certificate as certificates
from tests.standins.push_service import running_push_service

KEY = VapidKey(secret_key="a secret for tests", contact="https://desk.example.ac.id")
# What a browser gives, in the example of RFC 8291.
P256DH = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
AUTH = "BTBZMqHH6r4Tts7J_aSIgg"
ENDPOINT = "https://push.example.net/push/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV"


def test_it_closes_the_message_of_the_specification_as_the_specification_does():
    ours = ec.derive_private_key(
        int.from_bytes(unbased("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw")), curve()
    )
    body = closed(
        b"When I grow up, I want to be a watermelon",
        read_subscription(ENDPOINT, P256DH, AUTH),
        ours=ours,
        salt=unbased("DGv6ra1nlYgDCS1FRnbzlw"),
    )
    assert based(body) == (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl"
        "7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )


@pytest.mark.parametrize(
    ("endpoint", "p256dh", "auth", "sound"),
    [
        (ENDPOINT, P256DH, AUTH, True),
        (ENDPOINT, P256DH + "=", AUTH + "==", True),
        (ENDPOINT.replace("https", "http"), P256DH, AUTH, False),
        ("https://user@push.example.net/x", P256DH, AUTH, False),
        ("https://push.example.net/" + "x" * 1000, P256DH, AUTH, False),
        ("file:///etc/passwd", P256DH, AUTH, False),
        ("", P256DH, AUTH, False),
        (ENDPOINT, based(b"\x04" + bytes(64)), AUTH, False),  # no point of the curve
        (ENDPOINT, "not base64!", AUTH, False),
        (ENDPOINT, P256DH, "c2hvcnQ", False),
    ],
)
def test_what_a_browser_gives_is_looked_at_before_it_is_kept(endpoint, p256dh, auth, sound):
    assert is_sound(endpoint, p256dh, auth) is sound


def test_the_key_is_the_installation_s_own_and_the_same_after_every_start():
    again = VapidKey(secret_key="a secret for tests", contact=None)
    assert again.public == KEY.public != VapidKey(secret_key="another secret", contact=None).public


@pytest.mark.skipif(bool(certificates.unavailable()), reason=str(certificates.unavailable()))
async def test_it_says_how_a_try_went(tmp_path):
    certificate, at = certificates.Certificate(tmp_path), datetime.now(UTC)
    async with running_push_service(certificate, vapid=KEY.public) as service:
        phone = service.browser()
        subscription = read_subscription(phone.endpoint, phone.p256dh, phone.auth)
        sender = PushSender(KEY, trusted=frozenset({"127.0.0.1"}), tls=certificate.trusted())

        async def tried(by: PushSender = sender):
            return await by.push(b'{"title": "#1"}', subscription, topic="t1", at=at)

        assert (await tried()).error is None
        assert (phone.told, phone.topics) == ([{"title": "#1"}], ["t1"])
        service.answers(410)
        assert (await tried()).gone
        service.answers(429, retry_after="90")
        busy = await tried()
        assert (busy.again, busy.wait) == (True, timedelta(seconds=90))
        service.answers(400)
        assert (await tried()).again is False
        service.answers(307, location="https://127.0.0.1/elsewhere")
        assert "307" in (await tried()).error
        calls = service.calls
        inward = await tried(PushSender(KEY, tls=certificate.trusted()))
        assert inward.error == "the host is not on the public internet"
        assert (service.calls, service.complaints) == (calls, [])
