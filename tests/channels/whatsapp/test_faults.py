"""Each call that goes to a provider, and each way in which it goes wrong: what the desk is told."""

from datetime import timedelta

import pytest

from channels.contract import ChannelError, Deferred, RefusedByProvider
from channels.whatsapp.meanings import Meaning
from channels.whatsapp.outcomes import OutcomeUnknown

LATER, NEVER, BROKEN, UNKNOWN, GOOD = "later", "never", "account broken", "unknown", "good"

# What a refused message means, by the meaning of the provider's code.
OF_MEANINGS = {
    Meaning.ACCOUNT: BROKEN, Meaning.WINDOW: NEVER, Meaning.OPTED_OUT: NEVER, Meaning.ADDRESS: NEVER,
    Meaning.RATE: LATER, Meaning.TROUBLE: LATER, Meaning.TEMPLATE: NEVER, Meaning.FILE: NEVER,
    Meaning.CONTENT: NEVER, Meaning.POLICY: NEVER,
}  # fmt: skip

# What the other faults mean: to what is sent, and to what is only asked for.
FAULTS = {
    "429": (lambda standin, on: standin.throttles(on=on), LATER, LATER),
    "500": (lambda standin, on: standin.breaks(500, on=on), UNKNOWN, LATER),
    "503 after it was taken": (lambda standin, on: standin.breaks(503, on=on, after_taking=True), UNKNOWN, LATER),
    "an unknown code": (lambda standin, on: standin.refuses(code=69999, on=on), NEVER, NEVER),
    "no right to": (lambda standin, on: standin.refuses(code=69999, status=401, on=on), BROKEN, BROKEN),
    "forbidden": (lambda standin, on: standin.refuses(code=69999, status=403, on=on), NEVER, NEVER),
    "a page instead": (lambda standin, on: standin.answers_garbage(on=on), UNKNOWN, LATER),
    "cut": (lambda standin, on: standin.cuts(on=on), UNKNOWN, LATER),
    "cut after it was taken": (lambda standin, on: standin.cuts(on=on, after_taking=True), UNKNOWN, LATER),
    "silence": (lambda standin, on: standin.falls_silent(on=on), UNKNOWN, LATER),
    "nothing wrong": (lambda standin, on: None, GOOD, GOOD),
}  # fmt: skip
SENDS = {"create", "read"}  # the calls that leave something behind
OTHERWISE = {("storage", "no right to"): LATER}  # the address is too old, and a new one is asked for


async def outcome(call):
    try:
        await call
    except Deferred:
        return LATER
    except RefusedByProvider as refusal:
        return BROKEN if refusal.account_broken else NEVER
    except OutcomeUnknown:
        return UNKNOWN
    except ChannelError as error:
        return type(error).__name__
    return GOOD


def calls_of(hand, adapter, out):
    """Return every call to the provider, by the stand-in's name of it, with what makes the desk do it."""
    return {
        "create": lambda: adapter.send(out("Halo")),
        "media": lambda: adapter.fetch(hand.keeps_medium(b"%PDF", "application/pdf")),
        "templates": adapter.templates,
        **hand.further_calls(adapter),
    }


async def test_each_fault_of_each_call_means_what_it_means(hand, out):
    async with hand.served():
        patient, hasty = (
            hand.adapter(timeout=timedelta(seconds=5)),
            hand.adapter(timeout=timedelta(seconds=0.3)),
        )
        found, expected = {}, {}
        for meaning, outcome_ in OF_MEANINGS.items():
            hand.standin.refuses(code=hand.codes[meaning])
            found[meaning] = await outcome(patient.send(out("Halo")))
            expected[meaning] = outcome_
        for name, (goes_wrong, of_sending, of_asking) in FAULTS.items():
            for call, act in calls_of(hand, hasty if name == "silence" else patient, out).items():
                if (call, name) in hand.no_faults:
                    continue
                goes_wrong(hand.standin, call)
                found[call, name] = await outcome(act())
                expected[call, name] = OTHERWISE.get((call, name), of_sending if call in SENDS else of_asking)
        await patient.aclose()
        await hasty.aclose()
    assert found == expected


@pytest.mark.parametrize(("retry_after", "wait"), [(12, 12), (None, 5)])
async def test_a_pause_that_the_provider_asks_for_is_kept(hand, provider, out, retry_after, wait):
    hand.standin.throttles(retry_after=retry_after)
    with pytest.raises(Deferred) as deferred:
        await provider.send(out("Halo"))
    assert deferred.value.wait == timedelta(seconds=wait)


async def test_a_wrong_secret_breaks_the_account_and_is_not_shown(hand, out):
    async with hand.served():
        adapter = hand.adapter(secret="a-wrong-secret")
        for call in (adapter.send(out("Halo")), adapter.fetch(hand.keeps_medium(b"a", "image/png"))):
            with pytest.raises(RefusedByProvider) as refusal:
                await call
            assert refusal.value.account_broken
            assert "a-wrong-secret" not in repr(refusal.value)
        await adapter.aclose()


@pytest.mark.parametrize("api", ["http://127.0.0.1:1", "http://nowhere.invalid", "https://127.0.0.1:1"])
async def test_a_connection_that_was_never_made_did_nothing_whatever_was_asked_for(hand, out, api):
    hand.standin.url = api
    adapter = hand.adapter()
    calls = calls_of(hand, adapter, out)
    assert {call: await outcome(act()) for call, act in calls.items()} == dict.fromkeys(calls, LATER)
    await adapter.aclose()


async def test_secrets_are_not_shown_with_the_settings(hand):
    adapter = hand.adapter(secret="a-secret-of-the-account")
    assert "a-secret-of-the-account" not in repr(adapter.settings)
    await adapter.aclose()


async def test_a_file_is_fetched_and_one_over_the_limit_refused_whether_it_says_so_or_not(hand):
    async with hand.served():
        adapter = hand.adapter(max_file_bytes=5_000)
        photo = await adapter.fetch(hand.keeps_medium(b"\xff\xd8photo", "image/jpeg"))
        assert (photo.content, photo.type, photo.name) == (b"\xff\xd8photo", "image/jpeg", "gambar-1.jpg")
        card = hand.keeps_medium(b"BEGIN:VCARD\nFN:Rina\nEND:VCARD", "text/vcard")
        assert (await adapter.fetch(card)).says == "Kontak: Rina"
        for declares in (True, False):
            exact = hand.keeps_medium(b"a" * 5_000, "video/mp4", declares_length=declares)
            assert (await adapter.fetch(exact)).size == 5_000
            over = hand.keeps_medium(b"a" * 5_001, "video/mp4", declares_length=declares)
            with pytest.raises(RefusedByProvider, match="lebih besar") as refusal:
                await adapter.fetch(over)
            assert refusal.value.code == "too_large"
        await adapter.aclose()


@pytest.mark.parametrize(
    "leads_to",
    [
        "http://169.254.169.254/latest/meta-data",
        "https://10.0.0.1/",
        "https://example.org/a",
        "file:///x",
        "",
    ],
)
async def test_a_file_elsewhere_is_not_fetched(hand, provider, leads_to):
    reference = hand.keeps_medium(b"a", "image/png", leads_to=leads_to or "http://[")
    with pytest.raises(ChannelError):
        await provider.fetch(reference)
    assert hand.standin.calls == ["GET Media" if hand.standin.throttling_code == 20429 else "GET media"]
