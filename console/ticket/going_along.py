"""Files that go along with what is written on a ticket's page.

What was chosen is kept with the draft before anything else is done, and taken from there when it goes: a refusal, a
colleague's answer, a lost connection cost no file. The form names by their hashes those of the draft that stay.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from console.forms import Form
from console.house import House
from console.once import key_of
from console.ticket.doing import Doing
from console.ticket.draft import Draft
from console.uploads import keep_chosen
from tickets.actions import drafting
from tickets.actions.drafting import Begun
from tickets.inbound import PAGES, is_processed
from tickets.ledger.blobs import Stored
from tickets.ledger.tx import Tx

Taking = Callable[[Tx], tuple[Stored, ...]]


async def uploaded(house: House, form: Form) -> tuple[Stored, ...]:
    """Keep the bytes of the files that were chosen in a form."""
    return await keep_chosen(house, await form.files("files"))


async def going_along(doing: Doing, draft: Draft) -> Taking:
    """Keep with the draft what was chosen; how the act takes what goes along, and with it the draft."""
    files = await uploaded(doing.house, doing.form)
    if files:
        await keep_draft(doing, begun_of(draft, files), at=doing.house.clock())
    wanted = {*doing.form.several("kept"), *(file.sha256 for file in files if file.sha256 is not None)}
    return partial(drafting.take, number=doing.number, wanted=wanted, by=doing.by)


async def keep_draft(doing: Doing, begun: Begun, *, at: datetime) -> None:
    """Keep what was begun, unless its form was sent: then it is a word on its way that was overtaken."""

    def act(tx: Tx) -> None:
        if not is_processed(tx, account=PAGES, event_id=key_of(doing.by, doing.form.once)):
            drafting.keep(tx, doing.number, begun, by=doing.by, at=at)

    await doing.house.ledger.write(act, name="draft")


def begun_of(draft: Draft, files: tuple[Stored, ...] = ()) -> Begun:
    return Begun(text=draft.text, is_note=draft.is_note, began_as=draft.template, files=files)
