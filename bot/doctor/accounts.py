"""The accounts at their providers: whether the credentials work, and what may be done with them."""

import asyncio
import smtplib
import ssl
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

import httpx
import imapclient
from imapclient.exceptions import IMAPClientError, LoginError

from bot.accounts import tokens_of
from bot.doctor.findings import Finding, State
from channels.contract import ChannelError
from tickets.desk import Account
from tickets.message import Channel

SECONDS = 5.0  # for one question
SKEW = timedelta(seconds=30)  # from which on instants of providers and ours are no longer of one time
TWILIO, TELEGRAM = "https://api.twilio.com", "https://api.telegram.org"
_SECRETS = {"account_sid", "auth_token", "token"}
_PORTS = {
    "imap": 143, "imap+starttls": 143, "imaps": 993, "smtp": 25, "smtp+starttls": 587, "smtps": 465,
}  # fmt: skip

Now = Callable[[], datetime]


async def of_account(account: Account, http: httpx.AsyncClient, now: Now, data_dir: Path) -> list[Finding]:
    """Ask the provider; one finding for an account that is off."""
    if account.off:
        unset = f"{', '.join(account.missing)} not set"
        if account.settings.keys() & _SECRETS:
            return [_finding(account, State.BAD, f"set up by half: {unset}.")]
        return [
            _finding(
                account, State.OFF, f"off towards the provider: {unset}. Try it with `tanggap simulate`."
            )
        ]
    if account.channel is Channel.WHATSAPP:
        return await _twilio(account, http, now)
    if account.channel is Channel.TELEGRAM:
        return await _telegram(account, http, now)
    if account.channel is Channel.EMAIL:
        return await _mail(account, data_dir)
    return [_finding(account, State.GOOD, "served by this installation itself.")]


# -- Twilio -----------------------------------------------------------------------------------------------------------


async def _twilio(account: Account, http: httpx.AsyncClient, now: Now) -> list[Finding]:
    sid, token = account.settings["account_sid"], account.settings["auth_token"]
    base = (account.settings.get("api") or TWILIO).rstrip("/")
    try:
        answer = await http.get(f"{base}/2010-04-01/Accounts/{sid}.json", auth=(sid, token))
    except httpx.HTTPError as error:
        return [_unreached(account, "Twilio", error)]
    if answer.status_code in {401, 403, 404}:
        return [_finding(account, State.BAD, "Twilio refuses the account SID or the auth token.")]
    if not answer.is_success:
        return [_finding(account, State.BAD, f"Twilio answers {answer.status_code}.")]
    status = _json(answer).get("status", "active")
    state = State.GOOD if status == "active" else State.BAD
    says = f"Twilio knows the account ({status}); sender {account.settings['sender']}."
    return [_finding(account, state, says), *_skew(account, answer, now)]


# -- Telegram ---------------------------------------------------------------------------------------------------------


async def _telegram(account: Account, http: httpx.AsyncClient, now: Now) -> list[Finding]:
    try:
        me = await _call(account, http, "getMe")
        if not me.is_success:
            return [_finding(account, State.BAD, f"Telegram refuses the token ({me.status_code}).")]
        bot = _json(me).get("result", {})
        found = [_finding(account, State.GOOD, f"Telegram knows the bot as @{bot.get('username')}.")]
        group = account.settings.get("agents_group")
        if group is None:
            found.append(
                _finding(account, State.OFF, "no agents' group: agents answer on the web or by #number.")
            )
        else:
            found.append(await _agents_group(account, http, group, bot.get("id")))
        return [*found, *_skew(account, me, now)]
    except httpx.HTTPError as error:
        return [_unreached(account, "Telegram", error)]


