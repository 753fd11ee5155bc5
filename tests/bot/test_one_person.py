"""A contact under several ids of one number: by telephone number, by business-scoped id, after a change of number.

A number that somebody has left, and a stranger has now, shows that stranger nothing.
"""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.bot.chat import SLUG, Chat
from tickets import contacts, views
from tickets.message import Channel, Moved, Person, Place, Said

BUDI = "1002"
PHONE, SCOPED = "+62811", "ID.1234567890"
ANA = Person(address=PHONE, name="Ana", handle="ana.lestari")


@pytest.fixture
def chat(ledger):
    return Chat(ledger)


async def hears(chat: Chat, event: str, text: str, person: Person) -> None:
    place = Place(account=f"{SLUG}/whatsapp", channel=Channel.WHATSAPP, address=person.address)
    await chat.people.refresh()
    await chat.receiver.deliver(
        Said(event_id=event, external_id=event, place=place, sender=person, text=text)
    )
    await chat.settle()


async def test_number_and_scoped_id_are_one_contact_with_one_ticket_and_the_newest_id_is_answered(chat):
    await hears(chat, "1", "nilai kuis saya belum muncul", ANA)
    await hears(chat, "2", "sudah dua hari kak", replace(ANA, also=(SCOPED,)))
    await hears(chat, "3", "nomornya saya sembunyikan", replace(ANA, address=SCOPED))
    assert chat.ticket().contact == 1
    await chat.agent_writes(BUDI, "Kami cek, ya.", ticket=1)
    assert chat.whatsapp.sent[-1].place.address == SCOPED
    assert any("@ana.lestari" in text for text in chat.topic(1))
    await hears(chat, "4", "baik", replace(ANA, also=(SCOPED,)))
    await chat.agent_writes(BUDI, "Sudah muncul.", ticket=1)
    assert chat.whatsapp.sent[-1].place.address == PHONE
    assert len(chat.group.topics) == 1


async def test_who_was_known_by_the_scoped_id_alone_is_known_by_a_number_later(chat):
    await hears(chat, "1", "nilai kuis saya belum muncul", replace(ANA, address=SCOPED))
    await hears(chat, "2", "ini nomor saya", replace(ANA, also=(SCOPED,)))
    assert chat.ticket().contact == 1
    assert len(chat.group.topics) == 1


async def test_after_a_change_of_number_the_ticket_goes_on_and_answers_go_to_the_new_one(chat):
    await hears(chat, "1", "nilai kuis saya belum muncul", ANA)
    new = "+62899"
    for event in ("2", "2"):  # Meta repeats
        moved = Moved(event_id=event, account=f"{SLUG}/whatsapp", before=PHONE, after=new)
        await chat.receiver.deliver(moved)
    await chat.settle()
    await chat.agent_writes(BUDI, "Kami cek, ya.", ticket=1)
    assert chat.whatsapp.sent[-1].place.address == new
    assert sum("Nomor WhatsApp kontak ini berubah" in text for text in chat.topic(1)) == 1
    await hears(chat, "3", "terima kasih, lalu?", Person(address=new, name="Ana"))
    assert len(chat.group.topics) == 1


async def test_a_new_number_that_somebody_else_has_makes_nobody_another_person(chat):
    await hears(chat, "1", "nilai kuis saya belum muncul", ANA)
    await hears(chat, "2", "lupa kata sandi", Person(address="+62899", name="Budi"))
    await chat.receiver.deliver(Moved(event_id="3", account=f"{SLUG}/whatsapp", before=PHONE, after="+62899"))
    other = chat.ledger.write_blocking(
        lambda tx: contacts.address_at(tx, account=f"{SLUG}/whatsapp", external_id="+62899")
    )
    assert (chat.ticket(1).contact, other.contact) == (1, 2)
    await chat.agent_writes(BUDI, "Nilainya sudah muncul, Ana.", ticket=1)
    assert "Nilainya sudah muncul" not in chat.said  # to nobody: not to the number that she left
    assert any("tidak lagi dipakai" in text for text in chat.topic(1))


STRANGER = Person(address=PHONE, name="Dodi", also=("ID.999",))


async def leaves_by_notice(chat: Chat) -> None:
    await chat.receiver.deliver(Moved(event_id="m", account=f"{SLUG}/whatsapp", before=PHONE, after="+62899"))


async def says_nothing(_chat: Chat) -> None:
    """Twilio tells of no change; WhatsApp's own id of whoever has the number is another one."""


@pytest.mark.parametrize(("leaves", "now_at"), [(leaves_by_notice, "+62899"), (says_nothing, SCOPED)])
async def test_a_stranger_with_her_old_number_begins_with_nothing(chat, leaves, now_at):
    await hears(chat, "1", "nilai kuis saya belum muncul", replace(ANA, also=(SCOPED,)))
    await leaves(chat)
    await hears(chat, "2", "status", STRANGER)
    assert "tidak ada tiket Anda" in chat.last
    await hears(chat, "3", "kak mau pinjam studio", STRANGER)
    assert (chat.ticket(1).contact, chat.ticket(2).contact) == (1, 2)
    await chat.agent_writes(BUDI, "Ana, sudah kami cek.", ticket=1)
    await chat.agent_writes(BUDI, "Dodi, silakan.", ticket=2)
    assert [(out.place.address, out.text) for out in chat.whatsapp.sent[-2:]] == [
        (now_at, "Ana, sudah kami cek."),
        (PHONE, "Dodi, silakan."),
    ]
    with chat.ledger.reading() as session:
        shown = views.contact(session, 1).addresses
    assert [address.address for address in shown if address.left][:1] == [PHONE]
    await hears(chat, "4", "kok belum ya", Person(address=now_at, name="Ana"))
    assert len(chat.group.topics) == 2


async def test_a_wish_for_silence_holds_under_every_id(chat):
    await hears(chat, "1", "nilai kuis saya belum muncul", replace(ANA, also=(SCOPED,)))
    await hears(chat, "2", "STOP", ANA)
    said = len(chat.said)
    await hears(chat, "3", "status tiket #1", replace(ANA, address=SCOPED))
    assert len(chat.said) == said
    await hears(chat, "4", "MULAI", replace(ANA, address=SCOPED))
    await hears(chat, "5", "status tiket #1", ANA)
    assert "#1" in chat.last


async def test_an_answer_that_waited_under_one_id_goes_out_under_the_other(chat):
    await hears(chat, "1", "nilai kuis saya belum muncul", replace(ANA, also=(SCOPED,)))
    await chat.passes(timedelta(days=2))
    await chat.agent_writes(BUDI, "Sudah muncul.", ticket=1)
    assert chat.last != "Sudah muncul."
    await hears(chat, "2", "bagaimana kak?", replace(ANA, address=SCOPED))
    assert (chat.whatsapp.sent[-1].place.address, chat.last) == (SCOPED, "Sudah muncul.")
