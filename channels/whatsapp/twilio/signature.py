"""What makes a webhook of Twilio's trustworthy: a signature over the public URL and every field of the form.

The URL is the configured one, not what the request shows after proxies. The check needs no look-up of sender or
service, and fields nobody has heard of are part of it: https://www.twilio.com/docs/usage/webhooks/webhooks-security
"""

import hmac
import re
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from urllib.parse import parse_qsl, urlparse

from twilio.request_validator import RequestValidator, add_port, remove_port

HEADER = "X-Twilio-Signature"
FIELDS_LIMIT = 500
# What makes one message of a webhook: its id (not that of the one it answers), and the number it went to.
_NAMED = {
    "MessageSid": re.compile(r"(?<!OriginalReplied)(?<!Sms)MessageSid((?:SM|MM)[0-9a-f]{32})"),
    "To": re.compile(r"To(whatsapp:\+\d+)"),
}


class Form(dict[str, str]):
    """The fields of a form, the last one of each name."""

    def __init__(self, pairs: Sequence[tuple[str, str]]) -> None:
        super().__init__(pairs)
        self._all: dict[str, list[str]] = {}
        if len(self) < len(pairs):
            self._all = defaultdict(list)
            for name, value in pairs:
                self._all[name].append(value)

    def getall(self, name: str) -> list[str]:
        """Return all values of a name that is there, as the signature takes them."""
        return self._all.get(name) or [self[name]]


def form_of(body: bytes) -> Form | None:
    """Read a form with its empty and repeated fields, which are signed too; None if it has too many."""
    text = body.decode("utf-8", errors="replace")
    try:
        return Form(parse_qsl(text, keep_blank_values=True, max_num_fields=FIELDS_LIMIT))
    except ValueError:
        return None


def signed(*, url: str, form: Form, signature: str, auth_token: str) -> bool:
    """Tell whether Twilio signed this form for this URL, with or without the port in it."""
    validator = _validator(auth_token)
    return (
        bool(signature)
        and any(
            hmac.compare_digest(validator.compute_signature(each, form).encode(), signature.encode())
            for each in _spelt(url)
        )
        and _is_cut_as_signed(form)
    )


def _is_cut_as_signed(form: Form) -> bool:
    """Tell whether the form says which message it is as its signed text does, and says it once.

    Names and values are signed run together, so a signature fits the same text cut elsewhere as well: what was signed as
    `MessageSid=SM1&NumMedia=0` could come again as `MessageSid=SM1NumMedia0`, and be taken for another message.
    """
    text = "".join(f"{name}{value}" for name, value in sorted(form.items()))
    return all(set(named.findall(text)) <= {form.get(name)} for name, named in _NAMED.items())


@lru_cache(maxsize=64)
def _validator(auth_token: str) -> RequestValidator:
    return RequestValidator(auth_token)


@lru_cache(maxsize=64)
def _spelt(url: str) -> tuple[str, str]:
    """Return a URL without its port, as most are signed, and with it."""
    parsed = urlparse(url)
    return remove_port(parsed), add_port(parsed)
