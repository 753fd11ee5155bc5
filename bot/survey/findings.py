"""A low score is a finding: what supervisors are told of it, in the words of whoever was not satisfied."""

from bot.desks import OpenDesk
from bot.voice import staff_voice
from templates_replies import survey_phrases
from tickets import contacts
from tickets import ticket as tickets_
from tickets.actions import survey
from tickets.ledger.tx import Tx
from tickets.staff import active

LOW = "survey.answered"  # the kind of alert


def low_score_text(tx: Tx, *, ticket: int, cycle: int, desk: OpenDesk) -> str | None:
    """Put it in words as it stands when it is sent; None if the score was mended or followed up meanwhile."""
    asked = survey.of_cycle(tx, ticket, cycle)
    if asked is None or asked.score is None or asked.found_at is None or asked.followed_up_at is not None:
        return None
    now = tickets_.load(tx, ticket)
    names = {person.id: person.name for person in active(tx, now.desk)}
    contact = contacts.load_contact(tx, now.contact)
    return survey_phrases.low_score(
        staff_voice(desk).language,
        ticket=ticket,
        score=asked.score,
        best=asked.scale,
        contact=contact.called or "?",
        holder=names.get(now.assignee or "", now.assignee),
        remark=asked.remark,
    )
