"""What contacts do in WhatsApp, as Meta posts it, becomes words of the desk."""

import json
from datetime import UTC, datetime

import pytest

from channels.whatsapp.cloud.envelope import UnreadableError, parts_of
from channels.whatsapp.cloud.parse import heard_again, heard_in
from tests.channels.whatsapp.words import ACCOUNT, ANA
from tests.standins.cloud import CloudStandin, Message
from tickets.message import Delivery, Edited, File, Location, Moved, Person, Said, Told

CLOUD = CloudStandin()
OURS = Message(id="wamid.ours", body={"to": ANA, "type": "text", "biz_opaque_callback_data": "42"})


def heard(*, people=None, **fields):
    """Read one message, and read it again from what would be kept of it."""
    webhook = CLOUD.webhook(messages=[CLOUD.message(**fields)], contacts=people)
    (part,) = parts_of(json.dumps(webhook).encode())
    found = heard_in(part, account=ACCOUNT)
    assert heard_again(part.raw, account=ACCOUNT) == found
    return found


def test_a_text_names_its_message_place_sender_and_time():
    said = heard(id="wamid.1", timestamp="1790000000", text={"body": "Selamat pagi"})
    assert (said.event_id, said.external_id, said.text) == ("wamid.1", "wamid.1", "Selamat pagi")
    assert (said.place.account, said.place.address) == (ACCOUNT, ANA)
    assert said.sender == Person(address=ANA, name="Ana Lestari")
    assert said.said_at == datetime.fromtimestamp(1_790_000_000, UTC)


# The type of a message and what stands in it, and what the desk makes of that.
SAID = [
    ("image", {"id": "1", "mime_type": "image/jpeg", "caption": "galatnya"},
     {"text": "galatnya", "files": (File(name="gambar-1.jpg", type="image/jpeg", fetch="1"),)}),
    ("audio", {"id": "1", "mime_type": "audio/ogg; codecs=opus", "voice": True},
     {"files": (File(name="audio-1.ogg", type="audio/ogg", fetch="1"),)}),
    ("video", {"id": "1", "mime_type": "video/mp4"},
     {"files": (File(name="video-1.mp4", type="video/mp4", fetch="1"),)}),
    ("document", {"id": "1", "mime_type": "application/pdf", "filename": "surat.pdf"},
     {"files": (File(name="surat.pdf", type="application/pdf", fetch="1"),)}),
    ("sticker", {"id": "1", "mime_type": "image/webp", "animated": False},
     {"files": (File(name="gambar-1.webp", type="image/webp", fetch="1"),)}),
    ("image", {"mime_type": "image/jpeg"}, {"files": ()}),
    ("location", {"latitude": -6.8915, "longitude": 107.6107, "name": "Kampus ITB", "address": "Jalan Ganesa 10"},
     {"location": Location(latitude=-6.8915, longitude=107.6107, label="Kampus ITB, Jalan Ganesa 10")}),
    ("location", {"latitude": 91, "longitude": 0}, {"location": None}),
    ("contacts", [{"name": {"formatted_name": "Budi"}, "phones": [{"phone": "+62 811"}, {"wa_id": "62812"}],
                   "emails": [{"email": "budi@example.ac.id"}]}, {"name": "?"}],
     {"text": "Kontak: Budi, +62 811, 62812, budi@example.ac.id\nKontak: "}),
    ("button", {"payload": "helped:yes", "text": "Ya"}, {"text": "Ya", "button": "helped:yes"}),
    ("interactive", {"type": "button_reply", "button_reply": {"id": "helped:yes", "title": "Ya"}},
     {"text": "Ya", "button": "helped:yes"}),
    ("interactive", {"type": "list_reply", "list_reply": {"id": "t:1", "title": "Sandi", "description": "x"}},
     {"text": "Sandi", "button": "t:1"}),
    ("interactive", {"type": "nfm_reply", "nfm_reply": {"body": "Sent", "response_json": "{}"}}, {"text": "Sent"}),
    ("interactive", {"type": "of_next_year"}, {"text": "(Jawaban formulir WhatsApp)", "button": None}),
    ("unsupported", {"type": "poll"}, {"text": "(Pesan WhatsApp yang tidak dapat diteruskan oleh Meta (poll))"}),
    ("order", {"catalog_id": "1"}, {"text": "(Pesan WhatsApp jenis order)"}),
    ("of_next_year", None, {"text": "(Pesan WhatsApp jenis of_next_year)"}),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "content", "expected"), SAID)
def test_each_kind_of_message_is_stored_as_what_it_is(kind, content, expected):
    said = heard(type=kind, **{kind: content})
    assert isinstance(said, Said)
    assert {name: getattr(said, name) for name in expected} == expected


def test_a_reply_names_the_message_it_answers():
    assert heard(context={"from": "62811", "id": "wamid.ours"}).replies_to == "wamid.ours"
    assert heard(context={"forwarded": True}).replies_to is None


