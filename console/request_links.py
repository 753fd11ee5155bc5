"""Links to the page of a form that a contact fills in: signed, so that nobody guesses another's."""

from itsdangerous import BadSignature, URLSafeSerializer


class RequestLinks:
    """Signs and reads them. How long one is good for stands with the request."""

    def __init__(self, secret_key: str, public_url: str) -> None:
        self._serializer = URLSafeSerializer(secret_key, salt="request")
        self._public_url = public_url.rstrip("/")

    def url(self, request: int) -> str:
        return f"{self._public_url}{self.path(request)}"

    def path(self, request: int) -> str:
        return f"/requests/{self._serializer.dumps(request)}"

    def read(self, signed: str) -> int | None:
        """Return the request; None for a link that is not ours."""
        try:
            request = self._serializer.loads(signed)
        except BadSignature:
            return None
        return request if isinstance(request, int) else None
