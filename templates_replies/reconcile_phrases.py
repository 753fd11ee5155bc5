"""What a look into a provider's list came to, in a line; and why some accounts have no list."""

from typing import Protocol

from templates_replies.catalogue import Language
from templates_replies.phrase import Phrase

_LOOKED = Phrase(
    id="{account}: {listed} pesan di daftar penyedia, {missing} belum ada di sini, {brought} diambil, hilang: {lost}.",
    en="{account}: {listed} messages on the provider's list, {missing} were not here, {brought} fetched, lost: {lost}.",
)
_COUNTED = Phrase(
    id="{account}: {listed} pesan di daftar penyedia, {missing} belum ada di sini; tidak ada yang diambil.",
    en="{account}: {listed} messages on the provider's list, {missing} are not here; nothing was fetched.",
)
_FAILED = Phrase(
    id="{account}: belum dapat dibandingkan sampai selesai: {error}",
    en="{account}: could not be compared to the end: {error}",
)
_WHY_NOT = {
    "off": Phrase(id="akun tidak aktif", en="the account is off"),
    "smtp": Phrase(
        id="surat diantar lewat SMTP; server pengirim mengulang sampai surat diterima, dan tidak ada daftar untuk dibandingkan",
        en="mail is delivered by SMTP; senders' servers bring it until it is taken, and there is no list to compare with",
    ),
    "cloud": Phrase(
        id="Cloud API milik Meta tidak punya daftar pesan; yang belum diterima diantar lagi oleh Meta sendiri",
        en="Meta's Cloud API has no list of messages; what was not taken Meta brings again by itself",
    ),
    "telegram": Phrase(
        id="Telegram tidak punya daftar pesan; yang belum diterima disimpan Telegram untuk diambil, paling lama 24 jam",
        en="Telegram has no list of messages; what was not taken it keeps to be asked for, for 24 hours at most",
    ),
    "webchat": Phrase(
        id="obrolan web tersimpan langsung di sini; tidak ada penyedia di antaranya",
        en="the web chat is stored right here; there is no provider in between",
    ),
    "nothing_yet": Phrase(id="belum ada yang dapat dibandingkan", en="there is nothing to compare yet"),
    "under_way": Phrase(
        id="sedang dibandingkan oleh proses lain, atau perbandingan terakhir terputus; ulangi nanti (paling lama dua jam)",
        en="another process compares it now, or the last comparison was cut off; ask again later (two hours at most)",
    ),
}


class Outcome(Protocol):
    @property
    def listed(self) -> int: ...
    @property
    def missing(self) -> int: ...
    @property
    def brought(self) -> int: ...
    @property
    def lost(self) -> int: ...
    @property
    def error(self) -> str | None: ...


def line(
    language: Language, account: str, outcome: Outcome | None, why_not: str | None, *, dry_run: bool = False
) -> str:
    """Say it of one account."""
    if outcome is None:
        return f"{account}: {no_list(language, why_not or 'nothing_yet')}."
    if outcome.error is not None:
        return _FAILED.say(language, account=account, error=outcome.error)
    phrase = _COUNTED if dry_run else _LOOKED
    return phrase.say(
        language, account=account, listed=str(outcome.listed), missing=str(outcome.missing),
        brought=str(outcome.brought), lost=str(outcome.lost),
    )  # fmt: skip


def no_list(language: Language, why: str) -> str:
    """Say why nothing can be asked of an account's provider afterwards."""
    return _WHY_NOT[why].say(language)
