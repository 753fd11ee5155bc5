"""What a scorecard says around its figures, and the figures themselves as people write them."""

from collections.abc import Iterator, Mapping, Sequence

from reports import written
from reports.gone import said_of_gone
from reports.labels import Labels
from reports.scorecard.card import Card
from templates_replies.catalogue import Language
from templates_replies.phrase import Phrase
from tickets.scorecard import Filter, Light, Measure, Over, Perspective, Rated, Unit

TITLE = Phrase(id="Kartu skor kinerja", en="Balanced scorecard")
PERSPECTIVES: Mapping[Perspective, Phrase] = {
    Perspective.CUSTOMER: Phrase(id="Pengguna layanan", en="Users of the service"),
    Perspective.FINANCE: Phrase(id="Keuangan", en="Finance"),
    Perspective.PROCESS: Phrase(id="Proses internal", en="Internal processes"),
    Perspective.GROWTH: Phrase(id="Pembelajaran dan pertumbuhan", en="Learning and growth"),
}
LIGHTS: Mapping[Light, Phrase] = {
    Light.GREEN: Phrase(id="Tercapai", en="Reached"),
    Light.YELLOW: Phrase(id="Hampir tercapai", en="Nearly reached"),
    Light.RED: Phrase(id="Belum tercapai", en="Not reached"),
    Light.NONE: Phrase(id="Belum ada data", en="No data"),
}
MEASURES: Mapping[Measure, Phrase] = {
    Measure.FIRST_RESPONSE_IN_TIME: Phrase(id="respons pertama tepat waktu", en="first responses in time"),
    Measure.NEXT_RESPONSE_IN_TIME: Phrase(id="respons lanjutan tepat waktu", en="next responses in time"),
    Measure.RESOLUTION_IN_TIME: Phrase(id="penyelesaian tepat waktu", en="solutions in time"),
    Measure.CATEGORISED: Phrase(id="tiket berkategori", en="tickets under a category"),
    Measure.REOPENED: Phrase(id="tiket dibuka kembali (makin rendah makin baik)", en="reopened tickets (less is better)"),
    Measure.VERIFIED: Phrase(id="tiket selesai yang diverifikasi", en="solved tickets that were verified"),
    Measure.SATISFIED: Phrase(id="penjawab survei yang puas", en="satisfied answers to the survey"),
    Measure.MEAN_SCORE: Phrase(id="rata-rata nilai survei", en="mean score of the survey"),
    Measure.RESPONSE_RATE: Phrase(id="tingkat jawaban survei", en="response rate of the survey"),
    Measure.PUBLIC_SERVICE_INDEX: Phrase(id="indeks kepuasan masyarakat", en="index of public services"),
    Measure.MATCHER_PRECISION: Phrase(id="ketepatan usulan kategori", en="precision of suggested categories"),
    Measure.STEPS_IN_STANDARD: Phrase(id="langkah prosedur sesuai mutu baku waktu", en="steps of procedures within their standard"),
    Measure.FINDINGS_IN_TIME: Phrase(id="temuan yang ditindaklanjuti tepat waktu", en="findings done in time"),
    Measure.RECAP_MADE: Phrase(id="bulan yang rekapnya ada di arsip", en="months with their recap in the archive"),
}  # fmt: skip
FILTERS: Mapping[Filter, Phrase] = {
    Filter.CATEGORY: Phrase(id="kategori", en="category"),
    Filter.CHANNEL: Phrase(id="kanal", en="channel"),
    Filter.TEAM: Phrase(id="tim", en="team"),
    Filter.PROCEDURE: Phrase(id="prosedur", en="procedure"),
}
INDICATOR = Phrase(id="Indikator", en="Indicator")
PERSPECTIVE = Phrase(id="Perspektif", en="Perspective")
MEASURE = Phrase(id="Ukuran", en="Measure")
ACTUAL = Phrase(id="Realisasi", en="Actual")
TARGET = Phrase(id="Target", en="Target")
ACHIEVEMENT = Phrase(id="Capaian", en="Achievement")
WEIGHT = Phrase(id="Bobot", en="Weight")
STATUS = Phrase(id="Status", en="Status")
RESTS_ON = Phrase(id="Dasar (jumlah)", en="Rests on (count)")
SCORE = Phrase(id="Skor", en="Score")
TOTAL = Phrase(id="Skor keseluruhan", en="Overall score")
CHANGE = Phrase(id="Perubahan", en="Change")
MADE = Phrase(id="Dibuat {at}", en="Made {at}")
READING = Phrase(
    id="Capaian = realisasi dibagi target, paling tinggi 120%. Skor = rata-rata capaian menurut bobot.",
    en="Achievement = actual divided by target, 120% at most. Score = mean achievement by weight.",
)
MONTH = Phrase(id="Bulan", en="Month")
TREND = Phrase(id="Skor dua belas bulan", en="Score over twelve months")
FULL = Phrase(id="Semua target tercapai: 100%", en="Every target reached: 100%")
NO_DATA = Phrase(
    id="Belum ada data untuk indikator mana pun pada masa ini.",
    en="There is no data yet for any indicator of this period.",
)
RUNNING = Phrase(
    id="Masa ini masih berjalan: angkanya adalah keadaan sampai laporan dibuat.",
    en="This period is still running: its figures are as of when the report was made.",
)
_COUNTED = Phrase(
    id="Skor dihitung dari {counted} dari {weight} bobot; {missing} indikator belum ada datanya dan tidak diperhitungkan.",
    en="The score counts {counted} of {weight} parts of weight; indicators without data, which are left out: {missing}.",
)
_YEAR_TO_DATE = Phrase(id="sejak Januari", en="since January")
NOTES = (
    Phrase(
        id="Capaian = realisasi dibagi target, paling tinggi 120%. Bila makin rendah makin baik: 2 − realisasi dibagi target.",
        en="Achievement = actual divided by target, 120% at most. Where less is better: 2 − actual divided by target.",
    ),
    Phrase(
        id="Skor = rata-rata capaian menurut bobot, dari indikator yang ada datanya.",
        en="Score = mean achievement by weight, over the indicators that have data.",
    ),
    Phrase(
        id="Tercapai: capaian mulai 100%. Hampir tercapai: mulai 80%, kecuali bila indikatornya menentukan batas lain.",
        en="Reached: from 100% on. Nearly reached: from 80% on, unless an indicator says otherwise.",
    ),
    Phrase(
        id="Perubahan: dari bulan sebelumnya, dalam poin persentase bila berupa persentase.",
        en="Change: since the month before, in percentage points where it is a percentage.",
    ),
)


