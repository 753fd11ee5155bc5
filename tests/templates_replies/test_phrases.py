"""Every sentence of the bot exists in both languages, can be said, and is fit to be read."""

import inspect
import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from string import Formatter
from types import ModuleType
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from templates_replies import (
    amending_phrases,
    belonging_phrases,
    by_hand_phrases,
    handling_phrases,
    labels,
    notice_phrases,
    phrases,
    refusal_phrases,
    reply_phrases,
    staff_cards,
    staff_commands,
    staff_phrases,
)
from templates_replies.labels import IdentityField
from templates_replies.phrase import Phrase
from templates_replies.render import Rendered
from templates_replies.staff_commands import COMMAND_OF, COMMANDS
from templates_replies.staff_help import HelpFor, help_text

MODULES = (
    amending_phrases, belonging_phrases, by_hand_phrases, handling_phrases, labels, notice_phrases, phrases, refusal_phrases,
    staff_cards, staff_commands, staff_phrases,
)  # fmt: skip
JAKARTA = ZoneInfo("Asia/Jakarta")
FRIDAY = date(2026, 11, 20)

#: What stands in for a parameter, by its name.
SAMPLES: dict[str, Any] = {
    "ticket": 1042,
    "files": 2,
    "reaction": "👍",
    "earlier": 977,
    "contact": "Ana Putri",
    "desk": "Care Center",
    "hours": "Senin-Jumat 08.00-16.00",
    "within": timedelta(minutes=15),
    "waited": timedelta(minutes=20),
    "opens_at": datetime(2026, 11, 23, 8, 0, tzinfo=JAKARTA),
    "due_at": datetime(2026, 11, 20, 13, 15, tzinfo=JAKARTA),
    "met_at": datetime(2026, 11, 20, 9, 5, tzinfo=JAKARTA),
    "since": datetime(2026, 11, 19, 9, 5, tzinfo=JAKARTA),
    "now": datetime(2026, 11, 20, 13, 3, tzinfo=JAKARTA),
    "today": FRIDAY,
    "missing": [IdentityField.NAME, IdentityField.NUMBER, IdentityField.UNIT],
    "answer": "Kata sandi dapat diganti di halaman akun.",
    "when": "Petugas kami akan menjawab hari ini.",
    "subject": "Lupa kata sandi",
    "file": "foto.jpg",
    "again": True,
    "limit": 16_000_000,
    "command": "/tutpu",
    "category": "password",
    "reply": "reset",
    "agent": "Budi",
    "by": "Rina",
    "team": "Tim Pengembang Edunex",
    "text": "Halo Ana",
    "reason": "nomor tidak dikenal",
    "clock": "first_response",
    "field": IdentityField.UNIT,
    "verdict": "mismatch",
    "channel": "webchat",
    "kind": "resolution",
    "size": 1_500_000,
    "card": staff_cards.Card(
        ticket=1042, subject="Lupa sandi", contact="Ana", channel="whatsapp", status="new"
    ),
    "tickets": [1043, 1044],
    "priority": "urgent",
    "until": datetime(2026, 11, 23, 8, 0, tzinfo=JAKARTA),
    "by_contact": True,
    "note": False,
    "other": 1043,
    "desks": ["itb-studio", "unej-humas"],
    "address": "ana@example.com",
    "who": "Budi",
    "ago": timedelta(minutes=2),
    "link": "duplicate",
    "count": 3,
    "code": "blocked",
    "value": "amat gawat",
    "alert": staff_cards.Alert(
        ticket=1042,
        subject="Lupa sandi",
        contact="Ana",
        channel="telegram",
        clock="first_response",
        started_at=datetime(2026, 11, 20, 13, 0, tzinfo=JAKARTA),
        due_at=datetime(2026, 11, 20, 13, 15, tzinfo=JAKARTA),
        holder=None,
    ),
}


def phrases_in(value: object) -> Iterator[Phrase]:
    if isinstance(value, Phrase):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from phrases_in(each)


ALL_PHRASES = [
    pytest.param(phrase, id=f"{module.__name__.split('.')[-1]}.{name}.{number}")
    for module in MODULES
    for name, value in vars(module).items()
    for number, phrase in enumerate(phrases_in(value))
]


def sayings_of(module: ModuleType) -> Iterator[Callable[..., Any]]:
    for name, function in vars(module).items():
        is_ours = inspect.isfunction(function) and function.__module__ == module.__name__
        if is_ours and not name.startswith("_") and "language" in inspect.signature(function).parameters:
            yield function


ALL_SAYINGS = [
    pytest.param(function, id=f"{module.__name__.split('.')[-1]}.{function.__name__}")
    for module in MODULES
    for function in sayings_of(module)
]


