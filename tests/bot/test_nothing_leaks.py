"""Whatever people of the desk, contacts and strangers do: no word of a note reaches a contact, no stranger gains anything.

Acts are drawn at random and done through the chat's own doors and the API's; a note's words bear a mark that must not
be found in anything that is queued for a contact or stands on a contact's screen. `test_paths_of_a_note` walks each path.
"""

import asyncio
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.bot.chat import GROUP, SLUG, Chat
from tests.bot.watched import Watched, opened, watched
from tickets import staff
from tickets.message import Channel

SECRET = "RAHASIA"
TICKETS = (1, 2, 3, 4)  # by Telegram, WhatsApp, email and the web chat
BUDI, SUPERVISOR, STRANGER, ANONYMOUS = "1002", "1001", "9999", GROUP

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
    before = (chat.ticket(), len(chat.group.messages), chat.group.seen_by("4711"))
    for text in ("Kirim sandi Anda.", "/tutup", "/ambil", "/bantuan", "// apa", "#1 Kirim sandi Anda."):
        await chat.agent_writes(who, text, ticket=1)
    for data in ("!claim:1:", "!close:1:", "!send:1:", "!verify_all:0:", "!claim:999999:"):
        await chat.agent_writes(who, "", ticket=1, button=data, replies_to=f"{GROUP}:1")
    assert (chat.ticket(), len(chat.group.messages), chat.group.seen_by("4711")) == before


async def test_a_contact_who_guesses_commands_and_buttons_is_a_contact(ledger):
    chat = Chat(ledger)
    await chat.telegrams("lupa sandi edunex")
    for text, fields in (
        ("/tutup", {}),
        ("#1 /ambil", {}),
        ("", {"button": "!claim:1:"}),
        ("", {"button": "!close:1:"}),
    ):
        await chat.telegrams(text, **fields)
    ticket = chat.ticket()
    assert (ticket.assignee, ticket.solved_at) == (None, None)
