"""What a person says a message is about is suggested from then on: at once, after a fit, after a restart."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest
import structlog
from sqlalchemy import bindparam, select

from bot.desks import Desks
from bot.fitting.keeping import Shelf
from bot.fitting.learning import Learning
from bot.fitting.pupil import example_of
from bot.fitting.running import FitFailedError, Fitter, FitterApart
from bot.fitting.work import Work
from bot.service.metrics import Metrics
from templates_replies.matcher import OUTSIDE, Matcher
from tests.bot.chat import SECRET, SLUG, Chat
from tickets.ledger.prepared import Prepared
from tickets.tables import Prediction

BUDI = "1002"
WORDS = "kartu perpustakaan punyaku ketelan mesin fotokopi"  # no category of the desk knows them
ELSEWHERE = "complaint"

NEAREST = Prepared(
    select(Prediction.__table__.c.nearest).where(Prediction.__table__.c.ticket == bindparam("ticket"))
)
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


class NoFitter(Fitter):
    """Fits nothing, and keeps what it was asked for."""

    def __init__(self, *, because: str = "it was told not to") -> None:
        self.asked: list[Work] = []
        self._because = because

    async def fit(self, work: Work) -> None:
        self.asked.append(work)
        raise FitFailedError(self._because)


@pytest.fixture
def chat(ledger):
    return Chat(ledger)


@pytest.fixture
def shelf(tmp_path):
    return Shelf(tmp_path / "var", SECRET)


@asynccontextmanager
async def learning_in(
    chat: Chat, shelf: Shelf, fitter: Fitter, *, desks: Desks | None = None
) -> AsyncIterator[Learning]:
    """What learns in one process."""
    learning = Learning(
        chat.ledger,
        desks or chat.desks,
        shelf,
        fitter=fitter,
        metrics=chat.metrics if desks is None else Metrics(),
        clock=lambda: chat.now,
    )
    await learning.turn()
    yield learning
    await learning.close()


def opened_anew(chat: Chat) -> Desks:
    """The desk as another process, or this one after a restart, opens it."""
    desk = chat.desk
    fresh = Desks({SLUG: desk})
    fresh.use_matcher(SLUG, Matcher.fit(desk.catalogue), catalogue=desk.catalogue)
    return fresh


def best(desks: Desks, text: str = WORDS) -> str | None:
    return next((each.category for each in desks[SLUG].matcher.suggest(text)), None)


async def corrected(chat: Chat, text: str = WORDS, *, ticket: int = 1, category: str = ELSEWHERE) -> None:
    await chat.telegrams(text, external_id=f"4711:{900 + ticket}", sender=f"{4710 + ticket}")
    await chat.agent_writes(BUDI, f"/kategori {category}", ticket=ticket)


async def fit(chat: Chat, learning: Learning) -> None:
    await learning.turn()
    await learning.fitted()
    await learning.turn()


def running() -> Iterator[int]:
    """The processes that this one has started to fit."""
    for path in Path("/proc/self/task").glob("*/children"):
        for pid in path.read_text().split():
            if b"bot.fitting.apart" in Path(f"/proc/{pid}/cmdline").read_bytes():
                yield int(pid)


async def begun() -> int:
    while not (found := list(running())):
        await asyncio.sleep(0.01)
    return found[0]


async def test_what_an_agent_corrects_is_suggested_to_the_next_who_asks_so(chat, shelf):
    async with learning_in(chat, shelf, NoFitter()) as learning:
        await corrected(chat)
        assert chat.ticket(1).suggestions is None or chat.ticket(1).suggestions[0][0] != ELSEWHERE
        await learning.turn()
        await chat.writes(WORDS, sender="+62899")
        assert chat.ticket(2).suggestions[0][0] == ELSEWHERE
        (row,) = chat.ledger.write_blocking(lambda tx: tx.all(NEAREST, ticket=2))
        assert row.nearest == {"ticket": 1}  # what somebody else wrote is kept once
        await chat.agent_writes(BUDI, "/kategori login", ticket=1)
        await learning.turn()
        assert best(chat.desks) == "login"


async def test_what_its_contact_changes_or_deletes_is_learned_anew_or_forgotten(chat, shelf):
    async with learning_in(chat, shelf, NoFitter()) as learning:
        before = best(chat.desks)
        await corrected(chat, "dompetku jatuh di parkiran timur")
        await learning.turn()
        assert best(chat.desks) == before
        await chat.edits("4711", "4711:901", WORDS, address="4711")
        await learning.turn()
        assert best(chat.desks) == ELSEWHERE
        await chat.agent_writes(BUDI, "/spam", ticket=1)
        await learning.turn()
        assert best(chat.desks) == before
        await chat.agent_writes(BUDI, "/pulihkan", ticket=1)
        await learning.turn()
        assert best(chat.desks) == ELSEWHERE
        await chat.edits("4711", "4711:901", "", address="4711", deleted=True)
        await learning.turn()
        assert best(chat.desks) == before


async def test_words_like_what_an_agent_found_to_fit_no_category_are_less_sure_until_that_is_taken_back(
    chat, shelf
):
    def sure(text: str) -> float:
        return next((each.score for each in chat.desks[SLUG].matcher.suggest(text)), 0.0)

    alike, inside, nobody = "password wifi kantin lupa kak", "saya lupa password", NoFitter()
    async with learning_in(chat, shelf, nobody) as learning:
        before = sure(alike), sure(inside)
        await chat.telegrams("saya lupa password wifi kantin", external_id="4711:901", sender="4711")
        await chat.settle()
        await chat.agent_presses(BUDI, "Tidak ada yang cocok", ticket=1)
        await learning.turn()
        assert (sure(alike) < before[0] / 3, sure(inside)) == (True, before[1])
        await learning.fitted()
        assert [lesson.category for lesson in nobody.asked[0].lessons] == [OUTSIDE]  # the next fit knows it
        await chat.edits("4711", "4711:901", "", address="4711", deleted=True)
        await learning.turn()
        assert (sure(alike), sure(inside)) == before


async def test_another_process_learns_the_same_and_takes_what_the_first_has_fitted(chat, shelf):
    others = opened_anew(chat)
    async with (
        learning_in(chat, shelf, FitterApart()) as one,
        learning_in(chat, shelf, NoFitter(), desks=others) as other,
    ):
        await corrected(chat)
        await other.turn()
        assert best(others) == ELSEWHERE
        await fit(chat, one)
        await other.turn()
        assert other.standing()[SLUG]["fitted_on"] == one.standing()[SLUG]["fitted_on"] == 1
        assert best(others) == best(chat.desks) == ELSEWHERE


@on_sqlite
async def test_a_restart_finds_what_was_fitted_and_what_was_confirmed_since(chat, shelf):
    async with learning_in(chat, shelf, FitterApart()) as learning:
        await corrected(chat)
        await fit(chat, learning)
        told = chat.metrics.exposition().decode()
        assert f'tanggap_matcher_fitted_examples{{desk="{SLUG}"}} 1.0' in told
        assert f'tanggap_matcher_fits_total{{desk="{SLUG}",outcome="done"}} 1.0' in told
    await corrected(chat, "dompetku jatuh di parkiran timur", ticket=2, category="login")
    again, nobody = opened_anew(chat), NoFitter()
    async with learning_in(chat, shelf, nobody, desks=again) as learning:
        assert (best(again), best(again, "dompetku jatuh di parkiran timur")) == (ELSEWHERE, "login")
        standing = learning.standing()[SLUG]
        assert (standing["fitted_on"], standing["laid_over"], standing["failed"]) == (1, 1, None)
        assert nobody.asked == []  # one more is not worth a fit within ten minutes


@on_sqlite
async def test_a_fit_that_is_killed_changes_nothing_and_is_tried_again(chat, shelf):
    async with learning_in(chat, shelf, FitterApart()) as learning:
        await corrected(chat)
        await learning.turn()
        os.kill(await begun(), signal.SIGKILL)
        with structlog.testing.capture_logs() as logs:
            await learning.fitted()
        assert [line["why"] for line in logs] == ["the process was ended by signal 9"]
        await learning.turn()
        standing = learning.standing()[SLUG]
        assert (standing["fitted_at"], standing["failed"]) == (None, "the process was ended by signal 9")
        assert best(chat.desks) == ELSEWHERE
        chat.now += timedelta(minutes=1)
        await fit(chat, learning)
        standing = learning.standing()[SLUG]
        assert (standing["fitted_on"], standing["laid_over"], standing["failed"]) == (1, 0, None)


@on_sqlite
async def test_what_the_catalogue_alone_says_is_trained_once_and_found_by_the_next_start(chat, shelf):
    async with learning_in(chat, shelf, NoFitter()) as learning:
        await learning.train()
        stamp = shelf.stamp(SLUG)
        await learning.train()  # it is there
        await learning.turn()
        assert (shelf.stamp(SLUG), best(chat.desks, "saya lupa password")) == (stamp, "password")
        fresh = opened_anew(chat)
        before = fresh[SLUG].matcher
        async with learning_in(chat, shelf, NoFitter(), desks=fresh) as next_start:
            assert (best(fresh, "saya lupa password"), before.is_trained) == ("password", False)
            await next_start.train()
        assert (shelf.stamp(SLUG), before.is_trained) == (stamp, False)


@on_sqlite
async def test_what_nobody_has_asked_yet_is_trained_apart_or_here_where_that_fails(chat, shelf, tmp_path):
    first = opened_anew(chat)
    before = first[SLUG].matcher
    async with learning_in(chat, shelf, FitterApart(), desks=first) as learning:
        await learning.train()
        await learning.turn()
        assert (best(first, "saya lupa password"), before.is_trained) == ("password", False)
    elsewhere, alone = opened_anew(chat), NoFitter(because="the machine has no room")
    other = Shelf(tmp_path / "other", SECRET)
    async with learning_in(chat, other, alone, desks=elsewhere) as learning:
        with structlog.testing.capture_logs() as logs:
            await learning.train()
            await learning.train()
        assert [line["why"] for line in logs] == ["the machine has no room"]
        assert (elsewhere[SLUG].matcher.is_trained, len(alone.asked)) == (True, 1)
        assert other.stamp(SLUG) is not None


@on_sqlite
async def test_a_fit_ends_with_the_service_at_once(chat, shelf):
    async with learning_in(chat, shelf, FitterApart()) as learning:
        await corrected(chat)
        await learning.turn()
        await begun()
        async with asyncio.timeout(1):
            await learning.close()
        assert list(running()) == []


@on_sqlite
async def test_a_fit_that_takes_too_long_is_ended(chat, shelf):
    async with learning_in(chat, shelf, FitterApart(seconds=0.01)) as learning:
        await corrected(chat)
        await fit(chat, learning)
        assert "longer than" in learning.standing()[SLUG]["failed"]
        assert list(running()) == []


@on_sqlite
async def test_a_file_that_this_installation_has_not_written_is_not_opened(chat, shelf, tmp_path):
    async with learning_in(chat, shelf, FitterApart()) as learning:
        await corrected(chat)
        await fit(chat, learning)
    elsewhere = opened_anew(chat)
    async with learning_in(
        chat, Shelf(tmp_path / "var", "another secret"), NoFitter(), desks=elsewhere
    ) as learning:
        assert learning.standing()[SLUG]["fitted_at"] is None
        assert best(elsewhere) == ELSEWHERE  # laid over


@on_sqlite
async def test_names_numbers_and_addresses_of_people_are_not_learned(chat, shelf):
    fitter = NoFitter()
    async with learning_in(chat, shelf, fitter) as learning:
        await corrected(
            chat, "Nama: Ana Lestari\nNIM: 13519001\nana@example.com\n0812 3456 7890\nkartu ketelan mesin"
        )
        await fit(chat, learning)
        (lesson,) = fitter.asked[0].lessons
        assert example_of(lesson).text == "Nama: NIM: kartu ketelan mesin"
