"""What people of the desk are told of a procedure: that it is their turn."""

from collections.abc import Sequence

from templates_replies.catalogue import Language
from templates_replies.labels import number_words
from templates_replies.phrase import Phrase

_TURN = Phrase(
    id="🔔 Giliran Bapak/Ibu sebagai {role}: {step}\n{procedure}, tiket {ticket}",
    en="🔔 Your turn as {role}: {step}\n{procedure}, ticket {ticket}",
)
_AGAIN = Phrase(id=" (putaran ke-{round})", en=" (round {round})")
_DUE = Phrase(id="Paling lambat {moment}", en="By {moment}")
_NEEDS = Phrase(id="Kelengkapan: {needs}", en="At hand: {needs}")
_REASON = Phrase(id="Dikembalikan: “{reason}”", en="Sent back: “{reason}”")


def your_turn(
    language: Language, *, ticket: int, procedure: str, role: str, step: str, round_: int, due: str | None,
    needs: Sequence[str], reason: str | None,
) -> str:  # fmt: skip
    """Say what is to be done, until when (`due`, in words), with what, and why it came back if it did."""
    said = _TURN.say(language, role=role, step=step, procedure=procedure, ticket=number_words(ticket))
    if round_ > 1:
        said += _AGAIN.say(language, round=str(round_))
    lines = [said]
    if due is not None:
        lines.append(_DUE.say(language, moment=due))
    if needs:
        lines.append(_NEEDS.say(language, needs=", ".join(needs)))
    if reason is not None:
        lines.append(_REASON.say(language, reason=reason))
    return "\n".join(lines)
