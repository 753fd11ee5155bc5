"""What a contact's message means to the form that they are filling in. Pure.

In doubt a message is no part of the form: then it is for people, as every message is, and the form waits.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from bot.listening import Heard
from bot.menu_answers import meant as named
from bot.requesting.listing import is_complete, rows_with
from bot.requesting.presses import YES, Press, What, choices_of
from procedures.asking.items import Items
from procedures.asking.questions import AnswerError, Fault, Kind, Question
from procedures.asking.reading import read_answer
from procedures.definition.procedure import Procedure
from procedures.requests.form import asked, next_question
from procedures.requests.rows import RequestNow, Stage
from procedures.words.answer_words import label_of
from templates_replies import request_cues as cues
from templates_replies import request_phrases as phrases
from templates_replies.catalogue import Language

OF_ANY_WORDS = frozenset({Kind.TEXT, Kind.PARAGRAPH})  # whatever is said may be the answer to these
_WORDS_OF_A_MATTER = 3  # whoever writes fewer instead of an answer has not found the words for it


class Move(StrEnum):
    """What is done to the form."""

    ACCEPT = "accept"  # they want this procedure
    DECLINE = "decline"
    ANSWER = "answer"
    FILE = "file"  # what they sent answers the question for a file
    KEEP_FILE = "keep_file"  # … is for a question still to come
    FAULT = "fault"  # their answer cannot be taken
    SKIP = "skip"
    DONE = "done"  # the list is complete
    BACK = "back"
    CHANGE = "change"
    SEND = "send"
    CANCEL = "cancel"
    GO_ON = "go_on"  # with a form that waited
    REPEAT = "repeat"
    ASIDE = "aside"  # a question to people; the form waits for its answer all the same
    PERSON = "person"  # they want to speak with one
    OVER = "over"  # a button of a form that was sent or given up


@dataclass(frozen=True, kw_only=True)
class Standing:
    """The form as it stands when the message comes in."""

    request: RequestNow
    offered: Sequence[Procedure]
    procedure: Procedure | None  # None: the contact has not chosen yet, or there is none such any more
    with_people: bool  # they speak with a person now
    sure: bool  # the message is surely about something of the catalogue
    language: Language
    today: date

    @property
    def question(self) -> Question | None:
        """Return what is asked now; None when everything is, and the form waits to be sent."""
        return question_of(self.request, self.procedure) if self.procedure else None

    @property
    def rows(self) -> Items | None:
        """Return the rows of the list that is being written; None where none is."""
        known = self.request.answers.get(self.question.id) if self.question else None
        return known if isinstance(known, Items) else None


@dataclass(frozen=True, kw_only=True)
class Meant:
    """What a message means to the form."""

    move: Move
    procedure: Procedure | None = None
    question: Question | None = None
    value: Any = None
    fault: AnswerError | None = None

    @property
    def is_for_people(self) -> bool:
        """Whether somebody waits for a person's answer to it."""
        return self.move in {Move.ASIDE, Move.PERSON, Move.DECLINE}


def question_of(request: RequestNow, procedure: Procedure) -> Question | None:
    """Return the question whose answer a form waits for: one that is asked again, else the next without an answer."""
    again = next((each for each in asked(procedure.form, request.answers) if each.id == request.asking), None)
    return again or next_question(procedure.form, request.answers, passed=request.passed)


def read(at: Standing, heard: Heard, *, files: bool) -> Meant | None:
    """Return what a message in a chat means; None for one that is none of the form's matter."""
    if heard.stop or heard.start or heard.state is not None:
        return None
    if at.request.stage is Stage.OFFERED:
        return _to_offer(at, heard)
    if at.procedure is None:
        return None
    if cues.wants_cancel(heard.text) or cues.wants_withdrawal(heard.text):
        return Meant(move=Move.CANCEL)
    if cues.wants_to_go_on(heard.text):
        is_done = at.rows is not None and not at.with_people
        return Meant(move=Move.DONE if is_done else Move.GO_ON, question=at.question)
    if at.with_people:
        return None
    if heard.person:
        return Meant(move=Move.PERSON)
    if cues.command_of(heard.text) is not None and not _led(at, at.procedure, heard.text.lstrip("/")):
        return Meant(move=Move.REPEAT)
    return _led(at, at.procedure, heard.text) or _answered(at, heard, files=files)


def read_press(at: Standing, press: Press) -> Meant:
    """Return what a pressed button means; one that leads nowhere any more has the question asked again."""
    if not at.request.is_live:
        return Meant(move=Move.OVER)
    if at.request.stage is Stage.OFFERED:
        return _picked(at, press)
    procedure, place = at.procedure, press.places[0] if press.places else 0
    question = procedure.form[place] if procedure and place < len(procedure.form) else None
    match press.what:
        case What.SEND:
            return Meant(move=Move.SEND)
        case What.CANCEL:
            return Meant(move=Move.CANCEL)
        case What.CHANGE:
            return Meant(move=Move.CHANGE)
        case What.FIX if question is not None:
            return Meant(move=Move.CHANGE, question=question)
        case What.SKIP if question is not None and not question.required:
            return Meant(move=Move.SKIP, question=question)
        case What.DONE if question is not None:
            return Meant(move=Move.DONE, question=question)
        case What.SAY if question is not None and len(press.places) == 2:
            return _said_by_press(question, press.places[1])
    return Meant(move=Move.REPEAT)


