"""What one Telegram account needs to know of its surroundings."""

import re
from dataclasses import dataclass, field
from datetime import timedelta

DOWNLOAD_LIMIT = 20 * 1024 * 1024  # bytes, getFile: https://core.telegram.org/bots/api#getfile

_TOKEN = re.compile(r"\d{1,20}:[A-Za-z0-9_-]{1,128}")
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")  # https://core.telegram.org/bots/api#setwebhook


@dataclass(frozen=True, kw_only=True)
class TelegramSettings:
    """One bot of one desk. Raises ValueError, without the secret in it, where a value cannot be right."""

    account: str  # key of the desk's account, such as "itb-care-center/telegram"
    desk: str  # slug, the last part of the webhook's path
    token: str = field(repr=False)
    api: str | None = None  # base URL of another Bot API server
    public_url: str | None = None  # https: updates come by webhook; anything else: the bot polls
    webhook_secret: str | None = field(default=None, repr=False)  # without it there is no webhook
    webhook_connections: int = 10  # at once, 1 to 100
    max_file_bytes: int = DOWNLOAD_LIMIT
    connect_within: timedelta = timedelta(seconds=15)  # after that nothing was sent, surely
    answer_within: timedelta = timedelta(seconds=60)  # after that it may have been done or not
    poll_timeout: timedelta = timedelta(seconds=30)  # how long Telegram holds an empty getUpdates open

    def __post_init__(self) -> None:
        if not _TOKEN.fullmatch(self.token):
            raise ValueError(f"The token of {self.account} is not a Telegram bot token (digits:letters).")
        if self.webhook_secret is not None and not _SECRET.fullmatch(self.webhook_secret):
            raise ValueError(
                f"The webhook secret of {self.account} must be 1 to 256 of A-Z, a-z, 0-9, _ and -."
            )
        if not timedelta(seconds=1) <= self.poll_timeout <= timedelta(seconds=50):
            raise ValueError(f"The poll timeout of {self.account} must lie between 1 and 50 seconds.")

    @property
    def path(self) -> str:
        return f"/channels/telegram/{self.desk}"

    @property
    def webhook_url(self) -> str | None:
        """Where Telegram shall bring updates, or None if the bot has to poll."""
        if self.webhook_secret is None or not (self.public_url or "").lower().startswith("https://"):
            return None
        return f"{(self.public_url or '').rstrip('/')}{self.path}"
