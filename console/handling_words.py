"""The words of the pages about handling: priority, sleep, spam, blocked addresses, links, merges, splits, incidents."""

from collections.abc import Mapping

PRIORITIES: Mapping[str, str] = {each: f"priority_{each}" for each in ("low", "normal", "high", "urgent")}
PHRASES: Mapping[str, tuple[str, str]] = {
    "priority": ("Prioritas", "Priority"),
    "every_priority": ("Semua prioritas", "Every priority"),
    "priority_low": ("rendah", "low"),
    "priority_normal": ("biasa", "normal"),
    "priority_high": ("tinggi", "high"),
    "priority_urgent": ("mendesak", "urgent"),
    "asleep": ("Ditunda", "Asleep"),
    "asleep_until": ("ditunda sampai {moment}", "asleep until {moment}"),
    "snooze": ("Tunda", "Snooze"),
    "snooze_hint": (
        "Tenggat tetap berjalan. Tiket muncul lagi pada waktunya, atau begitu kontak menulis.",
        "The clocks run on. The ticket comes back then, or as soon as the contact writes.",
    ),
    "snooze_until": ("Sampai", "Until"),
    "wake": ("Tampilkan lagi sekarang", "Bring it back now"),
    "is_spam": ("spam", "spam"),
    "spam": ("Tandai spam", "Mark as spam"),
    "spam_hint": (
        "Tiket tidak dihitung lagi dan kontak tidak diberi tahu. Dapat dibatalkan.",
        "The ticket no longer counts and the contact is not told. It can be taken back.",
    ),
    "spam_block": ("Blokir juga alamatnya", "Block the address, too"),
    "restore": ("Pulihkan tiket", "Take the ticket back"),
    "block": ("Blokir alamat ini", "Block this address"),
    "address_blocked": ("alamat diblokir", "address blocked"),
    "blocked_title": ("Alamat yang diblokir", "Blocked addresses"),
    "blocked_nav": ("Diblokir", "Blocked"),
    "blocked_hint": (
        "Pesan dari alamat ini tetap disimpan di sini, tetapi tidak menjadi tiket dan tidak dijawab.",
        "What these addresses send is kept here, becomes no ticket, and is answered nothing.",
    ),
    "blocked_none": ("Tidak ada alamat yang diblokir", "No address is blocked"),
    "blocked_none_hint": (
        "Alamat diblokir dari halaman tiketnya.",
        "Addresses are blocked from the page of their ticket.",
    ),
    "blocked_since": ("sejak {moment}", "since {moment}"),
    "no_longer_blocked": ("tidak lagi diblokir", "no longer blocked"),
    "blocked_held": ("{many} pesan tertahan", "{many} messages held back"),
    "unblock": ("Buka blokir", "Unblock"),
    "unblock_take_in": ("Buka blokir dan jadikan tiket", "Unblock and take them in"),
    "take_in": ("Jadikan tiket", "Take them in"),
    "same_contact": ("Juga terbuka dari kontak ini", "Also open for this contact"),
    "refused_blocked": (
        "Alamat kontak ini diblokir. Buka dahulu blokirnya.",
        "The address of this contact is blocked. Unblock it first.",
    ),
    "event.ticket.prioritised": ("Prioritas: {priority}", "Priority: {priority}"),
    "event.ticket.snoozed": ("Ditunda sampai {until}", "Asleep until {until}"),
    "event.ticket.woken": ("Muncul kembali", "Back in sight"),
    "event.ticket.spam": ("Ditandai spam", "Marked as spam"),
    "event.ticket.restored": ("Dipulihkan", "Taken back"),
    "event.address.blocked": ("Alamat diblokir", "Address blocked"),
    "event.address.unblocked": ("Blokir alamat dibuka", "Address unblocked"),
}  # fmt: skip
