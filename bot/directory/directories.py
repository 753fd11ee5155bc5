"""The directories of the desks: each built from its desk's settings, and anew when these change."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from channels.directory.contract import Directory
from channels.directory.csv_file import CsvDirectory
from channels.directory.http_json import HttpDirectory, HttpSettings
from later import Later
from tickets.connections import Directory as Described
from tickets.desk import Desk

if TYPE_CHECKING:
    from channels.directory import ldap
else:
    ldap = Later("channels.directory.ldap")


class Directories:
    def __init__(self, folders: Mapping[str, Path]) -> None:
        self._folders = folders
        self._built: dict[str, tuple[Described, Directory | None]] = {}

    def of(self, desk: Desk) -> Directory | None:
        """Return the desk's directory; None where it has none, or one that is off."""
        described = desk.directory
        if described is None or described.off:
            return None
        known = self._built.get(desk.slug)
        if known is None or known[0] != described:
            known = (described, build_directory(described, self._folders.get(desk.slug)))
            self._built[desk.slug] = known
        return known[1]


def build_directory(described: Described, folder: Path | None) -> Directory | None:
    """Build what a desk file describes; `folder` is where that file lies. None for a file that lies nowhere."""
    given = described.settings
    match described.kind:
        case "csv" if folder is not None:
            return CsvDirectory(folder / given["path"], columns=described.fields)
        case "ldap":
            named = {
                field: tuple(attribute.strip() for attribute in attributes.split(","))
                for field, attributes in described.fields.items()
            }
            return ldap.LdapDirectory(
                ldap.LdapSettings(
                    url=given["url"],
                    base=given["base"],
                    bind_dn=given.get("bind_dn"),
                    password=given.get("password"),
                    filter=given.get("filter"),
                    attributes={**ldap.ATTRIBUTES, **named},
                    ca=folder / given["ca"] if folder is not None and "ca" in given else None,
                )
            )
        case "http":
            return HttpDirectory(
                HttpSettings(
                    url=given["url"],
                    email_url=given.get("email_url"),
                    headers=described.headers,
                    entries=given.get("entries", ""),
                    paths=described.fields,
                )
            )
        case _:
            return None


def place_of(desk: Desk) -> str:
    """Say which directory a desk has, without anything secret: the name of a file or of a host."""
    described = desk.directory
    if described is None:
        return ""
    return (
        described.settings.get("path") or urlsplit(described.settings["url"].partition("{")[0]).hostname or ""
    )
