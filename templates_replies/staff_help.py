"""The help for people of the desk: first what a plain message does, then the commands that fit the role, by theme."""

from collections.abc import Sequence
from enum import StrEnum

from templates_replies.catalogue import Language
from templates_replies.phrase import Phrase
from templates_replies.staff_commands import COMMANDS, Command

_BY_KEY = {command.key: command for command in COMMANDS}


class HelpFor(StrEnum):
    AGENT = "agent"
    SUPERVISOR = "supervisor"
    HELPER = "helper"  # of a second-line team


_THEMES: Sequence[tuple[Phrase, tuple[str, ...]]] = (
    (
        Phrase(id="Menjawab", en="Answering"),
        ("wait", "close", "reply", "send", "cancel", "take_back", "send_again", "knock", "withdraw"),
    ),
    (
        Phrase(id="Menangani tiket", en="Working on a ticket"),
        (
            "claim", "assign", "category", "none_fits", "tag", "untag", "priority", "reopen", "snooze", "wake", "card", "explain",
            "fetch", "move",
        ),
    ),
    (Phrase(id="Lini kedua", en="Second line"), ("escalate", "return")),
    (Phrase(id="Prosedur", en="Procedures"), ("step", "sop", "proof")),
    (
        Phrase(id="Pengirim", en="The contact"),
        ("check", "confirm", "dispute", "code", "join", "part", "spam", "restore", "block"),
    ),
    (
        Phrase(id="Beberapa tiket", en="Several tickets"),
        ("link", "unlink", "merge", "split", "incident", "answer_all", "close_all"),
    ),
    (Phrase(id="Menulis lebih dahulu", en="Writing first"), ("write_down", "write_first", "reach")),
    (Phrase(id="Kehadiran", en="Being here"), ("break", "leave", "back", "hand_over")),
    (Phrase(id="Lainnya", en="Other"), ("rules", "help")),
    (
        Phrase(id="Supervisor", en="Supervisors"),
        (
            "verify", "send_back", "board", "acknowledge", "extend", "follow_up", "survey", "unblock", "new_category",
            "new_reply", "hooks",
        ),
    ),
)  # fmt: skip
_SUPERVISORS = _THEMES[-1:]
_OF_HELPERS = frozenset(
    {
        "claim",
        "return",
        "take_back",
        "card",
        "explain",
        "step",
        "sop",
        "proof",
        "break",
        "leave",
        "back",
        "help",
    }
)

_PLAIN_IS_ANSWER = Phrase(
    id="Pesan biasa dikirim kepada pengirim. Pesan yang diawali // menjadi catatan internal.",
    en="A plain message goes to the contact. A message that begins with // is an internal note.",
)
_PLAIN_IS_NOTE = Phrase(
    id="Pesan biasa menjadi catatan internal. Untuk menjawab, balas (reply) pesan pengirim.",
    en="A plain message is an internal note. To answer, reply to the contact's message.",
)
_FOR_THE_FIRST_LINE = Phrase(
    id="Pesan biasa menjadi catatan untuk lini pertama; pengirim tidak melihatnya.",
    en="A plain message is a note for the first line; the contact does not see it.",
)
_FROM_ELSEWHERE = Phrase(
    id="Di luar topik, juga melalui WhatsApp atau email, awali dengan nomor tiket: #1042 jawaban Anda, atau #1042 /tutup.",
    en="Outside the topic, also by WhatsApp or email, begin with the ticket's number: #1042 your answer, or #1042 /close.",
)
_FROM_ELSEWHERE_FOR_HELPERS = Phrase(
    id="Di luar topik, juga melalui WhatsApp atau email, awali dengan nomor tiket: #1042 temuan Anda.",
    en="Outside the topic, also by WhatsApp or email, begin with the ticket's number: #1042 your finding.",
)


def help_text(language: Language, *, role: HelpFor, plain_is_note: bool = False) -> str:
    """List the commands that fit a role; `plain_is_note`: plain messages stay inside, only replies go out."""
    helper = role is HelpFor.HELPER
    plain = _PLAIN_IS_NOTE if plain_is_note else _FOR_THE_FIRST_LINE if helper else _PLAIN_IS_ANSWER
    elsewhere = _FROM_ELSEWHERE_FOR_HELPERS if helper else _FROM_ELSEWHERE
    sections = (_section(language, title, keys, role) for title, keys in _THEMES)
    return "\n\n".join(filter(None, (plain.say(language), *sections, elsewhere.say(language))))


def _section(language: Language, title: Phrase, keys: Sequence[str], role: HelpFor) -> str:
    if role is not HelpFor.SUPERVISOR and (title, keys) in _SUPERVISORS:
        return ""
    shown = [_BY_KEY[key] for key in keys if role is not HelpFor.HELPER or key in _OF_HELPERS]
    if not shown:
        return ""
    return "\n".join((f"▸ {title.say(language)}", *(_line(language, command) for command in shown)))


def _line(language: Language, command: Command) -> str:
    return f"{command.usage(language)}: {command.purpose.say(language)}"
