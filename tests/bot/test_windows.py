"""WhatsApp's 24 hours: what waits for the contact, what asks them for a word, what goes as a template or is said lost."""

from datetime import timedelta

import pytest

from channels.contract import RefusedByProvider
from tests.bot.chat import SLUG, Chat
from tickets import approved, contacts, outbox, parked
from tickets.clocks import FIRST_RESPONSE
from tickets.message import Delivery, ListedTemplate, Refusal, TemplateState, TemplateTold, Told
from tickets.views import ticket as whole_ticket

BUDI = "1002"
ACCOUNT = f"{SLUG}/whatsapp"
LATER = timedelta(hours=25)
CLOSED = RefusedByProvider("the window is closed", code="63016", why=Refusal.WINDOW)


@pytest.fixture
def chat(ledger):
    return Chat(ledger, environment={"SID_REOPEN": "HX1", "SID_SOLVED": "HX2"})


def lists(chat, *templates):
    """Let the provider's list be this."""
    chat.ledger.write_blocking(lambda tx: approved.begin(tx, ACCOUNT, since=chat.now, at=chat.now))
    chat.ledger.write_blocking(lambda tx: approved.replace(tx, ACCOUNT, templates, at=chat.now))


def template(name, *variables, state=TemplateState.APPROVED, body="", language="id"):
    return ListedTemplate(
        name=name, language=language, state=state, body=body, variables=dict.fromkeys(variables, "x")
    )


def seen(chat, number=1):
    with chat.ledger.reading() as session:
        return whole_ticket(session, number, link=str)


def answers(chat):
    return [each.delivery for each in seen(chat).messages if each.author == "agent"]


def events_of(chat, *kinds):
    return [event.kind for event in seen(chat).events if event.kind in kinds]


async def test_an_answer_after_24_hours_waits_and_goes_out_in_order_when_the_contact_writes(chat):
    await chat.writes("Halo, nilai saya belum keluar di Edunex")
    assert any("bebas menulis sampai" in text for text in chat.topic(1))
    await chat.passes(LATER)
    before = len(chat.said)
    await chat.agent_writes(BUDI, "Nilainya sudah ada.", ticket=1)
    await chat.agent_writes(BUDI, "Mohon dicek.", ticket=1)
    assert len(chat.said) == before
    assert [(each.state, each.waits) for each in answers(chat)] == [("queued", True)] * 2
    assert seen(chat).window.waiting == 2
    assert "😴" in chat.group.reactions.values()
    assert any("Jawaban yang menunggu: 2" in text for text in chat.topic(1))
    assert chat.clock(FIRST_RESPONSE).met_at is None  # what the contact has not got is no answer

    await chat.agent_presses(BUDI, "Kirim templat", ticket=1)
    (knock,) = chat.whatsapp.sent[before:]
    assert (knock.template.content_sid, knock.template.variables) == ("HX1", {"1": "Ana", "2": "#1"})
    assert chat.clock(FIRST_RESPONSE).met_at is not None
    await chat.agent_writes(BUDI, "/ketuk", ticket=1)
    assert "sudah dikirim" in chat.topic(1)[-1]
    assert len(chat.said) == before + 1  # once in each silence

    await chat.writes("ya")
    assert [text for text in chat.said[before + 1 :] if text in {"Nilainya sudah ada.", "Mohon dicek."}] == [
        "Nilainya sudah ada.", "Mohon dicek.",
    ]  # fmt: skip
    assert [each.state for each in answers(chat)] == ["sent", "sent"]
    assert seen(chat).window.waiting == 0


