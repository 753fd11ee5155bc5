"""The settings by form: what is typed lands in the file, and nothing else of it changes."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.desk_files.desk_yaml import KEYS
from bot.desk_files.folder import TOP
from bot.desk_files.saving import sound
from console import phrases
from console.settings.desk_text import section_in, values_in, with_section
from console.settings.filling import Row, as_kept
from console.settings.sections import PAGES
from console.settings.writing import written
from tests.console.catalogues import DESK, keep_files, newest
from tests.tickets.desks import SLUG, whatsapp

AT = f"/settings/{SLUG}"
SHIPPED = Path(__file__).parents[3] / "desks" / "itb-care-center"
TEXT = (SHIPPED / "desk.yaml").read_text()
FILES = {name: (SHIPPED / name).read_text() for name in TOP if (SHIPPED / name).is_file()}


@pytest.fixture
def files(office):
    keep_files(office, {"desk.yaml": DESK.replace("desk: uji", f"desk: {SLUG}")})


def test_every_key_of_the_file_has_its_page_and_every_field_its_words():
    assert sorted(key for page in PAGES for key in page.keys) == sorted(KEYS)
    fields = [
        field
        for page in PAGES
        for group in page.groups
        for item in group.items
        for field in getattr(item, "fields", (item,))
    ]
    wanted = {field.label for field in fields}
    wanted |= {f"opt.{choice}" for field in fields for choice in field.choices}
    assert sorted(wanted - phrases.keys()) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.key)
def test_a_page_that_is_saved_as_it_stands_changes_no_sign_of_the_file(page):
    assert written(page, TEXT, as_kept(page, values_in(TEXT))) == TEXT
    assert with_section(TEXT, page.keys, section_in(TEXT, page.keys)) == TEXT


@pytest.mark.parametrize("page", [page for page in PAGES if page.fields], ids=lambda page: page.key)
def test_what_is_typed_anew_into_an_empty_file_is_what_the_file_had(page):
    """From the file to the form, to a file without that section, and back to the form."""
    kept = as_kept(page, values_in(TEXT))
    fresh = replace(
        kept, rows={name: tuple(Row(texts=row.texts) for row in rows) for name, rows in kept.rows.items()}
    )
    again = written(page, with_section(TEXT, page.keys, ""), fresh)
    found = as_kept(page, values_in(again))
    assert (found.texts, [row.texts for rows in found.rows.values() for row in rows]) == (
        kept.texts,
        [row.texts for rows in kept.rows.values() for row in rows],
    )
    if "desk" not in page.keys:  # the short name of a desk has no field
        assert sound({**FILES, "desk.yaml": again}).terms == sound(FILES).terms


async def test_only_supervisors_come_in(files, budi, rina):
    assert (await budi.opens("/settings")).status == 403
    assert (await budi.opens(f"{AT}/hours")).status == 403
    for way in ("/settings", AT):
        assert (await rina.opens(way)).path == f"{AT}/general"
    for page in PAGES:
        assert (await rina.opens(f"{AT}/{page.key}")).status == 200


async def test_a_mistake_stands_at_its_field_and_nothing_typed_is_lost(office, files, rina):
    page = await rina.opens(f"{AT}/staff")
    typed = {
        "staff[3].name": "Sari",
        "staff[3].email": "sari di kampus",
        "staff[3].role": "agent",
        "staff[1].gone": "1",
    }
    wrong = await rina.sends(page, "/staff", **typed)
    assert wrong.status == 422
    assert 'id="staff[3].email.told">expected an address such as rina@example.ac.id' in wrong.answer.text
    assert wrong.form("/staff").fields["staff[3].email"] == "sari di kampus"
    await rina.sends(wrong, "/staff", **{"staff[3].email": "sari@example.ac.id", "staff[3].role": "agent"})
    assert section_in(newest(office).files["desk.yaml"], ["staff"]) == (
        "staff:\n"
        "  - {name: Rina, role: supervisor, email: rina@example.ac.id}\n"
        "  - {name: Sari, role: agent, email: sari@example.ac.id}\n"
    )


async def test_what_running_clocks_would_do_is_told_before_it_is_saved(office, files, rina):
    office.receives(whatsapp("edunex mati", sid="SM1"))
    page = await rina.opens(f"{AT}/promises")
    shown = await rina.sends(page, "/promises", **{"sla.resolution.within": "48h"})
    assert "1 end later" in shown.text
    assert newest(office).number == 2
    saved = await rina.sends(shown, "/promises", **{"as": "apply"})
    assert "Saved as revision 3" in saved.text
    assert "resolution: {within: 48h, counts: calendar}" in newest(office).files["desk.yaml"]


async def test_two_at_once_are_brought_together_and_told_where_both_changed_the_same(office, files, rina):
    first, second, third = [await rina.opens(f"{AT}/general") for _ in range(3)]
    await rina.sends(first, "/general", name="Meja Pertama")
    await rina.sends(second, "/general", retention="5y")
    assert "name: Meja Pertama\n" in newest(office).files["desk.yaml"]
    assert "retention: 5y\n" in newest(office).files["desk.yaml"]
    late = await rina.sends(third, "/general", name="Meja Ketiga")
    assert (late.status, "Saved by somebody else: Meja Pertama" in late.text) == (409, True)
    await rina.sends(late, "/general")
    assert "name: Meja Ketiga\n" in newest(office).files["desk.yaml"]
    assert "retention: 5y\n" in newest(office).files["desk.yaml"]


async def test_a_section_is_changed_as_a_text_and_a_desk_keeps_its_short_name(office, files, rina):
    page = await rina.opens(f"{AT}/directory")
    wrong = await rina.sends(page, "/directory/text", text="directory: {kind: kartu}")
    assert (wrong.status, "directory.kind: expected" in wrong.text) == (422, True)
    assert wrong.form("/directory/text").fields["text"].strip() == "directory: {kind: kartu}"
    await rina.sends(wrong, "/directory/text", text="# Ours.\ndirectory: {kind: csv, path: people.csv}")
    assert newest(office).files["desk.yaml"].endswith("# Ours.\ndirectory: {kind: csv, path: people.csv}\n")
    page = await rina.opens(f"{AT}/general")
    wrong = await rina.sends(page, "/general/text", text="desk: lain\nname: Lain\ntimezone: Asia/Jakarta")
    assert (wrong.status, "a desk keeps its short name" in wrong.text) == (422, True)
