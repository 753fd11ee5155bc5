"""A desk's folder, read: what a desk becomes, what is off, and what an operator is told about mistakes."""

import shutil
import sys
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from bot.desk_files import DeskFileError, check_folder, desk_from_files, load_desk
from templates_replies.catalogue import AutoReply
from tickets.actor import Role
from tickets.desk import Limits, Plain, Rate, Retention
from tickets.hours import Span
from tickets.message import Channel
from tickets.promises import Terms
from tickets.survey import Every, PublicService, Survey, Way, When

FOLDER = Path(__file__).parent / "desks" / "unit-contoh"
YEARS = range(2025, 2029)
SECRETS = {
    "WHATSAPP_SENDER": "+62811223344",
    "TWILIO_ACCOUNT_SID": "AC1234",
    "TWILIO_AUTH_TOKEN": "twilio-rahasia",
    "TELEGRAM_TOKEN": "4242:telegram-rahasia",
    "TELEGRAM_AGENTS_GROUP": "-1001234567890",
    "IMAP_PASSWORD": "imap-rahasia",
    "SMTP_RELAY_URL": "smtp+starttls://layanan:smtp-rahasia@smtp.example.ac.id:587",
    "SID_RESET": "HX0001",
}
MINIMAL = """\
desk: kecil
name: Unit Kecil
timezone: Asia/Jakarta
hours: {mon-fri: ["08:00-16:00"]}
sla:
  first_response: {within: 15m}
  resolution: {within: 24h, counts: calendar}
"""


@pytest.fixture
def loaded():
    return load_desk(FOLDER, SECRETS, years=YEARS)


@pytest.fixture
def folder(tmp_path):
    return Path(shutil.copytree(FOLDER, tmp_path / "unit-contoh"))


def desk_of(text, env=None):
    return desk_from_files({"desk.yaml": text}, env or {}, years=YEARS).desk


def mistakes(text=MINIMAL, *, env=None, **files):
    """Return the mistakes as lines of text; further files by their name without the ending."""
    with pytest.raises(DeskFileError) as caught:
        desk_from_files(
            {"desk.yaml": text} | {f"{name}.yaml": content for name, content in files.items()},
            env or {},
            years=YEARS,
        )
    return str(caught.value).splitlines()


def test_the_example_is_whole_and_has_nothing_to_warn_of(loaded):
    assert loaded.warnings == ()
    desk = loaded.desk
    assert (desk.slug, desk.name, desk.language) == ("unit-contoh", "Layanan Unit Contoh", "id")
    assert desk.promises == {
        "first_response": Span.parse("15m"),
        "next_response": Span.parse("30m"),
        "resolution": Span.parse("24h", "calendar"),
    }
    assert (desk.warn_at, desk.close_after, desk.reopen_within) == (
        0.8,
        timedelta(hours=72),
        timedelta(days=7),
    )
    assert desk.retention == Retention(years=5)
    assert desk.plain is Plain.NOTE
    assert [str(window) for window in desk.quiet_hours] == ["22:00-06:00"]
    assert desk.limits == Limits(answers=Rate(count=10, per=timedelta(hours=1)), intake=None)
    assert Terms.from_data(desk.terms.to_data()) == desk.terms


def test_hours_exceptions_and_holidays_become_one_calendar(loaded):
    calendar = loaded.desk.calendar

    def hours(*day):
        windows, note = calendar.windows_on(date(*day))
        return " ".join(map(str, windows)), note

    assert hours(2026, 10, 5) == ("08:00-12:00 13:00-16:00", "")
    assert hours(2026, 10, 9) == ("08:00-11:30 13:00-16:30", "")
    assert hours(2026, 10, 10) == ("", "")
    assert hours(2026, 2, 20) == ("08:00-11:30 12:30-15:00", "Ramadan")
    assert hours(2026, 12, 23) == ("", "Tutup buku")  # one day, no hours
    assert hours(2026, 12, 24) == ("08:00-12:00 13:00-16:00", "")  # joint leave on which this desk works
    names = {day.on: day.name for day in calendar.closed}
    assert names[date(2026, 8, 17)] == "Hari Kemerdekaan Republik Indonesia"
    assert names[date(2026, 3, 20)] == "Cuti Bersama Hari Raya Idul Fitri"
    assert names[date(2026, 3, 2)] == "Dies Natalis"
    assert [names[date(2026, 3, day)] for day in (25, 26, 27)] == ["Libur bersama kampus"] * 3
    assert {day.on.year for day in calendar.closed} == set(YEARS)


SPECIAL = """\
  special:
    - {priorities: [urgent], first_response: {within: 5m}}
    - {categories: [login], priorities: [high, urgent], resolution: {within: 2h}}
"""
CATEGORIES = (
    "- {id: login, name: Gagal masuk, description: x, keywords: [login], examples: [tidak bisa login]}\n"
)


