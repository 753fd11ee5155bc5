"""The events of a ticket in words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from console.phrases import has, say
from console.ticket.case_words import CaseWords
from console.words.handling import PRIORITIES
from procedures.definition.procedure import DONE
from templates_replies.catalogue import Language
from templates_replies.money_words import rupiah
from tickets.actor import CONTACT
from tickets.priority import Priority
from tickets.views import EventView

_OTHERS = ("into", "to", "from")  # under which an event names another ticket


@dataclass(frozen=True, kw_only=True)
class Happened:
    words: str
    who: str | None
    when: str


def told(
    event: EventView, language: Language, *, names: Mapping[str, str], categories: Mapping[str, str],
    teams: Mapping[str, str], words: CaseWords, when: Callable[[datetime], str],
) -> Happened:  # fmt: skip
    """Say what happened; a kind of event that this page does not know keeps its own name."""
    data = event.data
    key = f"event.{_kind(event)}"
    clock = str(data.get("clock", ""))
    values = {
        "to": names.get(str(data.get("to")), data.get("to")),
        "before": names.get(str(data.get("before")), data.get("before")),
        "category": categories.get(str(data.get("category")), data.get("category")),
        "score": data.get("score"),
        "outcome": say(language, f"verdict_{data.get('outcome', 'unchecked')}").lower(),
        "with_ticket": data.get("with_ticket"),
        "issue": data.get("key"),
        "team": teams.get(str(data.get("team")), data.get("team")),
        "clock": say(language, clock) if has(clock) else clock,
        "from_desk": data.get("from", ""),
        "other": next((data[name] for name in _OTHERS if name in data), ""),
        "priority": _priority(data.get("priority"), language),
        "until": when(datetime.fromisoformat(data["until"])) if "until" in data else "",
        "due": when(datetime.fromisoformat(data["due_at"])) if "due_at" in data else "",
        "reason": data.get("reason", ""),
        "why": say(language, f"why_{data['why']}") if has(f"why_{data.get('why')}") else "",
        "tag": data.get("tag"),
        "source": data.get("source"),
        "subject": event.subject,
        "reaction": data.get("reaction") or "–",
        "rule": data.get("rule"),
        "number": data.get("number"),
        "amount": _amount(data, language),
        "starts": when(datetime.fromisoformat(data["starts"])) if "starts" in data else "",
        "did": ", ".join(_done(str(each), language, categories=categories) for each in data.get("did") or ())
        or "–",
        **words.of(event),
    }
    said = say(language, key, **values) if has(key) else event.kind
    if data.get("left"):
        left = ", ".join(_done(str(each), language, categories=categories) for each in data["left"])
        said = f"{said} {say(language, 'rule_left', left=left)}"
    return Happened(words=said, who=_who(event.actor, language, {**names, **teams}), when=when(event.at))


def _kind(event: EventView) -> str:
    """Return what to call an event whose kind says less than what it holds."""
    if event.kind == "ticket.categorised" and event.actor == CONTACT.key:
        return "ticket.category_chosen"
    if event.kind == "clock.acknowledged" and event.data.get("reason"):
        return "clock.acknowledged_because"
    if event.kind == "step.done" and event.data.get("noted_for"):
        return "step.noted_down"
    if event.kind == "step.done" and event.data.get("way") == DONE:
        return "step.over"
    if event.kind not in {"ticket.assigned", "ticket.team_assigned"}:
        return event.kind
    if event.data.get("handed_over"):
        return "ticket.handed_over" if event.data.get("to") else "ticket.handed_back"
    return event.kind if event.data.get("to") else "ticket.unassigned"


def _done(action: str, language: Language, *, categories: Mapping[str, str]) -> str:
    """Say what a rule did: `category:login`, `note`."""
    what, _, value = action.partition(":")
    return f"{say(language, f'rule_does.{what}')} {categories.get(value, value)}".strip()


def _amount(data: Mapping[str, Any], language: Language) -> str:
    """Return the rupiah that an event is about."""
    amount = data.get("amount", data.get("total"))
    return rupiah(amount, language) if isinstance(amount, int) else ""


def _priority(given: object, language: Language) -> str:
    """Name a priority, which some events hold by its name and some by its number."""
    name = Priority(given).key if isinstance(given, int) else str(given)
    return say(language, PRIORITIES[name]) if name in PRIORITIES else ""


def _who(actor: str | None, language: Language, names: Mapping[str, str]) -> str | None:
    kind, _, id_ = (actor or "").partition(":")
    if kind == "system" and id_.startswith("rule-"):
        return say(language, "by_rule", rule=id_.removeprefix("rule-"))
    if kind == "system" and id_ == "assignment":
        return say(language, "by_assignment")
    if kind in {"", "bot", "system", "contact"}:
        return None
    return names.get(id_, id_)
