"""The survey of public services: whoever was served is invited once a period, and in a chat answers by buttons."""

from datetime import timedelta

import pytest

from reports.satisfaction import public_service
from tests.bot.chat import SLUG, Chat
from tests.bot.test_windows import lists, template
from tickets import ticket as tickets_
from tickets.lifecycle import Status
from tickets.message import TemplateState

QUESTION = "kak nilai kuis saya di matkul fisika kok belum muncul ya padahal sudah dikoreksi"
HOUR = timedelta(hours=1)
QUIET = "at_most_every: 7d\n"
INVITES = "survei kepuasan masyarakat 2026"


def with_survey(terms="{period: year, invite: link}", *, quiet="1s"):
    return {"desk.yaml": (QUIET, f"at_most_every: {quiet}\n  public_service: {terms}\n")}


@pytest.fixture
def chat(ledger):
    return Chat(ledger, changes=with_survey())


async def serve(chat, number=1, *, by="whatsapp", **contact):
    """Let a contact be served."""
    await {"whatsapp": chat.writes, "email": chat.mails, "telegram": chat.telegrams}[by](QUESTION, **contact)
    await chat.agent_writes("1002", "/kategori grades", ticket=number)
    await chat.agent_writes("1002", "/tutup", ticket=number)


async def time_passes(chat, length=2 * HOUR):
    await chat.passes(length)
    await chat.jobs.invite()
    await chat.settle()


def figures(chat):
    with chat.ledger.reading() as session:
        return public_service(session, desk=SLUG, period="2026")


def invitations(chat):
    return [text for text in chat.said if INVITES in text]


async def test_whoever_was_served_is_invited_once_a_period(chat):
    await serve(chat)
    await chat.jobs.invite()
    assert invitations(chat) == []  # the closing notice is still fresh
    await time_passes(chat)
    await time_passes(chat)
    assert len(invitations(chat)) == 1
    assert "https://desk.test/survey/1" in chat.last
    assert "31 Desember 2026" in chat.last
    assert figures(chat).invited == 1


async def test_nobody_is_invited_by_a_desk_that_has_not_switched_it_on(ledger):
    chat = Chat(ledger)
    await serve(chat)
    await time_passes(chat)
    assert invitations(chat) == []


async def test_a_mail_has_the_survey_as_its_subject(chat):
    await serve(chat, by="email")
    await time_passes(chat)
    sent = chat.email.sent[-1]
    assert sent.subject.startswith("Survei kepuasan masyarakat 2026: Care Center")
    assert "/survey/1" in sent.text


async def test_whoever_stopped_or_has_something_open_is_not_invited(chat):
    await serve(chat)
    await chat.writes("stop")
    await serve(chat, 2, sender="+62812")
    await chat.writes("masih belum bisa kak, tolong", sender="+62812")
    assert chat.ticket(2).status is Status.OPEN
    await time_passes(chat)
    assert invitations(chat) == []


async def test_a_contact_is_left_alone_after_another_question(ledger):
    chat = Chat(ledger, changes=with_survey(quiet="3d"))
    await serve(chat, by="email")
    await time_passes(chat)
    assert len(chat.email.sent) == 2  # greeted, and asked after closing
    await time_passes(chat, timedelta(days=3))
    assert INVITES in chat.email.sent[-1].text


async def test_outside_the_window_of_whatsapp_nobody_is_invited_until_they_write_again(chat):
    await serve(chat)
    await time_passes(chat, 25 * HOUR)
    assert invitations(chat) == []
    await chat.writes("terima kasih kak")
    await time_passes(chat, HOUR)
    assert len(invitations(chat)) == 1


async def test_outside_the_window_the_approved_template_invites(ledger):
    changes = with_survey("{template: solved-confirm}") | {
        "replies.yaml": (
            'content_sid: "${SID_SOLVED}", variables: {"1": "{contact}", "2": "{ticket}", "3": "{category}"}',
            'content_sid: HX1, variables: {"1": "{link}"}',
        )
    }
    chat = Chat(ledger, changes=changes)
    await serve(chat)
    lists(chat, template("HX1", "1", state=TemplateState.PAUSED))
    before = len(chat.whatsapp.sent)
    await time_passes(chat, 25 * HOUR)
    assert len(chat.whatsapp.sent) == before  # nobody is asked by what cannot be sent, nor counted as invited
    assert figures(chat).invited == 0
    lists(
        chat,
        template("HX1", "1", body="Survei: {{1}}", language="en"),
        template("HX1", "1", body="Isi: {{1}}"),
    )
    await time_passes(chat)
    sent = chat.whatsapp.sent[-1]
    assert (sent.template.language, sent.template.variables) == ("id", {"1": "https://desk.test/survey/1"})
    assert sent.text == "Isi: https://desk.test/survey/1"


async def test_no_more_are_invited_than_the_hour_allows(ledger):
    chat = Chat(ledger, changes=with_survey("{per_hour: 2}"))
    for number in range(1, 4):
        await serve(chat, number, sender=f"+6281{number}")
    for _ in range(5):
        await time_passes(chat, timedelta(minutes=70) if not figures(chat).invited else timedelta(minutes=1))
    assert figures(chat).invited == 2
    await time_passes(chat, HOUR)
    assert figures(chat).invited == 3


async def test_a_chat_with_buttons_asks_question_by_question_and_opens_nothing(ledger):
    chat = Chat(ledger, changes=with_survey("{invite: chat}"))
    await serve(chat, by="telegram")
    await time_passes(chat)
    assert "Pertanyaan 1 dari 9" in chat.told("4711")[-1].text
    for _ in range(9):
        label = chat.told("4711")[-1].buttons[2][0].label
        await chat.presses(label)
    assert "sudah lengkap" in chat.told("4711")[-1].text
    found = figures(chat).index
    assert (found.answers, str(found.index), found.grade) == (1, "75.00", "C")
    assert chat.ticket(1).status is Status.SOLVED
    with pytest.raises(tickets_.NoSuchTicketError):
        chat.ticket(2)


async def test_a_mark_in_a_chat_can_be_changed(ledger):
    chat = Chat(ledger, changes=with_survey("{invite: chat}"))
    await serve(chat, by="telegram")
    await time_passes(chat)
    first = chat.told("4711")[-1]
    for _ in range(9):
        await chat.presses(chat.told("4711")[-1].buttons[3][0].label)
    assert str(figures(chat).index.index) == "100.00"
    await chat.telegrams("Tidak sesuai", button=first.buttons[0][0].data)
    assert str(figures(chat).index.index) == "91.67"


async def test_another_ones_button_and_a_survey_that_is_over_count_for_nothing(ledger):
    chat = Chat(ledger, changes=with_survey("{invite: chat}"))
    await serve(chat, by="telegram")
    await time_passes(chat)
    button = chat.told("4711")[-1].buttons[3][0]
    await chat.telegrams(button.label, sender="4712", button=button.data)
    assert chat.told("4712") == []
    await chat.passes(timedelta(days=100))
    await chat.presses(button.label)
    assert "sudah berakhir" in chat.told("4711")[-1].text


async def test_whoever_was_invited_is_not_asked_after_closing_the_same_week(ledger):
    chat = Chat(ledger, changes=with_survey(quiet="2h"))
    await serve(chat)
    await time_passes(chat, 3 * HOUR)
    assert len(invitations(chat)) == 1
    await chat.writes("nilai saya hilang lagi, tolong dicek")
    await chat.agent_writes("1002", "/tutup", ticket=1)
    assert "sampai 5 (sangat puas)" not in chat.last
