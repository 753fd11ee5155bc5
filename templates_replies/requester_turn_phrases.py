"""What a contact reads when it is their turn in a procedure that they have asked for, and what is said to their answer."""

from collections.abc import Sequence

from templates_replies.catalogue import Language
from templates_replies.labels import number_words
from templates_replies.phrase import Phrase

_YOURS = Phrase(
    id="Sekarang giliran Anda untuk {procedure} ({ticket}): {step}.",
    en="It is your turn now in {procedure} ({ticket}): {step}.",
)
_REMINDED = Phrase(
    id="Sekadar mengingatkan, kami masih menunggu Anda.", en="A reminder: we are still waiting for you."
)
_WHY = Phrase(id="Alasannya: {reason}", en="The reason: {reason}")
_ASKED = Phrase(id="Yang kami perlukan:", en="What we need:")
_WAYS = Phrase(id="Jawaban yang dapat dipilih: {ways}.", en="What you can answer: {ways}.")
_UNTIL = Phrase(id="Paling lambat {due}.", en="By {due}.")
_HERE = Phrase(
    id="Silakan balas di sini; petugas kami akan mencatat dan meneruskannya.",
    en="Please answer here; our staff will note it down and take it on.",
)
_PRESS = Phrase(
    id="Silakan tekan tombol di bawah. Berkas dapat langsung dikirim di sini; pertanyaan Anda dibaca petugas kami.",
    en="Please press a button below. Files can be sent right here; our staff read your questions.",
)
_WRITE = Phrase(
    id="Silakan balas dengan nomor pilihannya. Berkas dapat langsung dikirim di sini; pertanyaan Anda dibaca petugas kami.",
    en="Please answer with the number of your choice. Files can be sent right here; our staff read your questions.",
)
_MAIL_WAYS = Phrase(
    id="Balas email ini dengan {ways}, dan lampirkan berkas bila ada. Pertanyaan Anda dibaca petugas kami.",
    en="Answer this mail with {ways}, and attach files if there are any. Our staff read your questions.",
)
_MAIL_LINES = Phrase(
    id="Balas email ini: isi baris di bawah setelah titik duanya, dan lampirkan berkas yang diminta.",
    en="Answer this mail: fill in the lines below behind their colons, and attach the files asked for.",
)
_OR_PAGE = Phrase(id="Atau jawab di halaman ini: {link}", en="Or answer on this page: {link}")
_DONE = Phrase(id="Sudah selesai", en="Done")
_FILL_IN = Phrase(id="Isi sekarang", en="Fill in now")
_WHETHER_DONE = Phrase(
    id="Apakah “{step}” sudah selesai Anda lakukan? Bila masih ada berkas, kirim dulu semuanya.",
    en="Have you finished “{step}”? If there are more files, please send them first.",
)
_CONFIRM_BY_MAIL = Phrase(
    id="Bila ya, balas email ini dengan “{way}”.", en="If so, answer this mail with “{way}”."
)
_WHETHER_WAY = Phrase(
    id="Apakah jawaban Anda untuk “{step}”: {way}?", en="Is this your answer to “{step}”: {way}?"
)
_WHETHER_TAKE = Phrase(
    id="Apakah “{said}” jawaban Anda untuk pertanyaan “{ask}”? Bila bukan, petugas kami tetap membacanya.",
    en="Is “{said}” your answer to the question “{ask}”? If not, our staff read it all the same.",
)
_READS_NOW = Phrase(id="Sekarang: {answer}", en="Now: {answer}")
_GOT_FILES = Phrase(id="Berkas kami terima: {names}.", en="We have received: {names}.")
_CHOOSE = Phrase(id="Mohon pilih jawaban untuk “{step}”:", en="Please choose your answer to “{step}”:")
_REVIEW = Phrase(id="Jawaban Anda untuk “{step}”:", en="Your answers to “{step}”:")
_SEND = Phrase(id="Kirim sekarang?", en="Shall it be sent?")
_ASK_REASON = Phrase(
    id="“{way}” memerlukan alasan. Mohon tuliskan alasannya.", en="“{way}” needs a reason. Please write it."
)
_TAKEN = Phrase(
    id="Terima kasih, jawaban Anda sudah kami catat: {step}.", en="Thank you, your answer is noted: {step}."
)
_TAKEN_WAY = Phrase(
    id="Terima kasih, jawaban Anda sudah kami catat: {way}.", en="Thank you, your answer is noted: {way}."
)
_NOT_YET = Phrase(
    id="Baik, langkah ini masih menunggu Anda. Beri tahu kami bila sudah selesai.",
    en="All right, this step still waits for you. Please tell us when it is done.",
)
_GIVEN_UP = Phrase(
    id="Baik, belum ada yang dicatat. Langkah ini masih menunggu Anda.",
    en="All right, nothing was noted. This step still waits for you.",
)
_ASIDE = Phrase(
    id="Pertanyaan Anda kami teruskan ke petugas. Langkah ini tetap menunggu jawaban Anda.",
    en="Your question is with our staff. This step still waits for your answer.",
)
_OVER_BY_YOU = Phrase(
    id="Jawaban Anda untuk “{step}” sudah kami catat pada {at}.",
    en="Your answer to “{step}” was noted already, on {at}.",
)
_OVER_BY_STAFF = Phrase(
    id="“{step}” sudah dicatat petugas kami pada {at}, jadi jawaban ini tidak diperlukan lagi.",
    en="Our staff noted “{step}” down on {at}, so this answer is not needed any more.",
)
_OVER = Phrase(
    id="Langkah “{step}” sudah berakhir pada {at}, jadi jawaban ini tidak diproses.",
    en="The step “{step}” was over on {at}, so nothing came of this answer.",
)
_GONE = Phrase(
    id="Langkah itu sudah berubah. Silakan gunakan pesan kami yang terbaru.",
    en="That step has changed. Please use our newest message.",
)
_PEOPLE = Phrase(
    id="Jawaban Anda belum dapat dicatat otomatis; petugas kami akan menanganinya.",
    en="Your answer could not be noted by itself; our staff will see to it.",
)
_NO_OTHER = Phrase(id="Giliran ini bukan milik alamat Anda.", en="This turn is not yours to answer.")


