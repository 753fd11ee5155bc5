"""What the surveys say: the question after closing to contacts, what came of it to supervisors."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from templates_replies.catalogue import Language
from templates_replies.labels import number_words
from templates_replies.phrase import Phrase
from templates_replies.render import one_line

_LONGEST_REMARK = 500

# After closing

_QUESTION = Phrase(
    id="Seberapa puas Anda dengan layanan kami? Mohon balas dengan angka 1 (sangat tidak puas) sampai {best} (sangat puas).",
    en="How satisfied are you with our service? Please reply with a number from 1 (very dissatisfied) to {best} (very satisfied).",
)
_ABOUT = Phrase(
    id="Tentang tiket {ticket} yang sudah selesai: {question}",
    en="About ticket {ticket}, which is completed: {question}",
)
_THANKS = Phrase(
    id="Terima kasih atas penilaian Anda.",
    en="Thank you for your rating.",
)
_REMARK = Phrase(
    id="Bila berkenan, silakan tuliskan komentar atau saran Anda.",
    en="If you like, please add a comment or a suggestion.",
)
_SORRY = Phrase(
    id="Terima kasih atas penilaian Anda, dan mohon maaf bila layanan kami belum memuaskan. Supervisor kami akan menindaklanjutinya. Bila masih ada kendala, cukup tuliskan di sini.",
    en="Thank you for your rating, and we are sorry that our service did not satisfy you. Our supervisor will follow it up. If the problem is still there, just write to us here.",
)
_REMARK_THANKS = Phrase(
    id="Terima kasih atas masukan Anda.",
    en="Thank you for your comment.",
)


def question(language: Language, *, best: int) -> str:
    """Ask how satisfied somebody is; stands below the closing notice."""
    return _QUESTION.say(language, best=str(best))


def question_about(language: Language, *, ticket: int, best: int) -> str:
    """Ask it in a message of its own, some time after the closing notice."""
    return _ABOUT.say(language, ticket=number_words(ticket), question=question(language, best=best))


def labels(best: int) -> tuple[str, ...]:
    """Return what stands on the buttons, the worst first."""
    return tuple(f"{score} ⭐" for score in range(1, best + 1))


def thanks(language: Language, *, low: bool, ask_remark: bool) -> str:
    """Thank for a score, and ask for a remark where there is none yet."""
    said = (_SORRY if low else _THANKS).say(language)
    return f"{said} {_REMARK.say(language)}" if ask_remark else said


def remark_thanks(language: Language) -> str:
    return _REMARK_THANKS.say(language)


# To supervisors


def decimal_words(value: Decimal | None, language: Language) -> str | None:
    """Return `4,25`, in English `4.25`."""
    return None if value is None else str(value).replace(".", "," if language == "id" else ".")


_LOW = Phrase(
    id="⚠️ Nilai rendah untuk tiket {ticket}: {score} dari {best}\nDari: {contact}\nDitangani: {holder}\nKomentar: {remark}\n\nPerlu tindak lanjut. Setelah selesai: #{number} /tindaklanjut hasilnya",
    en="⚠️ Low score for ticket {ticket}: {score} of {best}\nFrom: {contact}\nHandled by: {holder}\nComment: {remark}\n\nNeeds a follow-up. When done: #{number} /followup what was done",
)
_NO_REMARK = Phrase(id="tidak ada", en="none")
_NOBODY = Phrase(id="belum ada petugas", en="nobody")
_FOLLOWED_UP = Phrase(
    id="Tindak lanjut untuk tiket {ticket} sudah dicatat.",
    en="The follow-up of ticket {ticket} is noted.",
)
_NO_SUMMARY = Phrase(
    id="Survei kepuasan {month}: belum ada yang ditanya.",
    en="Satisfaction survey {month}: nobody has been asked yet.",
)
_SUMMARY = Phrase(
    id="Survei kepuasan {month}\nRata-rata: {mean} dari {best}\nDijawab: {answered} dari {asked} yang ditanya ({share})\n{bars}\nPerlu tindak lanjut: {open}",
    en="Satisfaction survey {month}\nMean: {mean} of {best}\nAnswered: {answered} of {asked} asked ({share})\n{bars}\nTo be followed up: {open}",
)
_LOW_LINE = Phrase(id="• {ticket}: {score}, {remark}", en="• {ticket}: {score}, {remark}")
_INDEX = Phrase(
    id="Survei kepuasan masyarakat {period}: indeks {index}, mutu {grade}, {answers} jawaban",
    en="Survey of public services {period}: index {index}, class {grade}, {answers} answers",
)


def low_score(
    language: Language, *, ticket: int, score: int, best: int, contact: str, holder: str | None, remark: str | None
) -> str:  # fmt: skip
    """Tell a supervisor that somebody was not satisfied, in their words."""
    return _LOW.say(
        language,
        ticket=number_words(ticket),
        number=str(ticket),
        score=str(score),
        best=str(best),
        contact=one_line(contact, longest=60),
        holder=holder or _NOBODY.say(language),
        remark=_remark(language, remark),
    )


def followed_up(language: Language, *, ticket: int) -> str:
    return _FOLLOWED_UP.say(language, ticket=number_words(ticket))


def summary(
    language: Language, *, month: str, best: int, asked: int, counts: Mapping[int, int], mean: str | None, open_findings: int,
    low: Sequence[tuple[int, int, str | None]] = (),
) -> str:  # fmt: skip
    """Tell how a month stands; `low` are the lowest answers as (ticket, score, remark)."""
    if not asked:
        return _NO_SUMMARY.say(language, month=month)
    answered = sum(counts.values())
    bars = "\n".join(f"{score} ⭐ {counts.get(score, 0)}" for score in range(best, 0, -1))
    text = _SUMMARY.say(
        language, month=month, mean=mean or "–", best=str(best), answered=str(answered), asked=str(asked),
        share=f"{answered / asked:.0%}", bars=bars, open=str(open_findings),
    )  # fmt: skip
    lines = [
        _LOW_LINE.say(
            language, ticket=number_words(ticket), score=str(score), remark=_remark(language, remark)
        )
        for ticket, score, remark in low
    ]
    return "\n".join((text, *lines))


def index_line(language: Language, *, period: str, index: str, grade: str, answers: int) -> str:
    return _INDEX.say(language, period=period, index=index, grade=grade, answers=str(answers))


def _remark(language: Language, remark: str | None) -> str:
    return one_line(remark or "", longest=_LONGEST_REMARK) or _NO_REMARK.say(language)
