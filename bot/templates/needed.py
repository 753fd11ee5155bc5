"""Which replies of a desk name an approved template that cannot be sent, by what the provider lists."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from templates_replies.catalogue import Catalogue, supported_language
from tickets.approval import Fault, pick
from tickets.desk import Desk
from tickets.message import ListedTemplate


@dataclass(frozen=True, kw_only=True)
class Unsendable:
    """A reply whose template cannot be sent."""

    reply: str
    template: str
    fault: Fault
    needed: bool  # the desk sends it by itself


def unsendable(desk: Desk, catalogue: Catalogue, listed: Sequence[ListedTemplate]) -> Iterator[Unsendable]:
    needed = _needed(desk)
    language = supported_language(desk.language)
    for reply in catalogue.replies:
        if reply.whatsapp is None:
            continue
        name, _, fault = pick(listed, reply.whatsapp.names(language), language, reply.whatsapp.variables)
        if fault is not None:
            yield Unsendable(reply=reply.id, template=name, fault=fault, needed=reply.id in needed)


def _needed(desk: Desk) -> frozenset[str]:
    of_survey = desk.survey.template if desk.survey is not None else None
    return frozenset({*desk.templates.values(), *([of_survey] if of_survey else [])})
