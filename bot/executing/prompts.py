"""What the bot has asked somebody of the desk: their next plain message in that place completes a command.

One question for each person and place, until it is answered, left by another command, or too old.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, select

from bot.commands import Do, Verb, pressed
from bot.tables import StaffPrompt
from tickets.ledger.prepared import Prepared
from tickets.ledger.tx import Tx
from tickets.message import Place
from tickets.staff import StaffNow

PATIENCE = timedelta(minutes=15)

_PROMPTS = StaffPrompt.__table__  # type: ignore[attr-defined]
_KEY = ("staff", "account", "address", "thread")
_READ = Prepared(select(_PROMPTS).where(*(_PROMPTS.c[name] == bindparam(name) for name in _KEY)))
_DROP = Prepared(delete(_PROMPTS).where(*(_PROMPTS.c[name] == bindparam(f"of_{name}") for name in _KEY)))
_SAVE = Prepared(
    lambda insert: insert(_PROMPTS).on_conflict_do_update(
        index_elements=list(_KEY),
        set_={name: insert(_PROMPTS).excluded[name] for name in ("ticket", "verb", "begun", "expires_at")},
    )
)


@dataclass(frozen=True, kw_only=True)
class Prompt:
    """A command that waits for its last words."""

    ticket: int | None
    verb: Verb
    begun: str  # what of it has been said already

    def picked(self, words: str) -> tuple[int | None, Do] | None:
        """Return the ticket and the command of the button that a number stands for; None where none was offered by it."""
        if self.verb is not Verb.PICK or not (words.isascii() and words.isdecimal() and len(words) <= 3):
            return None
        offered = json.loads(self.begun)
        return pressed(offered[int(words) - 1]) if 1 <= int(words) <= len(offered) else None

    def completed(self, words: str) -> Do:
        return Do(verb=self.verb, rest=f"{self.begun} {words}".strip())


def expect(tx: Tx, prompt: Prompt, *, of: StaffNow, at_place: Place, at: datetime) -> None:
    """Take the next plain message of this person in this place as the rest of a command."""
    tx.run(
        _SAVE, **_key(of, at_place), ticket=prompt.ticket, verb=str(prompt.verb), begun=prompt.begun,
        expires_at=at + PATIENCE,
    )  # fmt: skip


def offer(tx: Tx, choices: Sequence[str], *, to: StaffNow, at_place: Place, at: datetime) -> None:
    """Take a number as this person's next message in this place for the press of a button, by its data."""
    prompt = Prompt(ticket=None, verb=Verb.PICK, begun=json.dumps(list(choices)))
    expect(tx, prompt, of=to, at_place=at_place, at=at)


def take(tx: Tx, *, of: StaffNow, at_place: Place, at: datetime) -> Prompt | None:
    """Return what this person was asked in this place, if it still stands; it does so no longer."""
    key = _key(of, at_place)
    row = tx.one(_READ, **key)
    if row is None:
        return None
    tx.run(_DROP, **{f"of_{name}": value for name, value in key.items()})
    if row.expires_at < at:
        return None
    return Prompt(ticket=row.ticket, verb=Verb(row.verb), begun=row.begun)


def _key(of: StaffNow, place: Place) -> dict[str, str]:
    return {
        "staff": of.id,
        "account": place.account,
        "address": place.address,
        "thread": place.thread or "",
    }
