"""The desk's rules at work: what happens starts them by a follower, what has lasted by a job.

Whoever tries again finds the cause claimed, so each starts a rule once. What a rule does starts no rule. What a person
has decided is left alone: `tickets.rules` says so, for the running desk and for a trial alike.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, exists, literal_column, select

from bot.acts import Acts
from bot.desks import Desks, OpenDesk
from bot.spoken import has_spoken, may_speak
from bot.templates import choosing
from bot.templates.choosing import Unusable
from bot.voice import contact_voice
from templates_replies.render import render
from tickets import approved, contacts, hooks, staff, windows
from tickets import ticket as tickets_
from tickets.actions import answering, handling, prioritising, ruling, tagging
from tickets.actions.answering import Words
from tickets.actions.errors import ActError
from tickets.conditions import Facts
from tickets.facts import Looking
from tickets.hours import due
from tickets.ledger.events import Recorded
from tickets.ledger.prepared import Prepared
from tickets.ledger.tx import Tx
from tickets.lifecycle import TO_DO
from tickets.rules import Action, Lasts, Outcome, Rule, What, any_holds, asked_about, decide, started_by
from tickets.standing import can_start, starts, starts_rules
from tickets.tables import RuleTurn, Ticket
from tickets.ticket import TicketNow

PAST = timedelta(days=1)  # what lies further back is history, and starts nothing any more
CHUNK = 200  # tickets looked at in one transaction

_TICKETS = Ticket.__table__  # type: ignore[attr-defined]
_TURNS = RuleTurn.__table__  # type: ignore[attr-defined]


def _candidates(*so: Any) -> Prepared:
    """Ask for tickets old enough to have stood like this for so long, if anything has changed since the rule's turn."""
    had_its_turn = exists().where(
        _TURNS.c.ticket == _TICKETS.c.number,
        _TURNS.c.rule == bindparam("rule"),
        _TURNS.c.at >= _TICKETS.c.updated_at,
    )
    return Prepared(
        select(_TICKETS.c.number)
        .where(
            _TICKETS.c.desk == bindparam("desk"), _TICKETS.c.created_at <= bindparam("until"),
            _TICKETS.c.number > bindparam("behind"), ~had_its_turn, *so,
        )
        .order_by(_TICKETS.c.number)
        .limit(bindparam("most"))
    )  # fmt: skip


_IS_TO_DO = _TICKETS.c.status.in_([literal_column(f"'{status}'") for status in sorted(TO_DO)])
_LASTING = {
    Lasts.WAITING: _candidates(_TICKETS.c.status == literal_column("'waiting'")),
    Lasts.SILENT: _candidates(_IS_TO_DO),
    Lasts.UNANSWERED: _candidates(_IS_TO_DO),
    Lasts.UNASSIGNED: _candidates(_IS_TO_DO, _TICKETS.c.assignee.is_(None)),
    Lasts.UNSOLVED: _candidates(_IS_TO_DO),
}


class RuleFollower:
    """Lets what happens to tickets start rules."""

    name = "rules"

    def __init__(self, desks: Desks, *, clock: Callable[[], datetime]) -> None:
        self._desks = desks
        self._clock = clock

    def wants(self, event: Recorded) -> bool:
        desk = self._desks.get(event.desk)
        if desk is None or event.ticket is None or self._clock() - event.at > PAST:
            return False
        return starts_rules(event) and bool(started_by(desk.now.desk.rules, can_start(event.kind)))

    def follow(self, tx: Tx, event: Recorded) -> None:
        desk, now = self._desks[event.desk], self._clock()
        if event.ticket is None:
            return
        looking = Looking(tx, event.ticket, desk=desk.now.desk, at=now, event=event)
        rules = started_by(desk.now.desk.rules, can_start(event.kind))
        if not any_holds(rules, looking.facts(asked_about(rules))):  # so it is nearly always
            return
        rules = started_by(rules, starts(looking.standing_before, event))
        for outcome, facts in _decided(looking, rules, desk=desk):
            if ruling.take_turn(tx, looking.ticket, outcome.rule, f"event:{event.id}", at=now):
                _Carrying(tx, outcome, facts, ticket=looking.ticket, desk=desk, at=now).out()


def start_what_has_lasted(tx: Tx, desk: OpenDesk, rule: Rule, *, behind: int, at: datetime) -> int | None:
    """Start a rule that waits for a length, on the next tickets; the last number, or None when there are no more.

    What the rule asks is asked once, when the length is over.
    """
    lasts, span = rule.when.lasts, rule.when.span
    if lasts is None or span is None:
        return None
    rows = tx.all(
        _LASTING[lasts], desk=desk.slug, rule=rule.id, until=at - span.length, behind=behind, most=CHUNK
    )
    for row in rows:
        looking = Looking(tx, row.number, desk=desk.now.desk, at=at)
        since = looking.standing.since.get(lasts) if looking.standing is not None else None
        if since is None or due(desk.now.desk.calendar, since.at, span) > at:
            continue
        if ruling.take_turn(tx, looking.ticket, rule, f"{lasts}:{since.event}", at=at):
            for outcome, facts in _decided(looking, [rule], desk=desk):
                _Carrying(tx, outcome, facts, ticket=looking.ticket, desk=desk, at=at).out()
    return int(rows[-1].number) if len(rows) == CHUNK else None


