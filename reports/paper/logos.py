"""The picture in a desk's letterhead, out of the files of its newest revision."""

from sqlalchemy import bindparam, select
from sqlmodel import Session

from reports.paper.press import Logo
from tickets.binary_texts import as_bytes
from tickets.desk import Desk
from tickets.tables import DeskRevision

_REVISIONS = DeskRevision.__table__  # type: ignore[attr-defined]
_FILES = (
    select(_REVISIONS.c.files)
    .where(_REVISIONS.c.desk == bindparam("desk"))
    .order_by(_REVISIONS.c.number.desc())
    .limit(1)
)


def logo_of(session: Session, desk: Desk) -> Logo | None:
    """Return the picture of the letterhead; None where the desk has none."""
    name = desk.letterhead.logo if desk.letterhead else None
    files = session.execute(_FILES, {"desk": desk.slug}).scalar_one_or_none() if name else None
    return Logo(name=name, content=as_bytes(files[name])) if name and files and name in files else None
