"""Words as Telegram shows them: the text without its marks, and entities that say what is bold or leads somewhere.

Entities instead of a parse mode: nothing that a person wrote can break or disguise a message.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from aiogram.types import MessageEntity

from channels.marks import Run, placed, runs
from channels.splitting import cuts, units
from channels.telegram.texts import sound
from tickets.message import Outgoing


@dataclass(frozen=True, kw_only=True)
class Words:
    text: str
    entities: tuple[MessageEntity, ...] = ()

    @property
    def marked(self) -> list[MessageEntity] | None:
        return list(self.entities) or None


def words_of(outgoing: Outgoing, limit: int) -> list[Words]:
    """Return what is to be said in pieces of at most `limit` units, cut outside of entities."""
    found = runs(sound(outgoing.text), formatted=outgoing.formatted)
    text, marks = "".join(run.text for run in found), placed(found)
    whole = [(start, end) for start, end, _ in marks]
    return [_piece(text, start, end, marks) for start, end in cuts(text, limit, whole=whole)]


def _piece(text: str, start: int, end: int, marks: Sequence[tuple[int, int, Run]]) -> Words:
    inside = [each for each in marks if start <= each[0] and each[1] <= end]
    return Words(
        text=text[start:end],
        entities=tuple(
            MessageEntity(
                type="bold" if run.bold else "text_link", offset=units(text[start:first]),
                length=units(text[first:last]), url=run.url,
            )
            for first, last, run in inside
        ),
    )  # fmt: skip
