"""Whatever people of the desk, contacts and strangers do: no word of a note reaches a contact, no stranger gains anything.

Acts are drawn at random and done through the chat's own doors; a note's words bear a mark that must not be found in
anything that is queued for a contact or stands on a contact's screen.
"""

import asyncio
import contextlib
import shutil
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from bot.chat_pages import ChatPages
from channels.webchat.adapter import WebChat
from tests.bot.chat import GROUP, SLUG, Chat
from tests.channels.webchat.house import SETTINGS
from tickets import staff, views
from tickets.actions import amending, answering
from tickets.actions.errors import ActError
from tickets.ledger.store import Ledger
from tickets.message import Channel, Edited, Person, Place
from tickets.staff import active
from tickets.tables import Outbox

SECRET = "RAHASIA"
TICKETS = (1, 2, 3, 4)  # by Telegram, WhatsApp, email and the web chat
VISITOR, WEBCHAT = "v1", f"{SLUG}/webchat"
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
    st.tuples(st.just("notes"), st.just("page"), st.sampled_from(TICKETS), st.just(SECRET)),
    st.tuples(st.just("amends"), st.just("page"), st.sampled_from(TICKETS), st.just(f"{SECRET} lagi")),
    st.tuples(
        st.just("contact"), st.just("4711"), st.just(1), st.sampled_from(["halo?", "terima kasih", "status"])
    ),
    st.tuples(st.just("waits"), st.just(""), st.just(1), st.just("")),
)


class Watched(Chat):
    """A desk of which every message, and every queued parcel, can be looked through."""

    def __init__(self, ledger) -> None:
        self.pages = ChatPages(ledger, link=str, public_url="http://desk.test", secret_key="a key")
        web = WebChat(SETTINGS, history=self.pages.history, waits=ledger.wakes.sleeper)
        super().__init__(ledger, more={WEBCHAT: web})
        self.newest: dict[int, str] = {}

    async def visits(self, text: str) -> None:
        place = Place(account=WEBCHAT, channel=Channel.WEBCHAT, address=VISITOR)
        await self.receives(Channel.WEBCHAT, text, place, Person(address=VISITOR, name="Dewi"))
        await self.settle()

    async def does(self, kind: str, who: str, ticket: int, text: str) -> None:
        external_id = f"{GROUP}:{self._events + 1000}"
        match kind:
            case "writes":
                await self.agent_writes(who, text, ticket=ticket, external_id=external_id)
                self.newest[ticket] = external_id
            case "edits" if ticket in self.newest:
                await self.edits(who, ticket, text)
            case "takes back" if ticket in self.newest:
                await self.agent_writes(who, "/hapus", ticket=ticket, replies_to=self.newest[ticket])
            case "notes":
                self.act(lambda tx, by: answering.note(tx, ticket, text, by=by, at=self.now))
            case "amends":
                self.act(lambda tx, by: self.amends(tx, by, ticket, text))
            case "contact":
                await self.telegrams(text)
            case "waits":
                await self.passes(timedelta(hours=1))
        await self.settle()

    async def edits(self, who: str, ticket: int, text: str) -> None:
        self._events += 1
        place = Place(
            account=f"{SLUG}/telegram", channel=Channel.TELEGRAM, address=GROUP, thread=self.thread_of(ticket)
        )
        await self.receiver.deliver(
            Edited(
                event_id=f"edit-{self._events}", external_id=self.newest[ticket], place=place,
                sender=Person(address=who), text=text, raw=b"{}",
            )
        )  # fmt: skip

    def amends(self, tx, by, ticket: int, text: str) -> None:
        """Change the newest note, as from its page."""
        with self.ledger.reading() as session:
            notes = [each for each in views.messages(session, link=str, limit=50, ticket=ticket).items
                     if each.direction == "note"]  # fmt: skip
        if notes:
            amending.amend(tx, ticket, notes[0].id, text, by=by, at=self.now)

    def act(self, job) -> None:
        def by_a_supervisor(tx):
            return job(tx, next(person.actor for person in active(tx, SLUG) if person.telegram == SUPERVISOR))

        with contextlib.suppress(ActError):  # refused, as it would be on the page
            self.ledger.write_blocking(by_a_supervisor)

    def to_contacts(self) -> str:
        """All that is or was queued for a contact, and all that contacts have on their screens."""
        with self.ledger.reading() as session:
            queued = session.exec(select(Outbox.payload).where(Outbox.audience == "contact")).all()
        outgoing = [*self.whatsapp.sent, *self.email.sent, *self.told("4711")]
        return "\n".join([*map(str, queued), *(each.text for each in outgoing), *self.group.seen_by("4711")])


def opened(tmp_path_factory, migrated_file) -> Ledger:
    folder = tmp_path_factory.mktemp("leaks")
    shutil.copyfile(migrated_file, folder / "tanggap.db")
    return Ledger(f"sqlite:///{folder / 'tanggap.db'}", files=folder / "files")


@settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@example(
    acts=[("writes", BUDI, 3, f"// {SECRET}"), ("notes", "page", 4, SECRET), ("writes", BUDI, 4, "/tutup")]
)
@example(acts=[("writes", BUDI, 1, "Baik."), ("edits", BUDI, 1, f"// {SECRET}")])
@example(acts=[("writes", BUDI, 1, f"// {SECRET}"), ("edits", BUDI, 1, SECRET), ("takes back", BUDI, 1, "")])
@given(acts=st.lists(act, min_size=4, max_size=10))
def test_no_word_of_a_note_reaches_a_contact(acts, tmp_path_factory, migrated_file):
    ledger = opened(tmp_path_factory, migrated_file)
    try:
        asyncio.run(_lives_through(ledger, acts))
    finally:
        ledger.close()


async def _lives_through(ledger, acts) -> None:
    chat = Watched(ledger)
    await chat.telegrams("lupa sandi edunex")
    await chat.writes("wifi mati")
    await chat.mails("Bagaimana cara cuti?")
    await chat.visits("email saya penuh")
    for each in acts:
        await chat.does(*each)
    shown = await chat.pages.history(WEBCHAT, VISITOR)
    assert len(shown) >= 1
    assert SECRET not in f"{chat.to_contacts()} {shown}"


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
