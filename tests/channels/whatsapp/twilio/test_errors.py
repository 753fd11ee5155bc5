"""What each failure of Twilio's means: surely not sent, later perhaps, or nobody knows."""

import ssl

import aiohttp
import pytest
from aiohttp.client_reqrep import ConnectionKey

from channels.contract import Deferred, RefusedByProvider
from channels.whatsapp.outcomes import OutcomeUnknown
from channels.whatsapp.twilio.errors import CODES, meaning_of, translated


@pytest.mark.parametrize(
    ("code", "status"), [(63007, 400), (20003, 401), (20404, 404), (20003, 403), (20005, 403)]
)
async def test_a_mistake_in_the_account_is_said_to_be_one(twilio, adapter, out, code, status):
    twilio.refuses(code=code, status=status)
    with pytest.raises(RefusedByProvider) as refusal:
        await adapter.send(out("Halo"))
    assert refusal.value.account_broken


async def test_a_number_that_is_not_ours_breaks_the_account(twilio, adapter, out):
    twilio.senders = {"whatsapp:+6281100009999"}
    with pytest.raises(RefusedByProvider) as refusal:
        await adapter.send(out("Halo"))
    assert (refusal.value.code, refusal.value.account_broken) == ("63007", True)


def test_an_untrusted_certificate_sent_nothing_but_a_broken_tunnel_may_have():
    there = ConnectionKey("api.twilio.com", 443, True, True, None, None, None)
    untrusted = aiohttp.ClientConnectorCertificateError(there, ssl.SSLCertVerificationError("self-signed"))
    assert isinstance(translated(untrusted), Deferred)
    assert isinstance(translated(aiohttp.ClientOSError("bad record")), OutcomeUnknown)
    assert isinstance(translated(aiohttp.ServerDisconnectedError()), OutcomeUnknown)


@pytest.mark.parametrize("code", [None, "", "x", "9" * 50, 0])
def test_any_code_has_a_sentence(code):
    assert meaning_of(code).says.startswith("Pesan ditolak oleh WhatsApp")


def test_every_known_code_has_a_sentence_of_its_own():
    says = [code.says for code in CODES.values()]
    assert all(text.endswith((".", ").")) for text in says)
    assert len(set(says)) == len(says)
