"""Promises from chat: explained to agents; acknowledged, handed on and extended by supervisors from an alert's buttons."""

from datetime import timedelta

import pytest

from bot.alerts import newest
from channels.whatsapp.twilio.drafts import drafts
from tests.bot.chat import SLUG, Chat
from tickets.clocks import FIRST_RESPONSE, RESOLUTION
from tickets.message import Channel, Person, Place, Said

MINUTE = timedelta(minutes=1)
RINA, BUDI = "1001", "1002"
QUESTION = "video tidak bisa diputar"
TWO_SUPERVISORS = {
    "desk.yaml": ("{name: Sari Wulandari, role: agent,", "{name: Sari Wulandari, role: supervisor,")
}
SARI = "1003"


@pytest.fixture
def chat(ledger):
    return Chat(ledger, changes=TWO_SUPERVISORS)


async def privately(chat: Chat, who: str, text: str = "", *, button: str | None = None) -> None:
    """Somebody of the desk writes to the bot, or presses a button, outside of the group."""
    await chat.people.refresh()
    chat._events += 1
    key = f"private-{chat._events}"
    place = Place(account=f"{SLUG}/telegram", channel=Channel.TELEGRAM, address=who)
    await chat.receiver.deliver(
        Said(event_id=key, external_id=key, place=place, sender=Person(address=who), text=text, button=button)
    )
    await chat.settle()


async def presses(chat: Chat, who: str, label: str) -> None:
    """Press the newest button of this name that the bot has offered to this person."""
    offered = [
        button.data
        for out in chat.group.private
        if out.place.address == who
        for row in out.buttons
        for button in row
        if button.label == label
    ]
    await privately(chat, who, button=offered[-1])


def heard(chat: Chat, who: str) -> list[str]:
    return [text for text in chat.heard_by(who) if not text.startswith("Ringkasan")]  # the digest


async def overdue(chat: Chat) -> None:
    await chat.writes(QUESTION)
    await chat.passes(16 * MINUTE)


# -- explained --------------------------------------------------------------------------------------------------------


async def test_an_agent_has_a_clock_explained_in_its_topic(chat):
    await chat.writes(QUESTION)
    await chat.agent_writes(BUDI, "/jelaskan pertama", ticket=1)
    said = chat.topic(1)[-1]
    assert "Dijanjikan: 15 menit dalam jam layanan" in said
    assert "- Selasa, 6 Oktober 2026: 09.00" in said
    await chat.agent_presses(BUDI, "Jelaskan", ticket=1)
    assert "batas penyelesaian tiket #1" in chat.topic(1)[-1]


async def test_what_is_over_is_explained_as_well(chat):
    await chat.writes(QUESTION)
    await chat.agent_writes(BUDI, "Sedang kami cek.", ticket=1)
    await chat.agent_writes(BUDI, "/jelaskan first_response", ticket=1)
    assert "Terpenuhi hari ini" in chat.topic(1)[-1]


async def test_a_clock_that_does_not_run_is_said_so(chat):
    await chat.writes(QUESTION)
    await chat.agent_writes(BUDI, "/jelaskan lini", ticket=1)
    assert "tidak memiliki batas" in chat.topic(1)[-1]


# -- acknowledged -----------------------------------------------------------------------------------------------------


async def test_a_supervisor_acknowledges_an_alert_and_the_others_see_who(chat):
    await overdue(chat)
    await presses(chat, RINA, "Tindak lanjuti")
    assert heard(chat, SARI)[-1] == "Rina Kartikasari menindaklanjuti tiket #1 (jawaban pertama)."
    assert chat.clock(FIRST_RESPONSE).acknowledged_by == "staff:rina@example.ac.id"
    assert "ditindaklanjuti Rina Kartikasari" in chat.topic(1)[0]  # the card
    await presses(chat, SARI, "Tindak lanjuti")
    assert heard(chat, SARI)[-1] == "Rina Kartikasari menindaklanjuti tiket #1 (jawaban pertama)."
    assert len([text for text in heard(chat, RINA) if "menindaklanjuti" in text]) == 1


async def test_an_agent_acknowledges_nothing_and_gives_no_time(chat):
    await overdue(chat)
    await chat.agent_writes(BUDI, "/terima", ticket=1)
    await chat.agent_writes(BUDI, "/perpanjang 2j belum sempat", ticket=1)
    clock = chat.clock(FIRST_RESPONSE)
    assert (clock.acknowledged_at, clock.extended_at) == (None, None)


# -- while alerts wait ------------------------------------------------------------------------------------------------

QUIET = {"desk.yaml": ("timezone: Asia/Jakarta\n", 'timezone: Asia/Jakarta\nquiet_hours: "10:00-11:00"\n')}


async def in_quiet_hours(ledger) -> Chat:
    chat = Chat(ledger, changes=QUIET)
    chat.now += 50 * MINUTE
    await chat.writes(QUESTION)
    for _ in range(4):
        await chat.passes(5 * MINUTE)
    assert chat.clock(FIRST_RESPONSE).breached_at is not None
    return chat


@pytest.mark.parametrize(
    ("waits", "told"),
    [
        ("warned.1 breached.1", "breached.1"),
        ("breached.1 acknowledged.1", "acknowledged.1"),
        ("warned.1 warned.2 breached.1", "breached.1 warned.2"),
        ("breached.1 withdrawn.1", ""),  # nobody has heard of what is withdrawn
        ("acknowledged.1 withdrawn.1", "withdrawn.1"),  # but here they have
        ("breached.1 withdrawn.1 warned.2", "warned.2"),
    ],
)
def test_of_each_clock_the_newest_is_told(waits, told):
    first, *more = [
        {"kind": f"clock.{kind}", "clock": {"clock": FIRST_RESPONSE, "cycle": int(cycle)}}
        for kind, _, cycle in (each.partition(".") for each in waits.split())
    ]
    found = newest({**first, "ways": [], "more": more})
    assert [
        f"{news['kind'].removeprefix('clock.')}.{news['clock']['cycle']}" for news in found
    ] == told.split()


