"""The routes of WhatsApp: `POST /channels/whatsapp/<desk>`, whichever provider a desk's accounts are at.

Each provider signs in a header of its own, and by that it is known. Twilio tells how messages fare at `/status` below;
Meta asks at the same address by GET when the webhook is set up.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from channels.contract import Inlet
from channels.whatsapp.cloud.adapter import CloudWhatsApp
from channels.whatsapp.cloud.door import Apps, CloudDoor
from channels.whatsapp.cloud.settings import CloudSettings
from channels.whatsapp.cloud.signature import HEADER as META_SIGNS
from channels.whatsapp.twilio.adapter import TwilioWhatsApp
from channels.whatsapp.twilio.door import TwilioDoor
from channels.whatsapp.twilio.settings import TwilioSettings

WhatsApp = TwilioWhatsApp | CloudWhatsApp


def whatsapp_routes(adapters: Sequence[WhatsApp], inlet: Inlet) -> list[BaseRoute]:
    """Return the routes of all adapters, whichever of a desk's numbers a webhook is for."""
    at_twilio, at_meta = (
        defaultdict[str, list[TwilioSettings]](list),
        defaultdict[str, list[CloudSettings]](list),
    )
    for settings in (each.settings for each in adapters):
        if isinstance(settings, TwilioSettings):
            at_twilio[settings.desk].append(settings)
        else:
            at_meta[settings.desk].append(settings)
    apps = Apps(chain.from_iterable(at_meta.values()))
    desks = dict.fromkeys(each.settings.desk for each in adapters)
    return [
        route
        for desk in desks
        for route in _of_desk(
            desk,
            TwilioDoor(at_twilio[desk], inlet) if desk in at_twilio else None,
            CloudDoor(at_meta[desk], apps, inlet) if desk in at_meta else None,
        )
    ]


def _of_desk(desk: str, twilio: TwilioDoor | None, cloud: CloudDoor | None) -> Iterator[Route]:
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
