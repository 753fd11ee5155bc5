"""An answer by mail finds its ticket by what only its receiver can know, over any number of turns; nobody else does."""

import pytest

from channels.email.message_ids import MessageIds
from tests.bot.chat import MESSAGE_IDS, SLUG, Chat
from tickets.actions import blocking
from tickets.actor import Actor, Kind, Role
from tickets.message import Authenticity

BUDI, STRANGER = "1002", "evil@example.org"
RINA = Actor(kind=Kind.STAFF, id="rina@example.ac.id", role=Role.SUPERVISOR, desks=frozenset({SLUG}))


@pytest.fixture
async def chat(ledger):
    chat = Chat(ledger)
    await chat.mails("Saya tidak bisa masuk Edunex.", external_id="<a1@example.com>")
    await chat.agent_writes(BUDI, "Boleh kami tahu NIM-nya?", ticket=1)
    return chat


def answer(chat) -> str:
    """The Message-ID of what was sent last."""
    return chat.email.sent[-1].message_id


async def test_whoever_was_sent_our_answer_finds_its_ticket_from_any_address(chat):
    await chat.mails("Ini saya dari rumah.", sender="ana@home.example", references=(answer(chat),))
    assert any("Ini saya dari rumah." in text for text in chat.topic(1))


@pytest.mark.parametrize(
    "forge",
    [
        lambda known: known.replace("tanggap.", "tanggap.1"),
        lambda known: f"<tanggap.{known.split('.')[1]}@example.ac.id>",
        lambda known: MessageIds("a guess").of(int(known.split(".")[1]), "example.ac.id"),
        lambda _known: "<a1@example.com>",
    ],
    ids=["another number", "no signature", "signed by another installation", "the contact's own mail"],
)
async def test_who_guesses_gets_a_ticket_of_their_own(chat, forge):
    await chat.mails("Apa isi tiket ini?", sender=STRANGER, references=(forge(answer(chat)),))
    assert not any("Apa isi tiket ini?" in text for text in chat.topic(1))
    assert any("Apa isi tiket ini?" in text for text in chat.topic(2))


async def test_an_answer_counts_although_nobody_knows_whether_ours_was_sent(ledger):
    chat = Chat(ledger)
    await chat.mails("Saya tidak bisa masuk Edunex.")
    chat.email.fails_with = RuntimeError("the line went dead")
    await chat.agent_writes(BUDI, "Boleh kami tahu NIM-nya?", ticket=1)
    queued = ledger.write_blocking(lambda tx: tx.next_id("outbox"))
    ours = tuple(MESSAGE_IDS.of(each, "example.ac.id") for each in range(1, queued))
    chat.email.fails_with = None
    await chat.mails("NIM saya 13519001.", sender="ana@home.example", references=ours)
    assert len(chat.group.topics) == 1


async def test_an_answer_has_below_it_what_it_answers(chat):
    (quoted,) = [out.quoted for out in chat.email.sent if not out.automatic]
    assert quoted.text == "Saya tidak bisa masuk Edunex."
    assert quoted.attribution == "Pada Selasa, 6 Oktober 2026 pukul 09.00 WIB, Ana menulis:"
    assert all(out.quoted is None for out in chat.email.sent if out.automatic)


async def with_copies(ledger, **account) -> Chat:
    chat = Chat(ledger, **account)
    copied = ("dosen@example.com", "ana@example.com")
    await chat.mails("Saya tidak bisa masuk Edunex.", participants=copied)
    await chat.mails(
        "Saya dosennya.", sender="dosen@example.com", subject="Re: Tanya [#1]",
        participants=("ana@example.com", "teman@example.com"),
    )  # fmt: skip
    await chat.agent_writes(BUDI, "Sudah kami perbaiki.", ticket=1)
    return chat


async def test_who_was_copied_may_write_and_is_never_taken_for_the_contact(ledger):
    chat = await with_copies(ledger)
    assert any("Saya dosennya." in text for text in chat.topic(1))
    assert chat.email.sent[-1].place.address == "ana@example.com"
    assert {out.place.address for out in chat.email.sent} == {"ana@example.com"}
    assert chat.email.sent[-1].copies == ()


async def test_a_desk_may_keep_those_in_the_loop_whom_the_contact_copied(ledger):
    address = "address: carecenter@example.ac.id"
    changes = {"desk.yaml": (address, f"{address}, copy_participants: true")}
    chat = await with_copies(ledger, changes=changes)
    assert chat.email.sent[-1].copies == ("dosen@example.com",)
    forged = Authenticity(by="mx.kampus.example", dmarc="fail")
    known = {"references": (answer(chat),), "authenticity": forged}
    await chat.mails("Salinannya ke saya juga.", participants=("evil@example.org",), **known)
    await chat.agent_writes(BUDI, "Silakan coba lagi.", ticket=1)
    assert chat.email.sent[-1].copies == ("dosen@example.com",)
    await chat.mails("Apa jawabannya?", sender="evil@example.org", subject="Re: Tanya [#1]")
    assert len(chat.group.topics) == 2
    assert all(out.copies == () for out in chat.email.sent if out.automatic)


async def test_what_somebody_in_copy_says_of_themselves_is_theirs_alone(ledger):
    chat = Chat(ledger)
    await chat.mails(
        "Saya Ana Putri, NIM 13519001. Tidak bisa masuk Edunex.", participants=("dosen@example.com",)
    )
    before, sent = chat.topic(1)[0], len(chat.email.sent)
    await chat.mails("Nama saya Budi Santoso, NIM 13519777.", sender="dosen@example.com", subject="Re: [#1]")
    assert "Ana <dosen@example.com>" in chat.topic(1)[-1]
    assert chat.topic(1)[0] == before
    assert len(chat.email.sent) == sent  # whatever the bot said would reach the contact


async def test_a_mail_that_may_be_about_the_same_names_the_other_on_its_card(chat):
    await chat.mails("Masih tidak bisa.", sender="ana@home.example", subject="Fwd: lain [#1]")
    assert "Mungkin hal yang sama: #1 http://desk.test/tickets/1" in chat.topic(2)[0]
    assert not any("Mungkin" in text for text in chat.topic(1))


async def test_what_came_while_its_sender_was_blocked_finds_its_ticket_all_the_same(chat):
    chat.ledger.write_blocking(lambda tx: blocking.block(tx, 1, by=RINA, at=chat.now))
    await chat.mails(
        "Ini NIM saya.", replies_to="<a9@example.com>", references=(answer(chat), "<a9@example.com>")
    )
    taken_in = chat.ledger.write_blocking(
        lambda tx: blocking.unblock(tx, 1, desk=chat.desk.now, take_in=True, by=RINA, at=chat.now)
    )
    assert taken_in[1] == (1,)


async def test_the_chain_holds_over_ten_turns_in_both_directions(chat):
    theirs = ["<a1@example.com>"]
    for turn in range(2, 12):
        ours = chat.email.sent[-1]
        assert ours.replies_to == theirs[-1]
        assert ours.references[0] == theirs[0]
        assert theirs[-1] in ours.references
        theirs.append(f"<a{turn}@example.com>")
        await chat.mails(
            f"Pesan ke-{turn}", subject="Re: tanpa nomor", external_id=theirs[-1], replies_to=ours.message_id,
            references=(ours.message_id,), sender="ana@home.example" if turn % 3 == 0 else "ana@example.com",
        )  # fmt: skip
        await chat.agent_writes(BUDI, f"Jawaban ke-{turn}", ticket=1)
    assert len(chat.group.topics) == 1
    sent = [out.message_id for out in chat.email.sent]
    assert len(set(sent)) == len(sent)
