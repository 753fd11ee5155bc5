"""What a desk file says of its letters: `letterhead`, and `series`, by which they are numbered."""

from collections.abc import Mapping

from bot.desk_files.picture_sizes import MOST_POINTS, too_large
from bot.desk_files.procedure_files.wording import lines
from bot.desk_files.sections import Section, slug
from procedures.papers.numbers import check_pattern
from tickets.binary_texts import as_bytes
from tickets.letterhead import Letterhead, Series

PICTURES = (".png", ".jpg", ".jpeg", ".svg")
_YEARS = range(2000, 2200)


def read_letterhead(desk: Section, files: Mapping[str, str]) -> Letterhead | None:
    """Read the head of the desk's letters; `files` are those of its folder, as texts."""
    section = desk.section("letterhead")
    if section is None:
        return None
    section.allow(("unit", "above", "address", "logo", "place"))
    logo = section.text("logo") or None
    if logo is not None and not (logo in files and logo.startswith("papers/") and logo.endswith(PICTURES)):
        section.problem(
            f"expected a picture in the folder papers, such as papers/logo.png, not {logo}", "logo"
        )
    elif logo is not None and too_large(as_bytes(files[logo])):
        section.problem(f"expected a picture of at most {MOST_POINTS // 1_000_000} million points", "logo")
    return Letterhead(
        unit=section.text("unit", required="unit: who writes, such as Bagian Protokol"),
        above=lines(section, "above"),
        address=lines(section, "address"),
        logo=logo,
        place=section.text("place") or None,
    )


def read_series(desk: Section) -> Mapping[str, Series]:
    """Read the series: each a pattern, or a mapping with `pattern` and `begins`."""
    section = desk.section("series")
    return {id_: _series(section, id_) for id_ in section.data} if section else {}


def _series(section: Section, id_: str) -> Series:
    try:
        slug(id_)
    except ValueError:
        section.problem("expected small letters, digits and hyphens, such as surat-keluar", id_)
    if not isinstance(section.data[id_], dict):
        return Series(id=id_, pattern=_pattern(section, id_))
    one = section.below(id_)
    one.allow(("pattern", "begins"))
    return Series(id=id_, pattern=_pattern(one, "pattern"), begins=_begins(one))


def _pattern(section: Section, key: str) -> str:
    return section.read(
        key, check_pattern, "", required='a pattern, such as "{no:03}/TU/{month_roman}/{year}"'
    )


def _begins(section: Section) -> Mapping[int, int]:
    begins = section.section("begins")
    found = {}
    for year in begins.data if begins else ():
        if begins is not None and (not year.isdecimal() or int(year) not in _YEARS):
            begins.problem("expected a year and its first number, such as 2026: 57", year)
        elif begins is not None:
            found[int(year)] = begins.read(year, _number, 1, expected="a number from 1 on")
    return found


def _number(raw: str) -> int:
    if not raw.isdecimal() or not 1 <= int(raw) <= 999_999:
        raise ValueError
    return int(raw)
