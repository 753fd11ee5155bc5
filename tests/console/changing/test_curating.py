"""Tending the catalogue on the pages: what a change would do is shown first; examples and new matters are one tap away."""

from dataclasses import replace

import pytest

from tests.console.catalogues import DESK, REPLIES, RULES, keep_files, newest
from tests.tickets.desks import BUDI, MONDAY, SLUG, whatsapp
from tickets import predictions
from tickets.actions import handling
from tickets.ticket import change, load

AT = f"/catalogue/{SLUG}"
TENDED = """\
# The supervisor's list.
- id: password
  name: Lupa kata sandi
  reply: reset
  examples: [lupa password saya, cara reset kata sandi]
- id: login   # the most frequent
  name: Gagal masuk
  examples: [tidak bisa login, lupa password saya, ok]
"""


@pytest.fixture(autouse=True)
def files(office):
    keep_files(office, {"categories.yaml": TENDED, "rules.yaml": ""})


def receives(office, *texts):
    return [
        office.receives(whatsapp(text, sid=f"SM{at}", sender=f"+62811000{at:04}"), at=MONDAY).ticket.number
        for at, text in enumerate(texts)
    ]


def later(office):
    office.clock.now = MONDAY.replace(day=MONDAY.day + 1)


async def test_a_merge_is_shown_with_its_effect_and_then_applied(office, rina):
    numbers = receives(office, "min tidak bisa login, nim saya 13321001", "cara reset kata sandi")
    later(office)
    page = await rina.opens(f"{AT}/categories/edit?id=login")
    shown = await rina.sends(page, "/change", do="merge", to="password")
    assert "1 of 2 tickets would be suggested another category first" in shown.text
    assert f"#{numbers[0]} min tidak bisa login, nim saya •••" in shown.text
    assert newest(office).number == 2
    done = await rina.sends(shown, "/apply")
    assert "Saved as revision 3" in done.text
    text = newest(office).files["categories.yaml"]
    assert "merged_into: password" in text
    assert "# the most frequent" in text
    page = await rina.opens(f"{AT}/categories/edit?id=login")
    await rina.sends(await rina.sends(page, "/change"), "/apply")
    assert "merged_into" not in newest(office).files["categories.yaml"]


async def test_a_merged_category_leads_whoever_names_it_to_where_it_went(office):
    (number,) = receives(office, "tidak bisa login")
    office.desk = replace(office.desk, merged={"lama": "login"})
    async with office.program() as program:
        answer = await program.post(f"/tickets/{number}/categorise", json={"category": "lama"})
    assert answer.json()["category"] == "login"


async def test_what_makes_no_sense_is_refused_in_words(office, rina):
    page = await rina.opens(f"{AT}/categories/edit?id=login")
    refused = await rina.sends(page, "/change", do="merge", to="login")
    assert (refused.status, "Choose another one." in refused.text) == (409, True)
    refused = await rina.sends(page, "/change", do="split", name="Baru", example="bukan contohnya")
    assert (refused.status, "not one of the category" in refused.text) == (409, True)
    assert newest(office).number == 2


async def test_an_edit_shows_its_effect_before_it_is_saved(office, rina):
    receives(office, "wifi lambat")
    later(office)
    page = await rina.opens(f"{AT}/categories/edit?id=login")
    shown = await rina.sends(
        page, "/categories/edit", examples="wifi lambat\ntidak bisa login", retired="", **{"as": "effect"}
    )
    assert "1 of 1 tickets would be suggested another category first" in shown.text
    await rina.sends(shown, "/apply")
    assert "wifi lambat" in newest(office).files["categories.yaml"]


async def test_whoever_applies_too_late_is_told(office, rina):
    page = await rina.opens(f"{AT}/categories/edit?id=login")
    shown = await rina.sends(page, "/change", do="retire")
    await rina.sends(page, "/categories/edit", name="Pertama")
    late = await rina.sends(shown, "/apply")
    assert (late.status, "Somebody else has saved" in late.text) == (409, True)


async def test_examples_that_hurt_are_removed_with_one_tap(office, rina):
    page = await rina.opens(f"{AT}/care?examples=1")
    assert "It stands under Lupa kata sandi too: “lupa password saya”." in page.text
    assert "It says nothing about any matter." in page.text
    done = await rina.sends(page, "/change")  # the first one
    assert "Saved as revision 3" in done.text
    assert "examples: [tidak bisa login, ok]" in newest(office).files["categories.yaml"]


async def test_a_new_matter_becomes_a_category_with_one_tap(office, rina):
    texts = ["pinjam ruang studio besok", "mau pinjam ruang studio", "cara pinjam ruang studio 081234567890"]
    receives(office, *texts)
    later(office)
    page = await rina.opens(f"{AT}/care")
    assert "Name of the category (3 tickets)" in page.text
    await rina.sends(page, "/change", **{"as": "save"})
    assert "id: pinjam-ruang-studio" in newest(office).files["categories.yaml"]
    assert "081234567890" not in newest(office).files["categories.yaml"]


async def test_what_people_have_put_somewhere_is_no_new_matter(office, rina):
    for number in receives(office, "pinjam studio a", "pinjam studio b", "pinjam studio c"):
        office.ledger.write_blocking(
            lambda tx, number=number: handling.categorise(
                tx, number, "login", desk=office.desk, by=BUDI, at=MONDAY
            )
        )
    later(office)
    assert "Nothing comes up repeatedly." in (await rina.opens(f"{AT}/care")).text


