"""Files that are something else than they say: handed out so that no browser runs, shows or guesses at them."""

import io
import struct
import zipfile
import zlib

import pytest

from tests.tickets.desks import whatsapp
from tickets.message import File

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
SCRIPT = b"<script>parent.xqz()</script>"


def _zip(**files: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return packed.getvalue()


def picture(width: int, height: int) -> bytes:
    """Return a PNG that says it is so large, of which next to nothing is there: what unpacks it asks for the memory first."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    chunks = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 999)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


# By name: what is in it, and what its sender says it is.
HOSTILE = {
    "laman.html": (b"<!doctype html>" + SCRIPT, "text/html"),
    "foto.png": (b"<!doctype html>" + SCRIPT, "image/png"),  # a page that calls itself a picture
    "gambar.svg": (b'<svg xmlns="http://www.w3.org/2000/svg"><script>parent.xqz()</script></svg>', "image/svg+xml"),
    "surat.pdf": (b"%PDF-1.7\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n", "application/pdf"),
    "makro.docm": (_zip(word__document_xml=b"<w/>", word__vbaProject_bin=b"\xd0\xcf"), "application/msword"),
    "bom.zip": (_zip(nol=b"\0" * 20_000_000), "application/zip"),
    "program.exe": (b"MZ\x90\x00" + b"\0" * 200, "image/jpeg"),
    "laman.xhtml": (b'<html xmlns="http://www.w3.org/1999/xhtml">' + SCRIPT + b"</html>", "application/xhtml+xml"),
}  # fmt: skip
PICTURE = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff;/*" + SCRIPT + b"*/"


async def handed_out(office, *files):
    kept = await office.ledger.keep_files(files)
    number = office.receives(whatsapp("ini berkasnya", sid="SM1"), *kept).ticket.number
    async with office.program() as program:
        attached = (await program.get(f"/tickets/{number}")).json()["messages"][0]["attachments"]
    async with office.browser() as anybody:
        return [await anybody.get(each["url"]) for each in attached]


async def test_a_file_can_do_nothing_in_a_browser(office):
    files = [
        File(name=name, type=kind, content=content, size=len(content))
        for name, (content, kind) in HOSTILE.items()
    ]
    for file, answer in zip(files, await handed_out(office, *files), strict=True):
        assert answer.status_code == 200, file.name
        assert answer.content == file.content  # as it came: nothing of ours opens it
        assert answer.headers["content-disposition"].startswith("attachment;"), file.name
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"


async def test_a_picture_that_is_a_page_as_well_is_shown_as_a_picture_alone(office):
    (answer,) = await handed_out(
        office, File(name="a.gif", type="image/gif", content=PICTURE, size=len(PICTURE))
    )
    assert answer.headers["content-type"] == "image/gif"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in answer.headers["content-security-policy"]


async def test_a_picture_of_billions_of_points_is_handed_out_as_it_came_and_never_unpacked(office):
    bomb = picture(50_000, 50_000)
    (answer,) = await handed_out(office, File(name="bom.png", type="image/png", content=bomb, size=len(bomb)))
    assert (answer.status_code, answer.content) == (200, bomb)
