"""What may be done to reply templates beyond editing one: let another take its place, retire, restore."""

from dataclasses import replace

from templates_replies.catalogue import Catalogue, Category, ReplyTemplate
from templates_replies.curation.changes import ChangeRefusedError, Why, found, offered


def replace_reply(catalogue: Catalogue, source: str, into: str) -> tuple[Category | ReplyTemplate, ...]:
    """Let another reply answer the categories that this one answers; this one retires."""
    if source == into:
        raise ChangeRefusedError(Why.ITSELF, of=source)
    old, _ = offered(catalogue.reply(source), source), offered(catalogue.reply(into), into)
    answered = (each for each in catalogue.categories if each.reply == source)
    return (*(replace(each, reply=into) for each in answered), replace(old, retired=True))


def retire_reply(catalogue: Catalogue, id_: str) -> tuple[ReplyTemplate, ...]:
    """Offer a reply to nobody any more, unless a category is answered by it."""
    old = offered(catalogue.reply(id_), id_)
    if any(each.reply == id_ for each in catalogue.offered):
        raise ChangeRefusedError(Why.ANSWERS, of=id_)
    return (replace(old, retired=True),)


def restore_reply(catalogue: Catalogue, id_: str) -> tuple[ReplyTemplate, ...]:
    old = found(catalogue.reply(id_), id_)
    if not old.retired:
        raise ChangeRefusedError(Why.IN_USE, of=id_)
    return (replace(old, retired=False),)
