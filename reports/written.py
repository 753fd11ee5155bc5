"""Numbers as people read them in a report: `1.234` and `93,4%` in Indonesian, `1,234` and `93.4%` in English."""

from templates_replies.catalogue import Language

NOTHING = "–"
_EXCHANGED = str.maketrans(",.", ".,")


def number(many: float, language: Language, *, places: int = 0) -> str:
    said = f"{many:,.{places}f}"
    return said.translate(_EXCHANGED) if language == "id" else said


def percent(share: float | None, language: Language) -> str:
    """Say a share from 0 to 1; only none is 0% and only all is 100%. None: there is nothing to have a share of."""
    if share is None:
        return NOTHING
    tenths = round(share * 1000)
    if 0 < share < 1:
        tenths = min(max(tenths, 1), 999)
    return f"{number(tenths / 10, language, places=1 if tenths % 10 else 0)}%"
