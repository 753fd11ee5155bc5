"""Promises from chat: why a clock is due when it is; for supervisors to acknowledge an alert and to give more time."""

from bot.clock_buttons import key_of
from bot.commands import Verb, button, length
from bot.executing import prompts
from bot.executing.doing import Doing
from bot.executing.prompts import Prompt
from bot.executing.verbs import OnTicket
from templates_replies import promise_phrases as phrases
from templates_replies.explain_phrases import explanation
from tickets import staff
from tickets.actions import promises
from tickets.actions.rights import require
from tickets.actor import Role
from tickets.clocks import FIRST_RESPONSE, NEXT_RESPONSE, RESOLUTION, SECOND_LINE, ClockState
from tickets.hours import Span
from tickets.ledger import events
from tickets.message import Button

LENGTHS = ("30m", "1h", "2h", "1d")
_CALLED = {
    **dict.fromkeys((FIRST_RESPONSE, "pertama", "jawaban", "first", "answer"), FIRST_RESPONSE),
    **dict.fromkeys((NEXT_RESPONSE, "berikutnya", "next"), NEXT_RESPONSE),
    **dict.fromkeys((RESOLUTION, "penyelesaian", "solusi", "solution"), RESOLUTION),
    **dict.fromkeys((SECOND_LINE, "tim", "lini", "team"), SECOND_LINE),
}


def _explain(doing: Doing, rest: str) -> None:
    every = events.clocks_of(doing.tx, doing.number)
    clocks = _meant(every, rest.lower()) or ([] if rest else _newest(every))
    if not clocks:
        doing.tell(phrases.no_running_clock(doing.voice.language, ticket=doing.number))
        return
    names = _names(doing)
    found = [
        events.explained_clock(doing.tx, ticket=doing.number, key=clock.key, now=doing.at) for clock in clocks
    ]
    texts = [
        explanation(doing.voice.language, each, ticket=doing.number, names=names) for each in found if each
    ]
    doing.tell("\n\n".join(texts))


def _acknowledge(doing: Doing, rest: str) -> None:
    require(doing.by, Role.SUPERVISOR, doing.ticket.desk)
    clock = _running(doing, rest.lower())
    if clock is None:
        return
    seen = promises.acknowledge(doing.tx, doing.number, clock.key, by=doing.by, at=doing.at)
    by = _names(doing).get(seen.acknowledged_by or "", doing.person.name)
    doing.tell(phrases.acknowledged(doing.voice.language, ticket=doing.number, clock=clock.kind, by=by))


def _extend(doing: Doing, rest: str) -> None:
    """Give more time; what is left out, the length or the reason, is asked for."""
    require(doing.by, Role.SUPERVISOR, doing.ticket.desk)
    first, _, more = rest.partition(" ")
    named = bool(_meant(events.clocks_of(doing.tx, doing.number), first.lower())) if first else False
    clock = _running(doing, first.lower() if named else "")
    if clock is None:
        return
    language = doing.voice.language
    if clock.paused_at is not None:
        doing.tell(phrases.paused_needs_none(language, ticket=doing.number, clock=clock.kind))
        return
    word, _, reason = (more if named else rest).strip().partition(" ")
    within = length(word)
    if within is None:
        if word:
            doing.tell(phrases.not_a_length(language, word=word))
        _ask_length(doing, clock)
    elif not reason.strip():
        _ask_reason(doing, clock, within)
    else:
        _give(doing, clock, within, reason)


def _ask_length(doing: Doing, clock: ClockState) -> None:
    language = doing.voice.language
    row = [
        Button(
            label=phrases.length_label(language, within=Span.parse(each).length),
            data=button(Verb.EXTEND, doing.number, f"{clock.kind}.{clock.cycle} {each}"),
        )
        for each in LENGTHS
    ]
    doing.tell(phrases.ask_length(language, ticket=doing.number, clock=clock.kind), [row[:2], row[2:]])
    _expect(doing, key_of(clock))


def _ask_reason(doing: Doing, clock: ClockState, within: str) -> None:
    language = doing.voice.language
    doing.tell(phrases.ask_reason(language, ticket=doing.number, within=Span.parse(within).length))
    _expect(doing, f"{key_of(clock)} {within}")


def _expect(doing: Doing, begun: str) -> None:
    prompt = Prompt(ticket=doing.number, verb=Verb.EXTEND, begun=begun)
    prompts.expect(doing.tx, prompt, of=doing.person, at_place=doing.written.said.place, at=doing.at)


def _give(doing: Doing, clock: ClockState, within: str, reason: str) -> None:
    longer = promises.extend_by(
        doing.tx, doing.number, clock.key, Span.parse(within), reason=reason, by=doing.by, at=doing.at
    )  # fmt: skip
    voice = doing.voice
    doing.tell(
        phrases.extended(
            voice.language, ticket=doing.number, clock=clock.kind, by=doing.person.name,
            due_at=voice.local(longer.due_at), reason=reason, today=voice.local(doing.at).date(),
        )
    )  # fmt: skip


def _running(doing: Doing, words: str) -> ClockState | None:
    """Return the running clock that is meant, the most pressing if none is named; None after saying so."""
    meant = [
        clock for clock in _meant(events.clocks_of(doing.tx, doing.number), words) if clock.running
    ]  # fmt: skip
    if not meant:
        doing.tell(phrases.no_running_clock(doing.voice.language, ticket=doing.number))
        return None
    return min(meant, key=lambda clock: (clock.paused_at is not None, clock.due_at))


def _meant(clocks: tuple[ClockState, ...], words: str) -> list[ClockState]:
    """Return the clocks that are meant: one by its key, those of a kind, or without words all that run."""
    if not words:
        return [clock for clock in clocks if clock.running]
    kind, _, rest = words.partition(".")
    cycle, _, subject = rest.partition(".")
    if cycle.isdecimal():
        of_cycle = [clock for clock in clocks if (clock.kind, clock.cycle) == (kind, int(cycle))]
        return [clock for clock in of_cycle if clock.subject == subject] or of_cycle
    of_kind = [clock for clock in clocks if clock.kind == _CALLED.get(words.split(maxsplit=1)[0])]
    return of_kind[-1:]


def _newest(clocks: tuple[ClockState, ...]) -> list[ClockState]:
    return list({clock.kind: clock for clock in clocks}.values())


def _names(doing: Doing) -> dict[str, str]:
    return {person.actor.key: person.name for person in staff.active(doing.tx, doing.ticket.desk)}


VERBS: OnTicket = {Verb.EXPLAIN: _explain, Verb.ACKNOWLEDGE: _acknowledge, Verb.EXTEND: _extend}
