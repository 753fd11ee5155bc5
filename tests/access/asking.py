"""Asks for everything as everybody: each in a house of their own, from the least to the most harmful."""

import re
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from sqlmodel import func, select

from bot.migrations import migrate
from procedures.cases.step_clock import CLOCK_RULES
from tests.access import chat, doors
from tests.access.askers import NOBODY, PEOPLE, SECOND_LINE_WITH_IT, TOKENS, Asker, at_a_browser, with_a_token
from tests.access.house import SECRET, SHARED_VIEW, full_house
from tests.access.routes import Way, ways
from tests.access.told import Asked, read
from tests.console.houses import Office
from tests.tickets.desks import SLUG
from tickets.actor import Role
from tickets.ledger.store import Ledger
from tickets.tables import Event

# Who sees nothing of what the desk's tickets say, whatever they ask for by an address that can be guessed.
OUTSIDE = frozenset({NOBODY, "second line", "other desk's supervisor"})
# And who may ask for much, and changes nothing of the desk.
CHANGE_NOTHING = OUTSIDE | {"viewer"}
REFUSED = "step.refused"  # what the history keeps of who tried
_LACKS = re.compile(r"lacks the scope ([a-z:]+)")


async def asked_of_everybody(folder: Path) -> Asked:
    """Ask in new houses below a folder. Raises UnexpectedError where somebody is answered as nobody may be."""
    migrate(f"sqlite:///{folder}/empty.db")
    asked = Asked()
    for who, email in PEOPLE.items():
        async with opened_house(folder, f"page {who}", escalated=who == SECOND_LINE_WITH_IT) as office:
            await _ask(asked, asked.pages, office, await at_a_browser(office, email), who, is_api=False)
    for who, what in TOKENS.items():
        async with opened_house(folder, f"token {who}") as office:
            await _ask(asked, asked.api, office, with_a_token(office, what), who, is_api=True)
    async with opened_house(folder, "scopes") as office:
        await _ask_for_scopes(asked, office)
    asked.doors = await doors.asked(folder / "doors")
    asked.commands = await chat.asked(folder)
    return asked


@asynccontextmanager
async def opened_house(
    folder: Path, name: str, *, escalated: bool = False, words: str = SECRET, view: str = SHARED_VIEW
) -> AsyncIterator[Office]:  # fmt: skip
    """Open one below a folder that has an `empty.db`, in which people say these words."""
    own = folder / re.sub(r"\W", "-", name)
    own.mkdir()
    shutil.copyfile(folder / "empty.db", own / "tanggap.db")
    ledger = Ledger(f"sqlite:///{own}/tanggap.db", files=own / "files", clock_rules=CLOCK_RULES)
    try:
        yield await full_house(ledger, own, escalated=escalated, words=words, view=view)
    finally:
        ledger.close()


async def _ask(
    asked: Asked, table: dict, office: Office, asker: Asker, who: str, *, is_api: bool
) -> None:  # fmt: skip
    for way in ways(office):
        if way.is_api == is_api:
            before = _newest(office)
            heard = await asker.asks(office, way)
            table.setdefault(way.name, {})[who] = read(heard.status, way.name)
            if who in OUTSIDE and SECRET in heard.text and not way.is_signed:
                asked.told_secrets.append(f"{who}: {way.name}")
            if who in CHANGE_NOTHING and not way.is_signed:
                asked.changed += [f"{who}: {way.name}: {kind}" for kind in _since(office, before)]
    await asker.client.aclose()


async def _ask_for_scopes(asked: Asked, office: Office) -> None:
    """Ask by a token that is good for nothing, which is told what it lacks, and by one that is good for that alone."""
    admin = (Role.ADMIN, None)
    without = with_a_token(office, admin, scopes=())
    for way in (each for each in ways(office) if each.is_api):
        heard = await without.asks(office, way)
        lacks = _LACKS.search(heard.text)
        asked.scopes[way.name] = lacks[1] if lacks and heard.status == 403 else ""
    await without.client.aclose()
    for scope in sorted(set(asked.scopes.values()) - {""}):
        alone = with_a_token(office, admin, scopes=(scope,))
        for way in (each for each in ways(office) if asked.scopes.get(each.name) == scope):
            heard = await alone.asks(office, way)
            assert not _LACKS.search(heard.text), f"{way.name} wants more than {scope}"
        await alone.client.aclose()


async def forms_without_a_token(folder: Path) -> list[str]:
    """Return the forms that are taken from a page that is not ours, by whoever may do everything."""
    migrate(f"sqlite:///{folder}/empty.db")
    taken = []
    async with opened_house(folder, "forged") as office:
        asker = await at_a_browser(office, PEOPLE["administrator"])
        for way in ways(office):
            if not way.is_api and way.method == "POST":
                answers = [await asker.asks(office, way, token=token) for token in ("", "0" * 64)]
                taken += [way.name for answer in answers if answer.status != 403]
        await asker.client.aclose()
    return taken


def unasked(office: Office, asked: Asked) -> list[str]:
    """Return what the table has nothing of."""
    return [way.name for way in ways(office) if way.name not in asked.pages and way.name not in asked.api]


def _newest(office: Office) -> int:
    with office.ledger.reading() as session:
        return session.exec(select(func.max(Event.id))).one()


def _since(office: Office, event: int) -> list[str]:
    """Return the kinds of what has happened to the desk since."""
    with office.ledger.reading() as session:
        return list(
            session.exec(
                select(Event.kind).where(Event.id > event, Event.desk == SLUG, Event.kind != REFUSED)
            )
        )


__all__ = ["Way", "asked_of_everybody", "forms_without_a_token", "unasked"]
