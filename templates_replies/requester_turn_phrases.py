"""What a contact reads when it is their turn in a procedure that they have asked for."""

from collections.abc import Sequence

from templates_replies.catalogue import Language
from templates_replies.labels import number_words
from templates_replies.phrase import Phrase

_YOURS = Phrase(
    id="Sekarang giliran Anda untuk {procedure} ({ticket}): {step}.",
    en="It is your turn now in {procedure} ({ticket}): {step}.",
)
_WHY = Phrase(id="Alasannya: {reason}", en="The reason: {reason}")
_ASKED = Phrase(id="Yang kami perlukan:", en="What we need:")
_WAYS = Phrase(id="Jawaban yang dapat dipilih: {ways}.", en="What you can answer: {ways}.")
_UNTIL = Phrase(id="Paling lambat {due}.", en="By {due}.")
_HERE = Phrase(
    id="Silakan balas di sini; petugas kami akan mencatat dan meneruskannya.",
    en="Please answer here; our staff will note it down and take it on.",
)


def your_turn(
    language: Language, *, procedure: str, ticket: int, step: str, reason: str | None, asks: Sequence[str],
    ways: Sequence[str], due: str | None,
) -> str:  # fmt: skip
    """Say what is theirs to do and why, what is asked of them, what they can answer, and until when."""
    lines = [_YOURS.say(language, procedure=procedure, ticket=number_words(ticket), step=step.rstrip("."))]
    if reason is not None:
        lines.append(_WHY.say(language, reason=reason))
    if asks:
        lines += [_ASKED.say(language), *(f"- {each}" for each in asks)]
    if ways:
        lines.append(_WAYS.say(language, ways=" / ".join(ways)))
    if due is not None:
        lines.append(_UNTIL.say(language, due=due))
    return "\n".join([*lines, _HERE.say(language)])
