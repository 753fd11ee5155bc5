"""The siege as every change has to pass it, short; `make crash` holds it as long as is wanted."""

from collections.abc import Iterator

import pytest

from tests.acceptance.crash.besieged import Ground, ground
from tests.acceptance.crash.control import ways_caught
from tests.acceptance.crash.kept import Way
from tests.acceptance.crash.siege import play
from tests.standins import dovecot, postgres

SEED = 20261121

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest) -> Iterator[Ground]:
    if (missing := dovecot.unavailable()) is not None:
        pytest.skip(missing)
    if request.param == "postgres" and postgres.binaries() is None:
        pytest.skip("PostgreSQL is not installed (Debian: postgresql)")
    with ground(request.param) as prepared:
        yield prepared


async def test_what_was_acknowledged_is_there_once_however_often_it_dies(place: Ground):
    record = await play(place, messages=100, kills=3, seed=SEED)
    assert record.complaints == {}
    assert sum(record.messages.values()) + record.given_up == 100
    assert record.fetched > 0
    assert set(record.messages) == set(Way)
    assert sum(record.kills.values()) >= 3


@pytest.mark.parametrize("place", ["sqlite"], indirect=True)
async def test_a_service_that_acknowledges_before_it_stores_is_caught_on_every_way(place: Ground):
    assert await ways_caught(place, seed=SEED) == set(Way)
