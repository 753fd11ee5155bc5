"""The accounts at their providers: whether the credentials work, and what may be done with them."""

import asyncio
import smtplib
import ssl
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

import httpx
import imapclient
from imapclient.exceptions import IMAPClientError, LoginError

from bot.accounts.building import tokens_of
from bot.doctor import words
from bot.doctor.asking import SECONDS, Now, finding, why
from bot.doctor.bringing import expected_at
from bot.doctor.findings import Finding, State
from bot.doctor.names import Names, of_names
from bot.doctor.telegram import of_telegram
from bot.doctor.whatsapp import of_whatsapp
from channels.contract import ChannelError
from tickets.connections import Account
from tickets.message import Channel

_SECRETS = {"access_token", "account_sid", "app_secret", "auth_token", "token"}
_PORTS = {
    "imap": 143, "imap+starttls": 143, "imaps": 993, "smtp": 25, "smtp+starttls": 587, "smtps": 465,
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Around:
    """What the questions to providers need beside the account."""

    http: httpx.AsyncClient
    now: Now
    data_dir: Path
    public_url: str
    names: Names


async def of_account(account: Account, around: Around) -> list[Finding]:
    """Ask the provider; one finding for an account that is off."""
    if account.off:
        unset = ", ".join(account.missing)
        if account.settings.keys() & _SECRETS:
            return [finding(account, State.BAD, words.HALF, unset=unset)]
        return [finding(account, State.OFF, words.OFF, unset=unset)]
    if account.channel is Channel.WHATSAPP:
        return await of_whatsapp(account, around.http, around.now, expected_at(account, around.public_url))
    if account.channel is Channel.TELEGRAM:
        return await of_telegram(account, around.http, around.now, expected_at(account, around.public_url))
    if account.channel is Channel.EMAIL:
        found = await _mail(account, around.data_dir)
        return [*found, *(await of_names(account, around.names) if "relay" in account.settings else ())]
    return [finding(account, State.GOOD, words.OWN)]


# -- mail -------------------------------------------------------------------------------------------------------------


async def _mail(account: Account, data_dir: Path) -> list[Finding]:
    try:
        tokens = tokens_of(account, data_dir)
        token = None if tokens is None else await tokens.token()
    except (ChannelError, ValueError) as error:
        return [finding(account, State.BAD, words.NO_OAUTH, why=str(error))]
    return await asyncio.to_thread(_mail_servers, account, token)


def _mail_servers(account: Account, token: str | None) -> list[Finding]:
    imap, relay = account.settings.get("imap"), account.settings.get("relay")
    return [
        finding(account, State.GOOD, words.LISTENS, address=account.settings["address"]),
        _mailbox(account, urlsplit(imap), token) if imap else finding(account, State.OFF, words.NO_MAILBOX),
        _relay(account, urlsplit(relay), token) if relay else finding(account, State.OFF, words.NO_RELAY),
    ]


def _mailbox(account: Account, url: SplitResult, token: str | None) -> Finding:
    host = url.hostname or ""
    tls = ssl.create_default_context()
    secure = url.scheme == "imaps"
    port = url.port or _PORTS[url.scheme]
    try:
        client = imapclient.IMAPClient(url.hostname, port=port, ssl=secure, ssl_context=tls, timeout=SECONDS)
        try:
            if url.scheme == "imap+starttls":
                client.starttls(tls)
            if token is not None and not url.password:
                client.oauth2_login(_user(account, url), token)
            else:
                client.login(unquote(url.username or ""), unquote(url.password or ""))
            client.select_folder(unquote(url.path.strip("/")) or "INBOX", readonly=True)
        finally:
            client.shutdown()
    except LoginError:
        return finding(account, State.BAD, words.MAILBOX_REFUSES, host=host)
    except (IMAPClientError, OSError) as error:
        return finding(account, State.BAD, words.MAILBOX_FAILS, host=host, why=why(error))
    return finding(account, State.GOOD, words.MAILBOX_READ, host=host)


def _relay(account: Account, url: SplitResult, token: str | None) -> Finding:
    host = url.hostname or ""
    tls = ssl.create_default_context()
    try:
        with _connected(url, tls) as smtp:
            if url.scheme == "smtp+starttls":
                smtp.starttls(context=tls)
            if token is not None and not url.password:
                smtp.ehlo()
                smtp.auth("XOAUTH2", _XOAuth2(_user(account, url), token))
            elif url.username:
                smtp.login(unquote(url.username), unquote(url.password or ""))
            smtp.noop()
    except smtplib.SMTPAuthenticationError:
        return finding(account, State.BAD, words.RELAY_REFUSES, host=host)
    except (smtplib.SMTPException, OSError) as error:
        return finding(account, State.BAD, words.RELAY_FAILS, host=host, why=why(error))
    said = words.RELAY_LETS_IN if url.username or token else words.RELAY_ANSWERS
    return finding(account, State.GOOD, said, host=host)


def _user(account: Account, url: SplitResult) -> str:
    return unquote(url.username or "") or account.settings["address"]


class _XOAuth2:
    """Answers what the relay asks: first the login, then nothing to the reasons of a refusal."""

    def __init__(self, user: str, token: str) -> None:
        self._login = f"user={user}\x01auth=Bearer {token}\x01\x01"

    def __call__(self, challenge: bytes | None = None, /) -> str:
        return self._login if challenge is None else ""


def _connected(url: SplitResult, tls: ssl.SSLContext) -> smtplib.SMTP:
    host, port = url.hostname or "", url.port or _PORTS[url.scheme]
    if url.scheme == "smtps":
        return smtplib.SMTP_SSL(host, port, timeout=SECONDS, context=tls)
    return smtplib.SMTP(host, port, timeout=SECONDS)
