"""The case of a ticket as its page shows it: where it stands, what can be done next, what could be begun. Pure."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from console.due import Due, stand_of
from console.phrases import say
from console.requests.form import SPARE_ROWS, Column, columns_of
from console.ticket.case_words import CaseWords, of_case
from console.ticket.papers_shown import PaperLine
from procedures.asking.questions import Kind, Question
from procedures.bookings.rows import BookingNow
from procedures.bookings.words import period_words
from procedures.cases.naming import nameable
from procedures.cases.rights import may_end, may_vote
from procedures.cases.rows import CaseNow, Turn, Within
from procedures.cases.step_clock import subject_of
from procedures.cases.vote_words import rule_words, votes_said
from procedures.definition.procedure import Procedure, Role, Step
from procedures.money.invoices import InvoiceNow
from procedures.sop_table.progress import Progress, Reader, end_words, progress
from procedures.words.answer_words import answer_words, spoken, ways_of
from procedures.words.item_words import how_to_write
from procedures.words.masking import answers_masked
from templates_replies.catalogue import Language
from templates_replies.money_words import rupiah
from tickets.actor import Actor
from tickets.desk import Desk
from tickets.views import ClockView, MessageView

Clocks = Mapping[tuple[str, int], ClockView]  # by subject and cycle


@dataclass(frozen=True, kw_only=True)
class Field:
    """One question of a form on the page."""

    name: str  # of the field
    ask: str
    kind: str
    required: bool
    choices: Sequence[tuple[str, str]] = ()  # what is sent, and what is read
    how: str | None = None  # how the rows of a list are written
    columns: Sequence[Column] = ()  # of a list
    rows: int = SPARE_ROWS  # … which its table has


@dataclass(frozen=True, kw_only=True)
class Offer:
    """A procedure that could be begun."""

    id: str
    name: str
    fields: Sequence[Field]


@dataclass(frozen=True, kw_only=True)
class Open:
    """A step whose turn it is."""

    id: str
    title: str
    role: str
    needs: Sequence[str]
    due: Due | None
    fields: Sequence[Field]
    ways: Sequence[tuple[str, str]]  # outcomes, and what is read on their buttons
    asks_reason: bool
    theirs: bool  # whoever looks may end it
    seen: int  # the round
    holder: str | None  # called so, whose turn it is alone
    waits: bool  # for an answer of the requester
    waits_for_other: bool  # for the case that it has begun
    by_requester: bool
    voted: bool  # whoever looks has voted on it already
    votes: str  # who has voted how
    votes_how: str  # how many must say yes; empty: it is not voted on
    naming: (
        tuple[str, Sequence[tuple[str, str]]] | None
    )  # the role of whom somebody is to be named, and who they are
    colleagues: Sequence[tuple[str, str]]  # to whom it may be handed


@dataclass(frozen=True, kw_only=True)
class Panel:
    """One case."""

    id: int
    name: str
    ended: str | None  # what its end is called
    facts: Sequence[tuple[str, str]]  # what was asked, and answered
    open: Sequence[Open]
    rows: Sequence[Progress]
    words: CaseWords
    bookings: Sequence[tuple[int, str]] = ()  # and what is said of each
    bills: Sequence[tuple[int, str]] = ()  # invoices, and what is said of each
    papers: Sequence[PaperLine] = ()
    hides: bool = False  # numbers in it are masked


def offers(
    procedures: Sequence[Procedure], language: Language, *, files: Sequence[tuple[str, str]]
) -> list[Offer]:
    return [
        Offer(id=each.id, name=each.name, fields=[_field(one, language, files) for one in each.form])
        for each in procedures
    ]


def panel(
    case: CaseNow, procedure: Procedure, language: Language, *, desk: Desk, by: Actor, absent: frozenset[str],
    files: Sequence[tuple[str, str]], clocks: Clocks, names: Mapping[str, str], when: Callable[[datetime], str], now: datetime,
    mask: Callable[[str], str], begun: Collection[Within] = (),
) -> Panel:  # fmt: skip
    """Return one case as its page shows it; `begun` are the turns that wait for a case which they have begun."""
    answers = answers_masked(case.answers, procedure, mask)
    steps = [(turn, step) for turn in case.turns if turn.is_open and (step := procedure.step(turn.step))]
    return Panel(
        id=case.id,
        name=procedure.name,
        ended=end_words(case, procedure, language),
        facts=[
            (
                spoken(question.ask, language, question.id),
                answer_words(question, answers[question.id], language, files=dict(files)),
            )
            for question in procedure.questions
            if question.id in answers
        ],
        open=[
            _open(
                case, turn, step, procedure, language, desk=desk, by=by, absent=absent, files=files, clocks=clocks,
                begun=begun, now=now, mask=mask,
            )
            for turn, step in steps
        ],
        rows=progress(
            case, procedure,
            Reader(
                language=language, calendar=desk.calendar, names=names, clocks=_clocks_of(case, clocks), when=when,
                mask=mask,
            ),
        ),
        words=of_case(case, procedure, language),
        hides=answers != case.answers or any(turn.reason and mask(turn.reason) != turn.reason for turn in case.turns),
    )  # fmt: skip


def _clocks_of(case: CaseNow, clocks: Clocks) -> Mapping[tuple[str, int], ClockView]:
    """Return the clocks of one case's steps, by step and round."""
    found = ((turn, clocks.get((subject_of(case.id, turn.step), turn.round))) for turn in case.turns)
    return {(turn.step, turn.round): clock for turn, clock in found if clock is not None}


