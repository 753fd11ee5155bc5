"""A throw-away PostgreSQL cluster for the tests, made by `initdb` and gone with them."""

import os
import pwd
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg

from tests.standins.ports import free_port

_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
_SEQUENCES = "SELECT sequencename FROM pg_sequences WHERE schemaname = 'public'"
_LARGE = (
    "SELECT relname FROM pg_class "
    "WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND pg_table_size(oid) > %s"
)
_LARGE_FROM = 512 * 1024  # bytes from which on truncating is cheaper than deleting
_THROW_OUT = (
    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
)

_USER = "postgres"  # of the system
FOLDERS = ("/usr/lib/postgresql/17/bin", "/usr/lib/postgresql/16/bin", "/usr/lib/postgresql/15/bin")


def binaries() -> Path | None:
    """Return the folder of initdb and pg_ctl, if PostgreSQL is installed."""
    found = shutil.which("initdb")
    candidates = [Path(found).resolve().parent] if found else []
    candidates += [Path(folder) for folder in FOLDERS]
    return next((folder for folder in candidates if (folder / "pg_ctl").exists()), None)


class Cluster:
    """One cluster. Databases are cheap copies of a template. Unless `durable`, commits do not wait for the disk, and nobody vacuums."""

    def __init__(self, folder: Path, port: int, *, durable: bool = False) -> None:
        self.folder = folder
        self.port = port
        self._switch = "on" if durable else "off"

    def start(self) -> None:
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -k {self.folder} -c fsync={self._switch} -c max_connections=200 -c jit=off -c autovacuum={self._switch} -c max_wal_size=128MB"
        self._control("-l", str(self.folder / "log"), "-o", options, "start")

    def stop(self, mode: str = "immediate") -> None:
        """Stop it: `fast` says good-bye, `immediate` leaves it to be recovered at the next start."""
        self._control("-m", mode, "stop")

    def is_running(self) -> bool:
        return _run("pg_ctl", "-D", str(self.folder / "data"), "status", check=False) == 0

    def cut_connections(self) -> None:
        """Cut all connections of all databases but our own."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
            )

    def worked(self) -> float:
        """Return the seconds of a processor that all of its processes have taken until now."""
        first = (self.folder / "data" / "postmaster.pid").read_text().split()[0]
        ticks = 0
        for stat in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):  # it has just ended
                after_name = stat.read_text().rpartition(")")[2].split()
                if stat.parent.name == first:
                    ticks += sum(map(int, after_name[11:15]))  # those that have ended, too
                elif after_name[1] == first:
                    ticks += sum(map(int, after_name[11:13]))
        return ticks / os.sysconf("SC_CLK_TCK")

    def _control(self, *arguments: str) -> None:
        _run("pg_ctl", "-D", str(self.folder / "data"), "-w", *arguments)

    def url(self, database: str) -> str:
        return f"postgresql://postgres@127.0.0.1:{self.port}/{database}"

    def create(self, *, template: str | None = None, encoding: str = "UTF8") -> str:
        """Create a database and return its name; one of another encoding is a copy of template0."""
        name = f"t{uuid.uuid4().hex[:12]}"
        copied = f" TEMPLATE {template}" if template else ""
        if encoding != "UTF8":
            copied = f" TEMPLATE template0 ENCODING '{encoding}' LOCALE 'C'"
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}{copied}")
        return name

    def drop(self, name: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


class Lendable:
    """A database that one test after another may have, emptied in between in a tenth of the time that a copy takes."""

    def __init__(self, cluster: Cluster, *, template: str) -> None:
        self.url = cluster.url(cluster.create(template=template))
        # Kept open: what a new one has to look up about every table costs ten times what there is to be thrown away.
        self._connection = connection = psycopg.connect(self.url)
        with connection.transaction():
            self._tables = [name for (name,) in connection.execute(_TABLES)]
            self._sequences = [name for (name,) in connection.execute(_SEQUENCES)]
            self._first_rows = {table: rows for table in self._tables if (rows := _copied(connection, table))}

    def close(self) -> None:
        self._connection.close()

    def empty(self) -> None:
        """Put it back to what the template holds; whoever is still connected is thrown out."""
        connection = self._connection
        with connection.transaction():
            connection.execute(_THROW_OUT)
            large = {name for (name,) in connection.execute(_LARGE, (_LARGE_FROM,))}
            added = {name for (name,) in connection.execute(_TABLES)} - set(self._tables)
            dropped = [f"DROP TABLE {each} CASCADE" for each in added]
            emptied = [
                f"TRUNCATE {each}" if each in large else f"DELETE FROM {each}" for each in self._tables
            ]
            restarted = [f"ALTER SEQUENCE {each} RESTART" for each in self._sequences]
            connection.execute("; ".join(dropped + emptied + restarted))
            for table, rows in self._first_rows.items():
                with connection.cursor().copy(f"COPY {table} FROM STDIN") as copy:
                    copy.write(rows)


def _copied(connection: psycopg.Connection, table: str) -> bytes:
    with connection.cursor().copy(f"COPY (SELECT * FROM {table}) TO STDOUT") as copy:
        return b"".join(copy)


@contextmanager
def running_cluster(*, inside: Path | None = None, durable: bool = False) -> Iterator[Cluster]:
    """Make and start a cluster on a free port, in a folder of its own, or `inside` one."""
    assert binaries() is not None
    folder = Path(tempfile.mkdtemp(prefix="tanggap-pg-", dir=inside))
    if os.geteuid() == 0:
        user = pwd.getpwnam(_USER)
        os.chown(folder, user.pw_uid, user.pw_gid)
    cluster = Cluster(folder, free_port(), durable=durable)
    made = ("-U", "postgres", "-A", "trust", "--no-sync", "-E", "UTF8")
    _run("initdb", "-D", str(folder / "data"), *made)
    cluster.start()
    try:
        yield cluster
    finally:
        if cluster.is_running():
            cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _run(program: str, *arguments: str, check: bool = True) -> int:
    """Run a program of PostgreSQL; its exit code. As the user postgres where we are root: `initdb` refuses that."""
    folder = binaries()
    assert folder is not None
    as_user: list[str] = []
    if os.geteuid() == 0:
        user = pwd.getpwnam(_USER)
        as_user = ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
    done = subprocess.run(
        [*as_user, str(folder / program), *arguments], check=check, capture_output=True, cwd="/"
    )
    return done.returncode