def your_turn(
    language: Language, *, procedure: str, ticket: int, step: str, reason: str | None, asks: Sequence[str],
    ways: Sequence[str], due: str | None, how: str | None, again: bool = False,
) -> str:  # fmt: skip
    """Say what is theirs to do and why, what is asked, what they can answer, until when, and `how` (None: people note it down)."""
    lines = [_REMINDED.say(language)] if again else []
    lines.append(
        _YOURS.say(language, procedure=procedure, ticket=number_words(ticket), step=step.rstrip("."))
    )
    if reason is not None:
        lines.append(_WHY.say(language, reason=reason))
    if asks:
        lines += [_ASKED.say(language), *(f"- {each}" for each in asks)]
    if ways:
        lines.append(_WAYS.say(language, ways=" / ".join(ways)))
    if due is not None:
        lines.append(_UNTIL.say(language, due=due))
    return "\n".join([*lines, how or _HERE.say(language)])


def how_by_buttons(language: Language, *, may_press: bool) -> str:
    return (_PRESS if may_press else _WRITE).say(language)


def how_by_mail(language: Language, *, ways: Sequence[str], lines: str, link: str) -> str:
    """Say how a mail answers: by one of its ways, or by lines to be filled in."""
    named = " / ".join(f"“{way}”" for way in ways)
    said = [_MAIL_LINES.say(language), lines] if lines else [_MAIL_WAYS.say(language, ways=named)]
    return "\n\n".join([*said, or_page(language, link=link)] if link else said)


def or_page(language: Language, *, link: str) -> str:
    return _OR_PAGE.say(language, link=link)


def done_label(language: Language) -> str:
    return _DONE.say(language)


def fill_in_label(language: Language) -> str:
    return _FILL_IN.say(language)


def confirm_labels(language: Language) -> tuple[str, str]:
    return ("Yes", "Not yet") if language == "en" else ("Ya, sudah", "Belum")


def take_labels(language: Language) -> tuple[str, str]:
    return ("Yes", "No") if language == "en" else ("Ya", "Bukan")


def review_labels(language: Language) -> tuple[str, str]:
    return ("Send", "Fill in again") if language == "en" else ("Kirim", "Isi ulang")


def whether_done(language: Language, *, step: str) -> str:
    return _WHETHER_DONE.say(language, step=step.rstrip("."))


def confirm_by_mail(language: Language, *, way: str) -> str:
    return _CONFIRM_BY_MAIL.say(language, way=way)


def whether_way(language: Language, *, step: str, way: str) -> str:
    return _WHETHER_WAY.say(language, step=step.rstrip("."), way=way)


def whether_take(language: Language, *, said: str, ask: str) -> str:
    return _WHETHER_TAKE.say(language, said=said, ask=ask)


def reads_now(language: Language, *, answer: str) -> str:
    """Say what the answer is that may be changed."""
    return _READS_NOW.say(language, answer=answer)


def got_files(language: Language, names: Sequence[str]) -> str:
    return _GOT_FILES.say(language, names=", ".join(names))


def choose(language: Language, *, step: str) -> str:
    return _CHOOSE.say(language, step=step.rstrip("."))


def review(language: Language, *, step: str, answers: str) -> str:
    """Show what was answered, a line each, and ask whether it shall be sent."""
    return "\n".join([_REVIEW.say(language, step=step.rstrip(".")), answers, _SEND.say(language)])


def ask_reason(language: Language, *, way: str) -> str:
    return _ASK_REASON.say(language, way=way)


def taken(language: Language, *, step: str, way: str | None) -> str:
    """Say that it was noted; `way` where they have chosen one."""
    return _TAKEN.say(language, step=step.rstrip(".")) if way is None else _TAKEN_WAY.say(language, way=way)


def not_yet(language: Language) -> str:
    return _NOT_YET.say(language)


def given_up(language: Language) -> str:
    return _GIVEN_UP.say(language)


def aside(language: Language) -> str:
    return _ASIDE.say(language)


def over(language: Language, *, step: str, at: str, by_you: bool, by_staff: bool) -> str:
    """Say that a turn had ended before their answer, and who has ended it."""
    phrase = _OVER_BY_YOU if by_you else _OVER_BY_STAFF if by_staff else _OVER
    return phrase.say(language, step=step.rstrip("."), at=at)


def gone(language: Language) -> str:
    return _GONE.say(language)


def for_people(language: Language) -> str:
    return _PEOPLE.say(language)


def not_theirs(language: Language) -> str:
    return _NO_OTHER.say(language)
