"""What the desk says, as it reaches Meta."""

import pytest

from channels.contract import Deferred, Reacting, Reconciling, RefusedByProvider, ShowsRead
from channels.whatsapp.cloud.drafts import drafts
from channels.whatsapp.cloud.errors import CODES, meaning_of
from channels.whatsapp.cloud.settings import CloudSettings
from tests.channels.whatsapp.words import ACCOUNT, ANA
from tests.standins.cloud_fields import MESSAGE, wrong_in
from tickets.message import Channel, File, Place, Template

PDF = File(name="surat.pdf", type="application/pdf", content=b"%PDF-1.7")
PHOTO = File(name="foto.jpg", type="image/jpeg", content=b"\xff\xd8")
VOICE = File(name="suara.ogg", type="audio/ogg", content=b"OggS")


async def test_a_text_has_no_preview_and_our_delivery_goes_with_the_last_part_alone(cloud, adapter, out):
    await adapter.send(out("kata " * 1000, delivery=42))
    assert [each.opaque for each in cloud.messages] == [None, "42"]
    assert {each.content["preview_url"] for each in cloud.messages} == {False}


async def test_an_answer_names_the_message_it_answers_if_that_is_one_of_metas(cloud, adapter, out):
    await adapter.send(out("kata " * 1000, replies_to="wamid.hers"))
    await adapter.send(out("Halo", replies_to="SM1"))
    contexts = [each.body.get("context") for each in cloud.messages]
    assert contexts == [{"message_id": "wamid.hers"}, None, None]


# Words and files of one answer, and what messages they become: kind, words, name of the file.
@pytest.mark.parametrize(
    ("text", "files", "expected"),
    [
        ("Terlampir.", (PDF,), [("document", "Terlampir.", "surat.pdf")]),
        ("", (PHOTO,), [("image", "", None)]),
        ("Terlampir.", (VOICE,), [("text", "Terlampir.", None), ("audio", "", None)]),
        ("Terlampir.", (PDF, PHOTO),
         [("text", "Terlampir.", None), ("document", "", "surat.pdf"), ("image", "", None)]),
        ("a" * 1025, (PHOTO,), [("text", "a" * 1025, None), ("image", "", None)]),
    ],
)  # fmt: skip
async def test_words_and_files_share_a_message_where_whatsapp_can(cloud, adapter, out, text, files, expected):
    await adapter.send(out(text, files=files))
    shown = [
        (each.kind, each.text if each.kind != "audio" else "", each.content.get("filename"))
        for each in cloud.messages
    ]
    assert shown == expected
    assert [medium.content for medium in cloud.uploads.values()] == [file.content for file in files]
    assert list(cloud.uploads) == [each.content["id"] for each in cloud.messages if each.kind != "text"]


async def test_a_file_without_content_goes_by_its_link(cloud, adapter, out):
    await adapter.send(out(files=(File(name="a.pdf", type="application/pdf", url="https://desk.example/a"),)))
    assert cloud.last.content == {"link": "https://desk.example/a", "filename": "a.pdf"}
    assert cloud.uploads == {}


@pytest.mark.parametrize("goes_wrong", ["breaks", "cuts", "throttles", "answers_garbage"])
async def test_a_file_that_could_not_be_uploaded_sends_nothing_and_is_tried_later(
    cloud, adapter, out, goes_wrong
):
    getattr(cloud, goes_wrong)(on="upload")
    with pytest.raises(Deferred):
        await adapter.send(out("Terlampir.", files=(PDF,)))
    assert cloud.messages == []


def labelled(out, *labels, text="Pilih:"):
    (draft,) = drafts(out(text, buttons=out.buttons(*labels)), language="id")
    assert wrong_in({"messaging_product": "whatsapp", **draft.message()}, MESSAGE) is None
    return draft


@pytest.mark.parametrize(
    ("labels", "text", "kind"),
    [
        (["Ya", "Tidak", "Bicara dengan petugas"[:20]], "Pilih:", "button"),
        (["Ya", "Tidak", "Bicara dengan petugas"], "Pilih:", "list"),  # one label is too long for a button
        (["Ya", "Tidak"], "a" * 1025, "list"),  # the words are too long for buttons
        ([f"Layanan {number}" for number in range(10)], "Pilih:", "list"),
        ([f"Layanan {number}" for number in range(11)], "Pilih:", None),
        (["Ya", "Ya"], "Pilih:", None),  # which of them was meant?
        (["Ya", " "], "Pilih:", None),
        (["Ya", "x" * 73], "Pilih:", None),
        (["Ya", "y" * 201], "Pilih:", None),
        (["Ya"], "", None),
    ],
)
def test_choices_are_buttons_a_list_or_numbered_words(out, labels, text, kind):
    draft = labelled(out, *labels, text=text)
    assert (draft.body["type"] if draft.kind == "interactive" else None) == kind


