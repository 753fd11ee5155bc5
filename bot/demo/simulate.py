"""Playing a contact through the real doors of a running server: a signed webhook, or a mail by SMTP.

What goes in takes exactly the provider's way, checks and all. It works with an account's real secrets and, where none
of them is set, with the ones that the house made for practice. The bot's answer is then read from the ledger.
"""

import json
import random
import secrets
import smtplib
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime, formataddr, make_msgid
from mimetypes import guess_type
from pathlib import Path

import httpx
from sqlmodel import Session, col, func, select
from twilio.request_validator import RequestValidator

from bot.accounts.building import MAX_FILE_BYTES
from bot.accounts.secrets_file import practice_settings
from bot.desks import OpenDesk
from bot.house import House
from channels.whatsapp.cloud.signature import HEADER, signature_of
from tickets.desk import Account
from tickets.message import Channel
from tickets.tables import Address, Message, Outbox

_TIMEOUT = 20.0  # seconds for one request
_POLL = 0.2
_SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  a header's name
_ANA = {Channel.WHATSAPP: "+6281234567890", Channel.TELEGRAM: "700000001", Channel.EMAIL: "ana@example.com"}
# Telegram counts its updates up from some number below this, so a played one is none that comes later.
_PLAYED_UPDATES = range(1_900_000_000, 2_147_483_000)


class SimulationError(Exception):
    """The contact could not be played; the sentence says why."""


@dataclass(frozen=True, kw_only=True)
class Played:
    """What the contact writes."""

    text: str
    sender: str | None = None  # None: Ana's
    name: str = "Ana"
    subject: str = "Mohon bantuan"  # of a mail
    files: Sequence[Path] = ()  # that go along with a mail


def play(house: House, channel: str, played: Played, *, desk: str | None, wait: float) -> Iterator[str]:
    """Say it through the door and yield what happened, line by line. Raises SimulationError, HouseError."""
    opened = house.desk(desk)
    account, settings = _account(house, opened, Channel(channel))
    sender = played.sender or _ANA[account.channel]
    if played.files and account.channel is not Channel.EMAIL:
        raise SimulationError(
            f"a file of {account.channel} is fetched from its provider, which has none of a played contact; send it by email"
        )
    before = _newest(house, account)
    if account.channel is Channel.EMAIL:
        yield _by_mail(house, settings["address"], sender, played)
    elif settings.get("provider") == "cloud":
        yield _by_cloud(house, opened.slug, settings, sender, played)
    elif account.channel is Channel.WHATSAPP:
        yield _by_whatsapp(house, opened.slug, settings, sender, played)
    else:
        yield _by_telegram(house, opened.slug, settings, sender, played)
    yield from _answers(house, account, sender, after=before, wait=wait)


def _account(house: House, desk: OpenDesk, channel: Channel) -> tuple[Account, dict[str, str]]:
    """Return the desk's first account on the channel, and the settings with which its door opens."""
    accounts = desk.now.desk.accounts_on(channel)
    if not accounts:
        raise SimulationError(f"{desk.slug} has no account on {channel}")
    account = accounts[0]
    settings = dict(account.settings) if not account.off else practice_settings(account, house.secrets)
    if settings is None:
        raise SimulationError(f"{account.key} is set up by half: {', '.join(account.missing)} not set")
    if channel is Channel.TELEGRAM:
        settings.setdefault("webhook_secret", house.secrets["telegram_webhook_secret"])
    return account, settings


# -- the doors --------------------------------------------------------------------------------------------------------


def _by_whatsapp(house: House, desk: str, settings: dict[str, str], sender: str, played: Played) -> str:
    path = f"/channels/whatsapp/{desk}"
    sid = f"SM{secrets.token_hex(16)}"
    form = {
        "AccountSid": settings["account_sid"],
        "ApiVersion": "2010-04-01",
        "Body": played.text,
        "From": f"whatsapp:{sender}",
        "MessageSid": sid,
        "NumMedia": "0",
        "NumSegments": "1",
        "ProfileName": played.name,
        "SmsMessageSid": sid,
        "SmsSid": sid,
        "SmsStatus": "received",
        "To": f"whatsapp:{settings['sender']}",
        "WaId": sender.removeprefix("+"),
    }
    signed = RequestValidator(settings["auth_token"]).compute_signature(
        f"{house.settings.public_url}{path}", form
    )
    answer = _post(house, path, data=form, headers={"X-Twilio-Signature": signed})
    return f"{sender} wrote by WhatsApp: {answer}."


