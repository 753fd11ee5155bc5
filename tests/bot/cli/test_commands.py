"""The commands: what they do, what they print, and with which code they end."""

import csv
import errno
import io
import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.house import open_house, utc_now
from bot.settings import load_settings
from console import doors
from console.doors import second_factor
from console.tokens import owner_of
from tickets import removals, revisions
from tickets.actor import Role
from tickets.inbound import keep
from tickets.intake import Reading, take_in
from tickets.message import Channel, Person, Place, Said
from tickets.removals import RETENTION

AT = datetime(2026, 10, 5, 2, 0, tzinfo=UTC)
SLUG = "unit-contoh"
FOLDER = f"desks/{SLUG}"

pytestmark = pytest.mark.usefixtures("desks")


def take_in_a_message(text="=lupa sandi"):
    said = Said(
        event_id="SM1",
        external_id="SM1",
        place=Place(account=f"{SLUG}/whatsapp", channel=Channel.WHATSAPP, address="+628123"),
        sender=Person(address="+628123", name="Ana"),
        text=text,
    )
    with open_house(load_settings()) as house:
        desk = house.desk(None).now
        house.ledger.write_blocking(
            lambda tx: take_in(tx, said, desk=desk, reading=Reading(), files=[], at=AT)
        )


def save_by_form(name):
    with open_house(load_settings()) as house:

        def edit(tx):
            newest = revisions.newest(tx, SLUG)
            changed = newest.files["desk.yaml"].replace("name: Layanan Unit Contoh", f"name: {name}")
            terms = revisions.terms_of(tx, SLUG, newest.number)
            files = dict(newest.files) | {"desk.yaml": changed}
            revisions.save(tx, desk=SLUG, files=files, terms=terms, by="staff:rina@example.ac.id", at=AT)

        house.ledger.write_blocking(edit)


# -- exit codes -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["desk", "load"],
        ["simulate", "fax", "--text", "halo"],
        ["serve", "--roles", "cook"],
        ["report", "monthly", "--month", "2026-13", "-o", "x.xlsx"],
        ["export", "tickets", "--from", "yesterday", "--to", "2026-10-31"],
        ["staff", "add", "--name", "Siti"],
        ["staff", "add", "--name", "Siti", "--email", "siti"],
        ["token", "create", "--role", "king"],
    ],
)
def test_wrong_arguments_end_with_2(tanggap, arguments):
    ended = tanggap(*arguments)
    assert ended.code == 2
    assert "Error" in ended.err


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["staff", "list", "--desk", "tidak-ada"], "there is no desk tidak-ada; there is unit-contoh"),
        (["staff", "disable", "nobody"], "nobody active at unit-contoh is called nobody"),
        (["token", "disable", "--name", "x"], "there is no token named x"),
        (
            ["report", "monthly", "--month", "2026-10", "--format", "doc", "-o", "x.doc"],
            '"doc" is not a format; expected',
        ),
        (["report", "monthly", "--month", "2026-10", "--team", "x", "-o", "x.csv"], 'no team "x"'),
        (["report", "monthly", "--desk", "x", "--month", "2026-10", "-o", "x.csv"], "there is no desk x"),
        (["report", "monthly", "--month", "2999-01", "-o", "x.xlsx"], "2999-01 has not begun yet"),
        (
            ["report", "monthly", "--month", "2026-10", "-o", "nowhere/x.xlsx"],
            "nowhere/x.xlsx cannot be written",
        ),
        (["export", "tickets", "--from", "2026-10-31", "--to", "2026-10-01"], "is before"),
        (["desk", "export", "out"], "there is no desk out"),
        (["backup", "b.tar"], "there is no database var/tanggap.db yet"),
        (["restore", "none.tar"], "none.tar: No such file or directory"),
        (
            ["simulate", "whatsapp", "--text", "halo", "--patience", "0"],
            "no server answers at http://127.0.0.1:9",
        ),
        (
            ["simulate", "email", "--text", "halo", "--patience", "0"],
            "no mail listener answers at 127.0.0.1:9",
        ),
    ],
)
def test_a_failure_ends_with_1_and_one_clear_line(tanggap, monkeypatch, arguments, expected):
    monkeypatch.setenv("TANGGAP_HTTP_PORT", "9")
    monkeypatch.setenv("TANGGAP_SMTP_PORT", "9")
    ended = tanggap(*arguments)
    assert ended.code == 1
    assert ended.err.startswith("tanggap: ")
    assert expected in ended.err
    assert ended.err.count("\n") == 1


