"""How an account fares, and what is to be done about it: a pure rule over what the ledger holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from tickets.message import TemplateState
from tickets.views.accounts import AccountNow

LONG = timedelta(minutes=5)  # so long nothing waits that can leave
LOUDEST = 3  # things to do that are said of one account; the others follow when these are done


class State(StrEnum):
    """How an account fares."""

    BROKEN = "broken"  # nothing comes in or goes out until somebody mends it
    HEED = "heed"  # it works, and something of it waits for a person
    OFF = "off"
    GOOD = "good"


@dataclass(frozen=True, kw_only=True)
class ToDo:
    """One thing to do: the key of its words, what they name, and where it is done."""

    key: str
    values: Mapping[str, object]
    link: str | None = None


@dataclass(frozen=True, kw_only=True)
class Health:
    state: State
    todo: tuple[ToDo, ...]


def health(seen: AccountNow, *, now: datetime) -> Health:
    """Tell how an account fares."""
    if seen.account.off:
        missing = ToDo(key="channel_do_set", values={"names": ", ".join(seen.account.missing)})
        return Health(state=State.OFF, todo=(missing,))
    broken, heed = _broken(seen, now), _to_heed(seen)
    state = State.BROKEN if broken else State.HEED if heed else State.GOOD
    return Health(state=state, todo=(*broken, *heed)[:LOUDEST])


def _broken(seen: AccountNow, now: datetime) -> tuple[ToDo, ...]:
    found = []
    if seen.is_read is False:
        found.append(ToDo(key="channel_do_read", values={}))
    waiting = seen.waiting
    if waiting is not None and now - waiting.since >= LONG:
        if waiting.why:
            found.append(ToDo(key="channel_do_mend", values={"why": waiting.why}))
        else:
            found.append(ToDo(key="channel_do_send", values={}))
    return tuple(found)


def _to_heed(seen: AccountNow) -> tuple[ToDo, ...]:
    lost = f"/board/undelivered?desk={seen.account.desk}"
    found = []
    if seen.kept:
        count = {"count": len(seen.kept)}
        found.append(ToDo(key="channel_do_replay", values=count, link=f"#kept-{seen.account.key}"))
    if seen.unknown:
        found.append(ToDo(key="channel_do_ask", values={"count": seen.unknown}, link=lost))
    if seen.failed:
        found.append(ToDo(key="channel_do_other_way", values={"count": seen.failed}, link=lost))
    if seen.templates is not None and seen.templates.error:
        found.append(ToDo(key="channel_do_list", values={"why": seen.templates.error}))
    look = seen.reconciled.outcome if seen.reconciled else None
    if look is not None and look.lost:
        found.insert(0, ToDo(key="channel_do_find", values={"count": look.lost}))
    if look is not None and look.error:
        found.append(ToDo(key="channel_do_compare", values={"why": look.error}))
    refused = seen.templates.states.get(TemplateState.REJECTED, 0) if seen.templates else 0
    if refused:
        link = f"/catalogue/{seen.account.desk}/templates"
        found.append(ToDo(key="channel_do_reword", values={"count": refused}, link=link))
    return tuple(found)
