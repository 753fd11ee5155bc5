"""The programs outside that a desk file names: `webhooks`, and the `tracker` of a team."""

import re
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from bot.desk_files.accounts import Key, not_set, read_settings
from bot.desk_files.sections import Section, slug
from channels.hooks.signature import key_of
from tickets.connections import Shown, Tracker, Webhook

MOST_HOOKS = 20
# Families of events that a hook may ask for.
FAMILIES = frozenset(
    {
        "address",
        "answer",
        "attachment",
        "clock",
        "contact",
        "delivery",
        "desk",
        "message",
        "rule",
        "staff",
        "survey",
        "ticket",
    }
)
EVENTS_EXPECTED = "expected kinds of events such as ticket.opened, ticket.* or *"


def _web_address(raw: str) -> str:
    parts = urlsplit(raw)
    if parts.scheme not in {"http", "https"} or not parts.hostname or (parts.port or 1) < 1:
        raise ValueError
    return raw


def _secret(raw: str) -> str:
    key_of(raw)
    return raw


HOOK_KEYS: Mapping[str, Key] = {
    "url": Key(expected="a URL such as https://lms.example.ac.id/tanggap", check=_web_address, needed=True),
    "secret": Key(
        expected="whsec_ and the Base64 of at least 24 bytes, such as whsec_$(openssl rand -base64 32)",
        check=_secret,
        needed=True,
        secret=True,
    ),
}


def read_webhooks(desk: Section, env: Mapping[str, str], warnings: list[str]) -> tuple[Webhook, ...]:
    """Read `webhooks`. One whose secret is not set is off, with a warning."""
    hooks: dict[str, Webhook] = {}
    for section in desk.sections("webhooks"):
        hook = _webhook(section, env, warnings)
        if hook.id in hooks:
            section.problem(f"there is a webhook {hook.id} already", "id")
        hooks[hook.id] = hook
    if len(hooks) > MOST_HOOKS:
        desk.problem(f"expected at most {MOST_HOOKS} webhooks", "webhooks")
    return tuple(hooks.values())


def _webhook(section: Section, env: Mapping[str, str], warnings: list[str]) -> Webhook:
    name = section.read(
        "id", slug, "", required="id, such as lms", expected="small letters, digits and hyphens, such as lms"
    )
    found = read_settings(
        section, HOOK_KEYS, env, warnings, f"The webhook {name}", also={"id", "events", "identity"}
    )
    if found.missing:
        warnings.append(f"The webhook {name} is off: {not_set(found.missing)}.")
    return Webhook(
        id=name,
        url=found.values.get("url", ""),
        secret=found.values.get("secret"),
        events=tuple(dict.fromkeys(_events(section))),
        identity=Shown(section.choice("identity", tuple(Shown), Shown.MASKED)),
        missing=tuple(found.missing),
    )


def _events(section: Section) -> Iterator[str]:
    if not section.has("events"):
        section.problem(EVENTS_EXPECTED)
    for index, _ in section.items("events"):
        kind = section.raw("events", index) or ""
        family, _, rest = kind.partition(".")
        if kind == "*" or (family in FAMILIES and re.fullmatch(r"\*|[a-z_]+", rest)):
            yield kind
        else:
            section.problem(EVENTS_EXPECTED, "events", index)


def read_tracker(team: Section, env: Mapping[str, str], warnings: list[str], *, whose: str) -> Tracker | None:
    """Read the `tracker` of a team."""
    section = team.section("tracker")
    if section is None:
        return None
    section.choice("kind", ("generic",), "generic")
    found = read_settings(section, HOOK_KEYS, env, warnings, f"The tracker of {whose}", also={"kind"})
    if found.missing:
        warnings.append(f"The tracker of {whose} is off: {not_set(found.missing)}.")
    return Tracker(
        url=found.values.get("url", ""), secret=found.values.get("secret"), missing=tuple(found.missing)
    )
