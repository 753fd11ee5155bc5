"""The words of the pages on which people mind their own account, and the administrator those of all."""

from collections.abc import Mapping

PHRASES: Mapping[str, tuple[str, str]] = {
    "doors": ("Akses", "Access"),
    "my_account": ("Akun saya", "My account"),
    "admin": ("administrator", "administrator"),
    "cancel": ("Batal", "Cancel"),
    "profile": ("Profil", "Profile"),
    "name_hint": (
        "Nama ini tampil pada halaman-halaman ini. Nama Anda di hadapan kontak diatur dalam berkas unit layanan.",
        "The name on these pages. How contacts read your name is set in the desk's file.",
    ),
    "name_missing": ("Mohon isi nama Anda.", "Please fill in your name."),
    "page_language": ("Bahasa tampilan", "Language of the pages"),
    # the password
    "current_password": ("Kata sandi saat ini", "Current password"),
    "new_password": ("Kata sandi baru", "New password"),
    "change_password": ("Ganti kata sandi", "Change password"),
    "password_ends_sessions": (
        "Semua peramban lain akan dikeluarkan dari akun Anda.",
        "All your other browsers will be logged out.",
    ),
    "no_password": (
        "Anda masuk melalui SSO; akun ini tidak memiliki kata sandi sendiri.",
        "You log in by single sign-on; this account has no password of its own.",
    ),
    "current_wrong": ("Kata sandi saat ini tidak cocok.", "The current password is not right."),
    "password_too_short": (
        "Kata sandi baru sedikitnya 10 dan sebanyak-banyaknya 200 karakter.",
        "The new password takes at least 10 and at most 200 characters.",
    ),
    # single sign-on
    "or": ("atau", "or"),
    "log_in_by": ("Masuk dengan {name}", "Log in with {name}"),
    "sso_unreachable": (
        "Layanan SSO tidak dapat dihubungi saat ini. Mohon coba sebentar lagi, atau masuk dengan kata sandi.",
        "The single sign-on cannot be reached now. Please try again in a moment, or log in by password.",
    ),
    "sso_refused": (
        "Masuk melalui SSO tidak berhasil. Mohon coba sekali lagi.",
        "Logging in by single sign-on did not work. Please try once more.",
    ),
    "sso_over": (
        "Upaya masuk ini sudah kedaluwarsa atau sudah dipakai. Mohon mulai lagi.",
        "This attempt to log in is over, or was used already. Please begin again.",
    ),
    "sso_unknown": (
        (
            "Anda dikenali oleh SSO, tetapi tidak terdaftar sebagai anggota unit mana pun di sini. Mohon hubungi supervisor "
            "Anda."
        ),
        "The single sign-on knows you, but you are on no desk's staff here. Please ask your supervisor.",
    ),
    "sso_another": (
        "Surel ini sebelumnya milik pengguna SSO yang lain. Mohon hubungi administrator.",
        "This mailbox belonged to another user of the single sign-on before. Please ask the administrator.",
    ),
    "sso_not_verified": (
        "Surel Anda belum diverifikasi oleh SSO. Mohon verifikasi dahulu di sana.",
        "Your mailbox is not verified at the single sign-on. Please verify it there first.",
    ),
    # the second step of logging in
    "second_step": ("Satu kode lagi", "One more code"),
    "second_step_hint": (
        "Masukkan kode enam angka dari aplikasi autentikator Anda, atau salah satu kode pemulihan.",
        "Enter the six-digit code of your authenticator app, or one of your recovery codes.",
    ),
    "code": ("Kode", "Code"),
    "go_on": ("Lanjutkan", "Continue"),
    "wrong_code": (
        "Kode tidak cocok, sudah kedaluwarsa, atau sudah pernah dipakai. Mohon coba kode berikutnya.",
        "The code is not right, no longer valid, or was used before. Please try the next one.",
    ),
    "step_over": (
        "Langkah kedua melewati batas waktu. Mohon masuk kembali.",
        "The second step took too long. Please log in again.",
    ),
    "phone_lost": ("Ponsel tidak ada pada Anda?", "Phone not with you?"),
    "phone_lost_hint": (
        (
            "Pakai salah satu kode pemulihan yang Anda simpan. Bila tidak ada, mintalah administrator melepas langkah kedua "
            "dari akun Anda."
        ),
        (
            "Use one of the recovery codes that you kept. If you have none, ask an administrator to take the second step off "
            "your account."
        ),
    ),
    # the second factor
    "second_factor": ("Verifikasi dua langkah", "Two-step verification"),
    "factor_set_up": ("Aktifkan verifikasi dua langkah", "Set up two-step verification"),
    "factor_why": (
        "Dengan kode dari ponsel Anda, kata sandi yang bocor saja tidak cukup untuk masuk.",
        "With a code from your phone, a leaked password alone opens nothing.",
    ),
    "factor_must": (
        "Unit Anda mewajibkan verifikasi dua langkah. Aktifkan dahulu sebelum melanjutkan.",
        "Your desk asks for two-step verification. Set it up before you go on.",
    ),
    "factor_step_app": ("1. Siapkan aplikasi autentikator", "1. Have an authenticator app ready"),
    "factor_step_app_hint": (
        "Misalnya Aegis, Google Authenticator, Microsoft Authenticator, atau pengelola kata sandi Anda.",
        "Aegis, Google Authenticator or Microsoft Authenticator, say, or your password manager.",
    ),
    "factor_step_scan": ("2. Pindai kode ini dengan aplikasi", "2. Scan this code with the app"),
    "factor_qr": ("Kode QR untuk aplikasi autentikator", "QR code for the authenticator app"),
    "factor_by_hand": ("Tidak dapat memindai?", "Cannot scan it?"),
    "factor_by_hand_hint": (
        "Pilih masukan manual di aplikasi, jenis berbasis waktu, lalu ketik:",
        "Choose manual entry in the app, time-based, and type:",
    ),
    "factor_step_code": (
        "3. Masukkan kode yang ditampilkan aplikasi",
        "3. Enter the code that the app shows",
    ),
    "factor_turn_on": ("Aktifkan", "Turn on"),
    "factor_on": ("Aktif", "On"),
    "factor_is_on": ("Verifikasi dua langkah aktif.", "Two-step verification is on."),
    "factor_now_on": (
        "Verifikasi dua langkah sekarang aktif. Peramban Anda yang lain telah dikeluarkan.",
        "Two-step verification is on now. Your other browsers were logged out.",
    ),
    "factor_manage": ("Kelola", "Manage"),
    "factor_turn_off": ("Matikan verifikasi dua langkah", "Turn two-step verification off"),
    "factor_turn_off_hint": (
        "Setelah dimatikan, kata sandi saja cukup untuk masuk. Kode pemulihan ikut dihapus.",
        "Without it, the password alone opens your account. The recovery codes go as well.",
    ),
    "factor_is_required": (
        "Diwajibkan oleh unit atau instalasi ini, sehingga tidak dapat dimatikan.",
        "Your desk or this installation asks for it, so it cannot be turned off.",
    ),
    "enrolment_over": (
        "Kode QR tadi sudah kedaluwarsa. Mohon pindai yang baru ini.",
        "That QR code is no longer valid. Please scan this new one.",
    ),
    "with_factor": ("dua langkah", "two-step"),
    "factor_take_off": ("Lepas verifikasi dua langkah", "Take two-step verification off"),
    "factor_take_off_hint": (
        (
            "Hanya bila {name} kehilangan ponsel dan kode pemulihannya, dan Anda yakin bahwa yang meminta memang {name}. "
            "Semua sesinya berakhir."
        ),
        (
            "Only if {name} has lost both phone and recovery codes, and you are sure that it is {name} who asks. All their "
            "sessions end."
        ),
    ),
    "factor_take_off_sure": ("Ya, lepas", "Yes, take it off"),
    # recovery codes
    "recovery_codes": ("Kode pemulihan", "Recovery codes"),
    "codes_left": ("Sisa kode pemulihan: {many}.", "Recovery codes left: {many}."),
    "codes_few": (
        "Kode pemulihan Anda hampir habis. Mohon buat yang baru.",
        "You are running out of recovery codes. Please make new ones.",
    ),
    "codes_keep": (
        (
            "Simpan kode-kode ini di tempat aman, di luar ponsel Anda: dicetak, atau di pengelola kata sandi. Kode ini tidak "
            "akan ditampilkan lagi."
        ),
        (
            "Keep these codes somewhere safe, away from your phone: printed, or in a password manager. They will not be shown "
            "again."
        ),
    ),
    "codes_once": ("Setiap kode berlaku satu kali.", "Each code works once."),
    "codes_kept": ("Sudah saya simpan", "I have kept them"),
    "codes_renew": ("Buat kode pemulihan baru", "Make new recovery codes"),
    "codes_renewed": (
        "Kode pemulihan baru telah dibuat; yang lama tidak berlaku lagi.",
        "There are new recovery codes; the old ones work no longer.",
    ),
    "codes_renew_hint": ("Kode yang lama tidak berlaku lagi.", "The old ones work no longer."),
    "code_of_app": ("Kode dari aplikasi", "Code of the app"),
    "code_of_either": ("Kode dari aplikasi atau kode pemulihan", "Code of the app, or a recovery code"),
    # sessions
    "sessions": ("Sesi", "Sessions"),
    "sessions_hint": (
        "Peramban yang sedang masuk, menurut orangnya. Sesi berakhir sendiri setelah 30 hari, atau 7 hari tanpa dipakai.",
        "Who is logged in where. Sessions end by themselves after 30 days, or 7 days unused.",
    ),
    "where_logged_in": ("Tempat Anda masuk", "Where you are logged in"),
    "some_browser": ("Peramban tidak dikenal", "Unknown browser"),
    "this_browser": ("Peramban ini", "This browser"),
    "seen_last": ("terakhir dipakai {at}", "last used {at}"),
    "since_then": ("masuk {at}", "logged in {at}"),
    "way_in_password": ("dengan kata sandi", "by password"),
    "way_in_link": ("dengan tautan sekali pakai", "by one-time link"),
    "way_in_sso": ("melalui SSO", "by single sign-on"),
    "end_session": ("Akhiri", "End"),
    "end_others": ("Akhiri semua sesi lain", "End all other sessions"),
    "end_all_of": ("Akhiri semua sesi {name}", "End all sessions of {name}"),
    # tokens of programs
    "api_tokens": ("Token API", "API tokens"),
    "tokens_hint": (
        (
            "Kunci bagi program lain untuk memakai API. Setiap token hanya boleh melakukan hal yang diizinkan peran dan "
            "cakupannya."
        ),
        "Keys with which other programs use the API. Each may do what its role and its scopes allow, and no more.",
    ),
    "token_made": ("Token {name}", "The token {name}"),
    "token_once": (
        "Salin sekarang: token ini tidak akan ditampilkan lagi.",
        "Copy it now: it will not be shown again.",
    ),
    "token_incomplete": (
        "Mohon isi nama dan pilih sedikitnya satu cakupan.",
        "Please give it a name and choose at least one scope.",
    ),
    "no_tokens": ("Belum ada token", "No tokens yet"),
    "no_tokens_hint": (
        "Buat satu bila program lain, misalnya laporan atau LMS, perlu membaca atau menulis tiket.",
        "Make one when another program, a report or the LMS, has to read or write tickets.",
    ),
    "token_new": ("Buat token", "Make a token"),
    "token_name": ("Nama token", "Name of the token"),
    "token_name_hint": (
        "Riwayat tiket menyebut program dengan nama ini.",
        "The history of tickets names the program by it.",
    ),
    "token_lives": ("Berlaku", "Good for"),
    "token_make": ("Buat token", "Make the token"),
    "token_take_back": ("Cabut", "Take back"),
    "token_over": ("kedaluwarsa", "expired"),
    "token_used": ("terakhir dipakai {at}", "last used {at}"),
    "token_unused": ("belum pernah dipakai", "never used"),
    "token_expires": ("berlaku sampai {at}", "good until {at}"),
    "token_no_end": ("tanpa batas waktu", "without end"),
    "token_since": ("dibuat {at}", "made {at}"),
    "days": ("{many} hari", "{many} days"),
    "role": ("Peran", "Role"),
    "all_desks": ("semua unit", "all desks"),
    "scopes": ("Cakupan", "Scopes"),
    "all_scopes": ("semua cakupan", "all scopes"),
    "scope_read": ("Membaca", "Read"),
    "scope_write": ("Mengubah", "Change"),
    "scope_tickets": ("Tiket", "Tickets"),
    "scope_messages": ("Pesan dan aslinya", "Messages and what they came as"),
    "scope_identity": ("Identitas kontak, nomor utuh", "Contacts' identity, whole numbers"),
    "scope_catalogue": ("Katalog dan aturan", "Catalogue and rules"),
    "scope_people": ("Anggota dan kehadiran", "People and presence"),
    "scope_reports": ("Papan, survei, mutu", "Board, surveys, quality"),
    "scope_bookings": ("Jadwal dan pemesanan", "Bookings"),
    "scope_webhooks": ("Webhook", "Webhooks"),
    "scope_settings": ("Pengaturan unit", "Desk settings"),
    # what was done
    "saved_name": ("Nama telah disimpan.", "The name was saved."),
    "saved_language": ("Bahasa telah disimpan.", "The language was saved."),
    "undo_within": ("Membatalkan jawaban", "Undoing an answer"),
    "undo_within_hint": (
        "Selama itu jawaban Anda menunggu sebelum dikirim. Tidak pernah lebih lama daripada yang ditetapkan unit.",
        "How long your answers wait before they are sent, and can be undone; never longer than the desk allows.",
    ),
    "undo_as_desk": ("Seperti ketetapan unit", "As the desk sets it"),
    "undo_never": ("Langsung kirim", "Send at once"),
    "undo_seconds": ("{many} detik", "{many} seconds"),
    "saved_undo": ("Pilihan telah disimpan.", "Your choice was saved."),
    "saved_password": (
        "Kata sandi telah diganti; peramban lain telah dikeluarkan.",
        "The password was changed; other browsers were logged out.",
    ),
    "saved_sessions": ("Sesi telah diakhiri.", "Sessions were ended."),
    "saved_factor_off": ("Verifikasi dua langkah telah dimatikan.", "Two-step verification was turned off."),
}
