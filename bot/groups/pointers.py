"""Words of an event in its ticket's topic: of another ticket, and of whether the contact can be reached."""

from templates_replies import amending_phrases, belonging_phrases, notice_phrases
from templates_replies.catalogue import Language
from tickets import clocks
from tickets.actions import amending
from tickets.ledger.events import Recorded


def pointer(event: Recorded, language: Language) -> str | None:
    """Return what an event has to say; None for most events."""
    ticket = event.ticket or 0
    match event.kind:
        case "ticket.merged":
            return belonging_phrases.merged(language, ticket=ticket, other=event.data["into"])
        case "ticket.absorbed":
            return belonging_phrases.absorbed(language, ticket=ticket, other=event.data["from"])
        case "ticket.split":
            return belonging_phrases.split_off(language, ticket=ticket, other=event.data["into"])
        case "address.barred":
            return notice_phrases.out_of_reach(language, reason=event.data.get("reason") or "")
        case "address.open_again":
            return notice_phrases.in_reach(language)
        case "attachment.refused":
            return notice_phrases.file_missed(language, again=event.data.get("again", True))
        case "attachment.withheld":
            return notice_phrases.file_withheld(language)
        case "message.reacted" if event.data.get("reaction"):
            return notice_phrases.reacted(language, reaction=event.data["reaction"])
        case "contact.renumbered":
            return notice_phrases.renumbered(language)
        case "contact.number_lost":
            return notice_phrases.number_lost(language)
        case amending.WITHDRAWN:
            return amending_phrases.taken_back(language, note=event.data.get("note", False))
        case clocks.UNDONE:
            return amending_phrases.undone(language)
        case "message.amend_failed":
            return amending_phrases.not_changed(language, reason=event.data.get("reason") or "")
        case "message.withdraw_failed":
            return amending_phrases.not_taken_back(language, reason=event.data.get("reason") or "")
        case _:
            return None
