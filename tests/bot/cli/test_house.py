"""Opening the house: own secrets, and which of the desk's files and the ledger's revisions is served."""

import json
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.accounts.secrets_file import SecretsFileError, own_secrets, practice_settings
from bot.desk_files import LoadedDesk, desk_from_files, load_desk
from bot.desk_files.holidays_section import feed_file
from bot.house import (
    AlreadyServingError,
    FormEditedError,
    HouseError,
    exclusive,
    import_desk,
    open_desk,
    open_house,
    open_ledger,
    refresh,
)
from bot.settings import load_settings
from templates_replies.matcher import Matcher
from tests.bot.test_holiday_lists import calendar, event
from tickets import revisions, staff
from tickets.ledger import events

ROOT = Path(__file__).parents[3]
SLUG = "unit-contoh"
NOW = datetime(2026, 10, 5, 2, 0, tzinfo=UTC)


@pytest.fixture
def desks(tmp_path, monkeypatch):
    """A folder with one desk, which the settings name."""
    folder = tmp_path / "desks"
    shutil.copytree(ROOT / "tests/bot/desks" / SLUG, folder / SLUG)
    monkeypatch.chdir(tmp_path)
    return folder


@pytest.fixture
def settings(desks, database_url, monkeypatch):
    monkeypatch.setenv("TANGGAP_DATABASE_URL", database_url)
    return load_settings()


def rename(desks, name):
    path = desks / SLUG / "desk.yaml"
    path.write_text(path.read_text().replace("name: Layanan Unit Contoh", f"name: {name}"))


def served(settings, **options):
    with open_house(settings, **options) as house:
        return house.desk(None).now.desk.name, house.desk(None).now.revision


def save_by_form(settings, name):
    """Edit the desk as a form of the console does."""
    with open_ledger(settings) as ledger:

        def edit(tx):
            newest = revisions.newest(tx, SLUG)
            files = dict(newest.files)
            files["desk.yaml"] = files["desk.yaml"].replace("name: Layanan Unit Contoh", f"name: {name}")
            terms = revisions.terms_of(tx, SLUG, newest.number)
            revisions.save(tx, desk=SLUG, files=files, terms=terms, by="staff:rina@example.ac.id", at=NOW)

        ledger.write_blocking(edit)


def warnings_about_desks(house):
    return [warning for warning in house.warnings if " is served as " in warning or " left out" in warning]


def test_a_desk_is_imported_once_and_again_when_its_files_change(settings, desks):
    assert served(settings) == ("Layanan Unit Contoh", 1)
    assert served(settings) == ("Layanan Unit Contoh", 1)
    rename(desks, "Layanan Baru")
    assert served(settings) == ("Layanan Baru", 2)


def test_each_import_stands_in_the_history_with_the_number_of_its_revision(settings, desks):
    served(settings)
    rename(desks, "Layanan Baru")
    served(settings)
    with open_ledger(settings) as ledger:
        history = ledger.write_blocking(lambda tx: events.since(tx, 0, most=10))
    assert [(event.kind, event.desk, event.data) for event in history] == [
        ("desk.revised", SLUG, {"revision": 1}),
        ("desk.revised", SLUG, {"revision": 2}),
    ]


def test_a_command_beside_the_server_leaves_a_changed_file_to_the_servers_next_start(settings, desks):
    served(settings)
    rename(desks, "Layanan Baru")
    assert served(settings, follow_files=False) == ("Layanan Unit Contoh", 1)


def test_what_a_form_has_saved_wins_over_the_file_with_a_warning(settings, desks):
    served(settings)
    save_by_form(settings, "Dari Formulir")
    with open_house(settings) as house:
        assert (house.desk(SLUG).now.desk.name, house.desk(SLUG).now.revision) == ("Dari Formulir", 2)
        assert " ".join(warnings_about_desks(house)) == (
            f"{SLUG} is served as in its revision 2, saved by staff:rina@example.ac.id on 2026-10-05 02:00 UTC: "
            f"desks/{SLUG} differs from it."
        )


