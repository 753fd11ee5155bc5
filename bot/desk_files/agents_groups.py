"""The agents' groups that a desk file names for some of its tickets: entries of `agents_group` that say for which."""

import re
from collections.abc import Collection, Iterator, Mapping

from bot.desk_files.secrets import fill
from bot.desk_files.sections import Section
from tickets.connections import AgentsGroup

AGENTS_GROUP, GROUP = "agents_group", "group"  # the setting, and the id in an entry of it
_CATEGORIES, _TEAMS = "categories", "teams"


def read_agents_groups(account: Section, env: Mapping[str, str]) -> tuple[AgentsGroup, ...]:
    """Read for which tickets groups are; their ids are checked with the account's other settings."""
    found = []
    for entry in _entries(account):
        entry.allow((GROUP, _CATEGORIES, _TEAMS))
        categories, teams = (_read_names(entry, key) for key in (_CATEGORIES, _TEAMS))
        if not categories and not teams:
            entry.problem("expected categories or teams; a group for all tickets stands as its id alone")
        found += [
            AgentsGroup(address=address, categories=categories, teams=teams)
            for address in _addresses(entry, env)
        ]
    return tuple(found)


def check_agents_groups(
    accounts: Section, *, categories: Collection[str], categories_in: str, teams: Collection[str]
) -> None:
    """Refuse names that no ticket could have: a group for them would stay empty."""
    for entry in (entry for account in _telegram(accounts) for entry in _entries(account)):
        for key, known, where in ((_CATEGORIES, categories, categories_in), (_TEAMS, teams, "desk.yaml")):
            what = "category" if key == _CATEGORIES else "team"
            for unknown in sorted({*_names(entry, key)} - {*known}):
                entry.problem(f"there is no {what} {unknown} in {where}", key)


def _telegram(accounts: Section) -> Iterator[Section]:
    value = accounts.data.get("telegram")
    paths = (
        [("telegram", number) for number in range(len(value))] if isinstance(value, list) else [("telegram",)]
    )
    yield from (accounts.below(*path) for path in paths)


def _entries(account: Section) -> Iterator[Section]:
    value = account.data.get(AGENTS_GROUP)
    for index, item in enumerate(value if isinstance(value, list) else ()):
        if isinstance(item, dict):
            yield account.below(AGENTS_GROUP, index)


def _read_names(entry: Section, key: str) -> frozenset[str]:
    value = entry.data.get(key)
    names = _names(entry, key)
    if len(names) < (len(value) if isinstance(value, list) else value is not None):
        entry.problem("expected a name, or a list of names", key)
    return frozenset(names)


def _names(entry: Section, key: str) -> list[str]:
    """Return the names of a list, or the one that stands in its place."""
    value = entry.data.get(key)
    places = [(key, index) for index in range(len(value))] if isinstance(value, list) else [(key,)]
    return [raw for place in places if (raw := entry.raw(*place))]


def _addresses(entry: Section, env: Mapping[str, str]) -> list[str]:
    try:
        filled = fill(entry.raw(GROUP) or "", env)
    except ValueError:
        return []  # said of the setting
    return [] if filled.missing else re.findall(r"[^\s,]+", filled.text)