@pytest.mark.parametrize(
    ("fields", "people", "expected"),
    [
        ({"from_": None, "from_user_id": "ID.123"},
         [{"user_id": "ID.123", "profile": {"name": "Ana", "username": "@ana.lestari"}}],
         Person(address="ID.123", name="Ana", handle="ana.lestari")),
        ({"from_user_id": "ID.123"}, [{"wa_id": "6281234567890", "profile": {"name": " "}}],
         Person(address=ANA, also=("ID.123",))),
        ({}, [{"wa_id": "62800", "profile": {"name": "Budi"}}], Person(address=ANA)),
        ({}, ["?", {"profile": "?"}], Person(address=ANA)),
    ],
)  # fmt: skip
def test_the_sender_is_known_by_number_or_by_the_business_scoped_id(fields, people, expected):
    assert heard(people=people, **fields).sender == expected


def test_a_reaction_is_told_and_can_be_taken_back():
    for reaction, expected in (
        ({"message_id": "wamid.ours", "emoji": "👍"}, "👍"),
        ({"message_id": "wamid.ours"}, ""),
    ):
        told = heard(type="reaction", reaction=reaction)
        assert isinstance(told, Told)
        assert (told.external_id, told.reaction, told.state) == ("wamid.ours", expected, None)


def test_an_edit_changes_the_words_and_a_deletion_says_so():
    now = {"type": "text", "text": {"body": "besok"}}
    edited = heard(type="edit", edit={"original_message_id": "wamid.1", "message": now})
    deleted = heard(type="revoke", revoke={"original_message_id": "wamid.1"})
    assert isinstance(edited, Edited)
    assert [(each.external_id, each.text, each.deleted) for each in (edited, deleted)] == [
        ("wamid.1", "besok", False), ("wamid.1", "", True),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("sent", Delivery.SENT), ("delivered", Delivery.DELIVERED), ("read", Delivery.READ),
        ("played", Delivery.READ), ("failed", Delivery.FAILED), ("of_next_year", None),
    ],
)  # fmt: skip
def test_each_status_is_told_in_words_of_the_desk(status, state):
    webhook = CLOUD.webhook(
        statuses=[CLOUD.status(OURS, status, error_code=131047 if state is Delivery.FAILED else None)]
    )
    (part,) = parts_of(json.dumps(webhook).encode())
    told = heard_in(part, account=ACCOUNT)
    assert (told.external_id, told.delivery, told.state) == ("wamid.ours", 42, state)
    assert (told.error_code, bool(told.error)) == (
        ("131047", True) if state is Delivery.FAILED else (None, False)
    )
    assert heard_again(part.raw, account=ACCOUNT) == told


@pytest.mark.parametrize("opaque", ["", "x", "-1", "9" * 40, None, {"a": 1}])
def test_a_status_that_does_not_name_a_delivery_of_ours_has_the_providers_name(opaque):
    status = CLOUD.status(OURS, "sent") | {"biz_opaque_callback_data": opaque}
    (part,) = parts_of(json.dumps(CLOUD.webhook(statuses=[status])).encode())
    assert heard_in(part, account=ACCOUNT).delivery is None


@pytest.mark.parametrize(
    "fields",
    [
        {"id": ""}, {"id": None}, {"from_": None}, {"from_": "+62"}, {"from_": {"a": 1}}, {"from_user_id": "x" * 300, "from_": None},
        {"type": "system", "system": {"type": "customer_identity_changed", "body": "…"}},
    ],
)  # fmt: skip
def test_what_says_nothing_of_a_contact_cannot_be_read(fields):
    with pytest.raises(UnreadableError):
        heard(**fields)


@pytest.mark.parametrize(
    ("system", "after"),
    [
        ({"type": "user_changed_number", "wa_id": "62899", "body": "…"}, "+62899"),
        ({"type": "user_changed_number", "new_wa_id": "62899"}, "+62899"),
        ({"type": "user_changed_user_id", "user_id": "ID.77"}, "ID.77"),
    ],
)
def test_a_new_number_is_told_as_a_move_from_the_old_one(system, after):
    moved = heard(type="system", id="wamid.9", system=system)
    assert isinstance(moved, Moved)
    assert (moved.event_id, moved.account, moved.before, moved.after) == ("wamid.9", ACCOUNT, ANA, after)


@pytest.mark.parametrize("timestamp", ["", "x", "-1", "9" * 30, None, 1e9, "99999999999"])
def test_an_instant_that_is_none_is_left_out(timestamp):
    assert heard(timestamp=timestamp).said_at is None


@pytest.mark.parametrize(
    "raw", [b"", b"\xff", b"[]", b"{}", b"[" * 100_000, b'{"object": "page", "entry": []}']
)
def test_what_is_no_webhook_of_whatsapps_cannot_be_read(raw):
    with pytest.raises(UnreadableError):
        list(parts_of(raw))
