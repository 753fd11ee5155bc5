"""What a paper of a procedure is, and what a step does with papers: values, as the file has them.

Texts may hold placeholders: `{kegiatan}` is the answer to that question in words, `{biaya_terbilang}` a number spelled
out, `{tanggal_hari}` a date's day of the week; see `values.ALWAYS_KNOWN` for the others.
"""

from dataclasses import dataclass
from enum import StrEnum
from itertools import chain

from templates_replies.catalogue import Language


class Kind(StrEnum):
    """Papers that every office knows; each has a template of ours."""

    REPLY = "surat_balasan"
    ASSIGNMENT = "surat_tugas"
    DISPOSITION = "lembar_disposisi"
    INVOICE = "invoice"
    RECEIPT = "kuitansi"
    MINUTES = "berita_acara"


@dataclass(frozen=True, kw_only=True)
class Signature:
    """Who signs, as it is printed. Without a name it is whoever did."""

    post: str
    name: str | None = None  # with titles
    number: str | None = None  # NIP or the like


@dataclass(frozen=True, kw_only=True)
class Paper:
    """One paper of a procedure. Without kind and template it is only taken in from outside."""

    id: str
    name: str
    kind: Kind | None = None
    template: str | None = None  # a file in the desk's folder, `papers/….typ` or `….docx`, instead of ours
    series: str | None = None  # the desk's; or
    number: str | None = None  # the question whose answer is its number
    about: str | None = None  # perihal
    to: tuple[str, ...] = ()  # lines
    copies: tuple[str, ...] = ()  # tembusan
    text: tuple[str, ...] = ()  # paragraphs
    details: tuple[tuple[str, str], ...] = ()  # a table of two columns
    closing: tuple[str, ...] = ()  # paragraphs below the table
    people: str | None = None  # the question that says who is assigned, one a line
    amount: str | None = None  # the question that says how much
    lists: tuple[str, ...] = ()  # the questions whose rows stand in it as tables
    signature: Signature | None = None
    language: Language = "id"

    @property
    def is_made(self) -> bool:
        """Whether it is typeset here."""
        return self.kind is not None or self.template is not None


@dataclass(frozen=True, kw_only=True)
class Filing:
    """A paper that comes from outside: signed by hand, or certified elsewhere. It stands as the paper from then on."""

    paper: str
    answer: str  # the question of the step that asks for the file
    number: str | None = None  # … that asks for its number, such as that of the E-Office


@dataclass(frozen=True, kw_only=True)
class Paperwork:
    """What is done with papers when a step has ended, or has ended in one of its ways. By ids of papers, in this order."""

    makes: tuple[str, ...] = ()
    files: tuple[Filing, ...] = ()
    initials: tuple[str, ...] = ()  # drafts that whoever ended the step has checked (paraf)
    signs: tuple[str, ...] = ()
    sends: tuple[str, ...] = ()  # to the requester, as soon as they are final and typeset

    @property
    def papers(self) -> tuple[str, ...]:
        """Return every paper that it is about."""
        return (*self.makes, *(each.paper for each in self.files), *self.initials, *self.signs, *self.sends)

    def with_(self, *others: "Paperwork") -> "Paperwork":
        """Return all of it together."""
        each = (self, *others)
        return Paperwork(
            makes=tuple(chain.from_iterable(one.makes for one in each)),
            files=tuple(chain.from_iterable(one.files for one in each)),
            initials=tuple(chain.from_iterable(one.initials for one in each)),
            signs=tuple(chain.from_iterable(one.signs for one in each)),
            sends=tuple(chain.from_iterable(one.sends for one in each)),
        )


NO_PAPERWORK = Paperwork()
