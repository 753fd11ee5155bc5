"""The questionnaire of the survey of public services (PermenPAN-RB 14/2017) in Indonesian and English.

Each question is about one of the nine elements, in the order of the regulation, and has four answers, worth 1 to 4.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from templates_replies.catalogue import Language
from templates_replies.phrase import Phrase


@dataclass(frozen=True, kw_only=True)
class Question:
    element: str
    name: Phrase  # of the element
    text: Phrase
    answers: tuple[Phrase, Phrase, Phrase, Phrase]  # worth 1 to 4


_SUITS = (
    Phrase(id="Tidak sesuai", en="Not suitable"),
    Phrase(id="Kurang sesuai", en="Not quite suitable"),
    Phrase(id="Sesuai", en="Suitable"),
    Phrase(id="Sangat sesuai", en="Very suitable"),
)

QUESTIONS: tuple[Question, ...] = (
    Question(
        element="requirements",
        name=Phrase(id="Persyaratan", en="Requirements"),
        text=Phrase(
            id="Bagaimana pendapat Anda tentang kesesuaian persyaratan pelayanan dengan jenis pelayanannya?",
            en="How suitable are the requirements for the kind of service?",
        ),
        answers=_SUITS,
    ),
    Question(
        element="procedure",
        name=Phrase(id="Prosedur", en="Procedure"),
        text=Phrase(
            id="Bagaimana pendapat Anda tentang kemudahan prosedur pelayanan di unit ini?",
            en="How easy is the procedure of the service at this unit?",
        ),
        answers=(
            Phrase(id="Tidak mudah", en="Not easy"),
            Phrase(id="Kurang mudah", en="Not very easy"),
            Phrase(id="Mudah", en="Easy"),
            Phrase(id="Sangat mudah", en="Very easy"),
        ),
    ),
    Question(
        element="time",
        name=Phrase(id="Waktu", en="Time"),
        text=Phrase(
            id="Bagaimana pendapat Anda tentang kecepatan waktu dalam memberikan pelayanan?",
            en="How quickly was the service given?",
        ),
        answers=(
            Phrase(id="Tidak cepat", en="Not quickly"),
            Phrase(id="Kurang cepat", en="Not very quickly"),
            Phrase(id="Cepat", en="Quickly"),
            Phrase(id="Sangat cepat", en="Very quickly"),
        ),
    ),
    Question(
        element="cost",
        name=Phrase(id="Biaya", en="Cost"),
        text=Phrase(
            id="Bagaimana pendapat Anda tentang kewajaran biaya atau tarif pelayanan?",
            en="What do you think of the cost of the service?",
        ),
        answers=(
            Phrase(id="Sangat mahal", en="Very expensive"),
            Phrase(id="Cukup mahal", en="Rather expensive"),
            Phrase(id="Murah", en="Inexpensive"),
            Phrase(id="Gratis", en="Free of charge"),
        ),
    ),
    Question(
        element="product",
        name=Phrase(id="Produk layanan", en="Product"),
        text=Phrase(
            id="Bagaimana pendapat Anda tentang kesesuaian hasil pelayanan dengan yang tercantum dalam standar pelayanan?",
            en="How well does the result agree with what the service standard promises?",
        ),
        answers=(
            Phrase(id="Tidak sesuai", en="Not at all"),
            Phrase(id="Kurang sesuai", en="Not quite"),
            Phrase(id="Sesuai", en="Well"),
            Phrase(id="Sangat sesuai", en="Very well"),
        ),
    ),
    Question(
        element="competence",
        name=Phrase(id="Kompetensi petugas", en="Competence of staff"),
        text=Phrase(
            id="Bagaimana pendapat Anda tentang kompetensi petugas dalam memberikan pelayanan?",
            en="How competent are the staff?",
        ),
        answers=(
            Phrase(id="Tidak kompeten", en="Not competent"),
            Phrase(id="Kurang kompeten", en="Not very competent"),
            Phrase(id="Kompeten", en="Competent"),
            Phrase(id="Sangat kompeten", en="Very competent"),
        ),
    ),
    Question(
        element="conduct",
        name=Phrase(id="Perilaku petugas", en="Conduct of staff"),
        text=Phrase(
            id="Bagaimana pendapat Anda tentang kesopanan dan keramahan petugas?",
            en="How polite and friendly are the staff?",
        ),
        answers=(
            Phrase(id="Tidak sopan dan ramah", en="Not polite and friendly"),
            Phrase(id="Kurang sopan dan ramah", en="Not very polite and friendly"),
            Phrase(id="Sopan dan ramah", en="Polite and friendly"),
            Phrase(id="Sangat sopan dan ramah", en="Very polite and friendly"),
        ),
    ),
    Question(
        element="complaints",
        name=Phrase(id="Pengaduan, saran, dan masukan", en="Complaints and suggestions"),
        text=Phrase(
            id="Bagaimana pendapat Anda tentang penanganan pengaduan, saran, dan masukan pengguna layanan?",
            en="How are complaints and suggestions handled?",
        ),
        answers=(
            Phrase(id="Tidak ada", en="Not at all"),
            Phrase(id="Ada tetapi tidak berfungsi", en="There is a way, but it does not work"),
            Phrase(id="Berfungsi tetapi kurang maksimal", en="It works, but not well enough"),
            Phrase(id="Dikelola dengan baik", en="They are handled well"),
        ),
    ),
    Question(
        element="facilities",
        name=Phrase(id="Sarana dan prasarana", en="Facilities"),
        text=Phrase(
            id="Bagaimana pendapat Anda tentang kualitas sarana dan prasarana pelayanan?",
            en="How good are the facilities of the service?",
        ),
        answers=(
            Phrase(id="Buruk", en="Poor"),
            Phrase(id="Cukup", en="Fair"),
            Phrase(id="Baik", en="Good"),
            Phrase(id="Sangat baik", en="Very good"),
        ),
    ),
)

SEXES: Mapping[str, Phrase] = {
    "female": Phrase(id="Perempuan", en="Female"),
    "male": Phrase(id="Laki-laki", en="Male"),
}
EDUCATIONS: Mapping[str, Phrase] = {
    "primary": Phrase(id="SD", en="Primary school"),
    "junior": Phrase(id="SMP", en="Junior secondary school"),
    "senior": Phrase(id="SMA/SMK", en="Senior secondary school"),
    "diploma": Phrase(id="D1–D4", en="Diploma"),
    "bachelor": Phrase(id="S1", en="Bachelor"),
    "master": Phrase(id="S2", en="Master"),
    "doctor": Phrase(id="S3", en="Doctor"),
}
OCCUPATIONS: Mapping[str, Phrase] = {
    "student": Phrase(id="Pelajar/mahasiswa", en="Student"),
    "civil-servant": Phrase(id="PNS/PPPK", en="Civil servant"),
    "military": Phrase(id="TNI", en="Armed forces"),
    "police": Phrase(id="POLRI", en="Police"),
    "private": Phrase(id="Swasta", en="Private sector"),
    "business": Phrase(id="Wirausaha", en="Self-employed"),
    "other": Phrase(id="Lainnya", en="Other"),
}

_SUBJECT = Phrase(
    id="Survei kepuasan masyarakat {period}: {desk}", en="Survey of public services {period}: {desk}"
)
_INVITATION = Phrase(
    id="{salutation} {desk} mengadakan survei kepuasan masyarakat {period}. Mohon kesediaan Anda mengisi sembilan pertanyaan singkat, sekitar dua menit:\n{link}\n\nJawaban Anda dirahasiakan dan dapat diubah sampai {until}.",
    en="{salutation} {desk} is taking its survey of public services {period}. Please answer nine short questions; it takes about two minutes:\n{link}\n\nYour answers are confidential, and you can change them until {until}.",
)
_INVITATION_IN_CHAT = Phrase(
    id="{salutation} {desk} mengadakan survei kepuasan masyarakat {period}. Mohon kesediaan Anda menjawab sembilan pertanyaan singkat dengan menekan tombol. Jawaban Anda dirahasiakan.",
    en="{salutation} {desk} is taking its survey of public services {period}. Please answer nine short questions by pressing a button. Your answers are confidential.",
)
_NUMBERED = Phrase(id="Pertanyaan {number} dari {all}\n{text}", en="Question {number} of {all}\n{text}")
_DONE = Phrase(
    id="Terima kasih, jawaban survei Anda sudah lengkap. Masukan Anda membantu kami memperbaiki layanan.",
    en="Thank you, your answers are complete. They help us to improve our service.",
)
_OVER = Phrase(
    id="Terima kasih. Survei ini sudah berakhir, sehingga jawaban Anda tidak dapat kami catat lagi.",
    en="Thank you. This survey is over, so we can no longer record your answer.",
)


def subject(language: Language, *, period: str, desk: str) -> str:
    return _SUBJECT.say(language, period=period, desk=desk)


def invitation(language: Language, *, salutation: str, desk: str, period: str, link: str, until: str) -> str:
    return _INVITATION.say(language, salutation=salutation, desk=desk, period=period, link=link, until=until)


def invitation_in_chat(language: Language, *, salutation: str, desk: str, period: str) -> str:
    return _INVITATION_IN_CHAT.say(language, salutation=salutation, desk=desk, period=period)


def asked(language: Language, number: int) -> str:
    """Return a question, counted from 0, as it is asked in a chat."""
    text = QUESTIONS[number].text.say(language)
    return _NUMBERED.say(language, number=str(number + 1), all=str(len(QUESTIONS)), text=text)


def done(language: Language) -> str:
    return _DONE.say(language)


def over(language: Language) -> str:
    return _OVER.say(language)


def period_words(key: str, language: Language) -> str:
    """Return a period as people say it: `2026`, `semester I 2026`, `triwulan III 2026`."""
    year, _, part = key.partition("-")
    if not part:
        return year
    number = ("I", "II", "III", "IV")[int(part[1]) - 1]
    if part[0] == "S":
        return f"semester {number} {year}"
    return f"{'triwulan' if language == 'id' else 'quarter'} {number} {year}"
