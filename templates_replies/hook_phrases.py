"""What supervisors are told of webhooks and trackers that do not take what they are sent."""

from collections.abc import Sequence

from templates_replies.catalogue import Language
from templates_replies.phrase import Phrase
from templates_replies.render import one_line

_FAILING = Phrase(
    id="Webhook {hook} dijeda. Sejak sehari penuh tidak satu pun kiriman diterima. Kiriman menunggu paling lama tiga hari; periksa penerimanya, lalu lanjutkan di halaman Webhook.",
    en="The webhook {hook} is paused. For a whole day it has taken nothing. What it should get waits for three days at most; look after the receiver, then let it run again on the page Webhooks.",
)
_GONE = Phrase(
    id="Webhook {hook} dijeda. Penerimanya menjawab bahwa alamat itu tidak dipakai lagi (410). Hapus dari desk.yaml, atau lanjutkan di halaman Webhook.",
    en="The webhook {hook} is paused. Its receiver answers that the address is no longer in use (410). Take it out of desk.yaml, or let it run again on the page Webhooks.",
)

_LISTED = Phrase(
    id="Webhook unit ini:\n{hooks}\n\nKetik /webhook nama uji untuk mengirim percobaan, atau /webhook nama lanjut untuk melanjutkan yang dijeda.",
    en="The webhooks of this desk:\n{hooks}\n\nType /webhooks name test to send a trial, or /webhooks name resume to let a paused one run again.",
)
_NONE = Phrase(
    id="Unit ini belum punya webhook. Webhook ditulis di desk.yaml.",
    en="This desk has no webhooks yet. They are written in desk.yaml.",
)
_STATES = {
    "on": Phrase(id="✅ {hook}: berjalan", en="✅ {hook}: runs"),
    "failing": Phrase(id="⚠️ {hook}: gagal, dicoba lagi", en="⚠️ {hook}: fails, is tried again"),
    "paused": Phrase(id="⏸ {hook}: dijeda", en="⏸ {hook}: paused"),
    "off": Phrase(
        id="⛔ {hook}: nonaktif, rahasianya belum diatur", en="⛔ {hook}: off, its secret is not set"
    ),
}
_TESTED = Phrase(id="Kiriman percobaan untuk {hook} sedang dikirim.", en="A trial is on its way to {hook}.")
_RESUMED = Phrase(id="Webhook {hook} berjalan lagi.", en="The webhook {hook} runs again.")
_NO_SUCH = Phrase(
    id="Webhook {hook} tidak ditemukan. Ketik /webhook untuk melihat semuanya.",
    en="There is no webhook {hook}. Type /webhooks to see them all.",
)

TEST = frozenset({"uji", "test"})
RESUME = frozenset({"lanjut", "lanjutkan", "resume"})


def paused(language: Language, *, hook: str, gone: bool) -> str:
    return (_GONE if gone else _FAILING).say(language, hook=hook)


def listed(language: Language, *, hooks: Sequence[tuple[str, str]]) -> str:
    """List webhooks: id, and on, failing, paused or off."""
    if not hooks:
        return _NONE.say(language)
    return _LISTED.say(
        language, hooks="\n".join(_STATES[state].say(language, hook=id_) for id_, state in hooks)
    )


def tested(language: Language, *, hook: str) -> str:
    return _TESTED.say(language, hook=hook)


def resumed(language: Language, *, hook: str) -> str:
    return _RESUMED.say(language, hook=hook)


def no_such_hook(language: Language, *, hook: str) -> str:
    return _NO_SUCH.say(language, hook=one_line(hook, longest=60))
