"""A requester's answer to their own turn is carried out: the step ends, or what it still needs is asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.own_turns.presses import labels_of, of_question, of_ways, of_yes_or_no
from bot.own_turns.reading import CONFIRM, REVIEW, TAKE, Meant, Move, yes_and_no
from bot.requesting.going_on import Occasion
from bot.turns import asking
from bot.turns.called import Called
from bot.turns.filling import REASON, Filling, next_question
from procedures.asking.given_answers import read_answers
from procedures.asking.questions import Kind, Question
from procedures.cases.happened import Doing
from procedures.cases.refusals import StepOverError, TurnOfOthersError, note_refused
from procedures.cases.rows import CaseNow
from procedures.cases.whereabouts import whereabouts
from procedures.definition.procedure import DONE
from procedures.requests.rows import SentFile, files_since
from procedures.running import actions
from procedures.running.actions import ReasonMissingError
from procedures.words.answer_faults import fault_words
from procedures.words.answer_words import answer_words, label_of, spoken, ways_of
from templates_replies import requester_turn_phrases as phrases
from templates_replies import turn_phrases
from tickets.actions.answering import Words
from tickets.actions.errors import ActError
from tickets.actor import CONTACT
from tickets.ledger.tx import Tx
from tickets.message import Channel

_LONGEST_SHOWN = 200  # characters of an answer that is said back


class Answering:
    """One answer to one turn. `filling` is what of it is known then; None once nothing is asked for any more."""

    def __init__(self, tx: Tx, called: Called, filling: Filling | None, on: Occasion) -> None:
        self._tx = tx
        self._called = called
        self._on = on
        self._language = on.language
        self._values: Mapping[str, Any] = {}  # answers that were read already
        self.filling = filling

    def go(self, meant: Meant) -> Words:
        """Do what was meant, and return what is said to it."""
        fresh = Filling(step=self._called.step.id, seen=self._called.turn.round)
        match meant.move:
            case Move.WAY:
                return self._on_with(replace(fresh, way=meant.way, reason=meant.reason))
            case Move.CONFIRM:
                way = meant.way or self._called.step.outcomes[0].id
                return self._confirm(replace(fresh, way=way, reason=meant.reason))
            case Move.TAKE:
                question = self._called.step.asks[0]
                way = self._called.step.outcomes[0].id
                return self._whether_take(replace(fresh, way=way, answers={question.id: meant.words}))
            case Move.CHOOSE:
                return self._choose()
            case Move.GIVE_UP | Move.NO:
                return self._given_up(meant)
        if self.filling is None:
            return self._choose()
        return self._to_what_was_asked(meant, self.filling)

    def lay_over(self, meant: Meant, values: Mapping[str, Any]) -> list[Question]:
        """Take the answers of a mail, with its files; return the questions without whose answers the step cannot end."""
        step, known = self._called.step, self._called.case.answers
        self._values = values
        filling = Filling(
            step=step.id, seen=self._called.turn.round, way=meant.way, reason=meant.reason,
            answers={name: str(value) for name, value in values.items()},
        )  # fmt: skip
        lacking: list[Question] = []
        for question in step.asks:
            is_asked = question.only_if is None or question.only_if.hold({**known, **values})
            if not is_asked or question.id in values:
                continue
            file = self._unused(filling) if question.kind is Kind.FILE else None
            if file is None and question.required and question.id not in known:
                lacking.append(question)
            elif file is not None:
                filling = replace(filling, answers={**filling.answers, question.id: file.sha256})
        self.filling = filling
        return lacking

    def end(self) -> Words:
        """End the step by what is known of it."""
        return self._end(self.filling) if self.filling is not None else self._choose()

    def _to_what_was_asked(self, meant: Meant, filling: Filling) -> Words:
        match meant.move:
            case Move.YES:
                is_whole = filling.asks in {TAKE, REVIEW}
                return self._on_with(filling.asking(""), reviewed=is_whole)
            case Move.ASIDE:
                self.filling = filling
                return self._words(phrases.aside(self._language))
            case Move.ANSWER if filling.asks == REASON:
                return self._on_with(replace(filling.asking(""), reason=meant.words))
            case Move.ANSWER:
                return self._answered(filling, meant.words)
            case Move.FAULT if meant.fault is not None:
                question = next(each for each in self._called.step.asks if each.id == filling.asks)
                fault = fault_words(question, meant.fault, self._language, today=self._on.today)
                return self._ask(filling, question, fault)
        return self._again(filling)

    def _answered(self, filling: Filling, words: str) -> Words:
        question = next((each for each in self._called.step.asks if each.id == filling.asks), None)
        if question is None:
            return self._again(filling)
        if words == "-":
            return self._on_with(replace(filling, answers={**filling.answers, question.id: None}))
        if question.kind is Kind.FILE:
            return self._on_with(filling)
        return self._on_with(replace(filling, answers={**filling.answers, question.id: words}))

    def _again(self, filling: Filling) -> Words:
        """Ask once more for what was asked last."""
        if filling.asks == CONFIRM:
            return self._confirm(filling)
        if filling.asks == TAKE:
            return self._whether_take(filling)
        if filling.asks == REVIEW:
            return self._review(filling)
        return self._on_with(filling)

    def _given_up(self, meant: Meant) -> Words:
        """Note nothing; who wants to answer anew what they are shown is asked from the beginning."""
        filling, self.filling = self.filling, None
        if filling is not None and meant.move is Move.NO and filling.asks == REVIEW:
            return self._on_with(replace(filling.asking(""), answers={}))
        is_done = filling is not None and filling.asks == CONFIRM and not self._called.step.decides
        said = phrases.not_yet if is_done else phrases.given_up
        return Words(text=said(self._language))

    def _on_with(self, filling: Filling, *, reviewed: bool = False) -> Words:
        """End the step, or ask for the next thing without which it cannot end."""
        step, answers = self._called.step, self._called.case.answers
        question = next_question(step, filling, answers)
        while question is not None and question.kind is Kind.FILE and (file := self._unused(filling)):
            if file.sha256 is None:
                return self._ask(filling, question, turn_phrases.file_on_its_way(self._language))
            filling = replace(filling, answers={**filling.answers, question.id: file.sha256})
            question = next_question(step, filling, answers)
        if question is not None:
            return self._ask(filling, question)
        if filling.answers and not reviewed:
            return self._review(filling)
        return self._end(filling)

    def _end(self, filling: Filling) -> Words:
        called, on = self._called, self._on
        how = self._how(filling)
        doing = Doing(procedure=called.procedure, desk=on.desk, by=CONTACT, at=on.at)
        try:
            actions.judged(self._tx, called.case.id, called.step.id, doing=doing, named=None, **how)
        except ReasonMissingError:
            self.filling = filling.asking(REASON)
            return self._words(self._why(self._label(filling.way)))
        except (StepOverError, TurnOfOthersError) as error:
            note_refused(self._tx, error, by=CONTACT.key, at=on.at)
            self.filling = None
            return self._words(phrases.gone(self._language))
        except ActError:
            self.filling = None
            return self._words(phrases.for_people(self._language))
        case = actions.act(
            self._tx, called.case.id, called.step.id, procedure=called.procedure, desk=on.desk, by=CONTACT, at=on.at,
            **how,
        )  # fmt: skip
        self.filling = None
        return self._words(self._taken(filling, case))

    def _how(self, filling: Filling) -> dict[str, Any]:
        given = {
            name: value
            for name, value in filling.answers.items()
            if value is not None and name not in self._values
        }
        read = read_answers(self._called.step.asks, given, desk=self._on.desk, at=self._on.at)
        return {
            "outcome": filling.way,
            "answers": {**read, **self._values},
            "reason": filling.reason or None,
            "seen": filling.seen,
        }

    def _taken(self, filling: Filling, case: CaseNow) -> str:
        called = self._called
        way = None if filling.way == DONE else self._label(filling.way)
        said = phrases.taken(self._language, step=called.step.does, way=way)
        stands = whereabouts(
            self._tx, case, called.procedure, self._language, desk=self._on.desk, at=self._on.at
        )
        return f"{said}\n{stands}" if stands else said

    # -- what is asked ---------------------------------------------------------------------------------------------

    def _ask(self, filling: Filling, question: Question, fault: str | None = None) -> Words:
        known, language = self._called.case.answers, self._language
        self.filling = filling.asking(question.id)
        text = asking.question_words(question, language, known=known)
        if question.id in known and question.kind is not Kind.FILE:
            now = answer_words(question, known[question.id], language)
            text = f"{text}\n{phrases.reads_now(language, answer=now)}"
        choices = asking.choices_of(question, language, known=known)
        place = self._called.step.asks.index(question)
        buttons = of_question(self._called.case, self._called.turn, place, choices)
        return self._words(f"{fault}\n{text}" if fault else text, buttons if self._on.may_press else ())

    def _confirm(self, filling: Filling) -> Words:
        step, language = self._called.step, self._language
        self.filling = filling.asking(CONFIRM)
        files = [each.name for each in self._files() if not each.failed]
        text = (
            phrases.whether_way(language, step=step.does, way=self._label(filling.way))
            if step.decides
            else phrases.whether_done(language, step=step.does)
        )
        if self._on.channel == Channel.EMAIL:
            text = f"{text}\n{phrases.confirm_by_mail(language, way=self._label(filling.way))}"
        return self._yes_or_no(CONFIRM, f"{phrases.got_files(language, files)}\n{text}" if files else text)

    def _whether_take(self, filling: Filling) -> Words:
        self.filling = filling.asking(TAKE)
        question = self._called.step.asks[0]
        ask = spoken(question.ask, self._language, question.id)
        said = str(filling.answers[question.id])[:_LONGEST_SHOWN]
        return self._yes_or_no(TAKE, phrases.whether_take(self._language, said=said, ask=ask))

    def _review(self, filling: Filling) -> Words:
        self.filling = filling.asking(REVIEW)
        answers = self._how(filling)["answers"]
        files = {each.sha256: each.name for each in self._files() if each.sha256}
        told = (
            f"- {label_of(each, self._language)}: {answer_words(each, answers[each.id], self._language, files=files)}"
            for each in self._called.step.asks
            if each.id in answers
        )
        lines = "\n".join(told)
        text = phrases.review(self._language, step=self._called.step.does, answers=lines)
        return self._yes_or_no(REVIEW, text)

    def _why(self, way: str) -> str:
        if self._on.channel == Channel.EMAIL:
            return turn_phrases.why(self._language, step=self._called.step.does, way=way)
        return phrases.ask_reason(self._language, way=way)

    def _choose(self) -> Words:
        called, files = self._called, [each.name for each in self._files() if not each.failed]
        text = phrases.choose(self._language, step=called.step.does)
        lead = [phrases.got_files(self._language, files)] if files else []
        buttons = of_ways(called.case, called.turn, called.step, self._language)
        return self._words("\n".join([*lead, text]), buttons)

    def _yes_or_no(self, asks: str, text: str) -> Words:
        labels = yes_and_no(asks, self._language)
        return self._words(text, of_yes_or_no(self._called.case, self._called.turn, labels))

    def _words(self, text: str, buttons: Sequence[Sequence[Any]] = ()) -> Words:
        return Words(text=text, buttons=tuple(tuple(row) for row in buttons))

    def _label(self, way: str) -> str:
        ways = [name for name, _ in ways_of(self._called.step, self._language)]
        return labels_of(self._called.step, self._language)[ways.index(way)]

    # -- what was sent ---------------------------------------------------------------------------------------------

    def _files(self) -> tuple[SentFile, ...]:
        """Return what they have sent since it is their turn."""
        begun_at = self._called.turn.begun_at
        return files_since(self._tx, self._called.case.ticket, begun_at) if begun_at else ()

    def _unused(self, filling: Filling) -> SentFile | None:
        used = set(filling.answers.values())
        return next((each for each in self._files() if not each.failed and each.sha256 not in used), None)
