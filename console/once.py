"""Commands of people and programs pass once: the same form or request twice is one act.

What was commanded is kept raw beside what providers sent, so that a replay sees it in its place in the order.
"""

import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from procedures.cases.refusals import StepOverError, TurnOfOthersError, VotedError, note_refused
from tickets.actor import Actor
from tickets.inbound import guard, processed
from tickets.ledger.store import Ledger
from tickets.ledger.tx import Tx

Act = Callable[[Tx], int | None]  # the message that it became, if it became one


@dataclass(frozen=True, kw_only=True)
class Command:
    """Something that somebody asked for."""

    account: str  # "api", "console"
    event_id: str  # what is repeated when it is repeated
    by: Actor
    path: str
    body: Mapping[str, Any] = field(repr=False)

    @property
    def raw(self) -> bytes:
        content = {"by": self.by.key, "path": self.path, "body": dict(self.body)}
        return json.dumps(content, ensure_ascii=False).encode()


def key_of(by: Actor, given: str | None) -> str:
    """Return the event id of a command: the caller's own key, which is theirs alone, or a new one."""
    return f"{by.key} {given}" if given else secrets.token_urlsafe(16)


def once(tx: Tx, command: Command, act: Act, *, at: datetime) -> bool:
    """Do it unless it was done before."""
    if not guard(tx, account=command.account, event_id=command.event_id, raw=command.raw, at=at):
        return False
    message = act(tx)
    processed(tx, account=command.account, event_id=command.event_id, message=message, at=at)
    return True


async def done_once(ledger: Ledger, command: Command, act: Act, *, at: datetime) -> bool:
    """Have it done unless it was done before. Who is refused a turn of a case stands in the history of its ticket."""
    name = command.account
    try:
        return await ledger.write(lambda tx: once(tx, command, act, at=at), name=name)
    except (StepOverError, TurnOfOthersError, VotedError) as refused:
        error = refused
        await ledger.write(lambda tx: note_refused(tx, error, by=command.by.key, at=at), name=name)
        raise