def test_promises_may_differ_by_category_and_priority():
    files = {"desk.yaml": f"{MINIMAL}{SPECIAL}", "categories.yaml": CATEGORIES}
    terms = desk_from_files(files, {}, years=YEARS).desk.terms
    assert str(terms.promise("first_response", priority=2)) == "5m"
    assert str(terms.promise("first_response", priority=1)) == "15m"
    assert str(terms.promise("resolution", category="login", priority=1)) == "2h"
    assert str(terms.promise("resolution", category="login", priority=0)) == "24h"
    assert Terms.from_data(terms.to_data()) == terms


@pytest.mark.parametrize(
    ("special", "said"),
    [
        ("{priorities: [urgent]}", "desk.yaml:9: sla.special[1]: expected a promise"),
        ("{resolution: {within: 2h}}", "desk.yaml:9: sla.special[1]: expected categories or priorities"),
        (
            "{priorities: [gawat], resolution: {within: 2h}}",
            "desk.yaml:9: sla.special[1].priorities: expected names out of low, normal, high, urgent",
        ),
        (
            "{categories: [login], resolution: {within: 2h}}",
            "desk.yaml:9: sla.special[1].categories: there is no category login",
        ),
        (
            "{categories: login, resolution: {within: 2h}}",
            "desk.yaml:9: sla.special[1].categories: expected the ids",
        ),
    ],
)
def test_a_special_promise_that_could_never_hold_is_refused(special, said):
    assert mistakes(f"{MINIMAL}  special:\n    - {special}\n")[0].startswith(said)


@pytest.mark.parametrize(("key", "off"), [("", True), (", joint_leave: false", False)])
def test_joint_leave_is_a_day_off_unless_the_desk_works_through_it(key, off):
    closed = {day.on for day in desk_of(f"{MINIMAL}holidays: {{country: ID{key}}}\n").calendar.closed}
    assert (date(2026, 3, 20) in closed) is off  # cuti bersama before Eid
    assert date(2026, 8, 17) in closed


def test_accounts_get_their_keys_and_their_secrets(loaded):
    accounts = {account.key: account for account in loaded.desk.accounts}
    assert list(accounts) == [
        "unit-contoh/whatsapp",
        "unit-contoh/telegram",
        "unit-contoh/email",
        "unit-contoh/email-2",
        "unit-contoh/webchat",
    ]
    assert not any(account.off for account in accounts.values())
    assert accounts["unit-contoh/whatsapp"].settings == {
        "provider": "twilio",
        "sender": "+62811223344",
        "account_sid": "AC1234",
        "auth_token": "twilio-rahasia",
    }
    email = accounts["unit-contoh/email"]
    assert email.channel is Channel.EMAIL
    assert email.settings["address"] == "layanan@contoh.example.ac.id"
    assert email.settings["imap"] == "imaps://layanan:imap-rahasia@imap.example.ac.id"
    assert accounts["unit-contoh/email-2"].settings == {"address": "surat@contoh.example.ac.id"}


def test_staff_and_teams_know_each_other(loaded):
    desk = loaded.desk
    assert [(one.id, one.role, one.telegram, one.whatsapp) for one in desk.staff] == [
        ("rina@example.ac.id", Role.SUPERVISOR, "1001", "+628110001"),
        ("budi-hartanto", Role.AGENT, "1002", None),
        ("dewi@example.ac.id", Role.AGENT, None, None),
    ]
    team = desk.team("pengembang")
    assert team.members == ("budi-hartanto", "dewi@example.ac.id")
    assert (team.line, team.promises) == (2, {"resolution": Span.parse("3d")})


def test_the_catalogue_comes_with_the_desk(loaded):
    category = loaded.catalogue.category("password")
    assert (category.reply, category.auto) == ("reset", AutoReply.SUGGEST)
    assert loaded.catalogue.reply_of("password").whatsapp.content_sid == "HX0001"


def test_files_are_kept_as_they_stood_and_a_revision_loads_to_the_same_desk(loaded):
    assert set(loaded.files) == {
        "desk.yaml",
        "categories.yaml",
        "replies.yaml",
        "procedures/contoh.yaml",
        "documents/surat.txt",
    }
    assert loaded.files["desk.yaml"] == (FOLDER / "desk.yaml").read_text()
    again = desk_from_files(loaded.files, SECRETS, years=YEARS)
    assert again.desk == loaded.desk
    assert again.catalogue == loaded.catalogue


def test_without_any_secret_the_accounts_that_need_one_are_off_and_the_rest_serves():
    loaded = load_desk(FOLDER, {"TELEGRAM_TOKEN": " "}, years=YEARS)
    state = {account.key: (account.missing, account.absent) for account in loaded.desk.accounts}
    assert state == {
        "unit-contoh/whatsapp": (("WHATSAPP_SENDER", "TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN"), ()),
        "unit-contoh/telegram": (("TELEGRAM_TOKEN",), ("TELEGRAM_AGENTS_GROUP",)),
        "unit-contoh/email": ((), ("IMAP_PASSWORD", "SMTP_RELAY_URL")),
        "unit-contoh/email-2": ((), ()),
        "unit-contoh/webchat": ((), ()),
    }
    assert loaded.warnings == (
        (
            "unit-contoh: whatsapp is off, for WHATSAPP_SENDER, TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN are not set; "
            "telegram is off, for TELEGRAM_TOKEN is not set; "
            "email serves, but IMAP_PASSWORD and SMTP_RELAY_URL are not set. "
            "Set them in .env or the environment, or take out of desk.yaml what is not wanted."
        ),
        "Replies without their WhatsApp template, for these are not set: SID_RESET.",
    )
    assert loaded.catalogue.reply("reset").whatsapp is None


