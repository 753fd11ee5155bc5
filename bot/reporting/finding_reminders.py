"""Findings are called to mind when their time has come: to whoever is responsible, or to the supervisors where nobody is.

What is due stands with the finding itself, and is moved on in the transaction that queues the reminder: each goes once.
"""

from datetime import date, datetime

from bot.alerts import after_quiet_hours, ways_to
from bot.desks import Desks, OpenDesk
from bot.telling import to_person
from bot.voice import staff_voice
from templates_replies import finding_phrases
from templates_replies.moments import date_in_words
from tickets.actions import registering
from tickets.actions.registering import FindingNow
from tickets.actor import Role
from tickets.ledger.tx import Tx
from tickets.staff import StaffNow, active


def remind_of_findings(tx: Tx, desks: Desks, *, public_url: str | None, now: datetime, most: int) -> int:
    """Call to mind what is due, the longest due first; return how many there were."""
    found = registering.take_due(tx, now=now, most=most)
    for each in found:
        desk = desks.get(each.desk)
        if desk is not None:
            _remind(tx, desk, each, public_url=public_url, now=now)
        registering.reminded(tx, each, calendar=desk.now.desk.calendar if desk else None, at=now)
    return len(found)


def _remind(tx: Tx, desk: OpenDesk, found: FindingNow, *, public_url: str | None, now: datetime) -> None:
    terms = desk.now.desk
    today = terms.calendar.day_of(now)
    text = _text(desk, found, today=today, public_url=public_url)
    for person in _whom(tx, found):
        to_person(
            tx, ways_to(person, desk), text, desk=found.desk, person=person.id,
            dedup=f"finding:{found.id}:{now.isoformat()}:{person.id}", at=now,
            not_before=after_quiet_hours(terms, now),
        )  # fmt: skip


def _whom(tx: Tx, found: FindingNow) -> list[StaffNow]:
    people = active(tx, found.desk)
    responsible = [person for person in people if person.id == found.responsible]
    return responsible or [person for person in people if person.role is Role.SUPERVISOR]


def _text(desk: OpenDesk, found: FindingNow, *, today: date, public_url: str | None) -> str:
    assert found.due_on is not None  # else nothing is due
    language = staff_voice(desk).language
    link = f"{public_url.rstrip('/')}/findings/{found.id}" if public_url else None
    return finding_phrases.reminder(
        language, number=found.id, finding=found.text, action=found.action,
        due=date_in_words(found.due_on, language), days=(found.due_on - today).days,
        is_theirs=found.responsible is not None, link=link,
    )  # fmt: skip
