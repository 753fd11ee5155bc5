"""The accounts of a desk file: one address on one channel each, with secrets taken from the environment.

An account that lacks a variable it cannot do without is off and a warning names the variable; one that lacks something
it can do without (the mailbox to poll, the agents' group) serves without it. What the environment holds is never
repeated in a message.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from bot.desk_files.agents_groups import AGENTS_GROUP, GROUP, read_agents_groups
from bot.desk_files.secrets import fill
from bot.desk_files.sections import Section, email_address, telephone
from channels.email.oauth import provider_of
from tickets.connections import Account
from tickets.message import Channel

Check = Callable[[str], str]


@dataclass(frozen=True, kw_only=True)
class Key:
    """A setting an account may have."""

    expected: str
    check: Check = str  # returns the value as it is kept, or raises ValueError
    needed: bool = False  # the account is off without it
    secret: bool = False  # should come from the environment
    several: bool = False  # may be a list; kept with commas between
    entry: str | None = None  # where an entry of the list may be a mapping: the key of its value


def url_with(*schemes: str) -> Check:
    def check(raw: str) -> str:
        parts = urlsplit(raw)  # raises ValueError for a malformed host
        if parts.scheme not in schemes or not parts.hostname or (parts.port or 1) < 1:
            raise ValueError
        return raw

    return check


def matching(pattern: str) -> Check:
    def check(raw: str) -> str:
        if not re.fullmatch(pattern, raw, re.ASCII):
            raise ValueError
        return raw

    return check


API = Key(expected="a base URL such as http://127.0.0.1:8081, or null", check=url_with("http", "https"))
NAME = Key(expected="a name of at most 100 characters", check=matching(r"(?s)(?!.*[\r\n]).{1,100}"))

SHARED_WITH = Key(
    expected="the short name of another desk, or several",
    check=matching(r"[a-z0-9]+(-[a-z0-9]+)*(\s*,\s*[a-z0-9]+(-[a-z0-9]+)*)*"),
    several=True,
)
PROVIDER = "provider"
_WHAT_TO_DO = "Set them in .env or the environment, or take out of desk.yaml what is not wanted."
_SENDER = Key(expected="a number such as +62811223344", check=telephone, needed=True)
# A WhatsApp account of this provider has other keys than one at Twilio.
CLOUD = "cloud"
CLOUD_KEYS: Mapping[str, Key] = {
    PROVIDER: Key(expected="twilio or cloud", check=matching(CLOUD)),
    "sender": _SENDER,
    "phone_number_id": Key(
        expected="Meta's id of the number, digits alone", check=matching("[0-9]{5,30}"), needed=True
    ),
    "business_account_id": Key(
        expected="the id of the WhatsApp Business account, digits alone", check=matching("[0-9]{5,30}")
    ),
    "access_token": Key(expected="the access token", needed=True, secret=True),
    "app_secret": Key(expected="the secret of the Meta app", needed=True, secret=True),
    "verify_token": Key(
        expected="what Meta says when the webhook is set up: 8 to 200 letters, digits, _ or -",
        check=matching("[A-Za-z0-9_-]{8,200}"),
        secret=True,
    ),
    "shared_with": SHARED_WITH,
    "api": API,
}

_ORIGIN = r"https?://(\*\.)?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*(:[0-9]{1,5})?"

CHANNEL_KEYS: Mapping[Channel, Mapping[str, Key]] = {
    Channel.WHATSAPP: {
        PROVIDER: Key(expected="twilio or cloud", check=matching("twilio")),
        "sender": _SENDER,
        "account_sid": Key(expected="the SID of the account", needed=True),
        "auth_token": Key(expected="the auth token", needed=True, secret=True),
        "messaging_service_sid": Key(expected="the SID of a messaging service"),
        "reopen_sid": Key(expected="the content SID of the template that reopens a conversation"),
        "shared_with": SHARED_WITH,
        "api": API,
    },
    Channel.TELEGRAM: {
        "token": Key(
            expected="a bot's token such as 123456:ABC-DEF",
            check=matching(r"[0-9]{1,20}:[A-Za-z0-9_-]{1,128}"),
            needed=True,
            secret=True,
        ),
        AGENTS_GROUP: Key(
            expected="a group's id such as -1001234567890, or several",
            check=matching(r"-?[1-9][0-9]{0,18}(\s*,\s*-?[1-9][0-9]{0,18})*"),
            several=True,
            entry=GROUP,
        ),
        "group_calls_per_minute": Key(
            expected="a number of calls from 1 to 10000", check=matching(r"[1-9][0-9]{0,3}|10000")
        ),
        "webhook_secret": Key(
            expected="1 to 256 letters, digits, _ or -", check=matching("[A-Za-z0-9_-]{1,256}"), secret=True
        ),
        "shared_with": SHARED_WITH,
        "api": API,
    },
    Channel.EMAIL: {
        "address": Key(expected="an address such as help@example.ac.id", check=email_address, needed=True),
        "name": NAME,
        "imap": Key(
            expected="a URL such as imaps://user:password@host",
            check=url_with("imap", "imap+starttls", "imaps"),
            secret=True,
        ),
        "relay": Key(
            expected="a URL such as smtp+starttls://user:password@host:587",
            check=url_with("smtp", "smtp+starttls", "smtps"),
            secret=True,
        ),
        "plus_addresses": Key(expected="true or false", check=matching("true|false")),
        "copy_participants": Key(expected="true or false", check=matching("true|false")),
        "trusted_results": Key(
            expected="names of mail servers as in Authentication-Results, separated by commas",
            check=matching(r"[A-Za-z0-9.-]{1,253}(\s*,\s*[A-Za-z0-9.-]{1,253})*"),
        ),
        "oauth": Key(
            expected="google, microsoft, microsoft/<tenant> or the https URL of a token endpoint",
            check=provider_of,
        ),
        "oauth_client_id": Key(expected="the id of the application"),
        "oauth_client_secret": Key(expected="the secret of the application", secret=True),
        "oauth_refresh_token": Key(expected="the refresh token of the mailbox", secret=True),
        "oauth_scope": Key(expected="scopes separated by spaces"),
    },
    Channel.WEBCHAT: {
        "name": NAME,
        "allowed_origins": Key(
            expected="origins such as https://lms.example.ac.id, or none",
            check=matching(rf"none|{_ORIGIN}(\s*,\s*{_ORIGIN})*"),
            several=True,
        ),
        "identity_secret": Key(
            expected="a secret of 32 to 500 characters without spaces or commas, or while it is changed two",
            check=matching(r"[^\s,]{32,500}(\s*,\s*[^\s,]{32,500})?"),
            several=True,
            secret=True,
        ),
        "identity_issuer": Key(
            expected="who issues the tokens (their iss), such as https://lms.example.ac.id",
            check=matching(r"[^\s\x00-\x1f]{1,200}"),
        ),
    },
}


@dataclass
class Settings:
    """What was read of one account, or of whatever else has settings with secrets."""

    values: dict[str, str] = field(default_factory=dict)
    missing: dict[str, None] = field(default_factory=dict)
    absent: dict[str, None] = field(default_factory=dict)


def read_accounts(
    desk: Section, slug: str, env: Mapping[str, str], warnings: list[str]
) -> tuple[Account, ...]:
    section = desk.section("accounts")
    if section is None:
        return ()
    section.allow(tuple(CHANNEL_KEYS))
    accounts = tuple(
        account
        for channel in CHANNEL_KEYS
        if channel in section.data
        for account in _on_channel(section, channel, slug, env, warnings)
    )
    lacking = [said for account in accounts if (said := _lacks(account)) is not None]
    if lacking:
        warnings.append(f"{slug}: {'; '.join(lacking)}. {_WHAT_TO_DO}")
    return accounts


def _lacks(account: Account) -> str | None:
    """Say what an account goes without; None if it has everything."""
    name = account.key.removeprefix(f"{account.desk}/")
    if account.missing:
        return f"{name} is off, for {not_set(account.missing)}"
    return f"{name} serves, but {not_set(account.absent)}" if account.absent else None


def _on_channel(
    section: Section, channel: Channel, slug: str, env: Mapping[str, str], warnings: list[str]
) -> Iterator[Account]:
    for number, entry in enumerate(_entries(section, channel), start=1):
        key = f"{slug}/{channel}" + (f"-{number}" if number > 1 else "")
        found = read_settings(entry, _keys(entry, channel), env, warnings, key)
        yield Account(
            key=key,
            desk=slug,
            channel=channel,
            settings=found.values,
            missing=tuple(found.missing),
            absent=tuple(found.absent),
            groups=read_agents_groups(entry, env) if channel is Channel.TELEGRAM else (),
        )


def _keys(entry: Section, channel: Channel) -> Mapping[str, Key]:
    if channel is Channel.WHATSAPP and entry.data.get(PROVIDER) == CLOUD:
        return CLOUD_KEYS
    return CHANNEL_KEYS[channel]


def _entries(section: Section, channel: Channel) -> Iterator[Section]:
    """Yield the accounts of a channel: one mapping, or a list of them. `webchat:` with nothing is one as well."""
    if isinstance(section.data[channel], list):
        yield from section.sections(channel)
    elif section.data[channel] is None and not any(key.needed for key in CHANNEL_KEYS[channel].values()):
        yield section.below(channel)
    else:
        entry = section.section(channel)
        if entry is not None:
            yield entry


def read_settings(
    section: Section, keys: Mapping[str, Key], env: Mapping[str, str], warnings: list[str], whose: str,
    *, also: Collection[str] = (),
) -> Settings:  # fmt: skip
    """Read settings that may hold placeholders; `also` names keys beside them that somebody else reads."""
    section.allow((*keys, *also))
    found = Settings()
    for name, key in keys.items():
        value = _value(section, name, key)
        if value is None:
            continue
        try:
            filled = fill(value, env)
        except ValueError as error:
            section.problem(str(error), name)
            continue
        unset = filled.missing
        if not unset:
            kept = _checked(key, filled.text)
            if kept is not None:
                found.values[name] = kept
            elif filled.names:
                warnings.append(f"{whose}: {_listed(filled.names)} should hold {key.expected}.")
                unset = filled.names
            else:
                section.problem(f"expected {key.expected}", name)
        if unset:
            (found.missing if key.needed else found.absent).update(dict.fromkeys(unset))
        if key.secret and not filled.names and _holds_secret(filled.text):
            warnings.append(
                f"{whose}: {name} is written out in the file; name a variable instead, such as ${{NAME}}."
            )
    return found


def _value(section: Section, name: str, key: Key) -> str | None:
    """Return the setting as it was written; None where there is none, or not one that can be read."""
    if section.has(name):
        raw = _listed_values(section, name, key.entry) if key.several else section.raw(name)
        if raw is None or not 0 < len(raw) <= 2000:
            section.problem(f"expected {key.expected}", name)
            return None
        return raw
    if key.needed:
        section.problem(f"expected {name}: {key.expected}", *([name] if name in section.data else []))
    return None


def _listed_values(section: Section, name: str, entry: str | None) -> str | None:
    """Return one value or the values of a list as one text; None if one of them is no scalar."""
    found = section.value(name)
    if not isinstance(found, list):
        return section.raw(name)
    raws = [
        section.raw(name, place, entry) if entry and isinstance(item, dict) else section.raw(name, place)
        for place, item in enumerate(found)
    ]
    return None if None in raws else ", ".join(raw for raw in raws if raw is not None)


def _checked(key: Key, value: str) -> str | None:
    try:
        return key.check(value)
    except ValueError:
        return None


def _holds_secret(value: str) -> bool:
    """Say whether a value gives something away: a URL does so only by its password."""
    return "://" not in value or bool(urlsplit(value).password)


def _listed(names: Iterable[str]) -> str:
    *before, last = names
    return f"{', '.join(before)} and {last}" if before else last


def not_set(names: Collection[str]) -> str:
    return f"{_listed(names)} {'is' if len(names) == 1 else 'are'} not set"
