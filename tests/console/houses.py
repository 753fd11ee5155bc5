"""A small house for tests of the console: the desk of the ledger's tests, a catalogue, a clock that is set."""

import pickle
from dataclasses import dataclass, field, replace
from datetime import datetime

import httpx
from argon2 import PasswordHasher

from bot.apart.paper_trials import PaperTrials
from bot.desk_files.saving import sound
from channels.email.attached import read_attached
from channels.push.encryption import is_sound
from channels.push.vapid import VapidKey
from console.apart import in_a_thread
from console.app import create_app
from console.doors import Passwords
from console.house import House, Push
from procedures.definition.procedure import Procedure
from templates_replies.catalogue import Catalogue, Category, ReplyTemplate
from tests.tickets.desks import MONDAY, open_desk
from tickets import revisions, staff
from tickets.assignment import Assignment
from tickets.desk import DeskNow, SecondFactor, StaffMember
from tickets.intake import Reading, Taken, take_in
from tickets.ledger.blobs import Stored
from tickets.ledger.store import Ledger
from tickets.message import Said
from tickets.resources import Resource
from tickets.ticket import TicketNow, load

TOKEN = "a-fixed-token-for-tests"
PUSH_KEY = VapidKey(secret_key="a secret for tests", contact=None).public
# What costs a third of a second on purpose, a thousand times over, costs tests nothing.
CHEAP = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
CATALOGUE = Catalogue(
    categories=(
        Category(id="password", name="Lupa kata sandi", reply="reset"),
        Category(id="login", name="Gagal masuk"),
    ),
    replies=(
        ReplyTemplate(
            id="reset",
            title="Cara reset sandi",
            body={"id": "Halo {contact}, tiket {ticket}: buka laman reset. {answer_by}"},
        ),
    ),
)


@dataclass
class TestClock:
    now: datetime = MONDAY
    __test__ = False

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Office:
    """The desk with its ledger, and the web in front of it."""

    ledger: Ledger
    clock: TestClock = field(default_factory=TestClock)
    neighbours: dict[str, DeskNow] = field(default_factory=dict)  # other desks of the same house
    procedures: tuple[Procedure, ...] = ()
    made_apart: list[str] = field(
        default_factory=list
    )  # reports that are large, by the function that makes them

    def __post_init__(self) -> None:
        self.desk: DeskNow = open_desk(self.ledger)
        self._former: dict[int, tuple[Procedure, ...]] = {}  # by the revision under which they were those
        self.ledger.write_blocking(lambda tx: staff.sync(tx, self.desk.desk, MONDAY))
        self.house = House(
            ledger=self.ledger,
            desks=lambda: {self.desk.slug: self.desk, **self.neighbours},
            catalogue=lambda _desk: CATALOGUE,
            procedures=lambda _desk: self.procedures,
            procedures_under=lambda _desk, revision: self._former.get(revision, self.procedures),
            clock=self.clock,
            secret_key="a secret for tests",
            public_url="http://desk.test",
            api_token=TOKEN,
            passwords=CHEAP,
            check=sound,
            try_papers=PaperTrials(in_a_thread, clock=self.clock),
            make_report=self._makes_report,
            read_attached=read_attached,
            push=Push(key=lambda: PUSH_KEY, is_sound=is_sound),
        )
        self.app = create_app(self.house)

    async def _makes_report(self, call, *args):
        """Stand in for the process in which large reports are made: what goes there and comes back goes by value."""
        self.made_apart.append(call.__name__)
        call, args = pickle.loads(pickle.dumps((call, args)))
        return pickle.loads(pickle.dumps(await in_a_thread(call, *args)))

    def has_neighbour(self, slug: str, name: str) -> None:
        """Let another unit have a desk here, with the same promises and no staff of this one's."""
        desk = replace(self.desk.desk, slug=slug, name=name, staff=())
        number = self.ledger.write_blocking(
            lambda tx: revisions.save(tx, desk=slug, files={}, terms=desk.terms, by="file", at=MONDAY)
        )
        self.neighbours[slug] = replace(self.desk, desk=desk, revision=number)

    def publishes(self, *procedures: Procedure) -> None:
        """Let the desk have other procedures from now on."""
        self._former[self.desk.revision] = self.procedures
        self.procedures = procedures
        self.desk = replace(self.desk, revision=open_desk(self.ledger).revision)

    def hires(self, member: StaffMember) -> None:
        self.becomes(staff=(*self.desk.desk.staff, member))
        self.ledger.write_blocking(lambda tx: staff.sync(tx, self.desk.desk, MONDAY))

    def lends(self, *resources: Resource) -> None:
        """Let the desk have something to book."""
        self.becomes(resources=resources)

    def gives_out(self, assignment: Assignment) -> None:
        """Let the desk say how tickets find their holders."""
        self.becomes(assignment=assignment)

    def asks_second_factor_of(self, whom: SecondFactor) -> None:
        self.becomes(second_factor=whom)

    def becomes(self, **changed: object) -> None:
        """Let the desk's file say something else."""
        self.desk = replace(self.desk, desk=replace(self.desk.desk, **changed))

    def ticket(self, number: int) -> TicketNow:
        return self.ledger.write_blocking(lambda tx: load(tx, number))

    def receives(self, said: Said, *files: Stored, at: datetime | None = None, **reading: object) -> Taken:
        """Take a contact's message in, as the conversation would."""
        return self.ledger.write_blocking(
            lambda tx: take_in(
                tx, said, desk=self.desk, reading=Reading(**reading), files=files, at=at or self.clock.now
            )
        )

    def program(self, token: str | None = TOKEN) -> httpx.AsyncClient:
        """Return a program that calls the API."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return self._client("http://desk.test/api/v1", headers)

    def browser(self, language: str = "en") -> httpx.AsyncClient:
        return self._client("http://desk.test", {"Accept": "text/html", "Accept-Language": language})

    def _client(self, base_url: str, headers: dict[str, str]) -> httpx.AsyncClient:
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
        return httpx.AsyncClient(transport=transport, base_url=base_url, headers=headers)
