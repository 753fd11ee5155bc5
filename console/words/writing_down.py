"""The words of the form for those who call or come in person."""

from collections.abc import Mapping

PHRASES: Mapping[str, tuple[str, str]] = {
    "write_down": ("Catat tiket", "New ticket"),
    "write_down_hint": (
        "Untuk yang menelepon atau datang langsung. Janji layanan dihitung sejak mereka datang.",
        "For whoever calls or comes in person. The promises count from when they came.",
    ),
    "what_was_said": ("Apa yang disampaikan", "What they said"),
    "subject_optional": ("Perihal (boleh kosong)", "Subject (optional)"),
    "open_ticket": ("Buka tiket", "Open the ticket"),
}
