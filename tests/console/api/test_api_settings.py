"""The settings by the API: read with their revision, written, changed in parts, looked through, taken back."""

import pytest

from console.settings.desk_text import data_in, merged
from console.tokens import create_token
from tests.console.catalogues import DESK, keep_files, newest
from tests.tickets.desks import MONDAY, SLUG, whatsapp
from tickets.actor import Role

AT = f"/desks/{SLUG}/settings"
TEXT = DESK.replace("desk: uji", f"desk: {SLUG}") + (
    'accounts:\n  email: {address: help@example.ac.id, relay: "smtp://desk:rahasia@127.0.0.1"}   # ours\n'
)
READ = {"If-Match": '"2"'}


@pytest.fixture
async def api(office):
    keep_files(office, {"desk.yaml": TEXT})
    async with office.program() as program:
        yield program


def test_values_are_merged_and_everything_else_of_the_file_stays():
    text = "# Ours.\nsla:   # promised\n  resolution: {within: 24h, counts: calendar}\nlimits: {answers: 30/1h}\n"
    patch = {"sla": {"resolution": {"within": "3d"}, "warn_at": None}, "board": {"waiting": "5d"}}
    assert merged(text, patch, ["limits.answers"]) == (
        "# Ours.\nsla:   # promised\n  resolution: {within: 3d, counts: calendar}\n  warn_at:\n"
        "\nboard:\n  waiting: 5d\n"
    )
    assert data_in("a: {b: 12, c: true, d: null, e: +62, f: 2026-01-02}") == {
        "a": {"b": 12, "c": True, "d": None, "e": "+62", "f": "2026-01-02"}
    }


async def test_settings_are_read_changed_and_taken_back_and_no_secret_is_told(api, office):
    office.receives(whatsapp("edunex mati", sid="SM1"))
    read = await api.get(AT)
    shown = read.json()
    assert (read.headers["ETag"], shown["revision"], "rahasia" in read.text) == ('"2"', 2, False)
    assert shown["settings"]["accounts"]["email"]["relay"] == "•••1•••"
    longer = {"changes": {"sla": {"resolution": {"within": "48h"}}}, "note": "Lebih lama"}
    checked = (await api.patch(AT, params={"dry_run": True}, json=longer, headers=READ)).json()
    assert (checked["revision"], checked["clocks"]["later"]) == (2, 1)
    assert {"way": "added", "text": "  resolution: {within: 48h, counts: calendar}"} in checked["lines"]
    assert newest(office).number == 2
    saved = await api.patch(AT, json=longer, headers=READ)
    assert (saved.json()["revision"], saved.headers["ETag"], saved.json()["note"]) == (3, '"3"', "Lebih lama")
    assert newest(office).files["desk.yaml"] == TEXT.replace("within: 24h", "within: 48h")
    anew = {"text": saved.json()["text"].replace("help@", "bantuan@")}
    await api.put(AT, json=anew, headers={"If-Match": '"3"'})
    assert (
        'bantuan@example.ac.id, relay: "smtp://desk:rahasia@127.0.0.1"' in newest(office).files["desk.yaml"]
    )
    assert (await api.get("/desks/tidak-ada/settings/history")).status_code == 422
    history = (await api.get(f"{AT}/history")).json()["items"]
    assert [(one["revision"], one["saved_by"]) for one in history][:2] == [
        (4, "api:fixed-token"),
        (3, "api:fixed-token"),
    ]
    assert {"way": "added", "text": "  resolution: {within: 48h, counts: calendar}"} in history[1]["lines"]
    await api.post(f"{AT}/undo", json={"revision": 2}, headers={"If-Match": '"4"'})
    assert (newest(office).number, newest(office).files["desk.yaml"]) == (5, TEXT)


async def test_whoever_names_no_revision_or_an_old_one_or_makes_a_mistake_changes_nothing(api, office):
    body = {"changes": {"sla": {"resolution": {"within": "lama"}}}}
    for headers, status, code in (
        ({}, 428, "revision_needed"),
        ({"If-Match": '"1"'}, 412, "edited_meanwhile"),
    ):
        refused = await api.patch(AT, json=body, headers=headers)
        assert (refused.status_code, refused.json()["error"]["code"]) == (status, code)
    wrong = await api.patch(AT, json=body, headers=READ)
    (mistake,) = wrong.json()["error"]["mistakes"]
    assert (wrong.status_code, mistake["file"], mistake["line"]) == (422, "desk.yaml", 7)
    assert mistake["message"].startswith('sla.resolution.within: "lama" is not a length')
    other = await api.patch(AT, json={"changes": {"desk": "lain"}}, headers=READ)
    assert (other.status_code, "keeps its short name" in other.text) == (422, True)
    assert newest(office).number == 2


async def test_it_takes_a_supervisors_token_with_the_scope(api, office):
    def token(role, *scopes):
        return office.ledger.write_blocking(
            lambda tx: create_token(tx, "x", role, SLUG, MONDAY, scopes=scopes)
        )

    for role, scopes, expected in (
        (Role.SUPERVISOR, ("settings:read",), (200, 403)),
        (Role.SUPERVISOR, ("catalogue:write",), (403, 403)),
        (Role.AGENT, ("settings:write",), (403, 403)),
        (Role.SUPERVISOR, ("settings:write",), (200, 200)),
    ):
        async with office.program(token(role, *scopes)) as program:
            read = await program.get(AT)
            written = await program.patch(AT, json={"changes": {"retention": "5y"}}, headers=READ)
            assert (read.status_code, written.status_code) == expected
    tried = await api.post(f"{AT}/try", json={"account": f"{SLUG}/fax"})
    assert (tried.status_code, (await api.post(f"{AT}/try", json={})).json()) == (422, [])
    described = (await api.get("http://desk.test/openapi.json")).json()["paths"][
        "/api/v1/desks/{desk}/settings"
    ]
    assert {"get", "put", "patch"} <= described.keys()
    assert "428" in described["patch"]["responses"]
