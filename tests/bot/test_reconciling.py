"""After an unknown outcome the provider is asked, where it has a list: what it has is not sent again, and nothing else is."""

from datetime import timedelta

import pytest

from channels.contract import Found
from tests.bot.chat import Chat, Line
from tickets import views
from tickets.message import Delivery

BUDI = "1002"
ACCOUNT = "itb-care-center/whatsapp"


class ListingLine(Line):
    """A provider that lists what it took, and whose line may break before or after that."""

    def __init__(self) -> None:
        super().__init__()
        self.breaks: list[str] = []

    async def send(self, outgoing):
        breaks = self.breaks.pop() if self.breaks and not outgoing.automatic else None
        if breaks == "before":
            raise TimeoutError
        sent = await super().send(outgoing)
        if breaks == "after":
            raise TimeoutError
        return sent

    async def find(self, outgoing, *, tried_at, known=()):
        names = [self.known_as(each) for each in self.sent if each.text == outgoing.text]
        found = next((each for each in names if each not in known), None)
        return None if found is None else Found(external_id=found, state=Delivery.SENT)


@pytest.fixture
async def desk(ledger):
    line = ListingLine()
    chat = Chat(ledger, more={ACCOUNT: line})
    await chat.writes("Saya tidak bisa masuk ke Edunex, selalu ditolak.")
    return chat, line


@pytest.mark.parametrize("breaks", ["before", "after"])
async def test_equal_answers_are_each_received_once(desk, breaks):
    chat, line = desk
    for number, trouble in enumerate(([], [breaks], [])):
        line.breaks = list(trouble)
        await chat.agent_writes(BUDI, "Sudah kami cek.", ticket=1, external_id=f"-1001:90{number}")
        await chat.passes(timedelta(minutes=10))
    assert [each.text for each in line.sent].count("Sudah kami cek.") == 3
    with chat.ledger.reading() as session:
        said = [
            each for each in views.ticket(session, 1, link=str).messages if each.text == "Sudah kami cek."
        ]
    assert [each.delivery.state for each in said] == [Delivery.SENT] * 3
