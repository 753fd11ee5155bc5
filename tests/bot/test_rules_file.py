"""`rules.yaml`: every key there is, and what a supervisor is told about mistakes."""

from datetime import date, timedelta

import pytest

from bot.desk_files import DeskFileError, desk_from_files
from tickets.conditions import Conditions
from tickets.hours import Span
from tickets.rules import Action, Happens, Lasts, What

DESK = """\
desk: kecil
name: Unit Kecil
timezone: Asia/Jakarta
hours: {mon-fri: ["08:00-16:00"]}
sla:
  first_response: {within: 15m}
  resolution: {within: 24h, counts: calendar}
staff:
  - {name: Rina, role: supervisor, email: rina@example.ac.id}
webhooks: [{id: statuspage, url: "https://status.example.ac.id/hook", secret: "${HOOK}", events: [ticket.opened]}]
teams: [{id: edunex, name: Tim Edunex, members: [Rina]}]
"""
CATEGORIES = """\
- {id: login, name: Gagal masuk}
- {id: lama, name: Tidak dipakai lagi, retired: true}
"""
REPLIES = "- {id: sabar, title: Mohon bersabar, body: {id: Halo}}\n"
PATTERN = (
    "a regular expression in RE2's syntax of at most 300 characters (no look-around, no back-references)"
)
TAGS = "- {id: gangguan, name: Gangguan}\n- {id: vip}\n"


def read(rules, *, tags=TAGS, categories=CATEGORIES):
    files = {"desk.yaml": DESK, "categories.yaml": categories, "replies.yaml": REPLIES, "rules.yaml": rules}
    return desk_from_files(files | ({"tags.yaml": tags} if tags else {}), {}).desk.rules


def mistakes(rules, **options):
    with pytest.raises(DeskFileError) as caught:
        read(rules, **options)
    return [str(problem) for problem in caught.value.problems]


def test_a_rule_for_a_category_is_for_what_was_merged_into_it():
    merged = CATEGORIES.replace("retired: true", "retired: true, merged_into: login")
    (rule,) = read("- {id: a, when: opened, if: {category: login}, then: {tag: vip}}", categories=merged)
    assert rule.conditions.categories == {"login", "lama"}


def test_a_rule_with_everything_a_rule_may_have():
    (rule,) = read("""\
- id: gangguan-edunex
  name: Gangguan Edunex
  when: [opened, received]
  if:
    channel: [whatsapp, email]
    category: [none, login]
    status: new
    priority: [normal, high]
    tags: none
    team: none
    holder: Rina
    language: id
    older_than: 2h
    verified: true
    unit: fisika
    address: "*@students.example.ac.id"
    open_tickets: 2
    any_words: [edunex mati, server down]
    all_words: edunex
    alike: tidak bisa dibuka
    matches: 'error\\s+5\\d\\d'
    hours: open
    days: [mon-tue, sat]
    from: 2026-10-01
    to: 2026-12-31
  unless: {tags: vip}
  then:
    category: login
    tag: [gangguan]
    untag: vip
    priority: urgent
    team: edunex
    assign: rina@example.ac.id
    reply: sabar
    note: Cek status server dahulu.
    webhook: statuspage
""")
    assert (rule.id, rule.name, rule.off) == ("gangguan-edunex", "Gangguan Edunex", False)
    assert rule.when.happens == {Happens.OPENED, Happens.RECEIVED}
    assert rule.unless == Conditions(tags=frozenset({"vip"}))
    assert rule.conditions == Conditions(
        channels=frozenset({"whatsapp", "email"}),
        categories=frozenset({"none", "login"}),
        statuses=frozenset({"new"}),
        priorities=frozenset({0, 1}),
        tags=frozenset({"none"}),
        teams=frozenset({"none"}),
        holders=frozenset({"rina@example.ac.id"}),
        languages=frozenset({"id"}),
        older_than=timedelta(hours=2),
        verified=True,
        units=("fisika",),
        addresses=("*@students.example.ac.id",),
        open_tickets=2,
        any_words=("edunex mati", "server down"),
        all_words=("edunex",),
        alike=("tidak bisa dibuka",),
        pattern=r"error\s+5\d\d",
        hours=True,
        weekdays=frozenset({0, 1, 5}),
        from_on=date(2026, 10, 1),
        to_on=date(2026, 12, 31),
    )
    assert [str(action) for action in rule.then] == [
        "category:login", "tag:gangguan", "untag:vip", "priority:urgent", "team:edunex", "assign:rina@example.ac.id",
        "reply:sabar", "note", "webhook:statuspage",
    ]  # fmt: skip


