"""Words that one ticket's topic says of another: where it went on, what came to it, what was split off."""

from templates_replies import handling_phrases
from templates_replies.catalogue import Language
from tickets.ledger.events import Recorded


def pointer(event: Recorded, language: Language) -> str | None:
    """Return what an event has to say of another ticket; None for most events."""
    ticket = event.ticket or 0
    match event.kind:
        case "ticket.merged":
            return handling_phrases.merged(language, ticket=ticket, other=event.data["into"])
        case "ticket.absorbed":
            return handling_phrases.absorbed(language, ticket=ticket, other=event.data["from"])
        case "ticket.split":
            return handling_phrases.split_off(language, ticket=ticket, other=event.data["into"])
        case _:
            return None
