"""Two people at once: one act stands, whoever comes second hears so, and nothing is done twice or by halves."""

import shutil
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlmodel import select

from procedures.bookings import actions as bookings
from procedures.bookings import rows as booked
from procedures.bookings.errors import BookingOverError
from procedures.cases import rows as cases
from procedures.cases.refusals import StepOverError
from procedures.cases.step_clock import CLOCK_RULES
from procedures.papers import rows as papers
from procedures.running import actions, paying
from procedures.running.paying import CheckedError
from tests.procedures.bookings.test_bookings import Lending
from tests.procedures.cases_at_work import CasesAtWork
from tests.procedures.letters import LETTERS
from tests.procedures.recording import RECORDING
from tests.procedures.test_money import LendingAtWork
from tests.procedures.test_papers import SCAN, Secretariat
from tests.tickets.desks import BUDI, RINA
from tickets.actions.errors import ActError
from tickets.actor import CONTACT
from tickets.ledger.store import Ledger
from tickets.tables import Event


@pytest.fixture(params=["one", "two"])
def ledgers(request, tmp_path):
    """One process on SQLite, and two on PostgreSQL."""
    if request.param == "two":
        yield request.getfixturevalue("two_ledgers")
        return
    path = tmp_path / "tanggap.db"
    shutil.copyfile(request.getfixturevalue("migrated_file"), path)
    ledger = Ledger(f"sqlite:///{path}", files=tmp_path / "files", clock_rules=CLOCK_RULES)
    yield [ledger]
    ledger.close()


def at_once(ledgers, *acts):
    """Do all at the same moment, each several times; what came of the first that was done, and the others' refusals."""
    jobs = [(ledgers[at % len(ledgers)], act) for at, act in enumerate(acts * 3)]

    def does(job):
        ledger, act = job
        try:
            return ledger.write_blocking(act)
        except ActError as refused:
            return refused

    with ThreadPoolExecutor(len(jobs)) as pool:
        came = list(pool.map(does, jobs))
    done = [each for each in came if not isinstance(each, ActError)]
    return done, [each for each in came if isinstance(each, ActError)]


def told(ledgers, kind):
    with ledgers[0].reading() as session:
        return [event.data for event in session.exec(select(Event).where(Event.kind == kind))]


def test_a_proof_of_payment_is_checked_by_one(ledgers):
    office = LendingAtWork(ledgers[0])
    case = office.starts()
    office.acts(case, "invoice")
    payment = office.hands_in(case)
    accepts = [
        lambda tx, by=by: paying.accept(tx, payment.id, amount=None, paid_on=None, doing=office.doing(by))
        for by in (BUDI, RINA)
    ]
    refuses = lambda tx: paying.refuse(tx, payment.id, reason="Buram", doing=office.doing(RINA))  # noqa: E731
    (checked,), refused = at_once(ledgers, *accepts, refuses)
    assert {type(each) for each in refused} == {CheckedError}
    assert {each.payment.checked_by for each in refused} == {checked.checked_by}  # and hear who it was
    accepted = [each["receipt"] for each in told(ledgers, "payment.accepted")]
    assert accepted == ([checked.receipt] if checked.receipt else [])
    assert len(told(ledgers, "payment.refused")) == 1 - len(accepted)
    (step,) = (turn for turn in office.case(case).turns if turn.step == "bayar")
    assert (step.ended_at is not None) == bool(accepted)


def test_a_signed_file_is_taken_in_once(ledgers):
    office = Secretariat(ledgers[0])
    case = office.starts()
    office.acts(case, "konsep")
    office.acts(case, "tanda", "ya", by=RINA)
    office.attaches(case.ticket)
    takes = [
        lambda tx, by=by: actions.act(
            tx, case.id, "kirim", "done", procedure=LETTERS, answers={"pindaian": SCAN.sha256}, reason=None,
            desk=office.desk, by=by, at=office.now,
        )
        for by in (BUDI, RINA)
    ]  # fmt: skip
    (_,), refused = at_once(ledgers, *takes)
    assert {type(each) for each in refused} == {StepOverError}
    assert {each.turn.by for each in refused} <= {BUDI.key, RINA.key}
    numbers = [each.number for each in office._does(lambda tx: papers.of_case(tx, case.id))]
    assert len(numbers) == len(set(numbers)) == 3
    assert len(told(ledgers, "paper.filed")) == 1


def test_a_booking_is_cancelled_once(ledgers):
    office = Lending(ledgers[0])
    case = office.asks()
    (booking,) = office._does(lambda tx: booked.of_case(tx, case.id))
    cancels = [
        lambda tx, by=by: bookings.cancel(
            tx, booking.id, reason="Servis", desk=office.desk, by=by, at=office.now
        )
        for by in (BUDI, RINA)
    ]
    (_,), refused = at_once(ledgers, *cancels)
    assert {type(each) for each in refused} == {BookingOverError}
    assert len(told(ledgers, "booking.cancelled")) == 1


def test_a_request_is_decided_or_withdrawn_and_never_both(ledgers):
    office = CasesAtWork(ledgers[0])
    case = office.acts(office.starts(), "terima")
    office.acts(case, "jadwal", ruang="Studio 1")
    refuses = lambda tx: actions.act(  # noqa: E731
        tx, case.id, "setuju", "tolak", procedure=RECORDING, answers={}, reason="Penuh", desk=office.desk, by=RINA,
        at=office.now,
    )  # fmt: skip
    withdraws = lambda tx: actions.take_back(  # noqa: E731
        tx, case.id, procedure=RECORDING, desk=office.desk, by=CONTACT, at=office.now
    )
    (ended,), refused = at_once(ledgers, refuses, withdraws)
    assert len(refused) == 5
    assert office._does(lambda tx: cases.load(tx, case.id)).ended == ended.ended
    assert [each["end"] for each in told(ledgers, "case.ended")] == [ended.ended]