def say(function: Callable[..., Any], language: str) -> str:
    values = {"language": language}
    for name, parameter in inspect.signature(function).parameters.items():
        is_optional = parameter.default is not parameter.empty
        if name in SAMPLES and not (is_optional and name == "missing"):
            values[name] = SAMPLES[name]
        elif name in ("status", "state"):
            values[name] = {"status": "waiting", "state": "delivered"}[name]
    return str(function(**values))


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("phrase", ALL_PHRASES)
def test_a_phrase_has_the_same_placeholders_in_both_languages(phrase):
    assert placeholders(phrase.id) == placeholders(phrase.en)
    assert bool(phrase.id) == bool(phrase.en)


@pytest.mark.parametrize("function", ALL_SAYINGS)
@pytest.mark.parametrize("language", ["id", "en"])
def test_everything_can_be_said_and_is_fit_to_be_read(function, language):
    text = say(function, language)

    assert text
    assert text == text.strip()
    assert not re.search(r"[{}]|None|  |\s[.,]|\.\.|<", text)


@pytest.mark.parametrize("function", [each for each in ALL_SAYINGS if "phrases." in str(each.id)])
def test_the_two_languages_are_two_languages(function):
    assert say(function, "id") != say(function, "en")


@pytest.mark.parametrize("function", list(sayings_of(phrases)))
@pytest.mark.parametrize("language", ["id", "en"])
def test_what_a_contact_reads_is_short_enough_for_whatsapp(function, language):
    assert len(say(function, language)) <= 400


def test_there_are_many_of_them():
    assert len(ALL_PHRASES) > 100
    assert len(ALL_SAYINGS) > 60


def test_a_phrase_is_never_said_with_a_hole_in_it():
    with pytest.raises(KeyError):
        Phrase(id="Halo {contact}", en="Hello {contact}").say("id")


def test_a_new_ticket_is_greeted_with_its_number_and_a_promise_in_words():
    greeting = phrases.greeting_new_ticket("id", ticket=1042, desk="Care Center ITB", contact="Ana")
    promise = phrases.when_answered_inside_hours("id", within=timedelta(minutes=15))

    assert greeting == (
        "Halo Bapak/Ibu Ana, terima kasih telah menghubungi Care Center ITB. "
        "Pesan Anda sudah kami terima dengan nomor tiket #1042."
    )
    assert promise == "Petugas kami akan menjawab dalam waktu paling lambat 15 menit pada jam layanan."


def test_a_promise_in_calendar_time_does_not_mention_service_hours():
    promise = phrases.when_answered_inside_hours("en", within=timedelta(minutes=15), counts_operating=False)

    assert promise == "A member of our staff will reply within 15 minutes."


def test_outside_hours_the_day_and_the_time_are_said():
    monday = datetime(2026, 11, 23, 8, 0, tzinfo=JAKARTA)

    assert phrases.when_answered_outside_hours("id", opens_at=monday, today=FRIDAY) == (
        "Saat ini kami berada di luar jam layanan. "
        "Petugas kami akan menjawab mulai Senin, 23 November 2026 pukul 08.00 WIB."
    )
    assert "from Monday, 23 November 2026 at 08:00 WIB" in phrases.when_answered_outside_hours(
        "en", opens_at=monday, today=FRIDAY
    )


def test_only_what_is_missing_is_asked_for():
    text = phrases.ask_identity("id", missing=[IdentityField.NUMBER])

    assert text == "Agar dapat kami bantu dengan tepat, mohon balas pesan ini dengan:\n• NIM atau NIP"
    with pytest.raises(ValueError, match="missing"):
        phrases.ask_identity("id", missing=[])


def test_an_automatic_answer_asks_whether_it_helped():
    framed = phrases.auto_answer_frame("id", answer="Begini.", ticket=7)
    assert framed == "Begini.\n\nPesan Anda kami catat sebagai tiket #7. Apakah jawaban ini membantu?"
    assert phrases.helped_labels("id") == ("Ya", "Tidak")
    assert phrases.helped_labels("en") == ("Yes", "No")


def test_the_state_of_a_ticket_is_told_in_words():
    text = phrases.ticket_state(
        "id",
        ticket=1042,
        subject="Lupa\nsandi",
        status="open",
        since=datetime(2026, 11, 19, 9, 5, tzinfo=JAKARTA),
        today=FRIDAY,
    )

    assert text == (
        "Tiket #1042: Lupa sandi\n"
        "Status: sedang ditangani, sejak kemarin pukul 09.05 WIB\n"
        "Petugas kami sedang menanganinya."
    )


