"""What makes a webhook of Meta's trustworthy: an HMAC of the body, byte for byte, under the app's secret.

https://developers.facebook.com/docs/graph-api/webhooks/getting-started#validate-payloads
"""

import hashlib
import hmac

HEADER = "X-Hub-Signature-256"
_PREFIX = "sha256="


def signature_of(body: bytes, app_secret: str) -> str:
    """Return what the header says of a body."""
    return f"{_PREFIX}{hmac.new(app_secret.encode(), body, hashlib.sha256).hexdigest()}"


def signed(body: bytes, *, signature: str, app_secret: str) -> bool:
    """Tell whether Meta signed these bytes."""
    return same(signature, signature_of(body, app_secret))


def same(given: str, expected: str) -> bool:
    """Compare two secrets in constant time."""
    return hmac.compare_digest(given.encode("utf-8", "replace"), expected.encode("utf-8", "replace"))
