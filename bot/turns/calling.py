"""What whoever's turn it is is told: what to do, until when, what was asked and answered, with the files."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.alerts import ways_to
from bot.identity import masked_in
from bot.telling import to_person
from bot.turns.buttons import buttons_for
from bot.turns.called import Called
from procedures.asking.questions import Kind
from procedures.cases.step_clock import clock_of
from procedures.cases.vote_words import rule_words
from procedures.definition.procedure import Step
from procedures.money.reckoning import OutOfBoundsError, items_of, total
from procedures.papers import rows
from procedures.papers.rows import PaperNow, State
from procedures.sop_table.times import time_words
from procedures.words.answer_words import answer_words, label_of, spoken, ways_of
from templates_replies import money_phrases, paper_phrases, procedure_phrases, turn_phrases
from templates_replies.catalogue import Language
from templates_replies.moments import moment_in_words
from tickets import attachments, contacts
from tickets import ticket as tickets_
from tickets.attachments import FileNow
from tickets.ledger.tx import Tx
from tickets.message import Channel
from tickets.staff import StaffNow

_MOST_FILES, _MOST_BYTES = 5, 10_000_000  # that go along with a call
_LONGEST_ANSWER = 300  # characters


def call(
    tx: Tx,
    called: Called,
    person: StaffNow,
    said: str,
    *,
    dedup: str,
    at: datetime,
    only: Channel | None = None,
) -> None:
    """Tell somebody of a turn where they are, or on one channel `only`, with the ways in which they can end it there.

    An answer to it finds the turn again (`bot.turns.replies`).
    """
    language = called.language
    ways = [way for way in ways_to(person, called.desk) if only in {None, way["channel"]}]
    to_person(
        tx, ways, said, desk=called.desk.slug, person=person.id, at=at, ticket=called.case.ticket, dedup=dedup,
        buttons=buttons_for(called.case, called.step, called.turn, language), in_words=ways_in_words(called.case.ticket, called.step, language),
        more={
            "turn": {
                "case": called.case.id, "step": called.turn.step, "round": called.turn.round, "person": person.id,
                "chosen": [],
            },
            "attachments": [file.id for file in _bounded(_files(tx, called))],
            "papers": [paper.id for paper in _papers(tx, called)[:_MOST_FILES]],
            "page": True,
            "in_mail": _in_mail(called, language),
        },
    )  # fmt: skip


def call_text(tx: Tx, called: Called) -> str:
    """Say what is to be done, until when, with what, what is known, and why it came back if it did."""
    language = called.language
    said = procedure_phrases.your_turn(
        language,
        ticket=called.case.ticket,
        procedure=called.procedure.name,
        requester=contacts.load_contact(tx, tickets_.load(tx, called.case.ticket).contact).called,
        role=called.role.name,
        step=called.step.does,
        round_=called.turn.round,
        due=due_in_words(tx, called, language),
        standard=time_words(called.procedure, called.step, language),
        needs=called.step.needs,
        reason=_sent_back(tx, called),
    )
    rule = rule_words(called.step, language)
    return "\n".join([said, *([rule] if rule else []), *_known(tx, called)])


def ways_in_words(ticket: int, step: Step, language: Language) -> str:
    """Say what may be written to end a step where there are no buttons."""
    ways = [label for _, label in ways_of(step, language)]
    return procedure_phrases.in_words(language, ticket=ticket, step=step.number, ways=ways)


def masked_for(tx: Tx, ticket: int, text: str) -> str:
    """Return words of a case with identity numbers masked, the contact's own as any that reads like one."""
    return masked_in(text, contacts.load_contact(tx, tickets_.load(tx, ticket).contact).identity_number)


