"""An open house becomes a service: its parts are made here, and handed to each other, in one visible place."""

from collections.abc import Callable
from datetime import datetime

from bot.accounts.building import MAX_FILE_BYTES, Surroundings, build_channels
from bot.acts import Acts
from bot.chat_pages import ChatPages
from bot.delivery.worker import DeliveryWorker
from bot.fitting.keeping import Shelf
from bot.fitting.learning import Learning
from bot.fitting.running import FitterApart
from bot.gates import Gates
from bot.groups.group_places import GroupPlaces
from bot.house import House, utc_now
from bot.jobs import Jobs
from bot.making.apart import in_a_process
from bot.making.maker import Maker
from bot.orders import Orders
from bot.people import People
from bot.receive import Receiver
from bot.reconciling.shut_doors import ShutDoors
from bot.second_line.trackers import TrackerReports
from bot.service.metrics import Metrics
from bot.settings import SmtpProtocol
from bot.wiring.beside import work_beside
from bot.wiring.following import followers
from bot.wiring.leaving import senders
from bot.wiring.service import Service
from channels.email.settings import SmtpSettings
from channels.hooks.door import TrackerDoor
from console.file_links import FileLinks
from console.page_links import survey_links, turn_links
from tickets.ledger.followers import Following
from tickets.ledger.ownership import Ownership
from tickets.search import SearchIndex


def build(
    house: House, *, metrics: Metrics | None = None, clock: Callable[[], datetime] = utc_now
) -> Service:
    """Put everything together."""
    metrics = metrics or Metrics()
    house.ledger.writer.measured_by(metrics.job_took)
    settings, ledger, desks = house.settings, house.ledger, house.desks
    links = FileLinks(house.secret_key, settings.public_url)
    channels = build_channels(desks, _surroundings(house, links, clock))
    people, places = People(ledger), GroupPlaces(ledger, desks)
    receiver = _receiver(house, people, places, metrics=metrics, clock=clock)
    sending = senders(house, channels, places, links, metrics=metrics, clock=clock)
    return Service(
        house=house,
        metrics=metrics,
        clock=clock,
        channels=channels,
        people=people,
        places=places,
        acts=Acts(desks),
        receiver=receiver,
        shut_doors=ShutDoors(ledger, turned_away_at=lambda: receiver.turned_away_at, clock=clock),
        trackers=TrackerDoor(TrackerReports(ledger, desks, metrics=metrics, clock=clock), clock=clock),
        senders=sending,
        beside=work_beside(house, channels, receiver, metrics=metrics, clock=clock),
        following=Following(ledger, followers(house, clock)),
        search=SearchIndex.open(ledger, settings.search_index),
        learning=_learning(house, metrics=metrics, clock=clock),
        maker=_maker(house, clock),
        gates=Gates(ledger, desks, metrics=metrics),
        jobs=_jobs(house, people, sending.worker, metrics=metrics, clock=clock),
        ownership=Ownership(ledger.url),
    )


def _receiver(
    house: House, people: People, places: GroupPlaces, *, metrics: Metrics, clock: Callable[[], datetime]
) -> Receiver:
    orders = Orders(house.ledger, house.desks, people, message_ids=house.message_ids)
    return Receiver(
        house.ledger, house.desks, orders, metrics=metrics, clock=clock, means=house.means, message_ids=house.message_ids,
        places=places,
    )  # fmt: skip


def _learning(house: House, *, metrics: Metrics, clock: Callable[[], datetime]) -> Learning:
    shelf = Shelf(house.settings.data_dir, house.secret_key)
    return Learning(house.ledger, house.desks, shelf, fitter=FitterApart(), metrics=metrics, clock=clock)


def _maker(house: House, clock: Callable[[], datetime]) -> Maker:
    settings = house.settings
    return Maker(
        house.ledger, house.desks, apart=in_a_process, search_index=settings.search_index, clock=clock
    )  # fmt: skip


def _jobs(
    house: House, people: People, worker: DeliveryWorker, *, metrics: Metrics, clock: Callable[[], datetime]
) -> Jobs:
    key, public_url = house.secret_key, house.settings.public_url
    return Jobs(
        house.ledger, house.desks, people, worker, metrics=metrics, clock=clock, survey_link=survey_links(key, public_url).url,
        turn_link=turn_links(key, public_url).url, public_url=public_url, apart=in_a_process,
    )  # fmt: skip


def _surroundings(house: House, links: FileLinks, clock: Callable[[], datetime]) -> Surroundings:
    """Say what adapters need of the installation, whatever desk they serve."""
    settings = house.settings
    pages = ChatPages(
        house.ledger, calendar=lambda slug: house.desks[slug].now.desk.calendar, link=lambda file: links.path(file.id),
        public_url=settings.public_url, secret_key=house.secret_key, clock=clock,
    )  # fmt: skip
    return Surroundings(
        public_url=settings.public_url,
        smtp=SmtpSettings(
            host=settings.smtp_host,
            port=settings.smtp_port,
            max_bytes=MAX_FILE_BYTES,
            lmtp=settings.smtp_protocol is SmtpProtocol.LMTP,
            proxied=settings.smtp_proxied,
            certificate=settings.smtp_certificate,
            key=settings.smtp_key,
        ),
        secrets=house.secrets,
        data_dir=settings.data_dir,
        webchat=pages.adapter,
    )
