"""Moving a ticket to another desk."""

from dataclasses import replace

from bot.commands import Verb
from bot.executing.doing import Doing
from bot.executing.verbs import OnTicket
from procedures import carrying
from templates_replies import belonging_phrases
from tickets import staff
from tickets import ticket as tickets_
from tickets.actions.errors import UnknownValueError
from tickets.actor import Actor


def _move(doing: Doing, rest: str) -> None:
    name, _, reason = rest.partition(" ")
    others = sorted(desk.slug for desk in doing.desks if desk.slug != doing.desk.slug)
    language = doing.voice.language
    if not name:
        doing.tell(belonging_phrases.which_desk(language, desks=others))
        return
    to = doing.desks.get(name.lower())
    if to is None:
        raise UnknownValueError(f"there is no desk {name}", field="desk", value=name[:60])
    ticket = tickets_.load(doing.tx, doing.number)
    carrying.move(
        doing.tx, doing.number, to=to.now, by=doing.by, there=_there(doing, to.slug),
        beside=to.slug in doing.desks.beside(ticket.account, ticket.desk), at=doing.at, reason=reason.strip() or None,
    )  # fmt: skip
    doing.confirm(belonging_phrases.moved(language, ticket=doing.number, desk=to.now.desk.name))


def _there(doing: Doing, desk: str) -> Actor:
    """Return who they are at the other desk: nobody, unless they work there too."""
    for post in staff.with_email(doing.tx, doing.person.email) if doing.person.email else ():
        if post.desk == desk:
            return post.actor
    return replace(doing.by, desks=frozenset())


VERBS: OnTicket = {Verb.MOVE: _move}
