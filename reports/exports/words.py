"""What workbooks of records say around their cells, in Indonesian and English; of tickets the report's own words."""

from collections.abc import Mapping

from reports.columns import Value
from reports.exports.asked import CASES, CLOCKS, FINDINGS, MESSAGES, TICKETS
from reports.labels import Labels

_TITLES: Mapping[str, tuple[str, str]] = {
    TICKETS: ("Tiket", "Tickets"),
    MESSAGES: ("Pesan", "Messages"),
    CLOCKS: ("Janji layanan", "Promises"),
    CASES: ("Kasus prosedur", "Cases"),
    FINDINGS: ("Temuan", "Findings"),
}
# Of one kind of records alone, then of all.
_HEADINGS: Mapping[str, tuple[str, str]] = {
    f"{MESSAGES}.id": ("Nomor pesan", "Message"),
    f"{MESSAGES}.at": ("Waktu", "Time"),
    f"{MESSAGES}.direction": ("Arah", "Direction"),
    f"{MESSAGES}.author": ("Penulis", "Written by"),
    f"{MESSAGES}.actor_name": ("Nama petugas", "Agent"),
    f"{MESSAGES}.sender_name": ("Nama pengirim", "Sender"),
    f"{MESSAGES}.sender_address": ("Alamat pengirim", "Sender's address"),
    f"{MESSAGES}.text": ("Isi pesan", "Text"),
    f"{MESSAGES}.automatic": ("Otomatis", "Automatic"),
    f"{MESSAGES}.delivery": ("Pengiriman", "Delivery"),
    f"{MESSAGES}.edited_at": ("Disunting", "Edited"),
    f"{CLOCKS}.kind": ("Jenis janji", "Promise"),
    f"{CLOCKS}.subject": ("Mengenai", "About"),
    f"{CLOCKS}.cycle": ("Putaran", "Round"),
    f"{CLOCKS}.promise": ("Baku waktu", "Within"),
    f"{CLOCKS}.started_at": ("Mulai", "Started"),
    f"{CLOCKS}.due_at": ("Batas waktu", "Due"),
    f"{CLOCKS}.met_at": ("Dipenuhi", "Kept"),
    f"{CLOCKS}.met_by_name": ("Dipenuhi oleh", "Kept by"),
    f"{CLOCKS}.breached_at": ("Dilanggar", "Breached"),
    f"{CLOCKS}.paused_at": ("Dijeda sejak", "Paused since"),
    f"{CLOCKS}.extended_at": ("Diperpanjang", "Extended"),
    f"{CLOCKS}.outcome": ("Hasil", "Outcome"),
    f"{CLOCKS}.minutes": ("Lama", "Time taken"),
    f"{CLOCKS}.late_minutes": ("Terlambat selama", "Late by"),
    f"{CASES}.id": ("Nomor kasus", "Case"),
    f"{CASES}.procedure_name": ("Prosedur", "Procedure"),
    f"{CASES}.revision": ("Revisi berkas unit", "Revision of the desk's files"),
    f"{CASES}.begun_at": ("Dimulai", "Begun"),
    f"{CASES}.begun_by_name": ("Dimulai oleh", "Begun by"),
    f"{CASES}.ended_name": ("Hasil akhir", "Ended as"),
    f"{CASES}.parent": ("Bagian dari kasus", "Part of case"),
    f"{CASES}.parent_step": ("Pada langkah", "At step"),
    f"{FINDINGS}.number": ("Nomor", "Number"),
    f"{FINDINGS}.found_on": ("Ditemukan", "Found"),
    f"{FINDINGS}.found_by": ("Dicatat oleh", "Recorded by"),
    f"{FINDINGS}.source": ("Sumber", "Source"),
    f"{FINDINGS}.service_name": ("Jenis layanan", "Service"),
    f"{FINDINGS}.promise": ("Janji layanan", "Promise"),
    f"{FINDINGS}.finding": ("Temuan", "Finding"),
    f"{FINDINGS}.cause": ("Penyebab", "Cause"),
    f"{FINDINGS}.action": ("Tindak lanjut", "Action"),
    f"{FINDINGS}.responsible_name": ("Penanggung jawab", "Responsible"),
    f"{FINDINGS}.due_on": ("Tenggat", "Due"),
    f"{FINDINGS}.overdue": ("Lewat tenggat", "Overdue"),
    f"{FINDINGS}.stand": ("Keadaan", "Status"),
    f"{FINDINGS}.closed_on": ("Ditutup", "Closed"),
    f"{FINDINGS}.closed_by": ("Ditutup oleh", "Closed by"),
    f"{FINDINGS}.effect": ("Keberhasilan", "Effect"),
    f"{FINDINGS}.result": ("Hasil tindak lanjut", "What came of it"),
    "desk_name": ("Unit", "Desk"),
    "ticket": ("Tiket", "Ticket"),
    "team": ("Tim", "Team"),
    "ended_at": ("Berakhir", "Ended"),
}
_ALL_DESKS = ("semua unit", "all desks")
_WORDS: Mapping[str, tuple[str, str]] = {
    "direction.in": ("masuk", "received"),
    "direction.out": ("keluar", "sent"),
    "direction.note": ("catatan internal", "internal note"),
    "author.contact": ("pemohon", "contact"),
    "author.agent": ("petugas", "agent"),
    "author.bot": ("bot", "bot"),
    "delivery.queued": ("menunggu dikirim", "queued"),
    "delivery.sending": ("sedang dikirim", "being sent"),
    "delivery.sent": ("terkirim", "sent"),
    "delivery.delivered": ("diterima", "delivered"),
    "delivery.read": ("dibaca", "read"),
    "delivery.failed": ("gagal", "failed"),
    "delivery.unknown": ("tidak diketahui", "unknown"),
    "kind.step": ("Langkah prosedur", "Step of a procedure"),
    "automatic.1": ("ya", "yes"),
    "overdue.yes": ("ya", "yes"),
    "overdue.no": ("tidak", "no"),
    "source.breach": ("janji yang dilanggar", "broken promise"),
    "source.ticket": ("tiket", "ticket"),
    "source.survey": ("survei", "survey"),
    "source.evaluation": ("evaluasi", "evaluation"),
    "source.hand": ("dicatat sendiri", "written down"),
    "stand.open": ("terbuka", "open"),
    "stand.proposed": ("menunggu penilaian", "to be judged"),
    "stand.closed": ("ditutup", "closed"),
    "effect.full": ("berhasil", "full"),
    "effect.partly": ("sebagian berhasil", "partly"),
    "effect.none": ("belum berhasil", "none"),
}


def title(what: str, labels: Labels) -> str:
    return _said(_TITLES[what], labels)


def all_desks(labels: Labels) -> str:
    return _said(_ALL_DESKS, labels)


def heading(what: str, key: str, labels: Labels) -> str:
    """Return the heading of a column."""
    found = _HEADINGS.get(f"{what}.{key}") or _HEADINGS.get(key)
    return labels.column(key) if found is None else _said(found, labels)


def word(key: str, value: Value, labels: Labels) -> str | None:
    """Return one of a few words of a column as people say it."""
    if not value:  # nothing, or no
        return None
    found = _WORDS.get(f"{key}.{value}")
    if found is not None:
        return _said(found, labels)
    return labels.promise(str(value)) if key in {"kind", "promise"} else labels.word(str(value))


def _said(words: tuple[str, str], labels: Labels) -> str:
    return words[0 if labels.language == "id" else 1]