def test_a_label_too_long_for_its_line_stands_whole_below(out):
    rows = labelled(out, "Ya", "Bicara dengan petugas layanan").body["action"]["sections"][0]["rows"]
    assert rows == [
        {"id": "ya", "title": "Ya"},
        {"id": "bicara dengan petugas layanan", "title": "Bicara dengan petugas l…", "description": "Bicara dengan petugas layanan"},
    ]  # fmt: skip


async def test_after_a_long_text_the_choices_stand_below_its_last_part(cloud, adapter, out):
    await adapter.send(out("kata " * 1000, buttons=out.buttons("Ya", "Tidak")))
    assert [each.kind for each in cloud.messages] == ["text", "interactive"]


async def test_a_template_has_typed_parameters_where_they_belong(cloud, adapter, out):
    name = cloud.approves("Halo {{1}}, tiket {{2}} menunggu.", language="en_US")
    variables = {
        "2": " ", "1": "Ana\n\tLestari      S.T.", "header.image": "https://desk.example/a.png", "button.0.url": "1042",
        "button.1.quick_reply": "helped:yes", "button.2.copy_code": "A1",
    }  # fmt: skip
    await adapter.send(out(template=Template(content_sid=name, language="en_US", variables=variables)))
    assert cloud.last.content == {
        "name": "balasan",
        "language": {"code": "en_US"},
        "components": [
            {"type": "header", "parameters": [{"type": "image", "image": {"link": "https://desk.example/a.png"}}]},
            {"type": "body", "parameters": [{"type": "text", "text": "Ana Lestari S.T."}, {"type": "text", "text": "-"}]},
            {"type": "button", "sub_type": "url", "index": "0", "parameters": [{"type": "text", "text": "1042"}]},
            {"type": "button", "sub_type": "quick_reply", "index": "1",
             "parameters": [{"type": "payload", "payload": "helped:yes"}]},
            {"type": "button", "sub_type": "copy_code", "index": "2",
             "parameters": [{"type": "coupon_code", "coupon_code": "A1"}]},
        ],
    }  # fmt: skip


async def test_a_template_without_variables_or_with_named_ones(cloud, adapter, out):
    await adapter.send(out(template=Template(content_sid=cloud.approves("Kami kembali."))))
    assert cloud.last.content == {"name": "balasan", "language": {"code": "id"}}
    cloud.approves("Halo {{nama}}", name="sapaan")
    await adapter.send(
        out(template=Template(content_sid="sapaan", variables={"nama": "Ana", "header.judul": "Hai"}))
    )
    header, body = cloud.last.content["components"]
    assert body["parameters"] == [{"type": "text", "parameter_name": "nama", "text": "Ana"}]
    assert header["parameters"] == [{"type": "text", "parameter_name": "judul", "text": "Hai"}]


@pytest.mark.parametrize(
    "key", ["button", "button.x.url", "button.0", "button.0.call", "header.image+header"]
)
async def test_a_variable_that_belongs_nowhere_is_refused_before_anything_is_sent(cloud, adapter, out, key):
    variables = dict.fromkeys(key.split("+"), "x")
    with pytest.raises(RefusedByProvider) as refusal:
        await adapter.send(out(template=Template(content_sid="a", variables=variables)))
    assert (refusal.value.code, cloud.calls) == ("132012", [])


async def test_reactions_and_receipts_of_reading(cloud, adapter):
    place = Place(account=ACCOUNT, channel=Channel.WHATSAPP, address=ANA)
    for emoji in ("👍", None):
        await adapter.react(place, "wamid.hers", emoji)
    await adapter.mark_read("wamid.hers")
    assert [each.content["emoji"] for each in cloud.messages] == ["👍", ""]
    assert cloud.read == ["wamid.hers"]


async def test_the_adapter_can_what_meta_can(adapter):
    assert isinstance(adapter, Reacting)
    assert isinstance(adapter, ShowsRead)
    assert not isinstance(adapter, Reconciling)  # Meta has no list of what was sent


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"sender": "0811"}, "must be a number"),
        ({"phone_number_id": "+62811"}, "phone number id"),
        ({"business_account_id": "x"}, "business account id"),
    ],
)
def test_settings_that_cannot_be_right_are_refused_without_a_secret(changes, says):
    right = {
        "account": ACCOUNT, "desk": "itb", "sender": "+6281100001111", "phone_number_id": "1065403",
        "access_token": "a-secret", "app_secret": "a-secret",
    }  # fmt: skip
    with pytest.raises(ValueError, match=says) as error:
        CloudSettings(**{**right, **changes})
    assert "a-secret" not in str(error.value)


@pytest.mark.parametrize("code", ["", "x", "9" * 50, "-1", "²"])
def test_any_code_has_a_sentence(code):
    assert meaning_of(code).says.startswith("Pesan ditolak oleh WhatsApp")


def test_every_known_code_has_a_sentence():
    assert all(code.says.endswith(".") for code in CODES.values())
    assert meaning_of("204") == meaning_of("10")  # 200 to 299 are permissions
