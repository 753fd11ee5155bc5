"""Contacts book by a form in chat: what is taken and free is said beside the question, and what is not to be had is asked again."""

from datetime import UTC, datetime

import pytest

from procedures.asking.periods import Period
from procedures.bookings.actions import Place, cancel, move
from procedures.bookings.rows import of_case
from procedures.cases import rows as cases
from procedures.cases.step_clock import STEP
from procedures.definition.procedure import DONE
from procedures.running import actions
from tests.bot.chat import Chat
from tests.bot.together import in_one_transaction
from tickets import message
from tickets.ledger.events import clocks_of
from tickets.message import Channel

PROCEDURE = """\
procedure: pinjam
name: Peminjaman Studio
starts: {words: [pinjam studio]}
roles: {staf: {name: Staf Studio, people: [Budi Hartanto]}}
form:
  - {id: ruang, ask: Studio mana?, kind: resource, among: [studio]}
  - {id: waktu, ask: Kapan?, kind: period}
books: {resource: ruang, when: waktu, firm: 2}
steps:
  - {does: Memeriksa, role: staf, within: 30m}
  - {does: Menyiapkan, role: staf, before: {answer: waktu, by: 1d}}
"""
RESOURCES = """\
resources:
  - {id: studio-1, name: Studio 1, kind: studio, staff: [Budi Hartanto]}
  - {id: studio-2, name: Studio 2, kind: studio}
holidays:"""


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_form_in_chat_says_what_is_free_and_offers_something_else_instead(ledger):
    chat = Chat(
        ledger,
        files={"procedures/pinjam.yaml": PROCEDURE},
        changes={"desk.yaml": ("holidays:", RESOURCES)},
    )

    async def asks(user, when, *, studio="Studio 1"):
        await chat.telegrams("pinjam studio", sender=user)
        await chat.presses("Ya, ajukan", sender=user)
        await chat.presses(studio, sender=user)
        shown = chat.told(user)[-1].text
        await chat.telegrams(when, sender=user)
        return shown

    await asks("4711", "7 oktober 9.00-11.00")
    await chat.presses("Kirim", sender="4711")
    shown = await asks("4712", "7 oktober jam 10 sampai 12")
    assert "Studio 1, Rabu, 7 Oktober 2026: terisi 09.00–11.00; kosong 08.00–09.00, 11.00–16.00" in shown
    refused = chat.told("4712")[-1].text
    assert refused.startswith("Studio 1 sudah terisi pada Rabu, 7 Oktober 2026 pukul 10.00–12.00")
    assert "• Studio 1: Rabu, 7 Oktober 2026 pukul 11.00–13.00\n• Studio 2: Rabu" in refused
    assert "Kapan?" in refused
    await chat.telegrams("7 oktober 13-15", sender="4712")
    await asks("4713", "7 oktober 13-15")  # both are asked to send, and one is faster
    assert "sudah terisi" not in chat.told("4713")[-1].text
    await chat.presses("Kirim", sender="4713")
    await chat.presses("Kirim", sender="4712")
    assert "Studio 1 sudah terisi" in chat.told("4712")[-1].text
    await chat.telegrams("7 oktober 15-16", sender="4712")
    await chat.presses("Kirim", sender="4712")
    booked = [ledger.write_blocking(lambda tx, case=case: of_case(tx, case)) for case in (1, 2, 3)]
    assert [(one.resource, one.starts_at.hour + 7, one.state) for (one,) in booked] == [
        ("studio-1", 9, "tentative"),
        ("studio-1", 13, "tentative"),
        ("studio-1", 15, "tentative"),
    ]

    # A supervisor moves the first and cancels the second: everybody concerned hears of it once.
    rina, (first, second, _) = chat.staff("supervisor").actor, [each[0] for each in booked]

    def approve(tx):
        actions.act(
            tx, 1, "step-1", DONE, procedure=chat.desk.procedures[0], answers={}, reason=None, desk=chat.desk.now,
            by=rina, at=chat.now,
        )  # fmt: skip

    ledger.write_blocking(approve)
    await chat.settle()
    assert chat.heard_by("1002")[-1].startswith(
        "📅 Studio 1 dipastikan: Rabu, 7 Oktober 2026 pukul 09.00–11.00"
    )
    later = Place(resource="studio-2", period=Period.fromisoformat("2026-10-09T08:00/2026-10-09T10:00"))

    def moves_and_cancels(tx):
        how = {"desk": chat.desk.now, "by": rina, "at": chat.now}
        move(tx, first.id, later, reason="AC rusak", procedure=chat.desk.procedures[0], **how)
        cancel(tx, second.id, reason="Studio dipakai rektor", **how)

    ledger.write_blocking(moves_and_cancels)
    await chat.settle()
    assert chat.told("4711")[-1].text == (
        "Mohon maaf, pemesanan Studio 1 untuk Rabu, 7 Oktober 2026 pukul 09.00–11.00 (tiket #1) dipindahkan ke "
        "Studio 2, Jumat, 9 Oktober 2026 pukul 08.00–10.00: AC rusak"
    )
    assert chat.told("4713")[-1].text.endswith("dibatalkan: Studio dipakai rektor")
    assert [text.splitlines()[0] for text in chat.heard_by("1002")[-2:]] == [
        "📅 Pemesanan Studio 2 diubah: Jumat, 9 Oktober 2026 pukul 08.00–10.00",
        "📅 Pemesanan Studio 1 dibatalkan: Rabu, 7 Oktober 2026 pukul 13.00–15.00",
    ]
    case = ledger.write_blocking(lambda tx: cases.load(tx, 1))
    assert (case.answers["ruang"], case.answers["waktu"]) == ("studio-2", later.period)
    clocks = ledger.write_blocking(lambda tx: clocks_of(tx, 1))
    (running,) = [each for each in clocks if each.kind == STEP and each.running]
    assert running.due_at.replace(microsecond=0) == datetime(
        2026, 10, 8, 17, tzinfo=UTC
    )  # the end of the day before the new one


async def test_a_form_that_begins_in_one_transaction_with_the_answer_behind_it_hears_that(ledger):
    """That nobody had a form when the transaction began was looked up ahead."""
    chat = Chat(
        ledger,
        files={"procedures/pinjam.yaml": PROCEDURE},
        changes={"desk.yaml": ("holidays:", RESOURCES)},
    )
    await chat.telegrams("halo")
    where = message.Place(account=f"{chat.slug}/telegram", channel=Channel.TELEGRAM, address="4711")
    ana = message.Person(address="4711")
    await in_one_transaction(
        ledger,
        *(chat.receives(Channel.TELEGRAM, words, where, ana) for words in ("pinjam studio", "ya")),
    )
    await chat.settle()
    assert "Studio mana?" in chat.told("4711")[-1].text
