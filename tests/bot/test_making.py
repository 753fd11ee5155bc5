"""Files are made in a process of their own, which a service that ends takes along, and which begins anew."""

from datetime import date

import pytest

from bot.desks import Desks, OpenDesk
from bot.making.apart import BrokenOffError, in_a_process
from bot.making.maker import Maker
from reports.filed import filing
from reports.making import queue, shelf
from reports.making.order import REPORT, Order
from reports.progress import Progress, Stage
from templates_replies.catalogue import Catalogue
from tests.reports.october import tell_october
from tests.tickets.desks import RINA, SLUG
from tickets.desk import DeskNow

TICKETS = Order(what="tickets", format="csv", first_on=date(2026, 10, 1), last_on=date(2026, 10, 31))


@pytest.fixture
def told(ledger):
    return tell_october(ledger, "Asia/Jakarta")


@pytest.fixture
def hires(told, tmp_path):
    """Give a maker that makes files by a way."""
    now = DeskNow(desk=told.desk, revision=1, categories=frozenset())
    desks = Desks({SLUG: OpenDesk(now=now, catalogue=Catalogue(), matcher=None)})
    return lambda apart: Maker(
        told.ledger,
        desks,
        apart=apart,
        search_index=tmp_path / "search.db",
        clock=lambda: told.noon_after,
    )


@pytest.fixture
def asks(told):
    return lambda order: told.ledger.write_blocking(
        lambda tx: queue.ask(tx, order, SLUG, by=RINA, at=told.noon_after)
    )


def made(told, key):
    with told.ledger.reading() as session:
        return shelf.making(session, key, now=told.noon_after)


async def test_a_process_makes_the_file_and_says_how_far_it_is(told, hires, asks):
    key, heard = asks(TICKETS), []

    async def listening(task, hear):
        return await in_a_process(task, lambda progress: (heard.append(progress), hear(progress)))

    await hires(listening).drain()
    assert made(told, key).state == "done"
    path = shelf.path_of(told.ledger.blobs, key, "csv")
    assert len(path.read_text().splitlines()) == 7
    assert heard[-1] == Progress(what=Stage.READING, done=6, of=6)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_report_goes_into_the_archive(told, hires, asks):
    key = asks(Order(what=REPORT, format="xlsx", month="2026-10"))
    await hires(in_a_process).drain()
    report = made(told, key).report
    with told.ledger.reading() as session:
        filed = filing.one(session, report)
    assert (filed.month, filed.made_by) == ("2026-10", RINA.key)
    assert told.ledger.blobs.size(filed.sha256) == filed.size


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_process_that_ends_without_a_word_is_begun_anew_and_given_up(told, hires, asks):
    key, begun = asks(TICKETS), []

    async def crashing(task, _hear):
        begun.append(task.key)
        raise BrokenOffError

    await hires(crashing).drain()
    assert begun == [key] * queue.TRIES
    assert (made(told, key).state, made(told, key).failure) == ("failed", queue.BROKEN_OFF)
