"""What the month on paper says beside its labels, and how it says lengths and promises."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from reports.findings.causes import Cause
from reports.labels import Labels
from reports.written import NOTHING, number, percent
from templates_replies.catalogue import Language
from templates_replies.moments import in_words, on_paper
from templates_replies.phrase import Phrase
from tickets.hours import Span

_TEXTS: Mapping[str, Phrase] = {
    "key.finished": Phrase(id="Selesai", en="Solved"),
    "key.in_time": Phrase(id="{promise} tepat waktu", en="{promise} in time"),
    "key.promise": Phrase(id="Janji: {promise}", en="Promised: {promise}"),
    "key.of_due": Phrase(id="{met} dari {due} yang jatuh tempo", en="{met} of {due} that came due"),
    "key.nothing_due": Phrase(id="Belum ada yang jatuh tempo", en="Nothing came due"),
    "key.median": Phrase(id="Median {median}", en="Median {median}"),
    "key.of_tickets": Phrase(id="{share} dari semua tiket", en="{share} of all tickets"),
    "key.satisfaction": Phrase(id="Kepuasan (dari {scale})", en="Satisfaction (of {scale})"),
    "key.answers": Phrase(id="{answered} jawaban dari {asked} yang ditanya", en="{answered} answers of {asked} asked"),
    "key.reopened": Phrase(id="Dibuka kembali: {reopened}", en="Reopened: {reopened}"),
    "key.unread": Phrase(id="Pesan belum dapat diproses: {unread}", en="Messages not processed yet: {unread}"),
    "operating": Phrase(id="{length}, dalam jam kerja", en="{length}, in operating hours"),
    "goals": Phrase(
        id="Angka hijau: target tercapai (respons pertama {first_response}, penyelesaian {resolution} tepat waktu); angka merah: belum.",
        en="Green: the target was reached (first responses {first_response}, solutions {resolution} in time); red: it was not.",
    ),
    "findings": Phrase(id="Temuan", en="Findings"),
    "nothing_to_compare": Phrase(
        id="Bulan sebelumnya dan bulan yang sama tahun sebelumnya tidak memiliki tiket, sehingga belum ada pembanding.",
        en="There were no tickets in the month before nor in the same month of the year before: there is nothing to compare with yet.",
    ),
    "nothing_so_far": Phrase(
        id="Sampai tanggal {day}, bulan sebelumnya dan bulan yang sama tahun sebelumnya tidak memiliki tiket, sehingga belum ada pembanding.",
        en="Up to day {day} there were no tickets in the month before nor in the same month of the year before: there is nothing to compare with yet.",
    ),
    "no_such_month": Phrase(
        id="{month} tidak memiliki tiket, sehingga tidak ada pembandingnya.",
        en="There were no tickets in {month}: there is nothing to compare with.",
    ),
    "chart.hours": Phrase(id="Tiket masuk menurut hari dan jam", en="Tickets received by weekday and hour"),
    "chart.steps": Phrase(id="{promise}: lama sampai dipenuhi", en="{promise}: time until it was kept"),
    "chart.trend": Phrase(id="Ketercapaian janji, tiga belas bulan", en="Attainment over thirteen months"),
    "goal": Phrase(id="Target {promise}: {goal}", en="Target, {promise}: {goal}"),
    "chart.channels": Phrase(id="Tiket per kanal", en="Tickets by channel"),
    "up_to": Phrase(id="sampai {length}", en="up to {length}"),
    "longer": Phrase(id="lebih lama", en="longer"),
    "volume": Phrase(id="Volume dan waktu", en="Volume and times"),
    "why": Phrase(id="Keadaan", en="Circumstances"),
    Cause.OUTSIDE_HOURS: Phrase(id="mulai di luar jam kerja", en="began outside operating hours"),
    Cause.NO_HOLDER: Phrase(id="belum ada petugas", en="nobody held it"),
    Cause.SECOND_LINE: Phrase(id="di lini kedua", en="with the second line"),
    "extended": Phrase(id="diperpanjang: {why}", en="extended: {why}"),
    "dates": Phrase(id="Batas waktu / dipenuhi", en="Due / kept"),
    "shown_of": Phrase(
        id="Ditampilkan {shown} dari {all}: yang paling lama terlambat. Selengkapnya ada di buku kerja (xlsx).",
        en="{shown} of {all} are shown: those that were late the longest. All of them are in the workbook (xlsx).",
    ),
    "oldest_of": Phrase(
        id="Ditampilkan {shown} dari {all}: yang paling lama. Selengkapnya ada di buku kerja (xlsx).",
        en="{shown} of {all} are shown: the oldest. All of them are in the workbook (xlsx).",
    ),
    "most_of": Phrase(
        id="Ditampilkan {shown} dari {all} yang terbanyak. Selengkapnya ada di buku kerja (xlsx).",
        en="The {shown} largest of {all} are shown. All of them are in the workbook (xlsx).",
    ),
    "no_survey": Phrase(
        id="Tidak ada pertanyaan survei yang diajukan pada bulan ini.", en="Nobody was asked in a survey this month."
    ),
    "cases": Phrase(
        id="{name}: {cases} kasus dimulai, {open} masih berjalan; median {median} sampai berakhir.",
        en="{name}: {cases} cases begun, {open} under way; median {median} until they ended.",
    ),
    "whole": Phrase(id="Keutuhan data", en="Completeness"),
    "unread": Phrase(id="Pesan masuk yang belum dapat diproses (tersimpan)", en="Messages that could not be processed (kept)"),
    "note.times": Phrase(
        id="Lama dihitung sampai jawaban atau penyelesaian pertama; dalam jam kerja bila janjinya demikian, tanpa waktu menunggu pemohon.",
        en="Times run to the first answer or solution; in operating hours where the promise counts them, without waiting for the contact.",
    ),
    "reading": Phrase(
        id="Ketercapaian = tepat waktu dari semua yang jatuh tempo, per saat laporan dibuat. Cara menghitung: halaman terakhir.",
        en="Attainment = in time of all that came due, as things stood when it was made. How it is counted: last page.",
    ),
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Words:
    """Everything that is said, in one language and on one wall clock."""

    language: Language
    tz: tzinfo
    promises: Mapping[str, Span]  # the desk's

    @property
    def labels(self) -> Labels:
        return Labels(self.language)

    def __call__(self, key: str, **values: str) -> str:
        return _TEXTS[key].say(self.language, **values)

    def label(self, key: str, **values: object) -> str:
        return self.labels(key, **values)

    def many(self, count: float | None, *, places: int = 0) -> str:
        return NOTHING if count is None else number(count, self.language, places=places)

    def share(self, share: float | None) -> str:
        return percent(share, self.language)

    def length(self, length: timedelta | None, kind: str, *, brief: bool = False) -> str:
        """Say how long a promise of a kind took; days only where it counts whole ones. `brief` in narrow columns."""
        span = self.promises.get(kind)
        in_days = span is None or span.counts != "operating"
        return NOTHING if length is None else in_words(length, self.language, in_days=in_days, brief=brief)

    def promised(self, kind: str) -> str:
        """Say what is promised; empty where nothing is."""
        span = self.promises.get(kind)
        if span is None:
            return ""
        said = in_words(span.length, self.language)
        return self("operating", length=said) if span.counts == "operating" else said

    def at(self, instant: datetime) -> str:
        return on_paper(instant.astimezone(self.tz), self.language)

    def promise(self, kind: str) -> str:
        return self.labels.promise(kind)
