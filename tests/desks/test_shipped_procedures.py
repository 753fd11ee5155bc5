"""The shipped desks' procedures say what the documents say: each numbered row, its actor, time and loops."""

from pathlib import Path

import pytest

from bot.desk_files import load_desk
from procedures.definition.procedure import Ending

DESKS = Path(__file__).parents[2] / "desks"


@pytest.fixture(scope="module")
def procedure():
    """Return a procedure of a shipped desk."""
    loaded = {}

    def find(desk, name):
        if desk not in loaded:
            loaded[desk] = load_desk(DESKS / desk, {})
        return next(each for each in loaded[desk].procedures if each.id == name)

    return find


def rows(procedure):
    """Return number, actor and time of each row."""
    return [
        (step.number, procedure.actor(step), str(step.standard.within) if step.standard else "")
        for step in procedure.steps
    ]


def back(procedure):
    """Return the ways that lead back: from which number to which, and how that is called."""
    place = {step.id: at for at, step in enumerate(procedure.steps)}
    return [
        (step.number, outcome.label["id"], procedure.step(to).number)
        for step in procedure.steps
        for outcome in step.outcomes
        for to in outcome.to
        if to in place and place[to] <= place[step.id]
    ]


def test_the_recording_of_a_leader_has_ten_timed_rows_and_two_loops(procedure):
    recording = procedure("bandung-prokopim", "perekaman-video")
    assert rows(recording) == [
        ("1", "Pengadministrasi Umum", "10m"),
        ("2", "Kepala Bagian Prokopim", "10m"),
        ("3", "Ketua Tim Dokpim", "10m"),
        ("4", "Ketua Tim Dokpim", "1d"),
        ("5", "Koordinator KPP", "10m"),
        ("6", "Penata Liputan", "1h"),
        ("7", "Penata Liputan", "1h"),
        ("8", "Ketua Tim Dokpim", "30m"),
        ("9", "Kepala Bagian Prokopim", "10m"),
        ("10", "Pengadministrasi Umum", "10m"),
    ]
    assert back(recording) == [("8", "Tidak", "7"), ("9", "Tidak", "8")]
    assert all("role" in step.ours and "within" not in step.ours for step in recording.steps)


def test_the_video_conference_has_six_timed_rows_and_one_of_ours(procedure):
    conference = procedure("unej-humas", "video-konferensi")
    assert [row for row in rows(conference) if row[0] != "4a"] == [
        ("1", "Wakil Rektor III", "1d"),
        ("2", "Wakil Rektor III", "2h"),
        ("3", "Kepala BPKH", "1h"),
        ("4", "Koordinator PKIH", "10m"),
        ("5", "Staf Humas (Petugas)", "1d"),
        ("6", "Staf Humas (Petugas)", "1d"),
    ]
    assert [step.number for step in conference.steps if step.ours] == ["4a"]


def test_the_studio_has_seventeen_rows_and_no_time_that_is_the_documents(procedure):
    studio = procedure("itb-studio", "layanan-studio")
    assert [(number, actor) for number, actor, _ in rows(studio)] == [
        (str(at), actor)
        for at, actor in enumerate(
            [
                "Pemohon", "Sekretariat", "Direktur", "Direktur", "Seksi Pembangunan Konten", "Sekretariat", "Direktur",
                "Sekretariat", "Pemohon", "Sekretariat", "Sekretariat", "Pemohon", "Seksi Pembangunan Konten",
                "Seksi Pembangunan Konten", "Sekretariat", "Pemohon", "Seksi Pembangunan Konten",
            ],
            start=1,
        )
    ]  # fmt: skip
    assert all("within" in step.ours for step in studio.steps if step.standard)
    refused = {end.id for end in studio.ends if end.ending is Ending.REFUSED}
    assert [
        (step.number, outcome.to[0]) for step in studio.steps for outcome in step.outcomes if outcome.to[0] in refused
    ] == [("3", "ditolak"), ("5", "penuh")]  # fmt: skip


@pytest.mark.parametrize("name", ["identitas-mk", "pengumuman", "dokumen-probis"])
def test_each_kind_of_request_at_p4m_is_answered_within_fifteen_minutes_of_plain_time(procedure, name):
    answer = procedure("polibatam-p4m", name).step("tanggapan").standard.within
    assert (str(answer), answer.counts) == ("15m", "calendar")


def test_the_developers_behind_the_lms_give_the_matter_back(procedure):
    escalation = procedure("itb-care-center", "eskalasi-edunex")
    assert [number for number, _, _ in rows(escalation)] == ["3", "4", "5", "8", "9"]
    assert back(escalation) == [("4", "Perlu keterangan", "3"), ("9", "Belum", "5")]
    assert not escalation.starts.by_contact