def test_a_full_disk_is_one_line(tanggap, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(os, "ftruncate", full)
        ended = tanggap("serve")
    assert (ended.code, ended.err) == (1, "tanggap: the disk is full; make room, and run it again\n")


def test_a_wrong_setting_is_one_line(tanggap, monkeypatch):
    monkeypatch.setenv("TANGGAP_HTTP_PORT", "eighty")
    ended = tanggap("migrate")
    assert (ended.code, ended.err) == (
        1,
        'tanggap: TANGGAP_HTTP_PORT: expected a port from 1 to 65535, not "eighty".\n',
    )


def test_help_names_every_command(tanggap):
    ended = tanggap("--help")
    assert ended.code == 0
    for name in (
        "serve",
        "migrate",
        "doctor",
        "desk",
        "staff",
        "token",
        "simulate",
        "report",
        "export",
        "replay",
    ):
        assert f"\n  {name} " in ended.out


# -- desks ------------------------------------------------------------------------------------------------------------


def test_a_check_names_file_line_and_mistake(tanggap, desks):
    assert tanggap("desk", "check").code == 0
    path = desks / SLUG / "desk.yaml"
    whole = path.read_text()
    path.write_text(whole.replace("telegram: {token:", f"telegram: {{shared_with: [studio, {SLUG}], token:"))
    ended = tanggap("desk", "check", str(path))
    assert (ended.code, ended.out.count("is shared with")) == (0, 1)
    assert f"warning: {SLUG}/telegram is shared with studio, and no desk of that name" in ended.out
    path.write_text(whole.replace("language: id", "language: de"))
    ended = tanggap("desk", "check", str(path))
    assert ended.code == 1
    assert f"{desks}/{SLUG}/desk.yaml:3: language: expected id or en" in ended.err


def test_files_are_loaded_as_a_revision_unless_a_form_has_edited_since(tanggap, desks):
    assert "It is revision 1 now." in tanggap("desk", "load", f"desks/{SLUG}").out
    save_by_form("Dari Formulir")
    refused = tanggap("desk", "load", f"desks/{SLUG}")
    assert refused.code == 1
    assert "staff:rina@example.ac.id has edited unit-contoh since" in refused.err
    assert "It is revision 3 now." in tanggap("desk", "load", "--force", f"desks/{SLUG}").out


def test_what_a_form_has_edited_is_exported_as_files(tanggap, desks):
    save_by_form("Dari Formulir")
    assert tanggap("desk", "export", f"desks/{SLUG}").code == 1  # the file there differs
    assert "name: Layanan Unit Contoh" in (desks / SLUG / "desk.yaml").read_text()
    assert tanggap("desk", "export", "--force", f"desks/{SLUG}").code == 0
    assert "name: Dari Formulir" in (desks / SLUG / "desk.yaml").read_text()


def test_a_desk_that_was_loaded_from_elsewhere_is_not_undone_by_the_next_start(tanggap, desks, tmp_path):
    tanggap("desk", "load", f"desks/{SLUG}")
    (desks / SLUG).rename(tmp_path / "elsewhere")
    changed = tmp_path / "elsewhere" / "desk.yaml"
    original = changed.read_text()
    changed.write_text(original.replace("name: Layanan Unit Contoh", "name: Dari Tempat Lain"))
    tanggap("desk", "load", "elsewhere")
    (desks / SLUG).mkdir()
    (desks / SLUG / "desk.yaml").write_text(original)
    with open_house(load_settings()) as house:
        assert house.desk(SLUG).now.desk.name == "Dari Tempat Lain"


# -- people and tokens ------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("on_each_database")
def test_somebody_is_added_listed_and_disabled(tanggap):
    added = tanggap("staff", "add", "--name", "Siti", "--role", "supervisor", "--email", "Siti@Example.ac.id")
    assert added.out == "Siti (siti@example.ac.id) works at unit-contoh as supervisor.\n"
    assert "\tSiti\tsupervisor\t" in tanggap("staff", "list").out
    assert tanggap("staff", "disable", "siti@example.ac.id").code == 0
    assert "Siti" not in tanggap("staff", "list").out


@pytest.mark.usefixtures("on_each_database")
def test_a_token_works_until_it_is_disabled(tanggap):
    token = tanggap(
        "token", "create", "--name", "laporan", "--role", "supervisor", "--desk", SLUG
    ).out.strip()

    def owner():
        with open_house(load_settings()) as house, house.ledger.reading() as session:
            return owner_of(session, token, now=utc_now())

    actor = owner().actor
    assert (actor.role, actor.desks, owner().scopes) == (Role.SUPERVISOR, frozenset({SLUG}), None)
    assert "laporan" in tanggap("token", "list").out
    assert tanggap("token", "disable", "--name", "laporan").code == 0
    assert owner() is None


@pytest.mark.usefixtures("on_each_database")
def test_a_token_is_made_for_some_scopes_and_a_while(tanggap):
    made = tanggap(
        "token", "create", "--scope", "reports:read", "--scope", "tickets:read", "--expires", "30d"
    )

    def owner(now):
        with open_house(load_settings()) as house, house.ledger.reading() as session:
            return owner_of(session, made.out.strip(), now=now)

    assert owner(utc_now()).scopes == ("tickets:read", "reports:read")
    assert owner(utc_now() + timedelta(days=31)) is None
    assert tanggap("token", "create", "--scope", "tickets").code == 2
    assert tanggap("token", "create", "--expires", "yesterday").code == 2
    assert tanggap("token", "create", "--expires", "2020-01-01").code == 2


@pytest.mark.usefixtures("on_each_database")
def test_an_administrator_who_is_locked_out_gets_a_link(tanggap):
    email, now = "kepala@example.ac.id", utc_now()

    def lock_out(tx):
        doors.accept(
            tx, doors.make_invitation(tx, now), email=email, name="Kepala", password_hash="x", at=now
        )
        second_factor.turn_on(tx, email, sealed="lost", step=1, at=now)

    with open_house(load_settings()) as house:
        house.ledger.write_blocking(lock_out)
    assert tanggap("account", "list").out == f"{email}\tKepala\tadministrator\ttwo-step\n"
    link = tanggap("account", "reset", "Kepala@example.ac.id").out.strip()
    assert tanggap("account", "list").out == f"{email}\tKepala\tadministrator\t-\n"
    with open_house(load_settings()) as house:
        key = link.rpartition("/setup/")[2]
        assert house.ledger.write_blocking(lambda tx: doors.invited(tx, key, at=now)).email == email
    assert tanggap("account", "reset", "stranger@example.ac.id").code == 1


# -- reports ----------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("on_each_database")
def test_a_month_is_reported_as_a_workbook(tanggap):
    take_in_a_message()
    ended = tanggap("report", "monthly", "--desk", SLUG, "--month", "2026-10", "-o", "oktober.xlsx")
    assert (ended.code, ended.out) == (0, "Wrote oktober.xlsx.\n")
    book = load_workbook("oktober.xlsx", read_only=True)
    assert book.sheetnames
    book.close()


def test_a_month_is_closed_and_opened_again_once(tanggap):
    closed = tanggap("report", "close", "--month", "2026-10")
    assert (closed.code, closed.out) == (0, f"Closed 2026-10 of {SLUG}.\n")
    again = tanggap("report", "close", "--month", "2026-10")
    assert (again.code, "closed already" in again.err) == (1, True)
    assert tanggap("report", "reopen", "--month", "2026-10").code == 0
    assert "2026-10 is not closed" in tanggap("report", "reopen", "--month", "2026-10").err
    assert "not over yet" in tanggap("report", "close", "--month", f"{utc_now():%Y-%m}").err


@pytest.mark.usefixtures("on_each_database")
def test_rules_that_are_not_saved_are_tried_over_a_month_and_change_nothing(tanggap, tmp_path):
    take_in_a_message()
    assert "has no rules" in tanggap("rules", "try", "--month", "2026-10").out
    rules = tmp_path / "aturan.yaml"
    rules.write_text("- {id: sandi, when: received, if: {any_words: lupa sandi}, then: {tag: sandi}}\n")
    ended = tanggap("rules", "try", "--month", "2026-10", "--file", str(rules))
    assert ended.out.splitlines() == [
        "sandi: 1 times on 1 tickets",
        "  tag:sandi: 1",
        "  what people did: agreed 0, differed 0, undecided 1",
        "  such as #1",
    ]
    rules.write_text("- {id: sandi, when: kapan, then: {tag: sandi}}\n")
    refused = tanggap("rules", "try", "--month", "2026-10", "--file", str(rules))
    assert (refused.code, "rules.yaml:1: [1].when" in refused.err) == (1, True)


def test_a_procedure_is_drawn_by_itself_and_when_its_desk_is_checked(tanggap):
    drawn = tanggap("procedure", "show", FOLDER, "surat").out
    assert [line.split() for line in drawn.splitlines()] == [
        ["Surat", "Keterangan", "(surat)"],
        ["Pemohon", "Staf"],
        ["1", "(x)", "Mengajukan"],
        ["2", "<x>", "Memeriksa", "·", "1", "hari", "kerja"],
        ["Ya", "→", "Selesai"],
        ["Tidak", "→", "1"],
    ]
    assert drawn in tanggap("desk", "check", FOLDER).out
    refused = tanggap("procedure", "show", FOLDER, "surta")
    assert (refused.code, "it has: surat" in refused.err) == (1, True)


def test_a_case_is_played_through_in_the_terminal(tanggap, monkeypatch):
    typed = ["kapan-kapan", "12 Oktober 2030", "", "mungkin", "tidak", "belum lengkap", "", "1"]
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(typed) + "\n"))
    told = tanggap("procedure", "try", FOLDER, "surat").out
    assert "This is not taken: no date." in told
    assert "One of: Ya, Tidak." in told
    assert "1. Pemohon: Mengajukan; round 2" in told
    assert told.endswith("The case is over: Selesai.\n")


