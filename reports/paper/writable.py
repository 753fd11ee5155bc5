"""Text that a file can hold: whatever came in by a message or a form, without what no typeface and no XML knows.

Signs that turn the direction of writing are left out too: one that is never closed turns the sentences after it around.
"""

import re

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def writable(text: str) -> str:
    """Leave out control characters, turns, halves of characters, and what is none."""
    return _UNWRITABLE.sub("", text)
