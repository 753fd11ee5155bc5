"""What the desk sends, and what a person sees of it."""

import pytest

from channels.contract import AmendsPieces, Reacting, RefusedByProvider, Sender, ThreadGone
from channels.telegram.adapter import TelegramAdapter
from channels.telegram.errors import PartlySent
from channels.telegram.send import DOCUMENT_LIMIT, PHOTO_LIMIT, plan
from tests.channels.telegram.conftest import GROUP
from tests.standins.telegram import Key
from tickets.message import Button, Delivery, File


@pytest.fixture(autouse=True)
def ana_has_written(standin) -> None:
    standin.contact_writes(7, "Halo", name="Ana")


def photo(content: bytes = b"\xff\xd8\xff", name: str = "layar.jpg") -> File:
    return File(name=name, type="image/jpeg", content=content)


def paper(content: bytes = b"%PDF-1.7", name: str = "surat.pdf") -> File:
    return File(name=name, type="application/pdf", content=content)


async def test_a_text_arrives_as_it_was_written(adapter: TelegramAdapter, standin, out):
    assert isinstance(adapter, Sender)
    hostile = "<b>Halo</b> *Ana* [x](https://evil.example) _y_ 😀"
    sent = await adapter.send(out(hostile, to=7))
    assert standin.chat(7).last.text == hostile
    assert sent.external_ids == (standin.chat(7).last.external_id,)
    assert sent.state is Delivery.SENT
    (call,) = standin.calls("sendMessage")
    assert "parse_mode" not in call
    assert call["link_preview_options"]["is_disabled"] is True


async def test_a_long_text_arrives_in_pieces_and_in_order(adapter, standin, out):
    paragraphs = [f"Paragraf {number}: " + "😀 kata " * 300 for number in range(4)]
    sent = await adapter.send(out("\n\n".join(paragraphs), to=7, buttons=out.row("Ya", "yes")))
    seen = standin.chat(7).from_bot
    assert sent.external_ids == tuple(message.external_id for message in seen)
    assert len(seen) > 1
    assert " ".join(" ".join(message.text for message in seen).split()) == " ".join(
        " ".join(paragraphs).split()
    )
    assert [bool(message.keys) for message in seen] == [False] * (len(seen) - 1) + [True]


async def test_an_answer_hangs_on_the_message_it_answers(adapter, standin, out):
    question = standin.chat(7).last
    await adapter.send(out("Jawaban", to=7, replies_to=question.external_id))
    assert standin.chat(7).last.reply_to == question.id


@pytest.mark.parametrize("replies_to", ["7:99999", "8:1", "cb:123", "nonsense"])
async def test_what_cannot_be_hung_on_a_message_arrives_all_the_same(adapter, standin, out, replies_to):
    await adapter.send(out("Jawaban", to=7, replies_to=replies_to))
    assert (standin.chat(7).last.text, standin.chat(7).last.reply_to) == ("Jawaban", None)


async def test_buttons_stand_below_in_their_rows(adapter, standin, out):
    rows = (
        (Button(label="Ya", data="helped:yes"), Button(label="Tidak", data="helped:no")),
        (Button(label="Petugas", data="person"),),
    )
    await adapter.send(out("Terbantu?", to=7, buttons=rows))
    assert standin.chat(7).last.buttons == [["Ya", "Tidak"], ["Petugas"]]
    assert standin.chat(7).last.key("Petugas") == Key(label="Petugas", data="person")


