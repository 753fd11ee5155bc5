"""Who holds a ticket, what it is about, whether it waits, is solved."""

from datetime import datetime

from console.ticket.acts.upon import Acts, Upon
from tickets import staff
from tickets.actions import handling, matching
from tickets.ledger.tx import Tx
from tickets.ticket import load


def _assign(upon: Upon, tx: Tx, at: datetime) -> None:
    to = upon.form.line("agent") or None
    people = staff.holders(tx, upon.desk.slug) | {upon.by.id}
    team = upon.desk.desk.members_of(load(tx, upon.number).team)
    handling.assign(tx, upon.number, to, staff=people, team=team, by=upon.by, at=at)


def _categorise(upon: Upon, tx: Tx, at: datetime) -> None:
    handling.categorise(tx, upon.number, upon.form.line("category"), desk=upon.desk, by=upon.by, at=at)


def _none_fits(upon: Upon, tx: Tx, at: datetime) -> None:
    matching.reject(tx, upon.number, by=upon.by, at=at)


def _wait(upon: Upon, tx: Tx, at: datetime) -> None:
    handling.wait(tx, upon.number, by=upon.by, at=at)


def _close(upon: Upon, tx: Tx, at: datetime) -> None:
    upon.house.acts.close(tx, upon.number, desk=upon.desk, by=upon.by, at=at)


def _reopen(upon: Upon, tx: Tx, at: datetime) -> None:
    upon.house.acts.reopen(tx, upon.number, desk=upon.desk, by=upon.by, at=at)


ACTS: Acts = {
    "assign": _assign,
    "categorise": _categorise,
    "none-fits": _none_fits,
    "wait": _wait,
    "close": _close,
    "reopen": _reopen,
}
