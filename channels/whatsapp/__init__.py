"""WhatsApp: contacts write to a number, a provider brings it by webhook, answers leave by the provider's API.

`twilio` and `cloud` (Meta's own) are providers, each with all that is its own; `door` tells which of them calls. What
both need stands here: `texts` (long ones in pieces, choices as a list), `values` of templates, `files` and what may be
sent of them, `locations`, contact `cards`, the `meanings` of error codes, and `outcomes`, which says when nobody knows whether a
message left.
"""

from channels.whatsapp.cloud.adapter import CloudWhatsApp
from channels.whatsapp.cloud.settings import CloudSettings
from channels.whatsapp.door import WhatsApp, whatsapp_routes
from channels.whatsapp.twilio.adapter import TwilioWhatsApp
from channels.whatsapp.twilio.settings import TwilioSettings

__all__ = [
    "CloudSettings",
    "CloudWhatsApp",
    "TwilioSettings",
    "TwilioWhatsApp",
    "WhatsApp",
    "whatsapp_routes",
]