def test_a_variable_that_cannot_be_right_switches_its_account_off_and_is_not_repeated():
    env = SECRETS | {"WHATSAPP_SENDER": "rahasia", "SMTP_RELAY_URL": "rahasia://x"}
    loaded = load_desk(FOLDER, env, years=YEARS)
    whatsapp, _, email = loaded.desk.accounts[:3]
    assert whatsapp.missing == ("WHATSAPP_SENDER",)
    assert (email.off, email.absent) == (False, ("SMTP_RELAY_URL",))
    assert any("WHATSAPP_SENDER should hold a number such as +62811223344" in one for one in loaded.warnings)
    assert not any("rahasia" in one for one in loaded.warnings)


CLOUD = """\
accounts:
  whatsapp:
    - {provider: twilio, sender: "+62811223344", account_sid: AC1, auth_token: "${TWILIO_AUTH_TOKEN}"}
    - {provider: cloud, sender: "+62811223355", phone_number_id: "${NUMBER}", business_account_id: "1022901",
       access_token: "${TOKEN}", app_secret: "${APP_SECRET}", verify_token: "${VERIFY}"}
"""


def test_a_desk_has_whatsapp_numbers_at_both_providers_each_with_its_own_keys():
    env = SECRETS | {"NUMBER": "1065403", "TOKEN": "EAA1", "APP_SECRET": "rahasia"}
    loaded = desk_from_files({"desk.yaml": MINIMAL + CLOUD}, env, years=YEARS)
    at_twilio, at_meta = loaded.desk.accounts
    assert (at_twilio.key, at_meta.key) == ("kecil/whatsapp", "kecil/whatsapp-2")
    assert at_meta.settings == {
        "provider": "cloud", "sender": "+62811223355", "phone_number_id": "1065403", "business_account_id": "1022901",
        "access_token": "EAA1", "app_secret": "rahasia",
    }  # fmt: skip
    (warning,) = loaded.warnings
    assert warning.startswith("kecil: whatsapp-2 serves, but VERIFY is not set. Set ")


def test_secrets_are_in_no_file_no_text_and_no_error(loaded):
    texts = [repr(loaded), repr(loaded.desk), str(loaded.files), str(loaded.warnings)]
    texts += mistakes(MINIMAL.replace("desk: kecil", "desk: Kecil") + WRITTEN_OUT, env=SECRETS)
    assert not any("rahasia" in text for text in texts)


@pytest.mark.parametrize(
    ("written", "groups"),
    [
        ("-1001", ("-1001",)),
        ("[-1001, '${OTHER}']", ("-1001", "-1002")),
        ('"${BOTH}"', ("-1003", "-1004")),
        ("[]", None),
        ("[-1001, [-1002]]", None),
    ],
)
def test_the_topics_may_be_spread_over_several_groups(written, groups):
    text = f"{MINIMAL}accounts: {{telegram: {{token: '${{T}}', agents_group: {written}}}}}\n"
    environment = {"T": "42:abc", "OTHER": "-1002", "BOTH": "-1003,-1004"}
    if groups is None:
        assert any("agents_group: expected a group's id" in text for text in mistakes(text, env=environment))
        return
    (account,) = desk_from_files({"desk.yaml": text}, environment, years=YEARS).desk.accounts
    assert account.several("agents_group") == groups


def test_a_group_may_be_for_some_categories_and_teams_only():
    text = """\
teams: [{id: lab, name: Tim Lab}]
accounts:
  telegram:
    token: "${T}"
    agents_group:
      - -1001
      - {group: "${MONEY}", categories: login, teams: [lab]}
"""
    files = {"desk.yaml": MINIMAL + text, "categories.yaml": CATEGORIES}
    environment = {"T": "42:abc", "MONEY": "-1002, -1003"}
    (account,) = desk_from_files(files, environment, years=YEARS).desk.accounts
    assert account.several("agents_group") == ("-1001", "-1002", "-1003")
    assert [(each.address, each.categories, each.teams) for each in account.groups] == [
        (address, {"login"}, {"lab"}) for address in ("-1002", "-1003")
    ]


WRITTEN_OUT = """\
accounts:
  telegram: {token: "42:rahasia", agents_group: rahasia}
  email: {address: rahasia, imap: "imaps://me:rahasia@host", relay: "${SMTP_RELAY_URL"}
"""


def test_a_secret_that_is_written_out_gets_a_warning():
    text = (
        MINIMAL
        + 'accounts: {telegram: {token: "42:abc"}, email: {address: a@b.id, relay: "smtp://127.0.0.1:25"}}\n'
    )
    loaded = desk_from_files({"desk.yaml": text}, {}, years=YEARS)
    assert loaded.warnings == (
        "kecil/telegram: token is written out in the file; name a variable instead, such as ${NAME}.",
    )


