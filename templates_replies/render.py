"""Reply templates become text: values are put in as they are, and what is missing is said instead of left empty.

A missing value stays visible as `{name}` in the text, so that the agent who sees it before sending knows where. A
rendered text that misses something is never sent by itself.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from templates_replies.catalogue import LANGUAGES, Language, ReplyTemplate, WhatsAppTemplate
from templates_replies.placeholders import Placeholder, pieces

LONGEST_VALUE = 500  # characters: a value is a name or a sentence, whoever typed it

# `*bold*` of WhatsApp, `**bold**` of ours and their like begin and end at words; a sign within a word is none.
_AT_WORDS = re.compile(r"(?<![^\W_])[*_~`]+(?=\w)|(?<=\w)[*_~`]+(?![^\W_])")
_WORD = re.compile(r"\S+")
_BLANKS = re.compile(r"\s+")
_INVISIBLE = ("Cc", "Cf", "Cs", "Co")  # categories of Unicode


@dataclass(frozen=True, kw_only=True)
class Rendered:
    text: str
    missing: tuple[str, ...]  # names of placeholders without a value, each once, in order of appearance
    language: Language  # the one it was rendered in
    is_foreign: bool = False  # another was asked for, in which it is not written

    @property
    def is_complete(self) -> bool:
        return not self.missing


@dataclass(frozen=True, kw_only=True)
class RenderedVariables:
    """The variables of a provider's template: no line breaks, no tabs, no runs of blanks (Twilio's error 21656)."""

    variables: Mapping[str, str]
    missing: tuple[str, ...]


def render(template: ReplyTemplate, values: Mapping[str, str | None], language: Language) -> Rendered:
    """Fill in a reply template. A value that is None or blank is missing. Raises ValueError if it has no body."""
    spoken = available_language(template, language)
    text, missing = fill(template.body[spoken], values)
    return Rendered(text=text, missing=missing, language=spoken, is_foreign=spoken != language)


def available_language(template: ReplyTemplate, wanted: Language) -> Language:
    """Return the language wanted, or the other one where the template is not written in it."""
    spoken = next((each for each in (wanted, *LANGUAGES) if each in template.body), None)
    if spoken is None:
        raise ValueError(f"The reply template {template.id} has no text.")
    return spoken


def render_variables(template: WhatsAppTemplate, values: Mapping[str, str | None]) -> RenderedVariables:
    filled = {name: fill(text, values, clean=one_line) for name, text in template.variables.items()}
    return RenderedVariables(
        variables={name: one_line(text) for name, (text, _) in filled.items()},
        missing=tuple(dict.fromkeys(name for _, missing in filled.values() for name in missing)),
    )


def fill(
    text: str, values: Mapping[str, str | None], *, clean: Callable[[str], str] | None = None
) -> tuple[str, tuple[str, ...]]:
    """Fill in any text with placeholders; returns it with the names that are missing. Values are never read again."""
    filled: list[str] = []
    missing: dict[str, None] = {}
    for piece in pieces(text):
        if not isinstance(piece, Placeholder):
            filled.append(piece)
            continue
        value = unmarked((clean or _printable)(values.get(piece.name) or ""))
        if not value:
            missing[piece.name] = None
        filled.append(value or f"{{{piece.name}}}")
    return "".join(filled), tuple(missing)


def complete(text: str, values: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    """Put what was missing into a text that is filled in already; returns it with the names still missing.

    Only the names in `values` are looked for: all other braces are the text's own by now.
    """
    if not values:
        return text, ()
    missing: dict[str, None] = {}

    def given(found: re.Match[str]) -> str:
        value = unmarked(_printable(values[found[1]]))
        if not value:
            missing[found[1]] = None
        return value or found[0]

    names = "|".join(re.escape(name) for name in values)
    return re.sub(rf"\{{({names})\}}", given, text), tuple(missing)


def unmarked(value: str) -> str:
    """Take what could be read as a mark off a value: what a contact calls themselves formats nothing around it."""
    return _WORD.sub(lambda found: _unmarked_word(found[0]), value).replace("](", "] (").strip()


def _unmarked_word(word: str) -> str:
    if "://" in word or "@" in word:  # an address stays as it is
        return word.strip("*~`")
    return _AT_WORDS.sub("", word)


def _printable(value: str) -> str:
    """Drop control and direction-changing characters: a display name must not rewrite the sentence around it."""
    kept = (
        each for each in value[:LONGEST_VALUE] if each == "\n" or unicodedata.category(each) not in _INVISIBLE
    )
    return "".join(kept).strip()


def one_line(value: str, *, longest: int = LONGEST_VALUE) -> str:
    """Return a name or subject from outside as a single harmless line, cut with an ellipsis."""
    line = _BLANKS.sub(" ", _printable(value)).strip()
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"
