"""Links to pages that need no log-in, for whoever has one: signed, so that nobody guesses another's."""

from itsdangerous import BadSignature, URLSafeSerializer


class PageLinks:
    """Signs and reads those of one kind of page. How long one is good for stands with what it shows."""

    def __init__(self, secret_key: str, public_url: str, *, kind: str) -> None:
        self._serializer = URLSafeSerializer(secret_key, salt=kind)
        self._public_url = public_url.rstrip("/")
        self._kind = kind

    def path(self, id_: int) -> str:
        return f"/{self._kind}/{self._serializer.dumps(id_)}"

    def url(self, id_: int) -> str:
        return f"{self._public_url}{self.path(id_)}"

    def read(self, signed: str) -> int | None:
        """Return what a link is to; None for one that is not ours, or of another kind."""
        try:
            found = self._serializer.loads(signed)
        except BadSignature:
            return None
        return found if isinstance(found, int) else None


def survey_links(secret_key: str, public_url: str) -> PageLinks:
    """Return the links to the survey of public services: of its invitations."""
    return PageLinks(secret_key, public_url, kind="survey")


def request_links(secret_key: str, public_url: str) -> PageLinks:
    """Return the links to forms that contacts fill in: of their requests."""
    return PageLinks(secret_key, public_url, kind="requests")


def turn_links(secret_key: str, public_url: str) -> PageLinks:
    """Return the links to the page of what is a requester's turn: of their cases."""
    return PageLinks(secret_key, public_url, kind="turns")
