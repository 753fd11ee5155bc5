"""What a procedure asks money for: reckoned from its tariff, billed, paid, checked, reminded of."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from sqlmodel import select

from procedures.cases import rows as cases
from procedures.cases.happened import Doing
from procedures.definition.procedure import DONE
from procedures.definition.tariff import Between, Rate
from procedures.money import invoices
from procedures.money.invoices import Proof, State
from procedures.money.invoicing import NotPaidError
from procedures.money.reckoning import NotTakenError, OutOfBoundsError, item, items_of, total
from procedures.money.rehearsing import asked_for
from procedures.money.reminders import remind
from procedures.papers import rows as papers
from procedures.papers import typesetting_queue as queue
from procedures.running import actions, billing, paying
from procedures.running.billing import InvoiceOverError, MoneyCameInError
from procedures.running.paying import CheckedError
from templates_replies.money_words import rupiah
from tests.procedures.lending import LENDING, NINE_TO_TWELVE
from tests.tickets.desk_at_work import DAY, MINUTE, DeskAtWork
from tests.tickets.desks import BUDI, RINA, SLUG
from tickets.actions.errors import NotAllowedError
from tickets.actor import CONTACT, Actor
from tickets.actor import Kind as Who
from tickets.actor import Role as Rank
from tickets.tables import Message

FORM = {"kegiatan": "Rekaman kuliah", "tanggal": date(2026, 10, 20), **NINE_TO_TWELVE}
SITI = Actor(kind=Who.STAFF, id="siti@example.ac.id", role=Rank.AGENT, desks=frozenset({SLUG}))


def rate(price=100_000, *times, **more):
    return Rate(id="r", name={}, price=price, unit={}, times=times, **more)


@pytest.mark.parametrize(
    ("one", "answers", "amount"),
    [
        (rate(), {}, 100_000),
        (rate(75_000, Decimal(2), "jam"), {"jam": Decimal("1.5")}, 225_000),
        (rate(75_000, "jam"), {}, 0),
        (rate("biaya"), {"biaya": Decimal(1_234_567)}, 1_234_567),
        (rate(100_000, Between(first="a", last="b")), {"a": time(9), "b": time(11, 30)}, 250_000),
        (rate(100_000, Between(first="a", last="b")), {"a": time(22), "b": time(1)}, 300_000),
        (rate(100_000, Between(first="a", last="b")), {"a": date(2026, 10, 1), "b": date(2026, 10, 3)}, 300_000),
        (rate(100_000, Between(first="a", last="b")), {"a": date(2026, 10, 3), "b": date(2026, 10, 1)}, 0),
        (rate(10_001, "x"), {"x": Decimal("0.5")}, 5_001),  # half a rupiah is a whole one
        (rate(100_000, Between(first="a", last="b")), {"a": time(9), "b": time(9, 20)}, 33_000),  # 0.33 hours
    ],
)  # fmt: skip
def test_an_amount_is_whole_rupiah(one, answers, amount):
    assert total(items_of([one], ["r"], answers)) == amount


@pytest.mark.parametrize("jam", [Decimal(-1), Decimal(10) ** 15, Decimal("9" * 200)])
def test_an_answer_that_makes_no_amount_is_refused(jam):
    with pytest.raises(OutOfBoundsError):
        items_of([rate(75_000, "jam")], ["r"], {"jam": jam})


def test_rupiah_are_written_as_the_language_has_them():
    assert (rupiah(1_250_000, "id"), rupiah(1_250_000, "en")) == ("Rp1.250.000", "Rp1,250,000")
    assert rupiah(-500, "id") == "-Rp500"


def test_whoever_plays_a_case_through_hears_what_it_would_cost():
    first, overtime = LENDING.steps[0], LENDING.steps[2]
    assert list(asked_for(LENDING, first, DONE, FORM, "id")) == [
        "invoice: Rp950.000, due in 14 days",
        "  Sewa studio: 3 jam × Rp250.000 = Rp750.000",
        "  Petugas: 2 orang × Rp100.000 = Rp200.000",
    ]
    assert list(asked_for(LENDING, overtime, "lembur", FORM, "id")) == ["invoice: none, nothing is asked for"]
    assert list(asked_for(LENDING, overtime, "selesai", FORM, "id")) == []


class LendingAtWork(DeskAtWork):
    def starts(self, **answers):
        ticket = self.hears()
        return self._does(
            lambda tx: actions.start(
                tx, ticket, LENDING, answers=FORM | answers, desk=self.desk, by=BUDI, at=self.now
            )
        )

    def acts(self, case, step, outcome=DONE, *, by=BUDI, **answers):
        return self._does(
            lambda tx: actions.act(
                tx, case.id, step, outcome, procedure=LENDING, answers=answers, reason=None, desk=self.desk, by=by,
                at=self.now,
            )
        )  # fmt: skip

    def doing(self, by):
        return Doing(procedure=LENDING, desk=self.desk, by=by, at=self.now)

    def does(self, act, *args, by=BUDI, **options):
        self.now += MINUTE
        return self._does(lambda tx: act(tx, *args, doing=self.doing(by), **options))

    def hands_in(self, case, message=1):
        return self.does(paying.hand_in, self.case(case), message, by=CONTACT)

    def case(self, case):
        return self._does(lambda tx: cases.load(tx, case.id))

    def invoices(self, case):
        return self._does(lambda tx: invoices.of_case(tx, case.id))

    def papers(self, case):
        return self._does(lambda tx: papers.of_case(tx, case.id))

    def reminds(self):
        """Remind of what is due; how many invoices."""

        def job(tx):
            due = invoices.to_remind(tx, now=self.now, most=10)
            return len([remind(tx, each, desk=self.desk, at=self.now) for each in due])

        return self._does(job)

    def typesets_nothing(self):
        """Let every paper that is due fail: what is told with it is told without."""
        for order in self._does(lambda tx: queue.claim(tx, now=self.now)):
            self._does(lambda tx, order=order: queue.give_up(tx, order.paper, "not here", at=self.now))

    def told(self):
        """Return what the house has said by itself, the oldest first."""
        self.typesets_nothing()
        statement = select(Message).where(Message.automatic.is_(True)).order_by(Message.id)
        with self.ledger.reading() as session:
            return [message.text for message in session.exec(statement)]


@pytest.fixture
def office(ledger):
    return LendingAtWork(ledger)


def test_the_number_that_a_requester_is_told_is_that_of_a_letter_and_not_of_an_invoice(office):
    said = {"id": "Surat {number} terbit; tagihannya {total}."}
    procedure = replace(LENDING, steps=(replace(LENDING.steps[0], tells=said), *LENDING.steps[1:]))
    case = office.starts()
    office._does(
        lambda tx: actions.act(
            tx, case.id, "invoice", DONE, procedure=procedure, answers={}, reason=None, desk=office.desk, by=BUDI,
            at=office.now,
        )
    )  # fmt: skip
    assert any("Surat – terbit; tagihannya Rp950.000." in text for text in office.told())


def test_a_case_is_billed_paid_in_parts_and_billed_again_for_overtime(office):
    case = office.acts(office.starts(), "invoice")
    (invoice,) = office.invoices(case)
    assert (invoice.number, invoice.total, invoice.due_on) == ("INV/2026/0001", 950_000, date(2026, 10, 19))
    assert "INV/2026/0001 sebesar Rp950.000" in office.told()[-1]
    assert "Sewa studio: Rp750.000" in office.told()[-1]
    (paper,) = office.papers(case)
    assert (paper.number, paper.content["approval"]["name"], paper.wanted) == (invoice.number, "Budi", True)
    assert paper.content["amount"]["words"] == "sembilan ratus lima puluh ribu rupiah"
    assert [(each["what"], each["count"], each["total"]) for each in paper.content["items"]] == [
        ("Sewa studio", "3 jam", "Rp750.000"),
        ("Petugas", "2 orang", "Rp200.000"),
    ]

    with pytest.raises(NotPaidError):
        office.acts(case, "bayar", by=RINA)
    first = office.hands_in(case)
    assert office.hands_in(case, message=2).messages == (1, 2)  # one payment until somebody has looked
    with pytest.raises(NotAllowedError):
        office.does(paying.accept, first.id, amount=None, paid_on=None, by=SITI)
    with pytest.raises(NotTakenError):
        office.does(paying.accept, first.id, amount=0, paid_on=None)
    office.does(paying.refuse, first.id, reason="Nominal tidak terbaca")
    assert "Nominal tidak terbaca" in office.told()[-1]
    with pytest.raises(CheckedError):
        office.does(paying.accept, first.id, amount=None, paid_on=None)

    second = office.hands_in(case, message=3)
    half = office.does(paying.accept, second.id, amount=500_000, paid_on=date(2026, 10, 5))
    assert (half.receipt, office.invoices(case)[0].left) == ("KW/2026/0001", 450_000)
    assert "Sisa yang belum dibayar: Rp450.000" in office.told()[-1]
    receipt = office.papers(case)[-1]
    assert (receipt.number, receipt.content["note"]) == (
        "KW/2026/0001",
        "Sisa yang belum dibayar: Rp450.000.",
    )
    assert receipt.content["about"] == "Invoice INV/2026/0001, Peminjaman Studio"
    assert office.case(case).standing.open == ("bayar",)
    office.does(paying.receive, invoice.id, amount=None, paid_on=None)  # over the counter
    assert office.invoices(case)[0].state is State.PAID
    case = office.case(case)
    assert case.standing.open == ("layani",)  # the step has ended by itself, as the requester's
    assert case.turns[-2].by == "contact"

    case = office.acts(case, "layani", "lembur", jam=Decimal("1.5"))
    overtime = (
        office.invoices(case)[-1]
        if office.invoices(case)[-1].state is State.OPEN
        else office.invoices(case)[0]
    )
    assert (overtime.number, overtime.total) == ("INV/2026/0002", 225_000)
    payment = office.hands_in(case, message=4)
    with pytest.raises(NotAllowedError):  # here the head checks
        office.does(paying.accept, payment.id, amount=None, paid_on=None)
    office.does(paying.accept, payment.id, amount=None, paid_on=None, by=RINA)
    assert office.case(case).ended == "beres"


def test_nothing_is_billed_where_nothing_is_asked_for(office):
    case = office.acts(office.starts(), "invoice")
    office.does(paying.receive, office.invoices(case)[0].id, amount=None, paid_on=None)
    case = office.acts(case, "layani", "selesai", jam=Decimal(3))
    assert (len(office.invoices(case)), case.ended) == (1, "beres")


def test_an_invoice_is_replaced_with_what_was_paid_or_made_void_with_a_reason(office):
    case = office.acts(office.starts(), "invoice")
    (invoice,) = office.invoices(case)
    office.does(paying.receive, invoice.id, amount=100_000, paid_on=None)
    with pytest.raises(MoneyCameInError):
        office.does(billing.void, invoice.id, reason="Keliru")
    with pytest.raises(actions.ReasonMissingError):
        office.does(billing.void, invoice.id, reason=" ")
    with pytest.raises(NotAllowedError):
        office.does(billing.replace, invoice.id, invoice.lines, reason="Keliru", by=SITI)
    lines = (item({"id": "Sewa studio"}, 250_000, Decimal(2), {"id": "jam"}),)
    after = office.does(billing.replace, invoice.id, lines, reason="Hanya dua jam")
    assert (after.number, after.total, after.left, after.replaces) == (
        "INV/2026/0002",
        500_000,
        400_000,
        invoice.id,
    )
    assert "menggantikan invoice INV/2026/0001" in office.told()[-1]
    with pytest.raises(InvoiceOverError):
        office.does(billing.replace, invoice.id, lines, reason="Lagi")
    assert [each.state for each in office.papers(case) if each.title == "Invoice"] == ["void", "issued"]
    payments = office._does(lambda tx: invoices.payments_of(tx, after.id))
    assert [(each.amount, each.state) for each in payments] == [(100_000, Proof.ACCEPTED)]


def test_a_withdrawn_case_asks_for_nothing_more(office):
    case = office.acts(office.starts(internal=True), "invoice")
    assert office.invoices(case)[0].total == 200_000  # without the studio, which is their own
    office._does(
        lambda tx: actions.take_back(tx, case.id, procedure=LENDING, desk=office.desk, by=BUDI, at=office.now)
    )
    assert [each.state for each in office.invoices(case)] == [State.VOID]
    assert office.reminds() == 0


def test_the_requester_is_reminded_when_it_is_due_and_after_each_time_once(office):
    case = office.acts(office.starts(), "invoice")
    (invoice,) = office.invoices(case)
    zone = office.desk.desk.calendar.tz
    assert invoice.remind_at == datetime(2026, 10, 19, 8, tzinfo=zone)
    assert office.reminds() == 0
    office.typesets_nothing()
    office.now = invoice.remind_at
    assert (office.reminds(), office.reminds()) == (1, 0)
    assert "jatuh tempo hari ini" in office.told()[-1]
    office.now += timedelta(days=7)
    assert (office.reminds(), office.reminds()) == (1, 0)
    assert "sudah jatuh tempo pada Senin, 19 Oktober 2026" in office.told()[-1]
    office.now += 100 * DAY
    assert office.reminds() == 0
