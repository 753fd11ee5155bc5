"""Why something was refused, by the code of its error."""

from collections.abc import Mapping

PHRASES: Mapping[str, tuple[str, str]] = {
    "refused_unfilled": (
        "Ada isian yang belum diisi. Belum ada yang dikirim.",
        "A placeholder is not filled in. Nothing was sent.",
    ),
    "refused_empty": ("Tulis dulu jawabannya atau pilih berkas.", "Write something first, or choose a file."),
    "refused_category_missing": (
        "Tiket tidak dapat diselesaikan tanpa kategori. Pilih kategori dulu.",
        "A ticket is never solved without a category. Choose one first.",
    ),
    "refused_not_allowed": (
        "Anda tidak berhak melakukan ini. Tiket sendiri tidak dapat diverifikasi sendiri.",
        "You may not do this. Nobody verifies what they hold themselves.",
    ),
    "refused_rule": (
        "Itu tidak dapat dilakukan pada tiket dalam keadaan ini.",
        "That cannot be done while the ticket is like this.",
    ),
    "refused_unknown_value": (
        "Pilihan itu tidak dikenal di unit ini.",
        "The desk does not have that choice.",
    ),
    "refused_absent": (
        "Penerima itu sedang tidak ada. Pilih orang lain.",
        "That person is away. Choose somebody else.",
    ),
    "refused_no_receiver": (
        "Unit ini tidak membagi tiket secara otomatis. Pilih penerimanya.",
        "This desk gives no tickets out by itself. Choose who takes over.",
    ),
    "refused_past_absence": (
        "Waktu itu sudah lewat atau berakhir sebelum dimulai.",
        "That time has passed, or ends before it begins.",
    ),
}
