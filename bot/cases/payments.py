"""Money of procedures as the history moves on: files of the requester become proofs of payment, and are given to whoever checks.

A follower. What is asked for and by whom it is checked stands in the procedure (`procedures/money`).
"""

from collections.abc import Iterator, Sequence

from bot.alerts import ways_to
from bot.commands import Verb, button
from bot.desks import Desks, OpenDesk
from bot.former_procedures import procedure_of
from bot.telling import to_person
from bot.voice import staff_voice
from procedures.cases import rows as cases
from procedures.cases.happened import Doing, Moment
from procedures.cases.presence import not_here
from procedures.cases.rights import holders
from procedures.cases.rows import CaseNow
from procedures.definition.procedure import Procedure
from procedures.money import invoices
from procedures.money.invoices import InvoiceNow
from procedures.money.proofs import prove
from procedures.running import paying
from templates_replies import money_phrases as phrases
from templates_replies.catalogue import Language
from tickets import attachments
from tickets.actor import CONTACT, SYSTEM
from tickets.ledger.events import Recorded
from tickets.ledger.tx import Tx
from tickets.message import Button
from tickets.staff import StaffNow, active

RECEIVED, HANDED_IN = "message.received", "payment.handed_in"


class PaymentFollower:
    name = "payments"

    def __init__(self, desks: Desks) -> None:
        self._desks = desks

    def wants(self, event: Recorded) -> bool:
        said = event.kind == RECEIVED and event.ticket is not None and not event.data.get("automatic")
        wanted = said or event.kind in {HANDED_IN, Moment.STEP_BEGUN}
        return wanted and self._desks.get(event.desk) is not None

    def follow(self, tx: Tx, event: Recorded) -> None:
        desk = self._desks[event.desk]
        if event.kind == RECEIVED and event.ticket is not None:
            _take_in(tx, event, event.ticket, desk)
        elif event.kind == HANDED_IN:
            _tell_checkers(tx, event, desk)
        elif event.kind == Moment.STEP_BEGUN:
            _pass_over(tx, event, desk)


def _take_in(tx: Tx, event: Recorded, ticket: int, desk: OpenDesk) -> None:
    """Take a message with a file in as a proof, where the ticket's case waits for one."""
    message = int(event.subject or 0)
    for case in cases.of_ticket(tx, ticket):
        procedure = procedure_of(tx, case, desk) if case.ended is None else None
        if procedure is None or not any(paying.settles_now(case, procedure)):
            continue
        if prove(attachments.of_message(tx, message)) and paying.is_asked(tx, case):
            doing = Doing(procedure=procedure, desk=desk.now, by=CONTACT, at=event.at)
            paying.hand_in(tx, case, message, doing=doing)


def _pass_over(tx: Tx, event: Recorded, desk: OpenDesk) -> None:
    """End a step that waits for payment where nothing was asked for."""
    case = cases.load(tx, int(event.subject or 0))
    procedure = procedure_of(tx, case, desk)
    step = procedure.step(event.data["step"]) if procedure else None
    if procedure is not None and step is not None and step.money.settles is not None:
        paying.settle(tx, case, doing=Doing(procedure=procedure, desk=desk.now, by=SYSTEM, at=event.at))


def _tell_checkers(tx: Tx, event: Recorded, desk: OpenDesk) -> None:
    invoice = invoices.load(tx, int(event.subject or 0))
    case = cases.load(tx, invoice.case)
    procedure, language = procedure_of(tx, case, desk), staff_voice(desk).language
    if procedure is None:
        return
    said = phrases.to_check(
        language, number=invoice.number, left=invoice.left, procedure=procedure.name, ticket=invoice.ticket
    )
    for person in _checking(tx, event, procedure, case, invoice, desk):
        to_person(
            tx, ways_to(person, desk), said, desk=desk.slug, person=person.id, at=event.at, ticket=invoice.ticket,
            dedup=f"payment:{event.id}:{person.id}", buttons=_buttons(event.data["payment"], invoice, language),
            in_words=phrases.check_in_words(language, ticket=invoice.ticket),
        )  # fmt: skip


def _checking(
    tx: Tx, event: Recorded, procedure: Procedure, case: CaseNow, invoice: InvoiceNow, desk: OpenDesk
) -> Iterator[StaffNow]:
    """Yield those who may say whether a payment has come in, and are here."""
    absent = not_here(tx, event.desk, event.at)
    roles = paying.checkers(procedure, case, invoice)
    acting = {one for role in roles for one in holders(role, desk.now.desk, absent=absent)} - absent
    yield from (person for person in active(tx, event.desk) if person.id in acting)


def _buttons(payment: int, invoice: InvoiceNow, language: Language) -> Sequence[Sequence[Button]]:
    """Return a button for each way; the whole of what is open is accepted by one."""
    accept = phrases.accept_label(language, left=invoice.left)
    return [
        [
            Button(label=accept, data=button(Verb.PROOF, invoice.ticket, f"{payment} {phrases.ACCEPT}")),
            Button(
                label=phrases.refuse_label(language),
                data=button(Verb.PROOF, invoice.ticket, f"{payment} {phrases.REFUSE}"),
            ),
        ]
    ]