def test_an_import_over_a_forms_edit_needs_force(settings, desks):
    served(settings)
    save_by_form(settings, "Dari Formulir")
    loaded = load_desk(desks / SLUG, {})
    with open_ledger(settings) as ledger:
        with pytest.raises(FormEditedError, match="--force"):
            import_desk(ledger, loaded, {}, by="file", force=False, at=NOW)
        assert import_desk(ledger, loaded, {}, by="file", force=True, at=NOW) == 3
    assert served(settings) == ("Layanan Unit Contoh", 3)


def test_other_holidays_from_the_same_files_are_a_new_revision_of_the_same_hand(settings):
    with open_ledger(settings) as ledger:
        loaded = load_desk(Path("desks") / SLUG, {}, years=range(2024, 2026))
        import_desk(ledger, loaded, {}, by="file", force=False, at=NOW)
    assert served(settings) == ("Layanan Unit Contoh", 2)
    with open_ledger(settings) as ledger:
        newest = ledger.write_blocking(lambda tx: revisions.newest(tx, SLUG))
    assert (newest.by, newest.note) == ("file", "The holidays were computed anew.")


def test_what_a_feed_of_holidays_brought_stays_when_the_files_are_taken_in_again(settings, desks):
    path = desks / SLUG / "desk.yaml"
    feed = "https://kalender.example.ac.id/libur.ics"
    path.write_text(path.read_text().replace("holidays:\n", f"holidays:\n  feed: {feed}\n"))
    served(settings)
    day = calendar(event("DTSTART;VALUE=DATE:20260504", "SUMMARY:Wisuda"))
    with open_ledger(settings) as ledger:
        kept = {**load_desk(desks / SLUG, {}).files, feed_file(feed): day}
        terms = desk_from_files(kept, {}).desk.terms
        ledger.write_blocking(
            lambda tx: revisions.save(tx, desk=SLUG, files=kept, terms=terms, by="file", at=NOW)
        )

    def wisuda():
        with open_house(settings) as house:
            desk = house.desk(SLUG)
            return desk.now.revision, [
                day.on for day in desk.now.desk.calendar.closed if day.name == "Wisuda"
            ]

    assert wisuda() == (2, [date(2026, 5, 4)])
    rename(desks, "Layanan Baru")
    assert wisuda() == (3, [date(2026, 5, 4)])
    path.write_text(path.read_text().replace(f"  feed: {feed}\n", ""))
    assert wisuda() == (4, [])


def test_a_spoilt_file_is_named_and_the_last_good_revision_serves(settings, desks):
    served(settings)
    (desks / SLUG / "desk.yaml").write_text("desk: unit-contoh\nname: [")
    with open_house(settings) as house:
        assert house.desk(SLUG).now.desk.name == "Layanan Unit Contoh"
        (warning,) = warnings_about_desks(house)
        assert f"desks/{SLUG}/desk.yaml:2: this is not YAML" in warning


def test_without_any_sound_desk_the_house_does_not_open_and_says_file_line_and_mistake(settings, desks):
    rename(desks, "[")
    with (
        pytest.raises(HouseError, match=rf"no desk can be opened: .*desks/{SLUG}/desk.yaml:\d+: "),
        open_house(settings),
    ):
        pass


def test_a_spoilt_desk_does_not_keep_the_others_from_opening(settings, desks):
    (desks / "rusak").mkdir()
    (desks / "rusak" / "desk.yaml").write_text("desk: rusak\n")
    with open_house(settings) as house:
        assert [desk.slug for desk in house.desks] == [SLUG]
        assert warnings_about_desks(house)[0].startswith("rusak is left out: desks/rusak/desk.yaml")


def test_a_desk_whose_folder_is_gone_is_still_served(settings, desks):
    served(settings)
    shutil.rmtree(desks / SLUG)
    with open_house(settings) as house:
        assert [desk.slug for desk in house.desks] == [SLUG]
        assert "has no folder in desks" in warnings_about_desks(house)[0]


def test_the_people_of_the_file_are_staff_once_the_house_was_opened(settings):
    with open_house(settings) as house:
        people = house.ledger.write_blocking(lambda tx: staff.active(tx, SLUG))
    assert {person.name for person in people} == {"Rina", "Budi Hartanto", "Dewi"}


