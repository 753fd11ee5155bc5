"""Answers as they are given with an act: read from what somebody typed, and laid over what the case knows already."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from procedures.asking.questions import AnswerError, Kind, Question
from procedures.asking.reading import read_value
from tickets import attachments
from tickets.actions.errors import ActError, UnknownValueError
from tickets.desk import DeskNow
from tickets.ledger.tx import Tx


class AnswersMissingError(ActError):
    """The form, or the step, asks for more."""

    code = "answers_missing"
    field = "answers"

    def __init__(self, names: Iterable[str]) -> None:
        self.missing = tuple(names)
        super().__init__(f"not answered: {', '.join(self.missing)}")


def read_answers(
    questions: Iterable[Question], given: Mapping[str, Any], *, desk: DeskNow, at: datetime
) -> dict[str, Any]:
    """Return the values of answers as a form or JSON gives them. Raises UnknownValueError for one that cannot be taken."""
    today = desk.desk.calendar.day_of(at)
    answers = {}
    for question in questions:
        if given.get(question.id) not in (None, "", []):
            try:
                answers[question.id] = read_value(question, given[question.id], today=today)
            except AnswerError as error:
                raise UnknownValueError(
                    f"{question.id}: {error.fault}",
                    field=f"answers.{question.id}",
                    value=str(given[question.id]),
                ) from error
    return answers


def laid_over(
    tx: Tx, ticket: int, questions: Iterable[Question], given: Mapping[str, Any], *, before: Mapping[str, Any]
) -> dict[str, Any]:
    """Lay what was answered over what is known; what was not asked for is left out.

    Raises AnswersMissingError, and UnknownValueError for a file that was not said on the ticket.
    """
    answers, missing, files = dict(before), [], []
    for question in questions:
        asked = question.only_if is None or question.only_if.hold(answers)
        if asked and given.get(question.id) is not None:
            answers[question.id] = given[question.id]
            files += [question.id] if question.kind is Kind.FILE else []
        elif asked and question.required and question.id not in before:
            missing.append(question.id)
    if missing:
        raise AnswersMissingError(missing)
    _refuse_strange_files(tx, ticket, {name: answers[name] for name in files})
    return answers


def _refuse_strange_files(tx: Tx, ticket: int, files: Mapping[str, str]) -> None:
    """A file that answers a question was said on the ticket: nobody names one of somebody else's."""
    known = attachments.sums_of_ticket(tx, ticket) if files else frozenset()
    for name, sum_ in files.items():
        if sum_ not in known:
            said = f"{name}: no such file is attached to ticket #{ticket}"
            raise UnknownValueError(said, field=f"answers.{name}", value=sum_)
