"""A month's report that can be told to no supervisor stands still, is said to, and goes out once one can be reached."""

from datetime import UTC, datetime, timedelta

import pytest

from channels.contract import RefusedByProvider
from reports.filed.filing import filed
from tests.bot.chat import SLUG, Chat, GroupOfAgents
from tickets import staff
from tickets.actor import Role
from tickets.desk import StaffMember

FIRST = datetime(2026, 11, 1, 1, 0, tzinfo=UTC)  # eight o'clock in Jakarta
RINA, BUDI = "1001", "1002"
A_DAY = timedelta(days=1)


class Shutting(GroupOfAgents):
    """Telegram, where somebody may have shut the bot out."""

    def __init__(self):
        super().__init__()
        self.shut_by = None

    async def send(self, outgoing):
        if outgoing.place.address == self.shut_by:
            raise RefusedByProvider("bot was blocked by the user")
        return await super().send(outgoing)


@pytest.fixture
async def chat(ledger):
    chat = Chat(ledger, telegram=Shutting())
    await chat.telegrams("nilai kuis saya belum muncul")
    await chat.settle()
    chat.now = FIRST
    return chat


def is_at(chat, **ways):
    """Let Rina be reached so, and no other way."""
    rina = StaffMember(id="rina@example.ac.id", name="Rina Kartikasari", role=Role.SUPERVISOR, **ways)
    chat.ledger.write_blocking(lambda tx: staff.add(tx, SLUG, rina))


async def turns(chat, by=timedelta()):
    chat.now += by
    await chat.jobs.bring_reports()
    await chat.settle()


def told(chat):
    with chat.ledger.reading() as session:
        return {one.told for one in filed(session, {SLUG}, most=9)}


def heard(chat, who, begins="Laporan Care Center"):
    return [text for text in chat.heard_by(who) if text.startswith(begins)]


async def test_it_waits_for_an_address_and_goes_out_once_there_is_one(chat):
    is_at(chat)
    await turns(chat)
    await turns(chat, timedelta(minutes=1))
    assert told(chat) == {0}
    assert chat.jobs.troubles() == {f"{SLUG}/reports": "no supervisor can be told of 2026-10"}
    (said,) = heard(chat, BUDI)
    assert "Oktober 2026 belum sampai" in said
    assert "masuk 1 tiket" not in said  # its figures are the supervisors'
    await turns(chat, A_DAY)
    assert len(heard(chat, BUDI)) == 2
    is_at(chat, telegram=RINA)
    await turns(chat, timedelta(minutes=1))
    assert (told(chat), chat.jobs.troubles()) == ({1}, {})
    (sent,) = [one for one in chat.group.private if one.place.address == RINA and one.files]
    assert "dibuat pada Minggu, 1 November 2026 dan baru dikirim sekarang" in sent.text
    assert {file.name for file in sent.files} == {f"{SLUG}-2026-10.pdf", f"{SLUG}-2026-10.xlsx"}
    await turns(chat, A_DAY)
    assert len(heard(chat, RINA)) == 1
    assert len(heard(chat, BUDI)) == 2


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_it_stands_still_while_every_way_is_refused(chat):
    is_at(chat, telegram=RINA)
    chat.group.shut_by = RINA
    await turns(chat)
    await turns(chat, timedelta(minutes=1))
    assert told(chat) == {0}
    assert len(heard(chat, BUDI)) == 1
    chat.group.shut_by = None
    await turns(chat, timedelta(minutes=1))
    assert heard(chat, RINA) == []  # it was tried a minute ago
    await turns(chat, A_DAY)
    assert len(heard(chat, RINA)) == 1
    assert (told(chat), chat.jobs.troubles()) == ({1}, {})