def _picked(at: Standing, press: Press) -> Meant:
    place = press.places[0] if press.places else 0
    if press.what is What.PICK and place < len(at.offered):
        return Meant(move=Move.ACCEPT, procedure=at.offered[place])
    return Meant(move=Move.DECLINE)


def _said_by_press(question: Question, place: int) -> Meant:
    if question.kind is Kind.YES_NO:
        return Meant(move=Move.ANSWER, question=question, value=place == int(YES))
    if place < len(question.choices):
        return Meant(move=Move.ANSWER, question=question, value=question.choices[place].id)
    return Meant(move=Move.REPEAT)


def _to_offer(at: Standing, heard: Heard) -> Meant | None:
    """Read the answer to the question whether they want what was recognised."""
    none = Meant(move=Move.DECLINE)
    if heard.answer is False or cues.wants_cancel(heard.text):
        return none
    if len(at.offered) == 1:
        labels = [phrases.yes_label(at.language), phrases.no_label(at.language)]
        place = named(heard.text, labels)
        agrees = heard.answer is True or cues.wants_send(heard.text) or cues.wants_to_go_on(heard.text)
        if agrees or place == 0:
            return Meant(move=Move.ACCEPT, procedure=at.offered[0])
        return none if place == 1 else None
    place = named(heard.text, [*(each.name for each in at.offered), phrases.no_label(at.language)])
    if place is None:
        return None
    return Meant(move=Move.ACCEPT, procedure=at.offered[place]) if place < len(at.offered) else none


def _led(at: Standing, procedure: Procedure, text: str) -> Meant | None:
    """Read the words that lead the form; None where the message is no such."""
    question = at.question
    if cues.wants_back(text):
        return Meant(move=Move.BACK)
    if question is not None and cues.wants_skip(text):
        if question.required:
            return Meant(move=Move.FAULT, question=question, fault=AnswerError(Fault.EMPTY))
        return Meant(move=Move.SKIP, question=question)
    wanted = cues.wants_change(text)
    if wanted is not None:
        found = _numbered(wanted, tuple(asked(procedure.form, at.request.answers)), at.language)
        if found is not None or not wanted or question is None or question.kind not in OF_ANY_WORDS:
            return Meant(move=Move.CHANGE, question=found)
    return None


def _numbered(wanted: str, questions: Sequence[Question], language: Language) -> Question | None:
    place = named(wanted, [label_of(each, language) for each in questions]) if wanted else None
    return questions[place] if place is not None else None


def _answered(at: Standing, heard: Heard, *, files: bool) -> Meant:
    question = at.question
    if question is None:
        return _at_the_end(at, heard, files=files)
    if files and question.kind is Kind.FILE:
        return Meant(move=Move.FILE, question=question)
    if not heard.text:
        return Meant(move=Move.KEEP_FILE if files and _asks_for_files(at) else Move.REPEAT)
    if is_complete(heard.text, at.rows, said_no=heard.answer is False):
        return Meant(move=Move.DONE, question=question)
    if _is_aside(at, heard, question):
        return Meant(move=Move.ASIDE)
    if heard.greeting or (heard.thanks and question.kind is not Kind.YES_NO):
        return Meant(move=Move.REPEAT)
    try:
        value = _value(question, heard, at)
    except AnswerError as error:
        if at.sure and _tells(heard.text) and heard.text != at.request.aside:
            return Meant(move=Move.ASIDE)
        return Meant(move=Move.FAULT, question=question, fault=error)
    return Meant(move=Move.ANSWER, question=question, value=value)


def _at_the_end(at: Standing, heard: Heard, *, files: bool) -> Meant:
    """Read what is said below the summary."""
    if cues.wants_send(heard.text) or (heard.answer is True and not heard.thanks):
        return Meant(move=Move.SEND)
    if files and not heard.text and _asks_for_files(at):
        return Meant(move=Move.KEEP_FILE)
    if "?" in heard.text or at.sure:
        return Meant(move=Move.ASIDE)
    return Meant(move=Move.REPEAT)


def _asks_for_files(at: Standing) -> bool:
    return at.procedure is not None and any(each.kind is Kind.FILE for each in at.procedure.form)


def _is_aside(at: Standing, heard: Heard, question: Question) -> bool:
    """Whether they ask something instead of answering; who sends the same words once more means them as the answer."""
    return heard.text.endswith("?") and heard.text != at.request.aside and question.kind is not Kind.YES_NO


def _tells(text: str) -> bool:
    """Whether it says more than an answer would that cannot be read: `minggu depan`, `jam 10 sampai selesai`."""
    return len(cues.bare(text).split()) >= _WORDS_OF_A_MATTER and not any(each.isdecimal() for each in text)


def _value(question: Question, heard: Heard, at: Standing) -> Any:
    """Return the value of an answer in a chat, which may also be a number of the list, or a choice half written."""
    if question.kind is Kind.YES_NO and heard.answer is not None:
        return heard.answer
    if question.kind is Kind.ITEMS:
        return rows_with(question, at.rows, heard.text, today=at.today)
    place = named(heard.text, choices_of(question, at.language))
    if place is not None:
        if question.kind is Kind.YES_NO:
            return place == 0
        return question.choices[place].id
    said = heard.text if question.kind in OF_ANY_WORDS else cues.bare(heard.text)
    return read_answer(question, said, today=at.today)
