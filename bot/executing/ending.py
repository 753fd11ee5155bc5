"""Ending a step from chat: whatever it asks for is asked one by one, a file that is sent is taken as what it made."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.commands import Verb, button
from bot.executing import prompts
from bot.executing.doing import OfTurn
from bot.executing.prompts import Prompt
from bot.turns import asking
from bot.turns.called import acting_now, called_to
from bot.turns.calling import call, call_text
from bot.turns.filling import NAMED, REASON, Filling, is_left_out, next_question
from bot.turns.outcomes import decided_text
from procedures.asking.given_answers import read_answers
from procedures.asking.questions import AnswerError, Kind, Question
from procedures.asking.reading import read_answer
from procedures.cases.happened import Doing
from procedures.cases.naming import NameMissingError, nameable
from procedures.cases.presence import not_here
from procedures.cases.refusals import StepOverError, TurnOfOthersError, VotedError, note_refused
from procedures.cases.rows import CaseNow
from procedures.definition.procedure import Procedure, Step
from procedures.running import actions, handing
from procedures.running.actions import ReasonMissingError
from procedures.running.whose_turn import theirs
from procedures.sop_table.sketch import place_words
from procedures.words.answer_faults import fault_words
from procedures.words.answer_words import ways_of
from templates_replies import procedure_phrases as phrases
from templates_replies import turn_phrases, voting_phrases
from templates_replies.request_cues import wants_cancel
from tickets import attachments, staff
from tickets.message import Button, Channel


@dataclass(frozen=True, kw_only=True)
class End:
    """How a step is about to end, as far as it was said."""

    case: CaseNow
    procedure: Procedure
    step: Step
    filling: Filling

    def with_(self, **fields: Any) -> "End":
        return replace(self, filling=replace(self.filling, **fields))


def by_mail(doing: OfTurn) -> bool:
    return doing.written.said.place.channel is Channel.EMAIL


def finish(doing: OfTurn, end: End, words: str | None = None) -> None:
    """End a step, or ask for the next thing without which it cannot end; `words` answer what was asked last."""
    if words is not None:
        taken = _taken(doing, end, words)
        if taken is None:
            return
        end = taken
    question = next_question(end.step, end.filling, end.case.answers)
    if question is not None and _is_theirs(doing, end):
        _ask(doing, end, question)
        return
    if _is_ready(doing, end):
        _end(doing, end)


def _is_ready(doing: OfTurn, end: End) -> bool:
    """Whether nothing keeps a step from ending so; else they are asked for what is missing, or told why not."""
    try:
        actions.judged(doing.tx, end.case.id, end.step.id, doing=_doing(doing, end), **_how(doing, end))
    except ReasonMissingError:
        label = dict(ways_of(end.step, doing.voice.language))[end.filling.way]
        asks = turn_phrases.why if by_mail(doing) else phrases.ask_reason
        _hand_in(doing, end)
        _expect(doing, end, REASON, asks(doing.voice.language, step=end.step.does, way=label))
    except NameMissingError as missing:
        names = asking.numbered(_names(doing, missing.people))
        text = turn_phrases.who_next(doing.voice.language, role=missing.role.name)
        _hand_in(doing, end)
        _expect(doing, end, NAMED, asking.listed(text, names), names)
    except (StepOverError, TurnOfOthersError, VotedError) as refused:
        tell_refused(doing, end.case, end.procedure, end.step, refused)
    else:
        return True
    return False


def tell_refused(
    doing: OfTurn, case: CaseNow, procedure: Procedure, step: Step,
    error: StepOverError | TurnOfOthersError | VotedError,
) -> None:  # fmt: skip
    """Say why nothing came of it, to them and to the history; of a step that was never begun, that it is not its turn."""
    language = doing.voice.language
    turn = note_refused(doing.tx, error, by=doing.by.key, at=doing.at)
    called = called_to(doing.tx, case, turn, doing.desk) if turn is not None else None
    if called is None:
        about = turn_phrases.about(language, step=step.does, procedure=procedure.name, ticket=doing.number)
        doing.tell(turn_phrases.not_yet(language, about=about))
    elif isinstance(error, VotedError):
        own = next(each.outcome for each in called.turn.votes if each.by == doing.by.key)
        doing.tell(voting_phrases.already(language, way=dict(ways_of(step, language))[own], step=step.does))
    elif isinstance(error, StepOverError):
        doing.tell(decided_text(doing.tx, called, now=doing.at))
    else:
        doing.tell(turn_phrases.not_yours(language, about=called.about, role=called.role.name))


def _doing(doing: OfTurn, end: End) -> Doing:
    return Doing(procedure=end.procedure, desk=doing.desk.now, by=doing.by, at=doing.at)


def _how(doing: OfTurn, end: End) -> dict[str, Any]:
    """Return how the step ends, as the act takes it."""
    filling = end.filling
    given = {name: value for name, value in filling.answers.items() if value is not None}
    return {
        "outcome": filling.way,
        "answers": read_answers(end.step.asks, given, desk=doing.desk.now, at=doing.at),
        "reason": filling.reason,
        "named": filling.named,
        "seen": filling.seen,
    }


def _is_theirs(doing: OfTurn, end: End) -> bool:
    """Whether it is worth asking: the step is under way in the round that they were shown, and it is their turn."""
    absent = not_here(doing.tx, doing.desk.slug, doing.at)
    try:
        theirs(end.case, end.step.id, _doing(doing, end), absent=absent, seen=end.filling.seen)
    except (TurnOfOthersError, StepOverError, VotedError):
        return False
    return True


def _taken(doing: OfTurn, end: End, words: str) -> End | None:
    """Return how a step ends with what was answered; None where that was no answer, and they have been told."""
    filling = end.filling
    if wants_cancel(words):
        doing.tell(turn_phrases.given_up(doing.voice.language, step=end.step.does))
        return None
    if filling.asks == REASON:
        return end.with_(reason=words)
    if filling.asks == NAMED:
        return end.with_(named=_person(doing, end, words))
    question = next((each for each in end.step.asks if each.id == filling.asks), None)
    if question is None:
        return end
    if is_left_out(words, question, end.case.answers):
        return end.with_(answers={**filling.answers, question.id: None})
    if question.kind is Kind.FILE:
        return _file(doing, end, question)
    today = doing.desk.now.desk.calendar.day_of(doing.at)
    try:
        read_answer(question, words, today=today)
    except AnswerError as error:
        fault = fault_words(question, error, doing.voice.language, today=today)
        _expect(doing, end, question.id, fault)
        return None
    return end.with_(answers={**filling.answers, question.id: words})


def _file(doing: OfTurn, end: End, question: Question) -> End | None:
    """Take the file that was sent, or look for one that was still on its way."""
    attachment = end.filling.file
    if doing.written.files:
        attachment = _handed_in(doing, end)
    found = next(
        (each for each in attachments.on_ticket(doing.tx, doing.number) if each.id == attachment), None
    )
    if found is not None:
        return end.with_(answers={**end.filling.answers, question.id: found.sha256}, file=None)
    language = doing.voice.language
    if attachment is None:
        text = asking.question_words(question, language, known=end.case.answers)
        _expect(doing, end, question.id, text)
        return None
    go_on = [("ok", turn_phrases.go_on_label(language))]
    _expect(doing, end.with_(file=attachment), question.id, turn_phrases.file_on_its_way(language), go_on)
    return None


def _ask(doing: OfTurn, end: End, question: Question) -> None:
    if question.kind is Kind.FILE and doing.written.files:
        taken = _file(doing, end.with_(asks=question.id), question)
        if taken is not None:
            finish(doing, taken)
        return
    language = doing.voice.language
    text = asking.question_words(question, language, known=end.case.answers)
    _expect(doing, end, question.id, text, asking.choices_of(question, language, known=end.case.answers))


def _expect(doing: OfTurn, end: End, what: str, text: str, choices: asking.Choices = ()) -> None:
    """Ask for something; their next message in this place answers it, or a press. By mail it is asked for on the page."""
    if by_mail(doing):
        doing.tell(text if what == REASON else turn_phrases.on_page(doing.voice.language))
        return
    rows = [[Button(label=label, data=button(Verb.FILL, doing.number, said))] for said, label in choices]
    doing.tell(text, rows, in_words=asking.in_words(choices))
    begun = end.filling.asking(what).to_text()
    prompt = Prompt(ticket=doing.number, verb=Verb.FILL, begun=begun)
    prompts.expect(doing.tx, prompt, of=doing.person, at_place=doing.written.said.place, at=doing.at)


def _end(doing: OfTurn, end: End) -> None:
    _hand_in(doing, end)
    after = actions.act(
        doing.tx, end.case.id, end.step.id, procedure=end.procedure, desk=doing.desk.now, by=doing.by, at=doing.at,
        **_how(doing, end),
    )  # fmt: skip
    language, procedure = doing.voice.language, end.procedure
    turn = after.turn(end.step.id)
    if turn is not None and turn.votes:
        way = dict(ways_of(end.step, language))[end.filling.way]
        doing.tell(voting_phrases.taken(language, way=way, step=end.step.does, count=len(turn.votes)))
        return
    doing.tell(
        phrases.step_over(
            language,
            step=end.step.does,
            way=dict(ways_of(end.step, language))[end.filling.way],
            then=[
                phrases.step(language, number=step.number, does=step.does, role=procedure.actor(step))
                for each in after.standing.open
                if (step := procedure.step(each))
            ],
            end=place_words(procedure, after.ended) if after.ended else None,
        )
    )
    _call_on(doing, after)


def _call_on(doing: OfTurn, after: CaseNow) -> None:
    """Call whoever goes on by themselves, where they are: the follower of the history calls the others alone."""
    for turn in after.turns:
        is_new = turn.is_open and turn.begun_at == doing.at
        called = called_to(doing.tx, after, turn, doing.desk) if is_new else None
        if called is None or not called.asks_somebody:
            continue
        if any(person.id == doing.person.id for person in acting_now(doing.tx, called, at=doing.at)):
            call(
                doing.tx, called, doing.person, call_text(doing.tx, called), at=doing.at,
                dedup=f"on:{after.id}:{turn.step}:{turn.round}", only=doing.written.said.place.channel,
            )  # fmt: skip


def _hand_in(doing: OfTurn, end: End) -> None:
    """Take the files that came along as what the step has made, where none of its questions is answered by one."""
    if doing.written.files and not any(each.kind is Kind.FILE for each in end.step.asks):
        _handed_in(doing, end)


def _handed_in(doing: OfTurn, end: End) -> int | None:
    """Put the files that were sent on the ticket; return the first."""
    text = turn_phrases.output(doing.voice.language, step=end.step.does)
    return handing.hand_in(
        doing.tx, end.case.id, end.step.id, doing.written.files, text, procedure=end.procedure,
        desk=doing.desk.now, by=doing.by, at=doing.at, seen=end.filling.seen,
    )  # fmt: skip


def _names(doing: OfTurn, people: Sequence[str]) -> list[str]:
    names = {member.id: member.name for member in doing.desk.now.desk.staff}
    return [names.get(each, each) for each in people]


def _person(doing: OfTurn, end: End, words: str) -> str | None:
    """Return the id of whom they name, by number or name; None: nobody whom they may name."""
    desk = doing.desk.now.desk
    absent = not_here(doing.tx, doing.desk.slug, doing.at)
    people = sorted(nameable(end.procedure, end.step, desk, absent=absent))
    if words.isdecimal() and 1 <= int(words) <= len(people):
        return people[int(words) - 1]
    found = staff.named(doing.tx, doing.desk.slug, words)
    return found.id if found is not None and found.id in people else None
