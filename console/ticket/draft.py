"""The draft in the answer form of a ticket's page: typed, begun from reply templates, and what it still lacks."""

from dataclasses import dataclass, replace
from datetime import datetime

from console.forms import Form
from templates_replies.catalogue import Language
from templates_replies.render import Rendered, complete
from tickets.collisions import Collision

VALUE = "value:"  # begins the name of the field that asks for a placeholder


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What stands in the answer form."""

    text: str = ""
    missing: tuple[str, ...] = ()  # placeholders without a value: there is a field for each
    template: str | None = None  # the reply template that it began as
    foreign: Language | None = None  # in which that is written, if it is not the contact's language
    problem: str | None = None  # the phrase that says why something was refused
    told: str | None = None  # that in words of its own, where a phrase says too little
    collision: Collision | None = None  # what a colleague has answered meanwhile
    unfilled: tuple[str, ...] = ()  # placeholders that they wrote themselves
    as_written: bool = False  # and mean as they stand
    is_note: bool = False
    kept_at: datetime | None = None  # when it was kept, if it was begun earlier

    def with_template(self, template: str, rendered: Rendered) -> "Draft":
        """Put a filled reply template below what stands here already."""
        text = f"{self.text.rstrip()}\n\n{rendered.text}" if self.text.strip() else rendered.text
        return replace(
            self, text=text, missing=tuple(dict.fromkeys((*self.missing, *rendered.missing))), template=template,
            foreign=rendered.language if rendered.is_foreign else None,
        )  # fmt: skip


def drafted(form: Form) -> Draft:
    """Return what stands in a form, with the values that were given in the fields beside it put in."""
    asked = [name for name in form.data if name.startswith(VALUE)]
    values = {name.removeprefix(VALUE): form.text(name) for name in asked}
    text, missing = complete(form.text("text"), values)
    as_written = form.line("as_written") == "yes"
    return Draft(
        text=text, missing=missing, template=form.line("began_as") or None, as_written=as_written,
        is_note=form.line("mode") == "note",
    )  # fmt: skip
