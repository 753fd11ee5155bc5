"""What contacts do in WhatsApp, as Twilio posts it, becomes words of the desk."""

import json
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.channels.whatsapp.twilio.conftest import PUBLIC_URL
from tests.channels.whatsapp.words import ANA
from tickets.message import Channel, Location, Person, Said

PAYLOADS = Path(__file__).parents[2] / "payloads" / "twilio"
PATH = "/channels/whatsapp/itb"


@pytest.fixture
def posted(twilio, desk, house):
    async def post(case: str, **changes: str) -> Said:
        form = json.loads((PAYLOADS / f"{case}.json").read_text()) | changes
        answer = await twilio.post(f"{desk}{PATH}", form, signed_url=f"{PUBLIC_URL}{PATH}")
        assert answer.status_code == 200, answer.text
        said = house.newest()
        assert said.raw == urlencode(form).encode()
        return said

    return post


async def test_a_text_names_its_message_place_and_sender(posted):
    said = await posted("text")
    assert said.event_id == said.external_id == "SM0a1b2c3d4e5f60718293a4b5c6d7e8f9"
    assert (said.place.channel, said.place.address, said.place.thread) == (Channel.WHATSAPP, ANA, None)
    assert said.sender == Person(address=ANA, name="Ana Lestari")
    assert said.text == "Selamat pagi, saya lupa kata sandi"
    assert said.said_at is None
    assert said.files == ()
    assert (said.location, said.button, said.replies_to) == (None, None, None)


async def test_a_username_is_the_handle_of_the_sender(posted):
    said = await posted("username")
    assert said.sender == Person(
        address=ANA, name="Ana Lestari", handle="ana.lestari", also=("ID.1234567890123456",)
    )


async def test_a_contact_without_a_number_is_known_by_the_business_scoped_id(posted):
    said = await posted("business_scoped_id")
    assert said.place.address == said.sender.address == "ID.1234567890123456"
    assert said.sender.handle == "ana.lestari"


async def test_a_reply_names_the_message_it_answers(posted):
    assert (await posted("reply")).replies_to == "SMffeeddccbbaa99887766554433221100"


async def test_a_pressed_button_brings_its_payload(posted):
    said = await posted("button")
    assert (said.button, said.text) == ("helped:yes", "Ya, terbantu")
    assert said.replies_to == "MMffeeddccbbaa99887766554433221100"


async def test_a_button_whose_body_is_empty_speaks_by_its_label(posted):
    said = await posted("button_without_body")
    assert (said.button, said.text) == ('{"confirm":"ana@example.ac.id"}', "Konfirmasi")


async def test_a_choice_from_a_list_is_a_button_too(posted):
    said = await posted("list_choice")
    assert (said.button, said.text) == ("topic:password", "Kata sandi")


async def test_a_location_has_its_label_and_address(posted):
    said = await posted("location")
    assert said.location == Location(
        latitude=-6.8915, longitude=107.6107, label="Kampus ITB, Jalan Ganesa 10, Bandung"
    )


@pytest.mark.parametrize("latitude", ["", "north", "nan", "91", "1e999"])
async def test_a_location_that_is_nowhere_is_left_out_and_the_text_stays(posted, latitude):
    said = await posted("location", Latitude=latitude, Body="di sini")
    assert (said.location, said.text) == (None, "di sini")


async def test_a_caption_stays_with_its_photo(posted):
    said = await posted("photo_with_caption")
    assert said.text == "Tangkapan layar galatnya"
    (photo,) = said.files
    assert (photo.name, photo.type, photo.content) == ("gambar-1.jpg", "image/jpeg", None)
    assert photo.fetch.endswith("/Media/ME00000000000000000000000000000001")


async def test_all_media_come_along_each_with_a_name(posted):
    said = await posted("several_media")
    assert [(file.name, file.type) for file in said.files] == [
        ("berkas-1.pdf", "application/pdf"),
        ("audio-2.ogg", "audio/ogg"),
        ("kontak-3.vcf", "text/vcard"),
    ]
    assert [file.fetch[-1] for file in said.files] == ["1", "2", "3"]


@pytest.mark.parametrize("count", ["", "1", "x", "99999999999"])
async def test_the_count_of_media_may_be_wrong(posted, count):
    assert len((await posted("several_media", NumMedia=count)).files) == 3


async def test_a_medium_of_no_known_type_is_taken_all_the_same(posted):
    said = await posted("photo_with_caption", MediaContentType0="")
    assert [(file.name, file.type) for file in said.files] == [("berkas-1.bin", "application/octet-stream")]


async def test_fields_of_an_advertisement_do_no_harm(posted):
    said = await posted("from_an_advertisement")
    assert (said.text, said.files) == ("Halo, info layanan?", ())


async def test_a_text_keeps_its_lines_and_spaces(posted):
    said = await posted("text", Body="  satu\n\n  dua 😀  ")
    assert said.text == "  satu\n\n  dua 😀  "


async def test_a_message_of_another_channel_is_kept_for_a_person_to_look_at(twilio, desk, house):
    form = json.loads((PAYLOADS / "messenger.json").read_text())
    answer = await twilio.post(f"{desk}{PATH}", form, signed_url=f"{PUBLIC_URL}{PATH}")
    assert answer.status_code == 400
    assert [kept.error for kept in house.kept] == ["From is not a WhatsApp address."]