def test_the_smallest_desk_file_gets_the_usual_values():
    desk = desk_of(MINIMAL)
    assert (desk.language, desk.warn_at, desk.close_after, desk.reopen_within) == (
        "id",
        0.8,
        None,
        timedelta(days=7),
    )
    assert "next_response" not in desk.promises
    assert desk.promises["first_response"].counts == "operating"
    assert (desk.accounts, desk.staff, desk.teams, desk.retention) == ((), (), (), None)
    assert (desk.plain, desk.quiet_hours, desk.limits) == (Plain.ANSWER, (), Limits())
    assert desk.calendar.closed == ()


@pytest.mark.parametrize(
    ("line", "limits"),
    [
        ("limits: null", Limits(answers=None, intake=None)),
        ("limits: {answers: null}", Limits(answers=None)),
        ("limits: {intake: 5/10s}", Limits(intake=Rate(count=5, per=timedelta(seconds=10)))),
    ],
)
def test_null_switches_limits_off(line, limits):
    assert desk_of(MINIMAL + line).limits == limits


def test_null_means_no_warning_and_no_closing_by_itself():
    desk = desk_of(MINIMAL + "  warn_at: null\n  close_after: null\n  next_response: null\n")
    assert (desk.warn_at, desk.close_after) == (None, None)


def test_a_desk_may_be_always_open_and_days_may_run_over_the_weekend():
    assert desk_of(MINIMAL.replace('{mon-fri: ["08:00-16:00"]}', "always")).calendar.windows_on(
        date(2026, 10, 4)
    )[0]
    week = desk_of(MINIMAL.replace("mon-fri", "sat-mon")).calendar.week
    assert [bool(day) for day in week] == [True, False, False, False, False, True, True]


def test_every_mistake_is_named_at_once_with_its_file_its_line_and_what_is_expected(folder):
    replace_in(folder / "desk.yaml", "timezone: Asia/Makassar", "timezone: Asia/Ujungpandang-Baru")
    replace_in(
        folder / "desk.yaml", 'fri: ["08:00-11:30", "13:00-16:30"]', 'fri: ["08:00-11:30", "13.00-16.30"]'
    )
    replace_in(folder / "desk.yaml", "within: 30m", "within: 30 minutes")
    replace_in(folder / "desk.yaml", "retention: 5y", "retension: 5y")
    replace_in(folder / "desk.yaml", "role: supervisor", "role: boss")
    replace_in(folder / "categories.yaml", "reply: reset", "reply: rest")
    replace_in(folder / "replies.yaml", "{contact}, please", "{name}, please")
    with pytest.raises(DeskFileError) as caught:
        load_desk(folder, {}, years=YEARS)
    assert str(caught.value).splitlines() == [
        "categories.yaml:7: [1].reply: expected the id of a reply in replies.yaml",
        'desk.yaml:4: timezone: "Asia/Ujungpandang-Baru" is not a time zone; expected a name such as Asia/Jakarta.',
        (
            'desk.yaml:7: hours.fri[2]: "13.00-16.30" is not a window; '
            "expected HH:MM-HH:MM, such as 08:00-12:00 or 22:00-06:00."
        ),
        (
            'desk.yaml:19: sla.next_response.within: "30 minutes" is not a length; '
            "expected a number and s, m, h or d, such as 15m, 24h or 3d."
        ),
        'desk.yaml:32: staff[1].role: expected viewer or agent or supervisor, not "boss"',
        "desk.yaml:41: retension: unknown key; did you mean retention?",
        (
            "replies.yaml:5: [1].body.en: expected {name} with one of contact, identity, unit, ticket, subject, category, "
            "status, desk, agent, hours, answer_by, today, alert, link, {isi:…} with what the agent is asked for, "
            "or doubled braces, instead of `{name}`"
        ),
    ]


def replace_in(path, old, new):
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


