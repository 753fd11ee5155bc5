"""What supervisors are told of webhooks and trackers that do not take what they are sent."""

from templates_replies.catalogue import Language
from templates_replies.phrase import Phrase

_FAILING = Phrase(
    id="Webhook {hook} dijeda. Sejak sehari penuh tidak satu pun kiriman diterima. Kiriman menunggu paling lama tiga hari; periksa penerimanya, lalu lanjutkan di halaman Webhook.",
    en="The webhook {hook} is paused. For a whole day it has taken nothing. What it should get waits for three days at most; look after the receiver, then let it run again on the page Webhooks.",
)
_GONE = Phrase(
    id="Webhook {hook} dijeda. Penerimanya menjawab bahwa alamat itu tidak dipakai lagi (410). Hapus dari desk.yaml, atau lanjutkan di halaman Webhook.",
    en="The webhook {hook} is paused. Its receiver answers that the address is no longer in use (410). Take it out of desk.yaml, or let it run again on the page Webhooks.",
)


def paused(language: Language, *, hook: str, gone: bool) -> str:
    return (_GONE if gone else _FAILING).say(language, hook=hook)
