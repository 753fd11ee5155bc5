"""`books` and `frees`: what a procedure books, out of which answers, and when it is certain or given back."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from bot.desk_files.procedure_files.asking import name
from bot.desk_files.procedure_files.lengths import length
from bot.desk_files.procedure_files.wording import lines
from bot.desk_files.sections import Section
from procedures.definition.bookings import Books, StepBookings, When
from tickets.desk import Desk
from tickets.hours import Span

KEYS = ("books", "frees")
_MOST_ALIKE = 500
_WHEN = "when: a question of kind period, or {on: tanggal, from: mulai, until: selesai}"


def read_step_bookings(
    row: Section, desk: Desk, *, places: Mapping[str, str], asked: Collection[str]
) -> StepBookings:
    """Read what a step books and frees when it is over; `asked` are the questions so far, its own included."""
    return StepBookings(
        books=read_books(row, desk, places=places, asked=asked, in_step=True), frees=lines(row, "frees")
    )


def read_books(
    section: Section, desk: Desk, *, places: Mapping[str, str], asked: Collection[str], in_step: bool
) -> tuple[Books, ...]:
    """Read `books`: one mapping, or a list of them. `places` are the steps by number and id."""
    written = section.data.get("books")
    rows = [section.below("books")] if isinstance(written, dict) else section.sections("books")
    keys = ("id", "resource", "when", "count", "title", "firm", "held", *(("outcomes",) if in_step else ()))
    return tuple(_books(rows, desk, places, asked, keys))


def _books(
    rows: Iterable[Section],
    desk: Desk,
    places: Mapping[str, str],
    asked: Collection[str],
    keys: Collection[str],
) -> Iterator[Books]:
    for one in rows:
        one.allow(keys)
        asks, named = _resources(one, desk, asked)
        count = one.raw("count") or "1"
        counted = _count(one, count, asked)
        _refuse_too_many(one, desk, named, counted or 1)
        firm = one.raw("firm")
        if firm is not None and firm not in places:
            one.problem(f'expected the number or id of a step, not "{firm}"', "firm")
        yield Books(
            id=one.read("id", name, asks or (named[0] if named else "")),
            when=_when(one, asked),
            resources=named,
            asked=asks,
            count=counted or 1,
            counted_by=count if counted is None else None,
            title=_question(one, "title", asked),
            firm=places.get(firm) if firm is not None else None,
            held=_held(one),
            outcomes=lines(one, "outcomes"),
        )


def _held(one: Section) -> Span | None:
    held = one.read("held", length, None, expected="a length such as 3 hari kerja")
    if held is not None and one.raw("firm") is None:
        one.problem("held is for what is not certain yet; expected firm: the step that makes it so", "held")
    return held


def _resources(one: Section, desk: Desk, asked: Collection[str]) -> tuple[str | None, tuple[str, ...]]:
    """Return the question that asks which resource, or the resources that are named."""
    said = lines(one, "resource")
    if not said:
        one.problem("expected resource: a question of kind resource, or a resource of desk.yaml")
    if len(said) == 1 and said[0] in asked:
        return said[0], ()
    for each in said:
        if desk.resource(each) is None:
            one.problem(
                f'expected a question of kind resource or a resource of desk.yaml, not "{each}"', "resource"
            )
    return None, said


def _when(one: Section, asked: Collection[str]) -> When:
    written = one.data.get("when")
    if isinstance(written, dict):
        when = one.below("when")
        when.allow(("on", "from", "until"))
        if not when.has("on") or when.has("from") != when.has("until"):
            when.problem(f"expected {_WHEN}")
        return When(
            on=_question(when, "on", asked),
            start=_question(when, "from", asked),
            end=_question(when, "until", asked),
        )
    if written is None:
        one.problem(f"expected {_WHEN}")
    return When(period=_question(one, "when", asked))


def _question(section: Section, key: str, asked: Collection[str]) -> str | None:
    said = section.raw(key)
    if said is not None and said not in asked:
        section.problem(f"{said} is asked neither by the form nor by a step before", key)
    return said


def _count(one: Section, said: str, asked: Collection[str]) -> int | None:
    """Return how many; None where a question asks for it."""
    if said in asked:
        return None
    if said.isdecimal() and 1 <= int(said) <= _MOST_ALIKE:
        return int(said)
    one.problem(f'expected a number of 1 to {_MOST_ALIKE}, or a question, not "{said[:40]}"', "count")
    return 1


def _refuse_too_many(one: Section, desk: Desk, named: tuple[str, ...], count: int) -> None:
    for each in named:
        resource = desk.resource(each)
        if resource is not None and count > resource.count:
            one.problem(f"of {each} there are {resource.count} only", "count")
