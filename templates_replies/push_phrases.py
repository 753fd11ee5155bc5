"""What stands on the lock screen of somebody's telephone: a number and what happened, and nothing that anybody wrote."""

from collections.abc import Mapping, Sequence

from templates_replies.catalogue import Language
from templates_replies.phrase import Phrase

_TITLE = Phrase(id="Tiket #{ticket}", en="Ticket #{ticket}")
_WORKS = Phrase(id="Pemberitahuan sudah berfungsi di perangkat ini.", en="Notifications work on this device.")
_HAPPENED: Mapping[str, Phrase] = {
    "breached": Phrase(id="Melewati batas waktu", en="Overdue"),
    "warned": Phrase(id="Mendekati batas waktu", en="Close to its due time"),
    "assigned": Phrase(id="Kini menjadi tiket Anda", en="Now yours"),
    "mentioned": Phrase(id="Anda disebut dalam catatan", en="You are mentioned in a note"),
    "held": Phrase(id="Jawaban terjadwal Anda ditahan", en="Your scheduled answer was held"),
    "message": Phrase(id="Pesan baru dari kontak", en="New message from the contact"),
}


def title(language: Language, ticket: int) -> str:
    return _TITLE.say(language, ticket=str(ticket))


def happened(language: Language, why: Sequence[str]) -> str:
    """Say what happened to a ticket: `breached`, `warned`, `assigned`, `mentioned`, `held`, `message`."""
    return " · ".join(_HAPPENED[each].say(language) for each in why)


def works(language: Language) -> str:
    return _WORKS.say(language)