def test_a_running_house_takes_up_a_revision_that_was_saved_beside_it(settings):
    with open_house(settings) as house:
        assert refresh(house) == ()
        save_by_form(settings, "Dari Formulir")
        assert refresh(house) == (SLUG,)
        assert house.desk(SLUG).now.desk.name == "Dari Formulir"


def test_no_matcher_is_trained_before_anybody_asks_it(settings):
    with open_house(settings) as house:
        matcher = house.desk(SLUG).matcher
        assert not matcher.is_trained
        assert matcher.suggest("saya lupa password")
        assert matcher.is_trained


def test_other_categories_are_in_force_before_their_matcher_is_fitted(settings):
    with open_house(settings) as house:
        before = house.desk(SLUG)
        fewer = replace(before.catalogue, categories=before.catalogue.categories[:1])
        loaded = LoadedDesk(desk=before.now.desk, catalogue=fewer, files={}, warnings=())
        after = open_desk(loaded, 2, before=before)
        assert (after.now.categories, after.matcher_is_older) == ({fewer.categories[0].id}, True)
        assert open_desk(loaded, 3, before=after).matcher_is_older
        house.desks.put(after)
        house.desks.use_matcher(SLUG, Matcher.fit(fewer), catalogue=fewer)
        assert not house.desk(SLUG).matcher_is_older


def test_only_one_process_serves_from_a_sqlite_file(desks):
    settings = load_settings()
    other = (
        "from bot.settings import load_settings\nfrom bot.house import exclusive\n"
        "with exclusive(load_settings()): print('served')"
    )
    command = [sys.executable, "-c", other]
    with exclusive(settings):
        refused = subprocess.run(command, capture_output=True, text=True, check=False)
        with (
            pytest.raises(AlreadyServingError, match=r"another tanggap serve \(process \d+\) serves"),
            exclusive(settings),
        ):
            pass
    assert "AlreadyServingError" in refused.stderr
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "served\n"


def test_a_database_that_cannot_be_reached_is_one_line_without_the_password(desks, monkeypatch):
    monkeypatch.setenv("TANGGAP_DATABASE_URL", "postgresql://tanggap:geheim@127.0.0.1:1/tanggap")
    with (
        pytest.raises(HouseError, match="the database cannot be used") as caught,
        open_house(load_settings()),
    ):
        pass
    assert "geheim" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_own_secrets_are_made_once_and_only_for_their_owner(tmp_path):
    with ThreadPoolExecutor(8) as threads:
        made = list(threads.map(lambda _: own_secrets(tmp_path / "var"), range(16)))
    assert all(each == made[0] for each in made)
    assert (tmp_path / "var").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "var/secrets.json").stat().st_mode & 0o777 == 0o600


def test_a_secret_that_a_newer_version_needs_is_added_to_the_others(tmp_path):
    before = own_secrets(tmp_path)
    kept = {name: value for name, value in before.items() if name != "telegram_token"}
    (tmp_path / "secrets.json").write_text(json.dumps(kept))
    after = own_secrets(tmp_path)
    assert {name: after[name] for name in kept} == kept
    assert after["telegram_token"] != before["telegram_token"]


def test_a_spoilt_file_of_secrets_is_not_overwritten(tmp_path):
    (tmp_path / "secrets.json").write_text("{")
    with pytest.raises(SecretsFileError, match="is not JSON"):
        own_secrets(tmp_path)
    assert (tmp_path / "secrets.json").read_text() == "{"


def test_an_account_can_be_practised_with_only_while_none_of_its_secrets_is_set(desks, tmp_path):
    own = own_secrets(tmp_path)

    def practice(env):
        accounts = load_desk(desks / SLUG, env).desk.accounts
        return {account.key.partition("/")[2]: practice_settings(account, own) for account in accounts}

    unset = practice({})
    assert unset["whatsapp"]["auth_token"] == own["twilio_auth_token"]
    assert unset["telegram"]["token"] == own["telegram_token"]
    assert unset["email"] is unset["webchat"] is None
    by_half = practice({"TWILIO_ACCOUNT_SID": "AC1", "TELEGRAM_TOKEN": "1:a"})
    assert by_half["whatsapp"] is by_half["telegram"] is None
