"""How long turns took, kept as they end: over lunch, nights, holidays and other hours, as their clocks are explained."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from procedures.cases.step_clock import STEP, subject_of
from procedures.definition.procedure import SKIPPED, Standard
from tests.procedures.cases_at_work import CasesAtWork
from tests.procedures.recording import RECORDING
from tests.tickets.desk_at_work import DAY, HOUR, MINUTE
from tests.tickets.desks import MONDAY, RINA, SLUG
from tickets import revisions
from tickets.hours import ClosedDay, Span, Window
from tickets.ledger.events import explained_clock

PLAINLY = Standard(within=Span.parse("2h", "calendar"))
HOLIDAY = ClosedDay(date(2026, 10, 6), "Libur")


class Timed(CasesAtWork):
    procedure = replace(
        RECORDING,
        steps=tuple(
            replace(step, standard=PLAINLY)
            if step.id == "surat"
            else replace(step, optional=True)
            if step.id == "serah"
            else step
            for step in RECORDING.steps
        ),
    )

    def opens(self, **hours):
        """Change the desk's hours from now on."""
        desk = replace(self.desk.desk, calendar=replace(self.desk.desk.calendar, **hours))
        number = self._does(
            lambda tx: revisions.save(tx, desk=SLUG, files={}, terms=desk.terms, by="file", at=self.now)
        )
        self.desk = replace(self.desk, desk=desk, revision=number)

    def kept(self, case):
        """Return of each turn how long it took and how late it was, in minutes."""
        micro = MINUTE // timedelta(microseconds=1)
        return {
            (turn.step, turn.round): tuple(
                None if each is None else each / micro for each in (turn.took, turn.late)
            )
            for turn in self.loaded(case).turns
        }

    def explained(self, case, turn):
        key = (STEP, subject_of(case.id, turn.step), turn.round)
        return self._does(lambda tx: explained_clock(tx, ticket=case.ticket, key=key, now=self.now))


@pytest.fixture
def office(ledger):
    return Timed(ledger)


def test_a_turn_keeps_the_length_that_its_clock_is_explained_by(office):
    office.opens(closed=(HOLIDAY,))
    office.now = MONDAY + 6 * HOUR + 45 * MINUTE  # 15:45, a quarter of an hour before they close
    case = office.starts()
    office.now = MONDAY + 2 * DAY - 51 * MINUTE  # Wednesday, 08:09, the day after the holiday
    case = office.acts(case, "terima")
    office.opens(
        week=((Window.parse("13:00-16:00"),),) * 7
    )  # what is under way keeps the hours it was promised by
    office.now += 4 * HOUR
    office.acts(case, "jadwal", ruang="1")
    office.acts(case, "surat")
    office.acts(case, "setuju", "ya", by=RINA)
    case = office.acts(case, "serah", SKIPPED)
    assert office.kept(case) == {
        ("terima", 1): (25, 15),
        ("jadwal", 1): (230, 220),  # until noon
        ("surat", 1): (4 * 60 + 2, 2 * 60 + 2),
        ("setuju", 1): (2, None),
        ("serah", 1): (None, None),
    }
    with_clock = [turn for turn in case.turns if turn.took is not None and turn.step != "setuju"]
    assert [timedelta(microseconds=turn.took) for turn in with_clock] == [
        office.explained(case, turn).used for turn in with_clock
    ]