# what is added to the smallest desk file (from line 8 on), or put in place of something, and what is said
WRONG = [
    (
        "holidays: {country: Indonesia}",
        "desk.yaml:8: holidays.country: expected the two letters of a country",
    ),
    (
        "holidays: {extra: [{name: Dies}]}",
        "desk.yaml:8: holidays.extra[1]: expected on: YYYY-MM-DD, or from and to",
    ),
    ("holidays: {extra: [{on: 2026-02-30, name: x}]}", "desk.yaml:8: holidays.extra[1].on: expected a date"),
    ("holidays: {open: [besok]}", "desk.yaml:8: holidays.open[1]: expected a date YYYY-MM-DD on which"),
    ("holidays: ID", "desk.yaml:8: holidays: expected keys with their values"),
    ("accounts: {telegramm: {}}", "desk.yaml:8: accounts.telegramm: unknown key; did you mean telegram?"),
    (
        "accounts:\n  telegram:\n    tokn: x",
        "desk.yaml:10: accounts.telegram.tokn: unknown key; did you mean token?",
    ),
    (
        "accounts: {whatsapp: {provider: cloud, sender: '+62811', account_sid: AC1}}",
        "desk.yaml:8: accounts.whatsapp.account_sid: unknown key",
    ),
    (
        "accounts: {whatsapp: {provider: sms}}",
        "desk.yaml:8: accounts.whatsapp.provider: expected twilio or cloud",
    ),
    (
        "accounts: {whatsapp: {provider: cloud, phone_number_id: '+62811'}}",
        "desk.yaml:8: accounts.whatsapp.phone_number_id: expected Meta's id of the number",
    ),
    ("accounts: {telegram: {}}", "desk.yaml:8: accounts.telegram: expected token: a bot's token"),
    (
        "accounts: {email: {address: nobody}}",
        "desk.yaml:8: accounts.email.address: expected an address such as",
    ),
    (
        "accounts: {email: {address: [a, b]}}",
        "desk.yaml:8: accounts.email.address: expected an address such as",
    ),
    (
        "accounts: {telegram: {token: '1:a', agents_group: [-1, {group: -2, categories: [gaji]}]}}",
        "desk.yaml:8: accounts.telegram.agents_group[2].categories: there is no category gaji in categories.yaml",
    ),
    (
        "accounts: {telegram: {token: '1:a', agents_group: [{group: -2, teams: lab}]}}",
        "desk.yaml:8: accounts.telegram.agents_group[1].teams: there is no team lab in desk.yaml",
    ),
    (
        "accounts:\n  telegram:\n    token: '1:a'\n    agents_group:\n      - {group: -2}",
        "desk.yaml:12: accounts.telegram.agents_group[1]: expected categories or teams",
    ),
    (
        "accounts: {telegram: {token: '1:a', agents_group: [{group: x, teams: lab}]}}",
        "desk.yaml:8: accounts.telegram.agents_group: expected a group's id",
    ),
    ("accounts: {email: [x]}", "desk.yaml:8: accounts.email[1]: expected keys with their values"),
    (
        "accounts: {email: {address: a@b.id, relay: 'x'}}",
        "desk.yaml:8: accounts.email.relay: expected a URL such as",
    ),
    (
        "accounts: {telegram: {token: '${A-B}'}}",
        "desk.yaml:8: accounts.telegram.token: a placeholder is written",
    ),
    ("staff:\n  - {role: agent}", "desk.yaml:9: staff[1]: expected name"),
    (
        "staff:\n  - {name: Rina}",
        "desk.yaml:9: staff[1]: expected role: viewer, role: agent or role: supervisor",
    ),
    (
        "staff: [{name: A, role: agent, telegram: '@a'}]",
        "desk.yaml:8: staff[1].telegram: expected a user's id",
    ),
    (
        "staff: [{name: A, role: agent, whatsapp: 0811}]",
        "desk.yaml:8: staff[1].whatsapp: expected a number such as",
    ),
    (
        "staff:\n  - {name: A, role: agent, telegram: 7}\n  - {name: B, role: agent, telegram: 7}",
        "desk.yaml:10: staff[2].telegram: somebody else on this desk has it already",
    ),
    (
        "staff:\n  - {name: A, role: agent}\n  - {name: A, role: agent}",
        "desk.yaml:10: staff[2].name: somebody has this name already",
    ),
    (
        "teams: [{id: x, name: X, members: [Ani]}]",
        "desk.yaml:8: teams[1].members[1]: expected the name or email of",
    ),
    (
        "teams: [{id: X, name: X}]",
        "desk.yaml:8: teams[1].id: expected small letters, digits and hyphens, such as edun",
    ),
    ("teams: [{id: x, name: X, line: two}]", "desk.yaml:8: teams[1].line: expected 1, 2 or 3"),
    ("teams: [{id: x, name: X}, {id: x, name: Y}]", "desk.yaml:8: teams[2].id: there is a team x already"),
    ("directory: {kind: excel}", "desk.yaml:8: directory.kind: expected csv or ldap or http"),
    ("directory: {kind: csv}", "desk.yaml:8: directory: expected path: a file beside desk.yaml"),
    (
        "directory: {kind: csv, path: ../people.csv}",
        "desk.yaml:8: directory.path: expected a file beside desk.yaml",
    ),
    (
        "directory: {kind: csv, path: p.csv, fields: {nim: NIM}}",
        "desk.yaml:8: directory.fields.nim: unknown key",
    ),
    ("directory: {kind: csv, path: p.csv, headers: {A: b}}", "desk.yaml:8: directory.headers: unknown key"),
    (
        "directory: {kind: ldap, url: ldaps://h, base: dc=x, fields: {name: 'c n'}}",
        "desk.yaml:8: directory.fields.name: expected an attribute",
    ),
    (
        "directory: {kind: ldap, url: ldaps://h, base: dc=x, filter: uid=1}",
        "desk.yaml:8: directory.filter: expected an LDAP filter",
    ),
    (
        "directory: {kind: http, url: 'https://host/people'}",
        "desk.yaml:8: directory.url: expected a URL such as https://host/people",
    ),
    (
        "directory: {kind: http, url: 'https://{number}.host/'}",
        "desk.yaml:8: directory.url: expected a URL such as https://host/p",
    ),
    (
        "directory: {kind: http, url: 'ftp://host/{number}'}",
        "desk.yaml:8: directory.url: expected a URL such as https://host/peop",
    ),
    (
        "directory: {kind: http, url: 'https://h/{number}', headers: {'a b': c}}",
        "desk.yaml:8: directory.headers.a b: expected the name of a header, such as",
    ),
    ("retention: forever", "desk.yaml:8: retention: expected years or days, such as 5y or 90d"),
    ("agents: {plain: both}", "desk.yaml:8: agents.plain: expected answer or note"),
    ("quiet_hours: [night]", "desk.yaml:8: quiet_hours[1]: expected a window such as 22:00-06:00"),
    ("limits: {answers: lots}", "desk.yaml:8: limits.answers: expected a count per length, such as 30/1h"),
    ("language: jv", 'desk.yaml:8: language: expected id or en, not "jv"'),
    ("name: Twice", "desk.yaml:8: name is here twice; expected once"),
    ("sign: !!python/name:os.system x", "desk.yaml:8: tags such as !!name are not read"),
    ("? [a, b]\n: c", "desk.yaml:8: expected a word before the colon"),
    ("<<: {name: x}", "desk.yaml:8: merging with << is not read; write the keys out"),
    ("staff: [{name: A, role: agent", "desk.yaml:8: this is not YAML: the { of this line is not closed"),
    ("x: *nobody", "desk.yaml:8: this is not YAML: a text that begins with * stands in quotation marks"),
    ("---\ndesk: another", "desk.yaml:8: this is not YAML: a line of --- begins another file"),
    ("a: \x07", "desk.yaml:8: there is a sign here that no text has"),
]


