"""An approved template as the Cloud API takes it: by name and language, with a component for each part that varies.

A variable's key says where it belongs: `1`, `2` or a name in the body; `header` or `header.image` (`video`,
`document`: a link, or a medium's id) above it; `button.0.url`, `button.1.quick_reply`, `button.2.copy_code` below.
https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/template-components
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from channels.contract import RefusedByProvider
from channels.splitting import units
from channels.whatsapp.cloud.envelope import Json
from channels.whatsapp.cloud.errors import CODES
from channels.whatsapp.values import clean_value
from tickets.message import Template

VALUE_LIMIT = 1024  # of a body as a whole, so no value can be longer
_MISSHAPEN, _TOO_LONG = 132012, 132005
_MEDIA = ("image", "video", "document")
_BUTTONS: Mapping[str, Callable[[str], Json]] = {
    "url": lambda value: {"type": "text", "text": value},
    "quick_reply": lambda value: {"type": "payload", "payload": value},
    "copy_code": lambda value: {"type": "coupon_code", "coupon_code": value},
}


def template_of(template: Template, *, language: str) -> Json:
    """Return the template to send; `language` is of one that names none. Raises RefusedByProvider."""
    code = template.language or language
    body: dict[str, Any] = {"name": template.content_sid, "language": {"code": code}}
    components = list(_components(template.variables))
    return {**body, "components": components} if components else body


def _components(variables: Mapping[str, str]) -> Iterator[Json]:
    values = {key: _value(value) for key, value in variables.items()}
    header = [_header(key, value) for key, value in values.items() if key.partition(".")[0] == "header"]
    body = [
        (key, value) for key, value in values.items() if key.partition(".")[0] not in {"header", "button"}
    ]
    if len(header) > 1:
        raise _refused(_MISSHAPEN)
    if header:
        yield {"type": "header", "parameters": header}
    if body:
        yield {"type": "body", "parameters": [_parameter(*each) for each in sorted(body, key=_position)]}
    for key, value in values.items():
        if key.partition(".")[0] == "button":
            yield _button(key, value)


def _value(value: str) -> str:
    cleaned = clean_value(value)
    if units(cleaned) > VALUE_LIMIT:
        raise _refused(_TOO_LONG)
    return cleaned


def _position(variable: tuple[str, str]) -> int:
    return int(variable[0]) if variable[0].isdecimal() else 0


def _parameter(key: str, value: str) -> Json:
    name = {} if key.isdecimal() else {"parameter_name": key}
    return {"type": "text", **name, "text": value}


def _header(key: str, value: str) -> Json:
    _, _, kind = key.partition(".")
    if kind in _MEDIA:
        return {"type": kind, kind: {"id" if value.isdecimal() else "link": value}}
    return _parameter(kind or "1", value)


def _button(key: str, value: str) -> Json:
    index, _, kind = key.partition(".")[2].partition(".")
    if not index.isdecimal() or kind not in _BUTTONS:
        raise _refused(_MISSHAPEN)
    return {"type": "button", "sub_type": kind, "index": index, "parameters": [_BUTTONS[kind](value)]}


def _refused(code: int) -> RefusedByProvider:
    return RefusedByProvider(CODES[code].says, code=str(code))
