"""What a contact's message means to their own turn in a procedure. Pure.

Only what is clear ends the step. What may be an answer is asked back; anything else is none of the turn's matter, and
is for people, as every message is.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.listening import Heard
from bot.menu_answers import meant as named
from bot.own_turns.presses import NO, YES, Press, labels_of
from bot.turns.filling import REASON, Filling, is_left_out
from procedures.asking.conditions import Answers
from procedures.asking.questions import AnswerError, Kind, Question
from procedures.asking.reading import read_answer
from procedures.definition.procedure import Step
from procedures.words.answer_words import ways_of
from procedures.words.decision_words import read_decision
from templates_replies import request_cues as cues
from templates_replies import requester_turn_phrases as phrases
from templates_replies.catalogue import Language
from templates_replies.normalise import written_words

# What may be asked for beside the step's questions: no id of a question begins so.
CONFIRM, TAKE, REVIEW = "?confirm", "?take", "?review"
_AS_WRITTEN = frozenset({Kind.TEXT, Kind.PARAGRAPH, Kind.ITEMS})
_YES_OR_NO = frozenset({CONFIRM, TAKE, REVIEW})
_NODS = frozenset({"ok", "oke", "okay", "ya", "iya", "yes", "baik", "siap", "sip", "noted", "setuju", "acc"})
_MEANT = frozenset({"setuju", "acc"})  # … that say more than that something was read
_DONE_HINT = re.compile(
    r"\b(sudah|udah|telah|selesai|beres|terlampir|lampirkan|berikut|kirimkan|serahkan|perbaiki|diperbaiki|lengkapi|dilengkapi|"
    r"done|finished|attached|corrected|completed)\b",
    re.IGNORECASE,
)
_NOT_DONE = re.compile(
    r"\b(belum|tidak|bukan|kapan|bagaimana|gimana|kalau|jika|akan|not|yet|when|how|if|will)\b", re.IGNORECASE
)
_LONGEST_REASON = 2_000  # characters
_LONGEST_HINT = 200  # characters: whoever writes more tells a story


class Move(StrEnum):
    """What is done about the turn."""

    WAY = "way"  # it ends so, once what that asks for is known
    CONFIRM = "confirm"  # it may be that they have done it: they are asked
    TAKE = "take"  # it may be the answer to the step's question: they are asked
    CHOOSE = "choose"  # what they sent decides nothing: they are shown the ways
    ANSWER = "answer"  # to what was asked last
    FAULT = "fault"  # … which cannot be taken
    YES = "yes"
    NO = "no"
    AGAIN = "again"  # what was asked last is asked once more
    ASIDE = "aside"  # a question to people, while something is asked
    GIVE_UP = "give_up"  # what they had begun to answer
    OVER = "over"  # the turn is over already


@dataclass(frozen=True, kw_only=True)
class Meant:
    """What a message means to a turn."""

    move: Move
    way: str = ""
    reason: str = ""
    words: str = ""  # as typed
    fault: AnswerError | None = None

    @property
    def is_for_people(self) -> bool:
        """Whether somebody waits for a person's answer to it, or may."""
        return self.move in {Move.ASIDE, Move.TAKE}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The turn as it stands when the message comes in."""

    step: Step
    known: Answers  # of the case
    filling: Filling | None  # what was said of it already; None: nothing
    language: Language
    today: date

    def question(self) -> Question | None:
        wanted = self.filling.asks if self.filling else ""
        return next((each for each in self.step.asks if each.id == wanted), None)


def read(at: Asked, heard: Heard, *, files: bool) -> Meant | None:
    """Return what a message in a chat means; None for one that is none of the turn's matter."""
    if heard.stop or heard.start or heard.person or heard.state is not None:
        return None
    if at.filling is not None:
        return _to_what_was_asked(at, at.filling, heard, files=files)
    return _fresh(at, heard, files=files)


def read_press(at: Asked, press: Press) -> Meant:
    """Return what a pressed button means; one that leads nowhere any more has what is asked now asked again."""
    ways = [way for way, _ in ways_of(at.step, at.language)]
    asks = at.filling.asks if at.filling else ""
    if press.way is not None and press.way < len(ways):
        return Meant(move=Move.WAY, way=ways[press.way])
    if press.said in {YES, NO} and asks in _YES_OR_NO:
        return Meant(move=Move.YES if press.said == YES else Move.NO)
    question, answer = at.question(), press.answer
    if question is not None and answer is not None and at.step.asks.index(question) == answer[0]:
        return _answer(at, question, answer[1])
    return Meant(move=Move.AGAIN)


def yes_and_no(asks: str, language: Language) -> tuple[str, str]:
    """Return the labels of the two answers to what is asked so."""
    if asks == REVIEW:
        return phrases.review_labels(language)
    return phrases.take_labels(language) if asks == TAKE else phrases.confirm_labels(language)


