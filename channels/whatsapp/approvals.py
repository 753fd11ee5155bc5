"""Approved templates as any provider lists them: where they stand, and which variables their texts have."""

import re
from collections.abc import Iterable

from tickets.message import TemplateState

_VARIABLE = re.compile(r"\{\{\s*(\w{1,60})\s*\}\}")
_STATES = {
    "approved": TemplateState.APPROVED,
    "flagged": TemplateState.APPROVED,  # disliked, and still sent
    "reinstated": TemplateState.APPROVED,
    "locked": TemplateState.APPROVED,  # against changes
    "unlocked": TemplateState.APPROVED,
    "archived": TemplateState.DISABLED,
    "rejected": TemplateState.REJECTED,
    "paused": TemplateState.PAUSED,
    "disabled": TemplateState.DISABLED,
    "deleted": TemplateState.DISABLED,
    "pending_deletion": TemplateState.DISABLED,
    "limit_exceeded": TemplateState.PAUSED,
}


def state_of(status: str) -> TemplateState:
    """Read a provider's word; what is not known yet is not approved yet."""
    return _STATES.get(status.strip().lower(), TemplateState.PENDING)


def names_in(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the variables of texts such as `Halo {{1}}`, each once, in order of appearance."""
    return tuple(dict.fromkeys(name for text in texts for name in _VARIABLE.findall(text)))