@pytest.mark.usefixtures("on_each_database")
def test_tickets_are_exported_to_standard_output_and_nothing_else_goes_there(tanggap):
    take_in_a_message()
    between = ["--from", "2026-10-05", "--to", "2026-10-05"]
    ended = tanggap("export", "tickets", *between)
    (row,) = csv.DictReader(io.StringIO(ended.out))
    assert row["number"] == "1"
    assert ended.err == "Wrote 1 tickets.\n"
    assert tanggap("export", "tickets", *between, "-o", "t.jsonl").code == 0  # as the file is called
    assert json.loads(Path("t.jsonl").read_text())["number"] == 1
    assert tanggap("export", "tickets", *between, "--format", "csv", "-o", "t.jsonl").code == 0
    assert Path("t.jsonl").read_text().splitlines() == ended.out.splitlines()
    assert tanggap("export", "tickets", *between, "--filter", "kanal:email").err == "Wrote 0 tickets.\n"
    (message, *_) = csv.DictReader(io.StringIO(tanggap("export", "messages", *between).out))
    assert (message["ticket"], message["direction"]) == ("1", "in")
    for what in ("clocks", "cases"):
        assert tanggap("export", what, *between, "-o", f"{what}.csv").code == 0
        assert Path(f"{what}.csv").read_text()
    refused = tanggap("export", "messages", *between, "--filter", "kata sandi")
    assert (refused.code, refused.err.count("\n")) == (1, 1)
    over = {"kind": RETENTION, "by": "system", "months": ["2026-10"], "counts": {}}
    with open_house(load_settings(), follow_files=False) as house:
        house.ledger.write_blocking(lambda tx: removals.begin(tx, desk=SLUG, at=utc_now(), **over))
    assert "Riwayat tiket dari Oktober 2026 sudah dihapus" in tanggap("export", "messages", *between).err


