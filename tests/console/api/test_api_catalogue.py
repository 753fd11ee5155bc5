"""The catalogue and the rules by the API: read, saved by the same checks, taken back, tried."""

from datetime import timedelta

import pytest

from console.tokens import create_token
from tests.console.catalogues import CATEGORIES, FILES, keep_files, newest
from tests.tickets.desks import MONDAY, SLUG, whatsapp
from tickets.actor import Role

RULES = "- {id: gangguan, when: received, if: {any_words: mati}, then: {tag: gangguan}}\n"


@pytest.fixture
async def api(office):
    keep_files(office)
    async with office.program() as program:
        yield program


def path(what):
    return f"/desks/{SLUG}/{what}"


async def test_the_files_are_read_and_saved_as_a_revision(api, office):
    shown = (await api.get(path("catalogue"))).json()
    assert (shown["revision"], shown["saved_by"], shown["files"]["categories.yaml"]) == (
        2,
        "file",
        CATEGORIES,
    )
    assert "desk.yaml" not in shown["files"]
    body = {"revision": 2, "files": {"rules.yaml": RULES}, "note": "Gangguan"}
    saved = (await api.put(path("catalogue"), json=body)).json()
    assert (saved["revision"], saved["files"]["rules.yaml"]) == (3, RULES)
    assert newest(office).files == {**FILES, "rules.yaml": RULES}
    history = (await api.get(path("revisions"))).json()["items"]
    assert (history[0]["revision"], history[0]["note"]) == (3, "Gangguan")


async def test_what_changes_nothing_saves_nothing(api):
    body = {"revision": 2, "files": {"rules.yaml": FILES["rules.yaml"]}}
    assert (await api.put(path("catalogue"), json=body)).json()["revision"] == 2


async def test_mistakes_are_named_with_file_and_line_and_nothing_is_saved(api, office):
    wrong = RULES.replace("tag: gangguan", "category: logn")
    answer = await api.put(path("catalogue"), json={"revision": 2, "files": {"rules.yaml": wrong}})
    error = answer.json()["error"]
    assert (answer.status_code, error["code"]) == (422, "mistakes")
    assert error["message"].startswith("rules.yaml:1: [1].then.category: expected a category")
    assert newest(office).number == 2


async def test_only_files_of_the_catalogue_can_be_saved(api):
    answer = await api.put(path("catalogue"), json={"revision": 2, "files": {"desk.yaml": "desk: lain"}})
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "mistakes")


async def test_whoever_comes_too_late_is_told(api):
    await api.put(path("catalogue"), json={"revision": 2, "files": {"rules.yaml": RULES}})
    answer = await api.put(path("catalogue"), json={"revision": 2, "files": {"rules.yaml": ""}})
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "edited_meanwhile")


async def test_an_older_catalogue_is_taken_back_as_a_new_revision(api, office):
    await api.put(path("catalogue"), json={"revision": 2, "files": {"rules.yaml": RULES}})
    answer = await api.post(path("revisions/2/take-back"), json={"revision": 3})
    assert (answer.json()["revision"], newest(office).files) == (4, FILES)
    missing = await api.post(path("revisions/9/take-back"), json={"revision": 4})
    assert missing.status_code == 422


async def test_rules_that_are_not_saved_yet_are_tried_over_a_month(api, office):
    number = office.receives(whatsapp("edunex mati", sid="SM1")).ticket.number
    office.receives(whatsapp("nilai", sid="SM2", sender="+62812"))
    office.clock.now += timedelta(hours=1)
    tried = (await api.post(path("rules/try"), json={"month": "2026-10", "rules": RULES})).json()
    (rule,) = tried["rules"]
    assert (rule["id"], rule["times"], rule["would_do"]) == ("gangguan", 1, {"tag:gangguan": 1})
    assert [sample["ticket"] for sample in rule["samples"]] == [number]
    assert rule["reality"] == {"agreed": 0, "differed": 0, "undecided": 1}
    assert newest(office).number == 2
    assert (await api.post(path("rules/try"), json={"month": "2027-01"})).status_code == 422


async def test_an_agent_s_program_may_not(office):
    keep_files(office)
    token = office.ledger.write_blocking(lambda tx: create_token(tx, "agen", Role.AGENT, None, MONDAY))
    async with office.program(token) as program:
        assert (await program.get(path("catalogue"))).status_code == 403
        body = {"revision": 2, "files": {}}
        assert (await program.put(path("catalogue"), json=body)).status_code == 403
        assert (await program.get(path("rules"))).status_code == 200
