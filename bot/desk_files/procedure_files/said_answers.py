"""Answers as the paper says them in conditions and roles: a choice by its label, yes and no as words."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from procedures.asking.conditions import Condition, Conditions
from procedures.asking.questions import AnswerError, Kind, Question
from procedures.asking.reading import read_answer
from procedures.definition.procedure import Procedure, Role, Step


def with_ids(procedure: Procedure) -> Procedure:
    """Return it with every answer that a condition or a role names as the engine knows it; what nobody offers stays."""
    questions = {question.id: question for question in procedure.questions}
    return replace(
        procedure,
        roles=tuple(_role(role, questions) for role in procedure.roles),
        form=tuple(_question(question, questions) for question in procedure.form),
        steps=tuple(_step(step, questions) for step in procedure.steps),
        tariff=tuple(replace(rate, only_if=_all(rate.only_if, questions)) for rate in procedure.tariff),
    )


def _role(role: Role, questions: Mapping[str, Question]) -> Role:
    question = questions.get(role.by or "")
    return replace(role, among={str(_value(question, said)): people for said, people in role.among.items()})


def _question(question: Question, questions: Mapping[str, Question]) -> Question:
    return replace(question, only_if=_all(question.only_if, questions))


def _step(step: Step, questions: Mapping[str, Question]) -> Step:
    return replace(
        step,
        only_if=_all(step.only_if, questions),
        asks=tuple(_question(question, questions) for question in step.asks),
    )


def _all(conditions: Conditions | None, questions: Mapping[str, Question]) -> Conditions | None:
    if conditions is None:
        return None
    return Conditions(
        every=tuple(_condition(each, questions) for each in conditions.every),
        unless=tuple(_condition(each, questions) for each in conditions.unless),
    )


def _condition(condition: Condition, questions: Mapping[str, Question]) -> Condition:
    question = questions.get(condition.question)
    among = (said if isinstance(said, bool) else _value(question, said) for said in condition.among)
    return replace(condition, among=frozenset(among))


def _value(question: Question | None, said: str) -> str | bool:
    if question is None:
        return said
    if question.kind is Kind.YES_NO:
        return _yes_or_no(question, said)
    offered = {choice.id: choice.id for choice in question.choices}
    labels = {label.casefold(): choice.id for choice in question.choices for label in choice.label.values()}
    return offered.get(said) or labels.get(said.strip().casefold(), said)


def _yes_or_no(question: Question, said: str) -> str | bool:
    try:
        return bool(read_answer(question, said, today=date.min))
    except AnswerError:
        return said
