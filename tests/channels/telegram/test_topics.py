"""Topics of the agents' group: each ticket is one."""

import pytest

from channels.contract import Closable, RefusedByProvider, ThreadGone, Topics
from channels.telegram.adapter import TelegramAdapter
from tests.channels.telegram.conftest import GROUP


async def test_a_topic_is_opened_renamed_closed_and_reopened(adapter: TelegramAdapter, standin):
    assert isinstance(adapter, Topics)
    assert isinstance(adapter, Closable)
    thread = await adapter.open_topic(str(GROUP), "#1042 Ana")
    topic = standin.topic(GROUP, thread)
    assert (topic.name, topic.closed) == ("#1042 Ana", False)
    await adapter.rename_topic(str(GROUP), thread, "#1042 selesai")
    await adapter.close_topic(str(GROUP), thread)
    assert (topic.name, topic.closed) == ("#1042 selesai", True)
    await adapter.reopen_topic(str(GROUP), thread)
    assert not topic.closed


async def test_what_is_so_already_is_no_failure(adapter, standin):
    thread = await adapter.open_topic(str(GROUP), "#1042 Ana")
    await adapter.rename_topic(str(GROUP), thread, "#1042 Ana")
    await adapter.reopen_topic(str(GROUP), thread)
    await adapter.close_topic(str(GROUP), thread)
    await adapter.close_topic(str(GROUP), thread)
    assert standin.topic(GROUP, thread).closed


async def test_a_long_name_is_cut(adapter, standin):
    thread = await adapter.open_topic(str(GROUP), "#1042 " + "sangat panjang " * 20)
    assert len(standin.topic(GROUP, thread).name) <= 128
    assert standin.topic(GROUP, thread).name.endswith("…")


async def test_a_deleted_topic_is_said_to_be_gone(adapter, standin):
    thread = await adapter.open_topic(str(GROUP), "#1042 Ana")
    standin.deletes_topic(GROUP, thread)
    with pytest.raises(ThreadGone):
        await adapter.rename_topic(str(GROUP), thread, "x")
    with pytest.raises(ThreadGone):
        await adapter.close_topic(str(GROUP), thread)
    with pytest.raises(ThreadGone):
        await adapter.reopen_topic(str(GROUP), thread)


async def test_a_bot_without_the_right_is_told_what_it_needs(adapter, standin):
    standin.chat(GROUP).bot_manages_topics = False
    with pytest.raises(RefusedByProvider, match="hak mengelola topik"):
        await adapter.open_topic(str(GROUP), "#1042 Ana")