def title(card: Card, language: Language) -> str:
    return f"{TITLE.say(language)} – {period(card, language)}"


def period(card: Card, language: Language) -> str:
    """Return what a scorecard is of: `Oktober 2026`, `2026`."""
    if card.year is not None:
        return str(card.year)
    month = card.months[-1]
    return Labels(language).month(month.year, month.number)


def measure(one: Rated, language: Language) -> str:
    """Return what an indicator measures, and of which part: `respons pertama tepat waktu; kanal email`."""
    indicator = one.indicator
    parts = [f"{FILTERS[part].say(language)} {value}" for part, value in indicator.where.items()]
    since = [_YEAR_TO_DATE.say(language)] if indicator.over is Over.YEAR else []
    return "; ".join([MEASURES[indicator.measure].say(language), *parts, *since])


def figure(value: float | None, unit: Unit, language: Language) -> str:
    """Return a figure in its unit: `95%`, `4,20`, `88,31`; a dash for none."""
    if value is None:
        return written.NOTHING
    return (
        written.percent(value, language) if unit is Unit.SHARE else written.number(value, language, places=2)
    )


def change(card: Card, one: Rated, language: Language) -> str:
    """Return by how much a figure differs from that of the month before: `+1,5`, in percentage points where it is a share."""
    by = card.change(one)
    if by is None:
        return written.NOTHING
    unit = one.indicator.measure.unit
    rounded, places = (round(by * 100, 1), 1) if unit is Unit.SHARE else (round(by, 2), 2)
    text = f"{rounded:+.{places}f}" if rounded else f"{0:.{places}f}"
    return (text.replace(".", ",") if language == "id" else text).replace("-", "−")


def percent(value: float | None, language: Language) -> str:
    """Return an achievement or a score: `97,5%`."""
    return figure(value, Unit.SHARE, language)


def beforehand(card: Card, language: Language) -> Iterator[str]:
    """Yield what has to be known of the figures before they are read: that a month still runs, or its history is gone."""
    if card.running:
        yield RUNNING.say(language)
    if (gone := said_of_gone(card.gone, Labels(language))) is not None:
        yield gone


def counted(card: Card, language: Language) -> str | None:
    """Say what of the weight could not be counted; None where all of it was."""
    if not card.missing:
        return None
    return _COUNTED.say(
        language, counted=str(card.score.counted), weight=str(card.score.weight), missing=str(len(card.missing))
    )  # fmt: skip


def months(card: Card, language: Language) -> Sequence[str]:
    """Return the months of the trend as a narrow table has room for them: `Okt 26`."""
    labels = Labels(language)
    return [
        f"{labels.month(each.month.year, each.month.number)[:3]} {each.month.year % 100:02}" for each in card.trend
    ]  # fmt: skip
