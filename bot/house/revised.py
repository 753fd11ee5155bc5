"""Desks as they are kept: their files as revisions in the ledger, and one of these made ready for the conversation."""

import json
from collections.abc import Mapping
from datetime import datetime

from bot.desk_files import LoadedDesk, with_kept_feeds
from bot.desks import OpenDesk
from bot.house.errors import FormEditedError
from templates_replies.matcher import Matcher
from tickets import hooks, revisions, staff
from tickets.actions import revising
from tickets.actor import SYSTEM
from tickets.desk import Desk, DeskNow
from tickets.ledger.store import Ledger
from tickets.ledger.tx import Tx
from tickets.promises import Terms
from tickets.revisions import Revision

FILE, LOAD = "file", "load"  # `by` of a revision that came from files: at start, by `tanggap desk load`


def import_desk(
    ledger: Ledger, loaded: LoadedDesk, env: Mapping[str, str], *, by: str, force: bool, at: datetime
) -> int:
    """Keep a desk's files as its newest revision, if they differ from it; the number. Raises FormEditedError."""
    slug = loaded.desk.slug
    loaded = with_feeds(loaded, ledger.write_blocking(lambda tx: revisions.newest(tx, slug)), env)

    def job(tx: Tx) -> int:
        newest = revisions.newest(tx, loaded.desk.slug)
        if newest is not None and _is_by_form(newest) and not force and not same_files(newest, loaded):
            raise FormEditedError(
                f"{newest.by} has edited {newest.desk} since ({newest.at:%Y-%m-%d %H:%M} UTC); "
                "look with `tanggap desk export`, or take the files with --force"
            )
        number = keep(tx, newest, loaded, by=by, at=at)
        sync(tx, loaded.desk, at)
        return number

    return ledger.write_blocking(job, name="import_desk")


def open_desk(loaded: LoadedDesk, revision: int, *, before: OpenDesk | None = None) -> OpenDesk:
    """Make a desk ready for the conversation, with the matcher that it had before if it had one."""
    catalogue = loaded.catalogue
    tags = None if catalogue.tags is None else frozenset(tag.id for tag in catalogue.tags)
    categories = frozenset(category.id for category in catalogue.offered)
    return OpenDesk(
        now=DeskNow(
            desk=loaded.desk, revision=revision, categories=categories, tags=tags, merged=catalogue.merged
        ),
        catalogue=loaded.catalogue,
        procedures=loaded.procedures,
        matcher=Matcher.fit(catalogue) if before is None else before.matcher,
        matcher_is_older=before is not None
        and (before.matcher_is_older or before.catalogue.categories != catalogue.categories),
    )


def keep(tx: Tx, newest: Revision | None, loaded: LoadedDesk, *, by: str, at: datetime) -> int:
    """Return the number of the revision that holds these files and what is computed from them; saves one if need be."""
    desk, note = loaded.desk, None
    if newest is not None and same_files(newest, loaded):
        if _data(revisions.terms_of(tx, desk.slug, newest.number)) == _data(desk.terms):
            return newest.number
        by, note = newest.by, "The holidays were computed anew."
    return revising.keep(
        tx, desk.slug, loaded.files, terms=desk.terms, saved_by=by, actor=SYSTEM, at=at, note=note
    )


def sync(tx: Tx, desk: Desk, at: datetime) -> None:
    """Let what stands in tables follow the desk's file: its staff, its webhooks."""
    staff.sync(tx, desk, at)
    hooks.sync(tx, desk)


def with_feeds(loaded: LoadedDesk, newest: Revision | None, env: Mapping[str, str]) -> LoadedDesk:
    """Return a desk with what feeds of holidays brought it, which no folder has."""
    return with_kept_feeds(loaded, newest.files, env) if newest is not None else loaded


def same_files(revision: Revision, loaded: LoadedDesk) -> bool:
    return dict(revision.files) == dict(loaded.files)


def _is_by_form(revision: Revision) -> bool:
    return revision.by not in {FILE, LOAD}


def _data(terms: Terms) -> str:
    return json.dumps(terms.to_data(), sort_keys=True)
