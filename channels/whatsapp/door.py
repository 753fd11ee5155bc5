"""The routes of WhatsApp: `POST /channels/whatsapp/<desk>`, whichever provider a desk's accounts are at.

Each provider signs in a header of its own, and by that it is known. Twilio tells how messages fare at `/status` below;
Meta asks at the same address by GET when the webhook is set up.
"""

from collections.abc import Iterator, Sequence

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from channels.contract import Inlet
from channels.whatsapp.cloud.adapter import CloudWhatsApp
from channels.whatsapp.cloud.door import CloudDoor
from channels.whatsapp.cloud.settings import CloudSettings
from channels.whatsapp.cloud.signature import HEADER as META_SIGNS
from channels.whatsapp.twilio.adapter import TwilioWhatsApp
from channels.whatsapp.twilio.door import TwilioDoor
from channels.whatsapp.twilio.settings import TwilioSettings

WhatsApp = TwilioWhatsApp | CloudWhatsApp


def whatsapp_routes(adapters: Sequence[WhatsApp], inlet: Inlet) -> list[BaseRoute]:
    """Return the routes of all adapters, whichever of a desk's numbers a webhook is for."""
    settings = [each.settings for each in adapters]
    desks = dict.fromkeys(each.desk for each in settings)
    return [route for desk in desks for route in _of_desk(desk, settings, inlet)]


def _of_desk(desk: str, settings: Sequence[TwilioSettings | CloudSettings], inlet: Inlet) -> Iterator[Route]:
    at_twilio = [each for each in settings if isinstance(each, TwilioSettings) and each.desk == desk]
    at_meta = [each for each in settings if isinstance(each, CloudSettings)]
    own = [each for each in at_meta if each.desk == desk]
    twilio = TwilioDoor(at_twilio, inlet) if at_twilio else None
    cloud = CloudDoor(own, at_meta, inlet) if own else None

    async def heard(request: Request) -> Response:
        if cloud is not None and (twilio is None or META_SIGNS in request.headers):
            return await cloud.hear(request)
        assert twilio is not None
        return await twilio.message(request)

    path = f"/channels/whatsapp/{desk}"
    yield Route(path, heard, methods=["POST"], name=f"whatsapp:{desk}")
    if cloud is not None:
        yield Route(path, cloud.verify, methods=["GET"], name=f"whatsapp-verify:{desk}")
    if twilio is not None:
        yield Route(f"{path}/status", twilio.status, methods=["POST"], name=f"whatsapp-status:{desk}")
