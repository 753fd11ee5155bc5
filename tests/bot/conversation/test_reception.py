"""Whose a message is where one number serves several desks, as a supervisor would read it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.conversation.reception import Standing, Step, Way, patience, step, sure_of
from bot.listening import listen
from templates_replies.matcher import Suggestion
from tickets.hours import Span
from tickets.message import Channel, Person, Place, Said

CARE, STUDIO = "care", "studio"
DESKS = {CARE: "Care Center", STUDIO: "Studio Rekaman"}
NEW = Standing(
    desks=DESKS, heard=listen(Said(event_id="", external_id="", place=Place(account="", channel=Channel.WHATSAPP,
    address=""), sender=Person(address=""))), running=None, answered=False, asked=False, held=False, chosen=None,
    sure=None, may_ask=True,
)  # fmt: skip
HELD = replace(NEW, running=CARE, asked=True, held=True)
WOKEN = replace(HELD, held=False)
AT_STUDIO = replace(NEW, running=STUDIO)
WORKED_ON = replace(AT_STUDIO, answered=True)
TALK, ASK, WAIT, GO = Way.TALK, Way.ASK, Way.WAIT, Way.GO


@pytest.mark.parametrize(
    ("standing", "said", "expected"),
    [
        (NEW, "kak mau tanya soal jadwal", (ASK, CARE)),
        (NEW, "halo kak", (ASK, CARE)),
        (NEW, "/start", (ASK, CARE)),
        (NEW, "status tiket #12", (TALK, CARE)),  # opens nothing
        (NEW, "STOP", (TALK, CARE)),
        (replace(NEW, sure=STUDIO), "mau booking studio", (TALK, STUDIO)),
        (replace(NEW, chosen=STUDIO, sure=CARE), "nilai saya belum muncul", (TALK, STUDIO)),
        (replace(NEW, may_ask=False), "kak mau tanya", (TALK, CARE)),
        (HELD, "desk:studio", (GO, STUDIO)),
        (HELD, "2", (GO, STUDIO)),
        (HELD, "1.", (GO, CARE)),
        (HELD, "studio", (GO, STUDIO)),
        (HELD, "nomor dua kak", (GO, STUDIO)),
        (HELD, "yg kedua aja", (GO, STUDIO)),
        (HELD, "2️⃣", (GO, STUDIO)),
        (HELD, "stuido rekamn", (GO, STUDIO)),  # letters swapped and missing
        (HELD, "ke Care Centre, tolong", (GO, CARE)),
        (HELD, "3", (WAIT, CARE)),
        (HELD, "2 hari lalu saya sudah bayar", (WAIT, CARE)),
        (HELD, "studi", (GO, STUDIO)),
        (HELD, "care studio", (WAIT, CARE)),
        (HELD, "halo? ada orang?", (WAIT, CARE)),
        (replace(HELD, sure=STUDIO), "mau booking studio hari jumat", (GO, STUDIO)),
        (replace(HELD, sure=CARE), "nilai kuis saya hilang", (GO, CARE)),
        (WOKEN, "2", (GO, STUDIO)),  # late, and nobody has begun
        (replace(WOKEN, sure=STUDIO), "mau booking studio", (TALK, CARE)),  # the first desk reads it already
        (AT_STUDIO, "masih menunggu kak", (TALK, STUDIO)),
        (AT_STUDIO, "2", (TALK, STUDIO)),
        (replace(AT_STUDIO, sure=CARE), "nilai saya", (TALK, STUDIO)),
        (AT_STUDIO, "menu", (ASK, STUDIO)),
        (AT_STUDIO, "salah unit kak", (ASK, STUDIO)),
        (AT_STUDIO, "desk:care", (GO, CARE)),  # the old menu, and nobody has begun
        (WORKED_ON, "desk:care", (TALK, STUDIO)),
        (WORKED_ON, "ganti unit", (ASK, STUDIO)),
        (replace(WORKED_ON, asked=True), "1", (GO, CARE)),
        (replace(WORKED_ON, asked=True), "terima kasih", (TALK, STUDIO)),
        (replace(WORKED_ON, chosen=CARE), "mau tanya nilai", (GO, CARE)),  # of a solved ticket taken up again
        (replace(WORKED_ON, chosen=CARE), "makasih kak", (TALK, STUDIO)),
        (replace(NEW, running="elsewhere"), "ada kabar?", (TALK, CARE)),
    ],
)  # fmt: skip
def test_a_message_goes_where_its_contact_means_it(standing: Standing, said: str, expected: tuple[Way, str]):
    place = Place(account="care/whatsapp", channel=Channel.WHATSAPP, address="+62811")
    button = said if said.startswith("desk:") else None
    heard = listen(
        Said(
            event_id="1",
            external_id="1",
            place=place,
            sender=Person(address="+62811"),
            text=said,
            button=button,
        )
    )
    found: Step = step(replace(standing, heard=heard))
    assert (found.way, found.desk) == expected


@pytest.mark.parametrize(
    ("care", "studio", "expected"),
    [(0.95, 0.2, CARE), (0.2, 0.95, STUDIO), (0.95, 0.8, None), (0.9, None, None), (0.95, None, CARE), (None, None, None)],
)  # fmt: skip
def test_words_decide_where_one_desk_alone_is_sure(
    care: float | None, studio: float | None, expected: str | None
):
    def of(score: float | None) -> tuple[Suggestion, ...]:
        return () if score is None else (Suggestion(category="x", score=score, matched=(), nearest=None),)

    assert sure_of({CARE: of(care), STUDIO: of(studio)}) == expected


@pytest.mark.parametrize(
    ("promises", "minutes"), [((), 10), (("15m", "1h"), 7.5), (("1h", "4m"), 2), (("3d",), 10)]
)
def test_the_menu_leaves_every_desk_half_of_its_promise(promises: tuple[str, ...], minutes: float):
    assert patience(Span.parse(each, "operating") for each in promises) == timedelta(minutes=minutes)
