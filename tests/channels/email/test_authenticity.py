"""Of what mail servers found out about a sender, only that counts which a trusted one wrote."""

import time

import pytest

from channels.email.parse import parse_mail
from channels.email.settings import MailboxSettings, SmtpSettings
from channels.email.smtp_in import SmtpListener
from tests.channels.conftest import Listens
from tests.channels.email.mails import OURS, mail
from tests.channels.email.test_smtp_in import send
from tests.channels.house import House
from tickets.message import Authenticity

MX = "mx.kampus.example"


def results(*values: str) -> bytes:
    return b"".join(f"Authentication-Results: {value}\r\n".encode() for value in values) + mail()


def found(*values: str, trusted: tuple[str, ...] = (MX,)) -> Authenticity | None:
    said = parse_mail(results(*values), account="itb/email", own_addresses={OURS}, trusted=trusted)
    return said.authenticity


@pytest.mark.parametrize(
    ("value", "spf", "dkim", "dmarc"),
    [
        (f"{MX}; spf=pass smtp.mailfrom=kampus.example", "pass", None, None),
        (f"{MX}; dkim=pass header.d=a.example; spf=softfail; dmarc=fail (p=NONE)", "softfail", "pass", "fail"),
        (f'{MX};\r\n\tdkim=fail reason="bad; dmarc=pass";\r\n\tdmarc=fail', None, "fail", "fail"),
        (f"{MX} 1; dmarc=pass (dmarc=fail (p=reject)) header.from=a.example", None, None, "pass"),
        (f"{MX.upper()}; DMARC=Pass; Dkim/1 = fail; dkim=pass", None, "pass", "pass"),
        (f"{MX}; spf=none; dmarc=bestguesspass action=none; dkim=none", "none", "none", "bestguesspass"),
        (f"(checked by us) {MX}; dmarc=temperror", None, None, "temperror"),
        (f'{MX}; spf=fail (\\) dmarc=pass; smtp.helo="\\";\r\n dmarc=fail', "fail", None, "fail"),
    ],
)  # fmt: skip
def test_the_words_of_a_trusted_server_are_read(value: str, spf, dkim, dmarc):
    assert found(value) == Authenticity(by=MX, spf=spf, dkim=dkim, dmarc=dmarc)


@pytest.mark.parametrize(
    "value",
    [
        "mx.elsewhere.example; dmarc=pass",
        f"mx.elsewhere.example ({MX}); dmarc=pass",
        f"evil.{MX}; dmarc=pass",
        f'"{MX}"; dmarc=pass',
        f"{MX}; none",
        f"{MX}",
        f"{MX}; dmarc=excellent; iprev=pass",
        f"{MX}; reason=dmarc=pass",
        "",
        ";;;",
        "(" * 5000,
    ],
)
def test_whatever_else_stands_there_says_nothing(value: str):
    assert found(value) is None


@pytest.mark.parametrize("mark", ['"', "("])
def test_what_is_never_closed_is_passed_over_in_a_moment(mark: str):
    began = time.process_time()
    assert found(*[f"{mark}\\" * 10_000] * 20) is None
    assert time.process_time() - began < 1.0


def test_of_two_headers_the_one_that_was_added_last_counts_for_each_check():
    above, below = f"{MX}; dmarc=fail; spf=pass", f"{MX}; dmarc=pass; dkim=pass"
    assert found(above, below) == Authenticity(by=MX, spf="pass", dkim="pass", dmarc="fail")
    assert found("mx.elsewhere.example; dmarc=pass", above).forged
    assert found(above, trusted=()) is None


async def test_each_mailbox_trusts_its_own_server(house: House, listening: Listens):
    boxes = [
        MailboxSettings(account="itb/email", desk="itb", address=OURS, trusted=frozenset({MX})),
        MailboxSettings(account="perpus/email", desk="perpus", address="perpus@unit.example"),
    ]
    listener = SmtpListener(SmtpSettings(port=0), boxes)
    async with listening(listener):
        await send(listener, results(f"{MX}; dmarc=pass"), OURS, "perpus@unit.example")
    assert {said.place.account: said.authenticity for said in house.said} == {
        "itb/email": Authenticity(by=MX, dmarc="pass"),
        "perpus/email": None,
    }
