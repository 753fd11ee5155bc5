"""Text that a file can hold: whatever came in by a message or a form, without what no typeface and no XML knows."""

import re

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def writable(text: str) -> str:
    """Leave out control characters, halves of characters, and what is none."""
    return _UNWRITABLE.sub("", text)
