"""How what somebody asked for stands, in words: their case, or the form that they have not sent."""

from datetime import datetime

from bot.desks import OpenDesk
from bot.former_procedures import procedure_of
from procedures.cases import rows as cases
from procedures.cases.whereabouts import whereabouts
from procedures.requests import rows
from templates_replies import request_phrases as phrases
from templates_replies.catalogue import Language
from tickets.ledger.tx import Tx


def standing_words(tx: Tx, ticket: int, *, desk: OpenDesk, language: Language, at: datetime) -> str | None:
    """Return it for the newest of a ticket; None where nothing was asked for by a procedure."""
    if not desk.procedures:
        return None
    request = rows.live(tx, ticket)
    if request is not None and request.procedure is not None:
        name = next((each.name for each in desk.procedures if each.id == request.procedure), "")
        return phrases.not_sent(language, procedure=name)
    case = cases.asked_for(cases.of_ticket(tx, ticket))
    procedure = procedure_of(tx, case, desk) if case is not None else None
    if case is None or procedure is None:
        return None
    return whereabouts(tx, case, procedure, language, desk=desk.now, at=at)
