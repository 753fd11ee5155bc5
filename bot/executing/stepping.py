"""Procedures from chat: where a ticket's case stands, ending the step whose turn it is, handing it on, asking the requester."""

from bot.commands import Verb
from bot.executing import prompts
from bot.executing.doing import OfTurn
from bot.executing.ending import End, by_mail, finish, tell_refused
from bot.executing.prompts import Prompt
from bot.executing.verbs import OnTurn
from bot.former_procedures import procedure_of
from bot.turns.buttons import ASK, buttons_for, is_of, is_press, pressed
from bot.turns.called import acting_now, called_to
from bot.turns.calling import call, call_text, ways_in_words
from bot.turns.filling import TO_ASK, Filling, read_filling
from procedures.cases import rows as cases
from procedures.cases.presence import not_here
from procedures.cases.refusals import StepOverError, TurnOfOthersError, VotedError
from procedures.cases.rights import may_end
from procedures.cases.rows import CaseNow
from procedures.definition.procedure import Procedure, Step
from procedures.running import handing
from procedures.words.answer_words import ways_of
from templates_replies import procedure_phrases as phrases
from templates_replies import turn_phrases
from tickets import staff
from tickets.actions.errors import UnknownValueError
from tickets.actions.rights import require_helper
from tickets.message import Channel

_HANDS, _ASKS = frozenset({"serahkan", "hand"}), frozenset({"tanya", "ask"})


def _step(doing: OfTurn, rest: str) -> None:
    """End a step named by its number or id in one of its ways; without words, say where the case stands."""
    case, procedure = _case(doing, rest)
    if case is None or procedure is None:
        require_helper(doing.by, doing.ticket)
        doing.tell(phrases.no_case(doing.voice.language, ticket=doing.number))
    elif by_mail(doing):
        _call_again(doing, case, procedure)
    elif is_press(rest):
        press = pressed(rest, case, procedure, doing.voice.language)
        if press is None:
            _tell_standing(doing, case, procedure, only=None)
        elif press.way == ASK:
            _ask(doing, case, procedure, press.step, "", seen=press.round)
        else:
            filling = Filling(step=press.step.id, seen=press.round, way=press.way)
            finish(doing, End(case=case, procedure=procedure, step=press.step, filling=filling))
    else:
        _written(doing, case, procedure, rest)


def _written(doing: OfTurn, case: CaseNow, procedure: Procedure, rest: str) -> None:
    named, _, more = rest.partition(" ")
    step = next((each for each in procedure.steps if named in {each.id, each.number}), None)
    verb, _, words = more.strip().partition(" ")
    way, reason = _way(step, more, doing) if step else (None, "")
    if step is not None and way is None and verb.casefold() in _HANDS:
        _hand(doing, case, procedure, step, words.strip())
    elif step is not None and way is None and verb.casefold() in _ASKS:
        _ask(doing, case, procedure, step, words.strip())
    elif step is None or way is None:
        _tell_standing(doing, case, procedure, only=step)
    else:
        turn = case.turn(step.id)
        filling = Filling(step=step.id, seen=turn.round if turn else 0, way=way, reason=reason)
        finish(doing, End(case=case, procedure=procedure, step=step, filling=filling))


def _fill(doing: OfTurn, rest: str) -> None:
    """Take what a step asked for, and go on."""
    read = read_filling(rest)
    case, procedure = _case(doing, f"{read[0].step}" if read else "")
    step = procedure.step(read[0].step) if procedure and read else None
    if case is None or procedure is None or step is None or read is None:
        _step(doing, "")
        return
    filling, words = read
    if filling.asks == TO_ASK:
        _ask(doing, case, procedure, step, words, seen=filling.seen)
    else:
        finish(doing, End(case=case, procedure=procedure, step=step, filling=filling), words)


def _case(doing: OfTurn, rest: str) -> tuple[CaseNow | None, Procedure | None]:
    """Return the ticket's case that is meant: a button's own, the one that stands at the named step, else the newest."""
    found = cases.of_ticket(doing.tx, doing.number)
    running = [case for case in reversed(found) if case.ended is None]
    for case in running:
        procedure = procedure_of(doing.tx, case, doing.desk)
        if procedure is not None and (is_of(rest, case) or _stands_at(case, procedure, rest)):
            return case, procedure
    newest = running[0] if running else cases.asked_for(found)
    return newest, procedure_of(doing.tx, newest, doing.desk) if newest else None


def _stands_at(case: CaseNow, procedure: Procedure, rest: str) -> bool:
    named = rest.partition(" ")[0]
    return any(named in {step.id, step.number} for step in procedure.steps if case.turn(step.id))


