"""The small desk at work: contacts write, agents answer and solve, messages leave or are lost, time passes."""

from datetime import timedelta

from tests.tickets.desks import BUDI, MONDAY, SLUG, open_desk, whatsapp
from tickets import outbox
from tickets.actions import answering, handling
from tickets.actions.answering import Words
from tickets.desk import Supervision
from tickets.intake import Reading, take_in
from tickets.message import Sent
from tickets.sweep import sweep
from tickets.views import board as boards

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


class DeskAtWork:
    def __init__(self, ledger) -> None:
        self.ledger = ledger
        self.now = MONDAY
        self.desk = open_desk(ledger, next_response=True)
        self._said = 0

    def hears(self, sender="+628111", text="lupa sandi", **reading) -> int:
        self._said += 1
        said = whatsapp(text, sid=f"SM{self._said}", sender=sender)
        return self._does(
            lambda tx: take_in(tx, said, desk=self.desk, reading=Reading(**reading), files=(), at=self.now)
        ).ticket.number

    def answers(self, ticket, **options):
        return self._does(
            lambda tx: answering.answer(tx, ticket, Words(text="Baik."), by=BUDI, at=self.now, **options)
        )[1]

    def solves(self, ticket, by=BUDI):
        self._does(lambda tx: handling.categorise(tx, ticket, "password", desk=self.desk, by=by, at=self.now))
        self._does(lambda tx: handling.solve(tx, ticket, by=by, at=self.now))

    def delivers(self, *, fails=()):
        """Let the answers that wait leave; those to be failed are refused by the provider."""
        parcels = self._does(lambda tx: outbox.claim(tx, now=self.now, most=50, lease=MINUTE))
        for parcel in parcels:
            if parcel.message in fails:
                self._does(lambda tx, p=parcel: outbox.settle_failed(tx, p, reason="blocked", at=self.now))
            else:
                sent = Sent(external_ids=(f"out-{parcel.id}",))
                self._does(lambda tx, p=parcel, s=sent: outbox.settle_sent(tx, p, s, at=self.now))

    def passes(self, length):
        self.now += length
        self._does(lambda tx: sweep(tx, now=self.now))

    def board(self, supervision=Supervision()):  # noqa: B008  a frozen value
        with self.ledger.reading() as session:
            return boards.board(session, SLUG, supervision, now=self.now)

    def behind(self, figure):
        return list(self.board().tallies[figure].tickets)

    def _does(self, job):
        return self.ledger.write_blocking(job)
