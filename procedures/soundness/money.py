"""Whether a procedure can ask for its money: everything it is reckoned from asked in time, all of it billed, all of it checked."""

from collections.abc import Iterator, Sequence

from procedures.asking.questions import Kind, Question
from procedures.cases.engine import can_lead
from procedures.definition.procedure import Procedure, Step
from procedures.definition.tariff import Between, Factor
from procedures.soundness.asked_before import Flaw, checked, known_at, named

_COUNTED = {Kind.NUMBER, Kind.AMOUNT}
_LENGTHS = ({Kind.TIME}, {Kind.DATE})


def flaws(procedure: Procedure) -> Iterator[Flaw]:
    """Yield what is wrong with the tariff and the steps that bill and settle."""
    billed: set[str] = set()
    for at, step in enumerate(procedure.steps):
        bills = step.money.bills
        if bills is not None:
            billed |= set(bills.rates)
            yield from _reckoned(procedure, step)
            yield from _of_the_desk(procedure, step.role, ("steps", at, "bills"), "nobody bills themselves")
        if step.money.settles is not None:
            yield from _settled(procedure, step, at)
        yield from _printed(procedure, step, at)
    for at, rate in enumerate(procedure.tariff):
        if rate.id not in billed:
            yield Flaw(path=("tariff", at), message=f"no step bills {rate.id}")


def _reckoned(procedure: Procedure, step: Step) -> Iterator[Flaw]:
    """Find what a line of the tariff is reckoned from and nobody has been asked when it is billed."""
    known = [*known_at(procedure, step), *step.asks]
    for at, rate in enumerate(procedure.tariff):
        if step.money.bills is None or rate.id not in step.money.bills.rates:
            continue
        yield from checked(rate.only_if, known, ("tariff", at, "only_if"))
        yield from _of_kind(known, rate.price, {Kind.AMOUNT}, ("tariff", at, "price"))
        for factor in rate.times:
            yield from _factor(known, factor, ("tariff", at, "quantity"))


def _factor(known: Sequence[Question], factor: Factor, path: tuple[str | int, ...]) -> Iterator[Flaw]:
    if not isinstance(factor, Between):
        yield from _of_kind(known, factor, _COUNTED, path)
        return
    kinds = {question.kind for each in (factor.first, factor.last) if (question := named(known, each))}
    missing = [each for each in (factor.first, factor.last) if named(known, each) is None]
    if missing:
        yield Flaw(path=path, message=_unasked(missing[0]))
    elif kinds not in _LENGTHS:
        yield Flaw(path=path, message="expected two questions of kind time, or two of kind date")


def _of_kind(
    known: Sequence[Question], wanted: object, kinds: set[Kind], path: tuple[str | int, ...]
) -> Iterator[Flaw]:
    if not isinstance(wanted, str):
        return
    question = named(known, wanted)
    if question is None:
        yield Flaw(path=path, message=_unasked(wanted))
    elif question.kind not in kinds:
        expected = " or ".join(sorted(kinds))
        yield Flaw(
            path=path, message=f"expected a question of kind {expected}, and {wanted} is {question.kind}"
        )


def _unasked(question: str) -> str:
    return f"{question} is asked neither by the form, nor by the step that bills it or one before"


def _settled(procedure: Procedure, step: Step, at: int) -> Iterator[Flaw]:
    role = procedure.role(step.role)
    if not any(each.money.bills and can_lead(procedure, each.id, step.id) for each in procedure.steps):
        yield Flaw(path=("steps", at, "settles"), message="no step that bills leads to it")
    checks = step.money.settles.checked_by if step.money.settles else step.role
    yield from _of_the_desk(
        procedure, checks, ("steps", at, "settles"), "whoever pays does not say that it has come in"
    )
    if role is not None and not role.requester and checks != role.id:
        said = f"expected that the requester does the step, or that {role.id} checks it"
        yield Flaw(path=("steps", at, "settles"), message=said)
    if step.asks:
        yield Flaw(path=("steps", at, "asks"), message="a step that is over once it is paid asks nothing")


def _of_the_desk(procedure: Procedure, name: str, path: tuple[str | int, ...], why: str) -> Iterator[Flaw]:
    role = procedure.role(name)
    if role is not None and role.requester:
        yield Flaw(path=path, message=f"expected a role of the desk: {why}")


def _printed(procedure: Procedure, step: Step, at: int) -> Iterator[Flaw]:
    known = ", ".join(one.id for one in procedure.papers) or "none"
    for name in step.money.papers:
        paper = procedure.paper(name)
        if paper is None or not paper.is_made:
            key = "bills" if step.money.bills and step.money.bills.paper == name else "settles"
            yield Flaw(path=("steps", at, key), message=f"no paper {name} is made here; papers: {known}")
