"""The desks that this process serves: each under its newest revision, with catalogue and matcher ready."""

import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from procedures.definition.procedure import Procedure
from templates_replies.catalogue import Catalogue
from templates_replies.matcher import Matcher
from tickets.connections import Account, AgentsGroup
from tickets.desk import DeskNow, behind, beside
from tickets.message import Channel

AGENTS_GROUP = "agents_group"  # the setting


@dataclass(frozen=True, kw_only=True)
class OpenDesk:
    """Everything the conversation needs of one desk."""

    now: DeskNow
    catalogue: Catalogue
    matcher: Matcher
    procedures: tuple[Procedure, ...] = ()
    matcher_is_older: bool = False  # it is that of the revision before: its own is being fitted
    threshold: float | None = None  # from which on replies go out by themselves, as its past has earned it

    @property
    def slug(self) -> str:
        return self.now.slug

    def agents_groups(self) -> tuple[Account, tuple[str, ...]] | None:
        """Return the Telegram account and the groups in which this desk's tickets are topics, if it has one."""
        for account in self.now.desk.accounts_on(Channel.TELEGRAM):
            groups = account.several(AGENTS_GROUP)
            if groups and not account.off:
                return account, groups
        return None


def groups_for(
    groups: Sequence[str], named: Sequence[AgentsGroup], *, category: str | None, team: str | None
) -> Sequence[str]:
    """Return those of the agents' groups in which a ticket may be a topic.

    The groups of the team that has it, else those of its category, else those that are for no tickets in particular;
    where there are none of these, any.
    """
    of_team = {each.address for each in named if team in each.teams}
    of_category = {each.address for each in named if category in each.categories}
    others = set(groups) - {each.address for each in named}
    best = next((found for found in (of_team, of_category, others) if found), set(groups))
    return [group for group in groups if group in best]


class Desks:
    """Looked up by slug and by account; replaced whole when a desk gets a new revision."""

    def __init__(self, desks: Mapping[str, OpenDesk]) -> None:
        self._desks = dict(desks)
        self._told: tuple[Mapping[str, OpenDesk], Mapping[str, DeskNow]] = (
            {},
            {},
        )  # what `now` said, and of which
        self._moved: Mapping[str, str] = {}
        self._changing = threading.Lock()  # desks are opened on threads
        self._earned: dict[str, float | None] = {}

    def __iter__(self) -> Iterator[OpenDesk]:
        return iter(list(self._desks.values()))

    def __getitem__(self, slug: str) -> OpenDesk:
        return self._desks[slug]

    def get(self, slug: str) -> OpenDesk | None:
        return self._desks.get(slug)

    def of_account(self, account: str) -> OpenDesk | None:
        return self._desks.get(account.partition("/")[0])

    def behind(self, account: str) -> tuple[OpenDesk, ...]:
        """Return the desks that one account serves: its own first, then those with which it is shared."""
        return tuple(self._desks[slug] for slug in behind(account, self.now()))

    def beside(self, account: str, desk: str) -> dict[str, str]:
        """Return the names of the other desks that share an account with this one, by slug."""
        return beside(account, desk, self.now())

    def put(self, desk: OpenDesk) -> None:
        with self._changing:
            found = replace(relocated(desk, self._moved), threshold=self._earned.get(desk.slug))
            self._desks = {**self._desks, desk.slug: found}

    def use_matcher(self, slug: str, matcher: Matcher, *, catalogue: Catalogue) -> None:
        """Let a desk suggest by another matcher, unless it has another catalogue by now than that was made for."""
        with self._changing:
            desk = self._desks.get(slug)
            if desk is not None and desk.catalogue is catalogue:
                self._desks = {**self._desks, slug: replace(desk, matcher=matcher, matcher_is_older=False)}

    def earn(self, slug: str, threshold: float | None) -> None:
        """Hear how sure a suggestion must be at a desk before its reply goes out by itself; None: none may."""
        with self._changing:
            self._earned[slug] = threshold
            self._desks = {**self._desks, slug: replace(self._desks[slug], threshold=threshold)}

    def relocate(self, moved: Mapping[str, str]) -> None:
        """Hear where groups have gone, whatever the desks' files call them."""
        if moved != self._moved:
            with self._changing:
                self._moved = dict(moved)
                self._desks = {slug: relocated(desk, moved) for slug, desk in self._desks.items()}

    def now(self) -> Mapping[str, DeskNow]:
        """Return them as they are now; asked for each message and page, so it is made once for each change."""
        desks, (known, told) = self._desks, self._told
        if known is not desks:
            told = {slug: desk.now for slug, desk in desks.items()}
            self._told = (desks, told)
        return told


def relocated(desk: OpenDesk, moved: Mapping[str, str]) -> OpenDesk:
    """Return the desk with its groups where they are now."""
    accounts = tuple(
        replace(
            account,
            settings={**account.settings, AGENTS_GROUP: _now(account, moved)},
            groups=tuple(replace(each, address=current(each.address, moved)) for each in account.groups),
        )
        if AGENTS_GROUP in account.settings
        else account
        for account in desk.now.desk.accounts
    )
    teams = tuple(
        replace(team, telegram_group=current(team.telegram_group, moved)) if team.telegram_group else team
        for team in desk.now.desk.teams
    )
    return replace(desk, now=replace(desk.now, desk=replace(desk.now.desk, accounts=accounts, teams=teams)))


def _now(account: Account, moved: Mapping[str, str]) -> str:
    return ",".join(current(group, moved) for group in account.several(AGENTS_GROUP))


def current(group: str, moved: Mapping[str, str]) -> str:
    """Follow a group to where it is now; a circle, which cannot be, ends where it began."""
    seen = [group]
    while (there := moved.get(seen[-1])) is not None and there not in seen:
        seen.append(there)
    return seen[-1]
