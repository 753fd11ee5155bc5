"""The self-evaluation of a year as a file in memory, for whoever hands it out."""

from pathlib import Path
from tempfile import TemporaryDirectory

from sqlmodel import Session

from console.house import House
from console.reports.reported import known_of
from reports.led.files import write_year
from templates_replies.catalogue import Language
from tickets.desk import Desk


def document(
    session: Session, *, house: House, desk: Desk, year: str, form: str, language: Language
) -> bytes:
    """Return the self-evaluation of a year as one of its files. Raises ReportError."""
    known = known_of(session, house, desk)
    with TemporaryDirectory(prefix="tanggap-evaluation-") as folder:
        path = Path(folder) / f"report.{form}"
        write_year(
            session, year, path, format=form, language=language, desk=desk, now=house.clock(), known=known
        )  # fmt: skip
        return path.read_bytes()
