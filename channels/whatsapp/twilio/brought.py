"""What Twilio's list says of a message that came in, as the form in which its webhook would have brought it.

The list has less than the webhook: no name of the contact, no button that was pressed. Words, files and who wrote are
the same, and read as every other message.
https://www.twilio.com/docs/messaging/api/message-resource, https://www.twilio.com/docs/messaging/api/media-resource
"""

from collections.abc import Mapping, Sequence
from email.utils import format_datetime
from typing import Any

SENT_AT = "DateSent"  # a field of ours: webhooks have no time of their own
_API = "https://api.twilio.com"


def form_of(message: Any, media: Sequence[Any]) -> Mapping[str, str]:
    """Return the form of a message of twilio's client, with its media. Raises ValueError where it is none that came in."""
    at = message.date_sent or message.date_created
    if message.direction != "inbound" or not message.sid or at is None:
        raise ValueError("Twilio's answer is no message that came in.")
    form = {
        "MessageSid": message.sid, "SmsStatus": "received", "AccountSid": message.account_sid or "", "From": message.from_ or "",
        "To": message.to or "", "Body": message.body or "", "NumMedia": str(len(media)), SENT_AT: format_datetime(at),
    }  # fmt: skip
    if message.messaging_service_sid:
        form["MessagingServiceSid"] = message.messaging_service_sid
    for index, each in enumerate(media):
        form[f"MediaUrl{index}"] = f"{_API}{(each.uri or '').removesuffix('.json')}"
        form[f"MediaContentType{index}"] = each.content_type or ""
    return form
