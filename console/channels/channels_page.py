"""How the channels of a desk fare: each account, what came in that could not be read, and what is to be done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Annotated

from fastapi import Query, Request
from fastapi.responses import Response
from sqlmodel import Session

from console.channels.channel_health import Health, State, health
from console.house import TheHouse
from console.language import language_of
from console.pages.render import moments, page
from console.routes import Router
from console.supervised import supervised
from console.visitors import Here
from templates_replies.catalogue import Language
from templates_replies.moments import in_words
from templates_replies.reconcile_phrases import no_list
from tickets import views
from tickets.desk import Desk
from tickets.reconciled import why_no_list
from tickets.views.accounts import AccountNow, accounts_now

router = Router(include_in_schema=False)


@dataclass(frozen=True, kw_only=True)
class AccountShown:
    """One account of a desk, and what is to be done about it."""

    seen: AccountNow
    health: Health
    no_list: str | None = None  # why its provider cannot be asked for what came in

    @property
    def name(self) -> str:
        """What of its settings tells it apart, and is no secret."""
        settings = self.seen.account.settings
        return settings.get("address") or settings.get("sender") or self.seen.account.key

    @property
    def is_ill(self) -> bool:
        """Whether somebody has to look after it."""
        return self.health.state in {State.BROKEN, State.HEED}


@router.get("/channels")
async def show(
    request: Request, house: TheHouse, visitor: Here, *, desk: Annotated[str, Query(max_length=60)] = ""
) -> Response:
    desks = supervised(house, visitor)
    chosen = desks.get(desk) or visitor.begins_with(desks)
    now = house.clock()
    language = language_of(request)
    accounts = await house.ledger.read(partial(accounts_of, desk=chosen, language=language, now=now))
    position = await house.ledger.read(
        lambda session: views.newest_event(session, desks=frozenset({chosen.slug}))
    )
    return page(
        request, house, "channels.html", visitor=visitor, desks=desks, desk=chosen, accounts=accounts, now=now,
        position=position, when=moments(request, chosen.calendar.tz, now), length=partial(in_words, language=language),
        ill=sum(each.is_ill for each in accounts),
    )  # fmt: skip


def accounts_of(
    session: Session, *, desk: Desk, now: datetime, language: Language = "id"
) -> Sequence[AccountShown]:
    return [
        AccountShown(
            seen=seen,
            health=health(seen, now=now),
            no_list=no_list(language, why) if (why := why_no_list(seen.account)) else None,
        )
        for seen in accounts_now(session, desk, now=now)
    ]