def cloud_webhook(settings: Mapping[str, str], sender: str, played: Played) -> bytes:
    """Return what Meta would post to a number of this account."""
    digits = sender.removeprefix("+")
    said_by, known_as = ("from", "wa_id") if digits.isdecimal() else ("from_user_id", "user_id")
    message = {
        said_by: digits,
        "id": f"wamid.{secrets.token_urlsafe(32)}",
        "timestamp": str(int(time.time())),
        "type": "text",
        "text": {"body": played.text},
    }
    value = {
        "messaging_product": "whatsapp",
        "metadata": {
            "display_phone_number": settings["sender"].removeprefix("+"),
            "phone_number_id": settings["phone_number_id"],
        },
        "contacts": [{"profile": {"name": played.name}, known_as: digits}],
        "messages": [message],
    }
    entry = {
        "id": settings.get("business_account_id", "0"),
        "changes": [{"field": "messages", "value": value}],
    }
    return json.dumps({"object": "whatsapp_business_account", "entry": [entry]}).encode()


def _by_cloud(house: House, desk: str, settings: dict[str, str], sender: str, played: Played) -> str:
    body = cloud_webhook(settings, sender, played)
    answer = _post(
        house,
        f"/channels/whatsapp/{desk}",
        content=body,
        headers={"Content-Type": "application/json", HEADER: signature_of(body, settings["app_secret"])},
    )
    return f"{sender} wrote by WhatsApp: {answer}."


def _by_telegram(house: House, desk: str, settings: dict[str, str], sender: str, played: Played) -> str:
    if not sender.isdecimal():
        raise SimulationError(
            f"{sender} is no Telegram user id; expected digits, such as {_ANA[Channel.TELEGRAM]}"
        )
    update_id = random.choice(_PLAYED_UPDATES)  # noqa: S311  no secret
    person = {"id": int(sender), "is_bot": False, "first_name": played.name, "language_code": "id"}
    update = {
        "update_id": update_id,
        "message": {
            "message_id": update_id,
            "date": int(time.time()),
            "from": person,
            "chat": {"id": int(sender), "type": "private", "first_name": played.name},
            "text": played.text,
        },
    }
    answer = _post(
        house,
        f"/channels/telegram/{desk}",
        content=json.dumps(update).encode(),
        headers={"Content-Type": "application/json", _SECRET_HEADER: settings["webhook_secret"]},
    )
    return f"{sender} wrote by Telegram: {answer}."


def _by_mail(house: House, address: str, sender: str, played: Played) -> str:
    host, port = house.settings.smtp_host, house.settings.smtp_port
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  read, not bound
    try:
        mail = _mail(address, sender, played)
        with smtplib.SMTP(host, port, timeout=_TIMEOUT) as smtp:
            smtp.send_message(mail, from_addr=sender, to_addrs=[address])
    except smtplib.SMTPRecipientsRefused as error:
        code, said = next(iter(error.recipients.values()))
        raise SimulationError(f"the mail was refused: {code} {_text(said)}") from error
    except smtplib.SMTPResponseException as error:
        raise SimulationError(f"the mail was refused: {error.smtp_code} {_text(error.smtp_error)}") from error
    except (OSError, smtplib.SMTPException) as error:
        raise SimulationError(
            f"no mail listener answers at {host}:{port}; start it with `tanggap serve`"
        ) from error
    except ValueError as error:
        raise SimulationError(f"this is no mail: {error}") from error
    return f"{sender} wrote to {address}: taken."


