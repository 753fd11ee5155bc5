"""What a procedure books, and when it gives it back: out of its file."""

from dataclasses import dataclass

from tickets.hours import Span


@dataclass(frozen=True, kw_only=True)
class When:
    """Which answers say from when to when: one that is a period, or a date with two times."""

    period: str | None = None  # ids of questions, as the others are
    on: str | None = None
    start: str | None = None
    end: str | None = None

    @property
    def questions(self) -> tuple[str, ...]:
        return tuple(each for each in (self.period, self.on, self.start, self.end) if each is not None)


@dataclass(frozen=True, kw_only=True)
class Books:
    """One thing that a procedure books: resources that its file names, or that somebody chooses."""

    id: str
    when: When
    resources: tuple[str, ...] = ()  # ids of the desk's
    asked: str | None = None  # the question that asks which
    count: int = 1  # how many of each
    counted_by: str | None = None  # the question that asks how many
    title: str | None = None  # the question whose answer says what for
    firm: str | None = None  # the step with whose beginning it is certain; None: at once
    held: Span | None = None  # for how long it is held while it is not certain; None: until it is
    outcomes: tuple[str, ...] = ()  # of the step that books: only in these; none: in all that lead on

    @property
    def questions(self) -> tuple[str, ...]:
        """Return the questions without whose answers nothing can be booked."""
        return (*self.when.questions, *((self.asked,) if self.asked else ()))


@dataclass(frozen=True, kw_only=True)
class StepBookings:
    """What is booked, and what is given back, when a step is over."""

    books: tuple[Books, ...] = ()
    frees: tuple[str, ...] = ()  # ids of what the procedure books


NOTHING = StepBookings()
