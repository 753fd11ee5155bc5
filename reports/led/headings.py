"""The headings of the self-evaluation, and what only people can write under each."""

from collections.abc import Mapping

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
