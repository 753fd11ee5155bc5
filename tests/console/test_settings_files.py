"""The history of the settings and all files of a desk, out and in."""

import io
import zipfile

import pytest

from tests.console.catalogues import DESK, keep_files, newest
from tests.console.pages import Seen
from tests.tickets.desks import SLUG

AT = f"/settings/{SLUG}"


@pytest.fixture(autouse=True)
def files(office):
    keep_files(office, {"desk.yaml": DESK.replace("desk: uji", f"desk: {SLUG}")})


async def test_everything_goes_out_as_a_zip_comes_in_again_and_is_taken_back(office, rina):
    before = newest(office).files
    archive = zipfile.ZipFile(io.BytesIO((await rina.opens(f"{AT}/files.zip")).answer.content))
    assert {name: archive.read(name).decode() for name in archive.namelist()} == dict(before)
    page = await rina.opens(f"{AT}/history")

    async def brings(name, content):
        form = page.form("/files")
        given = {"file": (name, content, "application/octet-stream")}
        return Seen(await rina.client.post(form.action, data=form.fields, files=given))

    text = before["desk.yaml"].replace("Meja Uji", "Meja Baru")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as fresh:
        fresh.writestr("meja/desk.yaml", text)
        fresh.writestr("meja/categories.yaml", before["categories.yaml"])
        fresh.writestr("meja/replies.yaml", before["replies.yaml"])
        fresh.writestr("meja/../lain.csv", "x")
    shown = await brings("meja.zip", out.getvalue())
    assert "name: Meja Baru" in shown.text
    assert newest(office).number == 2
    await rina.sends(shown, "/apply", **{"as": "apply"})
    assert dict(newest(office).files) == {
        name: before[name] for name in ("categories.yaml", "replies.yaml")
    } | {"desk.yaml": text}
    assert newest(office).note == "meja.zip"
    page = await rina.opens(f"{AT}/history")
    shown = await rina.sends(page, "/history", number="2")
    await rina.sends(shown, "/history", **{"as": "apply"})
    assert (newest(office).number, dict(newest(office).files)) == (4, dict(before))
    page = await rina.opens(f"{AT}/history")
    for name, content, said in (
        ("desk.yaml", b"desk: lain", "expected name: what people call the desk"),
        ("desk.yaml", b"\xff", "not text in UTF-8"),
        ("foto.png", b"x", "Choose a zip"),
        ("meja.zip", b"x", "Choose a zip"),
    ):
        wrong = await brings(name, content)
        assert (wrong.status, said in wrong.text) == (422, True)
    assert newest(office).number == 4
