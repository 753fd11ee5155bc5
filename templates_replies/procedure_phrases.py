"""What people of the desk are told of a procedure: that it is their turn."""

from collections.abc import Sequence

from templates_replies.catalogue import Language
from templates_replies.labels import number_words
from templates_replies.phrase import Phrase
from templates_replies.render import one_line

_LONGEST_NAME = 60

_TURN = Phrase(
    id="🔔 Giliran Bapak/Ibu sebagai {role}: {step}\n{procedure}, tiket {ticket}",
    en="🔔 Your turn as {role}: {step}\n{procedure}, ticket {ticket}",
)
_AGAIN = Phrase(id=" (putaran ke-{round})", en=" (round {round})")
_FROM = Phrase(id="Pemohon: {requester}", en="Asked for by: {requester}")
_DUE = Phrase(id="Paling lambat {moment} (waktu baku: {standard})", en="By {moment} (standard: {standard})")
_NEEDS = Phrase(id="Kelengkapan: {needs}", en="At hand: {needs}")
_REASON = Phrase(id="Dikembalikan: “{reason}”", en="Sent back: “{reason}”")
_IN_WORDS = Phrase(id="Balas: {ticket} /langkah {step} {ways}", en="Answer: {ticket} /step {step} {ways}")
_NO_CASE = Phrase(
    id="Tiket {ticket} tidak sedang menjalani prosedur.", en="Ticket {ticket} is in no procedure now."
)
_STANDS = Phrase(
    id="{procedure}, tiket {ticket}. Giliran:", en="{procedure}, ticket {ticket}. Whose turn it is:"
)
_STEP = Phrase(id="{number}. {step} ({role})", en="{number}. {step} ({role})")
_ASK_REASON = Phrase(
    id="Apa alasan “{way}” pada langkah {step}? Tulislah pesan berikutnya di sini.",
    en="Why “{way}” at step {step}? Write it as your next message here.",
)
_OVER = Phrase(id="✅ {step}: {way}. Berikutnya: {then}.", en="✅ {step}: {way}. Next: {then}.")
_ENDED = Phrase(
    id="✅ {step}: {way}. Prosedur berakhir: {end}.", en="✅ {step}: {way}. The procedure has ended: {end}."
)
_FORM = Phrase(id="📄 Tabel SOP {about}", en="📄 SOP table {about}")
_WHICH_FORM = Phrase(id="Prosedur yang mana? {names}", en="Which procedure? {names}")
_NO_PROCEDURES = Phrase(id="Unit ini belum memiliki prosedur.", en="This desk has no procedures yet.")
_NOT_BEGUN = Phrase(
    id="Prosedur yang seharusnya dimulai di sini tidak dapat dimulai ({missing}). Silakan selesaikan langkah ini sendiri.",
    en="The procedure that should have begun here could not ({missing}). Please end this step by hand.",
)
_DONE = Phrase(id="Selesai", en="Done")
_SKIP = Phrase(id="Lewati", en="Leave out")


def in_words(language: Language, *, ticket: int, step: str, ways: Sequence[str]) -> str:
    """Say what may be written where there are no buttons."""
    return _IN_WORDS.say(language, ticket=number_words(ticket), step=step, ways=" / ".join(ways))


def no_case(language: Language, *, ticket: int) -> str:
    return _NO_CASE.say(language, ticket=number_words(ticket))


def stands(language: Language, *, ticket: int, procedure: str, steps: Sequence[tuple[str, str, str]]) -> str:
    """Say where a case stands: the number, the words and the role of each step whose turn it is."""
    lines = [step(language, number=number, does=does, role=role) for number, does, role in steps]
    return "\n".join([_STANDS.say(language, procedure=procedure, ticket=number_words(ticket)), *lines])


def step(language: Language, *, number: str, does: str, role: str) -> str:
    """Name a step and whose it is: `2. Memeriksa berkas (Staf)`."""
    return _STEP.say(language, number=number, step=does, role=role)


def ask_reason(language: Language, *, step: str, way: str) -> str:
    return _ASK_REASON.say(language, step=step, way=way)


def step_over(language: Language, *, step: str, way: str, then: Sequence[str], end: str | None) -> str:
    """Say that a step is over, and what comes next: other steps, or the end."""
    if end is not None:
        return _ENDED.say(language, step=step, way=way, end=end)
    return _OVER.say(language, step=step, way=way, then=", ".join(then) or "–")


def here_is_the_form(language: Language, *, about: str) -> str:
    return _FORM.say(language, about=about)


def which_form(language: Language, *, names: Sequence[str]) -> str:
    return _WHICH_FORM.say(language, names=", ".join(names)) if names else _NO_PROCEDURES.say(language)


def not_begun(language: Language, *, missing: str) -> str:
    return _NOT_BEGUN.say(language, missing=missing)


def done(language: Language) -> str:
    return _DONE.say(language)


def skip(language: Language) -> str:
    return _SKIP.say(language)


def your_turn(
    language: Language, *, ticket: int, procedure: str, requester: str | None, role: str, step: str, round_: int,
    due: str | None, standard: str, needs: Sequence[str], reason: str | None,
) -> str:  # fmt: skip
    """Say what is to be done, for whom, until when (`due` and its `standard`, in words), with what, and why it came back if it did."""
    said = _TURN.say(language, role=role, step=step, procedure=procedure, ticket=number_words(ticket))
    if round_ > 1:
        said += _AGAIN.say(language, round=str(round_))
    lines = [said]
    if requester:
        lines.append(_FROM.say(language, requester=one_line(requester, longest=_LONGEST_NAME)))
    if due is not None:
        lines.append(_DUE.say(language, moment=due, standard=standard))
    if needs:
        lines.append(_NEEDS.say(language, needs=", ".join(needs)))
    if reason is not None:
        lines.append(_REASON.say(language, reason=reason))
    return "\n".join(lines)
