"""What is done about a month's report that has reached nobody: it stands still until a supervisor can be reached.

Nothing is lost by it: the report lies in the archive. Whoever can be reached gets it with the next turn; of those who
refused it each is tried once a day, and at once by an address that is new. Meanwhile the others of the desk are told
once a day, without a figure of it, and the desk's pages say so.
"""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime

from bot.alerts import after_quiet_hours, ways_to
from bot.desks import OpenDesk
from bot.telling import to_person
from bot.voice import staff_voice
from reports.filed import waiting
from reports.filed.waiting import Waiting
from templates_replies import report_phrases
from templates_replies.moments import date_in_words, month_in_words
from tickets.actor import Role
from tickets.ledger.tx import Tx
from tickets.outbox import enqueue
from tickets.parcels import Audience, Priority
from tickets.staff import StaffNow, active

Ways = Sequence[dict[str, str]]


def send_waiting(tx: Tx, desk: OpenDesk, *, public_url: str | None, now: datetime) -> tuple[str, ...]:
    """Send what waits to whoever can be reached; the months that wait still."""
    found = waiting.at_desk(tx, desk.slug)
    people = [(person, ways_to(person, desk)) for person in active(tx, desk.slug)] if found else []
    left = tuple(each for each in found if not _sent(tx, desk, each, people, public_url=public_url, now=now))
    if left:
        _tell_the_others(tx, desk, left[-1], people, now=now)
    return tuple(each.month for each in left)


def _sent(
    tx: Tx, desk: OpenDesk, each: Waiting, people: Sequence[tuple[StaffNow, Ways]], *, public_url: str | None,
    now: datetime,
) -> bool:  # fmt: skip
    language, zone = staff_voice(desk).language, desk.now.desk.calendar.tz
    text = report_phrases.arrived_late(
        language, desk=desk.now.desk.name, month=month_in_words(each.first_on, language),
        made=date_in_words(each.made_at.astimezone(zone).date(), language), link=archive_link(desk, public_url),
    )  # fmt: skip
    queued = [
        queue_report(tx, desk, person, ways, each.month, each.reports, text=text, now=now)
        for person, ways in people
        if person.role is Role.SUPERVISOR and ways
    ]  # fmt: skip
    waiting.reach(tx, each.reports, people=sum(queued))
    return any(queued)


def queue_report(
    tx: Tx, desk: OpenDesk, person: StaffNow, ways: Ways, month: str, reports: Sequence[int], *, text: str, now: datetime
) -> bool:  # fmt: skip
    """Queue reports of a month for somebody; False where they were tried by the same ways on the same day.

    In a line of their own: neither do they wait for an alert that has to wait, nor does an alert wait for their files.
    """
    day = desk.now.desk.calendar.day_of(now)
    to = hashlib.sha256(json.dumps(list(ways), sort_keys=True).encode()).hexdigest()[:12]
    row = enqueue(
        tx, dedup=f"report:{desk.slug}:{person.id}:{month}:{day}:{to}", account=ways[0]["account"], audience=Audience.STAFF,
        act="tell", order_key=f"report:{person.desk}:{person.id}", priority=Priority.ALERT, desk=desk.slug, at=now,
        payload={"ways": list(ways), "text": text, "reports": list(reports)},
        not_before=after_quiet_hours(desk.now.desk, now),
    )  # fmt: skip
    return row is not None


def archive_link(desk: OpenDesk, public_url: str | None) -> str | None:
    return f"{public_url.rstrip('/')}/reports?desk={desk.slug}" if public_url else None


def _tell_the_others(
    tx: Tx, desk: OpenDesk, each: Waiting, people: Sequence[tuple[StaffNow, Ways]], *, now: datetime
) -> None:
    """Tell the agents, once a day: one of them knows how to find a supervisor."""
    terms, language = desk.now.desk, staff_voice(desk).language
    text = report_phrases.waits(language, desk=terms.name, month=month_in_words(each.first_on, language))
    day = terms.calendar.day_of(now)
    for person, ways in people:
        if person.role is Role.AGENT and person.helps is None:
            to_person(
                tx, ways, text, desk=desk.slug, person=person.id, dedup=f"report_waits:{desk.slug}:{person.id}:{day}",
                at=now, not_before=after_quiet_hours(terms, now),
            )  # fmt: skip
