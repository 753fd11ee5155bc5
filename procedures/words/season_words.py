"""That a procedure cannot be asked for now, and when it can, in words."""

from datetime import date

from procedures.definition.procedure import Procedure
from procedures.definition.seasons import Season, opens_next
from templates_replies import season_phrases as phrases
from templates_replies.catalogue import Language
from templates_replies.moments import day_in_words, yearly_day


def closed_words(procedure: Procedure, language: Language, *, today: date) -> str:
    span = opens_next(procedure.starts.open, today)
    days = (day_in_words(span[0], language), day_in_words(span[1], language)) if span else None
    return phrases.closed(language, procedure=procedure.name, days=days)


def open_words(procedure: Procedure, language: Language) -> str:
    """Say at which times of the year it can be asked for; empty where it always can."""
    seasons = procedure.starts.open
    return phrases.open_only(language, [_ends(each, language) for each in seasons]) if seasons else ""


def _ends(season: Season, language: Language) -> tuple[str, str]:
    if season.year is None:
        return yearly_day(*season.first, language), yearly_day(*season.last, language)
    first, last = season.span_of(season.year)
    return day_in_words(first, language), day_in_words(last, language)