def test_a_rule_may_wait_until_something_has_lasted():
    waiting, silent = read("""\
- {id: ingatkan, when: {waiting_for: 3d}, then: {reply: sabar}}
- {id: sunyi, when: {silent_for: 48h, counts: calendar}, then: {tag: gangguan}, off: true}
""")
    assert (waiting.when.lasts, waiting.when.span) == (Lasts.WAITING, Span.parse("3d"))
    assert (silent.when.lasts, silent.when.span, silent.off) == (
        Lasts.SILENT,
        Span.parse("48h", "calendar"),
        True,
    )


def test_without_a_list_of_tags_any_word_may_be_one():
    (rule,) = read("- {id: a, when: opened, then: {tag: apa-saja}}", tags=None)
    assert rule.then == (Action(what=What.TAG, value="apa-saja"),)
    assert mistakes("- {id: a, when: opened, then: {tag: Apa Saja}}", tags=None) == [
        'rules.yaml:1: [1].then.tag: expected a tag of small letters, digits and hyphens, not "Apa Saja"'
    ]


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ("when: opened, then: {category: logn}",
         'then.category: expected a category of categories.yaml that is not retired, not "logn"; did you mean login?'),
        ("when: opened, then: {category: lama}",
         'then.category: expected a category of categories.yaml that is not retired, not "lama"; there is login'),
        ("when: opened, then: {tag: gangguaan}",
         'then.tag: expected a tag of tags.yaml, not "gangguaan"; did you mean gangguan?'),
        ("when: opened, then: {team: moodle}",
         'then.team: expected a team of desk.yaml, not "moodle"; there is edunex'),
        ("when: opened, then: {reply: sabr}",
         'then.reply: expected a reply of replies.yaml, not "sabr"; did you mean sabar?'),
        ("when: opened, then: {assign: Budi}",
         'then.assign: expected somebody of the staff by mailbox or name, not "budi"; there is rina, rina@example.ac.id'),
        ("when: opend, then: {tag: vip}", 'when: expected what happens, not "opend"; did you mean opened?'),
        ("when: {waiting_for: lama}, then: {tag: vip}",
         'when.waiting_for: "lama" is not a length; expected a number and s, m, h or d, such as 15m, 24h or 3d.'),
        ("when: opened, if: {matches: '(?=a)'}, then: {tag: vip}",
         f"if.matches: expected {PATTERN}"),
        ("when: opened, if: {days: senin}, then: {tag: vip}",
         "if.days: expected a day or a range of days, such as sat or mon-fri"),
        ("when: opened, if: {chanel: email}, then: {tag: vip}", "if.chanel: unknown key; did you mean channel?"),
        ("when: opened, then: {close: true}",
         "then.close: unknown key; expected one of assign, category, note, priority, reply, tag, team, untag, webhook"),
        ("when: opened", "expected then, such as then: {tag: outage}"),
        ("when: opened, then: {category: [login, login]}", "then.category: expected one value"),
    ],
)  # fmt: skip
def test_a_mistake_names_file_line_and_what_is_expected(rule, told):
    found = mistakes(f"# aturan\n- {{id: satu, {rule}}}\n")
    where = "[1]" if told.startswith("expected") else "[1]."
    assert found == [f"rules.yaml:2: {where}{': ' if where == '[1]' else ''}{told}"]


def test_two_rules_of_one_name_cannot_be_told_apart():
    assert mistakes(
        "- {id: a, when: opened, then: {tag: vip}}\n- {id: a, when: solved, then: {tag: vip}}\n"
    ) == ["rules.yaml:2: [2].id: there is a rule a already"]
