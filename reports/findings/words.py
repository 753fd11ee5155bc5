"""Findings as sentences, in the language of the report."""

from collections.abc import Mapping
from datetime import date

from reports.findings import causes, rules
from reports.findings.causes import Cause
from reports.findings.goals import goal
from reports.findings.values import Finding, Said, Value
from reports.labels import Labels
from reports.written import number, percent
from templates_replies.catalogue import Language
from templates_replies.moments import day_in_words
from templates_replies.phrase import Phrase
from tickets.desk import Desk
from tickets.scorecard import Measure

_TOPICS: Mapping[str, Phrase] = {
    "unread": Phrase(id="Pesan belum terbaca.", en="Messages not read."),
    "missed": Phrase(id="Janji layanan tidak tercapai.", en="A promise was not kept."),
    "kept": Phrase(id="Semua janji layanan terpenuhi.", en="Every promise was kept."),
    "rose": Phrase(id="Ketercapaian membaik.", en="Attainment rose."),
    "fell": Phrase(id="Ketercapaian menurun.", en="Attainment fell."),
    "more": Phrase(id="Tiket bertambah.", en="More tickets."),
    "fewer": Phrase(id="Tiket berkurang.", en="Fewer tickets."),
    "category": Phrase(id="Satu kategori meningkat.", en="One category grew."),
    "overdue": Phrase(id="Masih terbuka melewati batas waktu.", en="Still open beyond their time."),
    "uncategorised": Phrase(id="Tiket tanpa kategori.", en="Tickets without a category."),
    "reopened": Phrase(id="Tiket dibuka kembali.", en="Tickets reopened."),
    "low_scores": Phrase(id="Nilai rendah menunggu tindak lanjut.", en="Low scores wait for a follow-up."),
    "satisfaction": Phrase(id="Kepuasan di bawah ambang.", en="Satisfaction is below its threshold."),
    "step": Phrase(id="Satu langkah prosedur sering terlambat.", en="One step of a procedure is often late."),
    "matcher": Phrase(id="Usulan kategori kurang tepat.", en="Suggested categories are often wrong."),
    "scope": Phrase(id="Banyak pesan di luar kategori.", en="Many messages fit no category."),
    "busy": Phrase(id="Satu hari sangat padat.", en="One day was very busy."),
}
_SAID: Mapping[str, Phrase] = {
    "unread": Phrase(
        id="{many} pesan yang masuk pada bulan ini belum dapat diproses. Pesan tersimpan utuh dan perlu diproses ulang.",
        en="Messages of this month that could not be processed: {many}. They are kept whole and need to be processed again.",
    ),
    "missed": Phrase(
        id="{kind}: {met} dari {due} yang jatuh tempo tepat waktu ({share}), di bawah ambang {good}.",
        en="{kind}: {met} of {due} that came due were in time ({share}), below the threshold of {good}.",
    ),
    Cause.OUTSIDE_HOURS: Phrase(
        id="Dari {late} yang terlambat, {many} ({share}) mulai dihitung di luar jam kerja; dari semua yang jatuh tempo {usual}.",
        en="Of the {late} late ones, {many} ({share}) began outside operating hours; of all that came due {usual}.",
    ),
    Cause.NO_HOLDER: Phrase(
        id="Pada {many} dari {late} yang terlambat ({share}), belum ada petugas yang memegang tiket ketika waktunya habis.",
        en="Of the {late} late ones, {many} ({share}) had nobody holding the ticket when the time ran out.",
    ),
    Cause.SECOND_LINE: Phrase(
        id="Pada {many} dari {late} yang terlambat ({share}), tiket berada di lini kedua ketika waktunya habis.",
        en="Of the {late} late ones, {many} ({share}) were with the second line when the time ran out.",
    ),
    "one_category": Phrase(
        id="{many} dari {late} yang terlambat ({share}) berada dalam kategori “{name}”; dari semua yang jatuh tempo {usual}.",
        en="{many} of the {late} late ones ({share}) are in the category “{name}”; of all that came due {usual}.",
    ),
    "one_day": Phrase(
        id="{many} dari {late} yang terlambat ({share}) mulai dihitung pada {day}; dari semua yang jatuh tempo {usual}.",
        en="{many} of the {late} late ones ({share}) began on {day}; of all that came due {usual}.",
    ),
    "kept": Phrase(
        id="{first} respons pertama dan {resolution} penyelesaian yang jatuh tempo semuanya tepat waktu.",
        en="All {first} first responses and {resolution} solutions that came due were in time.",
    ),
    "rose": Phrase(
        id="{kind}: {share} tepat waktu, naik dari {before} pada bulan sebelumnya.",
        en="{kind}: {share} in time, up from {before} in the month before.",
    ),
    "fell": Phrase(
        id="{kind}: {share} tepat waktu, turun dari {before} pada bulan sebelumnya.",
        en="{kind}: {share} in time, down from {before} in the month before.",
    ),
    "more": Phrase(
        id="{tickets} tiket masuk, {change} lebih banyak daripada bulan sebelumnya ({before}).",
        en="{tickets} tickets came in, {change} more than in the month before ({before}).",
    ),
    "fewer": Phrase(
        id="{tickets} tiket masuk, {change} lebih sedikit daripada bulan sebelumnya ({before}).",
        en="{tickets} tickets came in, {change} fewer than in the month before ({before}).",
    ),
    "year_before": Phrase(
        id="Pada bulan yang sama tahun sebelumnya: {before}.", en="In the same month of the year before: {before}."
    ),
    "category_grew": Phrase(
        id="“{name}”: {tickets} tiket, dari {before} pada bulan sebelumnya.",
        en="“{name}”: {tickets} tickets, from {before} in the month before.",
    ),
    "category_new": Phrase(
        id="“{name}”: {tickets} tiket, sedangkan pada bulan sebelumnya tidak ada.",
        en="“{name}”: {tickets} tickets, and none in the month before.",
    ),
    "overdue": Phrase(
        id="{tickets} tiket dari bulan ini masih terbuka dengan janji yang sudah terlewati.",
        en="Still open with a promise that has run out: {tickets} of this month's tickets.",
    ),
    "oldest": Phrase(id="Yang terlama {ticket}, sejak {since}.", en="The oldest is {ticket}, since {since}."),
    "uncategorised": Phrase(
        id="{many} dari {tickets} tiket ({share}) belum berkategori.",
        en="{many} of {tickets} tickets ({share}) have no category yet.",
    ),
    "reopened": Phrase(
        id="{many} dari {tickets} tiket ({share}) dibuka kembali setelah dinyatakan selesai.",
        en="{many} of {tickets} tickets ({share}) came back after they had been solved.",
    ),
    "low_scores": Phrase(
        id="{many} penilaian rendah dalam survei belum ditindaklanjuti.",
        en="Low scores in the survey without a follow-up: {many}.",
    ),
    "satisfied": Phrase(
        id="{share} dari {answers} jawaban survei menyatakan puas, di bawah ambang {good}.",
        en="{share} of {answers} answers to the survey were satisfied, below the threshold of {good}.",
    ),
    "step": Phrase(
        id="{procedure}: langkah “{step}” terlambat pada {late} dari {turns} kali ({share}).",
        en="{procedure}: the step “{step}” was late {late} of {turns} times ({share}).",
    ),
    "imprecise": Phrase(
        id="{share} dari {judged} usulan kategori yang dinilai tepat, di bawah ambang {good}.",
        en="{share} of {judged} suggested categories that were judged were right, below the threshold of {good}.",
    ),
    "out_of_scope": Phrase(
        id="{many} dari {settled} pesan yang dinilai ({share}) tidak cocok dengan kategori mana pun.",
        en="{many} of {settled} messages that were judged ({share}) fit no category.",
    ),
    "busy": Phrase(
        id="{tickets} tiket masuk pada {day}, sedangkan biasanya sekitar {usual} sehari.",
        en="{tickets} tickets came in on {day}, against about {usual} on a usual day.",
    ),
}  # fmt: skip
_FEW = Phrase(
    id="Jumlahnya kecil ({few}); persentasenya perlu dibaca dengan hati-hati.",
    en="These are few ({few}); read the percentage with care.",
)
NOTHING = Phrase(
    id="Tidak ada hal yang melewati ambang temuan pada bulan ini.", en="Nothing went beyond a threshold this month."
)  # fmt: skip
_THRESHOLDS = Phrase(
    id="Temuan disusun menurut bobotnya, paling banyak {most}. Ambang (sesuai target kartu skor, bila ada): respons pertama tepat waktu di bawah {first}; penyelesaian di bawah {resolution}; puas di bawah {satisfied}; usulan tepat di bawah {precise}. Ambang lain: perubahan ketercapaian {changed} poin; volume berubah {grown} dan {grown_by} tiket; kategori naik {swelled} dan {grown_by} tiket; dibuka kembali {reopened} tiket; langkah terlambat {late_steps}; di luar kategori {outside}; hari dengan {busy} kali tiket hari biasa. Kesamaan di antara yang terlambat disebut mulai {least} keterlambatan, bila mencakup {stands_out} (kategori dan hari {cluster}); kesamaan belum berarti sebab. Perbandingan dengan bulan lain dibuat mulai {few} tiket.",
    en="Findings are in the order of their weight, {most} at most. Thresholds (the targets of the scorecard, where it has them): first responses in time below {first}; solutions below {resolution}; satisfied below {satisfied}; suggestions right below {precise}. Others: a change of attainment by {changed} points; a change of volume by {grown} and {grown_by} tickets; a category grown by {swelled} and {grown_by} tickets; {reopened} of tickets reopened; late steps {late_steps}; outside all categories {outside}; a day with {busy} times the tickets of a usual one. What late ones have in common is told from {least} late ones on, where it holds for {stands_out} of them (one category or day: {cluster}); it need not be the reason. Other months are compared from {few} tickets on.",
)
_GOALS: Mapping[str, Measure] = {
    "first": Measure.FIRST_RESPONSE_IN_TIME, "resolution": Measure.RESOLUTION_IN_TIME, "satisfied": Measure.SATISFIED,
    "precise": Measure.MATCHER_PRECISION,
}  # fmt: skip


