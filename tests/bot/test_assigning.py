"""Tickets that find their holders by themselves: by load and by turns, in hours, never somebody absent or full."""

from datetime import timedelta

from bot.assigning import turn
from tests.bot.chat import SLUG, Chat
from tickets import ticket as tickets_
from tickets.actions import handling
from tickets.actor import Actor, Kind, Role
from tickets.ledger import events
from tickets.ledger.store import Ledger
from tickets.lifecycle import Status

BUDI, SARI, DIMAS, AYU, RINA, YOGA = "1002", "1003", "1004", "1005", "1001", "1006"
AGENTS = {f"{name}@example.ac.id" for name in ("budi", "sari", "dimas", "ayu")}
SUPERVISOR = Actor(kind=Kind.STAFF, id="rina@example.ac.id", role=Role.SUPERVISOR, desks=frozenset({SLUG}))
TEAM = {f"{name}@example.ac.id" for name in ("yoga", "intan", "farhan")}
QUESTION = "kak nilai kuis saya di matkul fisika kok belum muncul ya padahal sudah dikoreksi"
ONE_EACH = {"desk.yaml": ("way: least_loaded, capacity: 10", "way: least_loaded, capacity: 1")}
EVENING = timedelta(hours=9)  # after the chat's morning


def desk(ledger, **options):
    return Chat(ledger, by_hand=False, **options)


async def asks(chat, people, *, start=1):
    """So many people write; the holders of their tickets."""
    for sender in range(start, start + people):
        await chat.writes(QUESTION, sender=f"+62800{sender}", name=f"Orang {sender}")
    return [chat.ticket(number).assignee for number in range(start, start + people)]


async def closes(chat, who, number):
    await chat.agent_writes(who, "/kategori login", ticket=number)
    await chat.agent_writes(who, "/tutup", ticket=number)


async def test_each_ticket_goes_to_whoever_has_most_room_and_no_supervisor_or_second_line_is_given_any(
    ledger,
):
    chat = desk(ledger)
    holders = await asks(chat, 4)
    assert set(holders) == AGENTS
    assert chat.ticket(1).assigned_by == "system:assignment"


async def test_whoever_is_given_a_ticket_is_told_with_its_card(ledger):
    chat = desk(ledger)
    await asks(chat, 1)
    [notice] = [outgoing for outgoing in chat.group.private if "Tiket #1 untuk Anda" in outgoing.text]
    assert "Orang 1" in notice.text
    assert [button.label for row in notice.buttons for button in row]


async def test_who_is_full_gets_nothing_and_what_waits_is_given_out_when_somebody_has_room_again(ledger):
    chat = desk(ledger, changes=ONE_EACH)
    assert None not in await asks(chat, 4)
    assert await asks(chat, 2, start=5) == [None, None]
    await closes(chat, RINA, 1)
    assert chat.ticket(5).assignee == chat.ticket(1).assignee
    assert chat.ticket(6).assignee is None


async def test_what_is_urgent_is_given_out_before_what_is_old(ledger):
    chat = desk(ledger, changes=ONE_EACH)
    await asks(chat, 6)
    await ledger.write(lambda tx: tickets_.change(tx, tickets_.load(tx, 6), at=chat.now, priority=2))
    await closes(chat, RINA, 1)
    assert chat.ticket(6).assignee in AGENTS
    assert chat.ticket(5).assignee is None


async def test_whoever_takes_a_break_is_given_nothing_and_gets_what_waits_when_they_are_back(ledger):
    chat = desk(ledger, changes=ONE_EACH)
    for who in (BUDI, SARI, DIMAS):
        await chat.says(who, "/istirahat")
    assert await asks(chat, 2) == ["ayu@example.ac.id", None]
    await chat.says(BUDI, "/kembali")
    assert chat.ticket(2).assignee == "budi@example.ac.id"


async def test_a_break_ends_by_itself(ledger):
    chat = desk(ledger, changes=ONE_EACH)
    for who in (BUDI, SARI, DIMAS, AYU):
        await chat.says(who, "/break 30m")
    assert await asks(chat, 1) == [None]
    await chat.passes(timedelta(minutes=29))
    assert chat.ticket(1).assignee is None
    await chat.passes(timedelta(minutes=1))
    assert chat.ticket(1).assignee in AGENTS


