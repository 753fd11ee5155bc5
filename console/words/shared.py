"""The words of the pages for what contacts share in chats that is more than words and files."""

from collections.abc import Mapping

_KINDS: Mapping[str, tuple[str, str]] = {
    "poll": ("Jajak pendapat", "Poll"),
    "contact": ("Kontak", "Contact"),
    "venue": ("Tempat", "Venue"),
    "live_location": ("Lokasi langsung", "Live location"),
    "dice": ("Dadu", "Dice"),
    "game": ("Gim", "Game"),
    "story": ("Cerita", "Story"),
    "checklist": ("Daftar", "Checklist"),
    "sticker": ("Stiker", "Sticker"),
    "animation": ("Animasi", "Animation"),
    "voice": ("Pesan suara", "Voice message"),
    "video_note": ("Video singkat", "Video note"),
    "unknown": ("Jenis baru", "A new kind"),
}
KINDS: Mapping[str, str] = {kind: f"kind_{kind}" for kind in _KINDS}
PHRASES: Mapping[str, tuple[str, str]] = {
    **{KINDS[kind]: words for kind, words in _KINDS.items()},
    "poll_several": ("Boleh memilih beberapa", "Several may be chosen"),
}
