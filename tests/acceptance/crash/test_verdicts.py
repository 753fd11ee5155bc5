"""What each verdict would catch: a ledger in which all is well, and one thing in it that is not."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from types import SimpleNamespace
from typing import Any

import pytest

from tests.acceptance.crash.besieged import CLOUD, MAIL, TELEGRAM, TWILIO
from tests.acceptance.crash.found import Found, Taken
from tests.acceptance.crash.kept import Answer, Entry, Kept, Way
from tests.acceptance.crash.verdicts import VERDICTS, complaints
from tickets.message import Delivery


def row(**columns: Any) -> SimpleNamespace:
    return SimpleNamespace(**columns)


@dataclass
class World:
    """One ticket: a contact wrote by Twilio, the bot answered, an agent answered, a promise was broken."""

    kept: Kept = field(default_factory=Kept)
    messages: list[SimpleNamespace] = field(default_factory=list)
    parcels: list[SimpleNamespace] = field(default_factory=list)
    references: list[SimpleNamespace] = field(default_factory=list)
    unprocessed: list[SimpleNamespace] = field(default_factory=list)
    clocks: list[str] = field(default_factory=list)
    taken: list[Taken] = field(default_factory=list)

    def __post_init__(self) -> None:
        for number in (1, 2):
            self.comes_in(number)
            self.kept.acknowledge(self.kept.writes(Way.TWILIO, f"in-{number}", "+62811"))
        self.answers(3, "bot", "Terima kasih.", delivery="delivered")
        self.answers(4, "agent", "Sudah.", delivery="sent")
        self.kept.answers["key"] = Answer(ticket=1, text="Sudah.", acknowledged=True)
        self.kept.receipts["out-3"] = Delivery.DELIVERED
        news = {"kind": "clock.breached", "clock": BROKEN}
        self.alert = row(
            id=9, account=TELEGRAM, audience="staff", act="alert", dedup="alert:1:rina", ticket=1, state="sent",
            payload={**news, "ways": [{"address": "1001"}]}, error=None,
        )  # fmt: skip
        self.parcels.append(self.alert)
        self.told(TELEGRAM, "1001:1", parcel=9, message=None, to="1001")

    def comes_in(self, number: int, *, ticket: int = 1) -> None:
        self.messages.append(
            row(
                id=number, ticket=ticket, account=TWILIO, direction="in", author="contact",
                external_id=f"in-{number}", text="Halo", delivery=None, delivery_error=None, to="+62811",
            )
        )  # fmt: skip

    def answers(self, number: int, author: str, text: str, *, delivery: str) -> None:
        self.messages.append(
            row(
                id=number, ticket=1, account=TWILIO, direction="out", author=author, external_id=f"out-{number}",
                text=text, delivery=delivery, delivery_error=None, to="+62811",
            )
        )  # fmt: skip
        self.parcels.append(
            row(
                id=number, account=TWILIO, audience="contact", act="message", dedup=f"message:{number}", ticket=1,
                state="sent", payload={"place": {"address": "+62811"}}, error=None,
            )
        )  # fmt: skip
        self.told(TWILIO, f"out-{number}", parcel=number, message=number, to="whatsapp:+62811")

    def told(self, account: str, external_id: str, *, parcel: int, message: int | None, to: str) -> None:
        self.references.append(row(account=account, external_id=external_id, outbox=parcel, message=message))
        self.taken.append(Taken(account=account, external_id=external_id, to=to))

    def found(self) -> Found:
        return Found(
            messages=self.messages, tickets=[row(number=1)], parcels=self.parcels, references=self.references,
            alarming=[row(id=1, ticket=1, kind="clock.breached", data=BROKEN)], unprocessed=self.unprocessed,
            fetched=0, clocks=self.clocks,
        )  # fmt: skip


BROKEN = {"clock": "first_response", "about": "", "cycle": 1}


def forgets_a_message(world: World) -> None:
    del world.messages[0]


def does_not_fetch_what_was_given_up(world: World) -> None:
    world.kept.give_up(world.kept.writes(Way.TWILIO, "in-9", "+62811"))


def fetches_twice_what_was_given_up(world: World) -> None:
    does_not_fetch_what_was_given_up(world)
    for _ in range(2):
        world.comes_in(9)


def stores_a_message_twice(world: World) -> None:
    world.messages.insert(2, world.messages[1])


def stores_what_nobody_wrote(world: World) -> None:
    world.comes_in(5)


def keeps_a_message_raw(world: World) -> None:
    world.unprocessed.append(row(account=TWILIO, event_id="in-1", error="ValueError"))


def mixes_the_order_up(world: World) -> None:
    world.messages[0], world.messages[1] = world.messages[1], world.messages[0]


def opens_two_tickets(world: World) -> None:
    world.messages[1].ticket = 2


def forgets_an_answer(world: World) -> None:
    world.kept.answers["other"] = Answer(ticket=1, text="Belum.", acknowledged=True)


def stores_an_answer_twice(world: World) -> None:
    world.answers(6, "agent", "Sudah.", delivery="sent")


def says_nothing_by_itself(world: World) -> None:
    world.messages[2].author = "agent"


def leaves_something_behind(world: World) -> None:
    world.parcels[0].state = "sending"


def sends_an_answer_again(world: World) -> None:
    world.taken.append(Taken(account=TWILIO, external_id="again", to="whatsapp:+62811"))


def brings_a_mail_again(world: World) -> None:
    world.told(MAIL, "<1@example.ac.id>", parcel=1, message=None, to="ana@example.com")
    world.taken.append(world.taken[-1])


def knows_one_message_twice(world: World) -> None:
    world.references.append(row(account=TWILIO, external_id="out-3", outbox=4, message=4))


def says_sent_what_was_not(world: World) -> None:
    del world.taken[1]


def gives_an_answer_up(world: World) -> None:
    world.messages[3].delivery = "failed"


def does_not_ask_twilio(world: World) -> None:
    world.messages[3].delivery = "unknown"


def forgets_a_receipt(world: World) -> None:
    world.messages[2].delivery = "sent"


def reckons_a_clock_wrongly(world: World) -> None:
    world.clocks.append("#1: stored …, derived …")


def does_not_alert(world: World) -> None:
    world.alert.dedup = "notice:1"


def alerts_twice(world: World) -> None:
    world.alert.payload["more"] = [{"kind": "clock.breached", "clock": BROKEN}]


def loses_an_alert(world: World) -> None:
    world.alert.state = "failed"


@pytest.mark.parametrize(
    ("wrong", "verdict"),
    [
        (forgets_a_message, "lost"),
        (does_not_fetch_what_was_given_up, "not fetched"),
        (fetches_twice_what_was_given_up, "doubled"),
        (stores_a_message_twice, "doubled"),
        (stores_what_nobody_wrote, "doubled"),
        (keeps_a_message_raw, "unprocessed"),
        (mixes_the_order_up, "out of order"),
        (opens_two_tickets, "out of order"),
        (forgets_an_answer, "answers lost"),
        (stores_an_answer_twice, "answers lost"),
        (says_nothing_by_itself, "unanswered"),
        (leaves_something_behind, "still waiting"),
        (sends_an_answer_again, "sent twice"),
        (brings_a_mail_again, "sent twice"),
        (knows_one_message_twice, "sent twice"),
        (says_sent_what_was_not, "said to be sent"),
        (gives_an_answer_up, "said to be sent"),
        (does_not_ask_twilio, "not reconciled"),
        (forgets_a_receipt, "not reconciled"),
        (reckons_a_clock_wrongly, "clocks"),
        (does_not_alert, "alerts"),
        (alerts_twice, "alerts"),
        (loses_an_alert, "alerts"),
    ],
)
def test_a_verdict_catches(wrong: Callable[[World], None], verdict: str):
    well, world = World(), World()
    assert complaints(well.kept, well.found(), well.taken) == {}
    wrong(world)
    assert verdict in complaints(world.kept, world.found(), world.taken)


def test_every_verdict_can_fail():
    assert set(VERDICTS) == {mark for _, mark in test_a_verdict_catches.pytestmark[0].args[1]}


def test_what_is_unknown_may_have_been_received_once():
    world = World()
    world.answers(7, "agent", "Mungkin.", delivery="unknown")
    world.messages[-1].account, world.parcels[-1].account, world.parcels[-1].state = CLOUD, CLOUD, "unknown"
    world.references.pop()
    received = replace(world.taken.pop(), account=CLOUD, external_id="wamid.7")
    for taken in ([], [received]):
        assert complaints(world.kept, world.found(), [*world.taken, *taken]) == {}
    twice = [*world.taken, received, replace(received, external_id="wamid.8")]
    assert "sent twice" in complaints(world.kept, world.found(), twice)


def test_what_was_given_up_may_be_stored_after_what_was_written_later():
    world = World()
    world.kept.entries = {
        "in-0": Entry(way=Way.TWILIO, external_id="in-0", contact="+62811"),
        **world.kept.entries,
    }
    world.kept.give_up(world.kept.entries["in-0"])
    world.comes_in(0)
    assert complaints(world.kept, world.found(), world.taken) == {}
