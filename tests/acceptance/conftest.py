"""A desk that runs for real, on SQLite and on PostgreSQL."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.acceptance.office import Office, open_office


@pytest.fixture(params=["sqlite", "postgres"])
def service_database(request: pytest.FixtureRequest) -> Iterator[str | None]:
    """Where the service shall keep its state: in its folder, or in an empty database of the cluster."""
    if request.param == "sqlite":
        yield None
        return
    cluster = request.getfixturevalue("cluster")
    name = cluster.create(template=request.getfixturevalue("migrated_template"))
    yield cluster.url(name)
    cluster.drop(name)


@pytest_asyncio.fixture
async def office(tmp_path, service_database: str | None, migrated_file: Path) -> AsyncIterator[Office]:
    """Everything runs, on both kinds of database."""
    begins_with = migrated_file if service_database is None else None
    async with open_office(tmp_path, database_url=service_database, begins_with=begins_with) as opened:
        yield opened


@pytest_asyncio.fixture
async def small_office(tmp_path, migrated_file: Path) -> AsyncIterator[Office]:
    """Everything runs, on SQLite."""
    async with open_office(tmp_path, begins_with=migrated_file) as opened:
        yield opened