async def test_outside_the_hours_tickets_wait_for_the_opening(ledger):
    chat = desk(ledger)
    await chat.passes(EVENING)
    assert await asks(chat, 1) == [None]
    await chat.passes(timedelta(hours=14))  # the next morning, 08:00 in Jakarta
    assert chat.ticket(1).assignee in AGENTS


async def test_a_desk_may_give_out_at_night_too(ledger):
    chat = desk(ledger, changes={"desk.yaml": ("only_in_hours: true", "only_in_hours: false")})
    await chat.passes(EVENING)
    assert None not in await asks(chat, 1)


async def test_what_a_person_gave_or_put_back_stays_so(ledger):
    chat = desk(ledger)
    [holder] = await asks(chat, 1)
    other = next(iter(AGENTS - {holder}))
    await chat.agent_writes(RINA, f"/tugaskan {other}", ticket=1)
    await chat.passes(timedelta(minutes=5))
    assert chat.ticket(1).assignee == other
    await ledger.write(lambda tx: handling.assign(tx, 1, None, staff=frozenset(), by=SUPERVISOR, at=chat.now))
    await chat.settle()
    await chat.passes(timedelta(minutes=5))
    assert chat.ticket(1).assignee is None


async def test_what_is_escalated_goes_round_in_the_team_and_the_first_line_keeps_its_holder(ledger):
    chat = desk(ledger)
    holders = await asks(chat, 3)
    for number in (1, 2, 3):
        await chat.agent_writes(RINA, "/eskalasi edunex", ticket=number)
    assert {chat.ticket(number).team_holder for number in (1, 2, 3)} == TEAM
    assert [chat.ticket(number).assignee for number in (1, 2, 3)] == holders
    assert "Tim Pengembang Edunex: " in chat.topic(1)[0]
    await chat.agent_writes(RINA, "/kembalikan", ticket=1)
    assert chat.ticket(1).team_holder is None


async def test_a_member_who_takes_an_escalated_ticket_holds_it_for_the_team(ledger):
    chat = Chat(ledger)
    await asks(chat, 1)
    await chat.agent_writes(BUDI, "/ambil", ticket=1)
    await chat.agent_writes(BUDI, "/eskalasi edunex", ticket=1)
    await chat.agent_writes(YOGA, "/ambil", ticket=1)
    ticket = chat.ticket(1)
    assert (ticket.assignee, ticket.team_holder) == ("budi@example.ac.id", "yoga@example.ac.id")


async def test_many_tickets_at_once_are_one_notice(ledger):
    chat = desk(ledger, changes={"desk.yaml": ("way: least_loaded", "way: round_robin")})
    for who in (BUDI, SARI, DIMAS, AYU):
        await chat.says(who, "/istirahat 30m")
    assert set(await asks(chat, 6)) == {None}
    for who in (SARI, DIMAS, AYU):
        await chat.says(who, "/cuti")
    before = len(chat.heard_by(BUDI))
    await chat.passes(timedelta(minutes=30))
    assert {chat.ticket(number).assignee for number in range(1, 7)} == {"budi@example.ac.id"}
    [notice] = chat.heard_by(BUDI)[before:]
    assert "6 tiket untuk Anda" in notice
    assert "#6 Orang 6" in notice


async def test_by_hand_nothing_is_given_out(ledger):
    chat = Chat(ledger)
    assert await asks(chat, 1) == [None]
    assert chat.ticket(1).status is Status.NEW


async def test_two_processes_give_each_ticket_once(ledger, database_url, tmp_path):
    chat = desk(ledger)
    await chat.passes(EVENING)
    await asks(chat, 6)
    morning = chat.now + timedelta(hours=14)
    other = Ledger(database_url, files=tmp_path / "files") if ledger.is_postgres else ledger
    turns = [each.writer.submit(lambda tx: turn(tx, chat.desk, morning)) for each in (ledger, other) * 3]
    for each in turns:
        each.result()
    if other is not ledger:
        other.close()
    history = ledger.write_blocking(lambda tx: events.since(tx, 0, most=1000))
    given = [event.ticket for event in history if event.kind == "ticket.assigned"]
    assert sorted(given) == [1, 2, 3, 4, 5, 6]