def _mail(address: str, sender: str, played: Played) -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = formataddr((played.name, sender))
    mail["To"] = address
    mail["Subject"] = played.subject
    mail["Date"] = format_datetime(datetime.now(UTC))
    mail["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2])
    mail.set_content(played.text)
    for path in played.files:
        main, _, sub = (guess_type(path.name)[0] or "application/octet-stream").partition("/")
        mail.add_attachment(_content(path), maintype=main, subtype=sub, filename=path.name)
    return mail


def _content(path: Path) -> bytes:
    """Return a file that goes along. Raises SimulationError for one that is larger than channels take, or not to be read."""
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise SimulationError(
                f"{path} is larger than {MAX_FILE_BYTES // 1_000_000} MB, which no channel takes"
            )
        return path.read_bytes()
    except OSError as error:
        raise SimulationError(f"{path} cannot be read: {error.strerror}") from error


def _post(
    house: House,
    path: str,
    *,
    headers: dict[str, str],
    data: dict[str, str] | None = None,
    content: bytes | None = None,
) -> str:
    url = f"{house.settings.local_url}{path}"
    try:
        answer = httpx.post(
            url, data=data, content=content, headers=headers, timeout=_TIMEOUT, trust_env=False
        )
    except httpx.HTTPError as error:
        raise SimulationError(
            f"no server answers at {house.settings.local_url} ({type(error).__name__}); start it with `tanggap serve`"
        ) from error
    if answer.is_success:
        return f"{answer.status_code} {answer.reason_phrase}"
    hint = (
        "; does the server have another TANGGAP_DATA_DIR, such as the demo's?"
        if answer.status_code == 403
        else ""
    )
    raise SimulationError(f"{url} answered {answer.status_code}: {answer.text[:200]}{hint}")


def _text(said: bytes | str) -> str:
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else said


# -- the answer -------------------------------------------------------------------------------------------------------


def _answers(house: House, account: Account, sender: str, *, after: int, wait: float) -> Iterator[str]:
    """Yield the ticket and what the desk answers, as soon as it is in the ledger."""
    until = time.monotonic() + wait
    while True:
        taken, answers = _read(house, account, sender, after)
        if answers or time.monotonic() >= until:
            break
        time.sleep(_POLL)
    if taken is None:
        yield "It is not in the ledger yet; see `tanggap doctor` and the server's log."
        return
    yield f"It is in ticket #{taken.ticket}." if taken.ticket else "It opened no ticket."
    offered = _offered(house, answers)
    for answer in answers:
        yield f"The {answer.author} answers:"
        yield from (f"  {line}" for line in answer.text.splitlines())
        yield from (
            f"  {number}. {label}" for number, label in enumerate(offered.get(answer.id, ()), start=1)
        )
    if not answers:
        yield "Nobody has answered yet."


def _read(house: House, account: Account, sender: str, after: int) -> tuple[Message | None, list[Message]]:
    with house.ledger.reading() as session:
        messages = _since(session, account, sender, after)
        session.expunge_all()
    taken = next((message for message in messages if message.direction == "in"), None)
    return taken, [message for message in messages if message.direction == "out"]


def _offered(house: House, answers: Sequence[Message]) -> Mapping[int, list[str]]:
    """Return the labels of the buttons below each answer; where there are none, they are answered by number."""
    query = select(Outbox.message, Outbox.payload).where(
        col(Outbox.message).in_([answer.id for answer in answers]), Outbox.audience == "contact"
    )
    with house.ledger.reading() as session:
        rows = list(session.exec(query))
    return {
        message: [label for row in payload.get("buttons", ()) for label, _ in row]
        for message, payload in rows
        if message is not None
    }


def _since(session: Session, account: Account, sender: str, after: int) -> list[Message]:
    external_id = sender.lower() if account.channel is Channel.EMAIL else sender
    query = (
        select(Message)
        .join(Address, col(Address.id) == col(Message.address))
        .where(Address.account == account.key, Address.external_id == external_id, Message.id > after)
        .order_by(col(Message.id))
    )
    return list(session.exec(query))


def _newest(house: House, account: Account) -> int:
    with house.ledger.reading() as session:
        newest = session.exec(select(func.max(Message.id)).where(Message.account == account.key)).one()
    return newest or 0
