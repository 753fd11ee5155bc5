"""The help that is always at hand."""

from bot.commands import Verb
from bot.executing.doing import AtDesk
from bot.executing.verbs import ForDesk


def _help(at_desk: AtDesk, _rest: str) -> None:
    at_desk.tell(at_desk.voice.help())


VERBS: ForDesk = {Verb.HELP: _help}
