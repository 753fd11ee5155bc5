"""A file that cannot be written, or whose making is broken off, leaves one clear line and nothing else behind."""

from datetime import date
from pathlib import Path

import pytest

from reports.errors import UnwritableError
from reports.exports.asked import FORMATS, WHAT, Asked
from reports.exports.writing import export
from reports.handed import Known
from reports.monthly import FORMATS as MONTHLY
from reports.monthly import Asked as Month
from reports.monthly import write_month
from tests.reports.october import CATEGORIES, STAFF, tell_october

EMPTY = {"cases", "findings"}  # here; as JSON lines there is nothing of them to write
KNOWN = Known(category_names=CATEGORIES, staff_names=STAFF)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_full_disk_a_folder_and_a_key_pressed_in_the_middle_leave_nothing_behind(ledger, tmp_path):
    told = tell_october(ledger, "Asia/Jakarta")

    def exports(what, form, to, tell):
        asked = Asked(what=what, first_on=date(2026, 10, 1), last_on=date(2026, 10, 31), format=form)
        export(session, asked, to, desk=told.desk, known=KNOWN, now=told.noon_after, tell=tell)

    def reports(_what, form, to, tell):
        asked = Month(month="2026-10", format=form)
        write_month(session, asked, to, desk=told.desk, now=told.noon_after, known=KNOWN, tell=tell)

    def stops(_progress):
        raise KeyboardInterrupt

    made = [(exports, what, form) for what in WHAT for form in FORMATS]
    made += [(reports, "month", form) for form in MONTHLY]
    out = tmp_path / "out"
    (out / "folder").mkdir(parents=True)
    with told.ledger.reading() as session:
        for write, what, form in made:
            for place in (out / "folder", out / "nowhere" / "x"):
                with pytest.raises(UnwritableError, match="cannot be written"):
                    write(what, form, place, lambda _: None)
            with pytest.raises(KeyboardInterrupt):
                write(what, form, out / "x", stops)
            if write is exports and (what not in EMPTY or form != "jsonl"):
                with (
                    Path("/dev/full").open("wb", buffering=0) as full,
                    pytest.raises(UnwritableError, match="No space left"),
                ):
                    write(what, form, full, lambda _: None)
            assert [each.name for each in out.iterdir()] == ["folder"], (what, form)
