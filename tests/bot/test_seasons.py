"""A procedure that can be asked for at some times of the year alone."""

from dataclasses import replace
from datetime import date

import pytest

from procedures.definition.seasons import is_open, opens_next, season_of
from procedures.sop_table.remarks import remarks_of
from tests.bot.chat import Chat
from tests.bot.test_procedure_files import FILE, mistakes
from tests.bot.test_requests import PROCEDURE
from tests.procedures.letters import LETTERS

AUTUMN = PROCEDURE.replace("starts: {", 'starts: {open: ["15 Oktober - 15 November"], ')


@pytest.mark.parametrize(
    ("said", "day", "holds", "following"),
    [
        ("1-31 Agustus", (2026, 8, 31), True, (2027, 8, 1)),
        ("1–31 Agustus", (2026, 9, 1), False, (2027, 8, 1)),
        ("15 Desember s.d. 10 Januari", (2026, 1, 10), True, (2026, 12, 15)),
        ("15 Desember s.d. 10 Januari", (2026, 1, 11), False, (2026, 12, 15)),
        ("1 Maret - 17 April 2026", (2026, 2, 28), False, (2026, 3, 1)),
        ("1 Maret - 17 April 2026", (2027, 3, 5), False, None),
        ("20 Desember 2026 sampai 5 Januari 2027", (2027, 1, 5), True, None),
        ("2026-08-01..2026-08-31", (2026, 8, 1), True, None),
        ("1 - 29 February", (2027, 2, 28), True, (2028, 2, 1)),
    ],
)
def test_a_season_is_read_as_people_write_it(said, day, holds, following):
    season = season_of(said)
    assert is_open([season], date(*day)) == holds
    found = opens_next([season], date(*day))
    assert (found[0] if found else None) == (date(*following) if following else None)


@pytest.mark.parametrize(
    "said",
    ["Agustus", "31 April - 2 Mei", "31 - 1 Agustus 2026", "1 Mei 2026 - 2 Juni", "2026-08-31..2026-08-01"],
)
def test_what_is_no_season_is_told(said):
    with pytest.raises(ValueError, match=r".+"):
        season_of(said)


def test_a_season_that_cannot_be_read_is_told_with_an_example():
    found = mistakes(AUTUMN.replace("15 Oktober", "musim gugur"))
    assert any("expected days such as 1-31 Agustus" in each for each in found), found


def test_the_drawing_says_when_it_is_open():
    seasons = tuple(season_of(each) for each in ("15 Oktober - 15 November", "1 Mei - 2 Juni 2026"))
    lent = replace(LETTERS, starts=replace(LETTERS.starts, open=seasons))
    assert remarks_of(lent, lent.steps[0], "id")[0] == (
        "Hanya dibuka 15 Oktober s.d. 15 November, 1 Mei 2026 s.d. 2 Juni 2026"
    )


async def test_outside_its_season_a_contact_hears_when_it_opens(ledger):
    chat = Chat(ledger, files={FILE: AUTUMN})
    await chat.telegrams("mau rekam video wisuda")
    assert "dibuka 15 Oktober 2026 sampai 15 November 2026" in chat.told("4711")[-1].text
    assert not chat.told("4711")[-1].buttons
