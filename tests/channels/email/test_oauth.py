"""Mailbox and relay are logged in to with access tokens, which are renewed; a revoked permission is said once."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest
from structlog.testing import capture_logs

from channels.contract import Deferred, RefusedByProvider
from channels.email.imap_in import ImapListener, ImapPace
from channels.email.oauth import (
    KeptInMemory,
    OAuth,
    TokenRefusedError,
    Tokens,
    TokenUnavailableError,
    provider_of,
)
from channels.email.send import MailSender
from channels.email.settings import MailboxSettings
from tests.channels.conftest import Listens
from tests.channels.email.mails import OURS, mail
from tests.channels.email.test_send import answer
from tests.channels.house import House, until
from tests.standins.authority import CLIENT, REFRESH, SECRET, Authority, running_authority
from tests.standins.dovecot import USER, running_dovecot, unavailable
from tests.standins.relay import Relay

ACCOUNT = "itb/email"


@dataclass
class Watch:
    """A clock that a test sets."""

    seconds: float = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
async def authority() -> AsyncIterator[Authority]:
    async with running_authority() as made:
        yield made
    assert made.complaints == []


def oauth(authority: Authority, **more: Any) -> OAuth:
    given = {"client_id": CLIENT, "client_secret": SECRET, "refresh_token": REFRESH} | more
    return OAuth(**{"provider": authority.token_url, **given})


def tokens(authority: Authority, clock: Watch | None = None, **more: Any) -> Tokens:
    return Tokens(oauth(authority), account=ACCOUNT, clock=clock or Watch(), **more)


def mailbox(authority: Authority, **more: Any) -> MailboxSettings:
    return MailboxSettings(
        account=ACCOUNT, desk="itb", address=OURS, oauth=oauth(authority),
        connect_within=timedelta(seconds=2), answer_within=timedelta(seconds=2), **more,
    )  # fmt: skip


async def test_a_token_is_fetched_once_and_renewed_before_it_ends(authority: Authority):
    clock = Watch()
    source = tokens(authority, clock)
    assert await asyncio.gather(*(source.token() for _ in range(5))) == ["access-1"] * 5
    clock.seconds = 3299
    assert await source.token() == "access-1"
    clock.seconds = 3301
    assert await source.token() == "access-2"
    assert len(authority.asked) == 2
    assert authority.asked[0] == {
        "grant_type": "refresh_token",
        "refresh_token": REFRESH,
        "client_id": CLIENT,
        "client_secret": SECRET,
    }


async def test_the_newest_refresh_token_is_used_and_kept_for_the_next_start(authority: Authority):
    authority.rotates = True
    clock, keeper = Watch(), KeptInMemory()
    source = tokens(authority, clock, keeper=keeper)
    await source.token()
    clock.seconds = 4000
    await source.token()
    assert authority.asked[1]["refresh_token"] == "refresh-token-access-1"
    assert await tokens(authority, keeper=keeper).token() == "access-3"
    another = Tokens(oauth(authority, refresh_token="set-anew"), account=ACCOUNT, keeper=keeper)
    with pytest.raises(TokenRefusedError):
        await another.token()
    assert authority.asked[-1]["refresh_token"] == "set-anew"


async def test_a_revoked_permission_is_said_once_and_the_endpoint_left_in_peace(authority: Authority):
    clock = Watch()
    source = tokens(authority, clock)
    authority.revoke()
    with capture_logs() as logs:
        for _ in range(5):
            with pytest.raises(TokenRefusedError, match="access was revoked or has expired"):
                await source.token()
    assert len(authority.asked) == 1
    (line,) = [each for each in logs if each["event"] == "oauth.refused"]
    assert line["account"] == ACCOUNT
    assert not any(secret in str(logs) for secret in (SECRET, REFRESH, "AADSTS"))
    assert "invalid_grant" in (source.trouble or "")
    authority.refresh_token = REFRESH
    clock.seconds = 3601
    assert await source.token() == "access-1"
    assert source.trouble is None


@pytest.mark.parametrize("status", [429, 500, 503])
async def test_an_endpoint_that_cannot_answer_now_is_asked_again(authority: Authority, status: int):
    source = tokens(authority)
    authority.answers(status)
    with pytest.raises(TokenUnavailableError, match=f"127.0.0.1 answers {status}"):
        await source.token()
    assert await source.token() == "access-1"


async def test_secrets_do_not_follow_a_redirect(authority: Authority):
    authority.redirects()
    with pytest.raises(TokenRefusedError, match="status 307"):
        await tokens(authority).token()


async def test_an_application_without_a_mailboxs_consent_asks_for_itself(authority: Authority):
    app = oauth(authority, refresh_token=None)
    await Tokens(app, account=ACCOUNT).token()
    assert authority.asked[0]["grant_type"] == "client_credentials"
    assert "refresh_token" not in authority.asked[0]
    assert replace(app, provider="microsoft/kampus.example").asked(None)["scope"].endswith("/.default")
    with pytest.raises(ValueError, match="needs a refresh token"):
        replace(app, provider="google")


@pytest.mark.parametrize(
    ("provider", "url"),
    [
        ("google", "https://oauth2.googleapis.com/token"),
        ("microsoft", "https://login.microsoftonline.com/common/oauth2/v2.0/token"),
        ("microsoft/kampus.example", "https://login.microsoftonline.com/kampus.example/oauth2/v2.0/token"),
        ("https://sso.kampus.example/token", "https://sso.kampus.example/token"),
    ],
)
def test_a_provider_is_named_or_given_by_its_endpoint(provider: str, url: str):
    assert OAuth(provider=provider_of(provider), client_id="x", refresh_token="y").token_url == url


@pytest.mark.parametrize(
    "provider", ["yahoo", "microsoft/", "microsoft/../x", "google/x", "http://sso.example/token", "https://"]
)
def test_a_provider_that_cannot_be_is_refused(provider: str):
    with pytest.raises(ValueError):  # noqa: PT011  the desk file says what is expected
        provider_of(provider)


@pytest.mark.skipif(unavailable() is not None, reason=str(unavailable()))
async def test_a_mailbox_is_read_with_an_access_token(authority: Authority, house: House, listening: Listens):
    pace = ImapPace(first=0.02, longest=0.1, refused=0.1, idle=2.0)
    with running_dovecot(introspection=authority.introspection_url) as dovecot:
        dovecot.deliver(mail())
        box = mailbox(authority, imap=f"imap://{USER}@127.0.0.1:{dovecot.port}", poll_seconds=0.05)
        source = tokens(authority)
        reading = ImapListener(box, {OURS}, tokens=source, pace=pace)
        async with listening(reading):
            await until(lambda: house.texts == ["Halo"])
        authority.revoke()
        async with listening(reading):  # the mailbox refuses the old token, the endpoint a new one
            await until(lambda: source.trouble is not None)
            await asyncio.sleep(0.5)  # it comes back several times, and asks for no token
        assert len(authority.asked) == 2


async def test_a_relay_takes_an_access_token_in_place_of_a_password(authority: Authority, relay: Relay):
    relay.bearer = (OURS, authority.tokens.__contains__)
    source = tokens(authority)
    sender = MailSender(mailbox(authority, relay=relay.url()), tokens=source)
    await sender.send(answer())
    await sender.send(answer())
    assert (len(relay.mails), len(authority.asked)) == (2, 1)
    await sender.aclose()
    authority.tokens.clear()
    with pytest.raises(RefusedByProvider) as refused:
        await sender.send(answer())
    assert refused.value.account_broken
    await sender.send(answer())  # with a token that was fetched anew
    assert (len(relay.mails), len(authority.asked)) == (3, 2)
    assert relay.faults == []


async def test_without_a_token_nothing_leaves_and_the_agent_reads_why(authority: Authority, relay: Relay):
    sender = MailSender(mailbox(authority, relay=relay.url()), tokens=tokens(authority))
    authority.answers(503)
    with pytest.raises(Deferred, match="tidak dapat dihubungi"):
        await sender.send(answer())
    authority.revoke()
    with pytest.raises(RefusedByProvider, match="OAuth2 kotak surat ini ditolak") as refused:
        await sender.send(answer())
    assert refused.value.account_broken
    assert relay.mails == []
