"""What the reports on surveys say around their figures."""

from collections.abc import Mapping
from decimal import Decimal

from reports import written
from reports.labels import Labels
from reports.periods import Days
from reports.satisfaction import PublicService
from reports.surveyed.measured import FEW, PublicReport
from templates_replies.catalogue import Language
from templates_replies.phrase import Phrase
from templates_replies.public_survey import EDUCATIONS, OCCUPATIONS, SEXES, period_words
from templates_replies.survey_phrases import decimal_words

TITLE = Phrase(id="Laporan kepuasan pengguna", en="Report on satisfaction")
PUBLIC_TITLE = Phrase(id="Laporan survei kepuasan masyarakat", en="Report on the survey of public services")
POSTER_TITLE = Phrase(id="Indeks Kepuasan Masyarakat", en="Index of Public Satisfaction")
MADE = Phrase(id="Dibuat {at}", en="Made {at}")
READING = Phrase(
    id="Puas: dua perlima nilai teratas (4 dan 5 dari 5). Rendah: dua perlima terbawah (1 dan 2 dari 5).",
    en="Satisfied: the upper two fifths of the scale (4 and 5 of 5). Low: the lower two fifths (1 and 2 of 5).",
)
PUBLIC_READING = Phrase(
    id="PermenPAN-RB 14/2017: indeks = rata-rata sembilan unsur × 25; A mulai 88,31, B mulai 76,61, C mulai 65,00, D di bawahnya.",
    en="PermenPAN-RB 14/2017: index = mean of nine elements × 25; A from 88.31, B from 76.61, C from 65.00, D below.",
)
SUMMARY = Phrase(id="Ringkasan", en="Summary")
MONTHS = Phrase(id="Dari bulan ke bulan", en="Month by month")
CHANNELS = Phrase(id="Menurut kanal", en="By channel")
CATEGORIES = Phrase(id="Menurut kategori", en="By category")
AGENTS = Phrase(id="Menurut petugas", en="By agent")
LOW = Phrase(id="Nilai rendah dan tindak lanjutnya", en="Low scores and what was done")
COMMENTS = Phrase(id="Komentar lain", en="Other comments")
MASKED = Phrase(
    id="Alamat dan nomor dalam komentar disamarkan.", en="Addresses and numbers in comments are hidden."
)
NO_ANSWERS = Phrase(id="Tidak ada jawaban survei pada masa ini.", en="No survey was answered in this period.")
NO_LOW = Phrase(id="Tidak ada nilai rendah.", en="There are no low scores.")
FEW_ANSWERS = Phrase(id="jawaban < {few}", en="fewer than {few}")
FEW_NOTE = Phrase(
    id="Nilai seorang petugas baru disebut mulai {few} jawaban: di bawahnya tidak mengatakan apa-apa tentang orangnya.",
    en="The score of an agent is told from {few} answers on: fewer say nothing about a person.",
)
MORE = Phrase(id="… dan {count} lagi, dalam berkas xlsx.", en="… and {count} more, in the xlsx file.")
WAITS = Phrase(id="Menunggu tindak lanjut", en="Waits for a follow-up")
DONE = Phrase(id="Tindak lanjut", en="Follow-up")
MEAN, SATISFIED = Phrase(id="Rata-rata nilai", en="Mean score"), Phrase(id="Puas", en="Satisfied")
ASKED, ANSWERED = Phrase(id="Ditanya", en="Asked"), Phrase(id="Menjawab", en="Answered")
SHARE, LOWS = Phrase(id="Tingkat jawaban", en="Response rate"), Phrase(id="Nilai rendah", en="Low scores")
OPEN = Phrase(id="belum ditindaklanjuti: {count}", en="not followed up: {count}")
OF_SCALE = Phrase(id="dari {scale}", en="of {scale}")
WITHHELD = Phrase(id="tidak dapat ditanya: {count}", en="could not be asked: {count}")
NAME, MONTH = Phrase(id="Nama", en="Name"), Phrase(id="Bulan", en="Month")
TICKET, SCORE = Phrase(id="Tiket", en="Ticket"), Phrase(id="Nilai", en="Score")
COMMENT, CATEGORY = Phrase(id="Komentar", en="Comment"), Phrase(id="Kategori", en="Category")
NONE, NOBODY = Phrase(id="Tanpa kategori", en="Uncategorised"), Phrase(id="Belum ditugaskan", en="Unassigned")

