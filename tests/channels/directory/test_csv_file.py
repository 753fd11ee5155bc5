"""The directory in a file: read anew when it changed, as spreadsheets write it, and large."""

import pytest

from channels.contract import RefusedByProvider
from channels.directory.csv_file import CsvDirectory
from tests.channels.directory.conftest import BUDI, SITI, written


async def test_a_changed_file_is_read_anew(people_csv):
    directory = CsvDirectory(people_csv)
    assert await directory.find(number=BUDI.number) == (BUDI,)
    people_csv.write_text(written((SITI,)))
    assert await directory.find(number=BUDI.number) == ()
    assert await directory.find(number=SITI.number) == (SITI,)


async def test_a_file_that_was_put_in_its_place_is_read_anew(people_csv, tmp_path):
    directory = CsvDirectory(people_csv)
    await directory.find(number=BUDI.number)
    other = tmp_path / "other.csv"
    other.write_text(written((SITI,)))
    other.replace(people_csv)
    assert await directory.find(number=BUDI.number) == ()


async def test_a_spreadsheet_in_indonesian_is_read(people_csv):
    people_csv.write_bytes(
        b"\xef\xbb\xbfNama;NIM;Surel;Prodi\r\n"
        b'"Santoso, Budi";135 19 001;13519001@Mahasiswa.example.ac.id;"Teknik\r\nInformatika"\r\n'
        b"Sari;13519003;;\r\n"
    )
    directory = CsvDirectory(
        people_csv, columns={"number": "nim", "name": "nama", "email": "surel", "unit": "prodi"}
    )
    (found,) = await directory.find(number="13519001")
    assert (found.name, found.email, found.unit) == (
        "Santoso, Budi", "13519001@mahasiswa.example.ac.id", "Teknik Informatika",
    )  # fmt: skip
    assert [one.name for one in await directory.find(number="13519003")] == ["Sari"]


async def test_a_large_file_is_indexed_once_and_every_row_is_found(people_csv):
    rows = [f'{10_000_000 + n},"Orang {n}",orang{n}@example.ac.id,Fisika,mahasiswa' for n in range(50_000)]
    people_csv.write_text("\n".join(["number,name,email,unit,status", *rows]))
    directory = CsvDirectory(people_csv)
    for number in (0, 1, 24_999, 49_999):
        (found,) = await directory.find(number=str(10_000_000 + number))
        assert found.name == f"Orang {number}"
    assert (await directory.state()) == "people.csv has 50000 entries."


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "there is no file people.csv"),
        (b"nama,prodi\nBudi,Fisika\n", "has no column number or email"),
        (b"", "has no column number or email"),
        (b"number,name\n13519001,\xff\xfe\n", "is no CSV file in UTF-8"),
    ],
)
async def test_a_file_that_cannot_be_read_is_said_to_be_a_mistake(people_csv, content, says):
    people_csv.unlink()
    if content is not None:
        people_csv.write_bytes(content)
    with pytest.raises(RefusedByProvider, match=says):
        await CsvDirectory(people_csv).find(number="13519001")