def _known(tx: Tx, called: Called) -> Iterator[str]:
    """Yield what was asked and answered so far, and the names of the files."""
    answers, language = called.case.answers, called.language
    told = [
        (f"{label_of(one, language)}:", answer_words(one, answers[one.id], language)[:_LONGEST_ANSWER])
        for one in called.procedure.questions
        if one.id in answers and one.kind is not Kind.FILE
    ]
    if told:
        yield masked_for(tx, called.case.ticket, turn_phrases.answers(language, told))
    files = _files(tx, called)
    if files:
        yield turn_phrases.files(language, [file.name for file in files])
    yield from _billed(called)
    papers = [(paper.title, paper.number, paper.state is State.DRAFT) for paper in _papers(tx, called)]
    if papers:
        yield paper_phrases.listed(language, papers)


def _billed(called: Called) -> Iterator[str]:
    """Yield what the invoice of the step comes to; nothing where the step itself asks for what that may depend on."""
    bills, procedure = called.step.money.bills, called.procedure
    if bills is None or any(one.kind is not Kind.FILE for one in called.step.asks):
        return
    try:
        items = items_of(procedure.tariff, bills.rates, called.case.answers)
    except OutOfBoundsError:  # ending the step says so
        return
    lines = [(spoken(each.name, called.language), each.amount) for each in items]
    yield money_phrases.to_be_billed(called.language, total=total(items), lines=lines)


def _papers(tx: Tx, called: Called) -> list[PaperNow]:
    """Return the papers of the case that stand, those first that the step is about."""
    work = called.step.paperwork.with_(*(outcome.paperwork for outcome in called.step.outcomes))
    standing = [
        paper for paper in rows.of_case(tx, called.case.id) if paper.state in {State.DRAFT, State.ISSUED}
    ]
    return sorted(standing, key=lambda paper: paper.paper not in work.papers)


def _files(tx: Tx, called: Called) -> tuple[FileNow, ...]:
    """Return the files that answer a question of the case."""
    kinds = {one.id for one in called.procedure.questions if one.kind is Kind.FILE}
    sums = {value for id_, value in called.case.answers.items() if id_ in kinds}
    found = attachments.on_ticket(tx, called.case.ticket) if sums else ()
    return tuple({file.sha256: file for file in found if file.sha256 in sums}.values())


def _bounded(files: Sequence[FileNow]) -> Iterator[FileNow]:
    """Yield what may go along with a message; the rest is named, and stands on the page."""
    left = _MOST_BYTES
    for file in files[:_MOST_FILES]:
        left -= file.size or 0
        if left < 0:
            return
        yield file


def _in_mail(called: Called, language: Language) -> str:
    step = called.step
    why = {outcome.id for outcome in step.outcomes if outcome.reason}
    ways = [(label, way in why) for way, label in ways_of(step, language)]
    asks = any(question.required and question.kind is not Kind.FILE for question in step.asks)
    return turn_phrases.in_mail(language, ways=ways, asks=asks or step.turn.names is not None)


def due_in_words(tx: Tx, called: Called, language: Language) -> str | None:
    """Say until when a step is to be done; None where it never falls due."""
    case, turn = called.case, called.turn
    clock = clock_of(tx, case.ticket, case=case.id, step=turn.step, round_=turn.round)
    if clock is None or called.turn.begun_at is None:
        return None
    zone = called.desk.now.desk.calendar.tz
    today = called.turn.begun_at.astimezone(zone).date()
    return moment_in_words(clock.due_at.astimezone(zone), language, today=today)


def _sent_back(tx: Tx, called: Called) -> str | None:
    """Return why a step is to be done again: the reason of the decision that led back to it."""
    reason = reason_before(called) if called.turn.round > 1 else None
    return masked_for(tx, called.case.ticket, reason) if reason else None


def reason_before(called: Called) -> str | None:
    """Return the reason of the decision that led to a step."""
    turns, begun_at = called.case.turns, called.turn.begun_at
    reasons = [each.reason for each in turns if each.reason and each.ended_at == begun_at]
    return reasons[-1] if reasons else None
