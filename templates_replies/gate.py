"""May the reply of a category go out by itself? A pure decision over the matcher's suggestions.

The threshold is a constant for now. It was chosen on BANKING77, CLINC150 and Indonesian xSID with 3 and 10 examples a
category: at 0.93 the suggestions were right in 96.5 to 100 % of the messages on each set, 31 to 55 % of the messages
passed, and of messages that belong to no category at all (CLINC150's out-of-scope) 3 to 4 %.
"""

from collections.abc import Sequence
from enum import StrEnum

from templates_replies.catalogue import AutoReply, Category
from templates_replies.matcher import Suggestion

THRESHOLD = 0.93
MARGIN = 0.25  # to the second suggestion: a message about two matters goes to a person


class Auto(StrEnum):
    NONE = "none"  # nothing happens by itself
    SUGGEST = "suggest"  # the reply is offered to the agent
    SEND = "send"  # the reply goes to the contact


def decide(
    suggestions: Sequence[Suggestion],
    category: Category | None,
    *,
    threshold: float = THRESHOLD,
    margin: float = MARGIN,
) -> Auto:
    """Decide about the best suggestion; `category` is the catalogue's entry for it, None if it is not there any more."""
    if not suggestions or category is None or category.reply is None or category.auto is AutoReply.NEVER:
        return Auto.NONE
    best = suggestions[0]
    if best.category != category.id:
        return Auto.NONE
    second = suggestions[1].score if len(suggestions) > 1 else 0.0
    is_sure = best.score >= threshold and best.score - second >= margin
    return Auto.SEND if category.auto is AutoReply.SEND and is_sure else Auto.SUGGEST