async def test_a_program_merges_after_it_has_seen_the_effect(office):
    receives(office, "tidak bisa login")
    later(office)
    asked = {"revision": 2, "do": "merge", "category": "login", "to": "password"}
    async with office.program() as program:
        seen = (await program.post(f"/desks/{SLUG}/catalogue/changes", json=asked | {"dry_run": True})).json()
        assert (seen["effect"]["changed"], newest(office).number) == (1, 2)
        assert seen["effect"]["shifts"][0]["samples"][0]["text"] == "tidak bisa login"
        again = (await program.post(f"/desks/{SLUG}/catalogue/effect", json={"files": seen["files"]})).json()
        assert again["effect"] == seen["effect"]
        merged = await program.post(f"/desks/{SLUG}/catalogue/changes", json=asked)
        assert (merged.status_code, merged.json()["revision"]) == (200, 3)
        late = await program.post(f"/desks/{SLUG}/catalogue/changes", json=asked | {"do": "restore"})
        assert (late.status_code, late.json()["error"]["code"]) == (409, "edited_meanwhile")
        wrong = await program.post(f"/desks/{SLUG}/catalogue/changes", json=asked | {"revision": 3})
        assert (wrong.status_code, wrong.json()["error"]["code"]) == (409, "change_retired")
        care = (await program.get(f"/desks/{SLUG}/catalogue/care")).json()
        assert care["matters"] == []
    assert newest(office).note == "merge: login → password"


async def test_a_program_takes_a_workbook_out_and_in(office):
    at = f"/desks/{SLUG}/catalogue"
    async with office.program() as program:
        book = (await program.get(f"{at}.xlsx")).content
        same = await program.post(f"{at}/import?revision=2&name=x.xlsx", content=book)
        assert (same.status_code, same.json()["files"]) == (200, {})
        table = b"id,name\nlogin,Gagal masuk Edunex\n"
        seen = await program.post(f"{at}/import?revision=2&name=categories.csv", content=table)
        assert "name: Gagal masuk Edunex" in seen.json()["files"]["categories.yaml"]
        assert newest(office).number == 2
        saved = await program.post(f"{at}/import?revision=2&name=categories.csv&dry_run=false", content=table)
        assert saved.json()["revision"] == 3
        wrong = await program.post(f"{at}/import?revision=3&name=x.xlsx", content=b"PK")
        assert (wrong.status_code, wrong.json()["error"]["code"]) == (422, "malformed")
        assert (await program.post(f"{at}/import?revision=3&name=../x.csv", content=b"")).status_code == 422
        assert (
            await program.post(f"{at}/import?revision=3&name=x.xlsx", content=b"x" * 5_000_001)
        ).status_code == 413


async def test_what_people_found_to_fit_no_category_is_a_new_matter_however_sure_the_matcher_was(
    office, rina
):
    texts = ["pinjam ruang studio besok", "mau pinjam ruang studio", "cara pinjam ruang studio"]
    for number in receives(office, *texts):
        foretold = predictions.Foretold(suggestions=(("login", 0.9),))
        office.ledger.write_blocking(
            lambda tx, number=number, foretold=foretold: reject(tx, load(tx, number), foretold)
        )
    later(office)
    assert "Name of the category (3 tickets)" in (await rina.opens(f"{AT}/care")).text


def reject(tx, ticket, foretold):
    change(tx, ticket, at=MONDAY, suggestions=[["login", 0.9]])
    predictions.foretell(tx, ticket, foretold, message=1, revision=2, at=MONDAY)
    predictions.settle_out_of_scope(tx, ticket, by=BUDI, at=MONDAY)


async def test_a_reply_gives_way_to_another_one(office, rina):
    page = await rina.opens(f"{AT}/replies/edit")
    await rina.sends(page, "/replies/edit", id="baru", title="Cara baru", body_id="Buka laman baru.")
    page = await rina.opens(f"{AT}/replies/edit?id=reset")
    shown = await rina.sends(page, "/change", do="replace_reply", to="baru")
    await rina.sends(shown, "/apply")
    files = newest(office).files
    assert "reply: baru" in files["categories.yaml"]
    assert "retired: true" in files["replies.yaml"]
    page = await rina.opens(f"{AT}/replies/edit?id=baru")
    refused = await rina.sends(page, "/change", do="retire_reply", to="")
    assert (refused.status, "A category is answered by that template" in refused.text) == (409, True)


async def test_what_names_a_merged_category_follows_and_goes_back_with_it(office, rina):
    promised = DESK.replace("staff:", "  special: [{categories: [login], resolution: {within: 2h}}]\nstaff:")
    rules = RULES.replace("category: password", "category: login")
    keep_files(office, {"categories.yaml": TENDED, "rules.yaml": rules, "desk.yaml": promised})
    page = await rina.opens(f"{AT}/categories/edit?id=login")
    shown = await rina.sends(page, "/change", do="merge", to="password")
    assert "categories: [login, password]" in shown.text
    assert "file_desk.yaml" not in shown.form("/apply").fields
    await rina.sends(shown, "/apply")
    assert newest(office).files["desk.yaml"] == promised.replace("[login]", "[login, password]")
    assert newest(office).files["rules.yaml"].strip() == RULES.strip()
    await rina.sends(await rina.opens(f"{AT}/history"), "/history", number="3")
    assert newest(office).number == 5
    assert {**newest(office).files, "tags.yaml": ""} == {
        "desk.yaml": promised, "rules.yaml": rules, "categories.yaml": TENDED, "replies.yaml": REPLIES, "tags.yaml": "",
    }  # fmt: skip
