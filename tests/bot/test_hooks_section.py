"""Webhooks in a desk file: what they become, and what an operator is told about mistakes."""

import pytest

from bot.desk_files import DeskFileError, desk_from_files
from tests.bot.test_desk_files import MINIMAL, YEARS
from tickets.desk import Shown

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
