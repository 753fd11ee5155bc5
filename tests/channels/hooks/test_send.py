"""One try of a hook: where it may go, what comes of it, and that nothing of the receiver's can hold us up."""

from datetime import UTC, datetime, timedelta

import pytest

from channels.destinations import ForbiddenDestinationError, allowed, destination
from channels.hooks.send import Hook, HookSender
from tests.standins.tracker import running_tracker

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
LOCAL = frozenset({"127.0.0.1", "hook.test"})


@pytest.fixture
async def tracker():
    async with running_tracker(SECRET) as running:
        yield running


@pytest.fixture
def hook(tracker):
    return Hook(id="42.lms", url=tracker.url, secret=SECRET, body=b'{"type": "ticket.opened"}')


def sender(**options) -> HookSender:
    return HookSender(trusted=LOCAL, within=timedelta(seconds=0.5), **options)


async def test_a_hook_arrives_signed_under_its_id(tracker, hook):
    tried = await sender().send(hook, at=datetime.now(UTC))
    assert (tried.status, tried.error) == (204, None)
    assert tracker.taken[0].id == "42.lms"
    assert tracker.taken[0].body == {"type": "ticket.opened"}
    assert tracker.taken[0].headers["content-type"] == "application/json"
    assert tracker.complaints == []


@pytest.mark.parametrize("status", [400, 404, 410, 500, 503])
async def test_anything_but_success_is_a_failure(tracker, hook, status: int):
    tracker.answers(status)
    tried = await sender().send(hook, at=datetime.now(UTC))
    assert tried.status == status
    assert tried.error == f"the receiver answered {status}"
    assert tried.gone is (status == 410)


async def test_a_redirect_is_not_followed(tracker, hook):
    tracker.answers(307, location=tracker.url)
    tried = await sender().send(hook, at=datetime.now(UTC))
    assert "redirect" in (tried.error or "")
    assert tracker.calls == 1


@pytest.mark.parametrize(
    ("asked", "wait"),
    [("120", timedelta(minutes=2)), ("9999999", timedelta(hours=6)), ("soon", None)],
)
async def test_the_receiver_may_ask_for_a_wait_within_reason(tracker, hook, asked, wait):
    tracker.answers(429, retry_after=asked)
    assert (await sender().send(hook, at=datetime.now(UTC))).wait == wait


@pytest.mark.parametrize("fails", ["falls_silent", "cuts", "rambles"])
async def test_a_receiver_that_misbehaves_after_taking_it_holds_nobody_up(tracker, hook, fails: str):
    getattr(tracker, fails)()
    tried = await sender().send(hook, at=datetime.now(UTC))
    assert len(tracker.taken) == 1
    assert (tried.error is None) is (fails == "rambles")
    assert tried.took < timedelta(seconds=5)


@pytest.mark.parametrize("host", ["a..example", "a" * 64 + ".example"])
async def test_a_host_that_cannot_be_called_so_is_a_failure(host: str):
    tried = await sender().send(
        Hook(id="1", url=f"https://{host}/", secret=SECRET, body=b"{}"), at=datetime.now(UTC)
    )
    assert tried.error == "the host's name cannot be resolved"


async def test_nobody_listening_is_a_failure(hook):
    tried = await sender().send(
        Hook(id="1", url="http://127.0.0.1:9/", secret=SECRET, body=b"{}"), at=datetime.now(UTC)
    )
    assert tried.status is None
    assert "no connection" in (tried.error or "")


async def test_the_connection_goes_to_the_address_that_was_looked_at(tracker, hook):
    """The name is asked for once, however it would answer the next time."""
    asked = []

    async def rebinding(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["203.0.113.7"]

    port = tracker.url.split(":")[2].partition("/")[0]
    named = Hook(id="1", url=f"http://hook.test:{port}", secret=SECRET, body=b"{}")
    tried = await sender(resolve=rebinding).send(named, at=datetime.now(UTC))
    assert tried.status == 204
    assert tracker.taken[0].headers["host"] == f"hook.test:{port}"
    assert asked == ["hook.test"]


async def test_a_name_that_leads_into_the_house_is_not_called(tracker):
    async def inward(_host: str, _port: int) -> list[str]:
        return ["203.0.113.7", "127.0.0.1"]

    hook = Hook(id="1", url="https://lms.example.ac.id/hook", secret=SECRET, body=b"{}")
    tried = await sender(resolve=inward).send(hook, at=datetime.now(UTC))
    assert tried.error == "the host is not on the public internet"
    assert tracker.calls == 0


@pytest.mark.parametrize(
    "url",
    [
        "http://lms.example.ac.id/",
        "ftp://lms.example.ac.id/",
        "https://user:secret@lms.example.ac.id/",
        "https:///nowhere",
        "file:///etc/passwd",
        "lms.example.ac.id",
        "https://xn--zzzzzzzzzzzz/",
        "https://8.8.8.8:65536/",
    ],
)
def test_a_url_that_is_never_called(url: str):
    with pytest.raises(ForbiddenDestinationError):
        destination(url, frozenset())


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
        "255.255.255.255", "::1", "::", "fe80::1", "fd00::1", "ff02::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1",
        "2002:7f00:1::", "2001::1", "192.0.2.1", "240.0.0.1", "192.0.0.192", "fec0::1",
    ],
)  # fmt: skip
def test_an_address_that_is_not_public(address: str):
    to = destination("https://lms.example.ac.id/", frozenset())
    with pytest.raises(ForbiddenDestinationError):
        allowed([address], to=to)
    assert allowed([address], to=destination("https://lms.example.ac.id/", frozenset({"lms.example.ac.id"})))


def test_public_addresses_are_called():
    to = destination("https://lms.example.ac.id/", frozenset())
    assert allowed(["1.1.1.1", "2606:4700::1111"], to=to) == ["1.1.1.1", "2606:4700::1111"]
    with pytest.raises(ForbiddenDestinationError):
        allowed([], to=to)


def test_a_trusted_host_may_be_named_with_its_port_alone():
    assert destination("http://tracker.local:8080/x", frozenset({"tracker.local:8080"})).trusted
    with pytest.raises(ForbiddenDestinationError):
        destination("http://tracker.local:8081/x", frozenset({"tracker.local:8080"}))
