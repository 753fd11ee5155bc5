"""What people of the desk are told who were named in a note."""

from templates_replies.catalogue import Language
from templates_replies.labels import number_words
from templates_replies.phrase import Phrase
from templates_replies.render import one_line

_MENTIONED = Phrase(
    id="💬 {by} menyebut Anda dalam catatan tiket {ticket}: “{note}”",
    en="💬 {by} mentioned you in a note on ticket {ticket}: “{note}”",
)


def mentioned(language: Language, *, ticket: int, by: str, note: str) -> str:
    return _MENTIONED.say(language, ticket=number_words(ticket), by=by, note=one_line(note, longest=300))
