"""The desks that this process serves: each under its newest revision, with catalogue and matcher ready."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from templates_replies.catalogue import Catalogue
from templates_replies.matcher import Matcher
from tickets.desk import Account, DeskNow
from tickets.message import Channel


@dataclass(frozen=True, kw_only=True)
class OpenDesk:
    """Everything the conversation needs of one desk."""

    now: DeskNow
    catalogue: Catalogue
    matcher: Matcher

    @property
    def slug(self) -> str:
        return self.now.slug

    def agents_groups(self) -> tuple[Account, tuple[str, ...]] | None:
        """Return the Telegram account and the groups in which this desk's tickets are topics, if it has one."""
        for account in self.now.desk.accounts_on(Channel.TELEGRAM):
            groups = account.several("agents_group")
            if groups and not account.off:
                return account, groups
        return None


class Desks:
    """Looked up by slug and by account; replaced whole when a desk gets a new revision."""

    def __init__(self, desks: Mapping[str, OpenDesk]) -> None:
        self._desks = dict(desks)

    def __iter__(self) -> Iterator[OpenDesk]:
        return iter(list(self._desks.values()))

    def __getitem__(self, slug: str) -> OpenDesk:
        return self._desks[slug]

    def get(self, slug: str) -> OpenDesk | None:
        return self._desks.get(slug)

    def of_account(self, account: str) -> OpenDesk | None:
        return self._desks.get(account.partition("/")[0])

    def put(self, desk: OpenDesk) -> None:
        self._desks = {**self._desks, desk.slug: desk}

    def now(self) -> dict[str, DeskNow]:
        return {slug: desk.now for slug, desk in self._desks.items()}
