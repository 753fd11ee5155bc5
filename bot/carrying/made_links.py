"""Links to what Tanggap makes itself (papers of a case, the SOP form), for providers that fetch the files they send."""

from collections.abc import Callable, Mapping
from typing import Any

from itsdangerous import BadSignature, URLSafeTimedSerializer

PATH = "/made/{signed}"
VALID_FOR = 24 * 60 * 60  # seconds
MadeLink = Callable[[Mapping[str, Any]], str | None]  # the address of what is named so


def no_link(_named: Mapping[str, Any]) -> None:
    """Where nobody serves files, there is no link to one."""
    return


class MadeLinks:
    """Signs and reads what names a file: `{"paper": 7}`, `{"report": 7}`, or `{"desk": …, "case" or "procedure": …, "at": 0}` of a form's files."""

    def __init__(self, secret_key: str, public_url: str) -> None:
        self._serializer = URLSafeTimedSerializer(secret_key, salt="made")
        self._public_url = public_url.rstrip("/")

    def url(self, named: Mapping[str, Any]) -> str:
        return f"{self._public_url}{PATH.format(signed=self._serializer.dumps(dict(named)))}"

    def read(self, signed: str) -> Mapping[str, Any] | None:
        """Return what a link names; None for one that is not ours, or too old."""
        try:
            found = self._serializer.loads(signed, max_age=VALID_FOR)
        except BadSignature:
            return None
        return found if isinstance(found, dict) else None
