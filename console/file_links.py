"""The links of messages' files: signed, so that nobody can guess one, and good for a while."""

from itsdangerous import BadSignature, URLSafeTimedSerializer

VALID_FOR = 7 * 24 * 60 * 60  # seconds


class FileLinks:
    """Signs and reads the links of attachments."""

    def __init__(self, secret_key: str, public_url: str) -> None:
        self._serializer = URLSafeTimedSerializer(secret_key, salt="file")
        self._public_url = public_url.rstrip("/")

    def path(self, attachment: int) -> str:
        return f"/files/{self._serializer.dumps(attachment)}"

    def url(self, attachment: int) -> str:
        return f"{self._public_url}{self.path(attachment)}"

    def read(self, signed: str) -> int | None:
        """Return the id of the attachment; None for a link that is not ours or too old."""
        try:
            attachment = self._serializer.loads(signed, max_age=VALID_FOR)
        except BadSignature:
            return None
        return attachment if isinstance(attachment, int) else None