def lead(finding: Finding, language: Language) -> str:
    """Name what a finding is about."""
    return _TOPICS[finding.topic].say(language)


def sentences(finding: Finding, language: Language) -> str:
    """Say a finding, after its lead."""
    told = [_sentence(each, language) for each in finding.says]
    if finding.few is not None:
        told.append(_FEW.say(language, few=number(finding.few, language)))
    return " ".join(told)


def thresholds(desk: Desk, language: Language) -> str:
    """Say from where on something is a finding."""
    shares = {key: goal(desk, measure) for key, measure in _GOALS.items()} | {
        "grown": rules.GROWN, "swelled": rules.SWELLED, "reopened": rules.REOPENED, "late_steps": rules.LATE_STEPS,
        "outside": rules.OUTSIDE_SCOPE, "stands_out": causes.STANDS_OUT, "cluster": causes.CLUSTER,
    }  # fmt: skip
    counts = {
        "most": rules.MOST, "grown_by": rules.GROWN_BY, "busy": rules.BUSY, "least": causes.LEAST, "few": rules.FEW,
        "changed": round(rules.CHANGED * 100),
    }  # fmt: skip
    said = {key: percent(share, language) for key, share in shares.items()}
    return _THRESHOLDS.say(language, **said, **{key: number(many, language) for key, many in counts.items()})


def _sentence(said: Said, language: Language) -> str:
    labels = Labels(language)
    values = {
        key: labels.promise(str(value)) if key == "kind" else _written(value, language)
        for key, value in said.values.items()
    }
    return _SAID[said.key].say(language, **values)


def _written(value: Value, language: Language) -> str:
    match value:
        case float():
            return percent(value, language)
        case int():
            return number(value, language)
        case date():
            return day_in_words(value, language)
        case str():
            return value
