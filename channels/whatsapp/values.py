"""Values that stand in an approved template: on one line and never empty, as Meta asks of every provider."""

import re

EMPTY = "-"  # stands where there is nothing to say

_GAP = re.compile(r"[\s\x00-\x1f\x7f]+")


def clean_value(value: str) -> str:
    """Return a value on one line, with single spaces, never empty."""
    return _GAP.sub(" ", value).strip() or EMPTY
