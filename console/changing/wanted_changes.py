"""Changes to categories and replies as forms and programs ask for them: one word for what is to be done, and what it is done to."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from templates_replies.catalogue import Catalogue, Category, ReplyTemplate
from templates_replies.curation import changes, replies


class Do(StrEnum):
    MERGE = "merge"
    SPLIT = "split"
    RENAME = "rename"
    RETIRE = "retire"
    RESTORE = "restore"
    NEW = "new"
    REMOVE_EXAMPLE = "remove_example"
    MOVE_EXAMPLE = "move_example"
    REPLACE_REPLY = "replace_reply"
    RETIRE_REPLY = "retire_reply"
    RESTORE_REPLY = "restore_reply"


@dataclass(frozen=True, kw_only=True)
class Wanted:
    do: Do
    category: str = (
        ""  # id of the category or reply that it is done to; of a new one, where it is to have a certain id
    )
    to: str = ""  # id of the one that it goes to
    name: str = ""
    examples: Sequence[str] = ()

    @property
    def note(self) -> str:
        """How the history names it."""
        about = " → ".join(part for part in (self.category, self.to or self.name) if part)
        return f"{self.do}: {about}"

    def __call__(self, catalogue: Catalogue) -> Sequence[Category | ReplyTemplate]:
        """Return what changes and what is new. Raises ChangeRefusedError."""
        match self.do:
            case Do.MERGE:
                return changes.merge(catalogue, self.category, self.to)
            case Do.SPLIT:
                return changes.split(catalogue, self.category, name=self.name, examples=self.examples)
            case Do.RENAME:
                return changes.rename(catalogue, self.category, self.name)
            case Do.RETIRE:
                return changes.retire(catalogue, self.category)
            case Do.RESTORE:
                return changes.restore(catalogue, self.category)
            case Do.NEW:
                new = changes.new_category(
                    catalogue, name=self.name, examples=self.examples, new_id=self.category
                )
                return (new,)
            case Do.REMOVE_EXAMPLE:
                return changes.remove_example(catalogue, self.category, self._example)
            case Do.MOVE_EXAMPLE:
                return changes.move_example(catalogue, self.category, self._example, self.to)

            case Do.REPLACE_REPLY:
                return replies.replace_reply(catalogue, self.category, self.to)
            case Do.RETIRE_REPLY:
                return replies.retire_reply(catalogue, self.category)
            case Do.RESTORE_REPLY:
                return replies.restore_reply(catalogue, self.category)

    @property
    def _example(self) -> str:
        return next(iter(self.examples), "")
