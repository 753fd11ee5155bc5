"""Loading aiogram builds next to nothing, and what is used is built then."""

from aiogram import methods, types
from aiogram.methods.base import Response
from pydantic import BaseModel

SAID = {"message_id": 2, "date": 3, "chat": {"id": 4, "type": "private"}, "text": "Halo"}


class Own(BaseModel):
    then: "Later | None" = None


class Later(BaseModel):
    word: str


def test_a_type_of_telegram_is_built_when_it_is_first_used():
    kinds = [kind for kind in vars(types).values() if isinstance(kind, type) and issubclass(kind, BaseModel)]
    built = [kind for kind in kinds if kind.__pydantic_complete__]
    assert len(kinds) > 300
    assert len(built) < len(kinds) / 2
    read = types.Update.model_validate({"update_id": 1, "message": SAID})
    assert isinstance(read.message.chat, types.Chat)
    assert Response[types.Message].model_validate({"ok": True, "result": SAID}).result.text == "Halo"
    keys = {"inline_keyboard": [[{"text": "Ya", "callback_data": "y"}]]}
    answer = methods.SendMessage(chat_id=4, text="Halo", reply_markup=keys)
    assert isinstance(answer.reply_markup, types.InlineKeyboardMarkup)


def test_other_models_are_built_as_ever():
    assert Own.model_rebuild()
    assert Own(then={"word": "a"}).then.word == "a"
