"""Alerts: a promise about to break, broken, or found kept after all, told to the desk's supervisors, once each.

A follower of the history. Each supervisor is reached on the quickest way that the desk has an account for; the other
ways travel along, for the delivery worker to try if that one is refused. What waits to be told of one ticket is joined:
one message says of each clock how it stands when it is sent.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from bot.clock_buttons import clock_button
from bot.commands import Verb, button
from bot.desks import Desks, OpenDesk
from bot.holders import Holders
from bot.identity import masked_in
from bot.people import addresses_of
from bot.survey.findings import LOW, low_score_text
from bot.telling import Rows
from bot.turns.called import acting_now, turn_of_clock
from bot.voice import staff_voice
from procedures.cases.step_clock import STEP
from templates_replies import promise_phrases
from templates_replies.catalogue import Language
from templates_replies.staff_cards import Alert, alert_breach, alert_warning, alert_withdrawn
from tickets import contacts, unsent
from tickets import ticket as tickets_
from tickets.actor import Role
from tickets.clocks import SECOND_LINE, ClockState
from tickets.desk import Desk
from tickets.ledger import events
from tickets.ledger.events import Recorded
from tickets.ledger.tx import Tx
from tickets.message import Button
from tickets.outbox import enqueue
from tickets.parcels import Audience, Priority
from tickets.staff import StaffNow, active

ACKNOWLEDGED, EXTENDED = "clock.acknowledged", "clock.extended"
_BREACHED, _WITHDRAWN = "clock.breached", "clock.withdrawn"
_KINDS = {"clock.warned", _BREACHED, _WITHDRAWN, ACKNOWLEDGED, EXTENDED}
News = Mapping[str, Any]  # what happened to a clock: `kind`, `clock`, `by`


@dataclass(frozen=True, kw_only=True)
class Told:
    """What an alert says when it is sent."""

    text: str
    buttons: Rows = ()


class AlertFollower:
    name = "alerts"

    def __init__(self, desks: Desks, *, clock: Callable[[], datetime]) -> None:
        self._desks = desks
        self._clock = clock

    def wants(self, event: Recorded) -> bool:
        known = self._desks.get(event.desk) is not None
        return known and event.ticket is not None and event.kind in _KINDS

    def follow(self, tx: Tx, event: Recorded) -> None:
        desk = self._desks[event.desk]
        others = _of_team(event, desk) | _whose_turn(tx, event, desk)
        for person in active(tx, event.desk):
            concerned = person.role is Role.SUPERVISOR or person.id in others
            if concerned and person.actor.key != event.actor:  # who did it knows
                self._alert(tx, event, desk, person)

    def _alert(self, tx: Tx, event: Recorded, desk: OpenDesk, person: StaffNow) -> None:
        ways = ways_to(person, desk)
        if not ways:
            return
        now, line = self._clock(), f"alert:{person.desk}:{person.id}"
        if joined(tx, news_of(event), line=line, act="alert", ticket=event.ticket or 0):
            return
        enqueue(
            tx, dedup=f"alert:{event.id}:{person.id}", account=ways[0]["account"], audience=Audience.STAFF,
            act="alert", order_key=line, priority=Priority.ALERT, desk=event.desk, ticket=event.ticket, at=now,
            payload={**news_of(event), "ways": ways}, not_before=after_quiet_hours(desk.now.desk, now),
        )  # fmt: skip


def news_of(event: Recorded) -> News:
    """Return what an event has to say of a clock, as a parcel keeps it until it is put in words."""
    return {"kind": event.kind, "clock": dict(event.data), "by": event.actor}


def joined(tx: Tx, news: News, *, line: str, act: str, ticket: int) -> bool:
    """Add news to an alert of the same ticket that waits in the line; False if none does."""
    waiting = [row for row in unsent.waiting(tx, line=line, act=act) if row.ticket == ticket]
    # What was perhaps told already stays as it is: to withdraw it unheard might be wrong.
    alert = next((row for row in waiting if "clock" in row.payload and not row.payload.get("again")), None)
    if alert is None:
        return False
    return unsent.rewrite(tx, alert.id, {**alert.payload, "more": [*alert.payload.get("more", ()), news]})


def newest(payload: Mapping[str, Any]) -> Sequence[News]:
    """Return the last that happened to each clock; a breach and its withdrawal that wait together are no news."""
    of_clock: dict[tuple[str, str, int], list[News]] = {}
    for news in (payload, *payload.get("more", ())):
        of_clock.setdefault(_key_of(news), []).append(news)
    return [
        told[-1]
        for told in of_clock.values()
        if told[-1]["kind"] != _WITHDRAWN or all(each["kind"] != _BREACHED for each in told)
    ]


def _key_of(news: News) -> tuple[str, str, int]:
    about = news["clock"]
    return about["clock"], about.get("about", ""), about["cycle"]


def _whose_turn(tx: Tx, event: Recorded, desk: OpenDesk) -> frozenset[str]:
    """Return the ids of those who may end the step of a procedure whose clock it is."""
    if event.data.get("clock") != STEP:
        return frozenset()
    called = turn_of_clock(tx, event.data.get("about", ""), event.data["cycle"], desk)
    return frozenset(person.id for person in acting_now(tx, called, at=event.at)) if called else frozenset()


def _of_team(event: Recorded, desk: OpenDesk) -> frozenset[str]:
    """Return whose promise it is too: the members of a team that has no place at which it is told together."""
    team = desk.now.desk.team(event.data.get("about", "")) if event.data.get("clock") == SECOND_LINE else None
    return frozenset(team.members if team is not None and not team.telegram_group and not team.email else ())


def ways_to(person: StaffNow, desk: OpenDesk) -> list[dict[str, str]]:
    """Return the places at which somebody of the desk can be told something, the quickest first."""
    found = []
    for channel, address in addresses_of(person):
        account = next((each for each in desk.now.desk.accounts_on(channel) if not each.off), None)
        if account is not None:
            found.append({"account": account.key, "channel": str(channel), "address": address})
    return found


def after_quiet_hours(desk: Desk, now: datetime) -> datetime:
    """Return `now`, or the end of the quiet hours in which it lies."""
    local = now.astimezone(desk.calendar.tz)
    minute = local.hour * 60 + local.minute
    for window in desk.quiet_hours:
        for shift in (0, 24 * 60):  # a window over midnight began yesterday
            if window.start <= minute + shift < window.end:
                midnight = datetime.combine(local.date(), time(), tzinfo=local.tzinfo)
                return (midnight + timedelta(minutes=window.end - shift)).astimezone(UTC)
    return now


def alert_of(
    tx: Tx, *, ticket: int, payload: Mapping[str, Any], desk: OpenDesk, now: datetime
) -> Told | None:
    """Put an alert in words as things stand when it is sent; None if there is nothing to say any more.

    A line for each clock; below them the ticket, once, and buttons, both as they belong to the last of them.
    """
    found = [_told(tx, ticket, news, desk, now) for news in newest(payload)]
    told = [each for each in found if each is not None]
    if not told:
        return None
    parts = [each.text.partition("\n") for each in told]
    about = [below for _, _, below in parts if below][-1:]
    buttons = next((each.buttons for each in reversed(told) if each.buttons), ())
    return Told(text="\n".join([*(head for head, _, _ in parts), *about]), buttons=buttons)


def _told(tx: Tx, ticket: int, news: News, desk: OpenDesk, now: datetime) -> Told | None:
    kind, key = news["kind"], _key_of(news)
    if kind == LOW:
        found = low_score_text(tx, ticket=ticket, cycle=key[2], desk=desk)
        return Told(text=found) if found else None
    clock = next((each for each in events.clocks_of(tx, ticket) if each.key == key), None)
    if clock is None or _over(clock, kind, now):
        return None
    voice = staff_voice(desk)
    language, today = voice.language, voice.local(now).date()
    if kind == _WITHDRAWN:
        if clock.met_at is None:
            return None
        met_at = voice.local(clock.met_at)
        return Told(
            text=alert_withdrawn(language, ticket=ticket, clock=clock.kind, met_at=met_at, today=today)
        )
    if kind in {ACKNOWLEDGED, EXTENDED}:
        return Told(text=_done(tx, ticket, clock, news, desk, today))
    say = alert_breach if kind == _BREACHED else alert_warning
    text = say(language, alert=_alert(tx, ticket, clock, desk, now), now=voice.local(now))
    return Told(text=text, buttons=_buttons(ticket, clock, language))


def _done(tx: Tx, ticket: int, clock: ClockState, news: News, desk: OpenDesk, today: date) -> str:
    """Tell the others what one of them has done about a clock."""
    voice = staff_voice(desk)
    names = {person.actor.key: person.name for person in active(tx, desk.slug)}
    by = names.get(news.get("by") or "", str(news.get("by")).partition(":")[2])
    if news["kind"] == ACKNOWLEDGED:
        return promise_phrases.acknowledged(voice.language, ticket=ticket, clock=clock.kind, by=by)
    given = news["clock"]
    return promise_phrases.extended(
        voice.language, ticket=ticket, clock=clock.kind, by=by, reason=given["reason"], today=today,
        due_at=voice.local(datetime.fromisoformat(given["due_at"])),
    )  # fmt: skip


def _buttons(ticket: int, clock: ClockState, language: Language) -> Rows:
    verbs = (Verb.ACKNOWLEDGE, Verb.ASSIGN, Verb.EXTEND, Verb.EXPLAIN)
    buttons = [
        Button(label=label, data=button(verb, ticket))
        if verb is Verb.ASSIGN
        else clock_button(verb, ticket, clock, label)
        for verb, label in zip(verbs, promise_phrases.alert_labels(language), strict=True)
    ]
    return [buttons[:2], buttons[2:]]


def _over(clock: ClockState, kind: str, now: datetime) -> bool:
    """Whether there is nothing to alert of any more: kept meanwhile, broken already, or given more time since."""
    if kind == "clock.warned":
        return not clock.running or (clock.lapsed_at is not None and clock.lapsed_at >= clock.due_at)
    return kind == _BREACHED and clock.running and clock.due_at > now


def _alert(tx: Tx, number: int, clock: ClockState, desk: OpenDesk, now: datetime) -> Alert:
    voice = staff_voice(desk)
    ticket = tickets_.load(tx, number)
    contact = contacts.load_contact(tx, ticket.contact)
    holders = Holders(tx, ticket, desk, at=now)
    return Alert(
        ticket=number,
        subject=masked_in(ticket.subject, contact.identity_number) if ticket.subject else None,
        contact=masked_in(contact.called or "?", contact.identity_number),
        channel=ticket.channel,
        clock=clock.kind,
        started_at=voice.local(clock.started_at),
        due_at=voice.local(clock.due_at),
        holder=holders.first_line,
        team=holders.team,
        category=voice.category_name(ticket.category) if ticket.category else None,
        step=_step(tx, clock, desk),
    )


def _step(tx: Tx, clock: ClockState, desk: OpenDesk) -> str | None:
    """Return what is done in the step whose clock it is, and by whom; None for any other clock."""
    called = turn_of_clock(tx, clock.subject, clock.cycle, desk) if clock.kind == STEP else None
    return f"{called.step.does} ({called.role.name})" if called is not None else None
