"""Who may do what: asked for everything as everybody, and held against the page that says so."""

import asyncio
import difflib

import pytest

from tests.access.__main__ import PAGE
from tests.access.asking import asked_of_everybody, forms_without_a_token
from tests.access.doors import claimed_twice, whole_web
from tests.access.page import written
from tests.access.told import Answer

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]  # some thousands of requests
# What leads nowhere, whoever asks for it in a house that has neither: single sign-on, links that were not given out, a password that is wrong.
_CLOSED = {
    "GET /setup/{key}", "POST /setup/{key}", "GET /sso", "GET /sso/callback", "POST /login", "POST /login/code",
    "GET /files/{signed}/{index}", "GET /tickets/{number}/cases/{id}/version",
}  # fmt: skip


@pytest.fixture(scope="module")
def asked(tmp_path_factory):
    return asyncio.run(asked_of_everybody(tmp_path_factory.mktemp("access")))


def test_everybody_is_answered_as_the_page_says(asked):
    now, said = written(asked).splitlines(), PAGE.read_text(encoding="utf-8").splitlines()
    other = [line for line in difflib.unified_diff(said, now, lineterm="", n=0) if line[:1] in "+-"]
    assert other == [], "look at it with a critical eye, then: make access"


def test_nothing_is_told_to_who_may_not_see_it_and_nothing_changed_by_who_may_not_act(asked):
    assert asked.told_secrets == []
    assert asked.changed == []


def test_what_is_asked_for_is_there_so_that_a_refusal_means_something(asked):
    nowhere = [
        way
        for table in (asked.pages, asked.api)
        for way, answers in table.items()
        if not {Answer.YES} & set(answers.values())
    ]
    assert set(nowhere) == _CLOSED


def test_every_route_of_the_api_asks_for_a_scope(asked):
    assert [way for way, scope in asked.scopes.items() if not scope and "openapi.json" not in way] == []


async def test_every_way_is_claimed_once(tmp_path):
    async with whole_web(tmp_path) as app:
        assert claimed_twice(app) == []


async def test_no_form_is_taken_from_a_page_that_is_not_ours(tmp_path):
    assert await forms_without_a_token(tmp_path) == []
