"""What one WhatsApp sender at Twilio needs to know of its surroundings."""

import re
from dataclasses import dataclass, field
from datetime import timedelta

TWILIO = "https://api.twilio.com"
MEDIA_LIMIT = (
    16 * 1024 * 1024
)  # bytes, of one WhatsApp message: https://www.twilio.com/docs/whatsapp/guidance-whatsapp-media-messages

_NUMBER = re.compile(r"\+[1-9][0-9]{5,14}")
_SERVICE = re.compile(r"MG[0-9a-fA-F]{32}")


@dataclass(frozen=True, kw_only=True)
class TwilioSettings:
    """One sender of one desk. Raises ValueError, without the secret in it, where a value cannot be right."""

    account: str  # key of the desk's account, such as "itb-care-center/whatsapp"
    desk: str  # slug, the last part of the webhook's path
    sender: str  # bare E.164, or the SID of a messaging service
    account_sid: str
    auth_token: str = field(repr=False)
    public_url: str  # under which Twilio reaches us: webhooks are signed over it
    api: str | None = None  # base URL that replaces TWILIO
    messaging_service_sid: str | None = None  # beside a number: send through this service
    max_file_bytes: int = MEDIA_LIMIT
    timeout: timedelta = timedelta(seconds=15)  # to connect, and again to be answered
    validity: timedelta | None = None  # how long an answer may wait in Twilio's queue (Twilio: 10 hours)
    settles_within: timedelta = timedelta(seconds=5)  # until Twilio's list surely shows what it has taken

    def __post_init__(self) -> None:
        if not (_NUMBER.fullmatch(self.sender) or _SERVICE.fullmatch(self.sender)):
            raise ValueError(
                f"The sender of {self.account} must be a number such as +62811223344, or a messaging service's SID."
            )
        if self.messaging_service_sid is not None and not _SERVICE.fullmatch(self.messaging_service_sid):
            raise ValueError(
                f"The messaging service of {self.account} must be a SID: MG and 32 hexadecimal digits."
            )
        if self.validity is not None and not timedelta(seconds=1) <= self.validity <= timedelta(hours=10):
            raise ValueError(f"The validity of {self.account} must lie between 1 second and 10 hours.")

    @property
    def path(self) -> str:
        return f"/channels/whatsapp/{self.desk}"

    @property
    def status_path(self) -> str:
        return f"{self.path}/status"

    @property
    def number(self) -> str | None:
        """The sender's number, or None if Twilio picks one out of a messaging service."""
        return self.sender if self.sender.startswith("+") else None

    @property
    def service(self) -> str | None:
        return self.messaging_service_sid or (None if self.number else self.sender)

    def status_callback(self, delivery: int) -> str | None:
        """Return where Twilio shall tell how a delivery fares, or None if it could not reach us there."""
        if self.api is None and not self.public_url.lower().startswith("https://"):
            return None
        return f"{self.public_url.rstrip('/')}{self.status_path}?delivery={delivery}"
