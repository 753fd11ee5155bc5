"""What was answered, as the table keeps it: whether they may, not how it went."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Answer(StrEnum):
    YES = "yes"  # done, or refused for another reason than who asked
    NO = "no"  # 403
    NOTHING = "–"  # 404: to them there is no such thing
    LOG_IN = "log in"  # the way to the door, 401


class UnexpectedError(AssertionError):
    """Nobody may be answered like that."""


_OTHERS = {401: Answer.LOG_IN, 403: Answer.NO, 404: Answer.NOTHING}
# What is right with whoever asks, and wrong or over with what is asked.
_FOR_ANOTHER_REASON = frozenset({405, 409, 410, 412, 413, 415, 422, 428, 429})


def read(status: int, way: str) -> Answer:
    """Read a status. Raises UnexpectedError."""
    if 200 <= status < 400 or status in _FOR_ANOTHER_REASON:
        return Answer.YES
    if status not in _OTHERS:
        raise UnexpectedError(f"{way} answered {status}")
    return _OTHERS[status]


Row = Mapping[str, Answer]  # by who asks


@dataclass
class Asked:
    """Everything that was asked, and what it showed."""

    pages: dict[str, dict[str, Answer]] = field(default_factory=dict)
    api: dict[str, dict[str, Answer]] = field(default_factory=dict)
    scopes: dict[str, str] = field(
        default_factory=dict
    )  # of the API, by way: without which the token is refused
    doors: dict[str, dict[str, Answer]] = field(default_factory=dict)
    commands: dict[str, dict[str, Answer]] = field(default_factory=dict)  # from chat
    told_secrets: list[str] = field(default_factory=list)  # to whom, and by what
    changed: list[str] = field(default_factory=list)  # what has happened to the desk, and by whom
