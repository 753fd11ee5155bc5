"""The house as it is opened: its desks from their folders, and from the ledger those that it knows better."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

import structlog

from bot.accounts.secrets_file import OwnSecrets, own_secrets
from bot.carrying.made_links import MadeLinks
from bot.desk_files import DeskFileError, LoadedDesk, desk_from_files, load_desk
from bot.desks import Desks, OpenDesk
from bot.house.errors import HouseError
from bot.house.revised import FILE, keep, open_desk, same_files, sync, with_feeds
from bot.house.storage import open_ledger
from bot.incoming import Means
from bot.settings import Settings
from channels.email.message_ids import MessageIds
from console.page_links import request_links
from templates_replies.matcher import Matcher
from tickets import revisions
from tickets.ledger.store import Ledger
from tickets.ledger.tx import Tx
from tickets.one_time_codes import derive_key
from tickets.revisions import Revision

DESK_FILE = "desk.yaml"
_MISTAKES_SHOWN = 5

log = structlog.get_logger()


@dataclass(frozen=True, kw_only=True)
class House:
    settings: Settings
    ledger: Ledger
    desks: Desks
    folders: Mapping[str, Path]  # where a desk's files lie, by slug; not one that only the ledger has
    warnings: tuple[str, ...]  # whole sentences
    secrets: OwnSecrets = field(repr=False)

    @property
    def secret_key(self) -> str:
        """What signs cookies and links."""
        own = self.settings.secret_key
        return own.get_secret_value() if own else self.secrets["secret_key"]

    @property
    def codes_key(self) -> bytes:
        """What one-time codes are made from."""
        return derive_key(self.secret_key)

    @property
    def means(self) -> Means:
        """What the conversation needs beside the desks."""
        links = request_links(self.secret_key, self.settings.public_url)
        return Means(codes_key=self.codes_key, form_link=links.url)

    @property
    def made_links(self) -> MadeLinks:
        """The links to what Tanggap makes itself."""
        return MadeLinks(self.secret_key, self.settings.public_url)

    @property
    def message_ids(self) -> MessageIds:
        """What our own mail is called, and known again by."""
        return MessageIds(self.secret_key)

    def desk(self, slug: str | None) -> OpenDesk:
        """Return a desk by its slug, or with None the only one. Raises HouseError."""
        names = ", ".join(desk.slug for desk in self.desks)
        if slug is None:
            one, *more = self.desks
            if more:
                raise HouseError(f"say which desk with --desk; there are {names}")
            return one
        found = self.desks.get(slug)
        if found is None:
            raise HouseError(f"there is no desk {slug}; there is {names}")
        return found


def utc_now() -> datetime:
    return datetime.now(UTC)


@contextmanager
def open_house(
    settings: Settings,
    *,
    migrate: bool = True,
    follow_files: bool = True,
    only: str | None = None,
    clock: Callable[[], datetime] = utc_now,
) -> Iterator[House]:
    """Open settings, ledger and desks; closes the ledger. Raises HouseError.

    Without `follow_files` only desks that the ledger does not have yet are imported: that is for commands beside a
    running server, which shall not change a desk under its feet. Of those, a command about one desk may open `only` that,
    for each takes a while to read.
    """
    with open_ledger(settings, migrate=migrate) as ledger:
        opening = _Opening(settings, ledger, follow_files=follow_files, now=clock())
        if follow_files or only is None or not opening.open_one(only):
            opening.open_all()
        yield House(
            settings=settings,
            ledger=ledger,
            desks=Desks(opening.opened),
            folders=opening.folders,
            warnings=(*settings.warnings, *opening.warnings),
            secrets=own_secrets(settings.data_dir),
        )


def refresh(house: House) -> tuple[str, ...]:
    """Open anew the desks that have a newer revision in the ledger than the house has; their slugs.

    Blocking, for a thread. A revision that cannot be opened leaves the desk as it was. One with other categories is
    in force at once; its desk goes on with the matcher that it has until the new one is fitted.
    """
    known = {desk.slug: desk.now.revision for desk in house.desks}

    def newer(tx: Tx) -> list[Revision | None]:
        numbers = revisions.newest_numbers(tx)
        return [revisions.newest(tx, slug) for slug, number in numbers.items() if number > known.get(slug, 0)]

    changed: list[OpenDesk] = []
    for revision in house.ledger.write_blocking(newer, name="refresh"):
        if revision is None:
            continue
        try:
            loaded = desk_from_files(revision.files, house.settings.environment)
        except DeskFileError as error:
            log.debug(  # asked every few seconds; the start has warned of it, and forms save only what is sound
                "house.revision_unusable",
                desk=revision.desk,
                revision=revision.number,
                first=str(error.problems[0]),
            )
            continue
        desk = open_desk(loaded, revision.number, before=house.desks.get(revision.desk))
        house.desks.put(desk)
        changed.append(desk)
    for desk in changed:
        if desk.matcher_is_older:
            matcher = Matcher.fit(desk.catalogue)
            matcher.train()  # meanwhile the desk suggests by the one it has
            house.desks.use_matcher(desk.slug, matcher, catalogue=desk.catalogue)
    return tuple(desk.slug for desk in changed)


def desk_folders(settings: Settings) -> list[Path]:
    """Return the folders of the desks that lie in the desks' folder."""
    if not settings.desks_folder.is_dir():
        return []
    return sorted(path.parent for path in settings.desks_folder.glob(f"*/{DESK_FILE}"))


