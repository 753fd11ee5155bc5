"""Which adapter serves which account: built from the desk's settings, the installation's own secrets, the surroundings."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import structlog

from bot.accounts.adapters import Adapters
from bot.accounts.practice import LateDoor, Practice
from bot.accounts.secrets_file import OwnSecrets, RefreshTokens, practice_settings
from bot.desks import Desks
from channels.contract import ListsIncoming, Sender
from channels.email.imap_in import ImapListener
from channels.email.imap_list import ImapList
from channels.email.oauth import OAuth, Tokens
from channels.email.send import MailSender
from channels.email.settings import MailboxSettings, SmtpSettings
from channels.email.smtp_in import SmtpListener
from channels.whatsapp import CloudSettings, CloudWhatsApp, TwilioSettings, TwilioWhatsApp, WhatsApp
from later import Later
from tickets.connections import Account
from tickets.desk import Desk
from tickets.message import Channel

if TYPE_CHECKING:
    from channels.telegram import adapter as telegram
    from channels.telegram import settings as telegram_settings
else:
    telegram = Later("channels.telegram.adapter")
    telegram_settings = Later("channels.telegram.settings")

log = structlog.get_logger()

MAX_FILE_BYTES = 25 * 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What adapters must know of where they run."""

    public_url: str
    smtp: SmtpSettings
    secrets: OwnSecrets = field(repr=False)
    data_dir: Path
    webchat: Callable[[Account, Desk], Sender]


@dataclass(kw_only=True)
class Channels:
    """All adapters of this process, and the listeners that are no account's sender."""

    adapters: Adapters
    whatsapp: list[WhatsApp] = field(default_factory=list)  # their webhooks: several may share a desk's
    mailboxes: dict[str, ImapListener] = field(default_factory=dict)  # by account
    folders: dict[str, ImapList] = field(default_factory=dict)  # of the same mailboxes
    tokens: dict[str, Tokens] = field(default_factory=dict)  # by account: mailboxes that log in by OAuth2
    smtp: SmtpListener | None = None

    def lists(self) -> Mapping[str, ListsIncoming]:
        """Return what can be asked afterwards for all that came in, by account."""
        senders = {key: each for key, each in self.adapters.items() if isinstance(each, ListsIncoming)}
        return {**senders, **self.folders}

    def troubles(self) -> Mapping[str, str]:
        """Return what keeps accounts from their mailboxes until a person acts, by account."""
        return {account: tokens.trouble for account, tokens in self.tokens.items() if tokens.trouble}


def build_channels(desks: Desks, around: Surroundings) -> Channels:
    """Make the adapter of every account; one that cannot be made is left out, with a warning, and takes nobody along."""
    building = _Building(around)
    for desk in desks:
        for account in desk.now.desk.accounts:
            try:
                building.add(account, desk.now.desk)
            except ValueError as error:
                log.warning("account.unusable", account=account.key, reason=str(error))
    return building.channels()


class _Building:
    def __init__(self, around: Surroundings) -> None:
        self._around = around
        self._senders: dict[str, Sender] = {}
        self._whatsapp: list[WhatsApp] = []
        self._mailboxes: list[MailboxSettings] = []
        self._tokens: dict[str, Tokens] = {}

    def add(self, account: Account, desk: Desk) -> None:
        """Make the adapter of one account. Raises ValueError where a setting cannot be right."""
        match account.channel:
            case Channel.WHATSAPP:
                self._add_whatsapp(account, desk)
            case Channel.TELEGRAM:
                self._add_telegram(account)
            case Channel.EMAIL if not account.off:
                self._add_mailbox(account, desk)
            case Channel.WEBCHAT:
                self._senders[account.key] = self._around.webchat(account, desk)
            case _:
                return

    def channels(self) -> Channels:
        own = frozenset(box.address for box in self._mailboxes)
        smtp = SmtpListener(self._around.smtp, self._mailboxes) if self._mailboxes else None
        return Channels(
            adapters=Adapters(self._senders),
            whatsapp=self._whatsapp,
            mailboxes={
                box.account: ImapListener(box, own, tokens=self._tokens.get(box.account))
                for box in self._mailboxes
                if box.imap
            },
            folders={
                box.account: ImapList(box, own, tokens=self._tokens.get(box.account))
                for box in self._mailboxes
                if box.imap
            },
            tokens=self._tokens,
            smtp=smtp,
        )

    def _add_whatsapp(self, account: Account, desk: Desk) -> None:
        practice = practice_settings(account, self._around.secrets) if account.off else None
        if account.off and practice is None:
            return
        adapter = whatsapp_of(
            account, practice or account.settings, public_url=self._around.public_url, language=desk.language
        )
        self._whatsapp.append(adapter)
        self._senders[account.key] = Practice() if practice is not None else adapter

    def _add_telegram(self, account: Account) -> None:
        practice = practice_settings(account, self._around.secrets) if account.off else None
        if account.off and practice is None:
            return
        make = partial(_telegram, account, practice or account.settings, self._around)
        path = f"/channels/telegram/{webhook_part(account)}"
        self._senders[account.key] = Practice(LateDoor(path, make)) if practice is not None else make()

    def _add_mailbox(self, account: Account, desk: Desk) -> None:
        mailbox = MailboxSettings(
            account=account.key,
            desk=account.desk,
            address=account.settings["address"],
            imap=account.settings.get("imap"),
            relay=account.settings.get("relay"),
            trusted=trusted_by(account),
            oauth=oauth_of(account),
            plus_addresses=account.settings.get("plus_addresses") == "true",
            name=account.settings.get("name") or desk.name,
            intake=intake_of(desk),
            max_bytes=MAX_FILE_BYTES,
        )
        self._mailboxes.append(mailbox)
        tokens = tokens_of(account, self._around.data_dir)
        if tokens is not None:
            self._tokens[account.key] = tokens
        unconnected = not mailbox.imap and not mailbox.relay
        self._senders[account.key] = Practice() if unconnected else MailSender(mailbox, tokens=tokens)


