"""What reports say around their figures, in Indonesian and English."""

from collections.abc import Mapping, Sequence
from datetime import date

from templates_replies.catalogue import supported_language

Language = str  # id, en

_MONTHS: Mapping[Language, Sequence[str]] = {
    "id": ("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober",
           "November", "Desember"),
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December"),
}  # fmt: skip
_WEEKDAYS: Mapping[Language, Sequence[str]] = {
    "id": ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}

# Each in Indonesian, then in English.
_TEXTS: Mapping[str, tuple[str, str]] = {
    # sheets
    "sheet.summary": ("Ringkasan", "Summary"),
    "sheet.categories": ("Kategori", "Categories"),
    "sheet.channels": ("Kanal", "Channels"),
    "sheet.agents": ("Petugas", "Agents"),
    "sheet.days": ("Harian", "Days"),
    "sheet.breaches": ("Pelanggaran", "Breaches"),
    "sheet.uncategorised": ("Tanpa kategori", "Uncategorised"),
    "sheet.quality": ("Mutu usulan", "Matcher"),
    "sheet.changes": ("Berubah sejak ditutup", "Changed since closing"),
    "sheet.causes": ("Sebab perubahan", "Why it changed"),
    "sheet.procedures": ("Prosedur", "Procedures"),
    "sheet.steps": ("Langkah prosedur", "Steps"),
    "sheet.tickets": ("Tiket", "Tickets"),
    "sheet.surveys": ("Survei", "Survey"),
    "sheet.skm": ("Survei kepuasan masyarakat", "Survey of public services"),
    # the matcher
    "quality": ("Mutu usulan kategori", "The matcher's suggestions"),
    "quality.of": ("Untuk", "Of"),
    "quality.kind": ("Per", "By"),
    "quality.by_month": ("bulan", "month"),
    "quality.by_week": ("pekan", "week"),
    "quality.by_category": ("kategori", "category"),
    "quality.month": ("Seluruh bulan", "The month"),
    "quality.week": ("Pekan mulai {monday}", "Week from {monday}"),
    "quality.messages": ("Pesan", "Messages"),
    "quality.suggested": ("Diusulkan", "Suggested"),
    "quality.judged": ("Dinilai", "Judged"),
    "quality.right": ("Tepat", "Right"),
    "quality.precision": ("Ketepatan usulan", "Precision"),
    "quality.sent": ("Jawaban otomatis", "Automatic answers"),
    "quality.sent_precision": ("Ketepatan jawaban otomatis", "Precision of automatic answers"),
    "quality.coverage": ("Terjawab otomatis", "Answered by itself"),
    "quality.out_of_scope": ("Pesan di luar cakupan", "Messages out of scope"),
    "quality.out_of_scope_share": ("Di luar cakupan", "Out of scope"),
    "quality.out_of_scope_sent": (
        "Di luar cakupan, tetapi terjawab otomatis",
        "Out of scope, yet answered by itself",
    ),
    "quality.missed": ("Terlewat", "Missed"),
    "note.quality": (
        "Ketepatan: dari usulan pertama yang dinilai petugas atau kontak. Terjawab otomatis: dari semua pesan yang menyampaikan keperluan. Di luar cakupan: dari pesan yang dinilai, yang tidak cocok dengan kategori mana pun.",
        "Precision: of the first suggestions that agents or contacts judged. Answered by itself: of all messages that say a matter. Out of scope: of the messages that were judged, those that fit no category.",
    ),
    # the surveys
    "survey": ("Kepuasan pengguna", "Satisfaction"),
    "compared.answered": ("Survei: jawaban", "Survey: answers"),
    "compared.mean": ("Survei: rata-rata nilai", "Survey: mean score"),
    "compared.satisfied": ("Survei: puas", "Survey: satisfied"),
    "survey.mean": ("Rata-rata nilai", "Mean score"),
    "survey.satisfied": ("Puas", "Satisfied"),
    "survey.low": ("Nilai rendah", "Low scores"),
    "survey.waiting": ("Perlu tindak lanjut", "To be followed up"),
    "survey.asked": ("Ditanya", "Asked"),
    "survey.answered": ("Menjawab", "Answered"),
    "survey.share": ("Tingkat jawaban", "Response rate"),
    "survey.withheld": ("Tidak dapat ditanya", "Could not be asked"),
    "survey.asked_at": ("Ditanya pada", "Asked at"),
    "survey.answered_at": ("Dijawab pada", "Answered at"),
    "survey.score": ("Nilai", "Score"),
    "survey.comment": ("Komentar", "Comment"),
    "survey.follow_up": ("Tindak lanjut", "Follow-up"),
    "survey.waits": ("menunggu", "waiting"),
    "skm.index": ("Indeks kepuasan masyarakat", "Index of public services"),
    "skm.grade": ("Mutu pelayanan", "Class"),
    "skm.grade_is": ("Mutu pelayanan: {grade}", "Class: {grade}"),
    "skm.answers": (
        "{answers} jawaban lengkap dari {invited} undangan",
        "{answers} complete answers of {invited} invited",
    ),
    "skm.element": ("Unsur", "Element"),
    "empty.surveys": ("Belum ada jawaban survei pada bulan ini.", "No survey was answered this month."),
    "note.survey": (
        "Kepuasan: pertanyaan yang diajukan pada bulan ini; puas adalah nilai 4 dan 5, rendah nilai 1 dan 2 dari 5.",
        "Satisfaction: the questions asked in this month; satisfied are scores 4 and 5, low are 1 and 2 of 5.",
    ),
    # the front page
    "title": ("Laporan bulanan layanan", "Monthly service report"),
    "made_at": ("Dibuat {at} · waktu {zone}", "Made {at} · time zone {zone}"),
    "running": (
        "Bulan ini masih berjalan: semua angka adalah keadaan sampai {at}.",
        "This month is still running: all figures are as of {at}.",
    ),
    "closed_unchanged": (
        "Bulan ini ditutup pada {on} oleh {who}; tidak ada angka yang berubah sejak itu.",
        "This month was closed on {on} by {who}; no figure has changed since.",
    ),
    "closed_changed": (
        "Bulan ini ditutup pada {on} oleh {who}; {count} angka berubah sejak itu (lihat “Berubah sejak ditutup”).",
        "This month was closed on {on} by {who}; figures changed since: {count} (see “Changed since closing”).",
    ),
    "gone_months": (
        "Riwayat tiket dari {months} sudah dihapus karena masa simpannya berakhir: pesan dan waktunya tidak dihitung lagi. Yang berlaku adalah angka saat bulan ditutup.",
        "The history of tickets of {months} was deleted, for it was kept for long enough: their messages and times are no longer counted. What holds are the figures with which the month was closed.",
    ),
    "empty_month": ("Tidak ada tiket yang masuk pada bulan ini.", "No tickets came in this month."),
    "figures": ("Angka pokok", "Key figures"),
    "tickets_in": ("Tiket masuk", "Tickets received"),
    "finished": ("Selesai", "Solved"),
    "unfinished": ("Belum selesai", "Not solved yet"),
    "reopened": ("Dibuka kembali (tiket)", "Reopened (tickets)"),
    "uncategorised": ("Tanpa kategori", "Uncategorised"),
    "lost_line": (
        "Hilang: {lost}. {late} pesan yang tidak diantar penyedia diambil dari daftarnya.",
        "Lost: {lost}. {late} messages that providers had not brought were fetched from their lists.",
    ),
    "lost_unknown": (
        "Hilang: belum dibandingkan dengan daftar penyedia.",
        "Lost: not compared with providers' lists yet.",
    ),
    "spam": ("Spam (tidak dihitung)", "Spam (not counted)"),
    "merged": ("Digabung (tidak dihitung)", "Merged (not counted)"),
    "breached": ("Janji yang dilanggar", "Promises breached"),
    "messages_in": ("Pesan masuk", "Messages received"),
    "messages_out": ("Pesan keluar", "Messages sent"),
    "messages_automatic": ("di antaranya otomatis", "of them automatic"),
    "promises": ("Janji layanan", "Service promises"),
    "promise": ("Janji", "Promise"),
    "share": ("Ketercapaian", "Attainment"),
    "met": ("Tepat waktu", "In time"),
    "breaches": ("Terlambat", "Late"),
    "running_count": ("Masih berjalan", "Still running"),
    "ended": ("Berakhir tanpa jawaban", "Ended unanswered"),
    "median": ("Median", "Median"),
    "p90": ("Persentil ke-90", "90th percentile"),
    "of_team": ("Tim: {name}", "Team: {name}"),
    "of_category": ("Kategori: {name}", "Category: {name}"),
    "compared": ("Perbandingan", "Comparison"),
    "compared_until": (
        "Bulan pembanding dihitung sampai tanggal {day}.",
        "The earlier months are counted up to day {day}.",
    ),
    "statuses": ("Status tiket", "Ticket status"),
    "notes": ("Cara menghitung", "How this is counted"),
    "note.month": (
        "Tiket dihitung pada bulan tiket itu dibuat, menurut zona waktu meja layanan; keadaannya per saat laporan dibuat.",
        "A ticket counts in the month in which it was created, in the desk's time zone; it is told as it stands now.",
    ),
    "note.share": (
        "Ketercapaian = tepat waktu dibagi (tepat waktu + terlambat), termasuk setiap kali tiket dibuka kembali.",
        "Attainment = in time divided by (in time + late), including every time a ticket was reopened.",
    ),
    "note.times": (
        "Lama (jam:menit:detik) sampai jawaban atau penyelesaian pertama; dalam jam kerja bila janjinya demikian, tanpa waktu menunggu pemohon.",
        "Times (hours:minutes:seconds) run to the first answer or solution; in operating hours where the promise counts them, without waiting for the contact.",
    ),
    "chart.days": ("Tiket masuk per hari", "Tickets received by day"),
    "chart.categories": ("Tiket per kategori", "Tickets by category"),
    "chart.categories_top": ("Tiket per kategori ({shown} terbanyak)", "Tickets by category (top {shown})"),
    # tables
    "category": ("Kategori", "Category"),
    "channel": ("Kanal", "Channel"),
    "agent": ("Petugas", "Agent"),
    "day": ("Tanggal", "Date"),
    "weekday": ("Hari", "Weekday"),
    "tickets": ("Tiket", "Tickets"),
    "answers": ("Jawaban ditulis", "Answers written"),
    "nobody": ("Belum ditugaskan", "Unassigned"),
    "no_category": ("Tanpa kategori", "Uncategorised"),
    "held_by": ("Dipegang oleh (saat itu)", "Held by (at that time)"),
    "no_holder": ("Belum ada petugas", "Nobody yet"),
    "cycle": ("Putaran", "Round"),
    "started_at": ("Mulai", "Started"),
    "due_at": ("Batas waktu", "Due"),
    "answered_at": ("Dipenuhi", "Kept at"),
    "late": ("Terlambat selama", "Late by"),
    "extended_why": ("Alasan perpanjangan", "Why extended"),
    "why": ("Penjelasan", "Explanation"),
    "still_open": ("belum dipenuhi", "still open"),
    "first_response": ("Respons pertama", "First response"),
    "next_response": ("Respons lanjutan", "Next response"),
    "resolution": ("Penyelesaian", "Resolution"),
    "second_line": ("Penyelesaian lini kedua", "Resolution by the second line"),
    "empty.groups": ("Tidak ada tiket pada bulan ini.", "No tickets this month."),
    "empty.export": ("Tidak ada data pada kurun waktu ini.", "There is nothing in this period."),
    "empty.breaches": ("Tidak ada janji layanan yang dilanggar.", "No promise was breached."),
    "empty.uncategorised": ("Semua tiket sudah berkategori.", "Every ticket has its category."),
    # the columns of a ticket's row
    "column.number": ("Nomor", "Number"),
    "column.created_at": ("Dibuat", "Created"),
    "column.channel": ("Kanal", "Channel"),
    "column.contact": ("Pemohon", "Contact"),
    "column.identity_number": ("NIM/NIP", "Identity number"),
    "column.subject": ("Perihal", "Subject"),
    "column.category_name": ("Kategori", "Category"),
    "column.tags": ("Tag", "Tags"),
    "column.status": ("Status", "Status"),
    "column.assignee_name": ("Petugas", "Agent"),
    "column.team_name": ("Tim", "Team"),
    "column.solved_at": ("Selesai", "Solved"),
    "column.closed_at": ("Ditutup", "Closed"),
    "column.verified_by": ("Diverifikasi oleh", "Verified by"),
    "column.reopenings": ("Dibuka kembali", "Reopened"),
    "column.messages_in": ("Pesan masuk", "Messages in"),
    "column.messages_out": ("Pesan keluar", "Messages out"),
    "column.linked_to": ("Lanjutan dari", "Continues"),
    "part.started_at": ("mulai", "started"),
    "part.due_at": ("batas", "due"),
    "part.met_at": ("dipenuhi", "kept"),
    "part.breached_at": ("dilanggar", "breached"),
    "part.extended_at": ("diperpanjang", "extended"),
    "part.extended_why": ("alasan perpanjangan", "why extended"),
    "part.outcome": ("hasil", "outcome"),
    "part.minutes": ("lama", "time"),
    "part.in_time": ("tepat waktu", "in time"),
    "part.breaches": ("terlambat", "late"),
    # the procedures
    "procedure": ("Prosedur", "Procedure"),
    "procedure.cases": ("Kasus dimulai", "Cases begun"),
    "procedure.open": ("Masih berjalan", "Under way"),
    "procedure.ends": ("Berakhir sebagai", "Ended as"),
    "procedure.withdrawn": ("Ditarik kembali", "Withdrawn"),
    "procedure.stopped": ("Dihentikan", "Stopped"),
    "procedure.again": ("Kasus yang mengulang langkah", "Cases that went round"),
    "procedure.bottleneck": ("Langkah penghambat", "Bottleneck"),
    "step": ("Langkah", "Step"),
    "step_of": ("Langkah {procedure}: {step}", "Step of {procedure}: {step}"),
    "step.no": ("No.", "No."),
    "step.role": ("Pelaksana", "Role"),
    "step.standard": ("Baku waktu", "Standard"),
    "step.done": ("Selesai", "Done"),
    "step.open": ("Terbuka", "Open"),
    "step.late": ("Melewati baku", "Over standard"),
    "step.late_share": ("Bagian yang lewat", "Share over standard"),
    "step.overdue": ("Jumlah kelebihan waktu", "Time over, in all"),
    "step.passed": ("Dilewati", "Passed over"),
    "step.again": ("Diulang", "Done again"),
    # what has changed since a month was closed
    "change.figure": ("Angka", "Figure"),
    "change.before": ("Saat ditutup", "When closed"),
    "change.after": ("Sekarang", "Now"),
    "change.at": ("Waktu", "When"),
    "change.ticket": ("Tiket", "Ticket"),
    "change.why": ("Yang terjadi", "What happened"),
    "change.from_to": ("Rincian", "Details"),
    "change.by": ("Oleh", "By"),
    "doer.contact": ("pemohon", "the contact"),
    "doer.bot": ("bot", "the bot"),
    "doer.system": ("sistem", "the system"),
    "empty.changes": (
        "Tidak ada angka yang berubah sejak bulan ini ditutup.",
        "No figure has changed since this month was closed.",
    ),
    "empty.causes": (
        "Tidak ada tiket bulan ini yang berubah sejak ditutup.",
        "No ticket of this month has changed since.",
    ),
    "cause.more": ("dan lainnya", "and more"),
    "cause.ticket.solved": ("diselesaikan", "solved"),
    "cause.ticket.reopened": ("dibuka kembali", "reopened"),
    "cause.ticket.categorised": ("kategori diganti", "put under another category"),
    "cause.ticket.merged": ("digabung", "merged"),
    "cause.ticket.spam": ("ditandai spam", "marked as spam"),
    "cause.ticket.restored": ("dipulihkan", "restored"),
    "cause.clock.breached": ("janji dilanggar", "promise broken"),
    "cause.clock.withdrawn": ("pelanggaran dibatalkan", "breach withdrawn"),
    "cause.delivery.failed": ("jawaban gagal terkirim", "answer did not arrive"),
    "cause.ticket.moved": ("dipindahkan ke unit lain", "moved to another desk"),
    # words
    "word.whatsapp": ("WhatsApp", "WhatsApp"),
    "word.telegram": ("Telegram", "Telegram"),
    "word.email": ("Email", "Email"),
    "word.webchat": ("Obrolan web", "Web chat"),
    "word.other": ("Lainnya", "Other"),
    "word.new": ("Baru", "New"),
    "word.open": ("Dikerjakan", "Open"),
    "word.waiting": ("Menunggu pemohon", "Waiting for the contact"),
    "word.solved": ("Selesai", "Solved"),
    "word.closed": ("Ditutup", "Closed"),
    "word.met": ("tepat waktu", "in time"),
    "word.breached": ("terlambat", "late"),
    "word.running": ("berjalan", "running"),
    "word.ended": ("tanpa jawaban", "unanswered"),
}
_PARTED = ("first_response", "resolution")


