"""Links to the page of an invitation to the survey of public services: signed, so that nobody guesses another's."""

from itsdangerous import BadSignature, URLSafeSerializer


class SurveyLinks:
    """Signs and reads them. How long one is good for stands with the invitation."""

    def __init__(self, secret_key: str, public_url: str) -> None:
        self._serializer = URLSafeSerializer(secret_key, salt="survey")
        self._public_url = public_url.rstrip("/")

    def path(self, invitation: int) -> str:
        return f"/survey/{self._serializer.dumps(invitation)}"

    def url(self, invitation: int) -> str:
        return f"{self._public_url}{self.path(invitation)}"

    def read(self, signed: str) -> int | None:
        """Return the invitation; None for a link that is not ours."""
        try:
            invitation = self._serializer.loads(signed)
        except BadSignature:
            return None
        return invitation if isinstance(invitation, int) else None
