"""The archive on its page: found by the name of the activity, handed out as a ZIP to those who may, with a trail."""

import io
import zipfile
from dataclasses import replace
from datetime import date

import pytest

from procedures.running import actions
from tests.console.houses import Office
from tests.procedures.recording import RECORDING
from tests.tickets.desks import BUDI, RINA, SLUG, whatsapp
from tickets.ledger.blobs import Stored

NUMBER = "13519001"
FILED = replace(RECORDING, archive="{kegiatan} {tanggal}")
ENDED = "Pelantikan <Rektor> 13519001"


@pytest.fixture
def office(ledger):
    return Office(ledger, procedures=(FILED,))


@pytest.fixture
def filed(office):
    """A case is done, with a letter and a file that is gone."""
    here = office.ledger.blobs.put(b"%PDF-1.7 surat")
    files = [
        Stored(name="../surat.pdf", type="application/pdf", size=14, sha256=here, state="stored"),
        Stored(name="hilang.pdf", type="application/pdf", size=9, sha256="0" * 64, state="stored"),
    ]
    office.receives(whatsapp("mau rekaman", sid="SM1"), *files)
    desk, at = office.desk, office.clock.now

    def job(tx):
        form = {"kegiatan": ENDED, "tanggal": date(2026, 10, 20)}
        case = actions.start(tx, 1, FILED, answers=form, desk=desk, by=BUDI, at=at)
        for step, outcome, answers in (
            ("terima", "done", {}), ("surat", "done", {}), ("jadwal", "done", {"ruang": "Studio 1"}),
            ("setuju", "ya", {}), ("serah", "done", {}),
        ):  # fmt: skip
            actions.act(
                tx,
                case.id,
                step,
                outcome,
                procedure=FILED,
                answers=answers,
                reason=None,
                desk=desk,
                by=RINA,
                at=at,
            )
        return case.id

    return office.ledger.write_blocking(job)


def unpacked(seen):
    archive = zipfile.ZipFile(io.BytesIO(seen.answer.content))
    assert archive.testzip() is None
    return archive


async def test_a_case_is_found_by_its_activity_and_taken_out_with_all_its_files(
    kepala, office, filed, budi, rina
):
    page = await budi.opens("/archive?q=rektor+PELANTIKAN&first=2026-10-05&last=2026-10-05")
    assert "Pelantikan _Rektor_ 135•••01 2026-10-20" in page.text
    assert "Nothing in the archive here" in (await budi.opens("/archive?q=wisuda")).text
    office.has_neighbour("lib", "Perpustakaan")  # whoever looks at all desks finds what any of them has done
    assert "Pelantikan" in (await kepala.opens("/archive?q=rektor")).text
    assert "Pelantikan" not in (await kepala.opens("/archive?q=rektor&desk=lib")).text
    taken = unpacked(await budi.opens(f"/archive/{filed}.zip"))
    folder = "Pelantikan _Rektor_ 135•••01 2026-10-20"
    assert taken.namelist() == [
        f"{folder}/Daftar isi.html", f"{folder}/Tabel SOP.pdf", f"{folder}/Lampiran/01 ..-surat.pdf"
    ]  # fmt: skip
    assert taken.read(f"{folder}/Lampiran/01 ..-surat.pdf") == b"%PDF-1.7 surat"
    assert taken.read(f"{folder}/Tabel SOP.pdf").startswith(b"%PDF")
    contents = taken.read(f"{folder}/Daftar isi.html").decode()
    assert NUMBER not in contents
    assert "Pelantikan &lt;Rektor&gt; 135•••01" in contents
    assert "Rina" in contents
    assert "5 Oktober 2026 pukul 09.00 WIB" in contents
    assert "hilang.pdf" in contents
    assert "berkas tidak tersedia" in contents

    refused = await budi.opens(f"/archive/{filed}.zip?identities=1")
    assert refused.status == 403
    whole = unpacked(await rina.opens(f"/archive/{filed}.zip?identities=1"))
    assert any(NUMBER in name for name in whole.namelist())
    trail = await kepala.opens("/trail?theme=exports")
    assert trail.text.count("an archived case") == 2
    assert (await budi.opens("/archive/99.zip")).status == 404
    async with office.program() as program:
        (item,) = (await program.get("/archive", params={"desk": SLUG, "q": "rektor"})).json()["items"]
        assert (item["case"], item["ending"]) == (filed, "done")
        assert (await program.get("/archive", params={"desk": SLUG, "q": "wisuda"})).json()["items"] == []
        zipped = await program.get(f"/cases/{filed}/archive.zip")
        assert zipfile.ZipFile(io.BytesIO(zipped.content)).namelist() == taken.namelist()
