"""A month that two read page by page comes to the same as one that is read alone."""

import pickle
from zoneinfo import ZoneInfo

from reports.helper import Here
from reports.measures import names_of
from reports.taking import Pages, take_all
from reports.ticket_lines import TicketLines
from tests.reports.golden import made_at, tell_golden_month
from tests.reports.october import CATEGORIES, STAFF


class Another:
    """Stands in for a process apart: what it is asked, and what it finds, goes by value, and it reads on a session of its own."""

    is_apart = True

    def __init__(self, ledger) -> None:
        self._ledger = ledger

    def ask(self, question):
        with self._ledger.reading() as session:
            self._found = pickle.dumps(pickle.loads(pickle.dumps(question))(session))
        return self

    def result(self):
        return pickle.loads(self._found)


def told_by(answers, session, pages, folder):
    folder.mkdir()
    lines = TicketLines("csv", folder, tz=ZoneInfo("Asia/Jakarta"))
    heard = []
    tally = take_all(session, answers, pages, lines, heard.append)
    with (folder / "table").open("w+b") as file:
        lines.pour(file)
        file.seek(0)
        table = file.read()
    figures = {key: one.attainment("resolution") for key, one in tally.sums().items()}
    return table, figures, tally.breaches(), tally.uncategorised(), sorted(tally.begun()), tally.answers


def test_it_does_not_matter_who_reads_which_page(ledger, tmp_path):
    told = tell_golden_month(ledger, "Asia/Jakarta")
    now = made_at(told)
    numbers = [row.number for row in told.rows(now=now)]
    names = names_of(told.desk, category_names=CATEGORIES, staff_names=STAFF)
    with ledger.reading() as session:
        alone, shared = (
            told_by(
                answers,
                session,
                Pages(numbers=numbers, now=now, names=names, identities=False, size=size),
                tmp_path / kind,
            )
            for kind, answers, size in (("alone", Here(session), 1000), ("shared", Another(ledger), 3))
        )
    assert alone == shared
    assert alone[0].count(b"\r\n") == len(numbers) + 1
