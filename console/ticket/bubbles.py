"""What the bubbles of a conversation are shown with, besides their messages: one value for every page that has some.

A page that shows more of them says so here, and what is left out is not shown; the template asks the page for nothing else.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from console.ticket.mail import Mail
from console.words.shared import KINDS
from tickets.message import Direction
from tickets.views import MessageView


@dataclass(frozen=True, kw_only=True)
class Bubbles:
    when: Callable[[datetime], str]
    teams: Mapping[str, str]  # names of the teams that write notes
    machines: Mapping[str, str] = field(
        default_factory=dict
    )  # what writes notes without being a person, in words
    taken_back: Mapping[int, MessageView] = field(default_factory=dict)  # what contacts deleted, by message
    mails: Mapping[int, Mail] = field(default_factory=dict)  # by message
    marked: Mapping[int, Sequence[str]] = field(default_factory=dict)  # words that stand out, by message
    pictures: int | None = None  # the message whose pictures from elsewhere were asked for
    may_answer: bool = False  # and so change their words, take them back, send them again
    fetches: int | None = None  # the ticket whose files may be asked for again

    kinds: Mapping[str, str] = field(default_factory=lambda: KINDS, init=False)
    note: str = field(default=str(Direction.NOTE), init=False)