@pytest.mark.parametrize(("added", "said"), WRONG, ids=[one[:30] for one, _ in WRONG])
def test_a_mistake_names_line_and_expectation(added, said):
    assert any(line.startswith(said) for line in mistakes(MINIMAL + added + "\n"))


REPLACED = [
    ("desk: kecil", "language: id", "desk.yaml:1: expected desk: the short name of the desk"),
    ("desk: kecil", "desk: Unit Kecil", "desk.yaml:1: desk: expected small letters, digits and hyphens"),
    ("name: Unit Kecil", "name:", "desk.yaml:2: name: expected name: what people call the desk"),
    (
        "name: Unit Kecil",
        "name: [a]",
        "desk.yaml:2: name: expected a text of 1 to 200 characters, not a list",
    ),
    ("timezone: Asia/Jakarta", "", "desk.yaml:1: expected timezone, such as Asia/Jakarta"),
    ("timezone: Asia/Jakarta", "timezone: WIB", 'desk.yaml:3: timezone: "WIB" is not a time zone'),
    ('{mon-fri: ["08:00-16:00"]}', "{}", "desk.yaml:4: hours: No weekday has a window"),
    ('{mon-fri: ["08:00-16:00"]}', "{mon: []}", "desk.yaml:4: hours: No weekday has a window"),
    ('{mon-fri: ["08:00-16:00"]}', "8 to 4", "desk.yaml:4: hours: expected hours, such as"),
    (
        "mon-fri",
        "senin-jumat",
        "desk.yaml:4: hours.senin-jumat: expected a day or a range of days (mon, mon-thu)",
    ),
    ("mon-fri:", 'wed: ["08:00-09:00"], mon-fri:', "desk.yaml:4: hours.mon-fri: wed is named by wed already"),
    (
        '["08:00-16:00"]',
        '["08:00-13:00", "12:00-16:00"]',
        "desk.yaml:4: hours.mon-fri: 08:00-13:00 and 12:00-16:00",
    ),
    ('["08:00-16:00"]', '"08:00-16:00"', "desk.yaml:4: hours.mon-fri: expected windows such as"),
    ('["08:00-16:00"]', "[8]", 'desk.yaml:4: hours.mon-fri[1]: "8" is not a window; expected HH:MM-HH:MM'),
    (
        "}\nsla",
        ", exceptions: [{mon: []}]}\nsla",
        "desk.yaml:4: hours.exceptions[1]: expected from: YYYY-MM-DD",
    ),
    (
        "}\nsla",
        ", exceptions: [{from: 2026-01-01}]}\nsla",
        "desk.yaml:4: hours.exceptions[1]: expected the days that",
    ),
    (
        "}\nsla",
        ", exceptions: [{from: 2026-01-02, to: 2026-01-01, mon: []}]}\nsla",
        "desk.yaml:4: hours.exceptions[1].to: expected a date from 2026-01-02 on",
    ),
    ("within: 15m", "in: 15m", "desk.yaml:6: sla.first_response: expected within, such as 15m, 24h or 3d"),
    (
        "within: 15m",
        "within: 15m, counts: days",
        "desk.yaml:6: sla.first_response.counts: expected operating or",
    ),
    (
        "  resolution: {within: 24h, counts: calendar}",
        "",
        "desk.yaml:5: sla: expected resolution, such as {within",
    ),
    (
        "  resolution:",
        "  warn_at: 180%\n  resolution:",
        "desk.yaml:7: sla.warn_at: expected a share of the promise",
    ),
    ('["08:00-16:00"]}', '["08:00-08:01"]}', None),
]


