"""The doors that a played contact knocks at: signed webhooks, and the mail listener.

What is brought bears one id, as a provider's does: however often it has to be brought, it is taken in once.
"""

import json
import random
import secrets
import smtplib
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime, formataddr, make_msgid
from functools import partial
from mimetypes import guess_type
from pathlib import Path

import httpx
from twilio.request_validator import RequestValidator

from bot.accounts.building import MAX_FILE_BYTES
from bot.settings import Settings
from channels.whatsapp.cloud.signature import HEADER, signature_of
from tickets.message import Channel

ANA: Mapping[Channel, str] = {
    Channel.WHATSAPP: "+6281234567890",
    Channel.TELEGRAM: "700000001",
    Channel.EMAIL: "ana@example.com",
}
_TIMEOUT = 20.0  # seconds for one request
_SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  a header's name
# Telegram counts its updates up from some number below this, so a played one is none that comes later.
_PLAYED_UPDATES = range(1_900_000_000, 2_147_483_000)


class SimulationError(Exception):
    """The contact could not be played; the sentence says why."""


class NotReadyError(SimulationError):
    """The server does not take it now, and may soon; the sentence says what is missing."""


@dataclass(frozen=True, kw_only=True)
class Played:
    """What the contact writes."""

    text: str
    sender: str | None = None  # None: Ana's
    name: str = "Ana"
    subject: str = "Mohon bantuan"  # of a mail
    files: Sequence[Path] = ()  # that go along with a mail


# Brings the message once, and returns how it was taken. Raises SimulationError, NotReadyError.
Knock = Callable[[], str]


def knock_at(
    channel: Channel, desk: str, account: Mapping[str, str], sender: str, played: Played, settings: Settings
) -> Knock:
    """Return the knock at the door of one account, whose settings it is signed with. Raises SimulationError."""
    if channel is Channel.EMAIL:
        return _by_mail(account["address"], sender, played, settings)
    if channel is Channel.TELEGRAM:
        return _by_telegram(desk, account, sender, played, settings)
    if account.get("provider") == "cloud":
        return _by_cloud(desk, account, sender, played, settings)
    return _by_twilio(desk, account, sender, played, settings)


# -- webhooks ---------------------------------------------------------------------------------------------------------


def _by_twilio(
    desk: str, account: Mapping[str, str], sender: str, played: Played, settings: Settings
) -> Knock:
    path = f"/channels/whatsapp/{desk}"
    sid = f"SM{secrets.token_hex(16)}"
    form = {
        "AccountSid": account["account_sid"],
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
        "To": f"whatsapp:{account['sender']}",
        "WaId": sender.removeprefix("+"),
    }
    signed = RequestValidator(account["auth_token"]).compute_signature(f"{settings.public_url}{path}", form)
    headers = {"X-Twilio-Signature": signed}
    return partial(_post, settings.local_url, path, f"{sender} wrote by WhatsApp", data=form, headers=headers)


def cloud_webhook(account: Mapping[str, str], sender: str, played: Played) -> bytes:
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
            "display_phone_number": account["sender"].removeprefix("+"),
            "phone_number_id": account["phone_number_id"],
        },
        "contacts": [{"profile": {"name": played.name}, known_as: digits}],
        "messages": [message],
    }
    entry = {
        "id": account.get("business_account_id", "0"),
        "changes": [{"field": "messages", "value": value}],
    }
    return json.dumps({"object": "whatsapp_business_account", "entry": [entry]}).encode()


def _by_cloud(
    desk: str, account: Mapping[str, str], sender: str, played: Played, settings: Settings
) -> Knock:
    body = cloud_webhook(account, sender, played)
    headers = {"Content-Type": "application/json", HEADER: signature_of(body, account["app_secret"])}
    path = f"/channels/whatsapp/{desk}"
    return partial(
        _post, settings.local_url, path, f"{sender} wrote by WhatsApp", content=body, headers=headers
    )


def _by_telegram(
    desk: str, account: Mapping[str, str], sender: str, played: Played, settings: Settings
) -> Knock:
    if not sender.isdecimal():
        raise SimulationError(
            f"{sender} is no Telegram user id; expected digits, such as {ANA[Channel.TELEGRAM]}"
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
    headers = {"Content-Type": "application/json", _SECRET_HEADER: account["webhook_secret"]}
    content = json.dumps(update).encode()
    path = f"/channels/telegram/{desk}"
    return partial(
        _post, settings.local_url, path, f"{sender} wrote by Telegram", content=content, headers=headers
    )


def _post(
    server: str,
    path: str,
    said: str,
    *,
    headers: dict[str, str],
    data: dict[str, str] | None = None,
    content: bytes | None = None,
) -> str:
    url = f"{server}{path}"
    try:
        answer = httpx.post(
            url, data=data, content=content, headers=headers, timeout=_TIMEOUT, trust_env=False
        )
    except httpx.TimeoutException as error:
        raise NotReadyError(f"{server} has not answered for {_TIMEOUT:g} seconds") from error
    except httpx.HTTPError as error:
        raise NotReadyError(
            f"no server answers at {server} ({type(error).__name__}); start it with `tanggap serve`"
        ) from error
    if answer.is_success:
        return f"{said}: {answer.status_code} {answer.reason_phrase}."
    told = f"{url} answered {answer.status_code}: {answer.text[:200].strip()}"
    if answer.status_code == httpx.codes.SERVICE_UNAVAILABLE:
        raise NotReadyError(f"{told} (until the first matcher is trained, or while there is too much to do)")
    hint = "; does the server have another TANGGAP_DATA_DIR, such as the demo's?"
    raise SimulationError(told + (hint if answer.status_code == httpx.codes.FORBIDDEN else ""))


# -- mail -------------------------------------------------------------------------------------------------------------


def _by_mail(address: str, sender: str, played: Played, settings: Settings) -> Knock:
    try:
        mail = _mail(address, sender, played)
    except ValueError as error:
        raise SimulationError(f"this is no mail: {error}") from error
    return partial(_hand_over, mail, address, sender, settings)


def _hand_over(mail: EmailMessage, address: str, sender: str, settings: Settings) -> str:
    host, port = settings.smtp_host, settings.smtp_port
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  read, not bound
    try:
        with smtplib.SMTP(host, port, timeout=_TIMEOUT) as smtp:
            smtp.send_message(mail, from_addr=sender, to_addrs=[address])
    except smtplib.SMTPRecipientsRefused as error:
        raise _refused(*next(iter(error.recipients.values()))) from error
    except smtplib.SMTPResponseException as error:
        raise _refused(error.smtp_code, error.smtp_error) from error
    except TimeoutError as error:
        raise NotReadyError(f"{host}:{port} has not answered for {_TIMEOUT:g} seconds") from error
    except (OSError, smtplib.SMTPException) as error:
        raise NotReadyError(
            f"no mail listener answers at {host}:{port}; start it with `tanggap serve`"
        ) from error
    except ValueError as error:
        raise SimulationError(f"this is no mail: {error}") from error
    return f"{sender} wrote to {address}: taken."


def _refused(code: int, said: bytes | str) -> SimulationError:
    """Return what an answer of the mail listener means: one of the four hundreds asks to be told again."""
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    if 400 <= code < 500:
        return NotReadyError(f"the mail is to be brought again: {code} {text}")
    return SimulationError(f"the mail was refused: {code} {text}")


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