async def test_what_waits_can_be_taken_back_and_is_given_up_after_a_month(chat):
    await chat.writes("Halo, nilai saya belum keluar di Edunex")
    await chat.passes(LATER)
    await chat.agent_writes(BUDI, "Salah kirim", ticket=1)
    await chat.agent_writes(BUDI, "/tarik", ticket=1)
    assert "ditarik: 1" in chat.topic(1)[-1]
    assert chat.topic(1)[-1].endswith("\n\nSalah kirim")
    assert [each.state for each in answers(chat)] == ["failed"]
    assert not any("tidak terkirim" in text.lower() for text in chat.topic(1))  # whoever did it knows
    await chat.agent_writes(BUDI, "Yang benar", ticket=1)
    chat.now += timedelta(days=31)
    await chat.jobs.give_up_parked()
    await chat.settle()
    assert "30 hari" in answers(chat)[1].error
    before = len(chat.said)
    await chat.writes("halo lagi")
    assert "Yang benar" not in chat.said[before:]
    assert chat.clock(FIRST_RESPONSE).met_at is None


async def test_the_provider_has_the_last_word_at_once_or_by_a_callback(chat):
    await chat.writes("Halo, nilai saya belum keluar di Edunex")
    chat.whatsapp.known_as = lambda _outgoing: f"SM{len(chat.whatsapp.sent)}"  # a new one each time
    chat.whatsapp.fails_with = CLOSED
    await chat.agent_writes(BUDI, "Sudah ada.", ticket=1)
    assert answers(chat)[0].waits
    chat.whatsapp.fails_with = None
    assert "jendela 24 jam tertutup" in chat.topic(1)[0]
    await chat.agent_presses(BUDI, "Kirim templat", ticket=1)  # though by our own count it is open
    assert chat.whatsapp.sent[-1].template.content_sid == "HX1"
    await chat.writes("halo?")
    await chat.agent_writes(BUDI, "/ketuk", ticket=1)
    assert "masih dapat dijawab bebas" in chat.topic(1)[-1]
    await chat.agent_writes(BUDI, "/tarik", ticket=1)
    assert "Tidak ada jawaban yang menunggu" in chat.topic(1)[-1]
    assert chat.said.count("Sudah ada.") == 1

    number = 1 + chat.said.index("Sudah ada.")
    told = Told(
        event_id="t1", account=ACCOUNT, external_id=f"SM{number}", state=Delivery.FAILED,
        error="closed", why=Refusal.WINDOW,
    )  # fmt: skip
    await chat.receiver.deliver(told)
    await chat.settle()
    assert answers(chat)[0].waits
    assert events_of(chat, "delivery.parked", "delivery.released") == [
        "delivery.parked", "delivery.released", "delivery.parked",
    ]  # fmt: skip
    await chat.writes("saya masih menunggu")
    assert chat.said.count("Sudah ada.") == 2  # the first one never arrived
    assert [each.state for each in answers(chat)] == ["sent"]


async def test_a_callback_before_the_send_call_returned_parks_once_and_for_all(chat):
    await chat.writes("Halo, nilai saya belum keluar di Edunex")
    taken = []

    class Early:
        async def send(self, outgoing):
            told = Told(
                event_id="t1", account=ACCOUNT, external_id="SM9", delivery=outgoing.delivery, state=Delivery.FAILED,
                why=Refusal.WINDOW,
            )  # fmt: skip
            await chat.receiver.deliver(told)
            taken.append(outgoing.text)
            return outbox.Sent(external_ids=("SM9",))

    chat.adapters._adapters[ACCOUNT] = Early()
    await chat.agent_writes(BUDI, "Sudah ada.", ticket=1)
    assert taken == ["Sudah ada."]
    assert answers(chat)[0].waits
    chat.adapters._adapters[ACCOUNT] = chat.whatsapp
    await chat.writes("halo?")
    assert "Sudah ada." in chat.said


async def test_a_contact_who_writes_while_it_is_tried_gets_it_at_once(chat):
    await chat.writes("Halo, nilai saya belum keluar di Edunex")
    await chat.passes(LATER)
    await chat.agent_writes(BUDI, "Sudah ada.", ticket=1)
    row = chat.ledger.write_blocking(lambda tx: parked.waiting_on(tx, 1))
    assert row == 1
    await chat.writes("halo?")
    ana = chat.ledger.write_blocking(lambda tx: contacts.load_address(tx, 1))
    chat.ledger.write_blocking(
        lambda tx: parked.release(tx, ana, [], at=chat.now)
    )  # nothing is released twice
    await chat.settle()
    assert chat.said.count("Sudah ada.") == 1


