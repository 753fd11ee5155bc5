"""What the self-evaluation says around its figures."""

from collections.abc import Mapping

from templates_replies.catalogue import Language
from templates_replies.phrase import Phrase

_TEXTS: Mapping[str, Phrase] = {
    "title": Phrase(id="Laporan Evaluasi Diri", en="Self-Evaluation Report"),
    "year": Phrase(id="Tahun {year}", en="Year {year}"),
    "made": Phrase(id="Dibuat {at} ({zone})", en="Made {at} ({zone})"),
    "reading": Phrase(
        id="Angka dibaca dari catatan tiket; teks yang ditandai “Untuk ditulis” dilengkapi oleh unit.",
        en="Figures are read from the tickets; what is marked “To be written” is for the unit to write.",
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
    "target": Phrase(id="Target", en="Target"),
    "status": Phrase(id="Status", en="Status"),
    "status.reached": Phrase(id="tercapai", en="reached"),
    "status.missed": Phrase(id="belum tercapai", en="not reached"),
    "status.no_target": Phrase(id="tanpa target", en="no target"),
    "status.no_data": Phrase(id="belum ada data", en="no data"),
    "criteria": Phrase(
        id="Indikator kinerja utama dan buktinya", en="Main performance indicators and their evidence"
    ),
    "answered": Phrase(
        id="Respons pertama dalam {within} menurut media dan bulan",
        en="First answers within {within} by medium and month",
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
    "goal": Phrase(id="Target: {goal}", en="Target: {goal}"),
    "by_service": Phrase(id="Evaluasi tiap jenis layanan", en="Evaluation of each kind of service"),
    "service": Phrase(id="Jenis layanan", en="Kind of service"),
    "year_before": Phrase(id="Tahun lalu", en="Year before"),
    "in_time": Phrase(id="Tepat waktu", en="In time"),
    "median_short": Phrase(id="Median", en="Median"),
    "p90_short": Phrase(id="P90", en="P90"),
    "score": Phrase(id="Kepuasan", en="Satisfaction"),
    "findings": Phrase(id="Temuan", en="Findings"),
    "services_by_month": Phrase(
        id="Permintaan tiap jenis layanan menurut bulan; baris kedua: diselesaikan tepat waktu",
        en="Requests of each kind of service by month; second line: solved in time",
    ),
    "cases_by_month": Phrase(id="Kasus tiap prosedur menurut bulan", en="Cases of each procedure by month"),
    "largest": Phrase(
        id="Permintaan menurut bulan, jenis layanan yang paling banyak diminta",
        en="Requests by month, the kinds of service most asked for",
    ),
    "followed_up": Phrase(
        id="Temuan dan tindak lanjut tiap jenis layanan", en="Findings and follow-ups of each kind of service"
    ),
    "of_procedure": Phrase(id="Prosedur {name}", en="Procedure {name}"),
    "nothing_found": Phrase(id="Tidak ada temuan.", en="Nothing was found."),
    "cause": Phrase(id="Penyebab: {cause}", en="Cause: {cause}"),
    "result": Phrase(id="Hasil: {result}", en="Result: {result}"),
    "more_findings": Phrase(
        id="Masih ada {more} temuan lain dalam register; semuanya ada pada halaman Temuan.",
        en="There are {more} more findings in the register; the page Findings has all of them.",
    ),
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
    "register": Phrase(
        id="Temuan yang tidak menyangkut satu jenis layanan", en="Findings that are of no one kind of service"
    ),
    "of_services": Phrase(
        id="Temuan tiap jenis layanan dengan tindak lanjutnya ada dalam bab 6.",
        en="Findings of each kind of service, with their follow-ups, stand in chapter 6.",
    ),
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
        id="{answered} dari {asked} pengguna yang ditanya memberi nilai, rata-rata {mean} dari {scale}; {satisfied} puas. Nilai rendah yang belum ditindaklanjuti: {waiting}.",
        en="{answered} of {asked} users who were asked gave a score, {mean} of {scale} on average; {satisfied} are satisfied. Low scores without a follow-up: {waiting}.",
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
        id="Dalam tahun {year} diterima {tickets} permintaan; {finished} sudah selesai, dan {solved} penyelesaian tepat waktu.",
        en="In {year} there were {tickets} requests; {finished} are finished, and {solved} of solutions were in time.",
    ),
    "targets": Phrase(
        id="{reached} dari {all} indikator utama yang bertarget tercapai.",
        en="{reached} of {all} main indicators with a target were reached.",
    ),
    "missed": Phrase(id="Belum tercapai: {codes}.", en="Not reached: {codes}."),
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
    "page": Phrase(id="Halaman", en="Page"),
    "of": Phrase(id="dari", en="of"),
}


def say(language: Language, key: str, **values: object) -> str:
    """Return a phrase. Raises KeyError for one that there is not."""
    return _TEXTS[key].say(language, **{name: str(value) for name, value in values.items()})
