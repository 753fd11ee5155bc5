"""Whether what a procedure books can be booked: out of questions of the right kinds, and certain or given back at all."""

from collections import Counter
from collections.abc import Iterator, Mapping

from procedures.asking.questions import Kind, Question
from procedures.bookings.wanted import all_books
from procedures.cases.engine import can_lead
from procedures.definition.bookings import Books
from procedures.definition.procedure import Procedure, Step
from procedures.soundness.asked_before import Flaw

Path = tuple[str | int, ...]


def booking_flaws(procedure: Procedure) -> Iterator[Flaw]:
    """Yield what is wrong with the bookings of a procedure whose names are all known."""
    questions = {question.id: question for question in procedure.questions}
    for path, books, step in _where(procedure):
        yield from _kinds(books, questions, path)
        yield from _firmness(procedure, books, step, path)
    counted = Counter(books.id for books in all_books(procedure))
    for name, times in counted.items():
        if times > 1:
            said = f"{name} is booked by two entries; give each an id of its own"
            yield Flaw(
                path=next(path for path, books, _ in _where(procedure) if books.id == name), message=said
            )
    booked = {name for books in procedure.books for name in books.questions}
    for index, step in enumerate(procedure.steps):
        for name in sorted(booked & {each.id for each in step.asks}):
            said = (
                f"what was booked by {name} would stay as it was; leave it out, or let a new request be made"
            )
            yield Flaw(path=("steps", index, "corrects"), message=said)
        for name in sorted(set(step.bookings.frees) - set(counted)):
            known = f"; expected one of {', '.join(sorted(counted))}" if counted else ""
            yield Flaw(path=("steps", index, "frees"), message=f"nothing called {name} is booked{known}")


def _where(procedure: Procedure) -> Iterator[tuple[Path, Books, Step | None]]:
    for books in procedure.books:
        yield ("books",), books, None
    for index, step in enumerate(procedure.steps):
        for books in step.bookings.books:
            yield ("steps", index, "books"), books, step


def _kinds(books: Books, questions: Mapping[str, Question], path: Path) -> Iterator[Flaw]:
    wanted: tuple[tuple[str | None, tuple[Kind, ...]], ...] = (
        (books.asked, (Kind.RESOURCE, Kind.RESOURCES)),
        (books.when.period, (Kind.PERIOD,)),
        (books.when.on, (Kind.DATE,)),
        (books.when.start, (Kind.TIME,)),
        (books.when.end, (Kind.TIME,)),
        (books.counted_by, (Kind.NUMBER,)),
    )
    for name, kinds in wanted:
        question = questions.get(name or "")
        if question is not None and question.kind not in kinds:
            said = f"expected a question of kind {' or '.join(kinds)}, and {name} is {question.kind}"
            yield Flaw(path=path, message=said)


def _firmness(procedure: Procedure, books: Books, step: Step | None, path: Path) -> Iterator[Flaw]:
    if books.firm is not None:
        if procedure.step(books.firm) is None:
            yield Flaw(path=path, message=f"firm: expected a step, and {books.firm} is an end")
        elif step is not None and not can_lead(procedure, step.id, books.firm):
            yield Flaw(
                path=path, message=f"from {step.id} no way leads to {books.firm}, so it would never be firm"
            )
    for outcome in books.outcomes:
        if step is not None and step.outcome(outcome) is None:
            offered = ", ".join(one.id for one in step.outcomes)
            yield Flaw(path=path, message=f"{step.id} ends in {offered}, not in {outcome}")
