"""What every test may ask for: a ledger on SQLite and on PostgreSQL, opened for real."""

import gc
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.migrations import migrate
from bot.partitioning import partition
from procedures.cases.step_clock import CLOCK_RULES
from tests.standins import postgres, s3
from tickets.ledger import events
from tickets.ledger.examining import Examiner
from tickets.ledger.prepared import Prepared
from tickets.ledger.store import Ledger
from tickets.ledger.tx import Tx
from tickets.tables import Ticket

BEFORE_THE_TESTS = datetime(2026, 8, 15, tzinfo=UTC)  # they play in October, for the most part
ON_EACH_KIND = pytest.mark.parametrize("database_url", ["sqlite", "postgres", "by month"], indirect=True)
_TICKETS = Prepared(select(Ticket.__table__.c.number, Ticket.__table__.c.desk))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--every-look", action="store_true", help="let axe see each page in every look, not in turns"
    )


def pytest_configure() -> None:
    """Look for no garbage while everything is imported: there is none, and the search takes a third of the time."""
    gc.disable()


def pytest_collection_finish() -> None:
    """Leave what the imports made out of the garbage collections that each test of a ledger ends with."""
    gc.enable()
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def cluster() -> Iterator[postgres.Cluster]:
    if postgres.binaries() is None:
        pytest.skip("PostgreSQL is not installed (Debian: postgresql)")
    with postgres.running_cluster() as running:
        yield running


@pytest.fixture(scope="session")
def object_storage() -> Iterator[s3.Storage]:
    with s3.running() as running:
        yield running


@pytest.fixture(scope="session")
def migrated_template(cluster: postgres.Cluster) -> str:
    name = cluster.create()
    migrate(cluster.url(name))
    return name


@pytest.fixture(scope="session")
def lendable(cluster: postgres.Cluster, migrated_template: str) -> Iterator[postgres.Lendable]:
    lent = postgres.Lendable(cluster, template=migrated_template)
    yield lent
    lent.close()


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("migrated") / "tanggap.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def lendable_by_month(cluster: postgres.Cluster, migrated_template: str) -> Iterator[postgres.Lendable]:
    """A database that is partitioned, the months of the tests among them."""
    template = cluster.create(template=migrated_template)
    partition(cluster.url(template), now=BEFORE_THE_TESTS)
    lent = postgres.Lendable(cluster, template=template)
    yield lent
    lent.close()


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest, tmp_path) -> Iterator[str]:
    """A migrated, empty database of each kind."""
    if request.param == "sqlite":
        path = tmp_path / "tanggap.db"
        shutil.copyfile(request.getfixturevalue("migrated_file"), path)
        yield f"sqlite:///{path}"
        return
    name = "lendable_by_month" if request.param == "by month" else "lendable"
    lent: postgres.Lendable = request.getfixturevalue(name)
    yield lent.url
    lent.empty()


@pytest.fixture
def examiner() -> Examiner | None:
    """What looks into files: nobody, as without TANGGAP_CLAMAV. Tests of a scanner have their own."""
    return None


@pytest.fixture
def ledger(database_url: str, tmp_path, examiner: Examiner | None) -> Iterator[Ledger]:
    """An open ledger. When the test is over, the clocks derived anew must equal those stored."""
    opened = Ledger(database_url, files=tmp_path / "files", clock_rules=CLOCK_RULES, examiner=examiner)
    yield opened
    differences = opened.write_blocking(clocks_that_differ)
    opened.close()
    gc.collect()  # what was left open is said here, at the test that left it
    gc.freeze()  # and what outlives the test is not looked through again after each of those that follow
    assert differences == []


@pytest.fixture
def two_ledgers(cluster, migrated_template, tmp_path):
    """One database on PostgreSQL, opened by two processes."""
    name = cluster.create(template=migrated_template)
    opened = [Ledger(cluster.url(name), files=tmp_path / "files", clock_rules=CLOCK_RULES) for _ in range(2)]
    yield opened
    for ledger in opened:
        ledger.close()
    cluster.drop(name)


def clocks_that_differ(tx: Tx) -> list[str]:
    """Compare every ticket's stored clocks with those derived from its events."""
    found = []
    for number, _desk in tickets_in(tx):
        stored = {state.key: state for state in events.clocks_of(tx, number)}
        derived = {state.key: state for state in events.derived_clocks(tx, ticket=number)}
        if stored != derived:
            found.append(f"#{number}: stored {stored}, derived {derived}")
    return found


def tickets_in(tx: Tx) -> list[tuple[int, str]]:
    return [(row.number, row.desk) for row in tx.all(_TICKETS)]
