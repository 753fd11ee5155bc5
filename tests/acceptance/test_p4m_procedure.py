"""PR.13.2-V0: requests about digital learning media, each answered within fifteen minutes of plain time."""

from datetime import timedelta

import pytest

from tests.acceptance.sop_desk import SopDesk

MINUTES = timedelta(minutes=1)

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def desk(ledger):
    return SopDesk(ledger, "polibatam-p4m")


async def test_a_course_gets_its_new_name(desk):
    await desk.is_asked_for(
        "mohon ubah identitas mk",
        "Basis Data, IF-3A",
        "Nama mata kuliah",
        "Basis Data I",
        "Sistem Basis Data",
        "lewati",
    )
    assert desk.stands_at == ["2"]  # row 1 is the request itself
    assert desk.ticket().category == "identitas-mk"
    assert desk.promised <= 15 * MINUTES
    await desk.does("2", "Lengkap")
    assert "Basis Data I menjadi Sistem Basis Data" in desk.heard
    assert desk.clock("first_response").met_at  # a person of the desk has answered by it
    await desk.does("3")
    assert desk.stands_at == ["Diubah"]
    assert "sudah diubah menjadi Sistem Basis Data" in desk.heard
    assert len(desk.archive) == 1


async def test_an_announcement_at_night_is_late_by_the_morning_and_may_be_refused(desk):
    desk.now += timedelta(hours=14)  # 23:00
    await desk.is_asked_for(
        "tolong pasang pengumuman",
        "Kelas pengganti hari Sabtu pukul 09.00.",
        "Pemrograman Web",
        "besok",
        "20 oktober",
        "lewati",
    )
    assert desk.promised <= 15 * MINUTES  # the document names no hours: plain time, as written
    await desk.passes(16 * MINUTES)
    assert desk.clock("step").breached_at
    await desk.does("2", "Tidak dapat ditayangkan", reason="Ruangnya belum disetujui.")
    assert desk.stands_at == ["Tidak ditayangkan"]
    assert "Ruangnya belum disetujui." in desk.heard


def test_the_requests_are_kept_for_five_years(desk):
    assert desk.desk.now.desk.retention.years == 5
