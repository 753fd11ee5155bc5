"""Each kind of update, as Telegram sends it, and what the desk hears."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from channels.telegram.errors import BLOCKED
from channels.telegram.parse import CUSTOM_EMOJI, TAKEN_BACK, UnreadableUpdateError, parse, read
from tickets.message import (
    Channel,
    Edited,
    File,
    Heard,
    Location,
    Moved,
    Person,
    Place,
    Reach,
    Said,
    Shared,
    Told,
)

PAYLOADS = Path(__file__).parents[1] / "payloads" / "telegram"
ACCOUNT = "itb/telegram"
ANA = Person(address="71234567", name="Ana Wijaya", handle="anawijaya")
BUDI = Person(address="1002", name="Budi", handle="budi_cc")
PRIVATE = Place(account=ACCOUNT, channel=Channel.TELEGRAM, address="71234567")
TOPIC = Place(account=ACCOUNT, channel=Channel.TELEGRAM, address="-1001987654321", thread="33")


def heard(case: str) -> Heard | None:
    raw = (PAYLOADS / f"{case}.json").read_bytes()
    return parse(read(json.loads(raw)).update, account=ACCOUNT, username="tanggap_bot", raw=raw)


def said(case: str) -> Said:
    found = heard(case)
    assert isinstance(found, Said)
    return found


def test_a_text_is_heard_with_its_sender_place_and_time():
    raw = (PAYLOADS / "text.json").read_bytes()
    assert said("text") == Said(
        event_id="901",
        external_id="71234567:11",
        place=PRIVATE,
        sender=ANA,
        text="Assalamualaikum, saya lupa kata sandi Edunex 😀",
        said_at=datetime(2026, 10, 13, 0, 0, tzinfo=UTC),
        language="id",
        raw=raw,
    )


def test_a_command_loses_the_name_of_this_bot():
    assert said("command_to_this_bot").text == "/start tiket-7"


def test_a_command_to_another_bot_keeps_its_name():
    assert said("command_to_another_bot").text == "/start@other_bot"


def test_a_reply_names_the_message_it_answers():
    assert said("reply").replies_to == "71234567:9"


@pytest.mark.parametrize(
    ("case", "file"),
    [
        ("photo_with_caption", File(name="photo-16.jpg", type="image/jpeg", size=240111, fetch="F-large")),
        ("document", File(name="surat tugas.PDF", type="application/pdf", size=51234, fetch="F-doc")),
        ("voice", File(name="voice-18.ogg", type="audio/ogg", size=4012, fetch="F-voice")),
        ("audio", File(name="rekaman.mp3", type="audio/mpeg", size=99, fetch="F-audio")),
        ("video", File(name="video-20.mp4", type="video/mp4", size=99, fetch="F-video")),
        ("video_note", File(name="video-note-21.mp4", type="video/mp4", size=99, fetch="F-note")),
        ("animation", File(name="giphy.mp4", type="video/mp4", size=99, fetch="F-gif")),
        ("sticker", File(name="sticker-23.webp", type="image/webp", size=99, fetch="F-sticker")),
    ],
)
def test_a_file_comes_with_a_reference_to_fetch_it(case: str, file: File):
    assert said(case).files == (file,)


def test_the_card_of_an_address_book_comes_with_the_message():
    card = json.loads((PAYLOADS / "contact.json").read_text())["message"]["contact"]["vcard"].encode()
    assert said("contact").files == (
        File(name="Rina Sari.vcf", type="text/vcard", size=len(card), content=card),
    )


def test_a_caption_is_the_text_and_a_stickers_emoji_too():
    assert said("photo_with_caption").text == "Layar saya seperti ini"
    assert said("photo_with_caption").album == "13579"
    raw = json.loads((PAYLOADS / "photo_with_caption.json").read_bytes())
    raw["edited_message"] = raw.pop("message") | {"edit_date": 1}
    assert parse(read(raw).update, account=ACCOUNT).album == "13579"
    assert said("sticker").text == "👍"
    assert said("voice").text == ""


def test_a_place_on_the_map_is_heard():
    assert said("location").location == Location(latitude=-6.8915, longitude=107.6107)
    raw = json.loads((PAYLOADS / "location.json").read_text())
    raw["message"]["location"]["longitude"] = float("inf")
    assert parse(read(raw).update, account=ACCOUNT).location is None  # nowhere on earth
    venue = said("venue").location
    assert venue == Location(latitude=-6.8915, longitude=107.6107, label="Campus Center, Jl. Ganesa 10")


@pytest.mark.parametrize(
    ("case", "text"),
    [
        ("contact", "Kontak: Rina Sari, +628110001, +62 22 250 9999, +62-813-2222"),
        ("poll", "Jajak pendapat: Kapan pelatihan?\n- Senin\n- Selasa"),
        ("dice", "🎲 4"),
        ("story", "(Pesan Telegram jenis story)"),
        ("new_kind_of_message", "(Pesan Telegram jenis baru yang belum dapat ditampilkan)"),
    ],
)
def test_what_has_no_text_is_read_out(case: str, text: str):
    assert said(case).text == text


def test_an_agents_message_stands_in_its_topic_and_answers_nothing():
    message = said("topic_message")
    assert (message.place, message.sender, message.replies_to) == (TOPIC, BUDI, None)


def test_a_true_reply_in_a_topic_is_a_reply():
    assert said("topic_reply").replies_to == "-1001987654321:34"


def test_the_general_topic_and_a_thread_of_a_plain_group_are_no_topics():
    assert said("general_topic_message").place.thread is None
    plain = said("text_in_plain_group_thread")
    assert (plain.place.thread, plain.replies_to) == (None, "-1005:4")


def test_an_anonymous_administrator_speaks_as_the_group():
    assert said("anonymous_admin").sender == Person(address="-1001987654321", name="Agen Care Center")


@pytest.mark.parametrize(
    "case",
    [
        "other_bot",
        "linked_channel_post",
        "topic_created",
        "topic_closed",
        "topic_edited",
        "members_joined",
        "pinned",
        "live_location_moved",
    ],
)
def test_where_nobody_said_anything_nothing_is_heard(case: str):
    assert heard(case) is None


ORIGIN = {
    "type": "user",
    "date": 1791849000,
    "sender_user": {"id": 1002, "is_bot": False, "first_name": "Budi"},
}
BOT = {"id": 5, "is_bot": True, "first_name": "gif", "username": "gif"}


@pytest.mark.parametrize("more", [{"forward_origin": ORIGIN}, {"via_bot": BOT}])
@pytest.mark.parametrize(("case", "sender"), [("text", ANA), ("topic_message", BUDI)])
def test_what_is_forwarded_or_comes_by_an_inline_bot_is_said_by_who_sent_it(case, sender, more):
    raw = json.loads((PAYLOADS / f"{case}.json").read_bytes())
    raw["message"] |= more
    found = parse(read(raw).update, account=ACCOUNT)
    assert isinstance(found, Said)
    assert found.sender == sender


CHANNEL = {"id": -1009, "title": "Kabar", "type": "channel"}


@pytest.mark.parametrize(
    "update",
    [
        {"channel_post": {"message_id": 1, "date": 1791849600, "chat": CHANNEL, "text": "/tutup"}},
        {"edited_channel_post": {"message_id": 1, "date": 1791849600, "chat": CHANNEL, "text": "/tutup"}},
        {
            "callback_query": {
                "id": "7",
                "from": BOT,
                "chat_instance": "1",
                "inline_message_id": "x",
                "data": "!claim:1:",
            }
        },
        {"inline_query": {"id": "8", "from": BOT, "query": "tiket", "offset": ""}},
    ],
    ids=lambda update: next(iter(update)),
)
def test_what_is_said_outside_our_chats_is_not_heard(update):
    assert parse(read({"update_id": 1} | update).update, account=ACCOUNT) is None


def test_a_group_that_moved_and_a_contact_who_blocked_the_bot_are_heard():
    moved, blocked = heard("group_moved"), heard("blocked")
    assert isinstance(moved, Moved)
    assert moved.before != moved.after
    assert isinstance(blocked, Reach)
    assert blocked.barred == BLOCKED


def test_an_edit_is_heard_as_one():
    raw = (PAYLOADS / "edited.json").read_bytes()
    edited = heard("edited")
    assert edited == Edited(
        event_id=str(json.loads(raw)["update_id"]),
        external_id="71234567:11",
        place=PRIVATE,
        sender=ANA,
        text="Saya lupa kata sandi Edunex dan email",
        edited_at=datetime(2026, 10, 13, 0, 1, tzinfo=UTC),
        raw=raw,
    )
    caption = heard("edited_caption")
    assert isinstance(caption, Edited)
    assert caption.text == "Layar kedua"


def test_a_pressed_button_says_what_was_chosen_and_where():
    pressed = said("button")
    assert pressed.button == "helped:yes:1042"
    assert pressed.external_id == "cb:4382bfdwdsb323b2d9"
    assert pressed.replies_to == "71234567:30"
    assert (pressed.place, pressed.sender, pressed.text) == (PRIVATE, ANA, "")


def test_a_button_in_a_topic_and_one_below_an_old_message_work_too():
    assert said("button_in_topic").place == TOPIC
    assert said("button_of_old_message").replies_to == "71234567:2"


@pytest.mark.parametrize(
    ("case", "emoji"),
    [("reaction", "🙏"), ("reaction_taken_back", TAKEN_BACK), ("reaction_custom", CUSTOM_EMOJI)],
)
def test_a_reaction_is_told(case: str, emoji: str):
    told = heard(case)
    assert isinstance(told, Told)
    assert (told.external_id, told.reaction) == ("71234567:30", emoji)
    assert told.told_at == datetime(2026, 10, 13, 0, 1, 40, tzinfo=UTC)


@pytest.mark.parametrize(
    ("case", "kind", "content"),
    [
        ("poll", "poll", {"question": "Kapan pelatihan?", "options": ["Senin", "Selasa"], "several": False}),
        (
            "contact", "contact",
            {"name": "Rina Sari", "numbers": ["+628110001", "+62 22 250 9999", "+62-813-2222"]},
        ),
        ("dice", "dice", {"emoji": "🎲", "value": 4}),
        ("venue", "venue", {"title": "Campus Center", "address": "Jl. Ganesa 10"}),
        ("voice", "voice", {"seconds": 3}),
        ("video_note", "video_note", {"seconds": 3}),
        ("sticker", "sticker", {"emoji": "👍", "set": "Jempol"}),
        ("story", "story", {}),
        ("new_kind_of_message", "unknown", {}),
    ],
)  # fmt: skip
def test_what_is_more_than_words_is_kept_as_what_it_is(case: str, kind: str, content: dict):
    assert said(case).shared == Shared(kind=kind, content=content)


def test_words_pictures_and_places_are_nothing_more_and_a_place_that_moves_is():
    assert [said(case).shared for case in ("text", "photo_with_caption", "document", "location")] == [
        None
    ] * 4
    raw = json.loads((PAYLOADS / "location.json").read_text())
    raw["message"]["location"]["live_period"] = 900
    moving = parse(read(raw).update, account=ACCOUNT)
    assert isinstance(moving, Said)
    assert moving.shared == Shared(kind="live_location", content={"seconds": 900})


def test_a_new_kind_of_message_among_agents_is_kept_rather_than_answered_with():
    raw = json.loads((PAYLOADS / "topic_message.json").read_text())
    raw["message"] = {key: value for key, value in raw["message"].items() if key != "text"} | {"hologram": {}}
    with pytest.raises(UnreadableUpdateError, match="does not know"):
        parse(read(raw).update, account=ACCOUNT)


def test_what_is_no_update_is_said_without_its_content():
    with pytest.raises(UnreadableUpdateError, match=r"message\.message_id") as caught:
        heard("unreadable")
    assert "eleven" not in str(caught.value)


def test_a_detail_of_another_api_version_does_not_cost_a_persons_words():
    raw = json.loads((PAYLOADS / "reply_to_poll_of_older_server.json").read_bytes())
    assert "poll.allows_revoting" in read(raw).left_out
    answer = said("reply_to_poll_of_older_server")
    assert (answer.text, answer.replies_to) == ("Lihat jajak pendapat tadi", "71234567:5")
