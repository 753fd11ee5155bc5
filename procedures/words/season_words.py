"""That a procedure cannot be asked for now, and when it can, in words."""

from datetime import date

from procedures.definition.procedure import Procedure
from procedures.definition.seasons import opens_next
from templates_replies import season_phrases as phrases
from templates_replies.catalogue import Language
from templates_replies.moments import day_in_words


def closed_words(procedure: Procedure, language: Language, *, today: date) -> str:
    span = opens_next(procedure.starts.open, today)
    days = (day_in_words(span[0], language), day_in_words(span[1], language)) if span else None
    return phrases.closed(language, procedure=procedure.name, days=days)
