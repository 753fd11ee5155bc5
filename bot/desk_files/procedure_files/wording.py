"""Texts of a procedure: a line, a few of them, or the same words in several languages."""

from collections.abc import Mapping, Sequence

from bot.desk_files.sections import Section

LANGUAGES = ("id", "en")
LONGEST = 1_000  # characters


def lines(section: Section, key: str) -> tuple[str, ...]:
    """Read one text or a list of them; empty where there is none."""
    found = []
    for path in paths(section, key):
        text = (section.raw(*path) or "").strip()
        if 0 < len(text) <= LONGEST:
            found.append(text)
        else:
            section.problem(f"expected a text of 1 to {LONGEST} characters", *path)
    return tuple(found)


def paths(section: Section, key: str) -> Sequence[tuple[str | int, ...]]:
    """Return where each text stands, of one or of a list of them."""
    value = section.data.get(key)
    if isinstance(value, list):
        return [(key, index) for index in range(len(value))]
    return [(key,)] if value is not None else []


def words(section: Section, key: str, *, language: str, required: str = "") -> Mapping[str, str] | None:
    """Read a text in the desk's language, or one for each: `{id: …, en: …}`; None where there is none."""
    if not section.has(key):
        if required:
            section.problem(f"expected {required}", *([key] if key in section.data else []))
        return None
    if not isinstance(section.data[key], dict):
        text = _text(section, key)
        return {language: text} if text else None
    each = section.below(key)
    each.allow(LANGUAGES)
    if language not in each.data:
        each.problem(f"expected the words in the desk's language, {language}")
    return {named: text for named in LANGUAGES if named in each.data if (text := _text(each, named))}


def _text(section: Section, key: str) -> str:
    text = (section.raw(key) or "").strip()
    if not 0 < len(text) <= LONGEST:
        section.problem(f"expected a text of 1 to {LONGEST} characters", key)
        return ""
    return text
