"""How much the bot has said to an address lately: the desk's limit on automatic answers, kept beside the dialogue."""

from datetime import datetime, timedelta

from sqlalchemy import bindparam, select

from bot.tables import Dialogue
from tickets.desk import Limits
from tickets.ledger.prepared import Prepared
from tickets.ledger.tx import Tx

_DIALOGUES = Dialogue.__table__  # type: ignore[attr-defined]
_READ = Prepared(
    select(_DIALOGUES.c.said, _DIALOGUES.c.said_since).where(_DIALOGUES.c.address == bindparam("address"))
)
_SAVE = Prepared(
    lambda insert: insert(_DIALOGUES).on_conflict_do_update(
        index_elements=["address"],
        set_={name: insert(_DIALOGUES).excluded[name] for name in ("said", "said_since")},
    )
)
HOUR = timedelta(hours=1)


def may_speak(tx: Tx, address: int, limits: Limits, *, at: datetime) -> bool:
    """Whether one more automatic message keeps within the limit."""
    said, _ = _lately(tx, address, at)
    return limits.answers is None or said < limits.answers.count


def has_spoken(tx: Tx, address: int, *, at: datetime) -> None:
    """Count an automatic message."""
    said, since = _lately(tx, address, at)
    tx.run(
        _SAVE, address=address, said=said + 1, said_since=since, expects=None, data=None, expires_at=None
    )  # fmt: skip


def _lately(tx: Tx, address: int, at: datetime) -> tuple[int, datetime]:
    row = tx.one(_READ, address=address)
    if row is None or row.said_since is None or at - row.said_since >= HOUR:
        return 0, at
    return int(row.said), row.said_since
