"""A mailbox as a list: what lies in its folders is found again, read as it was read when it came."""

from datetime import UTC, datetime, timedelta

import pytest

from channels.contract import ListsIncoming, RefusedByProvider
from channels.email.imap_list import ImapList
from channels.email.settings import MailboxSettings
from tests.standins import dovecot

ADDRESS = "carecenter@example.ac.id"


@pytest.fixture
def mailbox():
    if (missing := dovecot.unavailable()) is not None:
        pytest.skip(missing)
    with dovecot.running_dovecot() as running:
        yield running


def listing(url):
    return ImapList(MailboxSettings(account="d/email", desk="d", address=ADDRESS, imap=url), [ADDRESS])


def letter(name, *, message_id=True):
    named = f"Message-ID: <{name}@example.com>\r\n" if message_id else ""
    return f"From: Ana <ana@example.com>\r\nTo: {ADDRESS}\r\nSubject: {name}\r\n{named}\r\nHalo {name}\r\n".encode()


async def test_mails_are_listed_by_their_ids_and_brought_as_they_were(mailbox, house):
    mailbox.deliver(letter("m1"))
    mailbox.deliver(letter("m2", message_id=False))
    folders, now = listing(mailbox.url), datetime.now(UTC)
    assert isinstance(folders, ListsIncoming)
    span = {"since": now - timedelta(days=1), "until": now + timedelta(minutes=5)}
    listed = await folders.came_in(**span)
    assert sorted(each.external_id or "" for each in listed) == ["", "<m1@example.com>"]
    assert list(await folders.bring(listed, house)) == list(listed)
    assert sorted(said.subject for said in house.said) == ["m1", "m2"]
    assert len(await folders.came_in(since=now + timedelta(hours=1), until=now + timedelta(hours=2))) == 0


async def test_a_wrong_password_is_a_matter_for_a_person(mailbox):
    now = datetime.now(UTC)
    wrong = mailbox.url.replace(":", ":x", 2) if "@" not in mailbox.url else mailbox.url.replace("@", "x@", 1)
    with pytest.raises(RefusedByProvider):
        await listing(wrong).came_in(since=now - timedelta(days=1), until=now)