async def test_what_waits_of_one_ticket_is_one_message_that_says_how_things_stand(ledger):
    chat = await in_quiet_hours(ledger)
    await chat.writes(QUESTION, sender="+62812")  # another ticket has a message of its own
    await chat.passes(20 * MINUTE)
    assert heard(chat, RINA) == []
    await chat.passes(40 * MINUTE)
    told = heard(chat, RINA)
    assert [text.count("#1") > 0 for text in told] == [True, False]
    assert told[0].startswith("Terlambat")
    assert "Mohon perhatian" not in told[0]


# -- handed on --------------------------------------------------------------------------------------------------------


async def test_a_supervisor_hands_a_ticket_on_from_the_alert(chat):
    await overdue(chat)
    await presses(chat, RINA, "Tugaskan")
    await presses(chat, RINA, "Budi Hartanto")
    assert chat.ticket().assignee == "budi@example.ac.id"


# -- extended ---------------------------------------------------------------------------------------------------------


async def test_a_supervisor_extends_by_buttons_and_is_asked_for_the_reason(chat):
    await overdue(chat)
    await presses(chat, RINA, "Perpanjang")
    await presses(chat, RINA, "2 jam")
    assert "Apa alasan perpanjangan 2 jam" in heard(chat, RINA)[-1]
    asked_at = chat.now
    await privately(chat, RINA, "menunggu data fakultas")
    clock = chat.clock(FIRST_RESPONSE)
    assert timedelta() <= clock.due_at - (asked_at + timedelta(hours=2)) < MINUTE
    assert clock.breached_at is not None  # what is broken stays broken
    assert "Alasan: menunggu data fakultas" in heard(chat, RINA)[-1]
    assert heard(chat, SARI)[-1].startswith(
        "Batas jawaban pertama tiket #1 diperpanjang oleh Rina Kartikasari"
    )
    await chat.agent_writes(BUDI, "/jelaskan pertama", ticket=1)
    assert "oleh Rina Kartikasari" in chat.topic(1)[-1]
    assert "Alasan: menunggu data fakultas" in chat.topic(1)[-1]


async def test_the_length_and_the_reason_may_be_written_at_once(chat):
    await overdue(chat)
    await presses(chat, RINA, "Perpanjang")
    await privately(chat, RINA, "3j sistem sedang dipelihara")
    assert chat.clock(FIRST_RESPONSE).extended_at is not None
    await privately(chat, RINA, "#1 /perpanjang penyelesaian 1hari menunggu vendor")
    assert chat.clock(RESOLUTION).due_at - chat.now > timedelta(hours=47)


async def test_an_extended_clock_warns_and_alerts_anew(chat):
    await overdue(chat)
    await privately(chat, RINA, "#1 /perpanjang 30m menunggu data")
    before = len(heard(chat, RINA))
    await chat.passes(25 * MINUTE)
    await chat.passes(10 * MINUTE)
    news = [text.split("\n")[0] for text in heard(chat, RINA)[before:]]
    assert [news[0][:15], news[1][:9]] == ["Mohon perhatian", "Terlambat"]


async def test_what_is_no_length_is_asked_again(chat):
    await overdue(chat)
    await presses(chat, RINA, "Perpanjang")
    await privately(chat, RINA, "besok")
    assert any('"besok" bukan lama waktu' in text for text in heard(chat, RINA))
    await privately(chat, RINA, "1j rapat pimpinan")
    assert chat.clock(FIRST_RESPONSE).extended_at is not None


async def test_a_question_can_be_left_and_does_not_wait_for_ever(chat):
    await overdue(chat)
    await presses(chat, RINA, "Perpanjang")
    await privately(chat, RINA, "/batal")
    assert heard(chat, RINA)[-1] == "Baik, dibatalkan."
    await presses(chat, RINA, "Perpanjang")
    chat.now += timedelta(minutes=20)
    await privately(chat, RINA, "2j menunggu data")
    assert "Tiket mana" in heard(chat, RINA)[-1]
    assert chat.clock(FIRST_RESPONSE).extended_at is None


async def test_a_question_waits_for_the_one_who_was_asked(chat):
    await overdue(chat)
    await presses(chat, RINA, "Perpanjang")
    await privately(chat, SARI, "2j menunggu data")
    assert chat.clock(FIRST_RESPONSE).extended_at is None


async def test_a_paused_clock_needs_no_more_time(chat):
    await chat.writes(QUESTION)
    await chat.agent_writes(BUDI, "/tunggu Mohon kirim tangkapan layar.", ticket=1)
    await privately(chat, RINA, "#1 /perpanjang penyelesaian 2j alasan")
    assert "sedang dijeda" in heard(chat, RINA)[-1]


async def test_where_there_are_no_buttons_the_alert_says_what_to_write(ledger):
    chat = Chat(
        ledger, changes={"desk.yaml": ('telegram: 1001, whatsapp: "+628110001"', 'whatsapp: "+628110001"')}
    )
    await chat.writes("halo", sender="+628110001")  # so that her own window is open
    await overdue(chat)
    alert = next(out for out in chat.whatsapp.sent if "Terlambat" in out.text)
    (draft,) = drafts(alert)
    assert "#1 /perpanjang 2j alasan" in draft.body
    assert "1. " not in draft.body