LIMITS = {
    "a text of 4,096 units": ({"text": "😀" * 2048}, ["SendMessage"]),
    "one more": ({"text": "😀" * 2048 + "a"}, ["SendMessage"] * 2),
    "a caption of 1,024 units": ({"text": "😀" * 512, "files": 3}, ["SendPhoto"]),
    "a longer one": ({"text": "😀" * 512 + "a", "files": 3}, ["SendMessage", "SendPhoto"]),
    "a photo of 10 MB": ({"files": PHOTO_LIMIT}, ["SendPhoto"]),
    "a larger one": ({"files": PHOTO_LIMIT + 1}, ["SendDocument"]),
    "a file of 50 MB": ({"files": DOCUMENT_LIMIT}, ["SendDocument"]),
    "a larger file": ({"files": DOCUMENT_LIMIT + 1}, "50 MB"),
    "an empty file": ({"files": 0}, "kosong"),
    "a button of 64 bytes": ({"text": "?", "data": "é" * 32}, ["SendMessage"]),
    "one of 65": ({"text": "?", "data": "é" * 32 + "a"}, "Tombol"),
    "one without data": ({"text": "?", "data": ""}, "Tombol"),
    "one without a label": ({"text": "?", "data": "yes", "label": " "}, "Tombol"),
}


@pytest.mark.parametrize(("given", "goes"), LIMITS.values(), ids=LIMITS)
def test_what_telegram_bears_goes_and_what_it_would_refuse_is_parted_or_refused_before(given, goes, out):
    files = (photo(b"\xff" * given["files"]),) if "files" in given else ()
    buttons = out.row(given.get("label", "Ya"), given["data"]) if "data" in given else ()
    outgoing = out(given.get("text", ""), to=7, files=files, buttons=buttons)
    if isinstance(goes, list):
        assert [type(step).__name__ for step in plan(outgoing)] == goes
        return
    with pytest.raises(RefusedByProvider, match=goes):
        plan(outgoing)


async def test_a_message_goes_into_its_topic(adapter, standin, out):
    thread = await adapter.open_topic(str(GROUP), "#1042 Ana")
    await adapter.send(out("Kartu", to=GROUP, thread=thread))
    assert standin.topic(GROUP, thread).texts == ["Kartu"]


async def test_a_deleted_topic_is_said_to_be_gone(adapter, standin, out):
    thread = await adapter.open_topic(str(GROUP), "#1042 Ana")
    standin.deletes_topic(GROUP, thread)
    with pytest.raises(ThreadGone):
        await adapter.send(out("Kartu", to=GROUP, thread=thread))


async def test_a_photo_and_a_document_arrive_with_their_caption(adapter, standin, out):
    await adapter.send(out("Layarnya", to=7, files=(photo(),), buttons=out.row("Ya", "yes")))
    await adapter.send(out("", to=7, files=(paper(),)))
    shown, document = standin.chat(7).from_bot
    assert (shown.file.kind, shown.file.content, shown.text) == ("photo", b"\xff\xd8\xff", "Layarnya")
    assert shown.buttons == [["Ya"]]
    assert (document.file.kind, document.file.name, document.text) == ("document", "surat.pdf", "")


async def test_a_text_too_long_for_a_caption_and_several_files_go_separately(adapter, standin, out):
    long = "kata " * 250
    sent = await adapter.send(out(long, to=7, files=(photo(), paper()), buttons=out.row("Ya", "yes")))
    seen = standin.chat(7).from_bot
    assert [message.file and message.file.kind for message in seen] == [None, "photo", "document"]
    assert [bool(message.keys) for message in seen] == [False, False, True]
    assert len(sent.external_ids) == 3


async def test_a_picture_that_telegram_cannot_show_goes_as_a_document(adapter, standin, out):
    standin.refuses("sendPhoto", 400, "Bad Request: PHOTO_INVALID_DIMENSIONS")
    await adapter.send(out("Denah", to=7, files=(photo(name="denah.jpg"),), buttons=out.row("Ya", "yes")))
    seen = standin.chat(7).last
    assert (seen.file.kind, seen.file.name, seen.text, seen.buttons) == (
        "document",
        "denah.jpg",
        "Denah",
        [["Ya"]],
    )


