"""What the desk says, as it reaches Twilio."""

import asyncio
from datetime import timedelta

import pytest

from channels.contract import Deferred, RefusedByProvider
from channels.whatsapp.outcomes import OutcomeUnknown, PartlySent
from tests.channels.whatsapp.twilio.conftest import PUBLIC_URL
from tests.channels.whatsapp.words import ANA
from tickets.message import Delivery, File, Template

PDF = File(name="surat.pdf", type="application/pdf", content=b"%PDF-1.7")
SERVICE = "MG" + "1" * 32


async def test_an_answer_goes_from_the_desks_number_to_the_contact(twilio, adapter, out):
    sent = await adapter.send(out("Halo Bu Ana,\n\nsudah kami atur ulang. 😀", delivery=42))
    (message,) = twilio.messages
    assert (message.to, message.sender) == (f"whatsapp:{ANA}", f"whatsapp:{twilio.sender}")
    assert message.body == "Halo Bu Ana,\n\nsudah kami atur ulang. 😀"
    assert message.status_callback == f"{PUBLIC_URL}/channels/whatsapp/itb/status?delivery=42"
    assert sent.external_ids == (message.sid,)
    assert sent.state is Delivery.QUEUED


async def test_a_messaging_service_picks_the_number_itself(twilio, making, out):
    async with making(sender=SERVICE) as adapter:
        sent = await adapter.send(out("Halo"))
    (message,) = twilio.messages
    assert (message.sender, message.messaging_service_sid) == (None, SERVICE)
    assert sent.state is Delivery.QUEUED


async def test_a_number_may_be_used_through_a_messaging_service(twilio, making, out):
    async with making(messaging_service_sid=SERVICE) as adapter:
        await adapter.send(out("Halo"))
    (message,) = twilio.messages
    assert (message.sender, message.messaging_service_sid) == (f"whatsapp:{twilio.sender}", SERVICE)


async def test_an_answer_may_be_kept_from_arriving_late(twilio, making, out):
    async with making(validity=timedelta(hours=1)) as adapter:
        await adapter.send(out("Halo"))
        await adapter.send(out("Halo", valid_for=timedelta(minutes=5)))
    assert [each.validity_period for each in twilio.messages] == [3600, 300]


async def test_no_answer_waits_at_twilio_beyond_its_longest_time(twilio, adapter, out):
    await adapter.send(out("Halo", valid_for=timedelta(hours=20)))
    assert twilio.messages[0].validity_period == 36000


async def test_exactly_as_much_as_a_message_holds_stays_one(twilio, adapter, out):
    await adapter.send(out("a" * 1600))
    assert [len(message.body) for message in twilio.messages] == [1600]


async def test_buttons_are_a_numbered_list(twilio, adapter, out):
    await adapter.send(out("Apakah ini membantu?", buttons=out.buttons("Ya", "Tidak")))
    assert twilio.messages[0].body == "Apakah ini membantu?\n\n1. Ya\n2. Tidak"


async def test_a_template_goes_without_the_text(twilio, adapter, out):
    content_sid = twilio.approves("Halo {{1}}, tiket {{2}} menunggu jawaban Anda.")
    template = Template(content_sid=content_sid, variables={"1": "Ana\n\tLestari      S.T.", "2": " "})
    await adapter.send(out("Halo Ana", template=template))
    (message,) = twilio.messages
    assert message.content_variables == {"1": "Ana Lestari S.T.", "2": "-"}
    assert message.body == "Halo Ana Lestari S.T., tiket - menunggu jawaban Anda."


async def test_a_template_without_variables_names_none(twilio, adapter, out):
    await adapter.send(out(template=Template(content_sid=twilio.approves("Kami kembali."))))
    assert twilio.messages[0].body == "Kami kembali."


@pytest.mark.parametrize("media_url", [None, lambda _: None])
async def test_without_a_public_link_a_file_is_refused_before_anything_is_sent(
    twilio, making, out, media_url
):
    async with making(media_url=media_url) as adapter:
        with pytest.raises(RefusedByProvider, match=r"surat\.pdf"):
            await adapter.send(out("Terlampir.", files=(PDF,)))
    assert twilio.calls == []


async def test_with_public_links_each_file_is_a_message_after_the_words(twilio, making, out):
    photo = File(name="foto.jpg", type="image/jpeg", content=b"\xff\xd8")
    async with making(media_url=lambda file: f"https://files.example.ac.id/{file.name}") as adapter:
        sent = await adapter.send(out("Terlampir.", files=(PDF, photo)))
    assert [(message.body, message.media_url) for message in twilio.messages] == [
        ("Terlampir.", None),
        ("", "https://files.example.ac.id/surat.pdf"),
        ("", "https://files.example.ac.id/foto.jpg"),
    ]
    assert len(sent.external_ids) == 3


@pytest.mark.parametrize(
    "file",
    [
        pytest.param(File(name="a.zip", type="application/zip", content=b"PK"), id="a kind WhatsApp drops"),
        pytest.param(File(name="a.png", type="image/png", size=5 * 1024**2 + 1), id="an image over 5 MB"),
        pytest.param(
            File(name="a.pdf", type="application/pdf", size=16 * 1024**2 + 1), id="anything over 16 MB"
        ),
    ],
)
async def test_what_whatsapp_would_drop_silently_is_refused_aloud(twilio, making, out, file):
    async with making(media_url=lambda file: "https://files.example.ac.id/a") as adapter:
        with pytest.raises(RefusedByProvider, match=file.name):
            await adapter.send(out(files=(file,)))
    assert twilio.calls == []


async def test_when_a_later_part_is_refused_nobody_says_that_nothing_was_sent(twilio, adapter, out):
    twilio.lets_pass(1)
    twilio.refuses(code=63016)
    with pytest.raises(PartlySent) as partly:
        await adapter.send(out("kata " * 600))
    assert not isinstance(partly.value, Deferred | RefusedByProvider)
    assert partly.value.external_ids == (twilio.messages[0].sid,)
    assert "1 dari 2" in str(partly.value)
    assert "24 jam" in str(partly.value)


async def test_when_the_first_part_is_refused_the_others_stay(twilio, adapter, out):
    twilio.refuses(code=63016)
    with pytest.raises(RefusedByProvider):
        await adapter.send(out("kata " * 600))
    assert len(twilio.calls) == 1


async def test_many_answers_at_once_each_come_back_with_their_own_name(twilio, adapter, out):
    texts = [f"Jawaban {number}" for number in range(40)]
    sent = await asyncio.gather(*(adapter.send(out(text)) for text in texts))
    names = {message.body: message.sid for message in twilio.messages}
    assert [each.external_ids for each in sent] == [(names[text],) for text in texts]


async def test_an_unreadable_answer_of_twilios_leaves_the_outcome_unknown(twilio, adapter, out):
    twilio.breaks(200, after_taking=True)
    with pytest.raises(OutcomeUnknown):
        await adapter.send(out("Halo"))
