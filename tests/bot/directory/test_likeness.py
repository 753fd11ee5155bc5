"""Whether somebody is whom the directory has: as people write names, and as directories do."""

import pytest

from bot.directory.likeness import find_out, names_alike, units_alike
from bot.identity import Identity
from tickets.verification import Likeness, Listed, Outcome

SAME, PARTLY, DIFFERENT = Likeness.SAME, Likeness.PARTLY, Likeness.DIFFERENT


@pytest.mark.parametrize(
    ("said", "listed", "expected"),
    [
        ("Budi Santoso", "Budi Santoso", SAME),
        ("budi santoso", "BUDI SANTOSO", SAME),
        ("Santoso, Budi", "Budi Santoso", SAME),
        ("Budi Santosa", "Budi Santoso", SAME),
        ("Budisantoso", "Budi Santoso", SAME),
        ("Budi S.", "Budi Santoso", SAME),
        ("Siti Rahma", "Dr. Siti Rahma, S.T., M.T.", SAME),
        ("Dr. Ir. Siti Rahma, M.Sc., Ph.D.", "Siti Rahma", SAME),
        ("Ibu Siti Rahma", "Siti Rahma", SAME),
        ("Prof. Bambang Riyanto T., Ph.D.", "Bambang Riyanto Trilaksono", SAME),
        ("M. Rizky Pratama", "Muhammad Rizki Pratama", SAME),
        ("Moh. Fadhil", "Mohammad Fadhil", SAME),
        ("Nur'aini", "Nuraini", SAME),
        ("Fadhil Akbar", "Fadhil Akbar Nugraha", SAME),
        ("Fadhil Akbar Nugraha Putra", "Fadhil Akbar Nugraha", SAME),
        ("Suharto", "Suharto", SAME),
        ("Budi", "Budi Santoso", PARTLY),
        ("Budi", "Suharto", DIFFERENT),
        ("Budi Hartono", "Budi Santoso", DIFFERENT),
        ("Ana Putri", "Budi Santoso", DIFFERENT),
        ("B. S.", "Budi Santoso", DIFFERENT),
        ("Dewi Lestari", "Devi Lestiana", DIFFERENT),
        ("Andi", "Andini", DIFFERENT),
        ("Dr.", "Budi Santoso", DIFFERENT),
        ("-", "Budi Santoso", DIFFERENT),
        (None, "Budi Santoso", Likeness.NOT_SAID),
        ("Budi Santoso", None, Likeness.NOT_LISTED),
    ],
)
def test_names_are_compared_as_people_write_them(said, listed, expected):
    assert names_alike(said, listed) is expected


@pytest.mark.parametrize(
    ("said", "listed", "expected"),
    [
        ("Teknik Informatika", "Program Studi Teknik Informatika", SAME),
        ("STEI", "Sekolah Teknik Elektro dan Informatika", SAME),
        ("Sekolah Teknik Elektro dan Informatika (STEI)", "STEI", SAME),
        ("prodi Fisika", "Fisika", SAME),
        ("Fisika", "Teknik Informatika", DIFFERENT),
        (None, "Fisika", Likeness.NOT_SAID),
        ("Fisika", None, Likeness.NOT_LISTED),
    ],
)
def test_units_are_compared_as_people_call_them(said, listed, expected):
    assert units_alike(said, listed) is expected


BUDI = Listed(
    number="13519001",
    name="Budi Santoso",
    email="13519001@mahasiswa.example.ac.id",
    unit="Teknik Informatika",
)


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        (Identity(number="13519001", name="Budi Santoso"), Outcome.VERIFIED),
        (Identity(number="13519001", name="Budi Santoso", unit="Fisika", email="budi@gmail.com"), Outcome.VERIFIED),
        (Identity(number="13519001", name="Budi", unit="Teknik Informatika"), Outcome.VERIFIED),
        (Identity(number="13519001", name="Budi", unit="Fisika"), Outcome.MISMATCH),
        (Identity(number="13519001", name="Ana Putri", unit="Teknik Informatika"), Outcome.MISMATCH),
        (Identity(number="13519001"), Outcome.UNCHECKED),
        (Identity(number="13519001", email="13519001@mahasiswa.example.ac.id"), Outcome.VERIFIED),
        (Identity(email="13519001@mahasiswa.example.ac.id", name="Budi Santoso"), Outcome.VERIFIED),
        (Identity(email="13519001@mahasiswa.example.ac.id"), Outcome.UNCHECKED),
    ],
)  # fmt: skip
def test_the_number_says_whose_entry_it_is_and_the_name_whether_it_is_theirs(claim, expected):
    finding = find_out(claim, [BUDI])
    assert (finding.outcome, finding.listed) == (expected, BUDI)


def test_nobody_there_is_not_found():
    finding = find_out(Identity(number="13519001", name="Budi"), [])
    assert (finding.outcome, finding.compared, finding.listed) == (Outcome.NOT_FOUND, {}, None)


def test_of_several_with_one_mailbox_it_is_the_one_with_the_name():
    ana = Listed(number="13519002", name="Ana Putri", email=BUDI.email)
    assert find_out(Identity(email=BUDI.email, name="Ana Putri"), [BUDI, ana]).listed == ana


def test_of_twins_nobody_can_tell_which():
    twin = Listed(number="13519002", name="Budi Santoso", email=BUDI.email)
    finding = find_out(Identity(email=BUDI.email, name="Budi Santoso"), [BUDI, twin])
    assert (finding.outcome, finding.listed) == (Outcome.UNCHECKED, None)
