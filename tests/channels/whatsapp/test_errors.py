"""What each failure of Twilio's means: surely not sent, later perhaps, or nobody knows."""

import ssl
from dataclasses import replace
from datetime import timedelta

import pytest
from requests import ConnectionError as NotConnected
from requests.exceptions import SSLError
from urllib3.exceptions import MaxRetryError
from urllib3.exceptions import SSLError as HandshakeError

from channels.contract import Deferred, RefusedByProvider
from channels.whatsapp import TwilioWhatsApp
from channels.whatsapp.outcomes import OutcomeUnknown
from channels.whatsapp.twilio.errors import SENTENCES, sentence, translated


@pytest.mark.parametrize(
    ("code", "says"),
    [
        (63016, "24 jam"),
        (21610, "STOP"),
        (21211, "tidak valid"),
        (63024, "tidak dapat menerima"),
        (63028, "Jumlah variabel"),
        (69999, "kode Twilio 69999"),
    ],
)
async def test_a_refusal_is_final_and_says_why(twilio, adapter, out, code, says):
    twilio.refuses(code=code)
    with pytest.raises(RefusedByProvider, match=says) as refusal:
        await adapter.send(out("Halo"))
    assert refusal.value.code == str(code)
    assert not refusal.value.account_broken


@pytest.mark.parametrize(
    ("code", "status"), [(63007, 400), (20003, 401), (20404, 404), (20003, 403), (20005, 403)]
)
async def test_a_mistake_in_the_account_is_said_to_be_one(twilio, adapter, out, code, status):
    twilio.refuses(code=code, status=status)
    with pytest.raises(RefusedByProvider) as refusal:
        await adapter.send(out("Halo"))
    assert refusal.value.account_broken


async def test_a_wrong_token_breaks_the_account_and_is_not_shown(twilio, making, out):
    async with making(auth_token="a-wrong-token") as adapter:
        with pytest.raises(RefusedByProvider) as refusal:
            await adapter.send(out("Halo"))
    assert (refusal.value.code, refusal.value.account_broken) == ("20003", True)
    assert "a-wrong-token" not in repr(refusal.value)


async def test_a_number_that_is_not_ours_breaks_the_account(twilio, adapter, out):
    twilio.senders = {"whatsapp:+6281100009999"}
    with pytest.raises(RefusedByProvider) as refusal:
        await adapter.send(out("Halo"))
    assert (refusal.value.code, refusal.value.account_broken) == ("63007", True)


@pytest.mark.parametrize(("retry_after", "wait"), [(12, timedelta(seconds=12)), (None, timedelta(seconds=5))])
async def test_when_twilio_asks_for_a_pause_the_answer_waits(twilio, adapter, out, retry_after, wait):
    twilio.throttles(retry_after=retry_after)
    with pytest.raises(Deferred) as deferred:
        await adapter.send(out("Halo"))
    assert deferred.value.wait == wait
    assert (await adapter.send(out("Halo"))).external_ids == (twilio.messages[0].sid,)


async def test_whatsapps_own_limit_is_waited_for_too(twilio, adapter, out):
    twilio.refuses(code=63018)
    with pytest.raises(Deferred) as deferred:
        await adapter.send(out("Halo"))
    assert deferred.value.wait == timedelta(seconds=30)


@pytest.mark.parametrize("status", [500, 502, 503, 504])
@pytest.mark.parametrize("after_taking", [True, False])
async def test_a_failure_on_twilios_side_leaves_the_outcome_unknown(
    twilio, adapter, out, status, after_taking
):
    twilio.breaks(status, after_taking=after_taking)
    with pytest.raises(OutcomeUnknown):
        await adapter.send(out("Halo"))
    assert len(twilio.calls) == 1


async def test_silence_leaves_the_outcome_unknown_and_nothing_is_repeated(twilio, making, out):
    twilio.falls_silent(after_taking=True)
    async with making(timeout=timedelta(seconds=0.1)) as adapter:
        with pytest.raises(OutcomeUnknown):
            await adapter.send(out("Halo"))
    assert len(twilio.calls) == len(twilio.messages) == 1


async def test_a_connection_cut_in_the_answer_leaves_the_outcome_unknown(twilio, adapter, out):
    twilio.cuts(after_taking=True)
    with pytest.raises(OutcomeUnknown):
        await adapter.send(out("Halo"))
    assert len(twilio.calls) == 1


@pytest.mark.parametrize("api", ["http://127.0.0.1:1", "http://nowhere.invalid", "https://127.0.0.1:1"])
async def test_a_connection_that_was_never_made_sent_nothing(settings, out, api):
    adapter = TwilioWhatsApp(replace(settings, api=api))
    with pytest.raises(Deferred):
        await adapter.send(out("Halo"))
    await adapter.aclose()


def test_an_untrusted_certificate_sent_nothing_but_a_broken_tunnel_may_have():
    untrusted = HandshakeError(ssl.SSLCertVerificationError("self-signed"))
    broken = HandshakeError(ssl.SSLError("bad record"))
    assert isinstance(translated(SSLError(MaxRetryError(None, "/", untrusted))), Deferred)
    assert isinstance(translated(SSLError(MaxRetryError(None, "/", broken))), OutcomeUnknown)
    assert isinstance(translated(NotConnected("Connection aborted.")), OutcomeUnknown)


@pytest.mark.parametrize("code", [None, "", "x", "9" * 50, 0])
def test_any_code_has_a_sentence(code):
    assert sentence(code).startswith("Pesan ditolak oleh WhatsApp")


def test_every_known_code_has_a_sentence_of_its_own():
    assert all(text.endswith((".", ").")) for text in SENTENCES.values())
    assert len(set(SENTENCES.values())) == len(SENTENCES)