class Labels:
    """The texts of one language; Indonesian for a language that reports do not speak."""

    def __init__(self, language: Language) -> None:
        self.language = supported_language(language)
        self._at = 0 if self.language == "id" else 1

    def __call__(self, key: str, **values: object) -> str:
        text = _TEXTS[key][self._at]
        return text.format(**values) if values else text

    def column(self, key: str) -> str:
        """Return the heading of a column of the ticket's row."""
        for kind in _PARTED:
            if key.startswith(f"{kind}_"):
                part = key.removeprefix(f"{kind}_")
                return f"{self(kind)}: {self(f'part.{part}')}"
        return self(f"column.{key}")

    def word(self, word: str) -> str:
        """Return a channel, status or outcome as people say it; a word unknown here stays as it is."""
        texts = _TEXTS.get(f"word.{word}")
        return word if texts is None else texts[self._at]

    def promise(self, kind: str) -> str:
        return self(kind) if kind in _TEXTS else kind

    def month(self, year: int, number: int) -> str:
        return f"{_MONTHS[self.language][number - 1]} {year}"

    def day(self, on: date) -> str:
        return f"{on.day} {self.month(on.year, on.month)}"

    def weekday(self, on: date) -> str:
        return _WEEKDAYS[self.language][on.weekday()]
