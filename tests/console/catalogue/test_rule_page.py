"""A rule by its fields: written as people write it, tried before, and two who edit at once lose nothing."""

from datetime import timedelta

import pytest

from console import phrases
from console.catalogue.rule_lines import CONDITIONS, RuleLine, as_kept, fields_of
from templates_replies.entries import drop_entry, entries_of, entry_of, put_entry
from tests.console.catalogues import DESK, RULES, keep_files, newest
from tests.console.settings.test_settings import FILES as SHIPPED
from tests.tickets.desks import SLUG, whatsapp
from tickets.rules import Happens, Lasts, What

AT = f"/catalogue/{SLUG}"


@pytest.fixture
def files(office):
    keep_files(office, {"desk.yaml": DESK.replace("desk: uji", f"desk: {SLUG}")})


def test_everything_a_rule_may_say_has_its_words():
    wanted = {f"rule_happens_{each}" for each in Happens} | {f"rule_lasts_{each}" for each in Lasts}
    wanted |= {f"rule_if_{each}" for each in CONDITIONS} | {f"rule_then_{each}" for each in What}
    assert sorted(wanted - phrases.keys()) == []


def test_a_rule_that_is_saved_as_it_stands_changes_no_sign_of_the_file():
    text = SHIPPED["rules.yaml"]
    for entry in entries_of(text):
        assert put_entry(text, entry["id"], fields_of(as_kept(entry), entry)) == text


def test_a_rule_is_read_into_lines_and_written_again_as_it_was():
    text = """\
- id: a
  when: [received, opened]
  if: {any_words: [mati, lambat], verified: true, open_tickets: 3, from: 2026-01-02, matches: 'a, b'}
  unless: {tags: none}
  then: {tag: gangguan, note: 'Cek, lalu jawab.'}
  off: true
- {id: b, when: {waiting_for: 3d}, then: {reply: reset}}
"""
    first = as_kept(entry_of(text, "a"))
    assert first.lines["if"][0] == RuleLine(key="any_words", text="mati, lambat")
    written = put_entry("", "a", fields_of(first, {}))
    assert entry_of(written, "a") == entry_of(text, "a")
    assert "any_words: [mati, lambat]" in written
    other = as_kept(entry_of(text, "b"))
    assert (other.lasts, other.length) == ("waiting_for", "3d")
    assert drop_entry(text, "a") == "- {id: b, when: {waiting_for: 3d}, then: {reply: reset}}\n"


async def test_a_rule_is_added_by_form_tried_mended_where_it_is_wrong_and_moved(office, files, rina):
    office.receives(whatsapp("edunex mati", sid="SM1"))
    office.clock.now += timedelta(hours=1)
    page = await rina.opens(f"{AT}/rules/edit")
    typed = {
        "id": "mati", "name": "Edunex mati", "happens": "received", "month": "2026-10",
        "if[1].key": "any_words", "if[1].text": "edunex mati, mati total", "if[2].key": "language",
        "then[1].key": "category", "then[1].text": "logn",
    }  # fmt: skip
    wrong = await rina.sends(page, "/rules/edit", **typed)
    assert wrong.status == 422
    assert 'id="then[1].told">expected a category of categories.yaml' in wrong.answer.text
    assert 'id="if[2].told">expected a language, not' in wrong.answer.text
    typed |= {"if[2].key": "", "then[1].text": "login"}
    tried = await rina.sends(wrong, "/rules/edit", **typed, **{"as": "try"})
    assert "Edunex mati 1× on 1 tickets" in tried.text
    assert newest(office).number == 2
    await rina.sends(tried, "/rules/edit", **typed)
    assert newest(office).files["rules.yaml"] == (
        RULES + "- id: mati\n  name: Edunex mati\n  when: received\n"
        "  if:\n    any_words: [edunex mati, mati total]\n  then:\n    category: login\n"
    )


async def test_who_edits_the_same_rule_later_is_told_and_loses_nothing(office, files, rina):
    first, second = [await rina.opens(f"{AT}/rules/edit?id=sandi") for _ in range(2)]
    same = {"happens": "received", "if[1].key": "any_words", "then[1].key": "category", "then[2].key": "tag"}
    await rina.sends(first, "/rules/edit", **same, name="Sandi pertama")
    late = await rina.sends(second, "/rules/edit", **same, name="Sandi kedua")
    assert (late.status, "Sandi pertama" in late.text) == (409, True)
    assert late.form("/rules/edit").fields["name"] == "Sandi kedua"
    await rina.sends(late, "/rules/edit", **same)
    assert "name: Sandi kedua" in newest(office).files["rules.yaml"]
    page = await rina.opens(f"{AT}/rules/edit?id=sandi")
    await rina.sends(page, "/rules/move", by="out")
    assert "sandi" not in newest(office).files.get("rules.yaml", "")
