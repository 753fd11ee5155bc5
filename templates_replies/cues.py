"""What a short message means by itself: a greeting, thanks, yes or no, a wish for a person, a question for the state.

Precise rather than greedy: a message is one of these only if *every* word of it belongs there, so that a message with
a real request in it is none of them ("tidak bisa login" is not a no, "halo, nilai saya hilang" is not a greeting).
Words are read as `normalise` understands them, and long ones with one wrong letter.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from templates_replies.normalise import words

LONGEST = 160  # characters: whoever writes more has something to say
_TELLERS = frozenset({"saya", "aku", "kami", "yang", "i", "we"})
_FORGIVING_FROM = 6  # letters of a word from which on one of them may be wrong


class _Role(Enum):
    """What a word or phrase does in a short message."""

    FILL = auto()  # addresses, particles, softeners: mean nothing alone
    GREET = auto()
    OPEN = auto()  # announces a question without asking it
    THANKS = auto()
    THANKS_FOR = auto()  # what one thanks for
    NOD = auto()  # heard, fine
    YA = auto()  # yes where it stands first, a particle elsewhere
    YES = auto()
    NO = auto()
    DONE = auto()  # it works now
    NOT_DONE = auto()  # it still does not
    PERSON = auto()
    SOMEBODY = auto()  # a person, but too common a word to stand alone
    TALK = auto()
    WANT = auto()
    TICKET = auto()
    STATE = auto()  # asks for the state by itself
    ASK = auto()  # asks for the state together with a ticket
    NUMBER = auto()
    STOP = auto()
    START = auto()
    MENU = auto()


_PHRASES: Mapping[_Role, str] = {
    _Role.FILL: """
        kak | pak | bu | min | mas | mbak | bang | abang | om | gan | bro | sis | prof | dok | sir | madam | miss | dear | team | tim
        | dong | deh | sih | kok | lah | nih | loh | lho | ini | itu | dulu | saja | sekali | banget | banyak | lagi | juga | semua
        | and | the | so | much | very | really | again | all | now | sekarang | mohon | tolong | please | maaf | hehe | haha | hehehe
        | alhamdulillah | untuk saat ini | sudah cukup | dan | yang | saya | i | me | we | kami | aku | sebelumnya | tapi | but
        | sudah saya coba | sudah coba | sudah dicoba
        """,
    _Role.GREET: """
        halo | hai | hi | hello | hey there | hi there | hello there | permisi | assalamualaikum | wr wb | warahmatullahi wabarakatuh
        | wr | wb | walaikumsalam | waalaikumsalam | salam | salam sejahtera | om swastiastu | shalom | namo buddhaya | selamat pagi
        | selamat siang | selamat sore | selamat malam | pagi | siang | sore | malam | met pagi | met siang | met sore | met malam
        | good morning | good afternoon | good evening | good day | morning | greetings | p | ping | tes | test | punten | apa kabar
        | how are you | sampurasun | hola
        """,
    _Role.OPEN: """
        mau tanya | ingin tanya | izin tanya | numpang tanya | boleh tanya | bisa tanya | saya mau tanya | saya ingin tanya | tanya
        | mau tanya sesuatu | ada yang mau saya tanyakan | ada yang ingin saya tanyakan | i have a question | can i ask
        | can i ask something | may i ask | i want to ask | i want to ask something | i would like to ask | can i ask a question
        | ada orang | is anyone there | anyone there | mau tanya tanya
        """,
    _Role.THANKS: """
        makasih | thanks | thanks a lot | many thanks | matur nuwun | matur suwun | nuwun | hatur nuhun | jazakallah | jazakumullah
        | jazakallah khair | jazakallahu khairan | syukron | arigato | appreciate it | much appreciated | i appreciate it | cheers
        """,
    _Role.THANKS_FOR: """
        atas | bantuan | info | informasi | jawaban | respon | respons | balasan | penjelasan | waktu | kerjasama | kerja sama
        | perhatian | pencerahan | for | your | help | the help | answer | reply | information | assistance | response | time
        | merepotkan | sudah merepotkan | sudah bantu | sudah dibantu | cepat | fast | quick
        """,
    _Role.NOD: """
        ok | oke siap | siap | sip | baik | baiklah | mantap | noted | i see | understood | got it | alright | all right | great | nice
        | perfect | awesome | keren | dimengerti | dipahami | saya mengerti | saya paham | paham | mengerti | sama sama | kembali
        | you are welcome | tidak apa apa | tidak apa | tidak masalah | no problem | gapapa | gpp | jos | top | cukup jelas | jelas
        | oh begitu | oh | begitu | sudah jelas
        """,
    _Role.YA: "ya",
    _Role.YES: """
        yes | yeah | yea | benar | sudah | sure | correct | that is right | tentu | of course | it did | yes it did
        | it does | yes it does | absolutely | definitely | setuju
        """,
    _Role.NO: "tidak | no | belum | bukan | nah | not really | tidak juga | belum juga | tidak sama sekali | not at all | it did not",
    _Role.DONE: """
        sudah bisa | bisa sekarang | berhasil | sudah berhasil | terbantu | sudah terbantu | sangat terbantu | membantu | sangat membantu
        | cukup membantu | sudah membantu | beres | sudah beres | sudah selesai | selesai | sudah terjawab | terjawab | sudah normal
        | sudah teratasi | teratasi | it works | it works now | works | works now | it worked | worked | solved | fixed | it is solved
        | problem solved | it is fixed | that helped | that helps | it helped | it helps | very helpful | helpful | sudah masuk
        | sudah bisa masuk | bisa masuk | sudah aman | sudah ok | jawaban membantu
        """,
    _Role.NOT_DONE: """
        belum bisa | tidak bisa | masih belum bisa | masih tidak bisa | tetap tidak bisa | tetap belum bisa | belum bisa juga
        | tidak bisa juga | tidak terbantu | belum terbantu | kurang terbantu | tidak membantu | belum membantu | kurang membantu
        | sama sekali tidak membantu | belum berhasil | tidak berhasil | masih belum berhasil | masih belum | masih sama | gagal
        | masih gagal | tetap gagal | belum selesai | belum terjawab | belum teratasi | not yet | still not | does not work
        | it does not work | still does not work | it still does not work | did not work | it did not work | not working
        | still not working | it is not working | that did not help | it did not help | did not help | does not help | not helpful
        | no it did not | not solved | still the same | kurang jelas | belum jelas | tidak jelas
        """,
    _Role.PERSON: """
        petugas | admin | operator | cs | customer service | customer care | manusia | agen | agent | live agent | live chat | human
        | human agent | real person | a real person | a human | an agent | real human | orang asli | manusia asli | petugas asli
        | petugas langsung | admin langsung | bukan bot | bukan robot | jangan bot | not a bot | representative | a representative
        | human please | bantuan petugas | bantuan admin
        """,
    _Role.SOMEBODY: """
        orang | orang langsung | staf | staff | pegawai | someone | somebody | a person | person | an operator | a staff member
        | staf langsung
        """,
    _Role.TALK: """
        bicara | berbicara | ngobrol | ngomong | chat | hubungi | menghubungi | sambungkan | disambungkan | hubungkan | dihubungkan
        | terhubung | tersambung | panggilkan | panggil | speak | talk | connect | connected | transfer | contact | reach | kontak
        | berbincang | konsultasi langsung | chatting | sambungin | hubungin | speaking | alihkan | dialihkan | teruskan
        """,
    _Role.WANT: """
        mau | ingin | bisa | boleh | minta | butuh | perlu | bisakah | bolehkah | apakah | apakah bisa | apakah boleh | dapatkah
        | want | want to | need | need to | would like | would like to | can | could | may | let | get | give | dengan | ke | kepada
        | sama | to | with | langsung | directly | a | an | some | you | bantu | bantuan dari | help from | can you | could you
        | saya mau | saya ingin | id like to | i'd like to
        """,
    _Role.TICKET: """
        tiket | tiket saya | tiket nomor | tiket no | nomor tiket | no tiket | laporan saya | laporan nomor | pengaduan saya
        | aduan saya | my ticket | tiket number | my request | my report | permintaan saya | keluhan saya
        | my case | case
        """,
    _Role.STATE: """
        status | cek status | check status | lihat status | tanya status | mau cek status | mau tanya status | any update
        | any updates | any news | any progress | ada update | ada kabar | ada perkembangan | ada progress | sudah sampai mana
        | sampai mana | perkembangan
        """,
    _Role.ASK: """
        cek | check | bagaimana | bagaimana status | bagaimana perkembangan | bagaimana kelanjutan | bagaimana kabar | progress
        | progres | update | kabar | kelanjutan | tindak lanjut | follow up | kapan selesai | sudah selesai belum | kapan
        | apakah sudah selesai | sudah ditangani | sudah ditangani belum | sudah diproses | sudah diproses belum | sudah dijawab
        | sudah dijawab belum | belum dijawab | belum dibalas | belum ditangani | belum diproses | how is | what is | what about
        | where is | is there | of | on | about | regarding | tentang | soal | ada | apa | what happened | is it done | for my | my
        | mengenai | dari | terkait
        """,
    _Role.STOP: """
        stop | berhenti | stopall | stop all | unsubscribe | quit | berhenti berlangganan | stop berlangganan | stop pesan
        | stop kirim pesan | berhenti kirim pesan | hentikan pesan | hentikan | jangan kirim pesan lagi | stop messages
        | stop messaging | stop sending me messages | unreg | opt out | optout
        """,
    _Role.MENU: """
        menu | menu utama | pilih unit | ganti unit | pindah unit | unit lain | salah unit | pilihan unit | daftar unit | pilih layanan
        | ganti layanan | layanan lain | main menu | choose desk | change desk | switch desk | other desk | wrong desk | change unit
        | switch unit | other unit | wrong unit | choose unit
        """,
    _Role.START: "start | mulai | unstop | mulai lagi | lanjutkan | aktifkan lagi | aktifkan | subscribe | resume | start again",
}

_EMOJI: Mapping[str, _Role] = {
    **dict.fromkeys("🙏🤝❤💖🥰😇🫡", _Role.THANKS),
    **dict.fromkeys("👌😊🙂😀😃😄😁☺😉🎉👏💪🔥🫶", _Role.NOD),
    **dict.fromkeys("👍✅💯✔", _Role.YES),
    **dict.fromkeys("👎❌✖🙅", _Role.NO),
    **dict.fromkeys("👋", _Role.GREET),
}


def _table() -> Mapping[tuple[str, ...], _Role]:
    table: dict[tuple[str, ...], _Role] = {}
    for role, phrases in _PHRASES.items():
        for phrase in phrases.split("|"):
            table.setdefault(words(phrase), role)
    return table


_ROLES = _table()
_LONGEST_PHRASE = max(map(len, _ROLES))
_FORGIVEN = sorted({word for phrase in _ROLES for word in phrase if len(word) >= _FORGIVING_FROM})
_KNOWN = frozenset(word for phrase in _ROLES for word in phrase)

_TICKET_MARK = re.compile(r"#\s?(\d{1,9})\b")


@dataclass(frozen=True, kw_only=True)
class StateQuestion:
    """Somebody asks how a ticket stands."""

    ticket: int | None  # the number named, if one was


def is_greeting(text: str) -> bool:
    """Return whether it is a greeting, or the announcement of a question, and nothing else."""
    roles = _roles(text)
    return _only(roles, _Role.GREET, _Role.OPEN, _Role.PERSON, _Role.YA) and _any(
        roles, _Role.GREET, _Role.OPEN
    )


def is_thanks(text: str) -> bool:
    """Return whether it only thanks or nods: `makasih kak`, `ok siap`, `sudah bisa, terima kasih`, a folded hand."""
    roles = _roles(text)
    if "?" in text or not _any(roles, _Role.THANKS, _Role.NOD):
        return _is_thumb(text)
    if _any(roles, _Role.THANKS):
        return _only(roles, *_COURTESY, _Role.THANKS_FOR, _Role.DONE, _Role.YES, _Role.GREET, _Role.PERSON)
    return _only(roles, *_COURTESY, _Role.PERSON)


def is_courtesy(text: str) -> bool:
    """Return whether it says nothing beyond manners: an address, a greeting, thanks, a nod; also where it is empty."""
    roles = _roles(text)
    thanked = (_Role.THANKS_FOR, _Role.PERSON) if _any(roles, _Role.THANKS) else ()
    return "?" not in text and _only(roles, *_COURTESY, *thanked, _Role.GREET)


def yes_or_no(text: str) -> bool | None:
    """Return True or False for an answer to a question just asked, None for anything else."""
    roles = _roles(text)
    answers = (_Role.YES, _Role.DONE, _Role.NO, _Role.NOT_DONE)
    if "?" in text or not _only(roles, *answers, *_COURTESY, _Role.THANKS_FOR, _Role.PERSON):
        return None
    spoken = [role for role in roles if role is not _Role.FILL]
    begins_with_ya = bool(spoken) and spoken[0] is _Role.YA
    if _any(roles, _Role.NOT_DONE):
        return None if _any(roles, _Role.DONE) else False
    is_yes = begins_with_ya or _any(roles, _Role.YES, _Role.DONE)
    is_no = _any(roles, _Role.NO)
    return is_yes if is_yes != is_no else None


def wants_person(text: str) -> bool:
    """Return whether it asks for a person instead of the bot, and for nothing else."""
    roles = _roles(text)
    people = (_Role.PERSON, _Role.SOMEBODY)
    if not _only(roles, *people, _Role.TALK, _Role.WANT, _Role.GREET, _Role.YA, _Role.NO) or not _any(
        roles, *people
    ):
        return False
    if _any(roles, _Role.TALK):
        return True
    if _any(roles, _Role.GREET):
        return _any(roles, _Role.WANT)
    return _any(roles, _Role.PERSON)


def state_question(text: str) -> StateQuestion | None:
    """Return the question how a ticket stands, if the message is one and nothing else."""
    roles = _roles(text)
    allowed = (
        _Role.STATE,
        _Role.ASK,
        _Role.TICKET,
        _Role.NUMBER,
        _Role.WANT,
        _Role.GREET,
        _Role.YA,
        _Role.YES,
        _Role.NO,
    )
    if not _only(roles, *allowed, _Role.DONE, _Role.PERSON, _Role.OPEN, _Role.NOT_DONE):
        return None
    marked = _TICKET_MARK.search(text)
    numbers = re.findall(r"\b\d{1,9}\b", text)
    if len(numbers) > 1:
        return None
    names_ticket = marked is not None or _any(roles, _Role.TICKET)
    asks = _any(roles, _Role.STATE) or (names_ticket and _any(roles, _Role.ASK, _Role.DONE, _Role.NUMBER))
    return StateQuestion(ticket=int(numbers[0]) if numbers else None) if asks else None


def wants_stop(text: str) -> bool:
    """Return whether somebody wants no more messages: an order, no question, and nothing that they tell of themselves."""
    roles = _roles(text)
    told = "?" in text or _TELLERS & set(words(text))
    return _only(roles, _Role.STOP) and _any(roles, _Role.STOP) and not told


def wants_start(text: str) -> bool:
    """Return whether somebody wants messages again, or begins (`/start`)."""
    roles = _roles(text)
    return _only(roles, _Role.START) and _any(roles, _Role.START)


def wants_menu(text: str) -> bool:
    """Return whether somebody wants to choose whom they write to."""
    roles = _roles(text)
    return _only(roles, _Role.MENU, _Role.WANT, _Role.GREET) and _any(roles, _Role.MENU)


_COURTESY = (_Role.THANKS, _Role.NOD, _Role.YA)


def _only(roles: Iterable[_Role | None], *allowed: _Role) -> bool:
    return all(role is _Role.FILL or role in allowed for role in roles)


def _any(roles: Iterable[_Role | None], *wanted: _Role) -> bool:
    return any(role in wanted for role in roles)


def _is_thumb(text: str) -> bool:
    return not words(text) and any(_EMOJI.get(each) is _Role.YES for each in text)


@lru_cache(maxsize=32)  # one message is asked several questions
def _roles(text: str) -> tuple[_Role | None, ...]:
    """Return the role of each phrase, the longest first; None for a word that has none. Emoji stand at the end."""
    if len(text) > LONGEST:
        return (None,)
    said = tuple(_forgive(word) for word in words(text))
    roles: list[_Role | None] = []
    at = 0
    while at < len(said):
        length, role = _phrase_at(said, at)
        roles.append(role)
        at += length
    return (*roles, *(_EMOJI[each] for each in text if each in _EMOJI))


def _phrase_at(said: tuple[str, ...], at: int) -> tuple[int, _Role | None]:
    for length in range(min(_LONGEST_PHRASE, len(said) - at), 0, -1):
        role = _ROLES.get(said[at : at + length])
        if role is not None:
            return length, role
    return 1, _Role.NUMBER if said[at].isdecimal() else None


def _forgive(word: str) -> str:
    """Return the word meant where a long one has a single wrong, missing, doubled or swapped letter."""
    if word in _KNOWN or len(word) < _FORGIVING_FROM:
        return word
    near = process.extractOne(word, _FORGIVEN, scorer=OSA.distance, score_cutoff=1)
    return near[0] if near is not None and near[0][0] == word[0] else word
