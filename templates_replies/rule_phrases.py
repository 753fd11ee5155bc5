"""What people of the desk read about tags, rules and the catalogue when they work on them from chat."""

from collections.abc import Sequence

from templates_replies.catalogue import Language
from templates_replies.labels import number_words
from templates_replies.phrase import Phrase
from templates_replies.render import one_line

_LONGEST = 60
_MOST = 40

_TAGGED = Phrase(id="Tag tiket {ticket}: {tags}.", en="Tags of ticket {ticket}: {tags}.")
_NO_TAGS = Phrase(id="Tiket {ticket} belum bertag.", en="Ticket {ticket} has no tags.")
_CHOOSE_TAG = Phrase(
    id="{now} Ketik /tag diikuti namanya. Tag unit ini: {names}.",
    en="{now} Type /tag and its name. The tags of this desk: {names}.",
)
_ANY_TAG = Phrase(
    id="{now} Ketik /tag diikuti namanya, misalnya /tag tamu-penting.",
    en="{now} Type /tag and its name, for example /tag vip.",
)
_NO_SUCH_TAG = Phrase(
    id="Tag {tag} tidak ada di unit ini. Ketik /tag untuk melihat semuanya.",
    en="This desk has no tag {tag}. Type /tag to see them all.",
)

_RULES = Phrase(
    id="Aturan unit ini:\n{rules}\n\nKetik /aturan nama aktif atau /aturan nama nonaktif untuk mengubahnya (supervisor).",
    en="The rules of this desk:\n{rules}\n\nType /rules name on or /rules name off to change one (supervisor).",
)
_NO_RULES = Phrase(
    id="Unit ini belum punya aturan. Supervisor dapat menulisnya di halaman Katalog.",
    en="This desk has no rules yet. A supervisor can write them on the catalogue pages.",
)
_RULE_ON = Phrase(id="✅ {id}: {name}", en="✅ {id}: {name}")
_RULE_OFF = Phrase(id="⏸ {id}: {name} (nonaktif)", en="⏸ {id}: {name} (off)")
_SWITCHED_ON = Phrase(
    id="Aturan {name} kini aktif (revisi {revision}).", en="The rule {name} is on now (revision {revision})."
)
_SWITCHED_OFF = Phrase(
    id="Aturan {name} kini nonaktif (revisi {revision}).",
    en="The rule {name} is off now (revision {revision}).",
)
_NO_SUCH_RULE = Phrase(
    id="Aturan {rule} tidak ditemukan. Ketik /aturan untuk melihat semuanya.",
    en="There is no rule {rule}. Type /rules to see them all.",
)

_HOW_CATEGORY = Phrase(
    id="Tulis seperti ini: /kategoribaru kode; Nama kategori; kata kunci, kata kunci lain",
    en="Write it like this: /newcategory id; Name of the category; keyword, another keyword",
)
_HOW_REPLY = Phrase(
    id="Tulis seperti ini: /templatbaru kode; Judul; Isi balasan, boleh beberapa baris, dengan {contact} untuk nama pengirim",
    en="Write it like this: /newtemplate id; Title; The reply, on several lines if need be, with {contact} for the contact's name",
)
_CATEGORY_SAVED = Phrase(
    id="Kategori {name} tersimpan (revisi {revision}).",
    en="The category {name} is saved (revision {revision}).",
)
_REPLY_SAVED = Phrase(
    id="Templat {name} tersimpan (revisi {revision}).",
    en="The template {name} is saved (revision {revision}).",
)
_MISTAKES = Phrase(
    id="Belum tersimpan karena masih ada kesalahan:\n{mistakes}",
    en="Nothing was saved, because there are mistakes:\n{mistakes}",
)
_EDITED_MEANWHILE = Phrase(
    id="Rekan lain baru saja menyimpan perubahan. Mohon coba sekali lagi.",
    en="Somebody else has just saved a change. Please try again.",
)
_BY_RULE = Phrase(id="aturan {name}", en="rule {name}")

ON = frozenset({"aktif", "nyala", "on"})
OFF = frozenset({"nonaktif", "mati", "off"})


def tagged(language: Language, *, ticket: int, tags: Sequence[str]) -> str:
    """Say which tags a ticket has now."""
    if not tags:
        return _NO_TAGS.say(language, ticket=number_words(ticket))
    return _TAGGED.say(language, ticket=number_words(ticket), tags=", ".join(tags))


def choose_tag(language: Language, *, ticket: int, tags: Sequence[str], known: Sequence[str] | None) -> str:
    """Say which tags a ticket has and which there are; `known` is None where any word may be one."""
    now = tagged(language, ticket=ticket, tags=tags)
    if known is None:
        return _ANY_TAG.say(language, now=now)
    return _CHOOSE_TAG.say(language, now=now, names=", ".join(known[:_MOST]))


def no_such_tag(language: Language, *, tag: str) -> str:
    return _NO_SUCH_TAG.say(language, tag=one_line(tag, longest=_LONGEST))


def rules(language: Language, *, rules: Sequence[tuple[str, str, bool]]) -> str:
    """List rules: id, name, whether each is on."""
    if not rules:
        return _NO_RULES.say(language)
    lines = [(_RULE_ON if on else _RULE_OFF).say(language, id=id_, name=name) for id_, name, on in rules]
    return _RULES.say(language, rules="\n".join(lines))


def switched(language: Language, *, name: str, on: bool, revision: int) -> str:
    phrase = _SWITCHED_ON if on else _SWITCHED_OFF
    return phrase.say(language, name=name, revision=str(revision))


def no_such_rule(language: Language, *, rule: str) -> str:
    return _NO_SUCH_RULE.say(language, rule=one_line(rule, longest=_LONGEST))


def how_to_write_a_category(language: Language) -> str:
    return _HOW_CATEGORY.say(language)


def how_to_write_a_reply(language: Language) -> str:
    return _HOW_REPLY.say(language, contact="{contact}")


def category_saved(language: Language, *, name: str, revision: int) -> str:
    return _CATEGORY_SAVED.say(language, name=name, revision=str(revision))


def reply_saved(language: Language, *, name: str, revision: int) -> str:
    return _REPLY_SAVED.say(language, name=name, revision=str(revision))


def mistakes(language: Language, *, mistakes: Sequence[str]) -> str:
    return _MISTAKES.say(language, mistakes="\n".join(mistakes))


def edited_meanwhile(language: Language) -> str:
    return _EDITED_MEANWHILE.say(language)


def by_rule(language: Language, *, name: str) -> str:
    """Name a rule as whoever wrote a note."""
    return _BY_RULE.say(language, name=name)