INDEX = Phrase(id="Nilai indeks", en="Index")
CLASS, PERFORMANCE = Phrase(id="Mutu pelayanan", en="Class"), Phrase(id="Kinerja unit", en="Performance")
YEAR_BEFORE = Phrase(id="Setahun sebelumnya: {value}", en="A year before: {value}")
NO_YEAR_BEFORE = Phrase(
    id="Setahun sebelumnya tidak ada pertanyaan survei, sehingga belum ada pembanding.",
    en="Nobody was asked a year before, so there is nothing to compare with yet.",
)
RESPONDENTS = Phrase(id="Responden", en="Respondents")
PERIOD, PEOPLE = Phrase(id="Masa survei", en="Survey taken"), Phrase(id="orang", en="people")
CHARACTERISTICS = Phrase(id="Karakteristik responden", en="Who answered")
ELEMENTS, ELEMENT = Phrase(id="Nilai per unsur", en="The nine elements"), Phrase(id="Unsur", en="Element")
NRR, NRR_WEIGHTED = (
    Phrase(id="NRR", en="Mean (NRR)"),
    Phrase(id="NRR tertimbang (× 1/9)", en="Weighted (× 1/9)"),
)
ROUNDED_WEIGHT = Phrase(
    id="Bobot tiap unsur dihitung utuh, 1/9. Lembar kerja yang membulatkannya menjadi 0,11 menghasilkan indeks yang 1% lebih rendah.",
    en="Each element weighs a whole ninth. A worksheet that rounds it to 0.11 comes to an index that is lower by 1%.",
)
CONVERTED = Phrase(id="Nilai × 25", en="Value × 25")
SUM = Phrase(id="Jumlah NRR tertimbang dan indeks", en="Sum of weighted means, and index")
SUGGESTIONS = Phrase(id="Saran dan masukan", en="Suggestions")
NO_SUGGESTIONS = Phrase(id="Tidak ada saran.", en="There are no suggestions.")
TRAIT, REMARK = Phrase(id="Karakteristik", en="Characteristic"), Phrase(id="Catatan", en="Note")
ANSWERS = Phrase(id="Jawaban", en="Answers")
NOT_SAID = Phrase(id="Tidak disebutkan", en="Not said")
COUNT = Phrase(id="Jumlah", en="Number")
RUNNING = Phrase(
    id="Survei ini masih berjalan: nilainya belum tetap dan belum untuk dipublikasikan.",
    en="This survey is still running: its value is not final and not to be published yet.",
)
SAMPLE = Phrase(
    id="{answers} responden dari {invited} undangan. Populasi {served} pengguna layanan memerlukan {needed} responden (tabel Krejcie dan Morgan): {judged}.",
    en="{answers} respondents of {invited} invited. A population of {served} users needs {needed} respondents (Krejcie and Morgan): {judged}.",
)
NOBODY_SERVED = Phrase(
    id="Belum ada pengguna layanan dalam masa ini, sehingga belum ada yang diundang.",
    en="Nobody was served in this period yet, so nobody was invited.",
)
ENOUGH = Phrase(id="terpenuhi", en="reached")
TOO_FEW = Phrase(
    id="belum terpenuhi, sehingga nilainya belum mewakili seluruh pengguna",
    en="not reached, so the value does not stand for all users yet",
)
_WEAKEST = Phrase(
    id="Unsur terendah: {low} ({low_value}). Unsur tertinggi: {high} ({high_value}).",
    en="Lowest element: {low} ({low_value}). Highest element: {high} ({high_value}).",
)
NO_PUBLIC = Phrase(
    id="Belum ada jawaban lengkap pada periode ini, sehingga indeks belum dapat dihitung.",
    en="Nobody has answered completely in this period, so there is no index yet.",
)
THANKS = Phrase(
    id="Terima kasih atas penilaian Bapak/Ibu. Masukan Bapak/Ibu sangat bermanfaat untuk kemajuan unit kami agar terus memperbaiki dan meningkatkan mutu pelayanan.",
    en="Thank you for your answers. They help our unit to go on mending and improving its service.",
)
PERFORMANCES: Mapping[str, Phrase] = {
    "A": Phrase(id="Sangat baik", en="Very good"),
    "B": Phrase(id="Baik", en="Good"),
    "C": Phrase(id="Kurang baik", en="Not good enough"),
    "D": Phrase(id="Tidak baik", en="Not good"),
}
TRAITS: Mapping[str, Phrase] = {
    "sex": Phrase(id="Jenis kelamin", en="Sex"),
    "age": Phrase(id="Usia", en="Age"),
    "education": Phrase(id="Pendidikan", en="Education"),
    "occupation": Phrase(id="Pekerjaan", en="Occupation"),
}
_VALUES: Mapping[str, Mapping[str, Phrase]] = {
    "sex": SEXES,
    "education": EDUCATIONS,
    "occupation": OCCUPATIONS,
}


def days(span: Days, language: Language) -> str:
    first, last = (Labels(language).day(day) for day in (span.first_on, span.last_on))
    return f"{first} – {last}"


def number(value: Decimal | None, language: Language) -> str:
    return decimal_words(value, language) or "–"


def many(count: int, language: Language) -> str:
    return written.number(count, language)


def percent(value: float | None, language: Language) -> str:
    return written.percent(value, language)


def few(language: Language) -> str:
    return FEW_ANSWERS.say(language, few=str(FEW))


def channel(name: str | None, language: Language) -> str:
    return Labels(language).word(name or "other")


def trait_value(trait: str, value: str | None, language: Language) -> str:
    if value is None:
        return NOT_SAID.say(language)
    known = _VALUES.get(trait, {}).get(value)
    return value if known is None else known.say(language)


def performance(grade: str | None, language: Language) -> str:
    return "–" if grade is None else PERFORMANCES[grade].say(language)


def period(report: PublicReport, language: Language) -> str:
    said = period_words(report.period.key, language)
    return said[:1].upper() + said[1:]


def index_and_class(found: PublicService, language: Language) -> str:
    """Return an index with its class: `83,29 (B)`; a dash without answers."""
    index = found.index
    return (
        number(index.index, language)
        if index.grade is None
        else f"{number(index.index, language)} ({index.grade})"
    )


def sample(report: PublicReport, language: Language) -> str:
    if not report.served and not report.public.invited:
        return NOBODY_SERVED.say(language)
    enough = report.public.index.answers >= report.needed
    return SAMPLE.say(
        language, answers=many(report.public.index.answers, language), invited=many(report.public.invited, language),
        served=many(report.served, language), needed=many(report.needed, language), judged=(ENOUGH if enough else TOO_FEW).say(language),
    )  # fmt: skip


def extremes(names: tuple[str, ...], means: tuple[Decimal, ...], language: Language) -> str:
    low, high = min(means), max(means)
    return _WEAKEST.say(
        language, low=names[means.index(low)], low_value=number(low, language), high=names[means.index(high)],
        high_value=number(high, language),
    )  # fmt: skip
