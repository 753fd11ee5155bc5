"""A form is taken one move further, inside the transaction that takes the message in, and the next thing is asked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.pressing import may_press
from bot.requesting.asking import about_file, asking, changing, reviewing
from bot.requesting.moves import OF_ANY_WORDS, Meant, Move, question_of
from procedures.asking.given_answers import AnswersMissingError
from procedures.asking.items import Items
from procedures.asking.questions import Kind, Question
from procedures.bookings.asking import asked_when, require_free, times_shown
from procedures.bookings.errors import NotToBeHadError
from procedures.bookings.words import refusal_words
from procedures.cases import rows as cases
from procedures.cases.rows import CaseNow
from procedures.cases.whereabouts import whereabouts
from procedures.definition.procedure import Procedure
from procedures.requests import acts, rows
from procedures.requests.acts import FileNotHereError, OutOfSeasonError
from procedures.requests.form import before
from procedures.requests.rows import RequestNow, SentFile, Stage
from procedures.words.answer_faults import fault_words
from procedures.words.answer_words import label_of
from procedures.words.season_words import closed_words
from templates_replies import request_phrases as phrases
from templates_replies.catalogue import Language
from tickets.actions import handling
from tickets.actions.answering import Words
from tickets.actions.errors import RuleError
from tickets.desk import DeskNow
from tickets.ledger.tx import Tx

FormLink = Callable[[int], str]  # the address of a request's page


def no_page(_request: int) -> str:
    """Where nobody serves pages, there is no link to one."""
    return ""


@dataclass(frozen=True, kw_only=True)
class Occasion:
    """Who fills it in, where and when."""

    desk: DeskNow
    procedures: Sequence[Procedure]  # of the desk, as they are now
    account: str
    channel: str
    language: Language
    at: datetime

    @property
    def may_press(self) -> bool:
        return may_press(self.desk.desk, account=self.account, channel=self.channel)

    @property
    def today(self) -> date:
        return self.desk.desk.calendar.day_of(self.at)

    def procedure(self, name: str | None) -> Procedure | None:
        return next((each for each in self.procedures if each.id == name), None)


class Going:
    """One request, and one move of it."""

    def __init__(self, tx: Tx, request: RequestNow, on: Occasion, *, text: str) -> None:
        self._tx = tx
        self._request = request
        self._on = on
        self._text = text
        self._procedure = on.procedure(request.procedure)
        self._files: tuple[SentFile, ...] = rows.files_of(tx, request)

    def go(self, meant: Meant) -> Words:
        """Do what was meant, and return what is said to it."""
        if meant.move is Move.ACCEPT and meant.procedure is not None:
            return self._begin(meant.procedure)
        if meant.move is Move.DECLINE:
            acts.cancel(self._tx, self._request, at=self._on.at)
            return self._words(phrases.declined(self._on.language))
        if self._procedure is None:
            return self._gone()
        if meant.move is Move.OVER:
            return self._over(self._procedure)
        return self._moved(meant, self._procedure)

    def _moved(self, meant: Meant, procedure: Procedure) -> Words:
        language, question = self._on.language, meant.question
        match meant.move:
            case Move.CANCEL:
                acts.cancel(self._tx, self._request, at=self._on.at)
                return self._words(phrases.cancelled(language, procedure=procedure.name))
            case Move.SEND:
                return self._send(procedure)
            case Move.PERSON:
                return self._pause(procedure)
            case Move.ASIDE:
                asked = question_of(self._request, procedure)
                may_be_answer = asked is not None and asked.kind in OF_ANY_WORDS
                return self._next(
                    procedure, phrases.aside(language, may_be_answer=may_be_answer), aside=self._text
                )
            case Move.KEEP_FILE:
                return self._next(procedure, about_file(self._request, procedure, language))
            case Move.BACK:
                earlier = before(procedure.form, self._request.answers, question_of(self._request, procedure))
                return self._next(procedure, asking=earlier.id if earlier else self._request.asking)
            case Move.CHANGE if question is None:
                return changing(self._request, procedure, language)
        return self._answered(meant, procedure) if question is not None else self._next(procedure)

    def _answered(self, meant: Meant, procedure: Procedure) -> Words:
        question = meant.question
        assert question is not None
        match meant.move:
            case Move.FAULT if meant.fault is not None:
                why = fault_words(question, meant.fault, self._on.language, today=self._on.today)
                return self._next(procedure, why)
            case Move.CHANGE:
                return self._next(procedure, asking=question.id)
            case Move.SKIP:
                self._request = acts.without(self._request, question.id)
            case Move.DONE:
                return self._next(procedure, asking=None)
            case Move.FILE:
                self._take_file(question)
            case Move.ANSWER:
                return self._take(question, meant.value, procedure)
        return self._next(procedure)

    def _take(self, question: Question, value: object, procedure: Procedure) -> Words:
        """Take an answer, unless it books what is not to be had: then it is asked for again."""
        if isinstance(value, Items):
            return self._list(question, value, procedure)
        answered = acts.answer(self._request, {question.id: value})
        try:
            require_free(
                self._tx, procedure, answered.answers, asked=question, desk=self._on.desk.desk, at=self._on.at
            )  # fmt: skip
        except NotToBeHadError as error:
            return self._next(procedure, refusal_words(error, self._on.language), asking=question.id)
        self._request = answered
        return self._next(procedure)

    def _list(self, question: Question, rows: Items, procedure: Procedure) -> Words:
        """Keep the rows of a list, and ask for more of them."""
        if rows.rows:
            self._request = acts.answer(self._request, {question.id: rows})
        else:
            self._request = acts.without(self._request, question.id, passed=False)
        return self._next(procedure, asking=question.id)

    def _begin(self, procedure: Procedure) -> Words:
        category = procedure.starts.category
        if category is not None:
            handling.choose(self._tx, self._request.ticket, category, desk=self._on.desk, at=self._on.at)
        self._procedure = procedure
        self._request = acts.begin(self._tx, self._request, procedure, desk=self._on.desk, at=self._on.at)
        return self._next(procedure, phrases.begun(self._on.language, procedure=procedure.name))

    def _next(self, procedure: Procedure, *lead: str, **changes: str | None) -> Words:
        """Keep the form as it is now, and ask what is to be asked; what was sent already answers by itself."""
        told = list(lead)
        self._request = replace(self._request, stage=Stage.OPEN, **changes)  # type: ignore[arg-type]
        question = question_of(self._request, procedure)
        while (
            question is not None and question.id != self._request.asking and (file := self._unused(question))
        ):
            self._request = acts.answer(self._request, {question.id: file.attachment})
            label = label_of(question, self._on.language)
            told.append(phrases.file_used(self._on.language, file=file.name, label=label))
            question = question_of(self._request, procedure)
        self._request = acts.keep(self._tx, self._request, desk=self._on.desk, at=self._on.at)
        return self._words(*told, ask=self._asked(procedure, question))

    def _asked(self, procedure: Procedure, question: Question | None) -> Words:
        may_press, language = self._on.may_press, self._on.language
        if question is None:
            return reviewing(self._request, procedure, language, files=self._files, may_press=may_press)
        beside = times_shown(
            self._tx, procedure, question, self._request.answers, language, desk=self._on.desk.desk, at=self._on.at
        )  # fmt: skip
        return asking(self._request, procedure, question, language, may_press=may_press, beside=beside)

    def _unused(self, question: Question) -> SentFile | None:
        """Return the first file that the contact has sent and that answers nothing yet."""
        if question.kind is not Kind.FILE:
            return None
        used = set(self._request.answers.values())
        return next((each for each in self._files if each.attachment not in used and not each.failed), None)

    def _take_file(self, question: Question) -> None:
        """Let what has come with this message answer; the newest where it is sent anew."""
        used = {value for name, value in self._request.answers.items() if name != question.id}
        fresh = [each for each in self._files if each.attachment not in used]
        if fresh:
            newest = fresh[-1] if question.id in self._request.answers else fresh[0]
            self._request = acts.answer(self._request, {question.id: newest.attachment})

    def _send(self, procedure: Procedure) -> Words:
        language = self._on.language
        try:
            case = acts.send(self._tx, self._request, procedure, desk=self._on.desk, at=self._on.at)
        except AnswersMissingError:
            return self._next(procedure)
        except FileNotHereError as error:
            if not error.lost:
                return self._words(phrases.waits_for_file(language, file=error.name))
            self._request = acts.without(self._request, error.question, passed=False)
            return self._next(procedure, phrases.file_lost(language, file=error.name))
        except NotToBeHadError as error:  # somebody else was faster
            return self._next(procedure, refusal_words(error, language), asking=asked_when(procedure))
        except OutOfSeasonError:
            acts.cancel(self._tx, self._request, at=self._on.at)
            return self._words(closed_words(procedure, language, today=self._on.today))
        except RuleError:  # somebody of the desk has begun one for them meanwhile
            acts.cancel(self._tx, self._request, at=self._on.at)
            return self._over(procedure)
        stands = self._stands(case, procedure)
        return self._words(
            phrases.sent(language, procedure=procedure.name, ticket=case.ticket, stands=stands)
        )

    def _pause(self, procedure: Procedure) -> Words:
        self._request = replace(self._request, stage=Stage.PAUSED)
        self._request = acts.keep(self._tx, self._request, desk=self._on.desk, at=self._on.at)
        return self._words(phrases.paused(self._on.language, procedure=procedure.name))

    def _over(self, procedure: Procedure) -> Words:
        """Say what became of a form whose button was pressed again."""
        language, ticket = self._on.language, self._request.ticket
        case = cases.asked_for(cases.of_ticket(self._tx, ticket))
        if case is None or (self._request.case or case.id) != case.id or case.procedure != procedure.id:
            return self._words(phrases.over(language))
        stands = self._stands(case, procedure)
        return self._words(
            phrases.sent_already(language, procedure=procedure.name, ticket=ticket, stands=stands)
        )

    def _gone(self) -> Words:
        if self._request.is_live:
            acts.cancel(self._tx, self._request, at=self._on.at)
            return self._words(phrases.gone(self._on.language))
        return self._words(phrases.over(self._on.language))

    def _stands(self, case: CaseNow, procedure: Procedure) -> str:
        return whereabouts(self._tx, case, procedure, self._on.language, desk=self._on.desk, at=self._on.at)

    @staticmethod
    def _words(*lead: str, ask: Words | None = None) -> Words:
        if ask is None:
            return Words(text="\n\n".join(lead))
        return replace(ask, text="\n\n".join([*lead, ask.text]))
