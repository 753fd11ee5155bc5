"""Two tickets turn out to be one matter, one conversation two; and one incident has many tickets."""

from datetime import timedelta

import pytest

from channels.contract import RefusedByProvider
from tests.bot.chat import Chat
from tickets.lifecycle import Status

BUDI, RINA = "1002", "1001"
QUIZ = "kak nilai kuis saya di matkul fisika kok belum muncul ya padahal sudah dikoreksi"
PASSWORD = "saya juga lupa kata sandi"
HOUR = timedelta(hours=1)


@pytest.fixture
def chat(ledger):
    return Chat(ledger)


async def two_mails(chat):
    await chat.mails(QUIZ, subject="Nilai kuis", external_id="<a@example.com>")
    await chat.mails("mengulang yang tadi", subject="Nilai kuis lagi", external_id="<b@example.com>")


async def test_tickets_are_linked_and_a_link_is_taken_back(chat):
    await two_mails(chat)
    await chat.agent_writes(BUDI, "/kaitkan #1 duplikat", ticket=2)
    assert "duplikat" in chat.topic(2)[-1]
    await chat.agent_writes(BUDI, "/kaitkan #1 sepupu", ticket=2)
    assert "Jenis kaitan sepupu tidak dikenal" in chat.topic(2)[-1]
    await chat.agent_writes(BUDI, "/lepaskan 2", ticket=1)
    assert "dilepas" in chat.topic(1)[-1]


async def test_a_merged_ticket_points_to_the_one_that_stays_and_later_mails_go_there(chat):
    await two_mails(chat)
    await chat.agent_writes(BUDI, "/gabung #1", ticket=2)
    ended = chat.ticket(2)
    assert (ended.status, ended.merged_into) == (Status.CLOSED, 1)
    assert chat.clock("resolution", 2).ended_at is not None
    assert "digabung ke #1" in chat.topic(2)[-1]
    assert chat.thread_of(2) in chat.group.closed
    assert any("#2 digabung ke tiket ini" in text for text in chat.topic(1))
    await chat.mails(
        "ada kabar?",
        subject="Re: Nilai kuis lagi",
        references=("<b@example.com>",),
        external_id="<c@example.com>",
    )
    assert any("ada kabar?" in text for text in chat.topic(1))
    assert chat.clock("resolution", 1).running


async def test_the_contact_gets_one_line_where_the_desk_wants_it(chat):
    await two_mails(chat)
    before = len(chat.email.sent)
    await chat.agent_writes(BUDI, "/gabung #1", ticket=2)
    (line,) = chat.email.sent[before:]
    assert "Tiket #2 kami satukan dengan tiket #1" in line.text


async def test_a_merge_is_taken_back_within_a_week_and_the_clocks_run_on(chat):
    await two_mails(chat)
    clock = chat.clock("resolution", 2)
    await chat.agent_writes(BUDI, "/gabung #1", ticket=2)
    await chat.agent_writes(BUDI, "/pulihkan", ticket=2)
    assert (chat.ticket(2).status, chat.ticket(2).merged_into) == (Status.NEW, None)
    assert chat.clock("resolution", 2) == clock
    assert chat.thread_of(2) not in chat.group.closed
    await chat.agent_writes(BUDI, "/gabung #1", ticket=2)
    chat.now += timedelta(days=8)
    await chat.agent_writes(BUDI, "/pulihkan", ticket=2)
    assert chat.ticket(2).merged_into == 1


async def test_tickets_of_two_contacts_are_not_merged(chat):
    await chat.mails(QUIZ, sender="ana@example.com")
    await chat.mails("saya bukan ana", sender="bea@example.com")
    await chat.agent_writes(BUDI, "/gabung #1", ticket=2)
    assert chat.ticket(2).merged_into is None
    assert "pengirim yang berbeda" in chat.topic(2)[-1]


async def test_a_split_makes_a_ticket_whose_clocks_start_at_the_first_chosen_message(chat):
    await chat.writes(QUIZ)
    await chat.agent_writes(BUDI, "Sedang kami cek.", ticket=1)
    await chat.writes(PASSWORD)
    came_at = chat.ticket(1).updated_at
    chat.now += HOUR
    await chat.agent_writes(BUDI, "/pisah 1", ticket=1)
    new = chat.ticket(2)
    assert (new.status, new.subject, new.contact) == (Status.NEW, PASSWORD, chat.ticket(1).contact)
    assert chat.clock("first_response", 2).started_at == came_at
    assert any(PASSWORD in text for text in chat.topic(2))
    assert any("#2 dipisahkan" in text for text in chat.topic(1))
    await chat.writes("tolong ya")  # the newest message went, and with it the contact's place
    assert any("tolong ya" in text for text in chat.topic(2))
    await chat.agent_writes(BUDI, "Silakan pakai laman lupa sandi.", ticket=2)
    assert chat.last == "Silakan pakai laman lupa sandi."
    assert chat.clock("first_response", 2).met_at is not None


