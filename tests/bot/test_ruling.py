"""The desk's rules at work: once each, never in circles, and never against what a person has decided."""

from datetime import timedelta

import pytest
from sqlalchemy import bindparam, select

from tests.bot.chat import SLUG, Chat
from tickets.actions import tagging
from tickets.ledger import events, followers
from tickets.ledger.prepared import Prepared
from tickets.tables import Outbox

BUDI = "1002"
_OUTBOX = Outbox.__table__
_TOLD = Prepared(select(_OUTBOX).where(_OUTBOX.c.account == bindparam("account")))
DOWN = "kak edunex mati ya, dari pagi server down terus tidak bisa dibuka"
DAY = timedelta(days=1)
OUTAGE = """\
- id: outage
  name: Gangguan Edunex
  when: received
  if: {any_words: [server down]}
  then: {category: login, tag: gangguan, assign: Sari Wulandari, note: Cek status server dahulu.}
"""


@pytest.fixture
def chat_with(ledger):
    return lambda rules: Chat(ledger, files={"rules.yaml": rules})


def tags(chat, number=1):
    return chat.ledger.write_blocking(lambda tx: tagging.tags_of(tx, number))


def history(chat, *kinds):
    happened = chat.ledger.write_blocking(lambda tx: events.since(tx, 0, most=1000))
    return [event for event in happened if event.kind in kinds]


async def test_a_rule_does_what_it_says_in_its_own_name(chat_with):
    chat = chat_with(OUTAGE)
    await chat.writes(DOWN)
    ticket = chat.ticket()
    assert (ticket.category, ticket.category_by) == ("login", "system:rule-outage")
    assert (ticket.assignee, tags(chat)) == ("sari@example.ac.id", ("gangguan",))
    assert any("Catatan aturan Gangguan Edunex" in text for text in chat.topic(1))
    (applied,) = history(chat, "rule.applied")
    assert (applied.actor, applied.data["rule"]) == ("system:rule-outage", "outage")
    assert applied.data["did"] == ["category:login", "tag:gangguan", "assign:sari@example.ac.id", "note"]


async def test_other_words_start_nothing(chat_with):
    chat = chat_with(OUTAGE)
    await chat.writes("nilai kuis saya belum muncul padahal sudah dikoreksi")
    assert history(chat, "rule.applied") == []


async def test_what_one_rule_asks_is_looked_up_though_no_other_asks_it(chat_with):
    chat = chat_with("""\
- {id: satu, when: opened, if: {channel: whatsapp}, then: {tag: gangguan}}
- {id: dua, when: received, if: {status: new}, then: {tag: keluhan}}
- {id: tiga, when: categorised, if: {language: id, verified: false}, then: {tag: ujian}}
- {id: empat, when: assigned, if: {address: "*62*"}, then: {tag: tindak-lanjut}}
""")
    await chat.writes(DOWN)
    await chat.agent_writes(BUDI, "/kategori password", ticket=1)
    await chat.agent_writes(BUDI, "/ambil", ticket=1)
    assert set(tags(chat)) == {"gangguan", "keluhan", "ujian", "tindak-lanjut"}


async def test_a_rule_that_is_off_does_nothing(chat_with):
    chat = chat_with(OUTAGE.replace("when: received", "off: true\n  when: received"))
    await chat.writes(DOWN)
    assert history(chat, "rule.applied") == []


async def test_one_event_starts_a_rule_once_however_often_it_is_followed(chat_with):
    chat = chat_with("- {id: catat, when: received, then: {note: Sudah masuk.}}")
    await chat.writes(DOWN)
    chat.ledger.write_blocking(lambda tx: followers.move(tx, "rules", 0))
    await chat.settle()
    assert len(history(chat, "rule.applied")) == 1


async def test_what_a_rule_does_starts_no_rules(chat_with):
    chat = chat_with("""\
- {id: pasang, when: [received, tagged], then: {tag: gangguan, untag: keluhan}}
- {id: lepas, when: tagged, if: {tags: gangguan}, then: {tag: keluhan, untag: gangguan}}
""")
    await chat.writes(DOWN)
    assert tags(chat) == ("gangguan",)
    assert [event.data["rule"] for event in history(chat, "rule.applied")] == ["pasang"]


async def test_what_a_person_decided_stays(chat_with):
    chat = chat_with(OUTAGE)
    await chat.writes("halo, mau tanya")
    await chat.agent_writes(BUDI, "/kategori password", ticket=1)
    await chat.agent_writes(BUDI, "/ambil", ticket=1)
    await chat.agent_writes(BUDI, "/tag gangguan", ticket=1)
    await chat.agent_writes(BUDI, "/hapustag gangguan", ticket=1)
    await chat.writes(DOWN)
    assert (chat.ticket().category, chat.ticket().assignee) == ("password", "budi@example.ac.id")
    assert tags(chat) == ()
    (applied,) = history(chat, "rule.applied")
    assert applied.data["did"] == ["note"]
    assert applied.data["left"] == ["category:login", "tag:gangguan", "assign:sari@example.ac.id"]


