"""What people are told of bookings: why something is not to be had, what is instead, what is taken and free on a day."""

from collections.abc import Mapping, Sequence

from templates_replies.catalogue import Language
from templates_replies.phrase import Phrase

_WHY: Mapping[str, Phrase] = {
    "past": Phrase(
        id="{when} sudah lewat. Mohon pilih waktu yang akan datang.",
        en="{when} is over. Please choose a time to come.",
    ),
    "too_soon": Phrase(
        id="{resource} tidak dapat dipesan semendadak itu ({when}).",
        en="{resource} cannot be booked at such short notice ({when}).",
    ),
    "too_far": Phrase(
        id="{resource} belum dapat dipesan untuk waktu sejauh itu ({when}).",
        en="{resource} cannot be booked so far ahead yet ({when}).",
    ),
    "too_long": Phrase(
        id="{resource} tidak dapat dipesan selama itu ({when}).",
        en="{resource} cannot be booked for so long ({when}).",
    ),
    "closed": Phrase(id="{resource} tidak dibuka pada {when}.", en="{resource} is not open {when}."),
    "blocked": Phrase(
        id="{resource} tidak dapat dipakai pada {when}.", en="{resource} cannot be used {when}."
    ),
    "too_many": Phrase(
        id="{resource} yang ada tidak sebanyak itu.", en="There are not that many of {resource}."
    ),
    "taken": Phrase(id="{resource} sudah terisi pada {when}.", en="{resource} is taken {when}."),
}
_INSTEAD = Phrase(id="Yang masih tersedia:", en="What is still to be had:")
_OFFER = Phrase(id="• {resource}: {when}", en="• {resource}: {when}")
_DAY = Phrase(id="{resource}, {day}: {times}", en="{resource}, {day}: {times}")
_TAKEN = Phrase(id="terisi {times}", en="taken {times}")
_FREE = Phrase(id="kosong {times}", en="free {times}")
_CLOSED = Phrase(id="tutup", en="closed")


def not_to_be_had(
    language: Language, why: str, *, resource: str, when: str, instead: Sequence[tuple[str, str]]
) -> str:
    """Say why a resource is not to be had, and what is instead: resources and periods in words."""
    lines = [_WHY[why].say(language, resource=resource, when=when)]
    if instead:
        lines.append(_INSTEAD.say(language))
        lines += [_OFFER.say(language, resource=one, when=then) for one, then in instead]
    return "\n".join(lines)


def day(language: Language, *, resource: str, day: str, taken: Sequence[str], free: Sequence[str]) -> str:
    """Say what is taken and what is free of a resource on a day."""
    times = [
        phrase.say(language, times=", ".join(stretches))
        for phrase, stretches in ((_TAKEN, taken), (_FREE, free))
        if stretches
    ]
    return _DAY.say(language, resource=resource, day=day, times="; ".join(times) or _CLOSED.say(language))
