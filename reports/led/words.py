"""What the self-evaluation says of itself: headings, what belongs under them, what its tables are called."""

from collections.abc import Mapping

from templates_replies.catalogue import Language
from templates_replies.phrase import Phrase
from tickets.evaluation import Section

HEADINGS: Mapping[Section, Phrase] = {
    Section.BACKGROUND: Phrase(id="Latar Belakang", en="Background"),
    Section.POLICY: Phrase(id="Kebijakan", en="Policy"),
    Section.STRATEGY: Phrase(id="Strategi Pencapaian Standar", en="Strategy to Reach the Standard"),
    Section.MAIN: Phrase(id="Indikator Kinerja Utama", en="Main Performance Indicators"),
    Section.ADDITIONAL: Phrase(id="Indikator Kinerja Tambahan", en="Additional Performance Indicators"),
    Section.ACHIEVEMENT: Phrase(id="Evaluasi Capaian Kinerja", en="Evaluation of Achievement"),
    Section.ASSURANCE: Phrase(id="Penjaminan Mutu", en="Quality Assurance"),
    Section.SATISFACTION: Phrase(id="Kepuasan Pengguna", en="User Satisfaction"),
    Section.CONCLUSION: Phrase(
        id="Simpulan Hasil Evaluasi serta Rencana Perbaikan dan Pengembangan",
        en="Conclusion, with Plan of Improvement",
    ),
}
# What only people can write under each.
WANTED: Mapping[Section, Phrase] = {
    Section.BACKGROUND: Phrase(
        id="tujuan layanan, rasional penetapan standarnya, dan mekanisme penetapannya dengan melibatkan pemangku kepentingan",
        en="the aim of the service, why its standard was set, and how that was done together with those concerned",
    ),
    Section.POLICY: Phrase(
        id="peraturan, keputusan, dan dokumen mutu yang menjadi dasar layanan, dengan nomor dan tanggalnya",
        en="the regulations, decisions and quality documents on which the service rests, with number and date",
    ),
    Section.STRATEGY: Phrase(
        id="strategi mencapai standar, sumber daya yang dialokasikan, dan mekanisme pengendaliannya",
        en="the strategy to reach the standard, what is spent on it, and how it is kept in check",
    ),
    Section.MAIN: Phrase(
        id="bukti di luar sistem ini, misalnya ketersediaan e-learning dan perpustakaan digital",
        en="proof from outside this system, such as the availability of e-learning and library",
    ),
    Section.ADDITIONAL: Phrase(
        id="standar yang ditetapkan unit sendiri melampaui standar nasional, dan capaiannya",
        en="standards of the unit's own beyond the national ones, and what was reached",
    ),
    Section.ACHIEVEMENT: Phrase(
        id="akar masalah, faktor pendukung keberhasilan, dan faktor penghambat ketercapaian",
        en="root causes, what has helped, and what has hindered",
    ),
    Section.ASSURANCE: Phrase(
        id="pelaksanaan siklus penetapan, pelaksanaan, evaluasi, pengendalian, dan peningkatan, dengan bukti auditnya",
        en="how the cycle of setting, doing, evaluating, controlling and improving was carried out, with proof of its audit",
    ),
    Section.SATISFACTION: Phrase(
        id="tafsiran hasil survei dan tindak lanjut yang sudah diumumkan kepada pengguna",
        en="what the survey means, and the follow-up that users were told of",
    ),
    Section.CONCLUSION: Phrase(
        id="pemosisian, masalah, akar masalah, serta rencana perbaikan dan pengembangan unit",
        en="where the unit stands, its problems and their causes, and the plan of improvement",
    ),
}
_TEXTS: Mapping[str, Phrase] = {
    "title": Phrase(id="Laporan Evaluasi Diri", en="Self-Evaluation Report"),
    "year": Phrase(id="Tahun {year}", en="Year {year}"),
    "made": Phrase(id="Dibuat {at} ({zone})", en="Made {at} ({zone})"),
    "reading": Phrase(
        id="Angka dibaca dari buku besar tiket; teks yang ditandai “Untuk ditulis” dilengkapi oleh unit.",
        en="Figures are read from the ledger of tickets; what is marked “To be written” is for the unit to write.",
    ),
    "running": Phrase(
        id="Tahun {year} masih berjalan: laporan ini memuat keadaan sampai {day}, dan pembandingnya masa yang sama tahun sebelumnya.",
        en="The year {year} still runs: this report tells of it up to {day}, beside the same days of the year before.",
    ),
    "empty": Phrase(
        id="Tidak ada permintaan layanan yang tercatat dalam tahun ini.",
        en="No request was recorded in this year.",
    ),
    "to_write": Phrase(id="[Untuk ditulis: {what}.]", en="[To be written: {what}.]"),
    "written_by": Phrase(id="Ditulis oleh {who}, {at}.", en="Written by {who}, {at}."),
    "carried": Phrase(
        id="Dibawa dari tahun {year}: ditulis oleh {who}, {at}.",
        en="Carried over from {year}: written by {who}, {at}.",
    ),
    "volume": Phrase(
        id="{unit} menerima {tickets} permintaan layanan melalui {channels}; tahun sebelumnya {before}. {finished} sudah selesai.",
        en="{unit} received {tickets} requests by {channels}; {before} in the year before. {finished} are finished.",
    ),
    "promises": Phrase(
        id="Standar waktu yang dijanjikan kepada pengguna:", en="Times that users are promised:"
    ),
    "counts.operating": Phrase(id="{length} jam kerja", en="{length} of operating hours"),
    "counts.calendar": Phrase(id="{length} waktu kalender", en="{length} of calendar time"),
    "services": Phrase(
        id="Layanan diselenggarakan dalam {categories} jenis layanan dan {procedures} prosedur tertulis, melalui {channels}.",
        en="The service has {categories} kinds and {procedures} written procedures, by {channels}.",
    ),
    "code": Phrase(id="Kode", en="Code"),
    "indicator": Phrase(id="Indikator", en="Indicator"),
    "evidence": Phrase(id="Bukti dari sistem", en="Evidence of the system"),
    "reached": Phrase(id="Capaian", en="Reached"),
    "B.1.8.17.a": Phrase(
        id="Sistem informasi layanan pembelajaran tersedia dan terbukti efektif",
        en="An information system for learning services is available and proven effective",
    ),
    "B.1.8.17.b": Phrase(
        id="Layanan mudah dijangkau sivitas akademika",
        en="The service is easily reached by the academic community",
    ),
    "B.1.8.17.c": Phrase(
        id="Setiap jenis layanan dievaluasi berkala dan hasilnya ditindaklanjuti",
        en="Every kind of service is evaluated regularly, and the result is followed up",
    ),
    "B.1.14.11.a": Phrase(
        id="Permintaan direspons paling lama 15 menit melalui media apa pun",
        en="Requests are answered within 15 minutes, through whichever medium",
    ),
    "served": Phrase(
        id="{finished} dari {tickets} permintaan selesai", en="{finished} of {tickets} requests are finished"
    ),
    "months_served": Phrase(
        id="permintaan dilayani dalam {months} dari {all} bulan, melalui {channels}",
        en="requests served in {months} of {all} months, by {channels}",
    ),
    "evaluated": Phrase(
        id="{services} jenis layanan yang diminta dievaluasi dalam bab 6; {closed} dari {findings} temuan selesai",
        en="the {services} kinds of service that were asked for are evaluated in chapter 6; {closed} of {findings} findings are closed",
    ),
    "calendar": Phrase(
        id="{in_time} dari {requests} permintaan, waktu kalender",
        en="{in_time} of {requests} requests, in calendar time",
    ),
    "media": Phrase(
        id="Respons pertama dalam 15 menit menurut media dan bulan",
        en="First answers within 15 minutes by medium and month",
    ),
    "month": Phrase(id="Bulan", en="Month"),
    "all": Phrase(id="Semua", en="All"),
    "requests": Phrase(id="Permintaan", en="Requests"),
    "requests_by_month": Phrase(id="Permintaan menurut bulan", en="Requests by month"),
    "finished": Phrase(id="Selesai", en="Finished"),
    "additional": Phrase(id="Indikator kinerja tambahan", en="Additional performance indicators"),
    "share": Phrase(id="{promise} tepat waktu", en="{promise} in time"),
    "median": Phrase(id="{promise}: median", en="{promise}: median"),
    "p90": Phrase(id="{promise}: persentil ke-90", en="{promise}: 90th percentile"),
    "by_service": Phrase(id="Evaluasi tiap jenis layanan", en="Evaluation of each kind of service"),
    "service": Phrase(id="Jenis layanan", en="Kind of service"),
    "year_before": Phrase(id="Tahun lalu", en="Year before"),
    "in_time": Phrase(id="Tepat waktu", en="In time"),
    "median_short": Phrase(id="Median", en="Median"),
    "p90_short": Phrase(id="P90", en="P90"),
    "score": Phrase(id="Kepuasan", en="Satisfaction"),
    "findings": Phrase(id="Temuan", en="Findings"),
    "no_category": Phrase(id="Belum berkategori", en="Without a category"),
    "by_procedure": Phrase(id="Evaluasi tiap prosedur", en="Evaluation of each procedure"),
    "procedure": Phrase(id="Prosedur", en="Procedure"),
    "cases": Phrase(id="Kasus", en="Cases"),
    "open": Phrase(id="Berjalan", en="Open"),
    "again": Phrase(id="Berulang", en="Went round"),
    "bottleneck": Phrase(id="Langkah terlama", en="Slowest step"),
    "assured": Phrase(
        id="Ketidaksesuaian dan hasil evaluasi dicatat dalam register temuan dengan penanggung jawab dan tenggat (ISO 9001:2015 klausul 10.2). "
        "Dalam tahun ini ada {all} temuan: {closed} selesai, {open} masih terbuka, {overdue} di antaranya lewat tenggat.",
        en="Nonconformities and the results of evaluations stand in a register of findings, each with who is responsible and until when "
        "(ISO 9001:2015, 10.2). In this year there were {all}: {closed} are closed, {open} are open, {overdue} of these overdue.",
    ),
    "no_findings": Phrase(
        id="Register temuan tidak memuat catatan untuk tahun ini.",
        en="The register of findings has nothing for this year.",
    ),
    "register": Phrase(id="Register temuan dan tindak lanjut", en="Register of findings and follow-ups"),
    "plan": Phrase(
        id="Rencana perbaikan: temuan yang belum selesai",
        en="Plan of improvement: findings that are not closed",
    ),
    "number": Phrase(id="No.", en="No."),
    "finding": Phrase(id="Temuan", en="Finding"),
    "action": Phrase(id="Tindak lanjut", en="Action"),
    "responsible": Phrase(id="Penanggung jawab", en="Responsible"),
    "due": Phrase(id="Tenggat", en="Due"),
    "stand": Phrase(id="Keadaan", en="Stands"),
    "stand.open": Phrase(id="terbuka", en="open"),
    "stand.proposed": Phrase(id="menunggu penilaian", en="to be judged"),
    "stand.closed": Phrase(id="selesai", en="closed"),
    "effect.full": Phrase(id="efektif", en="effective"),
    "effect.partly": Phrase(id="efektif sebagian", en="partly effective"),
    "effect.none": Phrase(id="tidak efektif", en="not effective"),
    "overdue": Phrase(id="lewat tenggat", en="overdue"),
    "satisfied": Phrase(
        id="{answered} dari {asked} pengguna yang ditanya memberi nilai, rata-rata {mean} dari {scale}; {satisfied} puas. {waiting} nilai rendah belum ditindaklanjuti.",
        en="{answered} of {asked} users who were asked gave a score, {mean} of {scale} on average; {satisfied} are satisfied. {waiting} low scores are not followed up yet.",
    ),
    "not_asked": Phrase(
        id="Tidak ada pengguna yang ditanya dalam tahun ini.", en="No user was asked in this year."
    ),
    "scores": Phrase(id="Sebaran nilai", en="Scores"),
    "index": Phrase(
        id="Indeks kepuasan masyarakat (PermenPAN-RB 14/2017) periode {period}: {index}, mutu pelayanan {grade}, dari {answers} responden.",
        en="Index of public services (PermenPAN-RB 14/2017) of the period {period}: {index}, class {grade}, of {answers} answers.",
    ),
    "sum": Phrase(
        id="Dalam {year}, {share} permintaan direspons dalam 15 menit dan {solved} penyelesaian tepat waktu, dari {tickets} permintaan.",
        en="In {year}, {share} of requests were answered within 15 minutes and {solved} of solutions were in time, of {tickets} requests.",
    ),
    "up": Phrase(
        id="Permintaan naik {by} dibandingkan tahun sebelumnya.",
        en="Requests have grown by {by} against the year before.",
    ),
    "down": Phrase(
        id="Permintaan turun {by} dibandingkan tahun sebelumnya.",
        en="Requests have fallen by {by} against the year before.",
    ),
    "nothing_open": Phrase(id="Tidak ada temuan yang belum selesai.", en="No finding is open."),
    "contents": Phrase(id="Daftar isi", en="Contents"),
    "table": Phrase(id="Tabel", en="Table"),
    "picture": Phrase(id="Gambar", en="Figure"),
}


def say(language: Language, key: str, **values: object) -> str:
    """Return a phrase. Raises KeyError for one that there is not."""
    return _TEXTS[key].say(language, **{name: str(value) for name, value in values.items()})
