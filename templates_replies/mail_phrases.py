"""What stands in a mail beside what was written."""

from datetime import datetime

from templates_replies.catalogue import Language
from templates_replies.moments import date_in_words, time_in_words
from templates_replies.phrase import Phrase
from templates_replies.render import one_line

_WROTE = Phrase(id="Pada {moment}, {who} menulis:", en="On {moment}, {who} wrote:")


def wrote(language: Language, *, who: str, moment: datetime) -> str:
    """Return the line above a quoted message, as mail programs write it and know it."""
    words = f"{date_in_words(moment, language)} {time_in_words(moment, language)}"
    return _WROTE.say(language, who=one_line(who), moment=words)
