"""What people of the desk hear of a contact beside their messages: files, reactions, other numbers, whether they can be reached."""

from templates_replies.catalogue import Language
from templates_replies.phrase import Phrase
from templates_replies.render import one_line

_FILE_MISSED = Phrase(
    id="📎 Sebuah berkas tidak dapat diambil. Tulis /unduh untuk mencobanya lagi.",
    en="📎 A file could not be fetched. Write /fetch to try again.",
)
_FILE_TOO_LARGE = Phrase(
    id="📎 Berkas dari kontak terlalu besar untuk diambil. Kontak sudah diminta mengirim yang lebih kecil, atau tautannya.",
    en="📎 A file of the contact is too large to be fetched. The contact has been asked for a smaller one, or a link to it.",
)
_FILE_WITHHELD = Phrase(
    id="⚠️ Sebuah berkas dari kontak ditahan oleh pemeriksa virus dan tidak dapat dibuka. Rinciannya ada pada pesannya di web.",
    en="⚠️ A file of the contact was withheld by the virus scanner and cannot be opened. The message on the web says which one and why.",
)
_FETCHED_AGAIN = Phrase(id="📎 {files} berkas diminta lagi.", en="📎 Asked again for {files} of the files.")
_NOTHING_TO_FETCH = Phrase(
    id="Tidak ada berkas yang dapat diminta lagi.", en="There is no file to ask for again."
)
_REACTED = Phrase(
    id="{reaction} Kontak menanggapi pesan kita.", en="{reaction} The contact reacted to a message of ours."
)
_RENUMBERED = Phrase(
    id="📱 Nomor WhatsApp kontak ini berubah; jawaban dikirim ke nomor barunya.",
    en="📱 This contact has a new WhatsApp number; answers go there.",
)
_NUMBER_LOST = Phrase(
    id="📱 Nomor WhatsApp kontak ini kini dipakai orang lain. Tidak ada lagi yang dikirim ke nomor itu, dan tiket orang itu terpisah.",
    en="📱 Somebody else has this contact's WhatsApp number now. Nothing more is sent there, and that person has a ticket of their own.",
)
_OUT_OF_REACH = Phrase(
    id="⚠️ Kontak tidak dapat dihubungi lagi: {reason}", en="⚠️ The contact is out of reach: {reason}"
)
_IN_REACH = Phrase(id="Kontak dapat dihubungi lagi.", en="The contact can be reached again.")
_GENERAL = Phrase(
    id=(
        "Obrolan di sini tidak dibaca bot. Untuk menjawab kontak, tulislah di topik tiketnya "
        "atau awali dengan nomornya, misalnya #1042 …; perintah seperti /papan dan /bantuan berlaku di sini."
    ),
    en=(
        "The bot does not read the talk here. To answer a contact, write in the ticket's topic or begin with its "
        "number, such as #1042 …; commands such as /board and /help work here."
    ),
)


def file_missed(language: Language, *, again: bool) -> str:
    """Say that a file is not there, and whether it may be asked for again."""
    return (_FILE_MISSED if again else _FILE_TOO_LARGE).say(language)


def file_withheld(language: Language) -> str:
    return _FILE_WITHHELD.say(language)


def fetched_again(language: Language, *, files: int) -> str:
    return _FETCHED_AGAIN.say(language, files=str(files)) if files else _NOTHING_TO_FETCH.say(language)


def reacted(language: Language, *, reaction: str) -> str:
    return _REACTED.say(language, reaction=one_line(reaction, longest=20))


def renumbered(language: Language) -> str:
    return _RENUMBERED.say(language)


def number_lost(language: Language) -> str:
    return _NUMBER_LOST.say(language)


def out_of_reach(language: Language, *, reason: str) -> str:
    return _OUT_OF_REACH.say(language, reason=one_line(reason))


def in_reach(language: Language) -> str:
    return _IN_REACH.say(language)


def in_general(language: Language) -> str:
    """What a person of the desk reads once who writes outside of the topics."""
    return _GENERAL.say(language)
