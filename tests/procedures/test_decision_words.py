"""Answers in words: what is a clear yes or no to a step, and what is asked back."""

import pytest

from procedures.definition.procedure import DONE, Outcome, Step
from procedures.words.decision_words import Decision, read_decision, says_yes


def outcome(id_, label, *, reason=False):
    return Outcome(id=id_, label={"id": label}, to=("selesai",), reason=reason)


DECIDES = Step(
    id="setuju",
    number="3",
    does="Menyetujui",
    role="direktur",
    outcomes=(outcome("ya", "Setuju"), outcome("tidak", "Tidak setuju", reason=True)),
)
SORTS = Step(
    id="jenis",
    number="10",
    does="Menetapkan",
    role="sekretariat",
    outcomes=(outcome("berbayar", "Berbayar"), outcome("gratis", "Tidak berbayar")),
)
MAKES = Step(
    id="buat", number="5", does="Membuat", role="staf", outcomes=(Outcome(id=DONE, label={}, to=("x",)),)
)


@pytest.mark.parametrize(
    ("said", "way", "reason"),
    [
        ("setuju", "ya", ""),
        ("Setuju.", "ya", ""),
        ("*SETUJU*, terima kasih", "ya", ""),
        ("Yth. Bapak Sekretaris,\n\nYa, setuju.\n\nSalam,\nProf. Ratna\nDirektur", "ya", ""),
        ("Approved\n\nSent from my iPhone", "ya", ""),
        ("Setuju\nTolong siapkan dua kamera.", "ya", "Tolong siapkan dua kamera."),
        ("tidak setuju: studio dipakai", "tidak", "studio dipakai"),
        ("Tidak setuju karena anggaran habis.\nSilakan ajukan bulan depan.\n--\nRatna", "tidak",
         "anggaran habis.\nSilakan ajukan bulan depan."),
        ("Ditolak", "tidak", ""),
        ("No - the studio is taken", "tidak", "the studio is taken"),
    ],
)  # fmt: skip
def test_a_clear_answer_decides(said, way, reason):
    assert read_decision(DECIDES, said) == Decision(way=way, reason=reason)


@pytest.mark.parametrize(
    "said",
    [
        "",
        "Baik, saya lihat dulu.",
        "Setuju, tapi jadwalnya digeser",
        "setuju jika anggarannya ada",
        "setuju\n\nNamun tanggalnya belum cocok.",
        "tidak apa-apa, lanjutkan",
        "tidak keberatan",
        "Apakah sudah setuju semua?",
        "yakin?",
        "I agree to meet, not to this",
        "Mohon bantuannya",
    ],
)
def test_what_is_not_clear_decides_nothing(said):
    assert read_decision(DECIDES, said) is None


def test_other_outcomes_go_by_their_own_names():
    assert read_decision(SORTS, "Tidak berbayar") == Decision(way="gratis")
    assert read_decision(SORTS, "berbayar") == Decision(way="berbayar")
    assert read_decision(SORTS, "tidak") is None
    assert read_decision(MAKES, "Sudah selesai, terlampir.") == Decision(way=DONE, reason="terlampir.")
    assert read_decision(MAKES, "Setuju, mohon dibantu Bu Endah") == Decision(
        way=DONE, reason="mohon dibantu Bu Endah"
    )
    assert read_decision(MAKES, "Oke, nanti saya kerjakan") is None


def test_a_name_below_it_begins_the_signature():
    who = "Prof. Surya Adikara"
    signed = "\n\nProf. Surya Adikara, M.T.\nDirektur Pengembangan Pendidikan\n\nSent from Outlook for iOS"
    assert read_decision(DECIDES, f"Setuju.{signed}", by=who) == Decision(way="ya")
    assert read_decision(DECIDES, f"Tidak: ruang dipakai{signed}", by=who).reason == "ruang dipakai"
    assert says_yes(f"ya{signed}", by=who)
    assert read_decision(DECIDES, "Setuju\nSurya, tapi jangan studio A", by=who) is None
    assert read_decision(DECIDES, "Setuju\nMohon Surya hadir", by=who).reason == "Mohon Surya hadir"


def test_only_a_bare_yes_confirms():
    assert says_yes("Ya.\n\nTerima kasih,\nRatna")
    assert not says_yes("ya, tapi nanti")
    assert not says_yes("tidak")
