"""The days off that a country's law gives, from the library of official holidays."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import holidays
from holidays.registry import EntityLoader

LANGUAGES = {"id": "id", "en": "en_US"}  # what the library calls them
OFFICIAL = ("public", "government")  # government: the joint leave of Indonesia


def is_country(code: str) -> bool:
    return code in EntityLoader.get_country_codes()


@cache
def official_days(
    country: str, language: str, years: range, *, joint_leave: bool
) -> Sequence[tuple[date, str]]:
    """Reckon the official days off of some years: the same for all desks, and it takes as long as reading a whole one."""
    days_of = _class_of(getattr(holidays, country))
    wanted = OFFICIAL if joint_leave else OFFICIAL[:1]
    spoken = LANGUAGES.get(language)
    return tuple(
        days_of(
            years=years,
            categories=[kind for kind in wanted if kind in days_of.supported_categories],
            language=spoken if spoken in days_of.supported_languages else None,
        ).items()
    )


def _class_of(country: EntityLoader) -> Any:
    """Load a country out of its file: as a part of its package it brings all 250 of them along (holidays 0.109), 8 MB."""
    name = country.module_name.rpartition(".")[2]
    file = Path(holidays.__file__).parent / "countries" / f"{name}.py"
    spec = spec_from_file_location(f"{__name__}.{name}", file)
    assert spec is not None, file  # it is the library's own table that names it
    assert spec.loader is not None, file
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return getattr(module, country.entity_name)
