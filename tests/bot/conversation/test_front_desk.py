"""One number, two desks: the contact is asked, the words decide, and a wrong choice is put right by a tap."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.bot.chat import MORNING, SLUG, Chat, GroupOfAgents
from tickets import revisions
from tickets.actions import answering
from tickets.actions.answering import Words
from tickets.actor import Actor, Kind, Role
from tickets.desk import DeskNow
from tickets.ledger import events
from tickets.lifecycle import Status
from tickets.matters import SEEN

BUDI = "1002"
STUDIO = "itb-studio"
SARI = Actor(kind=Kind.STAFF, id="sari@example.ac.id", role=Role.AGENT, desks=frozenset({STUDIO}))
BOTH = "lupa kata sandi akun INA saya, terus sertifikat pelatihan saya belum keluar"
VAGUE = "kak mau minta tolong soal yang kemarin itu"
GRADES = "nilai kuis saya belum muncul"
RULES = """\
- {id: baru, when: opened, then: {note: Baru.}}
- {id: kemarin, when: [opened, received], if: {any_words: [yang kemarin]}, then: {note: Lihat juga yang kemarin.}}
- {id: diam, when: {unanswered_for: 1m, counts: calendar}, then: {note: Menunggu.}}
"""


class SharedNumber(Chat):
    """The desk of the other tests, whose number and bot serve a studio with a group of its own as well."""

    def __init__(self, ledger) -> None:
        self.studio = GroupOfAgents()
        super().__init__(ledger, more={f"{STUDIO}/telegram": self.studio}, files={"rules.yaml": RULES})
        ours = self.desk.now.desk
        own_bot = next(each for each in ours.accounts if each.key == f"{SLUG}/telegram")
        shared = tuple(
            replace(each, settings={**each.settings, "shared_with": STUDIO})
            if each.key in {f"{SLUG}/whatsapp", f"{SLUG}/telegram"}
            else each
            for each in ours.accounts
        )
        self.desk = replace(self.desk, now=replace(self.desk.now, desk=replace(ours, accounts=shared)))
        self.desks.put(self.desk)
        accounts = (replace(own_bot, key=f"{STUDIO}/telegram", desk=STUDIO),)
        desk = replace(ours, slug=STUDIO, name="Studio Rekaman", accounts=accounts, staff=(), teams=())

        def save(tx):
            return revisions.save(tx, desk=STUDIO, files={}, terms=desk.terms, by="file", at=MORNING)

        now = DeskNow(desk=desk, revision=ledger.write_blocking(save), categories=frozenset({"studio"}))
        catalogue = replace(self.desk.catalogue, categories=(), replies=())
        matcher = type(self.desk.matcher).fit(catalogue)
        self.desks.put(replace(self.desk, now=now, catalogue=catalogue, matcher=matcher))


@pytest.fixture
def chat(ledger):
    return SharedNumber(ledger)


async def test_the_contact_chooses_and_the_desk_gets_it_with_its_promise_from_the_first_word(chat):
    await chat.writes(VAGUE)
    assert "Unit mana yang Anda tuju?" in chat.last
    assert "#1" in chat.last
    assert [button.label for row in chat.whatsapp.sent[-1].buttons for button in row] == [
        chat.desk.now.desk.name,
        "Studio Rekaman",
    ]
    wrote_at = chat.ticket().created_at
    await chat.writes("dengan lampiran ya kak")  # joins, and nobody is asked again
    assert (len(chat.said), chat.group.topics, chat.studio.topics) == (1, {}, {})
    await chat.writes("2")
    ticket = chat.ticket()
    assert (ticket.desk, ticket.status, ticket.snoozed_until) == (STUDIO, Status.NEW, None)
    assert chat.clock("first_response").started_at == wrote_at
    assert "Studio Rekaman" in chat.last
    assert (chat.group.topics, len(chat.studio.topics)) == ({}, 1)
    seen = "\n".join(out.text for out in chat.studio.in_topic("1"))
    assert VAGUE in seen
    assert "dengan lampiran" in seen
    await chat.writes("ditunggu ya")
    assert chat.ticket().desk == STUDIO
    await chat.writes("ganti unit")
    assert "Unit mana" in chat.last
    await chat.writes("1")
    assert (chat.ticket().desk, len(chat.group.topics)) == (SLUG, 1)


async def test_two_requests_stay_two_whoever_chooses_and_when(chat):
    """To the matcher of either desk they are vague; the studio has the catalogue of the other here."""
    chat.desks.put(replace(chat.desks[STUDIO], catalogue=chat.desk.catalogue, matcher=chat.desk.matcher))
    chooses, silent = "4711", "4712"
    for sender in (chooses, silent):
        await chat.telegrams(BOTH, sender=sender)
        assert "Unit mana" in chat.told(sender)[-1].text
    await chat.presses(chat.desk.now.desk.name)
    assert "membantu?" not in chat.told(chooses)[-1].text
    assert "lebih dari satu hal" in chat.topic(1)[0]
    await chat.passes(timedelta(minutes=11))
    assert "lebih dari satu hal" in chat.topic(2)[0]
    noted = chat.ledger.write_blocking(lambda tx: events.since(tx, 0, most=1000))
    assert [event.ticket for event in noted if event.kind == SEEN] == [1, 2]


async def test_a_desks_link_chooses_it_and_one_that_means_nothing_brings_the_menu(chat):
    await chat.telegrams("/start entah")
    assert "Unit mana" in chat.told("4711")[-1].text
    await chat.telegrams(f"/start {STUDIO}")
    await chat.telegrams(VAGUE)
    assert chat.ticket().desk == STUDIO


async def test_clear_words_go_where_they_belong_and_an_agent_puts_a_wrong_choice_right_by_a_tap(chat):
    await chat.writes(GRADES)
    assert chat.ticket().desk == SLUG
    assert "MENU" in chat.last
    await chat.agent_presses(BUDI, "Studio Rekaman", ticket=1)  # who works at one desk alone
    assert chat.ticket().desk == STUDIO
    assert len(chat.studio.topics) == 1


async def test_who_chooses_nothing_is_read_by_the_first_desk_which_is_told(chat):
    await chat.telegrams("/start")
    await chat.presses("Studio Rekaman")
    assert "Silakan tuliskan" in chat.told("4711")[-1].text
    await chat.telegrams(VAGUE)
    assert chat.ticket().desk == STUDIO  # as was chosen before there was anything to choose for
    await chat.writes(VAGUE)
    await chat.passes(timedelta(minutes=11))
    ticket = chat.ticket(2)
    assert (ticket.desk, ticket.snoozed_until) == (SLUG, None)
    seen = chat.topic(2)
    assert any("tidak memilih unit" in text for text in seen)
    assert any(VAGUE in text for text in seen)
    await chat.writes("2")  # late, but nobody has begun
    assert chat.ticket(2).desk == STUDIO


async def test_rules_wait_for_the_desk_and_start_once_there(chat):
    """Each of them writes twice: what a rule asks for stands in the first message."""
    chooses, stays, says_nothing, late = "+62811", "+62812", "+62813", "+62814"
    for sender in (chooses, stays, says_nothing, late):
        await chat.writes(VAGUE, sender=sender)
        await chat.writes("ditunggu kak", sender=sender)
    await chat.jobs.start_rules()
    await chat.writes("yang nomor dua", sender=chooses)
    await chat.writes("1", sender=stays)
    await chat.passes(timedelta(minutes=8))
    await chat.writes("2", sender=late)
    happened = chat.ledger.write_blocking(lambda tx: events.since(tx, 0, most=1000))
    applied = sorted(
        (event.ticket, event.desk, event.data["rule"]) for event in happened if event.kind == "rule.applied"
    )
    where = {1: STUDIO, 2: SLUG, 3: SLUG, 4: SLUG}  # who chooses late is passed on as it stands
    assert applied == [
        (ticket, desk, rule) for ticket, desk in where.items() for rule in ("baru", "diam", "kemarin")
    ]
    assert chat.ticket(4).desk == STUDIO


async def test_an_open_ticket_is_gone_on_with_at_its_desk_whatever_is_written(chat):
    await chat.writes(VAGUE)
    await chat.writes("studo")  # a letter is missing
    answer = Words(text="Boleh dijelaskan?")
    chat.ledger.write_blocking(lambda tx: answering.answer(tx, 1, answer, by=SARI, at=chat.now))
    for text in (GRADES, "1", chat.desk.now.desk.name):
        await chat.writes(text)
    assert (chat.ticket().desk, chat.ticket().status) == (STUDIO, Status.OPEN)
    assert len(chat.studio.topics) == 1