class _Opening:
    """Opens all desks: those with a folder, then those that only the ledger has."""

    def __init__(self, settings: Settings, ledger: Ledger, *, follow_files: bool, now: datetime) -> None:
        self._env = settings.environment
        self._settings = settings
        self._ledger = ledger
        self._follow_files = follow_files
        self._now = now
        self.opened: dict[str, OpenDesk] = {}
        self.folders: dict[str, Path] = {}
        self.warnings: list[str] = []

    def open_all(self) -> None:
        for folder in desk_folders(self._settings):
            self._open_folder(folder)
        for slug in self._ledger.write_blocking(revisions.newest_numbers):
            if slug not in self.opened and slug not in self.folders:
                self._open_kept(slug, f"{slug} has no folder in {self._settings.desks_folder}")
        if not self.opened:
            self._nothing_opened()

    def open_one(self, slug: str) -> bool:
        """Open a desk as the ledger has it, which wins over files that are not followed; False: it cannot be opened so."""
        if slug in self._ledger.write_blocking(revisions.newest_numbers):
            self._open_kept(slug, None)
        return slug in self.opened

    def _open_folder(self, folder: Path) -> None:
        try:
            loaded = load_desk(folder, self._env)
        except DeskFileError as error:
            self.folders[folder.name] = folder
            self._open_kept(folder.name, _in_short(folder, error))
            return
        slug = loaded.desk.slug
        if slug in self.folders:
            self.warnings.append(f"{folder} is left out: {self.folders[slug]} is called {slug} as well.")
            return
        self.folders[slug] = folder
        kept = self._ledger.write_blocking(lambda tx: revisions.newest(tx, slug))
        loaded = with_feeds(loaded, kept, self._env)
        number = self._ledger.write_blocking(lambda tx: self._import(tx, loaded), name="import_desk")
        if number is None:
            self._open_kept(slug, f"{folder} differs from it" if self._follow_files else None)
        else:
            self._open(loaded, number)

    def _import(self, tx: Tx, loaded: LoadedDesk) -> int | None:
        """Keep the folder's files, if they may become the newest revision; None: the ledger's wins."""
        newest = revisions.newest(tx, loaded.desk.slug)
        changed = newest is not None and not same_files(newest, loaded)
        if newest is not None and changed and not (self._follow_files and newest.by == FILE):
            return None
        return keep(tx, newest, loaded, by=FILE, at=self._now)

    def _open_kept(self, slug: str, why: str | None) -> None:
        """Open a desk as the ledger has it; the reason for doing so is a warning."""
        kept = self._ledger.write_blocking(lambda tx: revisions.newest(tx, slug))
        if kept is None:
            self.warnings.append(f"{slug} is left out: {why}.")
            return
        try:
            loaded = desk_from_files(kept.files, self._env)
        except DeskFileError as error:
            mistake = error.problems[0]
            self.warnings.append(f"{slug} is left out: its revision {kept.number} has mistakes ({mistake}).")
            return
        if why is not None:
            saved = f"saved by {kept.by} on {kept.at:%Y-%m-%d %H:%M} UTC"
            self.warnings.append(f"{slug} is served as in its revision {kept.number}, {saved}: {why}.")
        self._open(
            loaded,
            self._ledger.write_blocking(lambda tx: keep(tx, kept, loaded, by=kept.by, at=self._now)),
        )

    def _open(self, loaded: LoadedDesk, number: int) -> None:
        self._ledger.write_blocking(lambda tx: sync(tx, loaded.desk, self._now), name="sync_desk")
        self.warnings += loaded.warnings
        self.opened[loaded.desk.slug] = open_desk(loaded, number)

    def _nothing_opened(self) -> NoReturn:
        said = " ".join(self.warnings) or f"there is no */{DESK_FILE} in {self._settings.desks_folder}"
        raise HouseError(f"no desk can be opened: {said}")


def _in_short(folder: Path, error: DeskFileError) -> str:
    shown = "; ".join(f"{folder}/{problem}" for problem in error.problems[:_MISTAKES_SHOWN])
    more = len(error.problems) - _MISTAKES_SHOWN
    return f"{shown}; and {more} more mistakes" if more > 0 else shown