def _way(step: Step, words: str, doing: OfTurn) -> tuple[str | None, str]:
    """Return the outcome that is meant, by its id or its label, and the words behind it."""
    said = words.strip()
    ways = ways_of(step, doing.voice.language)
    if not said and len(ways) == 1:
        return ways[0][0], ""
    names = sorted(
        ((name, way) for way, label in ways for name in (way, label)), key=lambda each: -len(each[0])
    )
    for name, way in names:
        if said.casefold() == name.casefold() or said.casefold().startswith(f"{name.casefold()} "):
            return way, said[len(name) :].strip()
    return None, ""


def _tell_standing(doing: OfTurn, case: CaseNow, procedure: Procedure, *, only: Step | None) -> None:
    """Say whose turn it is, with buttons for what they may end; to whom the ticket is no matter, their own turns alone."""
    language, desk = doing.voice.language, doing.desk.now.desk
    absent = not_here(doing.tx, doing.desk.slug, doing.at)
    turns = [
        (turn, step, may_end(doing.by, role, desk, absent=absent, holder=turn.holder))
        for turn in case.turns
        if turn.is_open and (step := procedure.step(turn.step)) and (role := procedure.acting(step))
    ]
    if not any(theirs for *_, theirs in turns):
        require_helper(doing.by, doing.ticket)
    shown = [each for each in turns if only is None or each[1] is only]
    steps = [(step.number, step.does, procedure.actor(step)) for _, step, _ in shown]
    text = phrases.stands(language, ticket=doing.number, procedure=procedure.name, steps=steps)
    own = [(turn, step) for turn, step, theirs in shown if theirs]
    rows = [row for turn, step in own for row in buttons_for(case, step, turn, language)]
    in_words = "\n".join(ways_in_words(doing.number, step, language) for _, step in own)
    doing.tell(text, () if by_mail(doing) else rows, in_words=in_words)


def _call_again(doing: OfTurn, case: CaseNow, procedure: Procedure) -> None:
    """Call somebody who writes by mail to their turns once more: there a step is decided by answering its call alone."""
    calls = [called_to(doing.tx, case, turn, doing.desk) for turn in case.turns if turn.is_open]
    theirs = [each for each in calls if each and doing.person in acting_now(doing.tx, each, at=doing.at)]
    for called in theirs:
        call(
            doing.tx, called, doing.person, call_text(doing.tx, called), at=doing.at, only=Channel.EMAIL,
            dedup=f"call:{doing.written.said.event_id}:{called.step.id}",
        )  # fmt: skip
    if theirs:
        doing.tell(turn_phrases.answer_the_call(doing.voice.language))
    else:
        _tell_standing(doing, case, procedure, only=None)


def _hand(doing: OfTurn, case: CaseNow, procedure: Procedure, step: Step, words: str) -> None:
    """Hand a turn to a colleague, by name."""
    language = doing.voice.language
    if not words:
        doing.tell(turn_phrases.to_whom(language, ticket=doing.number, step=step.number))
        return
    to = staff.named(doing.tx, doing.desk.slug, words)
    if to is None:
        raise UnknownValueError(f"nobody is called {words}", field="agent", value=words)
    try:
        handing.hand_over(
            doing.tx, case.id, step.id, to.id, procedure=procedure, desk=doing.desk.now, by=doing.by, at=doing.at
        )  # fmt: skip
    except (StepOverError, TurnOfOthersError, VotedError) as refused:
        tell_refused(doing, case, procedure, step, refused)
        return
    about = turn_phrases.about(language, step=step.does, procedure=procedure.name, ticket=doing.number)
    doing.tell(turn_phrases.handed_on(language, about=about, who=doing.person.name, to=to.name))


def _ask(
    doing: OfTurn, case: CaseNow, procedure: Procedure, step: Step, words: str, *, seen: int | None = None
) -> None:  # fmt: skip
    """Ask the requester something; without words, ask what. `seen` is the round that they were shown."""
    language = doing.voice.language
    if not words:
        doing.tell(turn_phrases.ask_what(language))
        turn = case.turn(step.id)
        asks = Filling(step=step.id, seen=seen or (turn.round if turn else 0), asks=TO_ASK)
        prompt = Prompt(ticket=doing.number, verb=Verb.FILL, begun=asks.to_text())
        prompts.expect(doing.tx, prompt, of=doing.person, at_place=doing.written.said.place, at=doing.at)
        return
    try:
        handing.ask_requester(
            doing.tx, case.id, step.id, words, procedure=procedure, desk=doing.desk.now, by=doing.by, at=doing.at,
            seen=seen,
        )  # fmt: skip
    except (StepOverError, TurnOfOthersError, VotedError) as refused:
        tell_refused(doing, case, procedure, step, refused)
        return
    doing.tell(turn_phrases.asked(language))


VERBS: OnTurn = {Verb.STEP: _step, Verb.FILL: _fill}