def bookings_of(bookings: Sequence[BookingNow], desk: Desk, language: Language) -> list[tuple[int, str]]:
    """Say what is booked for a case: its number, and resource, time and state in words."""
    known = {one.id: one.name for one in desk.resources}
    said = []
    for each in bookings:
        period = period_words(each.period(desk.calendar.tz), language)
        name = known.get(each.resource, each.resource)
        said.append((each.id, f"{name} · {period} · {say(language, f'booking_{each.state}')}"))
    return said


def bills_of(invoices: Sequence[InvoiceNow], language: Language) -> list[tuple[int, str]]:
    """Return the invoices of a case, each with what is said of it."""
    return [
        (
            each.id,
            f"{each.number} · {rupiah(each.total, language)} · {say(language, f'bill_state_{each.state}')}",
        )
        for each in invoices
    ]


def attached(messages: Sequence[MessageView]) -> list[tuple[str, str]]:
    """Return the files that were said on a ticket: what answers a question with one, and its name."""
    found = {file.sha256: file.name for message in messages for file in message.attachments if file.sha256}
    return list(found.items())


def _open(
    case: CaseNow, turn: Turn, step: Step, procedure: Procedure, language: Language, *, desk: Desk, by: Actor,
    absent: frozenset[str], files: Sequence[tuple[str, str]], clocks: Clocks, begun: Collection[Within], now: datetime,
    mask: Callable[[str], str],
) -> Open:  # fmt: skip
    role = procedure.acting(step)
    people = {member.id: member.name for member in desk.staff}
    clock = clocks.get((subject_of(case.id, turn.step), turn.round))
    return Open(
        id=step.id,
        title=f"{step.number}. {step.does}",
        role=procedure.actor(step),
        needs=step.needs,
        due=stand_of(clock, language, now=now) if clock else None,
        fields=[_field(one, language, files) for one in step.asks],
        ways=ways_of(step, language),
        asks_reason=any(one.reason for one in step.outcomes),
        theirs=role is not None and _is_theirs(by, step, turn, role, desk, absent=absent),
        voted=any(each.by == by.key for each in turn.votes),
        votes=votes_said(step, turn, language, people, mask=mask),
        votes_how=rule_words(step, language),
        seen=turn.round,
        holder=people.get(turn.holder) if turn.holder else None,
        waits=turn.asked_by is not None,
        waits_for_other=Within(case=case.id, step=turn.step, round=turn.round) in begun,
        by_requester=role is not None and role.requester,
        naming=_naming(step, procedure, desk, people, absent=absent),
        colleagues=[(id_, name) for id_, name in people.items() if id_ not in absent and id_ != turn.holder],
    )


def _is_theirs(by: Actor, step: Step, turn: Turn, role: Role, desk: Desk, *, absent: frozenset[str]) -> bool:
    if step.voting is not None:
        has_voted = any(each.by == by.key for each in turn.votes)
        return not has_voted and may_vote(by, role, desk, absent=absent)
    return may_end(by, role, desk, absent=absent, holder=turn.holder)


def _naming(
    step: Step, procedure: Procedure, desk: Desk, people: Mapping[str, str], *, absent: frozenset[str]
) -> tuple[str, Sequence[tuple[str, str]]] | None:
    """Return of which role somebody is to be named, and whom; None where there is no choice."""
    role = procedure.role(step.turn.names) if step.turn.names else None
    ids = nameable(procedure, step, desk, absent=absent)
    return (role.name, [(id_, people[id_]) for id_ in sorted(ids)]) if role and len(ids) > 1 else None


def _field(question: Question, language: Language, files: Sequence[tuple[str, str]]) -> Field:
    choices = [(one.id, spoken(one.label, language, one.id)) for one in question.choices]
    if question.kind is Kind.YES_NO:
        choices = [("ya", say(language, "case_yes")), ("tidak", say(language, "case_no"))]
    if question.kind is Kind.FILE:
        choices = list(files)
    return Field(
        name=f"answer.{question.id}",
        ask=spoken(question.ask, language, question.id),
        kind=question.kind,
        required=question.required and question.only_if is None,
        choices=choices,
        how=how_to_write(question, language) if question.columns else None,
        columns=columns_of(question, language),
    )
