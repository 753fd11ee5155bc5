"""An older ledger opens under the newest schema, and its clocks are the same ones."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config

import bot.migrations
from bot.migrations import migrate, standing
from tests.conftest import clocks_that_differ
from tests.standins import postgres
from tests.tickets.desks import small_desk
from tickets.clocks import RESOLUTION
from tickets.ledger import events
from tickets.ledger.database import open_engine
from tickets.ledger.store import Ledger
from tickets.ledger.types import Instant, Json

FOLDER = Path(bot.migrations.__file__).parent
OPENED = datetime(2026, 10, 5, 2, 0, tzinfo=UTC)  # Monday, 09:00 in Jakarta
WAITING, RESUMED = OPENED + timedelta(hours=1), OPENED + timedelta(hours=4)


@pytest.fixture(params=["sqlite", "postgres"])
def empty_database(request, tmp_path):
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/old.db"
        return
    cluster: postgres.Cluster = request.getfixturevalue("cluster")
    name = cluster.create()
    yield cluster.url(name)
    cluster.drop(name)


def at_first_revision(url: str) -> sa.Engine:
    """Make the schema of the first revision."""
    engine = open_engine(url)
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    return engine


def table(name: str, **columns) -> sa.TableClause:
    return sa.table(name, *(sa.column(key, kind) for key, kind in columns.items()))


TEXT, NUMBER = sa.String(), sa.BigInteger()
REVISIONS = table(
    "desk_revisions", desk=TEXT, number=NUMBER, files=Json(), terms=Json(), by=TEXT, at=Instant()
)
TICKETS = table(
    "tickets", number=NUMBER, desk=TEXT, account=TEXT, channel=TEXT, thread=TEXT, contact=NUMBER, status=TEXT,
    priority=NUMBER, revision=NUMBER, cycle=NUMBER, created_at=Instant(), updated_at=Instant(),
)  # fmt: skip
EVENTS = table("events", id=NUMBER, at=Instant(), desk=TEXT, ticket=NUMBER, kind=TEXT, data=Json())
CLOCKS = table(
    "clocks", ticket=NUMBER, kind=TEXT, subject=TEXT, cycle=NUMBER, desk=TEXT, revision=NUMBER, started_at=Instant(),
    due_at=Instant(), warn_at=Instant(), paused_at=Instant(), met_at=Instant(), breached_at=Instant(),
    warned_at=Instant(), ended_at=Instant(), acts_at=Instant(),
)  # fmt: skip


def fill(connection: sa.Connection) -> None:
    """One ticket that waited for the contact, went on, and waits again; its first answer came too late."""
    put = lambda into, **values: connection.execute(sa.insert(into).values(**values))  # noqa: E731
    put(REVISIONS, desk="uji", number=1, files={}, terms=small_desk().terms.to_data(), by="file", at=OPENED)
    put(
        TICKETS, number=1, desk="uji", account="uji/whatsapp", channel="whatsapp", thread="+62811", contact=1,
        status="waiting", priority=0, revision=1, cycle=1, created_at=OPENED, updated_at=OPENED,
    )  # fmt: skip
    answered, again = OPENED + timedelta(minutes=20), OPENED + timedelta(hours=5)
    breach = {"clock": "first_response", "about": "", "cycle": 1}
    happened = [
        (OPENED, "ticket.opened", {"revision": 1, "asks": True}),
        (answered, "message.answered", None),
        (OPENED + timedelta(minutes=15), "clock.breached", breach),
        (WAITING, "ticket.waiting", None),
        (RESUMED, "ticket.resumed", None),
        (again, "ticket.waiting", None),
    ]
    for number, (at, kind, data) in enumerate(happened, start=1):
        put(EVENTS, id=number, at=at, desk="uji", ticket=1, kind=kind, data=data)
    common = {"ticket": 1, "subject": "", "cycle": 1, "desk": "uji", "revision": 1, "started_at": OPENED}
    put(
        CLOCKS, **common, kind="first_response", due_at=OPENED + timedelta(minutes=15),
        warn_at=OPENED + timedelta(minutes=12), met_at=answered, breached_at=OPENED + timedelta(minutes=15),
    )  # fmt: skip
    due_at = OPENED + timedelta(hours=27)
    put(
        CLOCKS, **common, kind="resolution", due_at=due_at, paused_at=again,
        warn_at=OPENED + timedelta(hours=24 * 0.8 + 3),
    )  # fmt: skip


def test_the_clocks_of_an_older_ledger_keep_their_promise_and_their_pauses(empty_database, tmp_path):
    engine = at_first_revision(empty_database)
    with engine.begin() as connection:
        fill(connection)
    engine.dispose()
    migrate(empty_database)
    ledger = Ledger(empty_database, files=tmp_path / "files")
    try:
        assert ledger.write_blocking(clocks_that_differ) == []
        clocks = {clock.kind: clock for clock in ledger.write_blocking(lambda tx: events.clocks_of(tx, 1))}
        assert str(clocks[RESOLUTION].promise) == "24h"
        assert [pause.start for pause in clocks[RESOLUTION].pauses] == [WAITING, OPENED + timedelta(hours=5)]
    finally:
        ledger.close()


def test_an_upgrade_that_fails_halfway_changes_nothing_and_may_be_tried_again(empty_database):
    engine = at_first_revision(empty_database)
    with engine.begin() as connection:
        fill(connection)
        connection.execute(
            sa.text("CREATE TABLE lost_messages (mine INTEGER)")
        )  # in the way of the 52nd step
    before = set(sa.inspect(engine).get_table_names())
    with pytest.raises(sa.exc.DBAPIError, match="lost_messages"):
        migrate(empty_database)
    assert set(sa.inspect(engine).get_table_names()) == before
    assert standing(empty_database).current == "0001"
    with engine.begin() as connection:
        connection.execute(sa.text("DROP TABLE lost_messages"))
    migrate(empty_database)
    assert not standing(empty_database).pending
    engine.dispose()
