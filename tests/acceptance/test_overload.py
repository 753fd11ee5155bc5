"""Ten times as much as can be stored: answered in time, nothing acknowledged lost, the rest fetched afterwards."""

import asyncio
import re
from collections import Counter
from datetime import timedelta
from pathlib import Path

import aiosmtplib
import httpx
import pytest
from sqlalchemy import select

from bot.house import open_house, utc_now
from bot.reconciling.by_hand import looks
from bot.settings import load_settings
from tests.acceptance.office import mail_from, open_office
from tests.acceptance.slow_store import SECONDS, slow_command
from tickets.ledger.database import open_engine
from tickets.tables import Message

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]

RATE = 10 / SECONDS  # webhooks a second
MESSAGES = 400  # by WhatsApp; at the end of their time a tenth is stored
MAILS = 40
TWILIO_WAITS = 15.0  # seconds: https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides
GROWS = 120  # MB


@pytest.fixture
async def office(tmp_path, migrated_file):
    async with open_office(tmp_path, begins_with=migrated_file, started=False) as opened:
        opened.service.changes_desk(
            lambda desk: re.sub(r"(?m)^limits:.*\n(?:  .*\n)*", "", desk) + "limits: null\n"
        )
        opened.service.run = slow_command
        await opened.service.start()
        yield opened


async def test_ten_times_the_rate_is_answered_in_time_and_none_of_it_is_lost(office, monkeypatch):
    service = office.service
    await office.by_whatsapp("+6281200000000", "Halo")  # the matcher is trained for it
    before = memory_of(service.pid, "VmRSS")
    answers, pages = {}, Counter()
    async with asyncio.timeout(300), asyncio.TaskGroup() as group:
        looking = group.create_task(an_agent_looks(office, pages))
        mails = [group.create_task(a_mail(office, number)) for number in range(MAILS)]
        writing = []
        async with httpx.AsyncClient(timeout=TWILIO_WAITS, trust_env=False, limits=httpx.Limits()) as http:
            for number in range(MESSAGES):
                writing.append(asyncio.create_task(a_message(office, http, number, answers)))
                await asyncio.sleep(1 / RATE)
            await asyncio.gather(*writing, *mails)
        looking.cancel()
    codes = Counter(answers.values())
    assert set(codes) == {200, 503}, codes
    assert len(answers) == MESSAGES
    assert {mail.result() for mail in mails} <= {250, 451}
    assert set(pages) == {200}
    assert memory_of(service.pid, "VmHWM") - before < GROWS
    assert "tanggap_turned_away_total 0.0" not in (await service.http.get("/metrics")).text
    await service.stop()
    acknowledged = {sid for sid, code in answers.items() if code == 200}
    assert acknowledged <= stored(service.folder)
    await reconcile(office, monkeypatch)
    assert stored(service.folder) >= set(answers)


async def a_message(office, http, number, answers):
    form = office.twilio.webhook(
        From=f"whatsapp:+62812{number:08}", Body="Kapan legalisir selesai?", MessageSid=f"SM{number:032}"
    )
    office.twilio.receives(form)
    url = f"{office.service.url}/channels/whatsapp/itb-care-center"
    answer = await http.post(url, data=form, headers={"X-Twilio-Signature": office.twilio.sign(url, form)})
    answers[form["MessageSid"]] = answer.status_code


async def a_mail(office, number):
    try:
        await office.by_mail(mail_from(f"ana{number}@example.com", "Kapan legalisir selesai?"))
    except aiosmtplib.SMTPResponseException as error:
        return error.code
    return 250


async def an_agent_looks(office, pages):
    while True:
        for path in ("/", "/api/v1/tickets?desk=itb-care-center"):
            pages[(await office.service.http.get(path)).status_code] += 1
        await asyncio.sleep(0.5)


async def reconcile(office, monkeypatch):
    """Look into Twilio's list a little later, with a store that is as fast as it is."""
    service = office.service
    monkeypatch.chdir(service.folder)
    for name, value in service.environment.items():
        monkeypatch.setenv(name, value)
    with open_house(load_settings(), follow_files=False) as house:
        found = await looks(
            house, account=None, back=timedelta(days=1), dry_run=False,
            clock=lambda: utc_now() + timedelta(minutes=20),
        )  # fmt: skip
    (twilio,) = [each.outcome for each in found if each.account == "itb-care-center/whatsapp"]
    assert twilio is not None
    assert (twilio.lost, twilio.error) == (0, None)


def stored(folder: Path):
    engine = open_engine(f"sqlite:///{folder}/var/tanggap.db", read_only=True)
    with engine.connect() as connection:
        found = connection.scalars(select(Message.external_id).where(Message.direction == "in")).all()
    engine.dispose()
    assert max(Counter(found).values()) == 1
    return set(found)


def memory_of(pid: int, what: str) -> float:
    """Return a process's memory in MB, as Linux counts it."""
    found = re.search(rf"{what}:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    assert found is not None
    return int(found[1]) / 1024
