"""Rules and the catalogue from chat: see and switch rules, add a category or a reply template. For supervisors.

Each change is a revision of the desk, checked as its files are.
"""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from bot.commands import Verb
from bot.desk_files.saving import sound
from bot.executing.doing import AtDesk
from bot.executing.verbs import ForDesk
from templates_replies import rule_phrases
from templates_replies.entries import put_entry
from tickets.actions import revising
from tickets.actions.errors import UnknownValueError
from tickets.actions.rights import require
from tickets.actor import Role
from tickets.rules import Rule

CATEGORIES, REPLIES, RULES = "categories.yaml", "replies.yaml", "rules.yaml"


def _rules(at_desk: AtDesk, rest: str) -> None:
    language = at_desk.voice.language
    *name, wish = rest.split() or [""]
    if wish.casefold() not in rule_phrases.ON | rule_phrases.OFF:
        listed = [(rule.id, rule.name, not rule.off) for rule in at_desk.desk.now.desk.rules]
        at_desk.tell(rule_phrases.rules(language, rules=listed))
        return
    rule, on = _named(at_desk, " ".join(name)), wish.casefold() in rule_phrases.ON
    revision = _save(at_desk, RULES, rule.id, {"off": None if on else True}, note=f"{rule.id}: {wish}")
    at_desk.tell(rule_phrases.switched(language, name=rule.name, on=on, revision=revision))


def _named(at_desk: AtDesk, name: str) -> Rule:
    rules = at_desk.desk.now.desk.rules
    called = {rule.id: rule for rule in rules} | {rule.name.casefold(): rule for rule in rules}
    near = get_close_matches(name.casefold(), called, n=1, cutoff=0.75)
    if not near:
        raise UnknownValueError("there is no such rule", field="rule", value=name[:40])
    return called[near[0]]


def _new_category(at_desk: AtDesk, rest: str) -> None:
    language = at_desk.voice.language
    id_, name, keywords = (part.strip() for part in (*rest.split(";", 2), "", "")[:3])
    if not id_ or not name:
        at_desk.tell(rule_phrases.how_to_write_a_category(language))
        return
    words = [word.strip() for word in keywords.split(",") if word.strip()]
    revision = _save(at_desk, CATEGORIES, id_.lower(), {"name": name, "keywords": words or None}, note=name)
    at_desk.tell(rule_phrases.category_saved(language, name=name, revision=revision))


def _new_reply(at_desk: AtDesk, rest: str) -> None:
    language = at_desk.voice.language
    id_, title, body = (part.strip() for part in (*rest.split(";", 2), "", "")[:3])
    if not id_ or not title or not body:
        at_desk.tell(rule_phrases.how_to_write_a_reply(language))
        return
    fields = {"title": title, "body": {language: body}}
    revision = _save(at_desk, REPLIES, id_.lower(), fields, note=title)
    at_desk.tell(rule_phrases.reply_saved(language, name=title, revision=revision))


def _save(at_desk: AtDesk, file: str, id_: str, fields: Mapping[str, Any], *, note: str) -> int:
    require(at_desk.by, Role.SUPERVISOR, at_desk.desk.slug)

    def change(files: Mapping[str, str]) -> Mapping[str, str]:
        return {file: put_entry(files.get(file, ""), id_, fields)}

    return revising.edit(
        at_desk.tx, at_desk.desk.slug, change, check=sound, by=at_desk.by, at=at_desk.at, note=note[:200]
    )


VERBS: ForDesk = {Verb.RULES: _rules, Verb.NEW_CATEGORY: _new_category, Verb.NEW_REPLY: _new_reply}
