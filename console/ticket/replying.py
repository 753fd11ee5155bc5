"""Reply templates for a ticket, as pages and programs see them: ranked, filled in, and what is still missing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial

from console.acts import Occasion
from console.house import House
from console.phrases import say
from templates_replies.catalogue import Language, ReplyTemplate, supported_language
from templates_replies.placeholders import PLACEHOLDERS
from templates_replies.ranking import Ranked, Wanted, ranked, read_newest
from templates_replies.render import Rendered, available_language
from tickets.actions.errors import UnknownValueError
from tickets.message import Direction
from tickets.used_replies import CATEGORISED, Spoken, spoken
from tickets.views import WholeTicket


@dataclass(frozen=True, kw_only=True)
class Offer:
    """A reply template that somebody may choose for a ticket."""

    ranked: Ranked
    wanted: Language
    fill: Callable[[], Rendered]

    @cached_property
    def rendered(self) -> Rendered:
        """How it would read; filled in when somebody asks, for a page shows three of thirty."""
        return self.fill()

    @property
    def language(self) -> Language:
        return available_language(self.ranked.reply, self.wanted)

    @property
    def is_foreign(self) -> bool:
        """Whether it is not written in the language that is wanted."""
        return self.language != self.wanted

    @property
    def id(self) -> str:
        return self.ranked.reply.id

    @property
    def title(self) -> str:
        return self.ranked.reply.title


async def offers(house: House, found: WholeTicket, *, agent: str | None) -> tuple[Offer, ...]:
    """Return all reply templates of the ticket's desk as they would read, the likeliest first."""
    ticket, at = found.ticket, house.clock()
    uses = await house.ledger.read(lambda session: house.used_replies.of(session, ticket.desk, at=at))
    occasion = occasion_of(house, found, agent=agent)
    lately = _said_lately(found)
    wanted = Wanted(
        category=ticket.category,
        suggestions={each.category: each.score for each in ticket.suggestions},
        said=lately.said,
        newest=read_newest(lately.since, partial(house.suggest, ticket.desk)),
        language=occasion.language,
    )
    return tuple(
        Offer(ranked=each, wanted=occasion.language, fill=partial(house.acts.fill, each.reply, occasion))
        for each in ranked(house.catalogue(ticket.desk), wanted, uses, at=at)
    )


def filled(
    house: House, found: WholeTicket, template: str, *, agent: str | None, given: Mapping[str, str] | None = None
) -> Rendered:  # fmt: skip
    """Fill in a reply template for a ticket; what is `given` comes before what is known. Raises UnknownValueError."""
    reply = _template(house, found, template)
    asked = {*PLACEHOLDERS, *reply.questions}
    for name in given or {}:
        if name not in asked:
            raise UnknownValueError(
                f"the reply template {template} asks for no {name}", field="values", value=name
            )
    return house.acts.fill(reply, occasion_of(house, found, agent=agent, given=given))


def occasion_of(
    house: House, found: WholeTicket, *, agent: str | None, given: Mapping[str, str] | None = None
) -> Occasion:
    ticket = found.ticket
    desk = house.desk(ticket.desk)
    spoken = ticket.contact.language or ticket.language or desk.desk.language  # what they wrote in last
    language = supported_language(spoken)
    category = house.catalogue(ticket.desk).category(ticket.category) if ticket.category else None
    return Occasion(
        desk=desk, number=ticket.number, subject=ticket.subject, status=say(language, ticket.status),
        category=category.name if category else None, contact=ticket.contact.called,
        identity=ticket.contact.identity.number, unit=ticket.contact.identity.unit, agent=agent,
        language=language, at=house.clock(), given=given or {},
    )  # fmt: skip


def _template(house: House, found: WholeTicket, template: str) -> ReplyTemplate:
    desk = found.ticket.desk
    reply = house.catalogue(desk).reply(template)
    if reply is None:
        raise UnknownValueError(f"{desk} has no reply template {template}", field="template", value=template)
    return reply


def _said_lately(found: WholeTicket) -> Spoken:
    said = (
        (each.text, each.created_at)
        for each in reversed(found.messages)
        if each.direction == Direction.IN and each.withdrawn_at is None
    )
    categorised = (each.at for each in reversed(found.events) if each.kind == CATEGORISED)
    return spoken(said, categorised_at=next(categorised, None))
