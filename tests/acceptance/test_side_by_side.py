"""Code of the last release and of today serve side by side from one database, which today's has migrated."""

import asyncio
import os
import sys
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

import pytest

from tests.acceptance.branches import PUBLIC_URL
from tests.acceptance.office import Office, mail_from, open_office
from tests.acceptance.service import SLUG, Service
from tests.standins.release import Release, last_release

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]  # on a machine that has much else to do
ANA, DEWI = "+6281200000001", "+6281200000002"


def command_of(tree: Path, arguments: Sequence[str], folder: str, environment: Mapping[str, str]) -> None:
    """Run `tanggap ARGUMENTS` as the code of another tree, in place of this process."""
    os.chdir(folder)
    for number, name in enumerate(("output-of-old", "errors-of-old"), 1):
        os.dup2(os.open(name, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644), number)
    code = "import bot, sys; from bot.cli.main import run; assert bot.__file__.startswith(sys.path[1]), bot.__file__; run()"
    os.execve(
        sys.executable,
        [sys.executable, "-c", code, *arguments],
        {**environment, "PYTHONPATH": str(tree)},
    )


@pytest.fixture
def release() -> Release:
    found = last_release()
    if isinstance(found, str):
        pytest.skip(found)
    return found


async def test_both_take_in_and_answer_over_one_migration(release, cluster, tmp_path):
    tree = tmp_path / "release"
    tree.mkdir()
    release.unpack(tree)
    url = cluster.url(cluster.create())
    async with open_office(tmp_path / "house", database_url=url, started=False) as office:
        old = office.service
        old.secrets = {**old.secrets, "TANGGAP_PUBLIC_URL": PUBLIC_URL}
        new = old.second_process()
        old.run = partial(command_of, tree)
        try:
            await old.start()
            await writes(office, old, ANA, "Halo, ada orang?")
            migrated = await new.tanggap("migrate")
            assert migrated.code == 0, migrated.errors
            await writes(office, old, ANA, "Saya tunggu.")
            await new.start()
            await asyncio.gather(
                writes(office, new, DEWI, "Selamat pagi."), writes(office, old, ANA, "Masih di sana?")
            )
            for service in (old, new):
                await office.by_mail(
                    mail_from(f"ana-{service.smtp_port}@example.com", "Halo."), port=service.smtp_port
                )
            await everything_is_seen_at_both(office, old, new)
        finally:
            await new.close()


async def writes(office: Office, to: Service, number: str, text: str) -> None:
    form = office.twilio.webhook(From=f"whatsapp:{number}", Body=text)
    path = f"/channels/whatsapp/{SLUG}"
    signed = office.twilio.sign(f"{PUBLIC_URL}{path}", form)
    answer = await to.http.post(path, data=form, headers={"X-Twilio-Signature": signed})
    assert answer.status_code == 200, answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"


async def everything_is_seen_at_both(office: Office, old: Service, new: Service) -> None:
    """Four contacts have a ticket each, at either; each was told so once; what is written down at one is read at the other."""
    mailed = [f"ana-{service.smtp_port}@example.com" for service in (old, new)]

    def told() -> list[list[object]]:
        return [office.replies_to(ANA), office.replies_to(DEWI), *map(office.mails_to, mailed)]

    await office.twilio.until(lambda: all(told()), within=60)
    assert [len(each) for each in told()[1:]] == [1, 1, 1]
    assert len(set(office.replies_to(ANA))) == len(
        office.replies_to(ANA)
    )  # she wrote three times, and heard nothing twice
    first = [await service.tickets() for service in (old, new)]
    assert [len(tickets) for tickets in first] == [4, 4]
    number = next(each["number"] for each in first[0] if each["channel"] == "whatsapp")
    for here, there in ((old, new), (new, old)):
        assert (await here.act(number, "note", text=f"Dari {here.http_port}.")).is_success
        assert f"Dari {here.http_port}." in [
            each["text"] for each in (await there.ticket(number))["messages"]
        ]
