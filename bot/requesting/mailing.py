"""A form by mail: filled in by lines and attachments, and asked back for what is missing, all at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from bot.listening import Heard
from bot.menu_answers import meant as named
from bot.requesting.asking import in_words
from bot.requesting.going_on import Going, Occasion
from bot.requesting.moves import Meant, Move
from procedures.asking.questions import AnswerError, Kind, Question
from procedures.definition.procedure import Procedure
from procedures.requests import acts, rows
from procedures.requests.form import asked, missing
from procedures.requests.mailed import Filled, read_lines
from procedures.requests.rows import RequestNow, SentFile, Stage
from procedures.words.answer_faults import fault_words
from procedures.words.answer_words import label_of, spoken
from procedures.words.condition_words import when_asked
from procedures.words.item_words import how_to_write
from templates_replies import request_cues as cues
from templates_replies import request_mail_phrases as mail
from templates_replies import request_phrases as phrases
from templates_replies.catalogue import Language
from templates_replies.request_mail_phrases import Line
from tickets.actions.answering import Words
from tickets.ledger.tx import Tx
from tickets.message import Said


@dataclass(frozen=True, kw_only=True)
class Letter:
    """What a mail says to a form."""

    procedure: Procedure | None  # the one it is about; None: they say that they want none
    filled: Filled = field(default_factory=Filled)

    @property
    def is_for_people(self) -> bool:
        return self.filled.asks or self.procedure is None


def read(
    request: RequestNow, offered: Sequence[Procedure], heard: Heard, said: Said, *, files: bool, today: date
) -> Letter | None:
    """Return what a mail says to the form that its sender was asked for; None for one that says nothing to it."""
    if cues.wants_cancel(heard.text) or (request.stage is Stage.OFFERED and heard.answer is False):
        return Letter(procedure=None)
    procedure = _of(request, offered, heard)
    if procedure is None:
        return None
    filled = filled_in(procedure, said, today=today)
    agrees = heard.answer is True or len(offered) > 1
    attached = files and any(each.kind is Kind.FILE for each in procedure.form)
    if filled.answers or filled.faults or attached or (request.stage is Stage.OFFERED and agrees):
        return Letter(procedure=procedure, filled=filled)
    return None


def filled_in(procedure: Procedure, said: Said, *, today: date) -> Filled:
    """Read what somebody wrote themselves; else what they filled in within the mail that they quote."""
    own = read_lines(procedure.form, said.text, today=today)
    if own.answers or own.faults or not said.full_text:
        return own
    quoted = read_lines(procedure.form, said.full_text, today=today)
    return replace(quoted, asks=own.asks)


def answer(tx: Tx, letter: Letter, request: RequestNow, on: Occasion, *, link: str) -> Words:
    """Lay over what the form knows what the mail says; hand it in where nothing is missing, else ask for the rest."""
    procedure = letter.procedure
    if procedure is None:
        move = Move.DECLINE if request.stage is Stage.OFFERED else Move.CANCEL
        return Going(tx, request, on, text="").go(Meant(move=move))
    files = rows.files_of(tx, request)
    if request.stage is Stage.OFFERED:
        request = acts.begin(tx, request, procedure, desk=on.desk, at=on.at)
    request = acts.answer(request, letter.filled.answers)
    request = _with_files(request, procedure, files)
    request = acts.keep(tx, request, desk=on.desk, at=on.at)
    known = phrases.lines(on.language, in_words(request, procedure, on.language, files=files))
    lacking = missing(procedure.form, request.answers)
    if not lacking and not letter.filled.faults:
        sent = Going(tx, request, on, text="").go(Meant(move=Move.SEND))
        return replace(sent, text=f"{sent.text}\n\n{known}", buttons=())
    asked_back = [each for each in procedure.form if each in lacking or each.id in letter.filled.faults]
    text = mail.lacking(
        on.language, procedure=procedure.name,
        lines=_lines(asked_back, on, faults=letter.filled.faults), read=known if request.answers else "", link=link,
    )  # fmt: skip
    return Words(text=text)


def offering(
    request: RequestNow,
    procedures: Sequence[Procedure],
    files: Sequence[SentFile],
    on: Occasion,
    *,
    link: str,
) -> Words:
    """Return the mail that shows the form, or asks which one is meant."""
    if len(procedures) > 1:
        return Words(text=mail.which(on.language, procedures=[each.name for each in procedures]))
    (procedure,) = procedures
    taken = _with_files(request, procedure, files)
    lines = _lines(
        [each for each in procedure.form if each.id not in taken.answers], on, within=procedure.form
    )
    known = phrases.lines(
        on.language, [pair for pair in in_words(taken, procedure, on.language, files=files) if pair[1]]
    )
    return Words(text=mail.form(on.language, procedure=procedure.name, lines=lines, read=known, link=link))


def _of(request: RequestNow, offered: Sequence[Procedure], heard: Heard) -> Procedure | None:
    """Return the procedure that a mail is about: chosen before, the only one, or the one that it names."""
    if request.procedure is not None:
        return next((each for each in offered if each.id == request.procedure), None)
    if len(offered) == 1:
        return offered[0]
    first = heard.text.partition("\n")[0]
    place = named(first, [each.name for each in offered])
    return offered[place] if place is not None else None


def _with_files(request: RequestNow, procedure: Procedure, files: Sequence[SentFile]) -> RequestNow:
    """Let the attachments answer the questions for files, in their order."""
    for question in asked(procedure.form, request.answers):
        if question.kind is Kind.FILE and question.id not in request.answers:
            used = set(request.answers.values())
            unused = next((one for one in files if one.attachment not in used and not one.failed), None)
            request = acts.answer(request, {question.id: unused.attachment}) if unused else request
    return request


_NO_FAULTS: Mapping[str, AnswerError] = {}


def _lines(
    questions: Sequence[Question],
    on: Occasion,
    *,
    faults: Mapping[str, AnswerError] = _NO_FAULTS,
    within: Sequence[Question] = (),
) -> list[Line]:
    """Return the lines of some questions; where not all of the form they stand `within` are asked, with when they are."""
    return [
        Line(
            label=label_of(each, on.language),
            ask=in_a_line(each, on.language),
            when=when_asked(each.only_if, within, on.language) or None,
            required=each.required,
            file=each.kind is Kind.FILE,
            why=fault_words(each, faults[each.id], on.language, today=on.today)
            if each.id in faults
            else None,
        )
        for each in questions
    ]


def in_a_line(question: Question, language: Language) -> str:
    """Return the question with what may be chosen."""
    text = spoken(question.ask, language, question.id)
    labels = [spoken(one.label, language, one.id) for one in question.choices]
    if question.columns:
        return f"{text} ({how_to_write(question, language)})"
    return f"{text} ({' / '.join(labels)})" if labels else text
