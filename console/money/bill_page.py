"""One invoice: its lines, what has come in for it, and what whoever checks or made it can do."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from console.doors import Visitor
from console.errors import status_of
from console.forms import SEE_OTHER, Form, OurForm, does_once
from console.house import House, TheHouse
from console.ids import Id
from console.language import language_of
from console.money.billed import Billed, billed
from console.pages.render import moments, page
from console.phrases import why_refused
from console.routes import Router
from console.ticket.doing import found_for
from console.visitors import Here
from procedures.asking.questions import AnswerError, Kind, Question
from procedures.asking.reading import read_answer
from procedures.cases.happened import Doing
from procedures.money.reckoning import Item, NotTakenError, item
from procedures.running import billing, paying
from procedures.words.answer_words import spoken
from templates_replies.moments import date_in_words
from templates_replies.money_words import number, rupiah
from tickets.actions.errors import ActError
from tickets.ledger.tx import Tx
from tickets.views import WholeTicket, colleagues

MORE_LINES = 2  # empty ones below those of an invoice that is replaced
MOST_LINES = 50
Act = Callable[[Tx, Doing], object]

router = Router(prefix="/bills", include_in_schema=False)


@router.get("/{id}")
async def show(request: Request, id: Id, house: TheHouse, visitor: Here) -> Response:  # noqa: A002
    return await _shown(request, house, visitor, await billed(house, id))


@router.post("/{id}/receive")
async def receive(request: Request, id: Id, house: TheHouse, visitor: Here, form: OurForm) -> Response:  # noqa: A002
    """Write down what came in without a proof."""

    def act(tx: Tx, doing: Doing) -> object:
        amount, paid_on = _payment(form, doing)
        return paying.receive(tx, id, amount=amount, paid_on=paid_on, doing=doing)

    return await _does(request, house, visitor, form, id, act)


@router.post("/{id}/payments/{payment}/accept")
async def accept(
    request: Request, id: Id, payment: Id, house: TheHouse, visitor: Here, form: OurForm  # noqa: A002
) -> Response:  # fmt: skip
    def act(tx: Tx, doing: Doing) -> object:
        amount, paid_on = _payment(form, doing)
        return paying.accept(tx, payment, amount=amount, paid_on=paid_on, doing=doing)

    return await _does(request, house, visitor, form, id, act)


@router.post("/{id}/payments/{payment}/refuse")
async def refuse(
    request: Request, id: Id, payment: Id, house: TheHouse, visitor: Here, form: OurForm  # noqa: A002
) -> Response:  # fmt: skip
    def act(tx: Tx, doing: Doing) -> object:
        return paying.refuse(tx, payment, reason=form.text("reason"), doing=doing)

    return await _does(request, house, visitor, form, id, act)


@router.post("/{id}/void")
async def void(request: Request, id: Id, house: TheHouse, visitor: Here, form: OurForm) -> Response:  # noqa: A002
    def act(tx: Tx, doing: Doing) -> object:
        return billing.void(tx, id, reason=form.text("reason"), doing=doing)

    return await _does(request, house, visitor, form, id, act)


@router.post("/{id}/replace")
async def replace(request: Request, id: Id, house: TheHouse, visitor: Here, form: OurForm) -> Response:  # noqa: A002
    before = (await billed(house, id)).invoice.lines

    def act(tx: Tx, doing: Doing) -> object:
        lines = tuple(_lines(form, before, doing))
        return billing.replace(tx, id, lines, reason=form.text("reason"), doing=doing)

    return await _does(request, house, visitor, form, id, act)


async def _does(
    request: Request, house: House, visitor: Visitor, form: Form, id: int, act: Act  # noqa: A002
) -> Response:  # fmt: skip
    """Do it once and show the invoice; what is refused is said on the page."""
    found = await billed(house, id)
    await found_for(house, visitor, found.invoice.ticket)
    by = visitor.actor(found.desk.slug)
    try:
        await does_once(house, form, by, lambda tx, at: act(tx, found.doing(by, at)))
    except ActError as refused:
        return await _shown(
            request, house, visitor, await billed(house, id), problem=why_refused(refused.code),
            status=status_of(refused),
        )  # fmt: skip
    return RedirectResponse(f"/bills/{id}", status_code=SEE_OTHER)


async def _shown(
    request: Request, house: House, visitor: Visitor, found: Billed, *, problem: str | None = None, status: int = 200
) -> Response:  # fmt: skip
    ticket = await found_for(house, visitor, found.invoice.ticket)
    language, desk = language_of(request), found.desk.desk
    by, now = visitor.actor(desk.slug), house.clock()
    people = await house.ledger.read(lambda session: colleagues(session, frozenset({desk.slug})))
    today = desk.calendar.day_of(now)
    return page(
        request, house, "bill.html", visitor=visitor, status=status, problem=problem, desk=desk, found=found,
        invoice=found.invoice, payments=found.whole.payments, ticket=ticket.ticket, files=_files(ticket), today=today,
        may_check=found.may_check(by), may_change=found.may_change(by), more_lines=MORE_LINES,
        names={person.actor.key: person.name for person in people}, money=lambda amount: rupiah(amount, language),
        on=lambda day: date_in_words(day, language), when=moments(request, desk.calendar.tz, now),
        count=lambda quantity: number(quantity, language), say=lambda texts: spoken(texts, language),
    )  # fmt: skip


def _files(ticket: WholeTicket) -> dict[int, list[tuple[str, str | None]]]:
    """Return the name and the address of each file, by its message."""
    return {
        message.id: [(file.name, file.url) for file in message.attachments] for message in ticket.messages
    }


def _payment(form: Form, doing: Doing) -> tuple[int | None, date | None]:
    """Return what has come in and when. Raises NotTakenError."""
    amount = _number(form.line("amount"), Kind.AMOUNT, "amount", doing.at)
    try:
        paid_on = date.fromisoformat(form.line("paid_on")) if form.line("paid_on") else None
    except ValueError as error:
        raise paying.PaidOnError("expected a date") from error
    return (None if amount is None else int(amount)), paid_on


def _lines(form: Form, before: tuple[Item, ...], doing: Doing) -> Iterator[Item]:
    """Yield the lines that a form says; one without a name or a quantity is none. Raises NotTakenError."""
    language = doing.desk.desk.language
    for at in range(min(len(before) + MORE_LINES, MOST_LINES)):
        name = form.line(f"name.{at}", longest=200)
        quantity = _number(form.line(f"quantity.{at}"), Kind.NUMBER, f"quantity.{at}", doing.at)
        price = _number(form.line(f"price.{at}"), Kind.AMOUNT, f"price.{at}", doing.at)
        if not name or not quantity or price is None:
            continue
        was = before[at] if at < len(before) else None
        kept = was is not None and name in was.name.values()
        yield item(
            was.name if was and kept else {language: name}, int(price), quantity, was.unit if was and kept else {}
        )  # fmt: skip


def _number(said: str, kind: Kind, field: str, at: datetime) -> Decimal | None:
    if not said:
        return None
    try:
        value: Decimal = read_answer(Question(id=field, ask={}, kind=kind), said, today=at.date())
    except AnswerError as error:
        raise NotTakenError(f"{field}: expected a number") from error
    return value
