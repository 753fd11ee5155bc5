"""Webhooks from chat: how they fare, a trial, and letting a paused one run again. For supervisors."""

from bot.commands import Verb
from bot.executing.doing import AtDesk
from bot.executing.verbs import ForDesk
from templates_replies import hook_phrases
from tickets import hooks
from tickets.actions import hooks as acts
from tickets.actions.rights import require
from tickets.actor import Role


def _hooks(at_desk: AtDesk, rest: str) -> None:
    require(at_desk.by, Role.SUPERVISOR, at_desk.desk.slug)
    language, desk = at_desk.voice.language, at_desk.desk.now
    hook, _, wish = rest.partition(" ")
    if wish.strip().casefold() in hook_phrases.TEST:
        acts.send_test(at_desk.tx, hook, desk=desk, by=at_desk.by, at=at_desk.at)
        at_desk.tell(hook_phrases.tested(language, hook=hook))
    elif wish.strip().casefold() in hook_phrases.RESUME:
        acts.resume(at_desk.tx, hook, desk=desk, by=at_desk.by, at=at_desk.at)
        at_desk.tell(hook_phrases.resumed(language, hook=hook))
    else:
        listed = [(one, _state(at_desk, one)) for one in hooks.ids_of(desk.desk)]
        at_desk.tell(hook_phrases.listed(language, hooks=listed))


def _state(at_desk: AtDesk, hook: str) -> str:
    desk = at_desk.desk.now.desk
    webhook = desk.webhook(hook)
    if webhook is not None and webhook.off:
        return "off"
    fares = hooks.hook_of(at_desk.tx, hooks.key_of(desk.slug, hook))
    if fares is not None and fares.paused_at is not None:
        return "paused"
    return "failing" if fares is not None and fares.failing_since is not None else "on"


VERBS: ForDesk = {Verb.HOOKS: _hooks}