@pytest.mark.parametrize(
    "file",
    [paper(b"\0" * (DOCUMENT_LIMIT + 1)), paper(b""), File(name="x", type="text/plain")],
    ids=["too big", "empty", "not loaded"],
)
async def test_a_file_that_cannot_go_is_refused_before_anything_goes(adapter, standin, out, file):
    with pytest.raises(RefusedByProvider, match="Berkas"):
        await adapter.send(out("Terlampir", to=7, files=(photo(), file)))
    assert standin.chat(7).from_bot == []


async def test_a_hostile_file_name_cannot_break_the_form(adapter, standin, out):
    await adapter.send(out("", to=7, files=(paper(name='a"\r\nX-Evil: 1\r\n\r\n../b.pdf'),)))
    assert standin.chat(7).last.file.name == "a_X-Evil: 1_.._b.pdf"


@pytest.mark.parametrize("text", ["", "  \n "])
async def test_nothing_is_no_message(adapter, standin, out, text):
    with pytest.raises(RefusedByProvider, match="kosong"):
        await adapter.send(out(text, to=7))


@pytest.mark.parametrize(("to", "thread"), [("somebody", None), ("7", "topic")])
async def test_an_address_that_is_none_is_refused(adapter, out, to, thread):
    with pytest.raises(RefusedByProvider, match="tidak mengenal"):
        await adapter.send(out("Halo", to=to, thread=thread))


async def test_an_edit_changes_what_stands_there(adapter, standin, out):
    (card,) = (await adapter.send(out("Kartu", to=7, buttons=out.row("Ambil", "claim")))).external_ids
    await adapter.send(out("Kartu: Budi", to=7, edits=card, buttons=out.row("Lepas", "release")))
    seen = standin.chat(7).last
    assert (seen.text, seen.buttons, seen.edited) == ("Kartu: Budi", [["Lepas"]], True)


async def test_an_edit_that_changes_nothing_is_a_success(adapter, standin, out):
    (card,) = (await adapter.send(out("Kartu", to=7))).external_ids
    sent = await adapter.send(out("Kartu", to=7, edits=card))
    assert sent.external_ids == ()


async def test_an_edit_without_text_takes_the_buttons_away(adapter, standin, out):
    (card,) = (await adapter.send(out("Terbantu?", to=7, buttons=out.row("Ya", "yes")))).external_ids
    await adapter.send(out("", to=7, edits=card))
    assert (standin.chat(7).last.text, standin.chat(7).last.buttons) == ("Terbantu?", [])


async def test_an_edit_of_what_is_gone_or_not_ours_is_refused(adapter, standin, out):
    with pytest.raises(RefusedByProvider, match="sudah tidak ada"):
        await adapter.send(out("Baru", to=7, edits="7:99999"))
    with pytest.raises(RefusedByProvider, match="tidak dapat diubah"):
        await adapter.send(out("Baru", to=7, edits=standin.chat(7).last.external_id))
    with pytest.raises(RefusedByProvider, match="satu teks"):
        await adapter.send(out("x" * 4097, to=7, edits="7:1"))


async def test_when_a_later_piece_is_throttled_the_message_is_finished(adapter, standin, out):
    standin.answers_late("sendMessage", seconds=0)  # the first piece passes
    standin.throttles("sendMessage", retry_after=1)
    sent = await adapter.send(out("kata " * 1000, to=7))
    assert len(sent.external_ids) == 2
    assert len(standin.chat(7).from_bot) == 2


@pytest.mark.parametrize("retry_after", [31, None])
async def test_when_a_later_piece_fails_the_message_is_neither_sent_nor_unsent(
    adapter, standin, out, retry_after
):
    standin.answers_late("sendMessage", seconds=0)
    if retry_after:
        standin.throttles("sendMessage", retry_after=retry_after)
    else:
        standin.refuses("sendMessage", 403, "Forbidden: bot was blocked by the user")
    with pytest.raises(PartlySent, match="1 dari 2") as caught:
        await adapter.send(out("kata " * 1000, to=7))
    assert caught.value.external_ids == (standin.chat(7).last.external_id,)


