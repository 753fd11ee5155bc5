"""Being here or not, and handing over, from chat: about people, not about one ticket."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime

from bot.commands import LONGEST_DATA, Verb, button
from bot.executing.absences import NotATimeError, break_until, from_and_to, leave_of
from bot.executing.doing import AtDesk
from bot.executing.verbs import ForDesk
from templates_replies import presence_phrases as phrases
from templates_replies.staff_commands import COMMAND_OF
from tickets import staff as people
from tickets.actions import handover, presence
from tickets.actions.errors import UnknownValueError
from tickets.actions.handover import Move
from tickets.assignment import Way
from tickets.lines import load_of
from tickets.message import Button
from tickets.presence import Away, whole_days
from tickets.staff import StaffNow

_SURE = {"ya", "yes"}  # behind a hand-over: do it, do not ask


def _take_a_break(at_desk: AtDesk, rest: str) -> None:
    now = at_desk.voice.local(at_desk.at)
    try:
        until = break_until(rest, now)
    except NotATimeError:
        _not_a_time(
            at_desk, rest, example=f"/{_name(at_desk, 'break')} 30m, /{_name(at_desk, 'break')} 13.30"
        )
        return
    presence.go_away(
        at_desk.tx,
        at_desk.person.id,
        Away.BREAK,
        desk=at_desk.desk.now,
        until=_utc(until),
        by=at_desk.by,
        at=at_desk.at,
    )
    at_desk.tell(phrases.break_begun(at_desk.voice.language, until=until, today=now.date()))


def _go_on_leave(at_desk: AtDesk, rest: str) -> None:
    local = at_desk.voice.local
    today = local(at_desk.at).date()
    try:
        leave = leave_of(rest, today)
    except NotATimeError:
        _not_a_time(at_desk, rest, example=f"/{_name(at_desk, 'leave')} 2026-12-01 2026-12-05 sari")
        return
    substitute = _colleague(at_desk, leave.substitute, field="substitute") if leave.substitute else None
    since, until = whole_days(
        leave.first_on, leave.last_on or leave.first_on, at_desk.desk.now.desk.calendar.tz
    )
    absence = presence.go_away(
        at_desk.tx, at_desk.person.id, Away.OUT_OF_OFFICE, desk=at_desk.desk.now, since=since,
        until=until if leave.last_on else None, substitute=substitute.id if substitute else None, by=at_desk.by,
        at=at_desk.at,
    )  # fmt: skip
    at_desk.tell(
        phrases.leave_noted(
            at_desk.voice.language, since=local(absence.since), until=local(absence.until) if absence.until else None,
            today=today, held=load_of(at_desk.tx, at_desk.desk.slug)[at_desk.person.id],
            substitute=substitute.name if substitute else None,
            spreads=at_desk.desk.now.desk.assignment.way is not Way.MANUAL,
        )
    )  # fmt: skip


def _come_back(at_desk: AtDesk, _rest: str) -> None:
    ended = presence.come_back(
        at_desk.tx, at_desk.person.id, desk=at_desk.desk.now, by=at_desk.by, at=at_desk.at
    )
    at_desk.tell((phrases.back if ended else phrases.not_away)(at_desk.voice.language))


def _hand_over(at_desk: AtDesk, rest: str) -> None:
    """Show what would move; with a yes behind it, do it."""
    words, _, last = rest.rpartition(" ")
    sure = last.lower() in _SURE
    whose, to_whom = from_and_to(words if sure else rest)
    language = at_desk.voice.language
    if not whose:
        at_desk.tell(phrases.whose_tickets(language))
        return
    who = _colleague(at_desk, whose, field="agent")
    to = _colleague(at_desk, to_whom, field="agent") if to_whom else None
    moves = _moves(at_desk, who, to, do=sure)
    counts = counts_of(moves, people.active(at_desk.tx, at_desk.desk.slug))
    if not moves:
        at_desk.tell(phrases.nothing_held(language, who=who.name))
    elif sure:
        at_desk.tell(phrases.handed_over(language, who=who.name, counts=counts))
    else:
        command = f"/{_name(at_desk, 'hand_over')} {rest} {'ya' if language == 'id' else 'yes'}"
        data = button(Verb.HAND_OVER, 0, f"{rest} ya")
        label = phrases.hand_over_label(language, count=len(moves))
        rows = [[Button(label=label, data=data)]] if len(data.encode()) <= LONGEST_DATA else []
        at_desk.tell(phrases.hand_over_plan(language, who=who.name, counts=counts, command=command), rows)


def _moves(at_desk: AtDesk, who: StaffNow, to: StaffNow | None, *, do: bool) -> tuple[Move, ...]:
    to_id = to.id if to else None
    if not do:
        return handover.preview(
            at_desk.tx, who.id, desk=at_desk.desk.now, to=to_id, by=at_desk.by, at=at_desk.at
        )
    return at_desk.acts.hand_over(
        at_desk.tx, who.id, desk=at_desk.desk.now, to=to_id, by=at_desk.by, at=at_desk.at
    )


def counts_of(moves: Iterable[Move], staff: Iterable[StaffNow]) -> list[tuple[str | None, int]]:
    """Return how many tickets each gets, by name; None: nobody has room."""
    names = {person.id: person.name for person in staff}
    counts = Counter(move.to for move in moves)
    return [(names.get(to, to) if to else None, count) for to, count in counts.most_common()]


def _colleague(at_desk: AtDesk, words: str, *, field: str) -> StaffNow:
    person = people.named(at_desk.tx, at_desk.desk.slug, words)
    if person is None:
        raise UnknownValueError("nobody called so works here", field=field, value=words[:40])
    return person


def _not_a_time(at_desk: AtDesk, words: str, *, example: str) -> None:
    at_desk.tell(phrases.not_a_time(at_desk.voice.language, words=words, example=example))


def _name(at_desk: AtDesk, key: str) -> str:
    """Return how a command is typed in the language of the desk."""
    command = next(command for command in COMMAND_OF.values() if command.key == key)
    return command.name.say(at_desk.voice.language)


def _utc(at: datetime | None) -> datetime | None:
    return at.astimezone(UTC) if at is not None else None


VERBS: ForDesk = {
    Verb.BREAK: _take_a_break,
    Verb.LEAVE: _go_on_leave,
    Verb.BACK: _come_back,
    Verb.HAND_OVER: _hand_over,
}
