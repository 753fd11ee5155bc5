"""How everything leaves: who sends, and how each kind of parcel is carried."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from bot.accounts.building import Channels
from bot.carrying.carriers import Carriers
from bot.chat_mail import ChatMailCarrier
from bot.code_mail import CodeCarrier
from bot.delivery.group_delivery import GroupWorker
from bot.delivery.standstills import Standstills
from bot.delivery.worker import DeliveryWorker
from bot.groups.group_places import GroupPlaces
from bot.hooks.carrying import Body, HookCarrier
from bot.hooks.telling import EventBody
from bot.house import House
from bot.pushing.carrying import PushCarrier
from bot.second_line.trackers import IssueBody
from bot.second_line.ways import TRACKER_ACT
from bot.service.metrics import Metrics
from channels.hooks.send import HookSender
from channels.push.send import PushSender
from channels.push.vapid import VapidKey
from console.doors import sessions
from console.file_links import FileLinks
from console.sight import Sight
from later import Later

if TYPE_CHECKING:
    from console.api import shapes
else:
    shapes = Later("console.api.shapes")


@dataclass(frozen=True, kw_only=True)
class Senders:
    worker: DeliveryWorker
    groups: GroupWorker  # into groups, so that a flood of topics holds no answer up
    hooks: DeliveryWorker  # to programs, so that a slow one holds no answer up
    standstills: Standstills


def senders(
    house: House, channels: Channels, places: GroupPlaces, links: FileLinks, *, metrics: Metrics, clock: Callable[[], datetime]
) -> Senders:  # fmt: skip
    ledger, desks = house.ledger, house.desks
    carriers = _carriers(house, channels, links, clock)
    standstills = Standstills(ledger, desks, channels.adapters, clock=clock)
    delivers = partial(
        DeliveryWorker, ledger, channels.adapters, carriers, desks=desks, standstills=standstills, metrics=metrics,
        clock=clock,
    )  # fmt: skip
    groups = GroupWorker(
        ledger, carriers, desks=desks, places=places, standstills=standstills, metrics=metrics, clock=clock
    )
    return Senders(worker=delivers(), groups=groups, hooks=delivers(hooks=True), standstills=standstills)


def push_key(house: House) -> VapidKey:
    """Return by what browsers know that a message comes from here."""
    url = house.settings.public_url
    return VapidKey(secret_key=house.secret_key, contact=url if url.startswith("https://") else None)


def _as_the_api_does(value: object) -> Any:
    return shapes.encode(value)


def _carriers(house: House, channels: Channels, links: FileLinks, clock: Callable[[], datetime]) -> Carriers:
    """Put together how each kind of parcel leaves: to people, into groups, to programs, codes to mailboxes, to devices."""
    settings, ledger, desks = house.settings, house.ledger, house.desks
    bodies: dict[str, Body] = {
        "hook": EventBody(ledger, show=_as_the_api_does, link=links.url),
        TRACKER_ACT: IssueBody(ledger, public_url=settings.public_url),
    }
    programs = HookCarrier(ledger, desks, HookSender(trusted=settings.hook_hosts), bodies=bodies, clock=clock)
    codes = CodeCarrier(
        ledger, desks, channels.adapters, key=house.codes_key, message_ids=house.message_ids, clock=clock
    )
    left = ChatMailCarrier(ledger, desks, channels.adapters, message_ids=house.message_ids, clock=clock)
    pushes = PushCarrier(
        ledger, PushSender(push_key(house)), is_in=sessions.is_open, clock=clock,
        looks_elsewhere=Sight(ledger.whispers).elsewhere,
    )  # fmt: skip
    return Carriers(
        ledger, desks, channels.adapters, message_ids=house.message_ids, clock=clock, link=links.url,
        public_url=settings.public_url, made=house.made_links.url,
        more={**programs.acts, **codes.acts, **left.acts, **pushes.acts},
    )  # fmt: skip