def _fresh(at: Asked, heard: Heard, *, files: bool) -> Meant | None:
    step, text = at.step, heard.text
    if "?" in text or heard.greeting or cues.wants_cancel(text):
        return None
    if files and not text:
        return Meant(move=Move.CHOOSE if step.decides else Move.CONFIRM)
    ways = [way for way, _ in ways_of(step, at.language)]
    place = named(text, labels_of(step, at.language))
    if place is not None and not heard.thanks:
        return Meant(move=Move.WAY, way=ways[place])
    decision = read_decision(step, text)
    if decision is not None and not heard.thanks and not _is_nod(text):
        return Meant(move=Move.WAY, way=decision.way, reason=decision.reason)
    if decision is not None and step.decides:
        return Meant(move=Move.CONFIRM, way=decision.way, reason=decision.reason)
    return None if step.decides else _perhaps(at, heard, files=files)


def _perhaps(at: Asked, heard: Heard, *, files: bool) -> Meant | None:
    """Read what may say that a step is done that decides nothing."""
    text = heard.text
    hints = len(text) <= _LONGEST_HINT and _DONE_HINT.search(text) and not _NOT_DONE.search(text)
    if files or hints or _is_nod(text):
        return Meant(move=Move.CONFIRM)
    first = at.step.asks[0] if at.step.asks else None
    if heard.thanks or first is None or first.kind is Kind.FILE:
        return None
    try:
        read_answer(first, text, today=at.today)
    except AnswerError:
        return None
    return Meant(move=Move.TAKE, words=text)


def _is_nod(text: str) -> bool:
    """Whether it may say no more than that the message was read: `ok terima kasih`, `ya`, `baik pak`."""
    said = written_words(text)
    return bool(said) and said[0] in _NODS and not set(said) & _MEANT


def _to_what_was_asked(at: Asked, filling: Filling, heard: Heard, *, files: bool) -> Meant | None:
    text = heard.text
    if cues.wants_cancel(text):
        return Meant(move=Move.GIVE_UP)
    if filling.asks in _YES_OR_NO:
        return _yes_or_no(at, filling, heard, files=files)
    if text.endswith("?"):
        return Meant(move=Move.ASIDE)
    if filling.asks == REASON:
        is_reason = text and not heard.thanks
        return Meant(move=Move.ANSWER, words=text[:_LONGEST_REASON]) if is_reason else Meant(move=Move.AGAIN)
    question = at.question()
    if question is None:
        return _fresh(at, heard, files=files)
    if question.kind is Kind.FILE:
        return _to_file(at, question, text, files=files)
    if not text or heard.greeting or (heard.thanks and question.kind is not Kind.YES_NO):
        return Meant(move=Move.AGAIN)
    return _answer(at, question, text)


def _yes_or_no(at: Asked, filling: Filling, heard: Heard, *, files: bool) -> Meant | None:
    place = named(heard.text, yes_and_no(filling.asks, at.language))
    if place is None and heard.answer is not None and not heard.thanks:
        place = 0 if heard.answer else 1
    if cues.wants_send(heard.text):
        place = 0
    if place is not None:
        return Meant(move=Move.NO if place else Move.YES)
    if files and not heard.text:
        return Meant(move=Move.AGAIN)
    return Meant(move=Move.AGAIN) if heard.thanks else _fresh(at, heard, files=files)


def _to_file(at: Asked, question: Question, text: str, *, files: bool) -> Meant:
    if files or cues.wants_to_go_on(text):
        return Meant(move=Move.ANSWER)
    if cues.wants_skip(text) and is_left_out("-", question, at.known):
        return Meant(move=Move.ANSWER, words="-")
    return Meant(move=Move.AGAIN)


def _answer(at: Asked, question: Question, words: str) -> Meant:
    if cues.wants_skip(words) and is_left_out("-", question, at.known):
        return Meant(move=Move.ANSWER, words="-")
    said = words if question.kind in _AS_WRITTEN else cues.bare(words)
    try:
        read_answer(question, said, today=at.today)
    except AnswerError as error:
        return Meant(move=Move.FAULT, fault=error)
    return Meant(move=Move.ANSWER, words=said)


def mailed(step: Step, text: str, *, answered: Sequence[str], files: bool) -> Meant | None:
    """Return what a mail says of a turn whose questions it has answered as far as named; None where it says nothing."""
    decision = read_decision(step, text)
    if decision is not None and not _is_nod(text):
        return Meant(move=Move.WAY, way=decision.way, reason=decision.reason)
    if decision is not None or (files and not step.decides and not answered and "?" not in text):
        return Meant(move=Move.CONFIRM, way=decision.way if decision else "")
    return Meant(move=Move.WAY, way=step.outcomes[0].id) if answered and not step.decides else None
