"""The service with all providers around it: one process on SQLite, three on PostgreSQL, on a disk that can run full."""

import asyncio
import contextlib
import os
import random
import shutil
import signal
import subprocess
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import httpx

from bot.migrations import migrate
from bot.reconciling.daily import SETTLES
from templates_replies.reconcile_phrases import no_list
from tests.acceptance.crash.dying import CLOCK, Death, besieged_command
from tests.acceptance.service import ADDRESS, SLUG, Done, Service
from tests.standins.cloud import CloudStandin, running_cloud
from tests.standins.dovecot import Dovecot, running_dovecot
from tests.standins.postgres import Cluster, running_cluster
from tests.standins.relay import Relay, relaying
from tests.standins.serving import serving
from tests.standins.telegram import TelegramStandin
from tests.standins.twilio import TwilioStandin, running_twilio
from tickets.reconciled import LEASE

GROUP = -1001234567890
RINA = 1001  # the supervisor, as Telegram knows her
RANDOM = "at a random instant"
MEMORY = Path("/dev/shm")
PUBLIC_URL = "http://desk.test"  # what providers sign for, whichever process they reach
DISK = 600  # MB, more than one round needs
TOLD_WITHIN = 1800.0  # seconds, as below
READY_WITHIN = 300.0  # seconds, on a machine that has much else to do
LONG_AFTER = (
    LEASE + 2 * SETTLES
).total_seconds()  # a look that a kill cut off, and every message, are old by then

TWILIO, CLOUD, TELEGRAM, MAIL = (f"{SLUG}/{name}" for name in ("whatsapp", "whatsapp-2", "telegram", "email"))


@dataclass(frozen=True, kw_only=True)
class Ground:
    """Where rounds are played: the disk on which everything of the service lies, with a database that is migrated."""

    disk: Path
    can_run_full: bool  # a small one of its own; one must be root to have that
    cluster: Cluster | None  # None: SQLite
    template: str  # the name of a database, or the path of a file


@contextmanager
def ground(database: str) -> Iterator[Ground]:
    """Prepare a ground for `sqlite` or `postgres`, in memory where there is a place for files."""
    within = MEMORY if MEMORY.is_dir() else Path(tempfile.gettempdir())
    disk = Path(tempfile.mkdtemp(prefix="tanggap-crash-", dir=within))
    disk.chmod(0o755)  # the cluster is another user's
    small = os.geteuid() == 0 and _succeeds("mount", "-t", "tmpfs", "-o", f"size={DISK}m", "tmpfs", str(disk))
    try:
        if database == "sqlite":
            migrate(f"sqlite:///{disk}/migrated.db")
            yield Ground(disk=disk, can_run_full=small, cluster=None, template=f"{disk}/migrated.db")
        else:
            with running_cluster(inside=disk) as cluster:
                template = cluster.create()
                migrate(cluster.url(template))
                yield Ground(disk=disk, can_run_full=small, cluster=cluster, template=template)
    finally:
        if small:
            _succeeds("umount", "--lazy", str(disk))
        shutil.rmtree(disk, ignore_errors=True)


@dataclass(kw_only=True)
class Besieged:
    ground: Ground
    services: list[Service]
    twilio: TwilioStandin
    cloud: CloudStandin
    telegram: TelegramStandin
    relay: Relay
    mailbox: Dovecot
    chance: random.Random
    http: httpx.AsyncClient
    ahead: float = 0.0  # seconds, of all processes' clocks
    deaths: list[str] = field(default_factory=list)  # where each process died
    ends: list[int] = field(default_factory=list)  # the exit code of each that was told to end meanwhile
    left_behind: list[str] = field(default_factory=list)  # what those had taken up and not finished

    # -- its processes ------------------------------------------------------------------------------------------------

    async def bring_up(self, service: Service, *, death: Death | None = None, hasty: bool = False) -> bool:
        """Start a process and wait until it is ready; False if it died where it was to die before that."""
        service.run = partial(besieged_command, death=death, hasty=hasty)
        service.launch()
        async with asyncio.timeout(READY_WITHIN):
            while not await service.is_ready():
                if not service.is_running:
                    assert service.exit_code == -signal.SIGKILL, service.errors[-4000:]
                    return False
                await asyncio.sleep(0.1)
        return True

    @property
    def files(self) -> Path:
        """The folder of attachments."""
        return self.services[0].folder / "var" / "files"

    @property
    def database_url(self) -> str:
        service = self.services[0]
        return service.database_url or f"sqlite:///{service.folder}/var/tanggap.db"

    def kills(self, service: Service) -> None:
        """Kill a process here and now."""
        service.kill()
        self.deaths.append(RANDOM)

    @contextmanager
    def telling_to_die(self, death: Death) -> Iterator[None]:
        """Tell a process that was started with this death before it that its time has come."""
        told = self.services[0].folder / death.told_by
        told.touch()
        try:
            yield
        finally:
            told.unlink()

    def any_service(self) -> Service:
        """Return one of the processes that run, as a balancer would; one that does not if none does."""
        running = [each for each in self.services if each.is_running]
        return self.chance.choice(running or self.services)

    async def told_again(self) -> Done:
        """Put what came in into an empty ledger, by a command beside the ledger of the siege."""
        if self.ground.cluster is None:
            again = self.services[0].folder / "again.db"
            shutil.copyfile(self.ground.template, again)
            return await self.services[0].tanggap(
                "replay", "--into", f"sqlite:///{again}", within=TOLD_WITHIN
            )
        name = self.ground.cluster.create(template=self.ground.template)
        try:
            into = self.ground.cluster.url(name)
            return await self.services[0].tanggap("replay", "--into", into, within=TOLD_WITHIN)
        finally:
            self.ground.cluster.drop(name)

    async def looked_afterwards(self) -> Done:
        """Fetch what providers brought no more, by a command beside the service, once time enough has passed for it."""
        self.jump(LONG_AFTER)
        async with asyncio.timeout(TOLD_WITHIN):
            while True:
                done = await self.services[0].tanggap("reconcile", run=besieged_command)
                if no_list("id", "under_way") not in done.output:
                    return done
                await asyncio.sleep(0.5)  # the service looks by itself just now

    # -- its time -----------------------------------------------------------------------------------------------------

    def jump(self, seconds: float) -> None:
        """Set the clocks of all processes forward, or back."""
        self.ahead += seconds
        for folder in {each.folder for each in self.services}:
            new = folder / f"{CLOCK}.new"
            new.write_text(str(self.ahead))
            new.replace(folder / CLOCK)

    async def close(self) -> None:
        for each in self.services:
            await each.close()


