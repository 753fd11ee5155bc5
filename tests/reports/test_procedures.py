"""Many cases of a procedure as figures: counted by hand beside what the office did."""

from dataclasses import replace
from datetime import date, timedelta

import openpyxl
import pytest
from sqlalchemy import update

from procedures.cases.tables import CaseTurn
from reports.handed import Known
from reports.month_paper.sheets import month_sheets
from reports.monthly import Asked, facts_of_month, write_month
from reports.paper.blocks import Table
from reports.periods import Days
from reports.procedures import procedure_figures
from tests.procedures.recording import RECORDING
from tests.procedures.test_cases import CasesAtWork
from tests.tickets.desk_at_work import HOUR, MINUTE
from tests.tickets.desks import MONDAY, RINA, SLUG
from tickets.ledger.prepared import Prepared

TOOK = {"terima": 1, "surat": 25, "jadwal": 5}  # minutes of open time, of which the standard gives 10


class Measured(CasesAtWork):
    def takes(self, case, step, minutes, outcome="done", **more):
        """End a step so long after now."""
        self.passes((minutes - 1) * MINUTE)
        return self.acts(case, step, outcome, **more)

    def keeps_no_lengths(self):
        """As of turns that ended before lengths were kept."""
        self._does(lambda tx: tx.run(Prepared(update(CaseTurn.__table__).values(took=None, late=None))))

    def figures(self, first="2026-10-01", last="2026-10-31"):
        days = Days.of(date.fromisoformat(first), date.fromisoformat(last), zone="Asia/Jakarta")
        with self.ledger.reading() as session:
            return procedure_figures(session, RECORDING, desk=SLUG, days=days, now=self.now)


@pytest.fixture
def office(ledger):
    return Measured(ledger)


def test_many_cases_come_to_lengths_late_steps_loops_and_ends(office):
    case = office.takes(office.starts(), "terima", 1)
    office.takes(case, "surat", 25)  # 15 minutes over
    office.takes(case, "jadwal", 5, ruang="1")
    office.takes(case, "setuju", 10, "tidak", by=RINA, reason="Terpakai")
    office.now = MONDAY + 7 * HOUR + 30 * MINUTE - MINUTE  # past closing time, which counts for nothing
    office.acts(case, "jadwal", ruang="2")
    office.acts(case, "setuju", "ya", by=RINA)
    office.acts(case, "serah")
    office.withdraws(office.starts())
    still_open = office.starts()
    office.passes(24 * HOUR)
    found = office.figures()
    assert (found.cases, found.open, found.ends) == (3, 1, {"selesai": 1, "withdrawn": 1})
    assert found.went_round == 1
    by_step = {one.step.id: one for one in found.steps}
    terima, surat, jadwal = (by_step[step] for step in TOOK)
    assert (terima.done, terima.median, terima.open, terima.late) == (1, MINUTE, 1, 1)  # late: the open one
    assert (surat.median, surat.p90, surat.late, surat.late_share) == (25 * MINUTE, 25 * MINUTE, 1, 1.0)
    assert surat.overdue == 15 * MINUTE
    assert (jadwal.done, jadwal.again) == (2, 1)
    assert by_step["setuju"].ways == {"tidak": 1, "ya": 1}
    (loop,) = found.loops
    assert (loop.step.id, loop.outcome, loop.taken, [each.id for each in loop.to]) == (
        "setuju",
        "tidak",
        1,
        ["jadwal"],
    )
    assert found.bottleneck is max(found.steps, key=lambda one: one.overdue)
    assert found.median is not None
    assert found.median > timedelta()
    assert office.figures(first="2026-09-01", last="2026-09-30").cases == 0
    assert still_open.ended is None
    office.keeps_no_lengths()
    assert office.figures() == found


@pytest.mark.parametrize(
    ("language", "sheet", "named"),
    [
        ("id", "Pelanggaran", "Langkah Perekaman: {}"),
        ("en", "Breaches", "Step of Perekaman: {}"),
    ],
)
def test_a_month_names_the_steps_whose_time_ran_out(office, tmp_path, language, sheet, named):
    case = office.takes(office.starts(), "terima", 1)
    office.takes(case, "surat", 25)
    office.passes(HOUR)
    known = Known(category_names={}, staff_names={}, procedures=(RECORDING,))
    asked = Asked(month="2026-10", language=language)
    desk, now, path = office.desk.desk, office.now, tmp_path / "bulan.xlsx"
    with office.ledger.reading() as session:
        write_month(session, asked, path, desk=desk, now=now, known=known)
        paper = month_sheets(facts_of_month(session, asked, desk=desk, now=now, known=known))
        renamed = replace(known, procedures=())
        ids = facts_of_month(session, asked, desk=desk, now=now, known=renamed).month.steps
    late = {named.format(f"{step}. {step}") for step in ("surat", "jadwal")}
    rows = list(openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True))[1:]
    explained = {row[4]: row[-1] for row in rows if row[4].startswith(named.split()[0])}
    assert set(explained) == late
    assert len(set(explained.values())) == len(late)  # each by its own clock
    assert late <= {
        cell for block in paper.blocks if isinstance(block, Table) for row in block.rows for cell in row
    }
    assert set(ids.values()) == {("rekaman", "surat"), ("rekaman", "jadwal")}


def test_of_nothing_there_are_no_figures(office):
    found = office.figures()
    assert (found.cases, found.median, found.bottleneck, found.steps[0].late_share) == (0, None, None, None)
