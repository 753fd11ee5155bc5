"""What is said around the turns of a procedure: to whoever acts, to their colleagues, to the requester who is asked."""

from collections.abc import Sequence
from datetime import datetime

from templates_replies.catalogue import Language
from templates_replies.labels import number_words
from templates_replies.moments import moment_in_words
from templates_replies.phrase import Phrase

_ABOUT = Phrase(id="{step} ({procedure}, tiket {ticket})", en="{step} ({procedure}, ticket {ticket})")
_HANDED = Phrase(id="Diserahkan oleh {who}.", en="Handed to you by {who}.")
_REMINDED = Phrase(id="⏰ Mengingatkan:", en="⏰ A reminder:")
_LAPSED = Phrase(id="Tidak ada tanggapan sampai batas waktunya.", en="Nothing came within the time for it.")
_ANSWERS = Phrase(id="Isian:", en="Answers:")
_FILES = Phrase(id="Berkas: {files}", en="Files: {files}")
_PAGE = Phrase(id="Halaman: {page}", en="Page: {page}")
_DECIDED = Phrase(
    id="ℹ️ {about} sudah diputuskan oleh {who} {moment}: {way}.",
    en="ℹ️ {about} was decided by {who} {moment}: {way}.",
)
_DONE = Phrase(
    id="ℹ️ {about} sudah dikerjakan oleh {who} {moment}.", en="ℹ️ {about} was done by {who} {moment}."
)
_ENDED = Phrase(
    id="ℹ️ {about} sudah tidak berjalan.",
    en="ℹ️ {about} is under way no more.",
)
_STOPPED = Phrase(
    id="ℹ️ {about} tidak perlu dikerjakan lagi: prosesnya sudah berakhir{end}.",
    en="ℹ️ {about} need not be done any more: its case is over{end}.",
)
_NOT_YET = Phrase(id="{about} belum gilirannya.", en="{about}: its turn has not come yet.")
_NOBODY = Phrase(
    id="⚠️ Tidak ada yang dapat menjalankan {about} sebagai {role}: semua sedang tidak di tempat atau sudah tidak bertugas. Silakan serahkan"
    " kepada orang lain, atau selesaikan sendiri.",
    en="⚠️ Nobody can do {about} as {role}: everybody is away or has left. Please hand it to somebody else, or do it yourself.",
)
_HANDED_ON = Phrase(
    id="{about} diserahkan oleh {who} kepada {to}.", en="{about} was handed by {who} to {to}."
)
_ASKED = Phrase(
    id="Pertanyaan Anda sudah dikirim kepada pemohon. Jawabannya akan diteruskan ke sini; waktu langkah ini tetap berjalan.",
    en="Your question was sent to the requester. The answer will come here; the step's time goes on.",
)
_ASKED_OF_YOU = Phrase(
    id="Tentang {procedure} ({ticket}), {role} menanyakan:\n\n{question}\n\nSilakan balas di sini.",
    en="About {procedure} ({ticket}), {role} asks:\n\n{question}\n\nPlease answer here.",
)
_HEARD = Phrase(
    id="💬 Pemohon menjawab tentang {about}:\n\n{said}", en="💬 The requester on {about}:\n\n{said}"
)
_WHO_NEXT = Phrase(
    id="Siapa yang bertugas sebagai {role}? Balas dengan nomor atau nama.",
    en="Who acts as {role}? Answer with a number or a name.",
)
_WHOM = Phrase(
    id="Diserahkan kepada siapa? Tulis {ticket} /langkah {step} serahkan NAMA.",
    en="To whom? Write {ticket} /step {step} hand NAME.",
)
_ASK_WHAT = Phrase(
    id="Apa yang ingin ditanyakan kepada pemohon? Tulislah pesan berikutnya di sini.",
    en="What would you like to ask the requester? Write it as your next message here.",
)
_MORE = Phrase(id="(boleh dilewati: -)", en="(may be left out: -)")
_ASK_LABEL = Phrase(id="Tanya pemohon", en="Ask the requester")
_IN_MAIL = Phrase(id="Balas email ini dengan {ways}.", en="Answer this mail with {ways}.")
_WHY = Phrase(
    id="“{way}” pada langkah {step} memerlukan alasan, jadi belum ada yang diputuskan. Mohon balas dengan “{way}: alasannya”.",
    en="“{way}” at step {step} needs a reason, so nothing was decided. Please answer “{way}: why”.",
)
_IN_MAIL_WHY = Phrase(id="“{way}: alasannya”", en="“{way}: why”")
_ON_PAGE = Phrase(
    id="Langkah ini meminta isian. Silakan isi pada halamannya.",
    en="This step asks for more. Please fill it in on its page.",
)
_GIVEN_UP = Phrase(
    id="Baik, dibatalkan: langkah “{step}” belum diakhiri.", en="All right: the step “{step}” was not ended."
)
_UNCLEAR = Phrase(
    id="Jawaban Anda tentang {about} belum jelas, jadi belum ada yang diputuskan. Mohon balas dengan salah satu: {ways}; alasan"
    " ditulis di belakangnya, misalnya “{last}: alasannya”.",
    en="Your answer on {about} is not clear, so nothing was decided. Please answer with one of: {ways}; a reason stands behind"
    " it, such as “{last}: why”.",
)
_UNCLEAR_ONE = Phrase(
    id="Jawaban Anda tentang {about} belum jelas, jadi langkah ini belum diakhiri. Bila sudah dikerjakan, mohon balas dengan {way}.",
    en="Your answer on {about} is not clear, so the step was not ended. Once it is done, please answer with {way}.",
)
_CONFIRM = Phrase(
    id="Anda menjawab “{way}” untuk {about}. Server email kami tidak dapat memastikan pengirimnya, jadi belum ada yang diputuskan."
    " Balas email ini dengan “ya” dalam 24 jam untuk melanjutkan{files}.",
    en="You answered “{way}” on {about}. Our mail server cannot prove who sent it, so nothing was decided yet. Answer this mail"
    " with “yes” within 24 hours to go on{files}.",
)
_WITH_FILES = Phrase(id=", dan lampirkan kembali berkasnya", en=", and attach the files again")
_NOT_CALLED = Phrase(
    id="Panggilan yang Anda balas tentang {about} ditujukan kepada orang lain, jadi belum ada yang diputuskan.",
    en="The call about {about} that you answered went to somebody else, so nothing was decided.",
)
_NOT_YOURS = Phrase(
    id="{about} adalah giliran {role}, jadi belum ada yang diputuskan.",
    en="{about} is the turn of {role}, so nothing was decided.",
)
_GONE = Phrase(id="Langkah itu sudah tidak ada.", en="That step is there no more.")
_ANSWER_CALL = Phrase(
    id="Lewat email, langkah diputuskan dengan membalas email panggilannya saja.",
    en="By mail a step is decided by answering its call alone.",
)
_SEND_FILE = Phrase(id="Kirim berkasnya di sini.", en="Send the file here.")
_ON_ITS_WAY = Phrase(
    id="Berkas diterima dan sedang diambil. Tekan atau tulis “lanjut”.",
    en="The file has come and is being fetched. Press or write “go on”.",
)
_GO_ON = Phrase(id="Lanjut", en="Go on")
_FILE = Phrase(id="{step}: berkas terlampir", en="{step}: file attached")


