"""The history of the settings and all files of a desk, out and in."""

import io
import zipfile

import pytest

from tests.bot.cli.test_papers import PROCEDURE
from tests.console.catalogues import DESK, keep_files, newest
from tests.console.pages import Seen
from tests.console.test_hostile_files import picture
from tests.tickets.desks import SLUG
from tickets.binary_texts import as_bytes, as_text

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


async def test_papers_that_cannot_be_typeset_are_not_saved_and_the_logo_is_told_at_its_field(office, rina):
    files = {
        "desk.yaml": newest(office).files["desk.yaml"]
        + "letterhead: {unit: Unit Contoh}\nseries: {surat: '{no}/{year}'}\n",
        "procedures/izin.yaml": PROCEDURE.replace("Budi Hartanto", "Budi"),
        "papers/logo.png": as_text(b"\x89PNG\r\n\x1a\n\x00 no picture"),
        "papers/izin.typ": '#import "/tanggap.typ": *\n#show: lembar\n#nomer',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as fresh:
        for name, text in files.items():
            fresh.writestr(name, as_bytes(text))
    form = (await rina.opens(f"{AT}/history")).form("/files")
    given = {"file": ("meja.zip", out.getvalue(), "application/zip")}
    refused = Seen(await rina.client.post(form.action, data=form.fields, files=given))
    assert refused.status == 422
    assert "papers/izin.typ:3: unknown variable: nomer (izin of izin)" in refused.text
    keep_files(office, files | {"papers/izin.typ": files["papers/izin.typ"].removesuffix("#nomer")})
    page = await rina.opens(f"{AT}/letters")
    wrong = await rina.sends(page, "/letters", **{"letterhead.logo": "papers/logo.png"})
    assert (wrong.status, "papers/logo.png cannot be printed" in wrong.text) == (422, True)
    assert 'aria-invalid="true"' in wrong.answer.text
    keep_files(office, newest(office).files | {"papers/logo.png": as_text(picture(50_000, 50_000))})
    page = await rina.opens(f"{AT}/letters")
    bomb = await rina.sends(page, "/letters", **{"letterhead.logo": "papers/logo.png"})
    assert (bomb.status, "a picture of at most 25 million points" in bomb.text) == (422, True)
    await rina.sends(page, "/letters", **{"letterhead.place": "Bandung"})
    assert "place: Bandung" in newest(office).files["desk.yaml"]
