"""Files that came with a message and are fetched after it was stored."""

import traceback
from dataclasses import replace

import pytest
import structlog

from channels.contract import Deferred, FileTooLarge, MediaSource, RefusedByProvider
from channels.telegram.adapter import TelegramAdapter


async def test_a_file_is_fetched_by_its_reference(adapter: TelegramAdapter, standin):
    assert isinstance(adapter, MediaSource)
    message = standin.contact_sends_document(7, b"%PDF-1.7 isi", name="surat.pdf")
    fetched = await adapter.fetch(message.file.file_id)
    assert (fetched.content, fetched.size, fetched.type) == (b"%PDF-1.7 isi", 12, "application/pdf")


async def test_a_file_over_the_desks_limit_is_refused(settings, standin):
    strict = TelegramAdapter(replace(settings, max_file_bytes=10))
    message = standin.contact_sends_document(7, b"x" * 11, name="besar.bin")
    with pytest.raises(RefusedByProvider, match="melebihi"):
        await strict.fetch(message.file.file_id)
    await strict.aclose()


async def test_a_file_that_grows_on_the_way_is_refused(settings, standin):
    strict = TelegramAdapter(replace(settings, max_file_bytes=100_000))
    message = standin.contact_sends_document(7, b"x" * 10, name="besar.bin")
    real = standin.files[message.file.file_id]
    standin.grows(real, b"x" * 5_000_000)
    with pytest.raises(RefusedByProvider, match="melebihi"):
        await strict.fetch(message.file.file_id)
    await strict.aclose()


async def test_a_file_over_telegrams_limit_is_refused(adapter, standin):
    message = standin.contact_sends_document(7, b"x" * (20 * 1024 * 1024 + 1), name="besar.bin")
    with pytest.raises(FileTooLarge, match="20 MB") as refusal:
        await adapter.fetch(message.file.file_id)
    assert refusal.value.limit == 20 * 1024 * 1024


async def test_a_file_that_telegram_does_not_know_is_refused(adapter):
    with pytest.raises(RefusedByProvider, match="wrong file_id"):
        await adapter.fetch("no-such-file")


@pytest.mark.parametrize("status", [404, 500, 503])
async def test_a_download_that_fails_is_tried_later_and_does_not_tell_the_token(
    adapter, settings, standin, status
):
    message = standin.contact_sends_document(7, b"isi", name="a.txt")
    standin.refuses("file", status, "Not now")
    with structlog.testing.capture_logs() as logs, pytest.raises(Deferred) as caught:
        await adapter.fetch(message.file.file_id)
    told = "".join(traceback.format_exception(caught.value)) + str(logs)
    assert settings.token.partition(":")[2] not in told
    assert (await adapter.fetch(message.file.file_id)).content == b"isi"


async def test_a_download_that_breaks_off_is_tried_later(adapter, standin):
    message = standin.contact_sends_document(7, b"isi", name="a.txt")
    standin.cuts("file", times=2)  # aiohttp asks once more by itself, for a GET
    with pytest.raises(Deferred):
        await adapter.fetch(message.file.file_id)


async def test_a_throttle_is_passed_on(adapter, standin):
    standin.throttles("getFile", retry_after=3)
    with pytest.raises(Deferred):
        await adapter.fetch("anything")