# -- keeping ----------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("on_each_database")
def test_migrate_may_be_repeated(tanggap):
    assert tanggap("migrate").code == tanggap("migrate").code == 0


def test_a_backup_is_written_and_restored(tanggap):
    take_in_a_message()
    assert tanggap("backup", "b.tar.gz").out.startswith("Wrote b.tar.gz: the database and 0 files")
    refused = tanggap("restore", "b.tar.gz")
    assert refused.code == 1
    assert "tanggap.db is there already" in refused.err
    assert "--force" in refused.err
    Path("no.tar.gz").write_text("no archive")
    assert tanggap("restore", "--force", "no.tar.gz").err.count("\n") == 1
    assert tanggap("restore", "--force", "b.tar.gz").code == 0


def test_replay_says_what_is_still_kept_and_ends_with_1(tanggap):
    assert tanggap("replay").out == "Processed 0 of 0 kept events.\n"
    with open_house(load_settings()) as house:
        house.ledger.write_blocking(
            lambda tx: keep(tx, account=f"{SLUG}/telegram", event_id="7", raw=b"{", error="no JSON", at=AT)
        )
    ended = tanggap("replay")
    assert ended.code == 1
    assert ended.out == "Processed 0 of 1 kept events.\n"
    assert f"{SLUG}/telegram 7: JSONDecodeError" in ended.err
