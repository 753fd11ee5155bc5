"""The rows of a long table, written out piece by piece before its sheet is added, by one process or by several."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from later import Later
from reports.packed import Piece, packed_piece
from reports.sheet_sizes import Cell, Heading, heights_of, widths_of

if TYPE_CHECKING:
    from reports import long_sheet
else:
    long_sheet = Later("reports.long_sheet")


@dataclass(frozen=True, kw_only=True)
class Poured:
    """The rows of a long table, written out for a sheet that is still to be added."""

    code: str
    headings: Sequence[Heading]
    widths: Sequence[float]
    pieces: Sequence[Piece]
    count: int  # of rows


class Pouring:
    """Writes rows into pieces. It goes by its value to whoever writes some of them."""

    def __init__(
        self, code: str, folder: Path, *, headings: Sequence[Heading], styles: "Sequence[long_sheet.Style]", tz: ZoneInfo, dash: str
    ) -> None:  # fmt: skip
        self._code, self._folder, self._headings = code, folder, headings
        self._lines = long_sheet.Lines(styles, tz=tz, dash=dash)
        self.begin(())

    def begin(self, sample: Sequence[Sequence[Cell]]) -> None:
        """Make columns as wide as these rows need them."""
        self._widths = widths_of(self._headings, sample)
        self._texts = {at: self._widths[at] for at, one in enumerate(self._headings) if one.kind == "text"}

    def write(self, before: int, rows: Sequence[Sequence[Cell]]) -> Piece:
        """Write some rows, before which there are so many. Raises OSError."""
        heights = heights_of(rows, self._texts)
        content = self._lines.of(rows, before=before, heights=heights)
        return packed_piece(self._folder / f"{self._code}-{before}", content)

    def poured(self, pieces: Sequence[Piece], count: int) -> Poured:
        """Return all pieces, in their order."""
        return Poured(
            code=self._code, headings=self._headings, widths=self._widths, pieces=pieces, count=count
        )
