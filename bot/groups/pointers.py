"""Words of an event in its ticket's topic: of another ticket, and of whether the contact can be reached."""

from templates_replies import handling_phrases
from templates_replies.catalogue import Language
from tickets import clocks
from tickets.actions import amending
from tickets.ledger.events import Recorded


def pointer(event: Recorded, language: Language) -> str | None:
    """Return what an event has to say; None for most events."""
    ticket = event.ticket or 0
    match event.kind:
        case "ticket.merged":
            return handling_phrases.merged(language, ticket=ticket, other=event.data["into"])
        case "ticket.absorbed":
            return handling_phrases.absorbed(language, ticket=ticket, other=event.data["from"])
        case "ticket.split":
            return handling_phrases.split_off(language, ticket=ticket, other=event.data["into"])
        case "address.barred":
            return handling_phrases.out_of_reach(language, reason=event.data.get("reason") or "")
        case "address.open_again":
            return handling_phrases.in_reach(language)
        case "attachment.refused":
            return handling_phrases.file_missed(language, again=event.data.get("again", True))
        case "attachment.withheld":
            return handling_phrases.file_withheld(language)
        case "message.reacted" if event.data.get("reaction"):
            return handling_phrases.reacted(language, reaction=event.data["reaction"])
        case "contact.renumbered":
            return handling_phrases.renumbered(language)
        case "contact.number_lost":
            return handling_phrases.number_lost(language)
        case amending.WITHDRAWN:
            return handling_phrases.taken_back(language, note=event.data.get("note", False))
        case clocks.UNDONE:
            return handling_phrases.undone(language)
        case "message.amend_failed":
            return handling_phrases.not_changed(language, reason=event.data.get("reason") or "")
        case "message.withdraw_failed":
            return handling_phrases.not_taken_back(language, reason=event.data.get("reason") or "")
        case _:
            return None
