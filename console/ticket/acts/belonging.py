"""How a ticket hangs together with others: links, merges, splits, incidents."""

import re
from datetime import datetime

from console.ticket.acts.upon import Acts, Upon
from procedures import carrying
from tickets.actions import incidents, linking, parting, splitting
from tickets.actions.errors import UnknownValueError
from tickets.desk import beside
from tickets.ledger.tx import Tx
from tickets.ticket import load


def _link(upon: Upon, tx: Tx, at: datetime) -> None:
    linking.link(tx, upon.number, _other(upon), upon.form.line("as") or "related", by=upon.by, at=at)


def _unlink(upon: Upon, tx: Tx, at: datetime) -> None:
    linking.unlink(tx, upon.number, _other(upon), by=upon.by, at=at)


def _merge(upon: Upon, tx: Tx, at: datetime) -> None:
    tell = bool(upon.form.line("tell"))
    upon.house.acts.merge(tx, upon.number, _other(upon), desk=upon.desk, by=upon.by, at=at, tell=tell)


def _split(upon: Upon, tx: Tx, at: datetime) -> None:
    subject = upon.form.line("subject") or None
    splitting.split(
        tx, upon.number, upon.form.numbers("messages"), desk=upon.desk, by=upon.by, at=at, subject=subject
    )


def _part(upon: Upon, tx: Tx, at: datetime) -> None:
    parting.part(tx, upon.number, upon.form.line("category"), desk=upon.desk, by=upon.by, at=at)


def _move(upon: Upon, tx: Tx, at: datetime) -> None:
    to = upon.house.desk(upon.form.line("desk"))
    ticket = load(tx, upon.number)
    carrying.move(
        tx, upon.number, to=to, by=upon.by, there=upon.at_desk(to.slug), at=at, reason=upon.form.line("reason") or None,
        beside=to.slug in beside(ticket.account, ticket.desk, upon.house.desks()),
    )  # fmt: skip


def _attach(upon: Upon, tx: Tx, at: datetime) -> None:
    incidents.attach(tx, upon.number, upon.form.numbers("tickets"), by=upon.by, at=at)


def _answer_all(upon: Upon, tx: Tx, at: datetime) -> None:
    upon.house.acts.answer_all(
        tx, upon.number, upon.form.text("text"), agent=upon.name, by=upon.by, at=at
    )  # fmt: skip


def _close_all(upon: Upon, tx: Tx, at: datetime) -> None:
    category = upon.form.line("category") or None
    upon.house.acts.close_all(tx, upon.number, desk=upon.desk, by=upon.by, at=at, category=category)


def _other(upon: Upon) -> int:
    """Read which other ticket is meant, with or without `#`."""
    given = upon.form.line("ticket")
    match = re.fullmatch(r"#?(\d{1,14})", given)
    if match is None:
        raise UnknownValueError("which ticket?", field="ticket", value=given)
    return int(match[1])


ACTS: Acts = {
    "link": _link,
    "unlink": _unlink,
    "merge": _merge,
    "split": _split,
    "part-matter": _part,
    "move": _move,
    "attach": _attach,
    "answer-all": _answer_all,
    "close-all": _close_all,
}