def about(language: Language, *, step: str, procedure: str, ticket: int) -> str:
    """Name a step of a case."""
    return _ABOUT.say(language, step=step, procedure=procedure, ticket=number_words(ticket))


def handed(language: Language, *, who: str) -> str:
    return _HANDED.say(language, who=who)


def reminded(language: Language, *, said: str) -> str:
    return f"{_REMINDED.say(language)}\n{said}"


def lapsed(language: Language) -> str:
    """Say why a step has ended by itself: the reason that stands in the history."""
    return _LAPSED.say(language)


def answers(language: Language, told: Sequence[tuple[str, str]]) -> str:
    """Say what was asked and answered, a line each."""
    return "\n".join(
        [_ANSWERS.say(language), *(f"- {ask} {answer}".replace("\n", "\n  ") for ask, answer in told)]
    )


def files(language: Language, names: Sequence[str]) -> str:
    return _FILES.say(language, files=", ".join(names))


def page(language: Language, *, page: str) -> str:
    return _PAGE.say(language, page=page)


def decided(
    language: Language, *, about: str, who: str, way: str | None, at: datetime, now: datetime
) -> str:  # fmt: skip
    """Say who was quicker; `at` and `now` in the desk's zone, a `way` of None where there was nothing to decide."""
    moment = moment_in_words(at, language, today=now.date())
    if way is None:
        return _DONE.say(language, about=about, who=who, moment=moment)
    return _DECIDED.say(language, about=about, who=who, way=way, moment=moment)