async def test_a_reaction_is_set_and_taken_back(adapter, standin, out):
    assert isinstance(adapter, Reacting)
    message = standin.chat(7).last
    place = out("x", to=7).place
    await adapter.react(place, message.external_id, "👀")
    assert message.reaction == "👀"
    await adapter.react(place, message.external_id, None)
    assert message.reaction is None


async def test_a_reaction_that_telegram_does_not_have_is_refused(adapter, standin, out):
    with pytest.raises(RefusedByProvider, match="REACTION_INVALID"):
        await adapter.react(out("x", to=7).place, standin.chat(7).last.external_id, "✅")
    with pytest.raises(RefusedByProvider):
        await adapter.react(out("x", to=7).place, "cb:1", "👀")


async def test_a_caption_is_changed_and_messages_are_taken_back_while_telegram_lets_us(adapter, standin, out):
    standin.contact_writes(7, "Halo")
    picture = File(name="layar.png", type="image/png", content=b"png")
    shown = await adapter.send(out("Lihat layar", to=7, files=(picture,)))
    await adapter.send(out("Lihat gambar", to=7, edits=shown.external_ids[0]))
    assert standin.chat(7).last.text == "Lihat gambar"
    with pytest.raises(RefusedByProvider, match="1024"):
        await adapter.send(out("x" * 1025, to=7, edits=shown.external_ids[0]))
    for _ in range(2):  # the second time there is nothing left to delete
        await adapter.take_back(shown.external_ids)
    assert standin.chat(7).from_bot == []
    old = await adapter.send(out("Halo", to=7))
    standin.chat(7).last.at -= 48 * 3600
    with pytest.raises(RefusedByProvider, match="tidak dapat ditarik"):
        await adapter.take_back(old.external_ids)


LONG = {count: "\n\n".join(f"Bagian {part} " + "kata " * 700 for part in range(count)) for count in (1, 2, 3)}


@pytest.mark.parametrize(
    ("before", "files", "after", "left"),
    [(3, 0, 3, 3), (3, 0, 1, 1), (2, 0, 3, None), (1, 0, 2, None), (2, 2, 1, 3), (2, 1, 2, 3), (1, 2, 2, None)],
)  # fmt: skip
async def test_an_answer_in_pieces_is_changed_piece_by_piece(
    adapter, standin, out, before, files, after, left
):
    assert isinstance(adapter, AmendsPieces)
    papers = tuple(paper(name=f"{number}.pdf") for number in range(files))
    sent = (await adapter.send(out(LONG[before], to=7, files=papers))).external_ids
    shown = [each.text for each in standin.chat(7).from_bot]
    new = out(LONG[after].replace("Bagian", "Potongan"), to=7)
    if left is None:
        with pytest.raises(RefusedByProvider, match="kirim tambahannya sebagai jawaban baru"):
            await adapter.amend(sent, new, files=files)
        assert [each.text for each in standin.chat(7).from_bot] == shown
        return
    standing = await adapter.amend(tuple(reversed(sent)), new, files=files)
    assert [each.external_id for each in standin.chat(7).from_bot] == list(standing)
    assert len(standing) == left
    texts = [each.text for each in standin.chat(7).from_bot]
    assert [text[:10] for text in texts[:after]] == [f"Potongan {part}" for part in range(after)]
    assert not any("Bagian" in text for text in texts)
    await adapter.take_back(standing)
    assert standin.chat(7).from_bot == []


async def test_of_a_change_that_passes_in_part_it_is_said_how_much_did(adapter, standin, out):
    sent = (await adapter.send(out(LONG[2], to=7))).external_ids
    await adapter.take_back(sent[1:])
    with pytest.raises(RefusedByProvider, match=r"Baru 1 dari 2 bagian yang berubah\. Pesan yang hendak"):
        await adapter.amend(sent, out(LONG[2].replace("Bagian", "Potongan"), to=7))
