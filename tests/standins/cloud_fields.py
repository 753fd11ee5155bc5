"""What a message to the Cloud API may hold, as tables of fields: which are needed, of what type, how long, of what values.

https://developers.facebook.com/documentation/business-messaging/whatsapp/reference/whatsapp-business-phone-number/message-api
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

MEDIA_TYPES = {
    "image": {"image/jpeg", "image/png"},
    "audio": {"audio/aac", "audio/amr", "audio/mp4", "audio/mpeg", "audio/ogg"},
    "video": {"video/3gpp", "video/mp4"},
    "sticker": {"image/webp"},
    "document": {
        "application/msword",
        "application/pdf",
        "application/vnd.ms-excel",
        "application/vnd.ms-powerpoint",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "text/plain",
    },
}


@dataclass(frozen=True, kw_only=True)
class Text:
    least: int = 1
    most: int = 1_000_000  # characters
    one_of: frozenset[str] = frozenset()
    begins: tuple[str, ...] = ("",)
    one_line: bool = False


@dataclass(frozen=True, kw_only=True)
class Flag:
    pass


@dataclass(frozen=True, kw_only=True)
class Many:
    of: "Object"
    least: int = 1
    most: int
    distinct: str = ""  # path of a field that no two may share, such as "reply.title"


@dataclass(frozen=True, kw_only=True)
class Object:
    needed: Mapping[str, "Shape"] = field(default_factory=dict)
    optional: Mapping[str, "Shape"] = field(default_factory=dict)
    one_of: tuple[str, ...] = ()  # exactly one of these optional fields
    by: str = ""  # the field whose value names another that is needed


Shape = Text | Flag | Many | Object


def _medium(**more: Shape) -> Object:
    source = {"id": Text(most=30), "link": Text(begins=("https://", "http://"), most=2000)}
    return Object(optional={**source, **more}, one_of=("id", "link"))


CAPTION = Text(most=1024)
_LINE = Text(one_line=True, most=1024)
_PARAMETER = Object(
    needed={"type": Text(one_of=frozenset({"text", "payload", "coupon_code", "image", "video", "document"}))},
    optional={
        "text": _LINE,
        "parameter_name": Text(most=100, one_line=True),
        "payload": Text(most=256),
        "coupon_code": Text(most=20),
        "image": _medium(),
        "video": _medium(),
        "document": _medium(filename=Text(most=240)),
    },
    by="type",
)
_COMPONENT = Object(
    needed={
        "type": Text(one_of=frozenset({"header", "body", "button"})),
        "parameters": Many(of=_PARAMETER, most=30),
    },
    optional={
        "sub_type": Text(one_of=frozenset({"url", "quick_reply", "copy_code"})),
        "index": Text(one_of=frozenset("0123456789")),
    },
)
TEMPLATE = Object(
    needed={"name": Text(most=512), "language": Object(needed={"code": Text(least=2, most=8)})},
    optional={"components": Many(of=_COMPONENT, most=12)},
)
_REPLY = Object(
    needed={
        "type": Text(one_of=frozenset({"reply"})),
        "reply": Object(needed={"id": Text(most=256), "title": Text(most=20)}),
    }
)
_ROW = Object(needed={"id": Text(most=200), "title": Text(most=24)}, optional={"description": Text(most=72)})
_SECTION = Object(needed={"rows": Many(of=_ROW, most=10, distinct="id")}, optional={"title": Text(most=24)})
BUTTONS = Object(
    needed={
        "type": Text(one_of=frozenset({"button"})),
        "body": Object(needed={"text": Text(most=1024)}),
        "action": Object(needed={"buttons": Many(of=_REPLY, most=3, distinct="reply.title")}),
    }
)
LIST = Object(
    needed={
        "type": Text(one_of=frozenset({"list"})),
        "body": Object(needed={"text": Text(most=4096)}),
        "action": Object(needed={"button": Text(most=20), "sections": Many(of=_SECTION, most=10)}),
    }
)
_ANY_INTERACTIVE = Object(needed={"type": Text(one_of=frozenset({"button", "list"}))})
MESSAGE = Object(
    needed={
        "messaging_product": Text(one_of=frozenset({"whatsapp"})),
        "type": Text(one_of=frozenset({"text", "interactive", "template", "reaction", *MEDIA_TYPES})),
    },
    optional={
        "recipient_type": Text(one_of=frozenset({"individual"})),
        "to": Text(begins=("+",), least=7, most=16),
        "recipient": Text(least=4, most=150),
        "context": Object(needed={"message_id": Text(begins=("wamid.",))}),
        "biz_opaque_callback_data": Text(most=512),
        "text": Object(needed={"body": Text(most=4096)}, optional={"preview_url": Flag()}),
        "image": _medium(caption=CAPTION),
        "video": _medium(caption=CAPTION),
        "document": _medium(caption=CAPTION, filename=Text(most=240)),
        "audio": _medium(),
        "sticker": _medium(),
        "interactive": _ANY_INTERACTIVE,
        "template": TEMPLATE,
        "reaction": Object(needed={"message_id": Text(begins=("wamid.",)), "emoji": Text(least=0, most=20)}),
    },
    one_of=("to", "recipient"),
    by="type",
)
READ = Object(
    needed={
        "messaging_product": Text(one_of=frozenset({"whatsapp"})),
        "status": Text(one_of=frozenset({"read"})),
        "message_id": Text(begins=("wamid.",)),
    },
)


def wrong_in(body: object, table: Object) -> str | None:
    """Return the first thing that the table does not allow; None if all is well."""
    return next(_wrong(body, table, "body"), None)


def _wrong(value: Any, shape: Shape, where: str) -> Iterator[str]:
    match shape:
        case Text():
            yield from _wrong_text(value, shape, where)
        case Flag():
            if not isinstance(value, bool):
                yield f"{where} is no flag"
        case Many():
            yield from _wrong_list(value, shape, where)
        case Object():
            yield from _wrong_object(value, shape, where)


def _wrong_text(value: Any, shape: Text, where: str) -> Iterator[str]:
    if not isinstance(value, str):
        yield f"{where} is no text"
    elif not shape.least <= len(value) <= shape.most:
        yield f"{where} has {len(value)} characters"
    elif shape.one_of and value not in shape.one_of:
        yield f"{where} may not be {value}"
    elif not value.startswith(shape.begins):
        yield f"{where} does not begin with {' or '.join(shape.begins)}"
    elif shape.one_line and (len(value.splitlines()) > 1 or "\t" in value or " " * 5 in value):
        yield f"{where} has more than one line, a tab or five spaces"


def _wrong_list(value: Any, shape: Many, where: str) -> Iterator[str]:
    if not isinstance(value, list) or not shape.least <= len(value) <= shape.most:
        yield f"{where} is no list of {shape.least} to {shape.most}"
        return
    for index, each in enumerate(value):
        yield from _wrong(each, shape.of, f"{where}[{index}]")
    if shape.distinct:
        found = [_at(each, shape.distinct) for each in value]
        if len(set(found)) < len(found):
            yield f"{where} has the same {shape.distinct} twice"


def _wrong_object(value: Any, shape: Object, where: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{where} is no object"
        return
    if shape is _ANY_INTERACTIVE:
        shape = {"button": BUTTONS, "list": LIST}.get(value.get("type", ""), shape)
    fields = {**shape.needed, **shape.optional}
    needed = [*shape.needed, *([value[shape.by]] if value.get(shape.by) in fields else [])]
    yield from (f"{where} lacks {name}" for name in needed if name not in value)
    yield from (f"{where} knows no {name}" for name in value if name not in fields)
    if shape.one_of and sum(name in value for name in shape.one_of) != 1:
        yield f"{where} has not exactly one of {' and '.join(shape.one_of)}"
    for name in value.keys() & fields.keys():
        yield from _wrong(value[name], fields[name], f"{where}.{name}")


def _at(value: Any, path: str) -> Any:
    for name in path.split("."):
        value = value.get(name) if isinstance(value, dict) else None
    return value
