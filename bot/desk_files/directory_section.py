"""The `directory` of a desk file: where identities are looked up, and what that place calls a person's number and name."""

import re
from collections.abc import Mapping

from bot.desk_files.accounts import Check, Key, Settings, matching, not_set, read_settings, url_with
from bot.desk_files.sections import Section
from tickets.connections import Directory

_BESIDE = matching(r"\w[\w .-]{0,99}")
_LDAP_URL = url_with("ldap", "ldap+starttls", "ldaps")
_ATTRIBUTE = r"[A-Za-z][A-Za-z0-9;-]{0,99}"
_HEADER = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,99}")


def _endpoint(placeholder: str) -> Check:
    """Take a URL with one placeholder, which stands behind the host."""
    here = url_with("http", "https")

    def check(raw: str) -> str:
        before, found, after = raw.partition(f"{{{placeholder}}}")
        if not found or set("{}") & set(before + after) or not re.match(r"https?://[^/?#@]+[/?]", before):
            raise ValueError
        return here(f"{before}0{after}") and raw

    return check


DIRECTORY_KEYS: Mapping[str, Mapping[str, Key]] = {
    "csv": {"path": Key(expected="a file beside desk.yaml", check=_BESIDE, needed=True)},
    "ldap": {
        "url": Key(expected="a URL such as ldaps://host", check=_LDAP_URL, needed=True),
        "base": Key(expected="the DN to search below", needed=True),
        "bind_dn": Key(expected="the DN to log in with"),
        "password": Key(expected="its password", secret=True),
        "filter": Key(expected="an LDAP filter such as (objectClass=person)", check=matching(r"\(.+\)")),
        "ca": Key(expected="a file of certificates beside desk.yaml", check=_BESIDE),
    },
    "http": {
        "url": Key(
            expected="a URL such as https://host/people/{number}", check=_endpoint("number"), needed=True
        ),
        "email_url": Key(expected="a URL such as https://host/people?mail={email}", check=_endpoint("email")),
        "entries": Key(expected="a path such as data.items", check=matching(r"[\w.-]{1,200}")),
    },
}
_FIELD_KEYS: Mapping[str, Key] = {
    "csv": Key(expected="the title of a column"),
    "ldap": Key(
        expected="an attribute such as cn, or several separated by commas",
        check=matching(rf"{_ATTRIBUTE}( ?, ?{_ATTRIBUTE}){{0,4}}"),
    ),
    "http": Key(expected="a path such as profile.name", check=matching(r"[\w.-]{1,200}")),
}
_HEADER_KEY = Key(expected="the value of a header", check=matching(r"[\x20-\x7e]{1,1000}"), secret=True)


def read_directory(desk: Section, env: Mapping[str, str], warnings: list[str]) -> Directory | None:
    section = desk.section("directory")
    if section is None:
        return None
    kind = section.choice("kind", tuple(DIRECTORY_KEYS), "", required="kind: csv or kind: ldap or kind: http")
    if not kind:
        return None
    keys = {"kind": Key(expected=kind)} | dict(DIRECTORY_KEYS[kind])
    nested = ("fields", "headers") if kind == "http" else ("fields",)
    found = read_settings(section, keys, env, warnings, "The directory", also=nested)
    fields = _fields(section, kind, env, warnings)
    headers = _headers(section, env, warnings) if kind == "http" else Settings()
    names = {**found.missing, **found.absent, **fields.missing, **fields.absent, **headers.absent}
    if names:
        warnings.append(f"The directory is off: {not_set(names)}.")
    if found.values.get("url", "").startswith("ldap://") and "password" in found.values:
        warnings.append(
            "The directory's password goes over the network in the open; use ldaps or ldap+starttls."
        )
    return Directory(
        kind=kind, settings=found.values, fields=fields.values, headers=headers.values, missing=tuple(names)
    )


def _fields(section: Section, kind: str, env: Mapping[str, str], warnings: list[str]) -> Settings:
    fields = section.section("fields")
    if fields is None:
        return Settings()
    fields.allow(("number", "name", "email", "unit", "status"))
    keys = dict.fromkeys(fields.data, _FIELD_KEYS[kind])
    return read_settings(fields, keys, env, warnings, "The directory")


def _headers(section: Section, env: Mapping[str, str], warnings: list[str]) -> Settings:
    headers = section.section("headers")
    if headers is None:
        return Settings()
    for name in headers.data:
        if not _HEADER.fullmatch(str(name)):
            headers.problem("expected the name of a header, such as Authorization", name)
    return read_settings(headers, dict.fromkeys(headers.data, _HEADER_KEY), env, warnings, "The directory")