async def _agents_group(account: Account, http: httpx.AsyncClient, group: str, bot: Any) -> Finding:
    chat = await _call(account, http, "getChat", chat_id=group)
    if not chat.is_success:
        return _finding(
            account, State.BAD, f"the bot is not in the agents' group {group}, or there is no such group."
        )
    if not _json(chat).get("result", {}).get("is_forum"):
        return _finding(
            account, State.BAD, f"the agents' group {group} has no topics; turn them on in its settings."
        )
    member = _json(await _call(account, http, "getChatMember", chat_id=group, user_id=bot)).get("result", {})
    if member.get("status") != "creator" and not member.get("can_manage_topics"):
        says = f"in the agents' group {group} the bot has to be an administrator who may manage topics."
        return _finding(account, State.BAD, says)
    return _finding(
        account, State.GOOD, f"the agents' group {group} has topics, and the bot may manage them."
    )


async def _call(account: Account, http: httpx.AsyncClient, method: str, **fields: Any) -> httpx.Response:
    base = (account.settings.get("api") or TELEGRAM).rstrip("/")
    return await http.post(f"{base}/bot{account.settings['token']}/{method}", json=fields)


# -- mail -------------------------------------------------------------------------------------------------------------


async def _mail(account: Account, data_dir: Path) -> list[Finding]:
    try:
        tokens = tokens_of(account, data_dir)
        token = None if tokens is None else await tokens.token()
    except (ChannelError, ValueError) as error:
        return [_finding(account, State.BAD, f"no login by OAuth2: {error}.")]
    return await asyncio.to_thread(_mail_servers, account, token)


def _mail_servers(account: Account, token: str | None) -> list[Finding]:
    address, imap, relay = (account.settings.get(name) for name in ("address", "imap", "relay"))
    return [
        _finding(account, State.GOOD, f"the mail listener takes what is addressed to {address}."),
        _mailbox(account, urlsplit(imap), token)
        if imap
        else _finding(account, State.OFF, "no mailbox is read."),
        _relay(account, urlsplit(relay), token)
        if relay
        else _finding(account, State.OFF, "no relay: answers by mail stay in the ledger."),
    ]


def _mailbox(account: Account, url: SplitResult, token: str | None) -> Finding:
    about = f"the mailbox at {url.hostname}"
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
        return _finding(account, State.BAD, f"{about} refuses the login.")
    except (IMAPClientError, OSError) as error:
        return _finding(account, State.BAD, f"{about} cannot be read ({type(error).__name__}).")
    return _finding(account, State.GOOD, f"{about} can be read.")


def _relay(account: Account, url: SplitResult, token: str | None) -> Finding:
    about = f"the relay at {url.hostname}"
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
        return _finding(account, State.BAD, f"{about} refuses the login.")
    except (smtplib.SMTPException, OSError) as error:
        return _finding(account, State.BAD, f"{about} cannot be used ({type(error).__name__}).")
    return _finding(
        account, State.GOOD, f"{about} answers{' and lets us in' if url.username or token else ''}."
    )


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


# -- what they share --------------------------------------------------------------------------------------------------


def _skew(account: Account, answer: httpx.Response, now: Now) -> list[Finding]:
    """Compare our clock with the provider's, as its answer shows it."""
    try:
        theirs = parsedate_to_datetime(answer.headers["Date"])
        off = abs(now() - theirs)
    except (KeyError, ValueError, TypeError):
        return []
    if off < SKEW:
        return []
    says = f"this machine's clock differs from the provider's by {off.total_seconds():.0f} seconds; set it by NTP."
    return [_finding(account, State.WARNING, says)]


def _json(answer: httpx.Response) -> Mapping[str, Any]:
    try:
        content = answer.json()
    except ValueError:
        return {}
    return content if isinstance(content, dict) else {}


def _unreached(account: Account, whom: str, error: Exception) -> Finding:
    return _finding(account, State.BAD, f"{whom} cannot be reached ({type(error).__name__}).")


def _finding(account: Account, state: State, says: str) -> Finding:
    return Finding(about=account.key, state=state, says=says)
