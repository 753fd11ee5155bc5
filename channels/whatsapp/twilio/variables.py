"""Variables of an approved template, as Twilio takes them.

Refused with 21656 are empty values, new lines, tabs and more than four spaces in a row; with 21658 long ones:
https://www.twilio.com/docs/api/errors/21656
"""

import json
from collections.abc import Mapping

from channels.contract import RefusedByProvider
from channels.splitting import units
from channels.whatsapp.twilio.errors import CODES
from channels.whatsapp.values import clean_value

VALUE_LIMIT = 1600


def content_variables(variables: Mapping[str, str]) -> str | None:
    """Return `ContentVariables`, a JSON object of strings, or None if there are none. Raises RefusedByProvider."""
    cleaned = {str(name): clean_value(value) for name, value in variables.items()}
    if any(units(value) > VALUE_LIMIT for value in cleaned.values()):
        raise RefusedByProvider(CODES[21658].says, code="21658")
    return json.dumps(cleaned, ensure_ascii=False) if cleaned else None
