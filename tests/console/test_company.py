"""Who else has a ticket open and who is typing there: told at once in every process, gone by itself, kept nowhere."""

import asyncio
import json
from dataclasses import dataclass, field

import httpx
import pytest

from console.company import Beside, Company, Seat
from tests.standins.serving import serving
from tests.tickets.desks import whatsapp
from tickets.ledger.store import Ledger
from tickets.ledger.whispers import Whispers


@dataclass
class Town:
    """Several processes that hear one another."""

    now: float = 100.0
    processes: list[Whispers] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def process(self) -> Company:
        whispers = Whispers(self._carry)
        self.processes.append(whispers)
        return Company(whispers, clock=lambda: self.now)

    def _carry(self, words: str) -> None:
        self.said.append(json.loads(words)["what"])
        for each in self.processes:
            each.heard(words)


@pytest.fixture
def town():
    return Town()


def sits(company, who, ticket=1):
    seat = Seat(company, ticket, f"{who}@example.ac.id", who)
    seat.take(lambda: None)
    return seat


def test_whoever_comes_is_known_everywhere_and_knows_who_was_there(town):
    budi, rina = sits(town.process(), "Budi"), sits(town.process(), "Rina")
    sits(town.process(), "Sari", ticket=2)
    assert (budi.beside(), rina.beside()) == (Beside(looking=("Rina",)), Beside(looking=("Budi",)))
    rina.leave()
    assert budi.beside() == Beside()


def test_typing_is_told_once_a_moment_and_over_soon(town):
    here, there = town.process(), town.process()
    budi, _ = sits(here, "Budi"), sits(there, "Rina")
    for _ in range(9):
        there.types(1, "Rina@example.ac.id", "Rina")
    assert town.said.count("types") == 1
    assert budi.beside() == Beside(typing=("Rina",))
    assert budi.changes_within(20) == 4
    town.now += 4
    assert budi.beside() == Beside(looking=("Rina",))


def test_whoever_is_not_heard_of_any_more_is_gone_and_an_open_page_says_that_it_is(town):
    budi, _ = sits(town.process(), "Budi"), sits(town.process(), "Rina")
    town.processes.pop()  # hers is killed
    town.now += 30
    budi.renew()
    town.now += 20
    assert budi.beside() == Beside()
    assert sits(town.process(), "Sari").beside() == Beside(looking=("Budi",))


async def test_processes_hear_one_another_through_the_database(ledger, tmp_path):
    if not ledger.is_postgres:
        pytest.skip("on SQLite there is one process")
    other = Ledger(ledger.url, files=tmp_path / "others")
    sleeper = ledger.wakes.sleeper()
    try:
        there = Company(other.whispers)
        seat = Seat(Company(ledger.whispers), 1, "budi@example.ac.id", "Budi")
        seat.take(sleeper.wake)
        for _ in range(50):
            there.types(1, "rina@example.ac.id", "Rina")
            await sleeper.sleep(0.2)
            if seat.beside().typing:
                break
        assert seat.beside() == Beside(typing=("Rina",))
    finally:
        sleeper.close()
        other.close()


async def test_an_open_page_is_told_who_else_is_there(office, budi, rina):
    office.receives(whatsapp("lupa sandi", sid="SM1"))
    page = await budi.opens("/tickets/1")
    hers = {"cookie": "; ".join(f"{name}={value}" for name, value in rina.client.cookies.items())}
    english = {"accept-language": "en"}
    async with (
        serving(office.app) as url,
        httpx.AsyncClient(base_url=url, timeout=10, headers=hers | english) as away,
        away.stream("GET", "/live?ticket=1&after=99") as stream,
    ):
        news = (
            json.loads(line.removeprefix("data: "))
            async for line in stream.aiter_lines()
            if line.startswith("data: {")
        )
        assert await anext(news) == {"looking": "", "typing": ""}
        async with asyncio.timeout(10):  # it is whispered through the database, where there is one
            while "Rina has this ticket open too." not in (await budi.opens("/tickets/1")).text:
                await asyncio.sleep(0.05)
        token = {"token": page.form("/say").fields["token"]}
        assert (await budi.client.post("/tickets/1/typing", data=token)).status_code == 204
        assert await anext(news) == {"looking": "", "typing": "Budi is typing …"}
    assert (await budi.client.post("/tickets/7/typing", data=token)).status_code == 404