@pytest.mark.parametrize(
    ("old", "new", "said"), REPLACED, ids=[(two or one)[:30] for one, two, _ in REPLACED]
)
def test_a_wrong_value_names_line_and_expectation(old, new, said):
    assert old in MINIMAL
    text = MINIMAL.replace(old, new, 1)
    if said is None:
        assert desk_of(text)
    else:
        assert any(line.startswith(said) for line in mistakes(text))


def test_a_promise_that_these_hours_can_never_keep_is_refused():
    text = MINIMAL.replace('{mon-fri: ["08:00-16:00"]}', '{mon: ["08:00-08:01"]}')
    text = text.replace("{within: 24h, counts: calendar}", "{within: 2000h, counts: operating}")
    assert mistakes(text) == [
        "desk.yaml:7: sla.resolution: with these hours that would take more than a hundred years"
    ]


@pytest.mark.parametrize("text", ["", "# nothing", "- a\n- b", "just words", "null"])
def test_a_file_of_another_kind_is_refused(text):
    assert mistakes(text)[0].startswith("desk.yaml:1: expected ")


def test_aliases_are_read_but_cannot_unfold_without_end():
    text = MINIMAL.replace("{within: 15m}", "&promise {within: 15m}") + "  next_response: *promise\n"
    assert desk_of(text).promises["next_response"] == Span.parse("15m")
    bomb = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}' if n else 'x'] * 10)}]\n" for n in range(9))
    assert any("expected at most 100,000 values" in line for line in mistakes(MINIMAL + bomb))
    assert any("expected at most 20 levels" in line for line in mistakes(MINIMAL + "loop: &loop [*loop]\n"))
    assert any("depth" in line for line in mistakes(MINIMAL + f"deep: {'[' * 5000}{']' * 5000}\n"))


def test_a_huge_file_is_refused_before_it_is_parsed():
    assert mistakes(MINIMAL + "# " + "x" * 1_000_000) == ["desk.yaml: expected at most 1,000,000 characters"]


def test_thousands_of_mistakes_do_not_fill_the_screen():
    lines = mistakes(MINIMAL + "".join(f"unknown{n}: 1\n" for n in range(300)))
    assert len(lines) == 101
    assert lines[-1] == "and 200 more"


def test_mistakes_in_the_catalogue_stand_on_their_lines_too():
    assert mistakes(
        categories="- id: A\n  name: x\n- {id: b, nmae: y}\n", replies="- {id: r, title: t, body: {}}\n"
    ) == [
        (
            "categories.yaml:1: [1].id: expected an id of small letters, digits and hyphens, at most 40 characters, "
            "as a text"
        ),
        "categories.yaml:3: [2].name: expected a text (put numbers and dates into quotes)",
        (
            "categories.yaml:3: [2].nmae: expected one of the keys id, name, description, keywords, examples, reply, auto, unsure, retired, "
            "merged_into"
        ),
        "replies.yaml:1: [1].body: expected a text for each language, such as {id: …, en: …}",
    ]


def test_a_folder_without_a_desk_file_says_so(tmp_path):
    with pytest.raises(DeskFileError, match=r"desk\.yaml: expected this file"):
        load_desk(tmp_path / "nowhere", {})


def test_text_in_another_encoding_is_named_by_its_line(folder):
    (folder / "replies.yaml").write_bytes(b"# ok\n- {id: r, title: caf\xe9}\n")
    with pytest.raises(DeskFileError, match=r"replies\.yaml:2: expected text in UTF-8"):
        load_desk(folder, {})


def test_files_that_nobody_reads_and_pictures_get_a_warning(folder):
    (folder / "catagories.yaml").write_text("[]")
    (folder / "documents" / "logo.png").write_bytes(b"\x89PNG\xff")
    (folder / "people.csv").unlink()
    loaded = load_desk(folder, SECRETS, years=YEARS)
    assert loaded.warnings == (
        "catagories.yaml is not read; did you mean categories.yaml?",
        "documents/logo.png is no text, so it is not kept with the desk's revisions.",
        "The directory is empty: there is no file people.csv beside desk.yaml.",
    )
    assert "documents/logo.png" not in loaded.files


def test_a_byte_order_mark_and_windows_line_ends_are_no_mistake():
    desk = desk_of("\ufeff" + MINIMAL.replace("\n", "\r\n"))
    assert desk.name == "Unit Kecil"


