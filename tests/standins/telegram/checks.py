"""Reads a request as the Bot API does and refuses it in the Bot API's words.

Fields, types and lengths come from aiogram's models of the methods and from the official description (`schema`), what the
server says of them from https://core.telegram.org/bots/api. One thing is stricter than the real server: a parameter that the method does not have is refused instead of ignored.
"""

import json
import re
import types
import typing
from collections.abc import Mapping
from typing import Any

from aiogram import methods
from aiogram.methods import TelegramMethod
from pydantic import BaseModel, ValidationError
from starlette.datastructures import UploadFile
from starlette.requests import Request

from tests.standins.telegram.schema import mistakes, units

KNOWN: dict[str, type[TelegramMethod[Any]]] = {
    method.__api_method__: method
    for method in (
        methods.AnswerCallbackQuery,
        methods.CloseForumTopic,
        methods.CreateForumTopic,
        methods.DeleteMessage,
        methods.DeleteWebhook,
        methods.EditForumTopic,
        methods.EditMessageCaption,
        methods.EditMessageReplyMarkup,
        methods.EditMessageText,
        methods.GetFile,
        methods.GetMe,
        methods.GetMyCommands,
        methods.GetUpdates,
        methods.GetWebhookInfo,
        methods.ReopenForumTopic,
        methods.SendDocument,
        methods.SendMessage,
        methods.SendPhoto,
        methods.SetMessageReaction,
        methods.SetMyCommands,
        methods.SetWebhook,
    )
}

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")

PHOTO_BYTES = 10 * 1024 * 1024
DOCUMENT_BYTES = 50 * 1024 * 1024

# Those that everybody may use: https://core.telegram.org/bots/api#reactiontypeemoji
_REACTIONS = (
    "❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 "
    "🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 "
    "🍾 💋 🖕 😈 😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 "
    "🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ "
    "😡 "
)
REACTIONS = frozenset(_REACTIONS.split())


class Refused(Exception):  # noqa: N818  it is what the server says
    """The answer that says no."""

    def __init__(
        self, description: str, *, status: int = 400, parameters: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(description)
        self.description = description
        self.status = status
        self.parameters = parameters

    def body(self) -> dict[str, Any]:
        answer: dict[str, Any] = {"ok": False, "error_code": self.status, "description": self.description}
        return {**answer, "parameters": dict(self.parameters)} if self.parameters else answer


class Asked(dict[str, Any]):
    """A request's parameters, checked, with the files that came along under `files`."""

    def __init__(self, values: Mapping[str, Any], files: Mapping[str, tuple[str, str, bytes]]) -> None:
        super().__init__(values)
        self.files = dict(files)  # form key -> name, type, content

    def file(self, field: str) -> tuple[str, str, bytes]:
        """Return what was uploaded for a field, directly or as `attach://key`."""
        key = str(self.get(field, "")).removeprefix("attach://")
        if key not in self.files:
            raise Refused(f"Bad Request: there is no {field} in the request")
        name, kind, content = self.files[key]
        if not content:
            raise Refused("Bad Request: file must be non-empty")
        if len(content) > DOCUMENT_BYTES:
            raise Refused("Request Entity Too Large", status=413)
        return name, kind, content


async def read(request: Request, method: str) -> Asked:
    """Read and check a request's parameters. Raises Refused."""
    model = KNOWN.get(method)
    if model is None:
        raise Refused("Not Found: method not found", status=404)
    sent, files = await _sent(request)
    unknown = set(sent) - set(model.model_fields) - set(files)
    if unknown:
        raise Refused(f"Bad Request: unknown parameters {sorted(unknown)}")
    values = {
        name: _decoded(model, name, value) for name, value in sent.items() if name in model.model_fields
    }
    try:
        model.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise Refused(f"Bad Request: parameter {place}: {first['msg']}") from error
    asked = Asked(values, files)
    _check_lengths(asked)
    if found := mistakes(method, values):
        raise Refused(f"Bad Request: {found[0]}")
    return asked


async def _sent(request: Request) -> tuple[dict[str, Any], dict[str, tuple[str, str, bytes]]]:
    sent: dict[str, Any] = dict(request.query_params)
    files = {}
    if request.headers.get("content-type", "").startswith("application/json"):
        sent.update(await request.json())
    else:
        async with request.form() as form:
            for key, value in form.multi_items():
                if isinstance(value, UploadFile):
                    files[key] = (value.filename or "", value.content_type or "", await value.read())
                else:
                    sent[key] = value
    return sent, files


def _decoded(model: type[BaseModel], name: str, value: Any) -> Any:
    """Objects and lists travel as JSON inside the form."""
    if not isinstance(value, str) or not _is_structured(model.model_fields[name].annotation):
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise Refused(f"Bad Request: can't parse {name} JSON object") from None


def _is_structured(annotation: Any) -> bool:
    origin = typing.get_origin(annotation)
    if origin in {typing.Union, types.UnionType, typing.Annotated}:
        return any(_is_structured(each) for each in typing.get_args(annotation))
    return origin is list or (isinstance(annotation, type) and issubclass(annotation, BaseModel))


def _check_lengths(asked: Asked) -> None:
    if "text" in asked:
        if not asked["text"].strip():
            raise Refused("Bad Request: message text is empty")
        if units(asked["text"]) > 4096:
            raise Refused("Bad Request: message is too long")
    if units(asked.get("caption") or "") > 1024:
        raise Refused("Bad Request: message caption is too long")
    if "name" in asked and not 1 <= len(asked["name"]) <= 128:
        raise Refused("Bad Request: TOPIC_NAME_INVALID")
    if any(reaction.get("emoji") not in REACTIONS for reaction in asked.get("reaction") or []):
        raise Refused("Bad Request: REACTION_INVALID")
    if any(not _COMMAND.fullmatch(each["command"]) for each in asked.get("commands") or []):
        raise Refused("Bad Request: BOT_COMMAND_INVALID")
    _check_keyboard(asked.get("reply_markup") or {})


def _check_keyboard(markup: dict[str, Any]) -> None:
    for key in (key for row in markup.get("inline_keyboard", []) for key in row):
        if not 1 <= len(key.get("callback_data", "").encode()) <= 64:
            raise Refused("Bad Request: BUTTON_DATA_INVALID")
        if not key["text"].strip():
            raise Refused("Bad Request: inline keyboard button text must be non-empty")


def reply_is_lenient(asked: Asked) -> bool:
    return bool((asked.get("reply_parameters") or {}).get("allow_sending_without_reply"))
