"""The files of an archived case, in their folders: the contents, the SOP table with the case on it, papers, attachments."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from procedures.archive.contents import Filed, Reading, contents
from procedures.archive.gathering import Gathered
from procedures.archive.naming import LONGEST_NAME, Names, harmless, name_of
from procedures.archive.packing import Entry, of_bytes, of_file
from procedures.definition.procedure import Procedure
from procedures.papers.values import moment_words
from procedures.sop_table.form import form_pdf
from procedures.sop_table.progress import on_table, reader_of
from procedures.words.masking import Mask
from templates_replies.archive_phrases import word
from templates_replies.catalogue import Language, supported_language
from templates_replies.moments import date_in_words
from tickets.desk import Desk
from tickets.ledger.blobs import BlobStore


@dataclass(frozen=True, kw_only=True)
class Office:
    """Where a case file is made up: the desk in its language and time, and where its files lie."""

    desk: Desk
    blobs: BlobStore
    mask: Mask
    now: datetime

    @property
    def language(self) -> Language:
        return supported_language(self.desk.language)

    def local(self, at: datetime) -> datetime:
        return at.astimezone(self.desk.calendar.tz)


@dataclass(frozen=True, kw_only=True)
class _Lying:
    """A file that is kept, and what the contents say of it."""

    filed: Filed
    sha256: str
    size: int | None  # bytes; None: it is not there
    at: datetime


def file_name(found: Gathered, procedure: Procedure, office: Office) -> str:
    """Return what the case is called, and so its folder."""
    named = name_of(found.view.case, procedure, office.language, zone=office.desk.calendar.tz)
    return harmless(office.mask(named, found.number), longest=LONGEST_NAME)


def entries(found: Gathered, procedure: Procedure, office: Office, *, folder: str) -> Iterator[Entry]:
    """Yield the files of a case, each read when it is its turn; one that is not there is named as missing."""
    language, case = office.language, found.view.case
    at = office.local(case.ended_at or office.now)
    papers, attached = list(_papers(found, office)), list(_attached(found, office))
    reading = Reading(
        language=language, mask=office.mask,
        when=lambda at: moment_words(office.local(at), language),
    )  # fmt: skip
    page = contents(
        found, procedure, reading, name=folder, papers=[each.filed for each in papers],
        attached=[each.filed for each in attached],
    )  # fmt: skip
    yield of_bytes(f"{folder}/{word(language, 'contents')}.html", page.encode(), at=at)
    yield of_bytes(f"{folder}/{word(language, 'table')}.pdf", _table(found, procedure, office), at=at)
    for each in (*papers, *attached):
        if each.size is not None:
            name = f"{folder}/{each.filed.folder}/{each.filed.name}"
            yield of_file(name, each.sha256, each.size, office.blobs, at=each.at)


def _table(found: Gathered, procedure: Procedure, office: Office) -> bytes:
    reader = reader_of(
        found.view.clocks, office.desk, found.names, mask=lambda text: office.mask(text, found.number)
    )
    printed = date_in_words(office.local(office.now).date(), office.language)
    return form_pdf(
        procedure,
        language=office.language,
        printed=printed,
        case=on_table(found.view.case, procedure, reader),
    )


def _papers(found: Gathered, office: Office) -> Iterator[_Lying]:
    folder = word(office.language, "papers")
    said = [
        (
            each.name or each.title,
            each.sha256,
            each.final_at or each.made_at,
            " · ".join(filter(None, (each.number, word(office.language, each.state)))),
        )
        for each in found.papers
    ]
    yield from _lying(folder, said, office)


def _attached(found: Gathered, office: Office) -> Iterator[_Lying]:
    said = [(each.name, each.sha256, each.at, "") for each in found.attached]
    yield from _lying(word(office.language, "attached"), said, office)


def _lying(
    folder: str, files: Sequence[tuple[str, str | None, datetime, str]], office: Office
) -> Iterator[_Lying]:  # fmt: skip
    """Yield files under names of their own, numbered in their order."""
    names, digits = Names(), max(2, len(str(len(files))))
    for at, (name, sha256, made_at, says) in enumerate(files, start=1):
        size = office.blobs.size(sha256) if sha256 else None
        filed = Filed(
            folder=folder,
            name=names.free(f"{at:0{digits}} {name}"),
            says=says,
            is_there=size is not None,
        )
        yield _Lying(filed=filed, sha256=sha256 or "", size=size, at=office.local(made_at))
