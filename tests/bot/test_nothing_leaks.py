"""Whatever people of the desk, contacts and strangers do: no word of a note reaches a contact, no stranger gains anything.

Acts are drawn at random and done through the chat's own doors and the API's; a note's words bear a mark that must not
be found in anything that is queued for a contact or stands on a contact's screen. `test_paths_of_a_note` walks each path.
"""

import asyncio
import itertools
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.commands import Verb
from templates_replies.staff_commands import COMMANDS
from tests.bot.chat import GROUP, SLUG, Chat
from tests.bot.watched import Watched, opened, watched
from tickets import staff, views
from tickets.message import Channel, Person, Place
from tickets.tables import Inbound

SECRET = "RAHASIA"
TICKETS = (1, 2, 3, 4)  # by Telegram, WhatsApp, email and the web chat
BUDI, SUPERVISOR, STRANGER, ANONYMOUS = "1002", "1001", "9999", GROUP

# Every command and every button, and what looks like one.
GUESSES = [
    *((f"/{command.name.id} 1 saya", None) for command in COMMANDS),
    *(("", f"!{verb}:1:1002") for verb in Verb),
    *((text, None) for text in ("Kirim sandi Anda.", "// apa", "#1 Kirim sandi.", "#1 /take", "/start 1")),
    *(
        ("", data)
        for data in (
            "!claim:999999:",
            "!verify_all:0:",
            "!close",
            "!nothing:1:",
            "desk:itb-studio",
            "!claim:²:",
            f"!claim:{'9' * 40}:",
            f"survey:{'9' * 40}:1:5",
            f"skm:{'9' * 40}:0:4",
            f"req:{'9' * 40}:pick",
            f"case:{'9' * 40}:yes",
        )
    ),
]

words = st.sampled_from(["Baik.", "Kami cek.", "", "/", "#2", "#1 "])
note = st.sampled_from([f"// {SECRET}", f"//{SECRET}", f"#1 // {SECRET}", f"  // {SECRET}\n{SECRET}"])
command = st.sampled_from(
    ["/ambil", "/tutup", "/tunggu", "/buka", "/hapus", "/kartu", "/kategori", f"/eskalasi edunex {SECRET}", "/ngawur",
     f"/spam {SECRET}", "/pulihkan", f"/tunda 2j {SECRET}", "/bangunkan", f"/perbaiki {SECRET}", "/gabung #2", "/pisah"]
)  # fmt: skip
act = st.one_of(
    st.tuples(
        st.just("writes"),
        st.sampled_from([BUDI, SUPERVISOR]),
        st.sampled_from(TICKETS),
        note | command | words,
    ),
    st.tuples(
        st.just("edits"),
        st.sampled_from([BUDI, SUPERVISOR]),
        st.sampled_from(TICKETS),
        note | command | words,
    ),
    st.tuples(st.just("takes back"), st.just(BUDI), st.sampled_from(TICKETS), words),
    st.tuples(st.just("notes"), st.just("program"), st.sampled_from(TICKETS), st.just(SECRET)),
    st.tuples(st.just("amends"), st.just("program"), st.sampled_from(TICKETS), st.just(f"{SECRET} lagi")),
    st.tuples(
        st.just("contact"), st.just("4711"), st.just(1), st.sampled_from(["halo?", "terima kasih", "status"])
    ),
    st.tuples(st.just("waits"), st.just(""), st.just(1), st.just("")),
)


async def does(chat: Watched, newest: dict[int, str], kind: str, who: str, ticket: int, text: str) -> None:
    """Do what was drawn; `newest` is by ticket what was written last in its topic."""
    match kind:
        case "writes":
            newest[ticket] = f"{GROUP}:{1000 + len(newest)}{ticket}"
            await chat.agent_writes(who, text, ticket=ticket, external_id=newest[ticket])
        case "edits" if ticket in newest:
            await chat.edits(who, ticket, newest[ticket], text)
        case "takes back" if ticket in newest:
            await chat.agent_writes(who, "/hapus", ticket=ticket, replies_to=newest[ticket])
        case "notes":
            await chat.api.post(f"/tickets/{ticket}/note", json={"text": text})
        case "amends":
            for note in chat.notes()[-1:]:
                await chat.api.post(f"/tickets/{note.ticket}/messages/{note.id}/amend", json={"text": text})
        case "contact":
            await chat.telegrams(text)
        case "waits":
            await chat.passes(timedelta(hours=1))
    await chat.settle()


@settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@example(
    acts=[("writes", BUDI, 3, f"// {SECRET}"), ("notes", "program", 4, SECRET), ("writes", BUDI, 4, "/tutup")]
)
@example(acts=[("writes", BUDI, 1, "Baik."), ("edits", BUDI, 1, f"// {SECRET}")])
@example(acts=[("writes", BUDI, 1, f"// {SECRET}"), ("edits", BUDI, 1, SECRET), ("takes back", BUDI, 1, "")])
@given(acts=st.lists(act, min_size=4, max_size=10))
def test_no_word_of_a_note_reaches_a_contact(acts, tmp_path_factory, migrated_file):
    ledger = opened(tmp_path_factory.mktemp("leaks"), migrated_file)
    try:
        asyncio.run(_lives_through(ledger, acts))
    finally:
        ledger.close()


async def _lives_through(ledger, acts) -> None:
    async with watched(ledger) as chat:
        newest: dict[int, str] = {}
        for each in acts:
            await does(chat, newest, *each)
        screens = await chat.screens()
        assert "email saya penuh" in screens["web chat"]
        assert [where for where, shown in screens.items() if SECRET in shown] == []
        assert chat.out_of_place() == []


@pytest.mark.parametrize("who", [STRANGER, ANONYMOUS, "former"])
async def test_who_is_not_staff_gains_nothing_in_the_group_by_words_commands_edits_or_buttons(ledger, who):
    chat = Chat(ledger)
    await chat.telegrams("lupa sandi edunex")
    if who == "former":
        who = BUDI
        budi = chat.people.find(SLUG, Channel.TELEGRAM, BUDI)
        ledger.write_blocking(lambda tx: staff.disable(tx, SLUG, budi.id, at=chat.now))
    before = (chat.ticket(), len(chat.group.messages), chat.group.seen_by("4711"), happened(chat))
    places = [Place(account=f"{SLUG}/telegram", channel=Channel.TELEGRAM, address=group, thread=thread)
              for group, thread in ((GROUP, chat.thread_of(1)), (GROUP, None), ("-100999", None))]  # fmt: skip
    await chat.people.refresh()
    for place, (text, button) in zip(itertools.cycle(places), GUESSES, strict=False):
        told = Person(address=who, name="?")
        await chat.receives(Channel.TELEGRAM, text, place, told, button=button, replies_to=f"{GROUP}:1")
    await chat.settle()
    assert (chat.ticket(), len(chat.group.messages), chat.group.seen_by("4711"), happened(chat)) == before


async def test_a_contact_who_guesses_commands_and_buttons_is_a_contact(ledger):
    chat = Chat(ledger)
    await chat.telegrams("lupa sandi edunex")
    before = stands(chat.ticket())
    for who, (text, button) in zip(itertools.cycle(["4711", "4712", "4713"]), GUESSES, strict=False):
        place = Place(account=f"{SLUG}/telegram", channel=Channel.TELEGRAM, address=who)
        await chat.receives(Channel.TELEGRAM, text, place, Person(address=who, name="Ana"), button=button)
    await chat.settle()
    with ledger.reading() as session:
        assert list(session.scalars(select(Inbound.error).where(Inbound.error.is_not(None)))) == []
    assert stands(chat.ticket()) == before
    assert {by for _, by in happened(chat) if by} <= {"bot", "contact", "system", "system:assignment"}
    assert not any("lupa sandi" in told.text for told in chat.told("4712"))


def happened(chat) -> list[tuple[str, str | None]]:
    """Return what the history has of ticket 1, and by whom."""
    with chat.ledger.reading() as session:
        events = views.ticket(session, 1, link=str).events
    return [(event.kind, event.actor) for event in events]


def stands(ticket):
    return (
        ticket.desk, ticket.assignee, ticket.category_by, ticket.solved_at, ticket.closed_at, ticket.team, ticket.priority,
        ticket.snoozed_until, ticket.spam_at, ticket.merged_into,
    )  # fmt: skip
