"""The cost table: each figure beside what is asked and what was measured beside it, as Markdown and as a chart."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from reports.charts.drawings import WIDE, Bar, bar_chart

DOCS = Path(__file__).parents[2] / "docs"
_BEGIN, _END = "<!-- cost: written by `make cost` -->", "<!-- end of cost -->"
_CHART = "images/cost.svg"
_MOST = 3.0  # of what is asked, that a bar has room for


@dataclass(frozen=True, kw_only=True)
class Row:
    what: str
    asked: float
    found: float | None  # None: it was not measured here
    unit: str
    beside: str = ""
    at_least: bool = False  # else at most
    of_enough: bool = True  # as much was done as is asked for: by less, nothing is shown to hold

    @property
    def holds(self) -> str:
        """Return yes or no; nothing where that cannot be said."""
        if self.found is None:
            return ""
        if self.found < self.asked if self.at_least else self.found > self.asked:
            return "no"
        return "yes" if self.of_enough else ""

    @property
    def share(self) -> float:
        """Of what is allowed, how much is used: above 1 it does not hold."""
        if self.found is None:
            return 0.0
        return self.asked / self.found if self.at_least else self.found / self.asked


def write(rows: Sequence[Row], loads: Sequence[float]) -> None:
    """Put table and chart into the documents, in place of those that are there."""
    page = DOCS / "performance.md"
    before, _, rest = page.read_text().partition(_BEGIN)
    after = rest.partition(_END)[2]
    page.write_text(f"{before}{_BEGIN}\n{_table(rows, loads)}\n{_END}{after}")
    (DOCS / _CHART).write_text(_chart(rows) + "\n")


def _table(rows: Sequence[Row], loads: Sequence[float]) -> str:
    lines = [
        f"Measured on {datetime.now(UTC):%-d %B %Y}; {os.cpu_count()} cores, which {min(loads):.0f} to {max(loads):.0f} wanted at a time.",
        "",
        "| what | asked | found | holds | beside |",
        "| --- | --- | --- | --- | --- |",
        *(f"| {row.what} | {_asked(row)} | {_said(row)} | {row.holds} | {row.beside} |" for row in rows),
        "",
        f"![What is used of what is allowed]({_CHART})",
        "",
        "A third of the room that a bar has is what is allowed; a full one is three times as much, or more.",
    ]
    return "\n".join(lines)


def _chart(rows: Sequence[Row]) -> str:
    bars = [
        Bar(label=row.what.replace("`", ""), many=row.share, says=f"{_said(row)} · {_asked(row)}")
        for row in rows
        if row.found is not None
    ]
    says = "Of what is allowed, how much is used: a third of the width is all of it"
    return bar_chart(bars, says=says, width=WIDE, most=_MOST).svg


def _asked(row: Row) -> str:
    return f"{'≥' if row.at_least else '≤'} {row.asked:g} {row.unit}".strip()


def _said(row: Row) -> str:
    if row.found is None:
        return "not measured"
    digits = 0 if row.found >= 100 else 1 if row.found >= 10 else 2
    return f"{row.found:,.{digits}f} {row.unit}".strip()
