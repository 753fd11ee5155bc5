"""Files that are no text, such as a logo, where a desk's files are kept as texts: as a data URL, `data:;base64,…`."""

import base64
import binascii

_MARK = "data:;base64,"


def as_text(content: bytes) -> str:
    """Return what stands for the bytes among texts: their text, where they have one that a database takes."""
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return _MARK + base64.b64encode(content).decode()
    return _MARK + base64.b64encode(content).decode() if "\x00" in text or is_binary(text) else text


def as_bytes(text: str) -> bytes:
    """Return the bytes that a text stands for."""
    if is_binary(text):
        try:
            return base64.b64decode(text[len(_MARK) :], validate=True)
        except binascii.Error:
            pass
    return text.encode()


def is_binary(text: str) -> bool:
    return text.startswith(_MARK)