def trusted_by(account: Account) -> frozenset[str]:
    """Return the mail servers whose findings about senders count."""
    named = account.settings.get("trusted_results", "").lower().split(",")
    return frozenset(name.strip() for name in named if name.strip())


def oauth_of(account: Account) -> OAuth | None:
    """Return how a mailbox logs in by OAuth2, None where it does by password. Raises ValueError for half of it."""
    given = account.settings
    if "oauth" not in given:
        return None
    if "oauth_client_id" not in given:
        raise ValueError("it needs the id of the application (oauth_client_id)")
    return OAuth(
        provider=given["oauth"],
        client_id=given["oauth_client_id"],
        client_secret=given.get("oauth_client_secret"),
        refresh_token=given.get("oauth_refresh_token"),
        scope=given.get("oauth_scope"),
    )


def tokens_of(account: Account, data_dir: Path) -> Tokens | None:
    """Return the source of a mailbox's access tokens. Raises ValueError as `oauth_of` does."""
    oauth = oauth_of(account)
    keeper = RefreshTokens(data_dir, account.key)
    return None if oauth is None else Tokens(oauth, account=account.key, keeper=keeper)


def intake_of(desk: Desk) -> tuple[int, timedelta] | None:
    """Return how much one sender may bring in a time, as the doors that can say *later* need it."""
    rate = desk.limits.intake
    return None if rate is None else (rate.count, rate.per)


def webhook_part(account: Account) -> str:
    """Return the last part of the bot's webhook: the desk, and a number from its second bot on."""
    first = f"{account.desk}/{account.channel}"
    return account.desk if account.key == first else f"{account.desk}/{account.key.removeprefix(f'{first}-')}"


def whatsapp_of(account: Account, values: Mapping[str, str], *, public_url: str, language: str) -> WhatsApp:
    """Make the adapter of a WhatsApp account. Raises ValueError where a setting cannot be right."""
    if values.get("provider") == "cloud":
        return _cloud(account, values, language=language)
    return TwilioWhatsApp(
        TwilioSettings(
            account=account.key,
            desk=account.desk,
            sender=values["sender"],
            account_sid=values["account_sid"],
            auth_token=values["auth_token"],
            messaging_service_sid=values.get("messaging_service_sid"),
            api=values.get("api"),
            public_url=public_url,
            max_file_bytes=MAX_FILE_BYTES,
        ),
        media_url=lambda file: file.url,
    )


def _cloud(account: Account, values: Mapping[str, str], *, language: str) -> CloudWhatsApp:
    return CloudWhatsApp(
        CloudSettings(
            account=account.key,
            desk=account.desk,
            sender=values["sender"],
            phone_number_id=values["phone_number_id"],
            access_token=values["access_token"],
            app_secret=values["app_secret"],
            verify_token=values.get("verify_token"),
            business_account_id=values.get("business_account_id"),
            api=values.get("api"),
            language=language,
            max_file_bytes=MAX_FILE_BYTES,
        )
    )


def _telegram(
    account: Account, values: Mapping[str, str], around: Surroundings
) -> "telegram.TelegramAdapter":
    return telegram.TelegramAdapter(
        telegram_settings.TelegramSettings(
            account=account.key,
            desk=webhook_part(account),
            token=values["token"],
            api=values.get("api"),
            public_url=around.public_url,
            webhook_secret=values.get("webhook_secret") or around.secrets["telegram_webhook_secret"],
        )
    )
