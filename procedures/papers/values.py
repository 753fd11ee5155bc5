"""What a paper says: the values that its template sees, frozen when it is made. Pure.

    id, name, kind, language, procedure, ticket, requester
    letterhead   {unit, above: [..], address: [..], logo, place}, or null
    number       as printed, or null        date, day    "27 November 2026", "2026-11-27"
    about, to: [..], copies: [..], text: [paragraphs], details: [[label, value], ..],
    closing: [paragraphs], people: [..]
    amount       {figures: "Rp1.250.000", words: "satu juta … rupiah"}, or null
    tables       question → {name, heads, rows: [[..], ..], totals, figures: [bool, ..]}, of lists
    lists        the questions whose tables it shows
    answers      question → its answer in words        spelled   question → a number or a date spelled out
    steps        [{number, does, role, by, at, outcome, reason}, ..]: those that are over, the earliest first
    signature    {post, name, number}, or null         approval  {name, post, at}, or null
    initials     [{initials, name, post, at}, ..]: see `signatures`
    draft        whether it is marked as one

Whoever makes a paper may lay more over these (`more`), such as `items` and `due` of an invoice:

    items        [{what, count, price, total}, ..], each in figures        due, note    texts, or null
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from procedures.asking.items import Items, value_of
from procedures.asking.questions import COUNTED, Kind, Question
from procedures.cases.rows import CaseNow
from procedures.cases.turns import DROPPED
from procedures.cases.vote_words import votes_by_outcome
from procedures.definition.papers import Paper
from procedures.definition.procedure import DONE, SKIPPED, Procedure
from procedures.papers.amounts import in_figures, in_rupiah, spelled
from procedures.words.answer_words import answer_words, label_of, spoken
from procedures.words.item_words import table_of
from templates_replies.catalogue import Language
from templates_replies.moments import date_spelled, day_in_words, time_in_words, weekday
from tickets.desk import Desk

ALWAYS_KNOWN = (
    "number",
    "date",
    "date_terbilang",
    "ticket",
    "procedure",
    "requester",
    "reason",
    "votes",
)  # beside the answers
SPELLED, WEEKDAY = "_terbilang", "_hari"  # behind the name of a question: what is derived from its answer
NOTHING = "–"
# A letter is addressed to somebody: so is whoever has not said what they are called.
_NAMELESS: Mapping[Language, str] = {"id": "Pemohon", "en": "Requester"}
_PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_-]*(?:\.[a-z][a-z0-9_-]*)?)\}")
_INVISIBLE = ("Cc", "Cf", "Cs", "Co")  # categories of Unicode
# What stands in a paper's texts for what it gets with its signature. Nobody can type these: see `printable`.
_MARKS = {"number": "\ue000", "date": "\ue001", "date_terbilang": "\ue002"}
_ATTACHED: Mapping[Language, str] = {"id": "terlampir", "en": "attached"}


@dataclass(frozen=True, kw_only=True)
class Around:
    """What a paper is made amid."""

    case: CaseNow
    procedure: Procedure
    desk: Desk
    requester: str | None  # what they are called
    at: datetime

    @property
    def local(self) -> datetime:
        return self.at.astimezone(self.desk.calendar.tz)


def frozen(paper: Paper, around: Around, *, draft: bool) -> dict[str, Any]:
    """Return the values of a paper as its case stands now, but for its number and date: see `settled`."""
    language, case = paper.language, around.case
    said = _said(around, language)
    return {
        "id": paper.id,
        "name": paper.name,
        "kind": paper.kind,
        "language": language,
        "procedure": around.procedure.name,
        "ticket": f"#{case.ticket}",
        "requester": said["requester"],
        "letterhead": asdict(around.desk.letterhead) if around.desk.letterhead else None,
        "day": around.local.date().isoformat(),
        "about": filled(paper.about, said) if paper.about else None,
        "to": [filled(each, said) for each in paper.to],
        "copies": [filled(each, said) for each in paper.copies],
        "text": [filled(each, said) for each in paper.text],
        "details": [[label, filled(value, said)] for label, value in paper.details],
        "closing": [filled(each, said) for each in paper.closing],
        "people": _lines(case.answers.get(paper.people)) if paper.people else [],
        "amount": amount_data(value_of(case.answers, paper.amount), language) if paper.amount else None,
        "tables": dict(_tables(around, language)),
        "lists": list(paper.lists),
        "items": [],
        "due": None,
        "note": None,
        "answers": dict(_answers(around, language)),
        "spelled": dict(_spelled(around, language)),
        "steps": list(_steps(around, language)),
        "signature": asdict(paper.signature) if paper.signature else None,
        "approval": None,
        "initials": [],
        "draft": draft,
    }


def settled(content: Mapping[str, Any], number: str | None) -> dict[str, Any]:
    """Return frozen values with the number and the date of the paper in their places."""
    language: Language = content["language"]
    day = date.fromisoformat(content["day"])
    marks = {
        ord(_MARKS["number"]): number or NOTHING,
        ord(_MARKS["date"]): day_in_words(day, language),
        ord(_MARKS["date_terbilang"]): _day_spelled(day, language),
    }
    whole: dict[str, Any] = _translated({"initials": [], **content}, marks)
    return {**whole, "number": number, "date": day_in_words(day, language)}


def _translated(value: Any, marks: Mapping[int, str]) -> Any:
    match value:
        case str():
            return value.translate(marks)
        case dict():
            return {name: _translated(each, marks) for name, each in value.items()}
        case list() | tuple():
            return [_translated(each, marks) for each in value]
    return value


def amount_data(amount: Decimal | None, language: Language) -> dict[str, str] | None:
    """Return an amount in figures and in words; None where there is none."""
    if amount is None:
        return None
    return {"figures": in_figures(amount, language), "words": in_rupiah(amount, language)}


def moment_words(at: datetime, language: Language) -> str:
    """Return `27 November 2026 pukul 10.30 WIB` of a local instant."""
    return f"{day_in_words(at, language)} {time_in_words(at, language)}"


def filled(text: str, values: Mapping[str, str]) -> str:
    """Put values into a text; one that is not known stays a dash. What a value holds is never read again."""
    return _PLACEHOLDER.sub(lambda found: values.get(found[1]) or NOTHING, text)


def placeholders_in(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_PLACEHOLDER.findall(text)))


def names_for(question: Question) -> Iterator[str]:
    """Yield the names under which an answer can be put into a text."""
    yield question.id
    for one in question.sums:
        yield from names_for(one)
    if question.kind in {*COUNTED, Kind.DATE}:
        yield f"{question.id}{SPELLED}"
    if question.kind is Kind.DATE:
        yield f"{question.id}{WEEKDAY}"


def printable(value: str) -> str:
    """Drop control and direction-changing characters: what somebody typed must not turn a letter around."""
    return "".join(each for each in value if each == "\n" or unicodedata.category(each) not in _INVISIBLE)


def _said(around: Around, language: Language) -> dict[str, str]:
    return {
        **dict(_answers(around, language)),
        **{f"{name}{SPELLED}": text for name, text in _spelled(around, language)},
        **dict(_weekdays(around, language)),
        **_MARKS,
        "ticket": f"#{around.case.ticket}",
        "procedure": around.procedure.name,
        "requester": printable(around.requester or _NAMELESS[language]),
        "reason": printable(_last_reason(around.case) or NOTHING),
        "votes": _last_votes(around, language) or NOTHING,
    }


def _last_reason(case: CaseNow) -> str | None:
    """Return the reason that was given last in the case: why it was refused, or sent back."""
    given = [(turn.ended_at, turn.reason) for turn in case.turns if turn.ended_at and turn.reason]
    return max(given)[1] if given else None


def _last_votes(around: Around, language: Language) -> str | None:
    """Return who has said what of the step that a committee decided last."""
    names = {member.id: member.name for member in around.desk.staff}
    for turn in reversed(around.case.turns):
        step = around.procedure.step(turn.step)
        if step is not None and turn.votes:
            return votes_by_outcome(step, turn, language, names)
    return None


def _answers(around: Around, language: Language) -> Iterator[tuple[str, str]]:
    for question, value in _answered(around):
        if question.kind is Kind.FILE:
            yield question.id, _ATTACHED[language]
        elif question.kind is Kind.AMOUNT:
            yield question.id, in_figures(value, language)
        elif question.kind is Kind.DATE:
            yield question.id, day_in_words(value, language)  # its weekday has a name of its own
        else:
            yield question.id, printable(answer_words(question, value, language))


def _spelled(around: Around, language: Language) -> Iterator[tuple[str, str]]:
    for question, value in _answered(around):
        if question.kind is Kind.AMOUNT:
            yield question.id, in_rupiah(value, language)
        elif question.kind is Kind.NUMBER:
            yield question.id, spelled(value, language)
        elif isinstance(value, date):
            yield question.id, _day_spelled(value, language)


def _day_spelled(day: date, language: Language) -> str:
    return date_spelled(day, language, spell=lambda no: spelled(Decimal(no), language))


def _weekdays(around: Around, language: Language) -> Iterator[tuple[str, str]]:
    for question, value in _answered(around):
        if isinstance(value, date):
            yield f"{question.id}{WEEKDAY}", weekday(value, language)


def _answered(around: Around) -> Iterator[tuple[Question, Any]]:
    for question in around.procedure.questions:
        for one in (question, *question.sums):
            value = value_of(around.case.answers, one.id)
            if value is not None:
                yield one, value


def _tables(around: Around, language: Language) -> Iterator[tuple[str, dict[str, Any]]]:
    for question, value in _answered(around):
        if isinstance(value, Items):
            table = table_of(question, value, language)
            yield (
                question.id,
                {
                    "name": label_of(question, language),
                    "heads": list(table.heads),
                    "rows": [[printable(cell) for cell in row] for row in table.rows],
                    "totals": list(table.totals),
                    "figures": list(table.figures),
                },
            )


def _steps(around: Around, language: Language) -> Iterator[dict[str, str | None]]:
    names = {member.id: member.name for member in around.desk.staff}
    for turn in around.case.turns:
        step = around.procedure.step(turn.step)
        if step is None or turn.ended_at is None or turn.outcome in {SKIPPED, DROPPED}:
            continue
        outcome = step.outcome(turn.outcome or DONE)
        who = (turn.by or "").partition(":")[2]
        yield {
            "number": step.number,
            "does": step.does,
            "role": around.procedure.actor(step),
            "by": names.get(who),
            "at": moment_words(turn.ended_at.astimezone(around.desk.calendar.tz), language),
            "outcome": spoken(outcome.label, language) if outcome and step.decides else None,
            "reason": printable(turn.reason) if turn.reason else None,
        }


def _lines(value: Any) -> list[str]:
    """Return people that were written one a line, or behind commas."""
    return [name for each in re.split(r"[\n;]", str(value or "")) if (name := printable(each).strip(" -•\t"))]
