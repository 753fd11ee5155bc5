"""Whom a message goes to where the matcher is not sure: its contact may be asked which of the likeliest categories it is."""

from collections.abc import Sequence

from templates_replies.catalogue import AutoReply, Catalogue, Category, Unsure
from templates_replies.gate import MARGIN, THRESHOLD
from templates_replies.matcher import Suggestion

MOST_ASKED = 3
LEAST = 0.3  # score of the best: below it, most of such messages belong to no category at all
LEAST_BESIDE = 0.05  # of the others


def to_ask(suggestions: Sequence[Suggestion], catalogue: Catalogue) -> tuple[Category, ...]:
    """Return the categories among which the contact chooses, likeliest first; none where a person takes it at once.

    The category of the best suggestion says which of the two, and each of the others whether it may be offered. Where the
    matcher is sure they are asked only about what would be answered by itself, had the desk's gate been open.
    """
    if not suggestions or suggestions[0].score < LEAST:
        return ()
    likely = [
        catalogue.category(one.category) for one in suggestions[:MOST_ASKED] if one.score >= LEAST_BESIDE
    ]
    allowed = [each is not None and not each.retired and each.unsure is Unsure.ASK for each in likely]
    best = likely[0]
    if not allowed[0] or best is None or (_is_sure(suggestions) and best.auto is not AutoReply.SEND):
        return ()
    return tuple(each for each, may in zip(likely, allowed, strict=True) if each is not None and may)


def _is_sure(suggestions: Sequence[Suggestion]) -> bool:
    """Whether the matcher knows: then a question that brings no answer would only be a burden."""
    second = suggestions[1].score if len(suggestions) > 1 else 0.0
    return suggestions[0].score >= THRESHOLD and suggestions[0].score - second >= MARGIN
