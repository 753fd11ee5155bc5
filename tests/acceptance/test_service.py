"""The service as a process: it starts, says that it is well, and stops, whatever its surroundings do meanwhile."""

from typing import Any

import pytest

from tests.acceptance.office import Office, open_office

pytestmark = pytest.mark.slow
NUMBER = "+6281234567890"


async def test_it_starts_says_how_to_log_in_and_stops_cleanly(small_office: Office):
    service = small_office.service
    assert (await service.http.get("/healthz")).text == "ok"
    assert (await service.http.get("/readyz")).json()["ready"] is True
    assert f"{service.url}/setup/" in service.output
    assert await service.stop() == 0
    assert "Traceback" not in service.errors


async def test_it_stops_although_a_provider_does_not_answer_and_does_not_say_it_twice(
    small_office: Office,
):
    service, twilio = small_office.service, small_office.twilio
    twilio.falls_silent(after_taking=True)
    await small_office.by_whatsapp(NUMBER, "Halo, ada orang?")
    await twilio.until(lambda: twilio.messages)
    assert await service.stop(within=60) == 0  # what is being sent has its 15 seconds to be answered, twice
    await service.start()

    async def reply() -> dict[str, Any]:
        return next(each for each in await service.messages() if each["author"] == "bot")

    async def is_known_to_be_taken_over() -> bool:
        return (await reply())["external_id"] == twilio.last.sid

    await service.until(is_known_to_be_taken_over)
    assert len(small_office.replies_to(NUMBER)) == 1


async def test_a_port_that_is_taken_ends_it_with_one_clear_line(tmp_path, small_office: Office):
    async with open_office(tmp_path / "other", started=False) as other:
        other.service.http_port = small_office.service.http_port
        other.service.launch()
        assert await other.service.ended(within=90) == 1
        assert str(other.service.http_port) in other.service.errors.splitlines()[-1]
        assert "Traceback" not in other.service.errors
