"""Waking: when a sleeping ticket comes back into sight, whoever holds it is told, in its topic and personally.

A follower of the history, so that it is told once, whether the time or the contact has woken it.
"""

from bot import dialogues, topics
from bot.alerts import ways_to
from bot.conversation.reception import DESK
from bot.desks import Desks, OpenDesk
from bot.telling import into_topic, to_person
from bot.voice import staff_voice
from templates_replies import desk_menu_phrases, handling_phrases
from tickets import ticket as tickets_
from tickets.ledger.events import Recorded
from tickets.ledger.tx import Tx
from tickets.staff import active


class WakingFollower:
    name = "waking"

    def __init__(self, desks: Desks) -> None:
        self._desks = desks

    def wants(self, event: Recorded) -> bool:
        return event.kind == "ticket.woken" and self._desks.get(event.desk) is not None

    def follow(self, tx: Tx, event: Recorded) -> None:
        desk = self._desks[event.desk]
        if event.ticket is None:
            return
        text = self._words(tx, event.ticket, desk, by_contact=event.actor == "contact")
        topic = topics.topic_of(tx, event.ticket)
        if topic is not None:
            into_topic(
                tx, topic, desk=event.desk, act="notice", dedup=f"woken:{event.id}", at=event.at, text=text
            )  # fmt: skip
        self._tell_holder(tx, event, desk, text)

    def _words(self, tx: Tx, number: int, desk: OpenDesk, *, by_contact: bool) -> str:
        """Say what has woken it: the time, the contact, or that nobody chose a desk from the menu."""
        language = staff_voice(desk).language
        address = tickets_.load(tx, number).address
        expects = dialogues.of(tx, address).expects if address is not None and not by_contact else None
        if expects is not None and expects.what == DESK and expects.data.get("ticket") == number:
            return desk_menu_phrases.not_chosen(language, ticket=number)
        return handling_phrases.woken(language, ticket=number, by_contact=by_contact)

    def _tell_holder(self, tx: Tx, event: Recorded, desk: OpenDesk, text: str) -> None:
        holder = tickets_.load(tx, event.ticket or 0).assignee
        person = next((each for each in active(tx, event.desk) if each.id == holder), None)
        if person is None or event.actor == person.actor.key:
            return
        to_person(
            tx, ways_to(person, desk), text, desk=event.desk, person=person.id, ticket=event.ticket, at=event.at,
            dedup=f"woken:{event.id}:{person.id}",
        )  # fmt: skip
