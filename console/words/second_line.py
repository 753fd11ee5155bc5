"""The words for tickets that a second line has."""

from collections.abc import Mapping

PHRASES: Mapping[str, tuple[str, str]] = {
    "second_line_card": ("Lini kedua", "Second line"),
    "with_first_line": ("Di lini pertama.", "With the first line."),
    "issue": ("Isu", "Issue"),
    "finding": ("Temuan (boleh kosong)", "Finding (optional)"),
    "hand_on": ("Teruskan ke tim lain", "Hand on to another team"),
    "second_line_notes": (
        "Tulisan Anda menjadi catatan bagi lini pertama. Kontak tidak membacanya.",
        "What you write becomes a note for the first line. The contact does not read it.",
    ),
    "every_team": ("Semua lini", "Every line"),
    "queue_of": ("Antrean {team}", "Queue of {team}"),
    "event.ticket.tracked": ("{team} mencatatnya sebagai {issue}", "{team} calls it {issue}"),
    "event.hook.paused": ("Webhook dijeda", "Webhook paused"),
    "event.hook.resumed": ("Webhook dilanjutkan", "Webhook resumed"),
}
