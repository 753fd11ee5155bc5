"""What stands at the head of a desk's letters, and how its letters are numbered. Values."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Letterhead:
    """The head of every paper."""

    unit: str
    above: tuple[str, ...] = ()  # the bodies that the unit belongs to, the highest first
    address: tuple[str, ...] = ()
    logo: str | None = None  # a picture in the folder of the desk, such as papers/logo.png
    place: str | None = None  # where letters are signed: "Bandung, 12 Oktober 2026"


@dataclass(frozen=True, kw_only=True)
class Series:
    """Numbers of papers, counted anew each year of the desk's calendar: never a gap, never the same twice."""

    id: str
    pattern: str  # "{no:03}/IT1.B04.3/TU/{month_roman}/{year}"
    begins: Mapping[int, int] = field(default_factory=dict)  # year → its first number, where it is not 1