def _decided(looking: Looking, rules: Sequence[Rule], *, desk: OpenDesk) -> Sequence[tuple[Outcome, Facts]]:
    standing = looking.standing
    if standing is None or standing.gone or standing.held or looking.ticket.desk != desk.slug:
        return ()
    facts = looking.facts()
    return [(outcome, facts) for outcome in decide(rules, facts)]


class _Carrying:
    """One rule's acts upon one ticket."""

    def __init__(
        self, tx: Tx, outcome: Outcome, facts: Facts, *, ticket: TicketNow, desk: OpenDesk, at: datetime
    ) -> None:
        self._tx = tx
        self._outcome = outcome
        self._facts = facts
        self._number = ticket.number
        self._ticket = ticket
        self._desk = desk
        self._at = at
        self._by = ruling.acting(outcome.rule)

    def out(self) -> None:
        did: list[Action] = []
        left = list(self._outcome.leaves)
        for action in self._outcome.does:
            try:
                done = self._do(action)
            except ActError:  # the ticket is solved, the colleague has left: a rule insists on nothing
                done = False
            (did if done else left).append(action)
        event = ruling.applied(
            self._tx, self._ticket, self._outcome.rule, did=did, left=left, at=self._at
        )  # fmt: skip
        for action in did:
            if action.what is What.WEBHOOK:
                self._tell(action.value, event)

    def _tell(self, hook: str, event: int) -> None:
        """Tell a webhook that the rule was applied, once, also where it is told of every rule."""
        slug = self._desk.slug
        key = hooks.key_of(slug, hook)
        hooks.queue(
            self._tx, key, kind="rule.applied", dedup=f"{key}:{event}", at=self._at, desk=slug, ticket=self._number,
            id=f"evt_{event}_{hook}", event=event,
        )  # fmt: skip

    def _do(self, action: Action) -> bool:
        tx, number, now = self._tx, self._number, self._desk.now
        match action.what:
            case What.CATEGORY:
                handling.categorise(tx, number, action.value, desk=now, by=self._by, at=self._at)
            case What.TAG:
                tagging.tag(tx, number, action.value, desk=now, by=self._by, at=self._at)
            case What.UNTAG:
                tagging.untag(tx, number, action.value, by=self._by, at=self._at)
            case What.PRIORITY:
                prioritising.prioritise(tx, number, action.value, desk=now, by=self._by, at=self._at)
            case What.TEAM:
                acts = Acts(Desks({self._desk.slug: self._desk}))
                acts.escalate(tx, number, action.value, desk=now, by=self._by, at=self._at)
            case What.HOLDER:
                holders = staff.holders(tx, self._desk.slug)
                handling.assign(tx, number, action.value, staff=holders, by=self._by, at=self._at)
            case What.NOTE:
                answering.note(tx, number, action.value, by=self._by, at=self._at)
            case What.REPLY:
                return self._reply(action.value)
            case What.WEBHOOK:
                return hooks.hook_of(tx, hooks.key_of(self._desk.slug, action.value)) is not None
        return True

    def _reply(self, template: str) -> bool:
        """Send a reply template, if it has no gap, the contact wants to hear from the bot, and has not heard too much."""
        ticket = tickets_.load(self._tx, self._number)
        found, limits = self._desk.catalogue.reply(template), self._desk.now.desk.limits
        if (
            found is None
            or ticket.address is None
            or not may_speak(self._tx, ticket.address, limits, at=self._at)
        ):
            return False
        contact = contacts.load_contact(self._tx, ticket.contact)
        voice = contact_voice(self._desk, self._facts.language)
        values = voice.placeholders(ticket=ticket, contact=contact, now=self._at)
        rendered = render(found, values, voice.language)
        words = Words(text=rendered.text, formatted=True, reply=found.id)
        address = contacts.load_address(self._tx, ticket.address)
        if not windows.is_open(address.channel, address.last_inbound_at, self._at):
            listing = approved.listing(self._tx, address.account)
            choice = choosing.choose(listing, found, values, voice.language)
            if isinstance(choice, Unusable):
                return False
            words = choosing.as_words(choice)
        if not rendered.is_complete:
            return False
        message = answering.say_automatically(
            self._tx, ticket, words, at=self._at, kind="rule", template=template
        )
        if message is not None:
            has_spoken(self._tx, ticket.address, at=self._at)
        return message is not None
