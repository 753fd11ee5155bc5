"""What every directory does, whatever is behind it."""

import pytest

from tests.channels.directory.conftest import BUDI, SITI, TWIN


async def test_a_person_is_found_by_number(directory):
    assert await directory.find(number="13519001") == (BUDI,)
    assert await directory.find(number="197001012000032001") == (SITI,)


async def test_a_person_is_found_by_mailbox(directory):
    assert await directory.find(email="siti@example.ac.id") == (SITI,)


async def test_all_who_share_a_mailbox_are_found(directory):
    assert set(await directory.find(email="13519001@mahasiswa.example.ac.id")) == {BUDI, TWIN}


@pytest.mark.parametrize("number", ["99999999", "1351900", "135190011"])
async def test_nobody_is_an_answer(directory, number):
    assert await directory.find(number=number) == ()


@pytest.mark.parametrize(
    "typed", ["*", "1351900*", "*)(uid=*", "13519001)(|(uid=*", "\\2a", "", "../13519001", "13519001?x=", "\x00", "{number}"]
)  # fmt: skip
async def test_what_somebody_typed_finds_nobody_else(directory, typed):
    assert await directory.find(number=typed) == ()
    assert await directory.find(email=typed) == ()


async def test_it_says_that_it_can_be_asked(directory):
    assert (await directory.state()).endswith(".")
