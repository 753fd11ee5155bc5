"""Messages that come in at the same moment are matched together."""

import asyncio

import pytest

from bot.suggesting import Suggesting
from templates_replies.catalogue_reading import catalogue_from
from templates_replies.matcher import Matcher
from tests.templates_replies.helpdesk import CATEGORIES, MESSAGES, REPLIES


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher.fit(catalogue_from(CATEGORIES, REPLIES)[0])


async def test_each_is_told_what_its_own_words_may_be_about(matcher):
    suggesting, asked = Suggesting(), MESSAGES[:12]

    found = await asyncio.gather(*(suggesting.suggest(matcher, text) for _, text in asked))

    assert [each[0].category for each in found] == [matcher.suggest(text)[0].category for _, text in asked]


async def test_words_that_cannot_be_read_fail_alone(matcher):
    suggesting, (_, text) = Suggesting(), MESSAGES[0]

    found, failed = await asyncio.gather(
        suggesting.suggest(matcher, text),
        suggesting.suggest(matcher, None),  # type: ignore[arg-type]  stands for what nobody has thought of
        return_exceptions=True,
    )

    assert found == matcher.suggest(text)
    assert isinstance(failed, Exception)
