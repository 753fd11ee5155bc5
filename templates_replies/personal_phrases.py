"""What stands where something of a person stood, and what an erasure's report says."""

from collections.abc import Mapping

from templates_replies.catalogue import Language
from templates_replies.phrase import Phrase

_ERASED = Phrase(id="dihapus atas permintaan pemilik data", en="erased at the request of its owner")
_OVER = Phrase(id="dihapus karena masa simpannya berakhir", en="deleted, for it was kept for long enough")
_THINGS = {
    "contacts": Phrase(id="kontak dengan nama dan identitasnya", en="contacts with their names and identity"),
    "addresses": Phrase(id="alamat", en="addresses"),
    "tickets": Phrase(id="tiket", en="tickets"),
    "messages": Phrase(id="pesan dan catatan", en="messages and notes"),
    "files": Phrase(id="berkas", en="files"),
    "raw": Phrase(id="kiriman mentah dari penyedia", en="events as providers sent them"),
    "cases": Phrase(id="berkas perkara prosedur", en="cases of procedures"),
    "surveys": Phrase(id="komentar survei", en="remarks in surveys"),
    "examples": Phrase(id="contoh yang dipelajari", en="examples that were learned"),
    "reports": Phrase(id="berkas laporan dan ekspor", en="files of reports and exports"),
}
_STAYS = {
    "history": Phrase(
        id="riwayat tiket tanpa kata-kata: siapa petugas yang melakukan apa dan kapan (akuntabilitas layanan)",
        en="the history of the tickets without words: which staff did what, and when (the service is accountable)",
    ),
    "figures": Phrase(
        id="angka: waktu, kategori, nilai survei, dan angka bulan yang sudah ditutup (statistik tanpa orangnya)",
        en="figures: times, categories, scores, and those of closed months (statistics without the person)",
    ),
    "money": Phrase(
        id="nomor, jumlah, dan tanggal tagihan serta pembayaran (pembukuan)",
        en="numbers, sums and dates of invoices and payments (book-keeping)",
    ),
    "numbers": Phrase(
        id="nomor, tanggal, dan sidik berkas surat yang sudah terbit (kearsipan)",
        en="numbers, dates and fingerprints of papers that were issued (archives)",
    ),
    "received": Phrase(
        id="nomor kiriman dari penyedia, agar tidak diterima dua kali",
        en="the providers' numbers of what came in, so that nothing comes in twice",
    ),
    "reason": Phrase(
        id="catatan penghapusan ini: siapa meminta, kapan, dan alasannya",
        en="the record of this erasure: who asked for it, when, and why",
    ),
}
_BEYOND = {
    "backups": Phrase(
        id="cadangan (backup) yang dibuat sebelumnya: ulangi penghapusan bila dipulihkan",
        en="backups that were made before: erase again if one is restored",
    ),
    "groups": Phrase(
        id="salinan di grup Telegram dan telepon petugas: hapus topiknya di sana",
        en="copies in Telegram groups and on agents' phones: delete the topics there",
    ),
    "providers": Phrase(
        id="yang disimpan penyedia pesan dan surel, serta kotak surat kantor",
        en="what the providers of messages and mail keep, and the office's own mailboxes",
    ),
    "taken_out": Phrase(
        id="laporan dan ekspor yang sudah diunduh atau dicetak",
        en="reports and exports that were downloaded or printed",
    ),
    "files_of_desk": Phrase(
        id="berkas meja (katalog, templat) yang menyebut orangnya, beserta revisi lamanya",
        en="files of the desk (catalogue, templates) that name the person, with their earlier revisions",
    ),
    "logs": Phrase(
        id="log layanan: tanpa nama dan kata-kata, tetapi dengan nomor kiriman penyedia, yang pada WhatsApp memuat nomor telepon dalam bentuk kode",
        en="the logs of the service: no names or words, but the providers' numbers of messages, which in WhatsApp hold the telephone number in code",
    ),
    "typed": Phrase(
        id="perintah petugas dan program di luar tiket (temuan, tampilan tersimpan, ketidakhadiran, pemesanan) sebagaimana diketik, sampai masa simpannya lewat",
        en="commands of staff and programs upon no ticket (findings, saved views, absences, bookings) as they were typed, until they have been kept for long enough",
    ),
    "named_elsewhere": Phrase(
        id="catatan pada tiket orang lain, daftar temuan, dan tampilan tersimpan yang menyebut namanya: cari namanya, lalu ubah; juga tulisan orang lain yang menyebut, mengutip, atau menembuskan kepadanya",
        en="notes on other people's tickets, the register of findings and saved views that name the person: search, and change them; and what others wrote who name or quote the person, or sent a copy there",
    ),
}
_LOOKED = {
    "opened": Phrase(id="membuka tiketnya", en="opened a ticket of theirs"),
    "export": Phrase(id="mengeluarkan datanya", en="took out what is kept of them"),
    "contact.number_shown": Phrase(id="melihat nomor identitasnya", en="saw the identity number"),
    "contact.identified": Phrase(id="mengubah identitasnya", en="changed the identity"),
    "contact.verified": Phrase(id="memeriksa identitasnya", en="checked the identity"),
    "contact.joined": Phrase(id="menyatukan kontaknya", en="joined contacts"),
    "contact.parted": Phrase(id="memisahkan kontaknya", en="parted contacts"),
    "contact.erasure_asked": Phrase(id="meminta penghapusan", en="asked for the erasure"),
    "contact.erased": Phrase(id="data dihapus", en="erased"),
}
_HEADINGS = {
    "goes": Phrase(id="Yang akan dihapus:", en="What would be erased:"),
    "gone": Phrase(id="Yang sudah dihapus:", en="What was erased:"),
    "stays": Phrase(id="Yang tetap disimpan, dan alasannya:", en="What stays, and why:"),
    "beyond": Phrase(id="Yang tidak terjangkau dari sini:", en="What cannot be reached from here:"),
    "hindered": Phrase(id="Yang harus selesai lebih dahulu:", en="What has to end first:"),
}
_WORDS = {
    "title": Phrase(id="Data pribadi Anda", en="Your personal data"),
    "made": Phrase(id="disusun pada", en="put together on"),
    "about": Phrase(
        id="Inilah yang tersimpan tentang Anda pada unit ini. Nomor dan alamat orang lain disamarkan; petugas disebut menurut perannya.",
        en="This is what this unit keeps of you. Numbers and mailboxes of others are masked; its people are called by what they are.",
    ),
    "person": Phrase(id="data-pribadi", en="personal-data"),
    "ticket": Phrase(id="tiket", en="ticket"),
    "tickets": Phrase(id="Tiket", en="Tickets"),
    "files": Phrase(id="berkas", en="files"),
    "file": Phrase(id="Berkas", en="File"),
    "messages": Phrase(id="Pesan", en="Messages"),
    "note": Phrase(id="catatan petugas", en="note of the desk"),
    "earlier": Phrase(id="sebelumnya", en="before"),
    "outside": Phrase(id="Pesan di luar tiket Anda", en="Messages outside tickets of yours"),
    "by_contact": Phrase(id="Anda", en="you"),
    "by_other": Phrase(id="orang lain", en="somebody else"),
    "by_agent": Phrase(id="petugas", en="the desk"),
    "by_bot": Phrase(id="jawaban otomatis", en="automatic"),
    "contacts": Phrase(id="Identitas", en="Identity"),
    "addresses": Phrase(id="Alamat", en="Addresses"),
    "verifications": Phrase(id="Pemeriksaan identitas", en="Checks of your identity"),
    "invitations": Phrase(id="Survei pelayanan publik", en="Survey of public services"),
    "procedure": Phrase(id="Prosedur", en="Procedure"),
    "invoice": Phrase(id="Tagihan", en="Invoice"),
    "survey": Phrase(id="Survei", en="Survey"),
    "channel": Phrase(id="Saluran", en="Channel"),
    "category": Phrase(id="Kategori", en="Category"),
    "created_at": Phrase(id="Dibuat", en="Created"),
    "solved_at": Phrase(id="Diselesaikan", en="Solved"),
    "closed_at": Phrase(id="Ditutup", en="Closed"),
    "name": Phrase(id="Nama di profil", en="Name in the profile"),
    "language": Phrase(id="Bahasa", en="Language"),
    "identity_name": Phrase(id="Nama", en="Name"),
    "identity_number": Phrase(id="Nomor identitas", en="Identity number"),
    "identity_unit": Phrase(id="Unit", en="Unit"),
    "identity_email": Phrase(id="Surel", en="Mailbox"),
    "identity_status": Phrase(id="Status", en="Status"),
    "external_id": Phrase(id="Alamat", en="Address"),
    "handle": Phrase(id="Nama pengguna", en="Username"),
    "account": Phrase(id="Akun unit", en="Account of the desk"),
    "last_inbound_at": Phrase(id="Terakhir menulis", en="Last wrote"),
    "age": Phrase(id="Umur", en="Age"),
    "sex": Phrase(id="Jenis kelamin", en="Sex"),
    "education": Phrase(id="Pendidikan", en="Education"),
    "occupation": Phrase(id="Pekerjaan", en="Occupation"),
    "marks": Phrase(id="Nilai", en="Marks"),
    "remark": Phrase(id="Komentar", en="Remark"),
    "at": Phrase(id="Waktu", en="Time"),
    "outcome": Phrase(id="Hasil", en="Outcome"),
    "source": Phrase(id="Diperiksa melalui", en="Checked by"),
    "by_directory": Phrase(id="direktori unit", en="the desk's directory"),
    "by_person": Phrase(id="petugas", en="the desk"),
    "by_lms": Phrase(id="akun situs asal Anda menulis", en="the login of the site from which you wrote"),
    "by_code": Phrase(id="kode yang dikirim ke surel Anda", en="a code sent to your mailbox"),
    "claim": Phrase(id="Yang Anda sebutkan", en="What you said"),
    "listed": Phrase(id="Menurut direktori", en="As the directory has it"),
    "entry": Phrase(id="Nomor pada direktori", en="Number in the directory"),
    "reason": Phrase(id="Alasan", en="Reason"),
}
_HINDERED = {
    "ticket": Phrase(id="tiket #{ticket} belum ditutup", en="ticket #{ticket} is not closed"),
    "case": Phrase(
        id="prosedur pada tiket #{ticket} masih berjalan", en="a procedure on ticket #{ticket} is under way"
    ),
    "invoice": Phrase(
        id="tagihan {number} pada tiket #{ticket} belum lunas",
        en="invoice {number} on ticket #{ticket} is not paid",
    ),
}


def erased(language: Language) -> str:
    return _ERASED.say(language)


def kept_long_enough(language: Language) -> str:
    return _OVER.say(language)


def word(language: Language, name: str) -> str:
    """Return a word of what a person is handed; what has none is called by its own name."""
    return _WORDS[name].say(language) if name in _WORDS else name.replace("_", " ")


def looked(language: Language, what: str) -> str:
    return _LOOKED[what].say(language)


def heading(language: Language, name: str) -> str:
    return _HEADINGS[name].say(language)


def thing(language: Language, name: str) -> str:
    return _THINGS[name].say(language)


def stays(language: Language, name: str) -> str:
    return _STAYS[name].say(language)


def beyond(language: Language, name: str) -> str:
    return _BEYOND[name].say(language)


def hindered(language: Language, by: str, values: Mapping[str, str]) -> str:
    return _HINDERED[by].say(language, **values)
