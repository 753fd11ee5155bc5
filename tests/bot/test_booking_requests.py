"""Contacts book by a form in chat: what is taken and free is said beside the question, and what is not to be had is asked again."""

from procedures.bookings.rows import of_case
from tests.bot.chat import Chat

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
  - {does: Menyiapkan, role: staf}
"""
RESOURCES = """\
resources:
  - {id: studio-1, name: Studio 1, kind: studio}
  - {id: studio-2, name: Studio 2, kind: studio}
holidays:"""


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