def ended(language: Language, *, about: str) -> str:
    return _ENDED.say(language, about=about)


def stopped(language: Language, *, about: str, end: str | None) -> str:
    """Say that the end of its case has cut a step short."""
    return _STOPPED.say(language, about=about, end=f" ({end})" if end else "")


def not_yet(language: Language, *, about: str) -> str:
    return _NOT_YET.say(language, about=about)


def nobody(language: Language, *, about: str, role: str) -> str:
    return _NOBODY.say(language, about=about, role=role)


def handed_on(language: Language, *, about: str, who: str, to: str) -> str:
    return _HANDED_ON.say(language, about=about, who=who, to=to)


def asked(language: Language) -> str:
    return _ASKED.say(language)


def asked_of_you(language: Language, *, ticket: int, procedure: str, role: str, question: str) -> str:
    """Put a question to the requester."""
    return _ASKED_OF_YOU.say(
        language, ticket=number_words(ticket), procedure=procedure, role=role, question=question
    )


def heard(language: Language, *, about: str, said: str) -> str:
    return _HEARD.say(language, about=about, said=said)


def who_next(language: Language, *, role: str) -> str:
    return _WHO_NEXT.say(language, role=role)


def to_whom(language: Language, *, ticket: int, step: str) -> str:
    return _WHOM.say(language, ticket=number_words(ticket), step=step)


def ask_what(language: Language) -> str:
    return _ASK_WHAT.say(language)


def may_be_left_out(language: Language) -> str:
    return _MORE.say(language)


def in_mail(language: Language, *, ways: Sequence[tuple[str, bool]], asks: bool) -> str:
    """Say how a call is answered by mail: by one of its ways, some with a reason; on its page where it asks for more."""
    if asks:
        return _ON_PAGE.say(language)
    said = [_IN_MAIL_WHY.say(language, way=way) if why else f"“{way}”" for way, why in ways]
    return _IN_MAIL.say(language, ways=" / ".join(said))


def why(language: Language, *, step: str, way: str) -> str:
    """Ask by mail for the reason of a decision."""
    return _WHY.say(language, step=step, way=way)


def on_page(language: Language) -> str:
    return _ON_PAGE.say(language)


def given_up(language: Language, *, step: str) -> str:
    """Say that nothing was done, to somebody who takes back what they had begun to answer."""
    return _GIVEN_UP.say(language, step=step)


def unclear(language: Language, *, about: str, ways: Sequence[str]) -> str:
    named = ", ".join(f"“{way}”" for way in ways)
    if len(ways) == 1:
        return _UNCLEAR_ONE.say(language, about=about, way=named)
    return _UNCLEAR.say(language, about=about, ways=named, last=ways[-1])


def confirm(language: Language, *, about: str, way: str, files: bool) -> str:
    """Ask back what came in a mail of which nobody can say who sent it; `files`: something was attached."""
    return _CONFIRM.say(language, about=about, way=way, files=_WITH_FILES.say(language) if files else "")


def not_called(language: Language, *, about: str) -> str:
    return _NOT_CALLED.say(language, about=about)


def not_yours(language: Language, *, about: str, role: str) -> str:
    return _NOT_YOURS.say(language, about=about, role=role)


def gone(language: Language) -> str:
    return _GONE.say(language)


def answer_the_call(language: Language) -> str:
    return _ANSWER_CALL.say(language)


def send_file(language: Language) -> str:
    return _SEND_FILE.say(language)


def file_on_its_way(language: Language) -> str:
    return _ON_ITS_WAY.say(language)


def go_on_label(language: Language) -> str:
    return _GO_ON.say(language)


def ask_label(language: Language) -> str:
    return _ASK_LABEL.say(language)


def output(language: Language, *, step: str) -> str:
    """Say of a note that it brings what a step made."""
    return _FILE.say(language, step=step)
