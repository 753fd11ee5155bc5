"""The help that is always at hand: the commands that fit who asks, and buttons for what fits the place."""

from bot.commands import Verb, button
from bot.executing.doing import AtDesk
from bot.executing.verbs import ForDesk
from templates_replies.promise_phrases import explain_label
from templates_replies.staff_commands import board_label, card_label
from templates_replies.staff_help import HelpFor
from tickets.actor import Role
from tickets.message import Button


def _help(at_desk: AtDesk, _rest: str) -> None:
    role = _role(at_desk)
    supervises = role is HelpFor.SUPERVISOR
    rows = [row for row in (_upon(at_desk, role), _at_desk(at_desk) if supervises else []) if row]
    at_desk.tell(at_desk.voice.help(role, team_answers=any((at_desk.person.helps or {}).values())), rows)


def _role(at_desk: AtDesk) -> HelpFor:
    if at_desk.person.helps is not None:
        return HelpFor.HELPER
    supervises = at_desk.by.may(Role.SUPERVISOR, at_desk.desk.slug)
    return HelpFor.SUPERVISOR if supervises else HelpFor.AGENT


def _upon(at_desk: AtDesk, role: HelpFor) -> list[Button]:
    """Offer what is done most often to the ticket of this place."""
    number, voice = at_desk.about, at_desk.voice
    if number is None:
        return []
    offered = (
        (voice.take_label(), Verb.CLAIM),
        *(() if role is HelpFor.HELPER else ((voice.templates_label(), Verb.REPLY),)),
        (card_label(voice.language), Verb.CARD),
        (explain_label(voice.language), Verb.EXPLAIN),
    )
    return [Button(label=label, data=button(verb, number)) for label, verb in offered]


def _at_desk(at_desk: AtDesk) -> list[Button]:
    return [Button(label=board_label(at_desk.voice.language), data=button(Verb.BOARD, 0))]


VERBS: ForDesk = {Verb.HELP: _help}
