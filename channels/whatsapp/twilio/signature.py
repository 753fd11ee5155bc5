"""What makes a webhook of Twilio's trustworthy: a signature over the public URL and every field of the form.

The URL is the configured one, not what the request shows after proxies. The check needs no look-up of sender or
service, and fields nobody has heard of are part of it: https://www.twilio.com/docs/usage/webhooks/webhooks-security
"""

from urllib.parse import parse_qsl

from starlette.datastructures import ImmutableMultiDict
from twilio.request_validator import RequestValidator

HEADER = "X-Twilio-Signature"
FIELDS_LIMIT = 500

Form = ImmutableMultiDict[str, str]


def form_of(body: bytes) -> Form | None:
    """Read a form with its empty and repeated fields, which are signed too; None if it has too many."""
    text = body.decode("utf-8", errors="replace")
    try:
        pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=FIELDS_LIMIT)
    except ValueError:
        return None
    return ImmutableMultiDict(pairs)


def signed(*, url: str, form: Form, signature: str, auth_token: str) -> bool:
    """Tell whether Twilio signed this form for this URL, with or without the port in it."""
    return bool(signature) and bool(RequestValidator(auth_token).validate(url, form, signature))
