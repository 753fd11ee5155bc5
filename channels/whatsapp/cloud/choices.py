"""Buttons of the desk as WhatsApp shows them: up to three as buttons, up to ten as a list, else as numbered words.

https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/interactive-reply-buttons-messages
"""

from collections.abc import Sequence

from channels.splitting import units
from channels.whatsapp.cloud.envelope import Json
from channels.whatsapp.texts import cut
from tickets.message import Button

MOST_BUTTONS, BUTTON_LABEL, BUTTON_BODY = 3, 20, 1024
MOST_ROWS, ROW_LABEL, ROW_DETAIL, ROW_ID, LIST_BODY = 10, 24, 72, 200, 4096
_OPENS = {"id": "Pilih", "en": "Choose"}  # the words on what opens a list


def interactive(text: str, buttons: Sequence[Sequence[Button]], *, language: str) -> Json | None:
    """Return the text with its choices as one message; None where WhatsApp cannot show them so."""
    flat = [Button(label=" ".join(each.label.split()), data=each.data) for row in buttons for each in row]
    if not text.strip() or not flat or not _distinct(flat):
        return None
    if len(flat) <= MOST_BUTTONS and units(text) <= BUTTON_BODY and _fit(flat, BUTTON_LABEL):
        return _buttons(text, flat)
    if len(flat) <= MOST_ROWS and units(text) <= LIST_BODY and _fit(flat, ROW_DETAIL):
        return _list(text, flat, _OPENS.get(language, _OPENS["en"]))
    return None


def _distinct(flat: Sequence[Button]) -> bool:
    """Whether each choice is there, is another one to the eye and to us, and is short enough to come back."""
    labels = {each.label for each in flat if each.label}
    data = {each.data for each in flat if each.data and units(each.data) <= ROW_ID}
    return len(labels) == len(data) == len(flat)


def _fit(flat: Sequence[Button], limit: int) -> bool:
    return all(units(each.label) <= limit for each in flat)


def _buttons(text: str, flat: Sequence[Button]) -> Json:
    shown = [{"type": "reply", "reply": {"id": each.data, "title": each.label}} for each in flat]
    return {"type": "button", "body": {"text": text}, "action": {"buttons": shown}}


def _list(text: str, flat: Sequence[Button], opens: str) -> Json:
    return {
        "type": "list",
        "body": {"text": text},
        "action": {"button": opens, "sections": [{"rows": [_row(each) for each in flat]}]},
    }


def _row(button: Button) -> Json:
    """A label that is too long for its line is cut there and stands whole below."""
    if units(button.label) <= ROW_LABEL:
        return {"id": button.data, "title": button.label}
    return {"id": button.data, "title": cut(button.label, ROW_LABEL), "description": button.label}
