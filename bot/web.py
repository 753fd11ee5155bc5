"""The web of a process: the console, the API, the channels' doors, health. Loaded by whoever serves HTTP."""

from typing import TYPE_CHECKING

from bot.apart.paper_press import press
from bot.apart.paper_trials import PaperTrials
from bot.apart.reckoning import Reckoner
from bot.apart.remembered import Remembered
from bot.carrying.paper_files import PaperFiles
from bot.carrying.report_files import ReportFiles
from bot.carrying.sop_forms import SopForms
from bot.desk_files.saving import sound
from bot.fitting.reading import examples_for
from bot.former_procedures import for_pages
from bot.handing_out import MadeDoor
from bot.making.apart import MOST_MEMORY
from bot.replay import Replay
from bot.service.http import StraightIn
from bot.service.many_routes import ManyRoutes
from bot.wiring.leaving import push_key
from bot.wiring.service import Service
from channels.contract import Routed
from channels.email.attached import read_attached
from channels.push.encryption import is_sound
from channels.whatsapp import whatsapp_routes
from console.app import House, Web, create_app
from console.headers import SafeHeaders
from console.house import Push
from console.sso.provider import Provider
from later import Later

if TYPE_CHECKING:
    from bot.doctor import pages as examining
else:
    examining = Later("bot.doctor.pages")

__all__ = ["web_app"]

LONGEST_REPORT = 3600.0  # seconds, of one that a program waits for


def web_app(service: Service) -> Web:
    """Return the whole web: console, API, the channels' routes, health."""
    house, settings = service.house, service.house.settings
    token = settings.api_token
    app = create_app(
        House(
            ledger=service.ledger,
            desks=house.desks.now,
            catalogue=lambda slug: house.desks[slug].catalogue,
            procedures=lambda slug: house.desks[slug].procedures,
            procedures_under=for_pages(service.ledger, house.desks),
            clock=service.clock,
            secret_key=house.secret_key,
            public_url=settings.public_url,
            api_token=token.get_secret_value() if token else None,
            acts=service.acts,
            check=sound,
            apart=Reckoner(),
            make_report=Reckoner(seconds=LONGEST_REPORT, memory=MOST_MEMORY, database=True),
            typeset=press(),
            try_papers=PaperTrials(press(), clock=service.clock),
            learned=examples_for,
            read_attached=read_attached,
            suggest=Remembered(house.desks).suggest,
            probe=lambda account: examining.examine_account(account, settings, now=service.clock),
            probe_directory=lambda desk: examining.examine_directory(
                desk, house.folders.get(desk.slug), settings
            ),
            began={account.key: account for desk in house.desks for account in desk.now.desk.accounts},
            replay=Replay(service.ledger, house.desks, service.receiver, clock=service.clock),
            search=service.search,
            push=Push(key=lambda: push_key(house).public, is_sound=is_sound),
            second_factor=settings.second_factor,
            sso=Provider(settings.single_sign_on) if settings.single_sign_on else None,
        )
    )
    doors, receiver = _doors_of_channels(service), service.receiver
    app.router.routes[:0] = [*service.health.routes(), service.trackers.route, _made(service).route, doors]
    app.add_middleware(
        StraightIn, doors=doors, answer=SafeHeaders(doors.handle), is_full=receiver.gate.is_full,
        turn_away=receiver.turn_away,
    )  # fmt: skip
    return app


def _doors_of_channels(service: Service) -> ManyRoutes:
    routes = whatsapp_routes(service.channels.whatsapp, service.receiver)
    for adapter in service.channels.adapters.values():
        if isinstance(adapter, Routed):
            routes += adapter.routes(service.receiver)
    return ManyRoutes(routes)


def _made(service: Service) -> MadeDoor:
    links = service.house.made_links
    forms = SopForms(service.ledger, service.house.desks, clock=service.clock, link=links.url)
    return MadeDoor(
        links, PaperFiles(service.ledger, links.url), forms, ReportFiles(service.ledger, links.url)
    )
