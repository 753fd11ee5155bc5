"""The words for what a mail brings besides its text: pictures, invitations, signatures, attached messages."""

from collections.abc import Mapping

PHRASES: Mapping[str, tuple[str, str]] = {
    "copied": ("Salinan kepada", "Copied to"),
    "as_html": ("Tampilkan surel asli", "Show the mail as it was"),
    "pictures_held": ("Gambar dari luar tidak dimuat.", "Pictures from elsewhere are not loaded."),
    "pictures_show": ("Muat gambar", "Load them"),
    "mail_cut": (
        "Surel ini sangat panjang; selebihnya ada di unduhan surel asli.",
        "This mail is very long; the rest is in the download of the original.",
    ),
    "pictures_hint": (
        "Gambar di antara tulisan: tempel di tempatnya, atau tulis namanya: [layar.png].",
        "A picture among the words: paste it where it belongs, or write its name: [screen.png].",
    ),
    "attached_message": ("Pesan terlampir", "Attached message"),
    "attached_from": ("Dari", "From"),
    "attached_sent": ("Dikirim", "Sent"),
    "mail_again": ("Baca ulang surel ini", "Read this mail again"),
    "mail_raw": ("Unduh surel asli (.eml)", "Download the original mail (.eml)"),
    "mail_smime_signed": ("Ditandatangani secara digital (S/MIME).", "Signed digitally (S/MIME)."),
    "mail_smime": (
        "Surel S/MIME: ditandatangani atau dienkripsi; isinya dibuka dengan program surel.",
        "An S/MIME mail, signed or encrypted: its content opens in a mail program.",
    ),
    "mail_pgp_signed": ("Ditandatangani secara digital (PGP).", "Signed digitally (PGP)."),
    "mail_pgp": (
        "Surel ini dienkripsi dengan PGP; isinya tidak dapat dibaca di sini.",
        "This mail is encrypted with PGP; it cannot be read here.",
    ),
    "mail_tnef": (
        (
            "winmail.dat adalah bungkusan Outlook; di dalamnya tidak ditemukan berkas. Bila ada yang kurang, mintalah "
            "pengirim mengirim ulang sebagai HTML."
        ),
        (
            "winmail.dat is a wrapper of Outlook; no file was found in it. If something is missing, ask the sender to send "
            "it again as HTML."
        ),
    ),
    "invitation_request": ("Undangan:", "Invitation:"),
    "invitation_publish": ("Acara:", "Event:"),
    "invitation_cancel": ("Acara dibatalkan:", "Event cancelled:"),
    "invitation_reply": ("Jawaban undangan:", "Answer to an invitation:"),
    "invitation_repeats": ("berulang", "repeats"),
    "invitation_by": ("Penyelenggara", "Organiser"),
    "automatic_mail": ("Surel otomatis atau milis", "Automatic or list mail"),
    "returned_mail": ("Surel kembali", "Returned mail"),
    "sender_checked": (
        "Pengirim surel: {checks} (diperiksa {by})",
        "Mail sender: {checks} (checked by {by})",
    ),
    "sender_forged": (
        "Pengirim mungkin palsu: {checks} (diperiksa {by})",
        "The sender may be forged: {checks} (checked by {by})",
    ),
}
