"""The catalogue's pages: a supervisor edits, each save is a revision, and what is wrong or too late is told."""

import io
from datetime import timedelta

import pytest
from openpyxl import load_workbook

from tests.console.catalogues import FILES, RULES, keep_files, newest
from tests.console.pages import Seen
from tests.tickets.desks import SLUG, whatsapp
from tickets import approved
from tickets.message import ListedTemplate, TemplateState

AT = f"/catalogue/{SLUG}"


@pytest.fixture(autouse=True)
def files(office):
    keep_files(office)


async def test_only_supervisors_come_in(budi, rina):
    assert (await budi.opens("/catalogue")).status == 403
    assert (await budi.opens(f"{AT}/rules")).status == 403
    page = await rina.opens("/catalogue")
    assert (page.status, page.path) == (200, f"{AT}/categories")
    assert "Lupa kata sandi" in page.text


async def test_a_category_is_changed_and_the_file_keeps_its_comments(office, rina):
    page = await rina.opens(f"{AT}/categories/edit?id=login")
    saved = await rina.sends(
        page, "/edit", name="Gagal masuk Edunex", keywords="gagal login\nakun terkunci", note="Rapi"
    )
    assert "Saved as revision 3" in saved.text
    text = newest(office).files["categories.yaml"]
    assert text.startswith(
        "# The supervisor's list.\n- {id: password, name: Lupa kata sandi, reply: reset}\n"
    )
    assert "name: Gagal masuk Edunex" in text
    assert "# the most frequent" in text
    assert (newest(office).by, newest(office).note) == ("staff:rina@example.ac.id", "Rapi")


async def test_a_new_category_needs_an_id_of_its_own(office, rina):
    page = await rina.opens(f"{AT}/categories/edit")
    taken = await rina.sends(page, "/edit", id="login", name="Lagi", auto="suggest")
    assert (taken.status, newest(office).number) == (409, 2)
    wrong = await rina.sends(page, "/edit", id="Nilai Kuis", name="Nilai", auto="suggest")
    assert wrong.status == 422
    assert "categories.yaml:4: [3].id: expected an id" in wrong.text
    await rina.sends(page, "/edit", id="nilai", name="Nilai", auto="suggest")
    assert "id: nilai" in newest(office).files["categories.yaml"]


async def test_a_category_is_retired_and_moved(office, rina):
    page = await rina.opens(f"{AT}/tags/edit?id=gangguan")
    await rina.sends(page, "/edit", name="Gangguan layanan")
    page = await rina.opens(f"{AT}/categories/edit?id=login")
    await rina.sends(page, "/edit", retired="1")
    assert "retired: true" in newest(office).files["categories.yaml"]
    page = await rina.opens(f"{AT}/categories")
    await rina.sends(page, "/move", id="login", by="up")
    assert newest(office).files["categories.yaml"].index("id: login") < 40


async def test_a_reply_is_previewed_before_it_is_saved(office, rina):
    page = await rina.opens(f"{AT}/replies/edit?id=reset")
    shown = await rina.sends(page, "/edit", body_en="Dear {contact}, {ticket}", **{"as": "preview"})
    assert "Dear Ana Lestari, #1042" in shown.text
    assert newest(office).number == 2
    wrong = await rina.sends(page, "/edit", body_en="Dear {nama}")
    assert (wrong.status, "`{nama}`" in wrong.text) == (422, True)


async def test_whoever_comes_too_late_keeps_their_words(office, rina):
    first = await rina.opens(f"{AT}/categories/edit?id=login")
    second = await rina.opens(f"{AT}/categories/edit?id=login")
    await rina.sends(first, "/edit", name="Pertama")
    late = await rina.sends(second, "/edit", name="Kedua")
    assert late.status == 409
    assert "Somebody else has saved a change" in late.text
    assert late.form("/edit").fields["name"] == "Kedua"
    assert "Pertama" in newest(office).files["categories.yaml"]


async def test_rules_are_tried_before_they_are_saved(office, rina):
    number = office.receives(whatsapp("edunex mati", sid="SM1")).ticket.number
    office.clock.now += timedelta(hours=1)
    text = RULES.replace("lupa sandi", "edunex")
    page = await rina.opens(f"{AT}/rules")
    tried = await rina.sends(page, "/rules", text=text, month="2026-10", **{"as": "try"})
    assert "1× on 1 tickets" in tried.text
    assert f"#{number}" in tried.text
    assert newest(office).number == 2
    await rina.sends(tried, "/rules", text=text)
    assert newest(office).files["rules.yaml"].strip() == text.strip()


