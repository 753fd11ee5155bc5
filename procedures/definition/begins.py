"""What a step says of another procedure that it begins."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Begins:
    """A case of another procedure of the desk, on the same ticket."""

    procedure: str  # its short name
    answers: tuple[tuple[str, str], ...] = ()  # a question of its form, and the one here whose answer it gets
    waits: bool = True  # until that case ends, whose end is how the step ends; else it is over at once
