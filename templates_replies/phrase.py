"""One sentence of the bot in both languages."""

from dataclasses import dataclass

from templates_replies.catalogue import Language


@dataclass(frozen=True, kw_only=True)
class Phrase:
    id: str
    en: str

    def say(self, language: Language, **values: str) -> str:
        """Put the values in. Raises KeyError for one that is not given: a phrase is never said with a hole in it."""
        return (self.id if language == "id" else self.en).format_map(values)
