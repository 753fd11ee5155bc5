"""The making itself, over plain values, so that it can be done in a process of its own."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from sqlmodel import Session

from later import Later
from reports.errors import ReportError, UnwritableError
from reports.exports.filtered import BadFilterError
from reports.filed import filing
from reports.filed.closing import ToClose, to_close
from reports.filed.filing import Printed
from reports.helper import Helper, helper
from reports.making import shelf
from reports.making.order import CLOSING, OF_MONTHS, Order, Surroundings, whose
from reports.progress import Tell
from tickets.ledger.depot.bucket import BucketAddress
from tickets.ledger.store import Ledger
from tickets.search import SearchIndex

if TYPE_CHECKING:
    from reports.exports import writing
    from reports.making import measured
else:
    measured = Later("reports.making.measured")
    writing = Later("reports.exports.writing")

ALL_DESKS = "all-desks"  # what the file of an export over several is called


@dataclass(frozen=True, kw_only=True)
class Task:
    """One making with all that it needs."""

    key: int
    order: Order
    around: Surroundings
    to: Path
    database_url: str = field(repr=False)
    files: Path
    bucket: BucketAddress | None
    search_index: Path


@dataclass(frozen=True, kw_only=True)
class Made:
    """What came of it: a report that is to be filed, perhaps with its month closed by it, or a file in its place."""

    name: str
    size: int
    printed: Printed | None = None
    closes: ToClose | None = None


@dataclass(frozen=True, kw_only=True)
class Refused:
    """Why nothing came of it: the refusal's name, its sentence, and what that names."""

    failure: str
    why: str
    about: dict[str, str]


def done(task: Task, tell: Tell) -> Made | Refused:
    """Make it with a ledger opened for that alone."""
    with helper(task.database_url) as helping:
        return _done(task, tell, helping)


def _done(task: Task, tell: Tell, helping: Helper | None) -> Made | Refused:
    ledger = Ledger(task.database_url, files=task.files, bucket=task.bucket)
    try:
        with ledger.reading() as session:
            if task.order.what in OF_MONTHS:
                return _report(session, ledger, task, tell, helping)
            if task.order.what in measured.KINDS:
                return _measured(session, ledger, task, tell)
            return _export(session, ledger, task, tell)
    except ReportError as refused:
        return refusal(refused)
    finally:
        ledger.close()


def refusal(refused: ReportError) -> Refused:
    about = {"about": refused.about} if isinstance(refused, BadFilterError) else {}
    if instead := getattr(refused, "instead", None):
        about["instead"] = str(instead)
    return Refused(failure=type(refused).__name__, why=str(refused), about=about)


def _report(session: Session, ledger: Ledger, task: Task, tell: Tell, helping: Helper | None) -> Made:
    around = task.around
    made = filing.make(
        session, task.order.of_month, ledger.blobs, desk=around.desk, now=around.now, known=around.known, tell=tell,
        helper=helping,
    )  # fmt: skip
    closes = to_close(made.handed.report) if task.order.what == CLOSING else None
    return Made(name=made.name, size=made.size, printed=made.printed, closes=closes)


def _measured(session: Session, ledger: Ledger, task: Task, tell: Tell) -> Made:
    _make_room(task.to.parent)
    measured.write(session, task.order, task.to, task.around, tell=tell)
    return _shelved(ledger, task, name=measured.name_of(task.order, task.around.desk.slug))


def _export(session: Session, ledger: Ledger, task: Task, tell: Tell) -> Made:
    around, order = task.around, task.order
    index = SearchIndex.open(ledger, task.search_index) if order.filter.strip() else None
    try:
        own, *beside = whose(session, order, index, around)
        asked = order.of_days(own.only)
        _make_room(task.to.parent)
        writing.export(
            session, asked, task.to, desk=own.desk, known=own.known, now=around.now, beside=beside, tell=tell
        )
    finally:
        if index is not None:
            index.close()
    return _shelved(ledger, task, name=_name(order, around))


def _shelved(ledger: Ledger, task: Task, *, name: str) -> Made:
    """Bring a file that is whole to where it is kept."""
    size = task.to.stat().st_size
    try:
        shelf.bring(ledger.blobs, task.to)
    except OSError as error:
        raise UnwritableError(f"{task.to.name} cannot be kept: {error.strerror or error}") from error
    return Made(name=name, size=size)


def _make_room(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UnwritableError(f"{folder} cannot be made: {error.strerror or error}") from error


def _name(order: Order, around: Surroundings) -> str:
    desk = ALL_DESKS if order.beside else around.desk.slug
    return f"{desk}-{order.what}-{order.first_on}-{order.last_on}.{order.format}"
