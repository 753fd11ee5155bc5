"""How the channels of a desk fare, as programs see it."""

from datetime import datetime

from fastapi.responses import JSONResponse
from pydantic.dataclasses import dataclass

from console.api.caller import Caller, only_theirs
from console.api.shapes import answer
from console.channels.channel_health import health
from console.house import TheHouse
from console.routes import Router
from tickets.views.accounts import AccountNow, accounts_now

router = Router(tags=["supervision"])


@dataclass(frozen=True, kw_only=True)
class AccountShape:
    """One account; `failed` and `unknown` are answers of the last seven days, `kept` what could not be processed."""

    account: str
    channel: str
    state: str  # broken, heed, off, good
    todo: tuple[str, ...]  # what is to be done, by keys
    last_in_at: datetime | None
    last_out_at: datetime | None  # null: not among the newest messages
    waiting: int
    waiting_since: datetime | None
    failed: int
    unknown: int
    parked: int
    kept: int
    is_read: bool | None  # null: it is brought everything, and reads nothing by itself


@dataclass(frozen=True, kw_only=True)
class AccountList:
    items: tuple[AccountShape, ...]


@router.get("/channels", summary="How each account of a desk fares", responses={200: {"model": AccountList}})
async def show_channels(house: TheHouse, by: Caller, desk: str) -> JSONResponse:
    only_theirs(by, desk)
    ours, now = house.desk(desk).desk, house.clock()
    found = await house.ledger.read(lambda session: accounts_now(session, ours, now=now))
    return answer(AccountList(items=tuple(_shape(each, now) for each in found)))


def _shape(seen: AccountNow, now: datetime) -> AccountShape:
    judged = health(seen, now=now)
    return AccountShape(
        account=seen.account.key,
        channel=seen.account.channel,
        state=judged.state,
        todo=tuple(one.key.removeprefix("channel_do_") for one in judged.todo),
        last_in_at=seen.last_in_at,
        last_out_at=seen.last_out_at,
        waiting=seen.waiting.count if seen.waiting else 0,
        waiting_since=seen.waiting.since if seen.waiting else None,
        failed=seen.failed,
        unknown=seen.unknown,
        parked=seen.parked,
        kept=len(seen.kept),
        is_read=seen.is_read,
    )
