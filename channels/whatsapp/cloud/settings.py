"""What one WhatsApp number at Meta's Cloud API needs to know of its surroundings."""

import re
from dataclasses import dataclass, field
from datetime import timedelta

GRAPH = "https://graph.facebook.com"
VERSION = "v26.0"  # of July 2026; Meta serves a version for two years: https://developers.facebook.com/docs/graph-api/changelog
MEDIA_LIMIT = 100 * 1024 * 1024  # bytes, of a document

_NUMBER = re.compile(r"\+[1-9][0-9]{5,14}")
_ID = re.compile(r"[0-9]{5,30}")


@dataclass(frozen=True, kw_only=True)
class CloudSettings:
    """One number of one desk. Raises ValueError, without a secret in it, where a value cannot be right."""

    account: str  # key of the desk's account, such as "itb-care-center/whatsapp"
    desk: str  # slug, the last part of the webhook's path
    sender: str  # bare E.164, as people see it
    phone_number_id: str  # Meta's id of that number
    access_token: str = field(repr=False)
    app_secret: str = field(repr=False)  # of the Meta app: webhooks are signed with it
    verify_token: str | None = field(default=None, repr=False)  # said by Meta when the webhook is set up
    business_account_id: str | None = None  # to which number and templates belong
    api: str | None = None  # base URL that replaces https://graph.facebook.com
    language: str = "id"  # of templates that name none, and of the few words of ours
    max_file_bytes: int = MEDIA_LIMIT
    timeout: timedelta = timedelta(seconds=15)  # to connect, and again to be answered

    def __post_init__(self) -> None:
        if not _NUMBER.fullmatch(self.sender):
            raise ValueError(f"The sender of {self.account} must be a number such as +62811223344.")
        for name, value in (
            ("phone number id", self.phone_number_id),
            ("business account id", self.business_account_id),
        ):
            if value is not None and not _ID.fullmatch(value):
                raise ValueError(f"The {name} of {self.account} must be Meta's id: digits alone.")

    @property
    def path(self) -> str:
        return f"/channels/whatsapp/{self.desk}"

    @property
    def graph(self) -> str:
        """The base of every call."""
        return f"{(self.api or GRAPH).rstrip('/')}/{VERSION}"