REPLY = "- {id: jawab, when: received, if: {any_words: [server down]}, then: {reply: slow}}"


async def test_a_reply_is_sent_and_shown_to_the_agents_and_meets_no_promise(chat_with):
    chat = chat_with(REPLY)
    await chat.writes(DOWN)
    body = chat.desk.catalogue.reply("slow").body["id"]
    assert chat.last.startswith(body.split("{", 1)[0][:10])
    assert any("Dijawab otomatis" in text for text in chat.topic(1))
    assert chat.clock("first_response").met_at is None


async def test_nobody_who_asked_for_silence_is_written_to(chat_with):
    chat = chat_with(REPLY)
    await chat.writes(DOWN)
    await chat.writes("STOP")
    before = len(chat.said)
    await chat.writes(DOWN)
    assert len(chat.said) == before
    assert history(chat, "rule.applied")[-1].data["left"] == ["reply:slow"]


async def test_automatic_mail_is_never_answered(chat_with):
    chat = chat_with(REPLY)
    await chat.mails(DOWN, automatic=True)
    assert chat.email.sent == []


async def test_the_limit_on_automatic_answers_holds_for_rules_too(ledger):
    chat = Chat(
        ledger,
        changes={"desk.yaml": ("retention: 5y", "limits: {answers: 2/1h}\nretention: 5y")},
        files={"rules.yaml": REPLY},
    )
    for _ in range(4):
        await chat.writes(DOWN)
    assert len(chat.said) == 2


REMIND = """\
- id: ingatkan
  when: {waiting_for: 3d, counts: calendar}
  then: {tag: tindak-lanjut, reply: waiting-for-you}
"""


async def test_what_has_lasted_starts_a_rule_once(chat_with):
    chat = chat_with(REMIND)
    await chat.mails("nilai saya belum muncul")
    await chat.agent_writes(BUDI, "/tunggu Boleh kirim tangkapan layarnya?", ticket=1)
    await chat.passes(2 * DAY)
    assert tags(chat) == ()
    await chat.passes(DAY)
    assert tags(chat) == ("tindak-lanjut",)
    sent = len(chat.email.sent)
    await chat.passes(3 * DAY)
    assert len(chat.email.sent) == sent
    assert len(history(chat, "rule.applied")) == 1


async def test_the_contact_s_message_ends_the_waiting(chat_with):
    chat = chat_with(REMIND)
    await chat.mails("nilai saya belum muncul", external_id="<a@x>")
    await chat.agent_writes(BUDI, "/tunggu Boleh kirim tangkapan layarnya?", ticket=1)
    await chat.mails("ini kak", references=("<a@x>",))
    await chat.passes(4 * DAY)
    assert history(chat, "rule.applied") == []


async def test_outside_whatsapp_s_window_nothing_is_sent_without_a_template_of_its_own(chat_with):
    chat = chat_with(REMIND)
    await chat.writes("nilai saya belum muncul")
    await chat.agent_writes(BUDI, "/tunggu Boleh kirim tangkapan layarnya?", ticket=1)
    before = len(chat.said)
    await chat.passes(3 * DAY)
    assert len(chat.said) == before
    (applied,) = history(chat, "rule.applied")
    assert (applied.data["did"], applied.data["left"]) == (["tag:tindak-lanjut"], ["reply:waiting-for-you"])


async def test_history_starts_nothing_any_more(chat_with):
    chat = chat_with(OUTAGE)
    rules = next(each for each in chat._followers if each.name == "rules")
    chat._followers.remove(rules)  # the desk took messages in while this process stood still
    await chat.writes(DOWN)
    chat.now += 2 * DAY
    chat._followers.append(rules)
    await chat.settle()
    assert history(chat, "rule.applied") == []


async def test_a_rule_sets_the_priority_and_tells_a_webhook_once(ledger):
    hook = "webhooks: [{id: status, url: 'https://status.example.ac.id', secret: '${HOOK}', events: [rule.applied]}]"
    chat = Chat(
        ledger,
        changes={"desk.yaml": ("retention: 5y", f"{hook}\nretention: 5y")},
        files={"rules.yaml": "- {id: mendesak, when: received, then: {priority: urgent, webhook: status}}"},
    )
    await chat.writes(DOWN)
    assert chat.ticket().priority == 2
    told = chat.ledger.write_blocking(lambda tx: tx.all(_TOLD, account=f"{SLUG}/hook/status"))
    (applied,) = history(chat, "rule.applied")
    assert [(row.ticket, row.payload["event"]) for row in told] == [(1, applied.id)]