async def test_what_the_bot_says_goes_as_a_template_or_is_said_to_be_lost(chat):
    await chat.writes("Halo, nilai saya belum keluar di Edunex")
    await chat.agent_writes(BUDI, f"/kategori {min(chat.desk.now.categories)}", ticket=1)
    await chat.passes(LATER)
    before = len(chat.said)
    await chat.agent_writes(BUDI, "/tutup", ticket=1)
    assert [each.template.content_sid for each in chat.whatsapp.sent[before:]] == ["HX2"]

    await chat.writes("Belum, masih sama saja, tolong dibuka lagi")
    lists(chat, template("HX2", "1", "2", "3", state=TemplateState.PAUSED))
    await chat.passes(LATER)
    before = len(chat.said)
    await chat.agent_writes(BUDI, "/tutup", ticket=1)
    assert len(chat.said) == before
    assert (
        "dijeda" in seen(chat).messages[-1].delivery.error
        or "menjedanya" in seen(chat).messages[-1].delivery.error
    )
    assert any("Pesan otomatis untuk tiket #1 tidak tersampaikan" in text for text in chat.topic(1))


@pytest.mark.parametrize(
    ("listed", "said"),
    [
        ((), "penyedia tidak mempunyai templat"),
        ((template("HX1", "1", "2", state=TemplateState.PENDING),), "belum menyetujuinya"),
        ((template("HX1", "1"),), "variabelnya tidak sama"),
    ],
)
async def test_a_template_that_cannot_be_sent_is_not_and_the_agent_reads_why(chat, listed, said):
    await chat.writes("Halo, nilai saya belum keluar di Edunex")
    lists(chat, *listed)
    await chat.passes(LATER)
    before = len(chat.said)
    await chat.agent_writes(BUDI, "/ketuk", ticket=1)
    assert said in chat.topic(1)[-1]
    assert len(chat.said) == before


async def test_a_knock_that_does_not_arrive_is_as_never_made(chat):
    await chat.writes("Halo, nilai saya belum keluar di Edunex")
    await chat.passes(LATER)
    chat.whatsapp.fails_with = RefusedByProvider("paused", code="63041", why=Refusal.TEMPLATE)
    await chat.agent_writes(BUDI, "/ketuk", ticket=1)
    assert chat.clock(FIRST_RESPONSE).met_at is None
    assert any("Pesan otomatis" in text for text in chat.topic(1))
    chat.whatsapp.fails_with = None
    await chat.agent_writes(BUDI, "/ketuk", ticket=1)
    assert chat.whatsapp.sent[-1].template.content_sid == "HX1"
    assert chat.clock(FIRST_RESPONSE).met_at is not None


RINA = "+628110001"
AS_SHIPPED = 'email: rina@example.ac.id, telegram: 1001, whatsapp: "+628110001"'
ALONE = {"desk.yaml": (AS_SHIPPED, 'whatsapp: "+628110001"')}
WITH_MAIL = {"desk.yaml": (AS_SHIPPED, 'email: rina@example.ac.id, whatsapp: "+628110001"')}
FREE, BY_TEMPLATE, BY_MAIL, LOST = "free text", "template", "mail", "the ticket says so"


