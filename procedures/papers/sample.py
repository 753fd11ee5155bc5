"""Values for trying a template: what a case might have answered."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import prod
from typing import Any

from procedures.asking.items import Items
from procedures.asking.questions import Kind, Question
from procedures.cases.rows import CaseNow, Turn
from procedures.definition.papers import Paper
from procedures.definition.procedure import Procedure, Step
from procedures.papers.signatures import initials
from procedures.papers.typesetting import Job
from procedures.papers.values import Around, frozen, moment_words, settled
from templates_replies.catalogue import Language
from tickets.desk import Desk

LINK = "https://example.ac.id/paper/contoh"
NUMBER = "001/CONTOH/{year}"
REQUESTER = {"id": "Nama Pemohon", "en": "Name of the requester"}
AMOUNT = Decimal(1_250_000)


def sample_job(
    paper: Paper, procedure: Procedure, desk: Desk, files: Mapping[str, bytes], at: datetime, *, signed: bool
) -> Job:
    """Return a paper to be typeset of sample values; `files` are those of the desk's folder."""
    return Job(
        values=sample_values(paper, procedure, desk, at, signed=signed),
        template=paper.template or str(paper.kind),
        files={name: content for name, content in files.items() if name.startswith("papers/")},
        link=LINK,
        at=at,
    )


def sample_values(
    paper: Paper, procedure: Procedure, desk: Desk, at: datetime, *, signed: bool
) -> dict[str, Any]:
    """Return values of a paper as they might be, with a signature or as a draft."""
    local = at.astimezone(desk.calendar.tz)
    around = Around(
        case=_case(procedure, at), procedure=procedure, desk=desk, requester=REQUESTER[paper.language], at=at
    )
    values = settled(frozen(paper, around, draft=not signed), NUMBER.format(year=local.year))
    initialled = [step for step in procedure.steps if paper.id in _initials(step)]
    values["initials"] = [_initialled(step, procedure, local, paper.language) for step in initialled]
    if signed and paper.id in procedure.paperwork.signs:
        post = paper.signature.post if paper.signature else procedure.roles[0].name
        name = (paper.signature.name if paper.signature else None) or REQUESTER[paper.language]
        number = paper.signature.number if paper.signature else None
        values["signature"] = {"post": post, "name": name, "number": number}
        values["approval"] = {"post": post, "name": name, "at": moment_words(local, paper.language)}
    return values


def _initials(step: Step) -> tuple[str, ...]:
    return step.paperwork.with_(*(outcome.paperwork for outcome in step.outcomes)).initials


def _initialled(step: Step, procedure: Procedure, local: datetime, language: Language) -> dict[str, str]:
    name = REQUESTER[language]
    post = procedure.actor(step)
    return {"initials": initials(name), "name": name, "post": post, "at": moment_words(local, language)}


def _case(procedure: Procedure, at: datetime) -> CaseNow:
    turns = tuple(
        Turn(
            step=step.id,
            round=1,
            place=place,
            begun_at=at,
            ended_at=at,
            outcome=step.outcomes[0].id,
            by="staff:",
            reason="[reason]",
        )
        for place, step in enumerate(procedure.steps[:3], start=1)
    )
    return CaseNow(
        id=1, desk="", ticket=1, procedure=procedure.id, revision=1, begun_by="contact", begun_at=at, turns=turns,
        answers={question.id: _answer(question, at) for question in procedure.questions},
    )  # fmt: skip


def _answer(question: Question, at: datetime) -> Any:
    plain: Mapping[Kind, Any] = {
        Kind.NUMBER: Decimal(25),
        Kind.AMOUNT: AMOUNT,
        Kind.DATE: _day(at),
        Kind.TIME: time(9, 30),
        Kind.YES_NO: True,
        Kind.EMAIL: "nama@example.ac.id",
        Kind.PHONE: "+628110001234",
    }
    if question.kind is Kind.CHOICE:
        return question.choices[0].id
    if question.kind is Kind.ITEMS:
        return _rows(question, at)
    if question.kind is Kind.CHOICES:
        return tuple(choice.id for choice in question.choices[:2])
    return plain.get(question.kind, f"[{question.id}]")


def _rows(question: Question, at: datetime) -> Items:
    row = {column.id: _answer(column, at) for column in question.filled}
    products = {
        column.id: prod(row[name] for name in column.product) for column in question.columns if column.product
    }
    return Items((row | products,) * 2)


def _day(at: datetime) -> date:
    return (at + timedelta(days=14)).date()
