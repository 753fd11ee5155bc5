"""What Twilio's list says came in is fetched as its webhook would have brought it."""

from datetime import UTC, datetime, timedelta

import pytest

from channels.contract import Deferred, ListsIncoming

NOW = datetime(2026, 10, 5, 2, 0, tzinfo=UTC)
SPAN = {"since": NOW - timedelta(days=1), "until": NOW}


class Door:
    def __init__(self):
        self.said = []

    async def deliver(self, heard):
        self.said.append(heard)

    async def keep(self, **kept):
        self.said.append(kept)


async def test_what_came_in_is_listed_oldest_first_and_nothing_else(twilio, adapter, out):
    assert isinstance(adapter, ListsIncoming)
    await adapter.send(out("Halo"))
    for sid, ago in (("SM2", 1), ("SM1", 2), ("SM0", 30)):
        twilio.receives(twilio.webhook(MessageSid=sid), at=NOW - timedelta(hours=ago))
    twilio.receives(twilio.webhook(MessageSid="SM3"), at=NOW + timedelta(minutes=1))
    twilio.receives(
        twilio.webhook(MessageSid="SM4", To="whatsapp:+6281100009999"), at=NOW - timedelta(hours=1)
    )
    assert [each.external_id for each in await adapter.came_in(**SPAN)] == ["SM1", "SM2"]


async def test_it_is_brought_with_its_words_its_files_and_the_instant_at_which_twilio_had_it(twilio, adapter):
    url = twilio.keeps_medium(b"%PDF-1.7", "application/pdf")
    form = twilio.webhook(MessageSid="MM1", Body="Ini berkasnya", media=[(url, "application/pdf")])
    twilio.receives(form, at=NOW - timedelta(hours=2))
    door, (listed,) = Door(), await adapter.came_in(**SPAN)
    assert list(await adapter.bring([listed], door)) == [listed]
    (said,) = door.said
    assert (said.event_id, said.external_id, said.text) == ("MM1", "MM1", "Ini berkasnya")
    assert said.said_at == NOW - timedelta(hours=2)
    assert said.place.address == "+6281234567890"
    (file,) = said.files
    fetched = await adapter.fetch(file.fetch)
    assert (fetched.content, file.type) == (b"%PDF-1.7", "application/pdf")


async def test_a_list_that_cannot_be_had_is_asked_for_later(twilio, adapter):
    twilio.breaks(500, on="list")
    with pytest.raises(Deferred):
        await adapter.came_in(**SPAN)