# When the supervisor last wrote to the number, the other ways to them, whether there is a template; what they get.
@pytest.mark.parametrize(
    ("wrote", "ways", "named", "expected"),
    [
        (timedelta(hours=1), ALONE, False, FREE),
        (timedelta(hours=25), ALONE, True, BY_TEMPLATE),
        (None, ALONE, True, BY_TEMPLATE),
        (timedelta(hours=25), WITH_MAIL, False, BY_MAIL),
        (timedelta(hours=25), ALONE, False, LOST),
    ],
)
async def test_people_of_the_desk_have_a_window_of_their_own(ledger, wrote, ways, named, expected):
    chat = Chat(ledger, changes=ways, environment={"SID_ALERT": "HX3"} if named else {})
    if wrote is not None:
        await chat.writes("halo", sender=RINA)
        chat.now += wrote
    before = len(chat.whatsapp.sent)
    await chat.writes("Halo, nilai saya belum keluar di Edunex")
    await chat.passes(timedelta(minutes=20))
    told = [each for each in chat.whatsapp.sent[before:] if each.place.address == RINA]
    mailed = [each for each in chat.email.sent if each.place.address == "rina@example.ac.id"]
    lost = any("tidak tersampaikan kepada petugas" in text for text in chat.topic(1))
    got = {
        FREE: bool(told) and told[0].template is None,
        BY_TEMPLATE: bool(told) and told[0].template is not None,
        BY_MAIL: bool(mailed),
        LOST: lost,
    }
    assert [name for name, has in got.items() if has] == [expected]
    if expected == BY_TEMPLATE:
        assert told[0].template.content_sid == "HX3"
        assert told[0].template.variables["2"].count(" · ") > 1  # whole lines, in one
        assert "#1" in told[0].template.variables["2"]
    if expected == FREE:
        assert timedelta(hours=22) < told[0].valid_for < timedelta(hours=23)


@pytest.mark.parametrize(("ways", "mails"), [(WITH_MAIL, True), (ALONE, False)])
async def test_an_alert_that_turns_out_not_to_have_arrived_goes_another_way_once(ledger, ways, mails):
    chat = Chat(ledger, changes=ways, environment={"SID_ALERT": "HX3"})
    await chat.writes("Halo, nilai saya belum keluar di Edunex")
    await chat.passes(timedelta(minutes=20))
    told = [each for each in chat.whatsapp.sent if each.place.address == RINA][-1]  # after the digest
    for event in ("t1", "t2"):
        failed = Told(
            event_id=event, account=ACCOUNT, external_id=chat.whatsapp.known_as(told), state=Delivery.FAILED,
            error="Template ini sedang dijeda.", why=Refusal.TEMPLATE,
        )  # fmt: skip
        await chat.receiver.deliver(failed)
        await chat.settle()
    mailed = [each for each in chat.email.sent if each.place.address == "rina@example.ac.id"]
    lost = [text for text in chat.topic(1) if "tidak tersampaikan kepada petugas" in text]
    assert (len(mailed), len(lost)) == ((1, 0) if mails else (0, 1))


async def test_what_the_provider_holds_back_is_not_to_be_sent_after_the_window(chat):
    await chat.writes("Halo, nilai saya belum keluar di Edunex")
    chat.now += timedelta(hours=20)
    await chat.agent_writes(BUDI, "Sudah ada.", ticket=1)
    left = next(each for each in chat.whatsapp.sent if each.text == "Sudah ada.").valid_for
    assert timedelta(hours=3, minutes=50) < left < timedelta(hours=4)


@pytest.mark.parametrize("had_a_list", [True, False])
async def test_what_the_provider_tells_of_a_template_counts_at_once_and_until_it_tells_otherwise(
    chat, had_a_list
):
    await chat.writes("Halo, nilai saya belum keluar di Edunex")
    if had_a_list:
        lists(chat, template("HX1", "1", "2"))
    await chat.passes(LATER)
    before = len(chat.said)
    for state, sent in ((TemplateState.PAUSED, 0), (TemplateState.APPROVED, 1)):
        told = TemplateTold(event_id=state, account=ACCOUNT, name="HX1", language="id", state=state)
        await chat.receiver.deliver(told)
        await chat.agent_writes(BUDI, "/ketuk", ticket=1)
        assert len(chat.said) - before == sent
    assert any("menjedanya" in text for text in chat.topic(1))
