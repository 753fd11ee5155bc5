"""Webhooks in a desk file: what they become, and what an operator is told about mistakes."""

import pytest

from bot.desk_files import DeskFileError, desk_from_files
from tests.bot.test_desk_files import MINIMAL, YEARS
from tickets.connections import Shown

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
GOOD = 'id: lms, url: "https://lms.example.ac.id/x", secret: "${LMS}", events: [ticket.opened, "message.*"]'


def load(entry: str, env: dict[str, str] | None = None):
    text = f"{MINIMAL}webhooks:\n  - {{{entry}}}\n"
    return desk_from_files({"desk.yaml": text}, {"LMS": SECRET} if env is None else env, years=YEARS)


def test_a_webhook_asks_for_kinds_and_families():
    hook = load(GOOD).desk.webhook("lms")
    assert hook is not None
    assert not hook.off
    assert hook.identity is Shown.MASKED
    assert hook.wants("ticket.opened")
    assert hook.wants("message.noted")
    assert not hook.wants("ticket.solved")
    assert SECRET not in repr(hook)


def test_without_its_secret_it_is_off_with_a_warning():
    loaded = load(GOOD, {})
    assert loaded.desk.webhooks[0].off
    assert loaded.warnings == ("The webhook lms is off: LMS is not set.",)


def test_a_secret_that_is_none_switches_it_off_and_is_not_repeated():
    loaded = load(GOOD, {"LMS": "geheim"})
    assert loaded.desk.webhooks[0].off
    assert "geheim" not in str(loaded.warnings)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("id: lms, ", "", "expected id, such as lms"),
        ("id: lms", "id: Lms!", "small letters"),
        ("https://lms", "ftp://lms", "expected a URL such as https://"),
        ('url: "https://lms.example.ac.id/x", ', "", "expected url"),
        ("ticket.opened", "tickets.opened", "expected kinds of events"),
        ("ticket.opened", "ticket.Opened!", "expected kinds of events"),
        ('events: [ticket.opened, "message.*"]', "identity: full", "expected kinds of events"),
        ("id: lms", "identity: some, id: lms", "expected masked or full"),
        ("id: lms", "name: lms, id: lms", "unknown key"),
    ],
)
def test_a_mistake_says_what_is_expected(before: str, after: str, said: str):
    assert before in GOOD
    with pytest.raises(DeskFileError) as caught:
        load(GOOD.replace(before, after))
    assert said in str(caught.value)


def test_two_of_one_name_are_a_mistake():
    with pytest.raises(DeskFileError, match="already"):
        load(f"{GOOD}}}\n  - {{{GOOD}")


TEAM = "teams:\n  - {{id: edunex, name: Tim Edunex, members: [{{name: Yoga, email: yoga@example.ac.id}}], {ways}}}\n"


def team_of(ways: str, env: dict[str, str]):
    loaded = desk_from_files({"desk.yaml": MINIMAL + TEAM.format(ways=ways)}, env, years=YEARS)
    return loaded.desk.teams[0], loaded.warnings


def test_a_team_may_have_a_group_a_mailbox_and_a_tracker():
    team, warnings = team_of(
        'telegram_group: "${GROUP}", email: Edunex@example.ac.id, answers: true, '
        'tracker: {url: "https://issues.example.ac.id/in", secret: "${TRACKER}", kind: generic}',
        {"GROUP": "-100123", "TRACKER": SECRET},
    )
    assert (team.telegram_group, team.email, team.answers) == ("-100123", "edunex@example.ac.id", True)
    assert team.tracker is not None
    assert not team.tracker.off
    assert SECRET not in repr(team)
    assert warnings == ()


def test_what_is_not_set_switches_that_way_off_and_leaves_the_others():
    team, warnings = team_of(
        'telegram_group: "${GROUP}", email: edunex@example.ac.id, '
        'tracker: {url: "https://issues.example.ac.id/in", secret: "${TRACKER}"}',
        {},
    )
    assert team.telegram_group is None
    assert team.email == "edunex@example.ac.id"
    assert team.tracker is not None
    assert team.tracker.off
    assert warnings == (
        "Tim Edunex has no group of its own: GROUP is not set.",
        "The tracker of Tim Edunex is off: TRACKER is not set.",
    )


@pytest.mark.parametrize(
    ("ways", "said"),
    [
        ("telegram_group: kami", "expected a group's id"),
        ("email: kami", "expected an address"),
        ("answers: kadang", "expected true or false"),
        ('tracker: {url: "https://x.example.ac.id", secret: "${S}", kind: jira}', "expected generic"),
        ("tracker: https://x.example.ac.id", "expected keys with their values"),
    ],
)
def test_a_mistake_in_a_team_s_ways_says_what_is_expected(ways: str, said: str):
    with pytest.raises(DeskFileError) as caught:
        team_of(ways, {"S": SECRET})
    assert said in str(caught.value)