async def test_a_rule_is_switched_and_a_mistake_is_named_with_its_line(office, rina):
    page = await rina.opens(f"{AT}/rules")
    await rina.sends(page, "/rules/switch", on="0")
    assert "off: true" in newest(office).files["rules.yaml"]
    page = await rina.opens(f"{AT}/rules")
    wrong = await rina.sends(page, "/rules", text="- {id: a, when: kapan, then: {tag: gangguan}}")
    assert wrong.status == 422
    assert "rules.yaml:1: [1].when: expected what happens" in wrong.text
    assert "when: kapan" in wrong.form("/rules").fields["text"]


async def test_the_history_shows_the_difference_and_takes_back(office, rina):
    page = await rina.opens(f"{AT}/tags/edit?id=gangguan")
    await rina.sends(page, "/edit", name="Gangguan besar", note="Lebih jelas")
    page = await rina.opens(f"{AT}/history")
    assert "Lebih jelas" in page.text
    assert "Rina" in page.text
    assert "{id: gangguan, name: Gangguan besar}" in page.text
    assert (await rina.sends(page, "/history", number="9" * 19)).status == 422
    await rina.sends(page, "/history", number="2")
    assert (newest(office).number, newest(office).files) == (4, FILES)


async def test_a_list_goes_out_as_a_table_and_comes_in_again(office, rina):
    table = (await rina.opens(f"{AT}/categories.csv")).answer.text
    assert table.splitlines()[1].startswith("password,Lupa kata sandi,,,,reset,")
    page = await rina.opens(f"{AT}/categories")
    form = page.form("/import")
    files = {"file": ("kategori.csv", b"id,name\nlogin,Masuk\nnilai,Nilai\n", "text/csv")}
    answer = await rina.client.post(form.action, data=form.fields, files=files, follow_redirects=True)
    assert newest(office).number == 2  # shown first
    await rina.sends(Seen(answer), "/apply")
    assert "name: Masuk" in newest(office).files["categories.yaml"]
    assert "id: nilai" in newest(office).files["categories.yaml"]
    assert newest(office).note == "kategori.csv"
    files = {"file": ("kategori.csv", b"nama\nx\n", "text/csv")}
    page = await rina.opens(f"{AT}/categories")
    answer = await rina.client.post(form.action, data=page.form("/import").fields, files=files)
    assert (answer.status_code, "expected columns among" in answer.text) == (422, True)


async def test_the_approved_templates_are_listed_with_what_is_wrong_and_asked_for_again(office, rina):
    account = f"{SLUG}/whatsapp"
    listed = ListedTemplate(
        name="HX1", language="id", state=TemplateState.PAUSED, title="jawaban_siap", body="Halo {{1}}."
    )
    office.ledger.write_blocking(lambda tx: approved.want(tx, account, at=office.clock()))
    office.ledger.write_blocking(lambda tx: approved.replace(tx, account, [listed], at=office.clock()))
    page = await rina.opens(f"{AT}/templates")
    assert "jawaban_siap" in page.text
    assert "paused" in page.text
    again = await rina.sends(page, "/templates")
    assert again.path == f"{AT}/templates"
    assert office.ledger.write_blocking(
        lambda tx: approved.begin(tx, account, since=office.clock(), at=office.clock())
    )


async def test_the_whole_catalogue_goes_out_as_a_workbook_and_comes_in_again(office, rina):
    book = (await rina.opens(f"{AT}/catalogue.xlsx")).answer.content
    page = await rina.opens(f"{AT}/tags")

    async def sends(content):
        files = {"file": ("katalog.xlsx", content, "application/octet-stream")}
        action = page.form("/import").action
        return Seen(await rina.client.post(action, data=page.form("/import").fields, files=files))

    assert "Nothing would change." in (await sends(book)).text
    opened = load_workbook(io.BytesIO(book))
    opened["replies"]["B2"] = "Cara mengganti sandi"
    changed = io.BytesIO()
    opened.save(changed)
    shown = await sends(changed.getvalue())
    assert "title: Cara mengganti sandi" in shown.text
    await rina.sends(shown, "/apply")
    assert "title: Cara mengganti sandi" in newest(office).files["replies.yaml"]
    assert "categories.yaml" in newest(office).files
    refused = await sends(book[:200])
    assert (refused.status, "not an XLSX workbook" in refused.text) == (422, True)