@asynccontextmanager
async def besieged(ground: Ground, *, seed: int, with_group: bool = True) -> AsyncIterator[Besieged]:
    """Put everybody in their place, nothing started; the ledger is empty. The agents may do without a group."""
    folder, cluster = Path(tempfile.mkdtemp(dir=ground.disk)), ground.cluster
    telegram = TelegramStandin()
    telegram.group(GROUP)
    telegram.chat(RINA)
    database = cluster.create(template=ground.template) if cluster is not None else None
    async with (
        running_twilio() as twilio,
        running_cloud() as cloud,
        serving(telegram.app) as telegram_url,
        relaying() as relay,
        httpx.AsyncClient(
            trust_env=False, timeout=15, limits=httpx.Limits(max_keepalive_connections=0)
        ) as http,
    ):
        with running_dovecot() as mailbox:
            cloud.sender = "+6281100002222"
            _write_desk(
                folder,
                _accounts(
                    twilio, cloud, _telegram(telegram, telegram_url, with_group=with_group), relay, mailbox
                ),
            )
            service = Service(
                folder=folder,
                database_url=cluster.url(database) if cluster is not None and database is not None else None,
                secrets={"TANGGAP_PUBLIC_URL": PUBLIC_URL, "TANGGAP_LOG_FORMAT": "json"},
            )
            if cluster is None:
                service.begins_with(Path(ground.template))
            others = [] if cluster is None else [service.second_process() for _ in range(2)]
            house = Besieged(
                ground=ground, services=[service, *others], twilio=twilio, cloud=cloud, telegram=telegram,
                relay=relay, mailbox=mailbox, chance=random.Random(seed), http=http,
            )  # fmt: skip
            try:
                yield house
            finally:
                await house.close()
                if cluster is not None and database is not None:
                    cluster.drop(database)
                shutil.rmtree(folder, ignore_errors=True)


def _succeeds(*command: str) -> bool:
    with contextlib.suppress(OSError):
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    return False


def _accounts(
    twilio: TwilioStandin, cloud: CloudStandin, telegram: str, relay: Relay, mailbox: Dovecot
) -> str:
    return f"""
  whatsapp:
    - provider: twilio
      sender: "{twilio.sender}"
      account_sid: {twilio.account_sid}
      auth_token: "{twilio.auth_token}"
      api: {twilio.url}
    - provider: cloud
      sender: "{cloud.sender}"
      phone_number_id: "{cloud.phone_number_id}"
      business_account_id: "{cloud.business_account_id}"
      access_token: "{cloud.access_token}"
      app_secret: "{cloud.app_secret}"
      api: {cloud.url}
  telegram: {telegram}
  email: {{address: {ADDRESS}, imap: "{mailbox.url}", relay: "{relay.url()}"}}
"""


def _telegram(telegram: TelegramStandin, url: str, *, with_group: bool) -> str:
    group = f', agents_group: "{GROUP}", group_calls_per_minute: 10000' if with_group else ""
    return f'{{token: "{telegram.token}", api: "{url}"{group}}}'


def _write_desk(folder: Path, accounts: str) -> None:
    """Write a small desk that is always open: its first answers are promised within a quarter of an hour."""
    desk = folder / "desks" / SLUG
    desk.mkdir(parents=True)
    (desk / "desk.yaml").write_text(f"""
desk: {SLUG}
name: Layanan
language: id
timezone: Asia/Jakarta
hours: always
sla:
  first_response: {{within: 15m, counts: calendar}}
  resolution: {{within: 5d, counts: calendar}}
  warn_at: 80%
limits: null
survey: null
accounts: {accounts}
staff:
  - {{name: Rina Kartikasari, role: supervisor, email: rina@example.ac.id, telegram: {RINA}}}
""")
    (desk / "categories.yaml").write_text("""
- id: password
  name: Lupa kata sandi
  examples: ["saya lupa kata sandi", "gmn cara reset password ya"]
- id: login
  name: Gagal masuk
  examples: ["tidak bisa masuk, ditolak terus", "login gagal"]
""")
