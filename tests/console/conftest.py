"""What tests of the console share."""

import pytest

from bot.desks import Desks, OpenDesk
from bot.making.apart import in_a_thread
from bot.making.maker import Maker
from console import doors
from tests.console.houses import CATALOGUE, Office
from tests.console.pages import Visitor
from tests.tickets.desks import BUDI, RINA
from tickets.search import SearchIndex

PASSWORD = "correct horse battery"


@pytest.fixture
def office(ledger):
    return Office(ledger)


@pytest.fixture
async def browser(office):
    async with office.browser() as client:
        yield Visitor(client)


@pytest.fixture
def invites(office):
    """Make a one-time link; without a mailbox for the first administrator."""

    def link(email=None):
        now = office.clock()
        return "/setup/" + office.ledger.write_blocking(
            lambda tx: doors.make_invitation(tx, now, email=email)
        )

    return link


@pytest.fixture
async def enters(office, invites):
    """Let somebody with an account in; the browser they sit at."""
    clients = []

    async def enter(email, name="Somebody", *, admin=False):
        client = office.browser()
        clients.append(client)
        visitor = Visitor(client)
        setup = await visitor.opens(invites(None if admin else email))
        await visitor.sends(setup, "", email=email, name=name, password=PASSWORD)
        return visitor

    yield enter
    for client in clients:
        await client.aclose()


@pytest.fixture
async def kepala(enters):
    """The administrator, who comes before everybody else."""
    return await enters("kepala@example.ac.id", "Kepala", admin=True)


@pytest.fixture
async def budi(enters):
    return await enters(BUDI.id, "Budi")


@pytest.fixture
async def rina(enters):
    return await enters(RINA.id, "Rina")


@pytest.fixture
def maker(office, tmp_path):
    """Who makes the files that are asked for; nobody has them made by themselves."""
    desk = OpenDesk(now=office.desk, catalogue=CATALOGUE, matcher=None)
    return Maker(
        office.ledger, Desks({office.desk.slug: desk}), apart=in_a_thread, search_index=tmp_path / "search.db", clock=office.clock,
    )  # fmt: skip


@pytest.fixture
def index(office, tmp_path):
    opened = SearchIndex.open(office.ledger, tmp_path / "search.db")
    object.__setattr__(office.house, "search", opened)
    yield opened
    opened.close()


@pytest.fixture
def follows(index):
    def follow():
        while index.advance():
            pass

    return follow
