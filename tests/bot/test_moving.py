"""A ticket turns out to be another desk's matter and goes there, history and all."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.bot.chat import MORNING, SLUG, Chat, GroupOfAgents
from tickets import revisions, staff
from tickets.assignment import Assignment, Way
from tickets.desk import DeskNow
from tickets.hours import Span
from tickets.lifecycle import Status

BUDI, RINA = "1002", "1001"
STUDIO = "itb-studio"
QUESTION = "kak nilai kuis saya di matkul fisika kok belum muncul ya padahal sudah dikoreksi"


class TwoDesks(Chat):
    """The desk of the other tests, and a studio beside it where Sari works as well."""

    def __init__(self, ledger) -> None:
        self.studio = GroupOfAgents()
        super().__init__(ledger, more={f"{STUDIO}/telegram": self.studio})
        ours = self.desk.now.desk
        accounts = tuple(
            replace(each, key=each.key.replace(SLUG, STUDIO), desk=STUDIO)
            for each in ours.accounts
            if each.key == f"{SLUG}/telegram"
        )
        promises = ours.promises | {"resolution": Span.parse("48h", "calendar")}
        people = tuple(each for each in ours.staff if each.telegram == "1003")
        desk = replace(
            ours, slug=STUDIO, name="Studio", accounts=accounts, promises=promises, staff=people, teams=()
        )

        def save(tx):
            staff.sync(tx, desk, MORNING)
            return revisions.save(tx, desk=STUDIO, files={}, terms=desk.terms, by="file", at=MORNING)

        now = DeskNow(desk=desk, revision=ledger.write_blocking(save), categories=frozenset({"studio"}))
        self.desks.put(replace(self.desk, now=now))

    def gives_out(self, slug: str, assignment: Assignment) -> None:
        """Let a desk say how tickets find their holders."""
        desk = self.desks[slug]
        now = replace(desk.now, desk=replace(desk.now.desk, assignment=assignment))
        self.desks.put(replace(desk, now=now))


@pytest.fixture
def chat(ledger):
    return TwoDesks(ledger)


async def test_it_goes_with_its_history_and_the_promise_is_the_new_desk_s_from_the_start(chat):
    await chat.writes(QUESTION)
    await chat.agent_writes(BUDI, "Kami teruskan.", ticket=1)
    started_at = chat.clock("resolution").started_at
    await chat.agent_writes(RINA, f"/pindah {STUDIO} ini urusan studio", ticket=1)
    ticket = chat.ticket()
    assert (ticket.desk, ticket.assignee, ticket.category, ticket.status) == (STUDIO, None, None, Status.OPEN)
    clock = chat.clock("resolution")
    assert (clock.started_at, clock.due_at) == (started_at, started_at + timedelta(hours=48))
    assert "dipindahkan ke Studio" in chat.topic(1)[-1]
    assert chat.thread_of(1) in chat.group.closed
    assert len(chat.studio.topics) == 1
    seen = [out.text for out in chat.studio.in_topic("1")]
    assert any(QUESTION in text for text in seen)
    assert any("Kami teruskan." in text for text in seen)


async def test_the_new_desk_gives_it_out_whoever_held_it_before(chat):
    chat.gives_out(STUDIO, Assignment(way=Way.LEAST_LOADED))
    await chat.writes(QUESTION)
    await chat.agent_writes(RINA, "/tugaskan budi", ticket=1)
    await chat.agent_writes(RINA, f"/pindah {STUDIO}", ticket=1)
    assert (chat.ticket().desk, chat.ticket().assignee) == (STUDIO, "sari@example.ac.id")


async def test_what_the_contact_writes_next_goes_on_with_it_and_answers_leave_by_the_account_they_know(chat):
    await chat.writes(QUESTION)
    await chat.agent_writes(RINA, f"/pindah {STUDIO}", ticket=1)
    before = len(chat.said)
    await chat.writes("ada kabar?")
    assert any("ada kabar?" in out.text for out in chat.studio.in_topic("1"))
    assert len(chat.said) == before  # no bot of another desk in between
    assert len(chat.group.topics) == 1


async def test_an_agent_of_one_desk_alone_may_not_move_it(chat):
    await chat.writes(QUESTION)
    await chat.agent_writes(BUDI, f"/pindah {STUDIO}", ticket=1)
    assert chat.ticket().desk == SLUG
    assert "tidak mengizinkan" in chat.topic(1)[-1]
    await chat.agent_writes("1003", f"/pindah {STUDIO}", ticket=1)  # Sari works at both
    assert chat.ticket().desk == STUDIO


async def test_a_desk_that_is_not_there_is_said(chat):
    await chat.writes(QUESTION)
    await chat.agent_writes(RINA, "/pindah antah-berantah", ticket=1)
    assert "Tidak ada unit antah-berantah" in chat.topic(1)[-1]
    await chat.agent_writes(RINA, "/pindah", ticket=1)
    assert STUDIO in chat.topic(1)[-1]
