"""Addresses of the calendar of bookings: signed, one for each reader. Whether it still leads anywhere stands with the reader."""

from itsdangerous import BadSignature, URLSafeSerializer


class CalendarLinks:
    """Signs and reads them."""

    def __init__(self, secret_key: str, public_url: str) -> None:
        self._serializer = URLSafeSerializer(secret_key, salt="calendar")
        self._public_url = public_url.rstrip("/")

    def url(self, reader: int) -> str:
        return f"{self._public_url}/calendar/{self._serializer.dumps(reader)}.ics"

    def read(self, signed: str) -> int | None:
        """Return the reader; None for an address that is not ours."""
        try:
            reader = self._serializer.loads(signed)
        except BadSignature:
            return None
        return reader if isinstance(reader, int) else None
