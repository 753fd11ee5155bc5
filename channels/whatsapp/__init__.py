"""WhatsApp: contacts write to a number, a provider brings it by webhook, answers leave by the provider's API.

`twilio` is a provider with all that is its own. What any provider needs stands here: `texts` (long ones in pieces,
choices as a list), `values` of templates, `files` and what may be sent of them, `locations`, and `outcomes`, which
says when nobody knows whether a message left.
"""

from channels.whatsapp.twilio.adapter import TwilioWhatsApp, whatsapp_routes
from channels.whatsapp.twilio.settings import TwilioSettings

__all__ = ["TwilioSettings", "TwilioWhatsApp", "whatsapp_routes"]
