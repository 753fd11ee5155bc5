"""What WhatsApp took and could not bring after all: what goes once more, what waits, what is over, and which template."""

from datetime import timedelta

import pytest

from channels.contract import RefusedByProvider
from tests.bot.chat import SLUG, Chat
from tests.bot.test_windows import answers, lists, seen, template
from tickets import approved
from tickets.clocks import FIRST_RESPONSE
from tickets.message import Delivery, Refusal, TemplateState, Told

BUDI = "1002"
ACCOUNT = f"{SLUG}/whatsapp"
ANSWER = "Sudah kami atur ulang."


@pytest.fixture
def chat(ledger):
    chat = Chat(ledger, environment={"SID_REOPEN": "HX1", "SID_SOLVED": "HX2"})
    chat.whatsapp.known_as = lambda _outgoing: f"SM{len(chat.whatsapp.sent)}"  # a new one each time
    return chat


async def fails(chat, which=None, **failure):
    """Let the provider tell that the newest message failed."""
    failure = {"error": "Terlalu lama di antrean.", **failure}
    name = f"SM{len(chat.whatsapp.sent) if which is None else which}"
    told = Told(
        event_id=f"{name}:failed", account=ACCOUNT, external_id=name, state=Delivery.FAILED, **failure
    )
    await chat.receiver.deliver(told)
    await chat.settle()


async def answered(chat):
    await chat.writes("Halo, nilai saya belum keluar di Edunex")
    await chat.agent_writes(BUDI, ANSWER, ticket=1)


@pytest.mark.parametrize(
    ("failure", "after"),
    [
        ({"again_after": timedelta(seconds=5)}, timedelta(seconds=10)),
        ({"again_after": timedelta(seconds=30)}, timedelta(seconds=31)),
        ({"account_broken": True}, timedelta(minutes=6)),
    ],
)
async def test_what_may_pass_goes_again_after_its_wait_and_only_then(chat, failure, after):
    await answered(chat)
    await fails(chat, **failure)
    assert [(each.state, each.error) for each in answers(chat)] == [("queued", "Terlalu lama di antrean.")]
    assert chat.said.count(ANSWER) == 1
    assert chat.clock(FIRST_RESPONSE).met_at is not None
    await chat.passes(after)
    assert chat.said.count(ANSWER) == 2
    await fails(chat, which=len(chat.whatsapp.sent) - 1, again_after=timedelta(seconds=5))  # told twice
    await chat.passes(timedelta(minutes=2))
    assert chat.said.count(ANSWER) == 2
    assert [each.state for each in answers(chat)] == ["sent"]


async def test_what_expired_in_the_queue_after_the_window_waits_for_the_contact(chat):
    await answered(chat)
    chat.now += timedelta(hours=23, minutes=59)
    await fails(chat, again_after=timedelta(minutes=2))
    await chat.passes(timedelta(minutes=3))
    assert answers(chat)[0].waits
    await chat.writes("halo?")
    assert chat.said.count(ANSWER) == 2


async def test_after_a_day_or_in_parts_it_is_a_failure_like_any_other(chat):
    await answered(chat)
    chat.now += timedelta(hours=25)
    await fails(chat, again_after=timedelta(seconds=5))
    assert [each.state for each in answers(chat)] == ["failed"]
    assert chat.clock(FIRST_RESPONSE).met_at is None

    await chat.writes("halo?")
    chat.whatsapp.known_as = lambda _outgoing: "SM-first"
    taken = chat.whatsapp.send

    async def in_two_parts(outgoing):
        sent = await taken(outgoing)
        return type(sent)(external_ids=("SM-first", "SM-second"))

    chat.whatsapp.send = in_two_parts
    await chat.agent_writes(BUDI, "Panjang sekali.", ticket=1)
    await fails(chat, which="-second", again_after=timedelta(seconds=5))
    told = Told(
        event_id="x", account=ACCOUNT, external_id="SM-second", state=Delivery.FAILED,
        again_after=timedelta(seconds=5),
    )  # fmt: skip
    await chat.receiver.deliver(told)
    await chat.passes(timedelta(minutes=1))
    assert chat.said.count("Panjang sekali.") == 1
    assert answers(chat)[-1].state == "failed"


@pytest.mark.parametrize("by_callback", [True, False])
async def test_a_template_that_turns_out_to_be_paused_is_not_used_again(chat, by_callback):
    await chat.writes("Halo, nilai saya belum keluar di Edunex")
    lists(chat, template("HX2", "1", "2", "3"), template("HX1", "1", "2"))
    await chat.agent_writes(BUDI, f"/kategori {min(chat.desk.now.categories)}", ticket=1)
    await chat.passes(timedelta(hours=25))
    paused = {"why": Refusal.TEMPLATE, "template_is": TemplateState.PAUSED}
    if by_callback:
        await chat.agent_writes(BUDI, "/tutup", ticket=1)
        assert chat.whatsapp.sent[-1].template.content_sid == "HX2"
        await fails(chat, **paused)
    else:
        chat.whatsapp.fails_with = RefusedByProvider("Template sedang dijeda.", code="63041", **paused)
        await chat.agent_writes(BUDI, "/tutup", ticket=1)
        chat.whatsapp.fails_with = None
    assert any("Pesan otomatis untuk tiket #1 tidak tersampaikan" in text for text in chat.topic(1))
    known = chat.ledger.write_blocking(lambda tx: approved.listing(tx, ACCOUNT))
    assert {each.name: each.state for each in known.templates} == {
        "HX1": TemplateState.APPROVED, "HX2": TemplateState.PAUSED,
    }  # fmt: skip
    assert chat.ledger.write_blocking(
        lambda tx: approved.begin(tx, ACCOUNT, since=chat.now, at=chat.now)
    )  # asked for anew
    await chat.writes("Belum, masih sama saja, tolong dibuka lagi")
    await chat.passes(timedelta(hours=25))
    before = len(chat.said)
    await chat.agent_writes(BUDI, "/tutup", ticket=1)
    assert len(chat.said) == before
    assert "menjedanya" in seen(chat).messages[-1].delivery.error