async def test_a_split_by_replying_to_the_message_leaves_the_conversation_where_it_was(chat):
    await chat.writes(QUIZ)
    await chat.writes(PASSWORD)
    await chat.writes("soal kuis: kelas 01")
    mirrored = next(key for key, (_, out) in chat.group.messages.items() if PASSWORD in out.text)
    await chat.agent_writes(BUDI, "/pisah", ticket=1, replies_to=mirrored)
    assert chat.ticket(2).subject == PASSWORD
    await chat.writes("kuis 3")
    assert any("kuis 3" in text for text in chat.topic(1))


async def test_not_everything_can_be_split_off(chat):
    await chat.writes(QUIZ)
    await chat.agent_writes(BUDI, "/pisah 1", ticket=1)
    assert len(chat.group.topics) == 1
    await chat.agent_writes(BUDI, "/pisah", ticket=1)
    assert "Pesan yang mana?" in chat.topic(1)[-1]


async def incident(chat):
    await chat.writes(QUIZ, sender="+62811", name="Ana")
    await chat.writes(QUIZ, sender="+62822", name="Bea")
    await chat.mails(QUIZ, sender="citra@example.com")
    await chat.agent_writes(BUDI, "/insiden #1", ticket=2)


async def test_a_ticket_that_looks_alike_is_attached_by_one_tap(chat):
    await incident(chat)
    await chat.writes(QUIZ, sender="+62833", name="Dedi")
    await chat.agent_presses(BUDI, "Bagian dari insiden #1?", ticket=4)
    assert "bagian dari insiden #1" in chat.topic(4)[-1]
    assert not any("insiden #1?" in button.label for button in buttons(chat, 4))


async def test_everybody_is_answered_at_once_on_their_own_channel_by_their_own_name(chat):
    await incident(chat)
    await chat.agent_writes(BUDI, "/insiden #1", ticket=3)
    before = len(chat.said), len(chat.email.sent)
    await chat.agent_writes(BUDI, "/jawabsemua Halo {contact}, server nilai sedang kami perbaiki.", ticket=1)
    assert sorted(chat.said[before[0] :]) == [
        "Halo Ana, server nilai sedang kami perbaiki.",
        "Halo Bea, server nilai sedang kami perbaiki.",
    ]
    assert [out.text for out in chat.email.sent[before[1] :]] == [
        "Halo Ana, server nilai sedang kami perbaiki."
    ]
    assert any("3 pengirim" in text for text in chat.topic(1))
    for number in (1, 2, 3):
        assert chat.clock("first_response", number).met_at is not None


async def test_a_contact_with_two_tickets_of_the_incident_is_answered_once(chat):
    await chat.mails(QUIZ, external_id="<a@example.com>")
    await chat.mails("nilai kuis saya juga", external_id="<b@example.com>", subject="Nilai")
    await chat.agent_writes(BUDI, "/insiden #1", ticket=2)
    before = len(chat.email.sent)
    await chat.agent_writes(BUDI, "/jawabsemua Sedang kami perbaiki.", ticket=1)
    assert len(chat.email.sent) == before + 1
    assert all(chat.clock("first_response", number).met_at for number in (1, 2))


async def test_where_the_one_answer_never_arrives_none_of_the_tickets_was_answered(chat):
    await chat.mails(QUIZ, external_id="<a@example.com>")
    await chat.mails("nilai kuis saya juga", external_id="<b@example.com>", subject="Nilai")
    await chat.agent_writes(BUDI, "/insiden #1", ticket=2)
    chat.email.fails_with = RefusedByProvider("Alamat tidak dikenal.")
    await chat.agent_writes(BUDI, "/jawabsemua Sedang kami perbaiki.", ticket=1)
    assert [chat.clock("first_response", number).met_at for number in (1, 2)] == [None, None]


async def test_everything_is_solved_at_once_and_each_has_a_category(chat):
    await incident(chat)
    await chat.agent_writes(BUDI, "/insiden #1", ticket=3)
    category = chat.ticket(1).suggestions[0][0]
    await chat.agent_writes(BUDI, "/tutupsemua", ticket=1)
    assert "Belum berkategori" in chat.topic(1)[-1]
    assert category in chat.topic(1)[-1]
    assert chat.ticket(2).status is Status.NEW
    await chat.agent_writes(BUDI, f"/tutupsemua {category}", ticket=1)
    for number in (1, 2, 3):
        assert (chat.ticket(number).status, chat.ticket(number).category) == (Status.SOLVED, category)


async def test_an_answer_to_nobody_s_incident_is_refused(chat):
    await chat.writes(QUIZ)
    before = len(chat.said)
    await chat.agent_writes(BUDI, "/jawabsemua Halo", ticket=1)
    assert len(chat.said) == before


def buttons(chat, ticket):
    card = chat.group.in_topic(chat.thread_of(ticket))[0]
    return [button for row in card.buttons for button in row]