@pytest.mark.parametrize("status", ["new", "open", "waiting", "solved", "closed"])
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_status_has_a_next_step(status, language):
    text = phrases.ticket_state(
        language, ticket=1, subject=None, status=status, since=datetime(2026, 11, 19, 9, 5), today=FRIDAY
    )

    assert len(text.splitlines()) == 3


def test_without_a_name_the_greeting_is_whole():
    assert phrases.salutation("id", contact=None) == "Halo Bapak/Ibu,"
    assert phrases.salutation("en", contact=" \u200b") == "Hello,"
    assert phrases.identity_thanks("id") == "Terima kasih, Bapak/Ibu. Data Anda sudah kami catat."


def test_who_calls_themselves_ibu_or_pak_is_spoken_to_so():
    assert phrases.salutation("id", contact="Ibu Ratna") == "Halo Ibu Ratna,"
    assert phrases.identity_thanks("id", contact="Pak Dedi").startswith("Terima kasih, Pak Dedi.")
    assert phrases.salutation("id", contact="Ibrahim") == "Halo Bapak/Ibu Ibrahim,"


def test_a_hostile_name_cannot_bend_a_sentence():
    greeting = phrases.greeting_new_ticket(
        "id", ticket=1, desk="D", contact="{ticket}\n\nBayar di sini\u202e " + "x" * 999
    )

    assert greeting.startswith("Halo Bapak/Ibu {ticket} Bayar di sini x")
    assert "\n" not in greeting
    assert len(greeting) < 250


@pytest.mark.parametrize(
    ("subject", "answer"),
    [
        ("Lupa sandi", "Re: Lupa sandi [#7]"),
        ("Re: RE: Lupa sandi [#7]", "Re: Lupa sandi [#7]"),
        ("Re: [#7] Lupa sandi", "Re: Lupa sandi [#7]"),
        (None, "[#7]"),
        ("", "[#7]"),
        ("Lupa\r\nBcc: x@example.org", "Re: Lupa Bcc: x@example.org [#7]"),
    ],
)
def test_the_subject_of_an_answer_names_the_ticket_once(subject, answer):
    assert phrases.mail_subject(ticket=7, subject=subject) == answer


def test_states_and_channels_of_the_ledger_have_words():
    for language in ("id", "en"):
        for channel in ("whatsapp", "telegram", "email", "webchat", "other"):
            assert labels.channel_words(channel, language)
        for status in ("new", "open", "waiting", "solved", "closed"):
            assert labels.status_words(status, language)
            assert labels.status_words_for_staff(status, language)
        for clock in ("first_response", "next_response", "resolution", "second_line", "step"):
            assert labels.clock_words(clock, language)
        for verdict in ("verified", "not_found", "mismatch", "unchecked"):
            assert labels.verification_words(verdict, language)


def test_every_command_is_known_by_both_names_and_stands_in_the_help():
    assert COMMAND_OF["tutup"] is COMMAND_OF["close"]
    assert len(COMMAND_OF) == 2 * len(COMMANDS) - 2  # /tag and /sop are the same words in both
    for command in COMMANDS:
        for language in ("id", "en"):
            lines = help_text(language, role=HelpFor.SUPERVISOR).split("\n")
            assert lines.count(f"{command.usage(language)}: {command.purpose.say(language)}") == 1


def test_each_role_is_shown_what_it_may_do():
    agent, helper = (help_text("id", role=role) for role in (HelpFor.AGENT, HelpFor.HELPER))
    assert "/tutup" in agent
    assert "/verifikasi" not in agent
    assert "Supervisor" not in agent
    assert "/kembalikan" in helper
    assert "/tutup" not in helper
    assert "catatan untuk lini pertama" in helper


def test_the_help_says_what_a_plain_message_does_at_this_desk():
    assert "//" in help_text("id", role=HelpFor.AGENT)
    assert "//" not in help_text("id", role=HelpFor.AGENT, plain_is_note=True)


def test_a_refusal_names_what_comes_close():
    text = staff_phrases.no_such_category("id", category="pasword", near=["password", "profil"])

    assert text == (
        "Kategori pasword tidak ditemukan. Mungkin maksud Anda: password, profil. Ketik /kategori untuk melihat semuanya."
    )


def test_a_preview_that_misses_something_cannot_be_sent():
    whole = Rendered(text="Halo Ana", missing=(), language="id")
    lacking = Rendered(text="Halo {contact}", missing=("contact",), language="id")
    assert "Ketik /kirim" in reply_phrases.preview("id", whole)
    assert "Ketik #7 /kirim" in reply_phrases.preview(
        "id", whole, number=7
    )  # where no topic says which ticket
    assert "/kirim" not in reply_phrases.ask("id", lacking)
    assert "Isi nama pengirim" in reply_phrases.ask("id", lacking)
