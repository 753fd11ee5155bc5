"""One fetch of a published calendar: what is new, what is not, and what is refused on the way."""

from datetime import timedelta

import pytest

from channels.feeds import MOST_BYTES, FeedError, FeedFetcher, Seen
from tests.standins.calendar import publishing

LOCAL = frozenset({"127.0.0.1"})


@pytest.fixture
async def publisher():
    async with publishing("BEGIN:VCALENDAR") as running:
        yield running


def fetcher(**options):
    return FeedFetcher(**{"trusted": LOCAL, "within": timedelta(seconds=5)} | options)


async def test_what_has_been_seen_is_not_fetched_again(publisher):
    first = await fetcher().fetch(publisher.url)
    assert (first.text, first.seen.etag) == ("BEGIN:VCALENDAR", '"1"')
    again = await fetcher().fetch(publisher.url, first.seen)
    assert again.text is None
    assert publisher.asked[-1]["if-none-match"] == first.seen.etag
    publisher.publishes("BEGIN:VCALENDAR\nEND:VCALENDAR")
    assert (await fetcher().fetch(publisher.url, first.seen)).text == "BEGIN:VCALENDAR\nEND:VCALENDAR"


async def test_a_redirect_is_followed_and_not_for_ever(publisher):
    assert (await fetcher().fetch(publisher.url.replace("libur", "old"))).text == "BEGIN:VCALENDAR"
    publisher.moved = True
    with pytest.raises(FeedError, match="redirects too often"):
        await fetcher().fetch(publisher.url)


async def test_a_host_of_the_own_network_is_called_only_if_the_operator_allows_it(publisher):
    with pytest.raises(FeedError, match="unless the operator allows the host"):
        await fetcher(trusted=frozenset()).fetch(publisher.url)
    with pytest.raises(FeedError, match="not on the public internet"):
        await fetcher(trusted=frozenset()).fetch(publisher.url.replace("http:", "https:"))
    assert publisher.asked == []


async def test_a_name_that_leads_into_the_own_network_is_not_called():
    async def elsewhere(_host, _port):
        return ["10.0.0.5"]

    with pytest.raises(FeedError, match="not on the public internet"):
        await fetcher(resolve=elsewhere).fetch("https://kalender.example.ac.id/libur.ics")


async def test_what_is_wrong_is_said_without_the_address(publisher):
    publisher.status = 503
    with pytest.raises(FeedError, match="the server answered 503"):
        await fetcher().fetch(publisher.url, Seen(etag="x"))
    with pytest.raises(FeedError, match="no connection: refused"):
        await fetcher().fetch("http://127.0.0.1:9/rahasia")


async def test_a_calendar_without_end_is_given_up(publisher):
    publisher.publishes("x" * (MOST_BYTES + 1))
    with pytest.raises(FeedError, match="larger than 2 MB"):
        await fetcher().fetch(publisher.url)
