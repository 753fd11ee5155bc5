"""What came in, byte for byte, as it may be handed out."""

from starlette.exceptions import HTTPException

from console.house import House
from tickets.views import RawEvent


async def raw_content(house: House, raw: RawEvent) -> bytes:
    """Return the bytes of an event: they were kept as they came, so it is now that they are looked into.

    Raises HTTPException(409) for what is withheld, FileNotFoundError, and StoreUnavailableError while it cannot be looked into.
    """
    content = raw.content
    if content is None:
        assert raw.sha256 is not None
        content = await house.ledger.file(raw.sha256)
    if not await house.ledger.may_be_handed_out(content):
        raise HTTPException(409, "the virus scanner objects to what came in; it is handed out to nobody")
    return content
