"""What the desk says reaches the contact, whichever provider carries it."""

import pytest

from channels.contract import RefusedByProvider
from channels.whatsapp.outcomes import OutcomeUnknown, PartlySent
from tests.channels.whatsapp.words import ANA
from tickets.message import Delivery, File, Template


async def test_an_answer_goes_to_the_contact_as_it_was_written(hand, provider, out):
    text = "Halo Bu Ana,\n\nsudah kami atur ulang. 😀"
    sent = await provider.send(out(text))
    assert hand.sent() == [(ANA, text)]
    assert (list(sent.external_ids), sent.state) == (hand.names(), Delivery.QUEUED)


async def test_a_contact_without_a_number_is_answered_by_the_business_scoped_id(hand, provider, out):
    await provider.send(out("Halo", to="ID.1234567890123456"))
    assert hand.sent() == [("ID.1234567890123456", "Halo")]


async def test_a_long_text_goes_in_several_messages_in_order(hand, provider, out):
    paragraphs = [f"{number}. " + "kata " * 600 for number in range(1, 5)]
    sent = await provider.send(out("\n\n".join(paragraphs)))
    said = [text for _, text in hand.sent()]
    assert "".join("".join(said).split()) == "".join("".join(paragraphs).split())
    assert len(said) > 3
    assert list(sent.external_ids) == hand.names()


async def test_when_a_later_part_fails_it_is_said_what_went_out(hand, provider, out):
    hand.standin.lets_pass(1)
    hand.standin.refuses(code=hand.codes["content"])
    with pytest.raises(PartlySent) as partly:
        await provider.send(out("satu " * 700 + "dua " * 700))
    assert list(partly.value.external_ids) == hand.names()


async def test_when_nothing_is_said_nothing_is_called(hand, provider, out):
    for outgoing in (
        out(" \n "),
        out("Halo", edits="wamid.1"),
        out("Halo", files=(File(name="a.exe", type="application/x-msdownload", content=b"a"),)),
        out("Halo", files=(File(name="a.png", type="image/png", content=b"a" * 5_242_881),)),
        out("Halo", files=(File(name="a.pdf", type="application/pdf", size=3),)),
        out(files=(File(name="a.pdf", type="application/pdf", content=b"a"),), template=Template(content_sid="HX1")),
        out(template=Template(content_sid="HX1", variables={"1": "a" * 1601})),
    ):  # fmt: skip
        with pytest.raises(RefusedByProvider):
            await provider.send(outgoing)
    assert hand.standin.calls == []


async def test_many_choices_are_a_numbered_list(hand, provider, out):
    labels = [f"Layanan {number}" for number in range(1, 12)]
    await provider.send(out("Pilih:", buttons=out.buttons(*labels)))
    lines = "\n".join(f"{number}. {label}" for number, label in enumerate(labels, start=1))
    assert hand.sent() == [(ANA, f"Pilih:\n\n{lines}")]


async def test_the_same_answer_twice_is_two_messages(hand, provider, out):
    first, second = [await provider.send(out("Halo", delivery=number)) for number in (1, 2)]
    assert first.external_ids != second.external_ids
    assert len(hand.sent()) == 2


async def test_an_answer_that_was_taken_and_not_confirmed_is_not_said_again(hand, provider, out):
    hand.standin.breaks(502, after_taking=True)
    with pytest.raises(OutcomeUnknown):
        await provider.send(out("Halo"))
    assert len(hand.sent()) == len(hand.standin.calls) == 1