def test_the_check_says_in_words_what_it_found(folder):
    good = check_folder(folder / "desk.yaml", {})
    assert good.ok
    assert good.text.splitlines()[0].startswith("warning: unit-contoh: whatsapp is off, for WHATSAPP_SENDER")
    assert good.text.splitlines()[-1] == (
        f"{folder}: Layanan Unit Contoh is in order. Categories: 2, replies: 1, staff: 3; "
        "serving unit-contoh/email, unit-contoh/email-2, unit-contoh/webchat."
    )
    replace_in(folder / "desk.yaml", "language: id", "langauge: id")
    bad = check_folder(folder, {})
    assert not bad.ok
    assert bad.text.splitlines() == [
        f"{folder}/desk.yaml:3: langauge: unknown key; did you mean language?",
        f"{folder}: 1 mistake; nothing was loaded.",
    ]


def test_without_years_holidays_are_known_for_this_year_and_the_next():
    loaded = load_desk(FOLDER, SECRETS)
    this = datetime.now(UTC).year
    known = {day.on for day in loaded.desk.calendar.closed}
    assert {date(this, 8, 17), date(this + 1, 8, 17)} <= known


def test_for_the_days_of_one_country_the_others_are_not_loaded():
    assert date(2026, 8, 17) in {
        day.on for day in load_desk(FOLDER, SECRETS, years=YEARS).desk.calendar.closed
    }
    assert not {"holidays.countries", "holidays.countries.germany"} & sys.modules.keys()


def test_five_years_of_retention_end_on_the_same_date():
    five = Retention(years=5)
    assert five.cutoff(datetime(2026, 10, 5, 8, tzinfo=UTC)) == datetime(2021, 10, 5, 8, tzinfo=UTC)
    assert five.cutoff(datetime(2028, 2, 29, tzinfo=UTC)) == datetime(2023, 2, 28, tzinfo=UTC)
    assert Retention(days=90).cutoff(datetime(2026, 10, 5, tzinfo=UTC)) == datetime(2026, 7, 7, tzinfo=UTC)


def test_supervision_is_read_and_has_its_usual_values():
    usual = desk_of(MINIMAL).supervision
    assert (usual.digest.at, usual.sample, usual.waits_long) == (time(7, 30), None, timedelta(days=3))
    assert usual.reports_kept == Retention(years=10)
    text = MINIMAL + (
        'digest: {at: "16:05", days: mon-fri, closed_days: send}\n'
        "verification: {sample: 20%}\nboard: {waiting: 36h}\n"
    )
    read = desk_of(text).supervision
    assert (read.digest.at, read.digest.days, read.digest.on_closed_days) == (
        time(16, 5),
        frozenset(range(5)),
        True,
    )
    assert (read.sample, read.waits_long) == (0.2, timedelta(hours=36))
    assert desk_of(MINIMAL + "digest: null\n").supervision.digest is None
    assert desk_of(MINIMAL + "reports_kept: 90d\n").supervision.reports_kept == Retention(days=90)
    assert desk_of(MINIMAL + "reports_kept: null\n").supervision.reports_kept is None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('digest: {at: "25:00"}', "digest.at: expected a time of the day"),
        ("digest: {days: someday}", "digest.days: expected days, such as mon-fri"),
        ("digest: {closed_days: maybe}", "digest.closed_days: expected skip or send"),
        ("digest: {when: now}", "unknown key"),
        ("verification: {sample: 0%}", "verification.sample: expected a share of what is solved"),
        ("verification: {sample: 120%}", "verification.sample: expected a share of what is solved"),
        ("reports_kept: forever", "reports_kept: expected years or days, such as 10y or 90d"),
        ("board: {waiting: long}", "board.waiting"),
    ],
)
def test_mistakes_of_supervision_are_named(line, expected):
    (mistake,) = mistakes(MINIMAL + line + "\n")
    assert expected in mistake


def test_a_desk_asks_after_closing_unless_it_says_null():
    assert desk_of(MINIMAL).survey == Survey()
    assert desk_of(f"{MINIMAL}survey: null\n").survey is None


def test_the_survey_is_as_the_file_says():
    text = "survey: {after: closed, scale: 4, ask_comment: false, at_most_every: 30d, public_service: {period: semester, invite: chat, wait: 2h, per_hour: 10}}"
    survey = desk_of(f"{MINIMAL}{text}\n").survey
    assert survey == Survey(
        after=When.CLOSED,
        scale=4,
        ask_comment=False,
        at_most_every=timedelta(days=30),
        public_service=PublicService(
            period=Every.SEMESTER, invite=Way.CHAT, wait=timedelta(hours=2), per_hour=10
        ),
    )


@pytest.mark.parametrize(
    ("section", "expected"),
    [
        ("{after: someday}", "survey.after: expected solved or closed"),
        ("{scale: 2}", "survey.scale: expected a number from 3 to 10"),
        ("{ask_comment: perhaps}", "survey.ask_comment: expected true or false"),
        ("{comments: true}", "survey.comments: unknown key; did you mean ask_comment?"),
        ("{template: none-such}", "survey.template: expected the id of a reply template in replies.yaml"),
        ("{public_service: {per_hour: 0}}", "survey.public_service.per_hour: expected a count"),
        ("{public_service: {template: none-such}}", "survey.public_service.template: expected the id"),
    ],
)
def test_a_mistake_in_the_survey_is_named(section, expected):
    assert any(expected in line for line in mistakes(f"{MINIMAL}survey: {section}\n"))
