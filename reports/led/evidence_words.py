"""How the self-evaluation says what the ledger proves: a name for each kind of evidence, and a sentence with its figures."""

from collections.abc import Mapping

from templates_replies.phrase import Phrase
from tickets.evaluation import Evidence

NAMES: Mapping[Evidence, Phrase] = {
    Evidence.AVAILABLE: Phrase(id="ketersediaan layanan", en="availability of the service"),
    Evidence.FINISHED: Phrase(id="permintaan yang selesai", en="finished requests"),
    Evidence.ANSWERED_WITHIN: Phrase(id="respons pertama", en="first answers"),
    Evidence.FIRST_RESPONSE_IN_TIME: Phrase(id="respons pertama tepat waktu", en="first answers in time"),
    Evidence.RESOLUTION_IN_TIME: Phrase(id="penyelesaian tepat waktu", en="solutions in time"),
    Evidence.MONTHS_SERVED: Phrase(id="bulan pelayanan", en="months of service"),
    Evidence.MEDIA_USED: Phrase(id="media yang dipakai", en="media that were used"),
    Evidence.SERVICES_EVALUATED: Phrase(id="jenis layanan yang dievaluasi", en="kinds of service evaluated"),
    Evidence.FINDINGS_CLOSED: Phrase(id="temuan yang ditindaklanjuti", en="findings followed up"),
    Evidence.SATISFIED: Phrase(id="pengguna yang puas", en="satisfied users"),
    Evidence.MEAN_SCORE: Phrase(id="nilai kepuasan", en="score of satisfaction"),
    Evidence.PUBLIC_SERVICE_INDEX: Phrase(id="indeks kepuasan masyarakat", en="index of public services"),
}
SENTENCES: Mapping[Evidence, Phrase] = {
    Evidence.AVAILABLE: Phrase(
        id="{actual} waktu tanpa gangguan yang tercatat (gangguan: {part}, {of} jam)",
        en="no known incident in {actual} of the time (incidents: {part}, hours: {of})",
    ),
    Evidence.FINISHED: Phrase(id="{part} dari {of} permintaan selesai", en="{part} of {of} requests are finished"),
    Evidence.ANSWERED_WITHIN: Phrase(
        id="{part} dari {of} permintaan direspons dalam {within}, waktu kalender",
        en="{part} of {of} requests were answered within {within}, in calendar time",
    ),
    Evidence.FIRST_RESPONSE_IN_TIME: Phrase(
        id="{part} dari {of} respons pertama tepat waktu", en="{part} of {of} first answers were in time"
    ),
    Evidence.RESOLUTION_IN_TIME: Phrase(
        id="{part} dari {of} penyelesaian tepat waktu", en="{part} of {of} solutions were in time"
    ),
    Evidence.MONTHS_SERVED: Phrase(
        id="permintaan dilayani dalam {part} dari {of} bulan", en="requests were served in {part} of {of} months"
    ),
    Evidence.MEDIA_USED: Phrase(
        id="{part} dari {of} media yang tersedia dipakai: {channels}",
        en="{part} of {of} media on offer were used: {channels}",
    ),
    Evidence.SERVICES_EVALUATED: Phrase(
        id="{part} dari {of} jenis layanan yang diminta dinilai pengguna atau ada temuannya (bab 6)",
        en="{part} of {of} kinds of service that were asked for have scores of users or findings (chapter 6)",
    ),
    Evidence.FINDINGS_CLOSED: Phrase(
        id="{part} dari {of} temuan selesai ditindaklanjuti", en="{part} of {of} findings are followed up and closed"
    ),
    Evidence.SATISFIED: Phrase(
        id="{part} dari {of} pengguna yang menilai puas", en="{part} of {of} users who gave a score are satisfied"
    ),
    Evidence.MEAN_SCORE: Phrase(
        id="nilai rata-rata {actual} dari {scale}; {part} dari {of} pengguna yang ditanya menjawab",
        en="{actual} of {scale} on average; {part} of {of} users who were asked gave a score",
    ),
    Evidence.PUBLIC_SERVICE_INDEX: Phrase(
        id="indeks kepuasan masyarakat {actual} dari {part} responden",
        en="index of public services {actual}, of {part} answers",
    ),
}  # fmt: skip
NO_DATA = Phrase(id="{evidence}: belum ada data", en="{evidence}: no data yet")
