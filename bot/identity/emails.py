"""The writer's own mailbox."""

import re
from collections.abc import Sequence

from bot.identity.forms import LABEL
from bot.identity.numbers import OTHERS

_EMAIL = re.compile(
    r"(?<![\w.+-])[A-Za-z0-9][\w.+-]{0,63}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,5}[A-Za-z]{2,18}(?![\w@-])",
    re.ASCII,
)
_TO_OTHERS = re.compile(
    r"\b(?:ke|kepada|to|cc|hubungi|contact)[ :]*(?:email|e-mail|alamat)?[ :]*$", re.IGNORECASE
)


def email_in(lines: Sequence[str]) -> str | None:
    """Return the writer's address: the one behind a label, else the only one that is nobody else's."""
    found: dict[str, bool] = {}
    for line in (each for each in lines if "@" in each):
        for match in _EMAIL.finditer(line):
            before = line[max(0, match.start() - 40) : match.start()]
            if OTHERS.search(before) or _TO_OTHERS.search(before):
                continue
            labelled = any(
                label.lastgroup == "email" and not before[label.end() :].strip()
                for label in LABEL.finditer(before)
            )
            found[match[0].lower()] = found.get(match[0].lower(), False) or labelled
    own = [address for address, labelled in found.items() if labelled] or list(found)
    return own[0] if len(own) == 1 else None
