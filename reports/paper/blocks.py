"""What a report says on paper, block after block. Values; whatever they say is text, and never read as markup."""

from dataclasses import dataclass

from reports.charts.drawings import Drawing


@dataclass(frozen=True, kw_only=True)
class Heading:
    text: str
    level: int = 1  # 1 to 3


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    text: str
    quiet: bool = False  # a remark in small letters
    strong: bool = False
    wanted: bool = False  # it only says what somebody is still to write there


@dataclass(frozen=True, kw_only=True)
class Point:
    """One of a list: what it says first, in bold, then the rest."""

    text: str
    lead: str = ""


@dataclass(frozen=True, kw_only=True)
class Points:
    points: tuple[Point, ...]
    numbered: bool = False


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One number to be read at a glance."""

    label: str
    value: str
    notes: tuple[str, ...] = ()  # lines below it
    good: bool | None = None  # whether it keeps what was promised; None: it is neither


@dataclass(frozen=True, kw_only=True)
class Figures:
    figures: tuple[Figure, ...]
    beside: int = 3  # so many in a row


@dataclass(frozen=True, kw_only=True)
class Picture:
    title: str
    drawing: Drawing


@dataclass(frozen=True, kw_only=True)
class Pictures:
    """One picture as wide as the page, or two beside each other."""

    pictures: tuple[Picture, ...]


@dataclass(frozen=True, kw_only=True)
class Column:
    label: str
    right: bool = False  # numbers stand to the right
    share: int = 0  # of the width that is left over; 0: as wide as what stands in it


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table whose head is repeated on each page."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    title: str = ""


@dataclass(frozen=True, kw_only=True)
class NewPage:
    pass


Block = Heading | Paragraph | Points | Figures | Pictures | Table | NewPage
