"""The words of the pages, in Indonesian and English."""

from collections.abc import Mapping

from console import handling_words
from templates_replies.catalogue import Language

_PHRASES: Mapping[str, tuple[str, str]] = {
    # the frame
    "inbox": ("Kotak masuk", "Inbox"),
    "people": ("Anggota", "People"),
    "log_out": ("Keluar", "Log out"),
    "other_language": ("English", "Bahasa Indonesia"),
    "skip": ("Langsung ke isi", "Skip to content"),
    # the entrance
    "welcome": ("Selamat datang", "Welcome"),
    "log_in": ("Masuk", "Log in"),
    "log_in_hint": (
        "Masuk untuk membaca dan menjawab tiket.",
        "Log in to read and answer tickets.",
    ),
    "email": ("Surel", "Email"),
    "password": ("Kata sandi", "Password"),
    "wrong": (
        "Surel atau kata sandi tidak cocok. Mohon periksa kembali.",
        "The email or the password is not right. Please check them.",
    ),
    "too_many": (
        "Terlalu banyak percobaan. Mohon tunggu seperempat jam, lalu coba lagi.",
        "Too many attempts. Please wait a quarter of an hour and try again.",
    ),
    "first_title": ("Satu langkah lagi", "One step to go"),
    "first_note": (
        ("Belum ada akun. Tautan sekali pakai untuk administrator pertama dicetak di terminal saat layanan dimulai; "
        "bukalah tautan itu untuk membuat akun Anda."),
        ("There is no account yet. The service printed a one-time link for the first administrator on the terminal "
        "when it started; open that link to make your account."),
    ),
    "setup_title": ("Buat akun Anda", "Make your account"),
    "setup_admin": (
        "Anda menjadi administrator pertama: Anda melihat semua unit dan mengundang rekan lain.",
        "You become the first administrator: you see every desk and invite the others.",
    ),
    "setup_staff": (
        "Pilih kata sandi untuk akun ini. Tautan ini hanya berlaku satu kali.",
        "Choose a password for this account. This link works only once.",
    ),
    "name": ("Nama", "Name"),
    "password_rule": ("Sedikitnya 10 karakter.", "At least 10 characters."),
    "make_account": ("Buat akun", "Make the account"),
    "setup_incomplete": (
        "Mohon isi surel yang benar, nama, dan kata sandi sedikitnya 10 karakter.",
        "Please fill in a valid email, a name, and a password of at least 10 characters.",
    ),
    "setup_over_title": ("Tautan tidak berlaku", "The link is not valid"),
    "setup_over": (
        "Tautan ini sudah dipakai atau sudah lewat masa berlakunya. Mintalah tautan baru kepada administrator.",
        "This link has been used or is too old. Please ask the administrator for a new one.",
    ),
    # the inbox
    "to_do": ("Perlu dikerjakan", "To do"),
    "all": ("Semua", "All"),
    "every_channel": ("Semua kanal", "Every channel"),
    "mine": ("Hanya tiket saya", "Only mine"),
    "search": ("Cari", "Search"),
    "search_hint": ("Kata, nama, atau #nomor", "Words, a name, or #number"),
    "show": ("Tampilkan", "Show"),
    "nobody": ("belum dipegang", "unassigned"),
    "no_category": ("belum dikategorikan", "no category"),
    "empty_to_do": ("Semua sudah tertangani", "Everything is taken care of"),
    "empty_to_do_hint": (
        "Tidak ada tiket yang menunggu. Pesan baru muncul di sini dengan sendirinya.",
        "No ticket is waiting. New messages appear here by themselves.",
    ),
    "empty": ("Tidak ada tiket di sini", "No tickets here"),
    "empty_hint": ("Coba ubah saringan atau kata pencarian.", "Try another filter or other words."),
    "no_desk": ("Belum ada unit untuk Anda", "No desk for you yet"),
    "no_desk_hint": (
        "Akun Anda belum terdaftar sebagai anggota unit mana pun. Mintalah supervisor menambahkan surel Anda.",
        "Your account is not on the staff of any desk. Ask a supervisor to add your email.",
    ),
    "more": ("Berikutnya", "More"),
    "newer": ("Sebelumnya", "Back"),
    "you": ("Anda", "You"),
    # time
    "left": ("{length} lagi", "{length} left"),
    "late": ("terlambat {length}", "{length} late"),
    "paused": ("menunggu kontak", "paused"),
    "met": ("tercapai", "met"),
    "met_late": ("tercapai terlambat", "met late"),
    "ended": ("berakhir", "ended"),
    "due": ("tenggat {moment}", "due {moment}"),
    "first_response": ("Jawaban pertama", "First response"),
    "next_response": ("Jawaban berikutnya", "Next response"),
    "resolution": ("Penyelesaian", "Resolution"),
    "second_line": ("Lini kedua", "Second line"),
    "step": ("Langkah", "Step"),
    # status and channels
    "new": ("baru", "new"),
    "open": ("dikerjakan", "open"),
    "waiting": ("menunggu kontak", "waiting"),
    "solved": ("selesai", "solved"),
    "closed": ("ditutup", "closed"),
    "whatsapp": ("WhatsApp", "WhatsApp"),
    "telegram": ("Telegram", "Telegram"),
    "email_channel": ("Surel", "Email"),
    "webchat": ("Obrolan web", "Web chat"),
    "other": ("Telepon/loket", "Phone/counter"),
    # writing down
    "write_down": ("Catat tiket", "New ticket"),
    "write_down_hint": (
        "Untuk yang menelepon atau datang langsung. Janji layanan dihitung mulai sekarang.",
        "For whoever calls or comes in person. The promises count from now.",
    ),
    "what_was_said": ("Apa yang disampaikan", "What they said"),
    "subject_optional": ("Perihal (boleh kosong)", "Subject (optional)"),
    "open_ticket": ("Buka tiket", "Open the ticket"),
    # a ticket
    "unnamed": ("Tanpa nama", "No name"),
    "no_subject": ("(tanpa perihal)", "(no subject)"),
    "conversation": ("Percakapan", "Conversation"),
    "quoted": ("Tampilkan kutipan", "Show what was quoted"),
    "as_html": ("Tampilkan surel asli", "Show the mail as it was"),
    "note_label": ("Catatan internal", "Internal note"),
    "note_hint": ("tidak dikirim ke kontak", "not sent to the contact"),
    "bot": ("Asisten otomatis", "Automatic reply"),
    "automatic_mail": ("Surel otomatis", "Automatic mail"),
    "edited": ("disunting", "edited"),
    "place": ("Lokasi", "Location"),
    "file_pending": ("sedang diambil", "being fetched"),
    "file_refused": ("tidak dapat disimpan", "could not be kept"),
    "queued": ("antre", "queued"),
    "sending": ("sedang dikirim", "sending"),
    "sent": ("terkirim", "sent"),
    "delivered": ("sampai", "delivered"),
    "read": ("dibaca", "read"),
    "failed": ("gagal", "failed"),
    "unknown": (
        "mungkin terkirim; mohon pastikan sebelum mengirim ulang",
        "may have been sent; please make sure before sending again",
    ),
    "spoken": ("disampaikan langsung", "told in person"),
    "answer": ("Jawaban", "Answer"),
    "answer_hint": ("Tulis jawaban untuk {name} …", "Write an answer to {name} …"),
    "send": ("Kirim jawaban", "Send the answer"),
    "send_and_wait": ("Kirim & tunggu kontak", "Send & wait"),
    "keep_note": ("Simpan sebagai catatan", "Keep as a note"),
    "files": ("Lampiran", "Attachments"),
    "template": ("Balasan siap pakai", "Reply template"),
    "template_none": ("Pilih balasan …", "Choose a reply …"),
    "fill_in": ("Isikan", "Fill in"),
    "template_missing": (
        "Masih ada isian yang belum diketahui: {names}. Lengkapi sebelum mengirim.",
        "Something is not known yet: {names}. Complete it before you send.",
    ),
    "closed_hint": (
        "Tiket ini sudah ditutup. Buka kembali bila masih ada yang perlu dijawab.",
        "This ticket is closed. Reopen it if there is more to answer.",
    ),
    "category": ("Kategori", "Category"),
    "choose_category": ("Pilih kategori …", "Choose a category …"),
    "suggested": ("Usulan", "Suggested"),
    "save": ("Simpan", "Save"),
    "handling": ("Penanganan", "Handling"),
    "assignee": ("Dipegang oleh", "Held by"),
    "take": ("Ambil tiket ini", "Take this ticket"),
    "hand_over": ("Serahkan", "Hand over"),
    "close": ("Selesaikan", "Solve"),
    "reopen": ("Buka kembali", "Reopen"),
    "wait": ("Tandai menunggu kontak", "Mark as waiting"),
    "verify": ("Verifikasi & tutup", "Verify & close"),
    "escalate": ("Teruskan ke lini kedua", "Escalate"),
    "team": ("Tim", "Team"),
    "reason": ("Alasan (boleh kosong)", "Reason (optional)"),
    "take_back": ("Ambil kembali dari {team}", "Take back from {team}"),
    "with_team": ("Di tangan {team}", "With {team}"),
    "contact": ("Kontak", "Contact"),
    "identity_name": ("Nama", "Name"),
    "identity_number": ("NIM/NIP", "NIM/NIP"),
    "identity_unit": ("Unit", "Unit"),
    "identity_email": ("Surel", "Email"),
    "identity_none": ("Belum menyebutkan identitas.", "Has not said who they are."),
    "clocks": ("Janji layanan", "Promises"),
    "history": ("Riwayat", "History"),
    "linked": ("Lanjutan dari", "Continues"),
    "opened_at": ("Masuk", "Came"),
    "desk": ("Unit", "Desk"),
    # why something was refused
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
    "refused_unknown_value": ("Pilihan itu tidak dikenal di unit ini.", "The desk does not have that choice."),
    # people
    "people_hint": (
        "Undang anggota unit dengan tautan sekali pakai. Hak mereka mengikuti peran di unitnya.",
        "Invite the staff with one-time links. What they may do follows their role at the desk.",
    ),
    "agent": ("agen", "agent"),
    "supervisor": ("supervisor", "supervisor"),
    "viewer": ("pembaca", "viewer"),
    "has_account": ("sudah punya akun", "has an account"),
    "no_account": ("belum punya akun", "no account yet"),
    "invite": ("Buat tautan undangan", "Make an invitation link"),
    "invite_again": ("Buat tautan kata sandi baru", "Make a link for a new password"),
    "invitation_for": ("Tautan untuk {email}", "Link for {email}"),
    "invitation_hint": (
        "Kirimkan tautan ini langsung kepadanya. Tautan berlaku satu kali, selama tujuh hari, dan tidak ditampilkan lagi.",
        "Give them this link yourself. It works once, for seven days, and is not shown again.",
    ),
    "no_email": ("tanpa surel", "no email"),
    "no_staff": ("Belum ada anggota", "Nobody yet"),
    "no_staff_hint": (
        "Anggota ditulis di desk.yaml atau ditambahkan dengan `tanggap staff add`.",
        "Staff stand in desk.yaml or are added with `tanggap staff add`.",
    ),
    # webhooks
    "webhooks": ("Webhook", "Webhooks"),
    "webhooks_hint": (
        "Program lain yang diberi tahu tentang kejadian di unit ini. Alamat dan jenis kejadian ditulis di desk.yaml.",
        "Programs that are told what happens at the desk. Addresses and events stand in desk.yaml.",
    ),
    "webhook_none": ("Belum ada webhook", "No webhooks yet"),
    "webhook_none_hint": (
        "Tuliskan di bawah `webhooks` atau `teams[].tracker` dalam desk.yaml.",
        "Write them under `webhooks` or `teams[].tracker` in desk.yaml.",
    ),
    "tracker_of": ("Pelacak tim {team}", "Tracker of the team {team}"),
    "webhook_on": ("aktif", "on"),
    "webhook_off": ("mati", "off"),
    "webhook_failing": ("gagal", "failing"),
    "webhook_paused": ("dijeda", "paused"),
    "webhook_identity_masked": ("NIM/NIP disamarkan", "NIM/NIP masked"),
    "webhook_identity_full": ("NIM/NIP ditampilkan", "NIM/NIP shown"),
    "webhook_off_hint": (
        "Rahasianya belum diisi di lingkungan, sehingga tidak ada yang dikirim.",
        "Its secret is not set in the environment, so nothing is sent.",
    ),
    "webhook_paused_failing": (
        "Dijeda {at}, setelah sehari penuh gagal. Periksa penerimanya, lalu lanjutkan.",
        "Paused {at}, after failing for a whole day. Look after the receiver, then let it run again.",
    ),
    "webhook_paused_gone": (
        "Dijeda {at}: penerimanya menjawab bahwa alamat itu tidak dipakai lagi (410).",
        "Paused {at}: the receiver answers that the address is no longer in use (410).",
    ),
    "webhook_failing_since": (
        "Gagal sejak {at}. Dicoba lagi dengan sendirinya.",
        "Failing since {at}. It is tried again by itself.",
    ),
    "webhook_waiting": ("Menunggu: {many}", "Waiting: {many}"),
    "webhook_given_up": ("dihentikan: {many}", "given up: {many}"),
    "webhook_test": ("Kirim percobaan", "Send a test"),
    "webhook_resume": ("Lanjutkan", "Let it run again"),
    "webhook_again": ("Kirim ulang", "Send again"),
    "webhook_tries": ("Kiriman terakhir", "Last tries"),
    "webhook_when": ("Waktu", "When"),
    "webhook_what": ("Kejadian", "Event"),
    "webhook_answer": ("Jawaban", "Answer"),
    "webhook_took": ("Lama", "Took"),
    "webhook_refused": (
        "Itu tidak dapat dilakukan sekarang. Kiriman mungkin sedang berjalan.",
        "That cannot be done now. It may be on its way at this moment.",
    ),
    # errors
    "error_403": ("Ini tidak diperbolehkan", "This is not allowed"),
    "error_403_hint": (
        "Formulir mungkin sudah lama terbuka. Kembali, muat ulang halaman, lalu coba lagi.",
        "The form may have been open for long. Go back, reload the page, and try again.",
    ),
    "error_404": ("Halaman tidak ditemukan", "There is no such page"),
    "error_404_hint": (
        "Tautannya salah, sudah tidak berlaku, atau bukan untuk Anda.",
        "The link is wrong, too old, or not for you.",
    ),
    "error": ("Ada yang tidak beres", "Something went wrong"),
    "error_hint": (
        "Kesalahan ini sudah dicatat. Mohon coba lagi sebentar lagi.",
        "It has been noted. Please try again in a moment.",
    ),
    # what happened
    "event.ticket.opened": ("Tiket dibuka", "Opened"),
    "event.ticket.reopened": ("Dibuka kembali", "Reopened"),
    "event.ticket.assigned": ("Dipegang oleh {to}", "Held by {to}"),
    "event.ticket.unassigned": ("Dilepas", "Given back"),
    "event.ticket.categorised": ("Kategori: {category}", "Category: {category}"),
    "event.ticket.waiting": ("Menunggu kontak", "Waiting for the contact"),
    "event.ticket.resumed": ("Dilanjutkan", "Resumed"),
    "event.ticket.solved": ("Diselesaikan", "Solved"),
    "event.ticket.closed": ("Ditutup", "Closed"),
    "event.ticket.sent_back": ("Dikembalikan untuk diperbaiki", "Sent back to be mended"),
    "event.ticket.sampled": ("Terpilih untuk diverifikasi", "Drawn for verification"),
    "event.ticket.escalated": ("Diteruskan ke {team}", "Escalated to {team}"),
    "event.ticket.returned": ("Diambil kembali dari {team}", "Taken back from {team}"),
    "event.message.received": ("Pesan masuk", "Message received"),
    "event.message.answered": ("Dijawab", "Answered"),
    "event.message.noted": ("Catatan ditulis", "Note written"),
    "event.message.automatic": ("Balasan otomatis", "Automatic reply"),
    "event.message.edited": ("Pesan disunting", "Message edited"),
    "event.contact.identified": ("Identitas dicatat", "Identity noted"),
    "event.clock.warned": ("Peringatan: {clock}", "Warning: {clock}"),
    "event.clock.breached": ("Terlewat: {clock}", "Missed: {clock}"),
    "event.clock.withdrawn": ("Keterlambatan dicabut: {clock}", "Breach withdrawn: {clock}"),
    "event.delivery.sent": ("Terkirim", "Sent"),
    "event.delivery.delivered": ("Sampai", "Delivered"),
    "event.delivery.read": ("Dibaca", "Read"),
    "event.delivery.failed": ("Gagal terkirim", "Sending failed"),
    "event.delivery.unknown": ("Pengiriman tidak pasti", "Sending uncertain"),
    "event.answer.confirmed": ("Kontak: terbantu", "The contact was helped"),
    **handling_words.PHRASES,
}  # fmt: skip


def say(language: Language, key: str, **values: object) -> str:
    """Return a phrase. Raises KeyError for one that there is not."""
    phrase = _PHRASES[key][0 if language == "id" else 1]
    return phrase.format(**values) if values else phrase


def has(key: str) -> bool:
    return key in _PHRASES


def keys() -> frozenset[str]:
    return frozenset(_PHRASES)
