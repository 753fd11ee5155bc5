"""Papers of a case: made, signed, taken in from outside, sent and void, with numbers that have no gap and no double."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlmodel import select

from procedures.definition.papers import Paperwork
from procedures.definition.procedure import DONE
from procedures.papers import rows
from procedures.papers import typesetting_queue as queue
from procedures.papers.actions import NotTypesetError, void
from procedures.papers.rows import State
from procedures.papers.signatures import initials
from procedures.papers.values import settled
from procedures.running import actions
from tests.procedures.letters import FORM, LETTERHEAD, LETTERS, SERIES, step
from tests.tickets.desk_at_work import MINUTE, DeskAtWork
from tests.tickets.desks import BUDI, RINA, whatsapp
from tickets.actions.errors import NotAllowedError
from tickets.intake import Reading, take_in
from tickets.ledger.blobs import Stored
from tickets.ledger.store import Ledger
from tickets.tables import Attachment, Message

SCAN = Stored(name="pindaian.pdf", type="application/pdf", size=9, sha256="ab" * 32, state="stored")
PDF = Stored(name="surat.pdf", type="application/pdf", size=7, sha256="cd" * 32, state="stored")


class Secretariat(DeskAtWork):
    procedure = LETTERS

    def __init__(self, ledger) -> None:
        super().__init__(ledger)
        self.desk = replace(self.desk, desk=replace(self.desk.desk, letterhead=LETTERHEAD, series=SERIES))

    def starts(self, sender="+628111"):
        return self.starts_on(self.hears(sender=sender))

    def starts_on(self, ticket):
        return self._does(
            lambda tx: actions.start(
                tx, ticket, self.procedure, answers=FORM, desk=self.desk, by=BUDI, at=self.now
            )
        )

    def acts(self, case, step, outcome=DONE, *, by=BUDI, reason=None, **answers):
        self.now += MINUTE
        return self._does(
            lambda tx: actions.act(
                tx, case.id, step, outcome, procedure=self.procedure, answers=answers, reason=reason, desk=self.desk, by=by,
                at=self.now,
            )
        )  # fmt: skip

    def papers(self, case):
        return {each.paper: each for each in self._does(lambda tx: rows.of_case(tx, case.id))}

    def typesets(self, *, fails=""):
        """Let what is due be typeset, or fail; what was asked for."""
        orders = self._does(lambda tx: queue.claim(tx, now=self.now))
        for order in orders:
            if fails:
                self._does(lambda tx, o=order: queue.give_up(tx, o.paper, fails, at=self.now))
            else:
                self._does(lambda tx, o=order: queue.keep(tx, o.paper, PDF, (), at=self.now))
        return [order.paper.paper for order in orders]

    def attaches(self, ticket):
        said = whatsapp("pindaian", sid=f"file-{ticket}")
        self._does(
            lambda tx: take_in(tx, said, desk=self.desk, reading=Reading(), files=(SCAN,), at=self.now)
        )

    def told(self):
        with self.ledger.reading() as session:
            said = session.exec(select(Message).where(Message.automatic.is_(True)).order_by(Message.id)).all()
            files = session.exec(select(Attachment).where(Attachment.sha256 == PDF.sha256)).all()
        return [message.text for message in said], [file.message for file in files]


@pytest.fixture
def office(ledger):
    return Secretariat(ledger)


def test_a_letter_to_somebody_without_a_name_is_addressed_to_them_all_the_same(office):
    nameless = whatsapp("surat", sid="SM1", name=None)
    ticket = office._does(
        lambda tx: take_in(tx, nameless, desk=office.desk, reading=Reading(), files=(), at=office.now)
    ).ticket.number
    letter = office.papers(office.acts(office.starts_on(ticket), "konsep"))["balasan"]
    assert (letter.content["to"], letter.content["requester"]) == (["Yth. Pemohon"], "Pemohon")


def test_a_letter_is_a_draft_until_it_is_signed_and_then_goes_to_the_requester_once(office):
    case = office.acts(office.starts(), "konsep")
    made = office.papers(case)
    assert {name: (paper.state, paper.number) for name, paper in made.items()} == {
        "balasan": (State.DRAFT, None),  # its number comes with the signature
        "tugas": (State.DRAFT, "057/TU/X/2026"),  # is printed, and signed by hand
        "kuitansi": (State.ISSUED, "058/TU/X/2026"),  # nobody signs it
    }
    draft = settled(made["balasan"].content, None)
    assert draft["draft"]
    (said,) = draft["text"]
    assert said.startswith("Nomor –: Kuliah *Umum* {date}, Selasa, biaya Rp1.250.000 (satu juta dua ratus ")
    assert said.endswith(" ribu rupiah), 5 Oktober 2026.")
    assert made["kuitansi"].content["amount"]["words"] == "satu juta dua ratus lima puluh ribu rupiah"
    assert sorted(office.typesets()) == ["balasan", "kuitansi", "tugas"]
    case = office.acts(case, "tanda", "tidak", by=RINA, reason="Perbaiki.")
    case = office.acts(case, "konsep")
    assert made["tugas"].content["copies"] == ["Alasan: –"]
    anew = office.papers(case)["tugas"]
    assert anew.content["copies"] == ["Alasan: Perbaiki."]
    assert anew.number == "057/TU/X/2026"  # the draft anew keeps it
    case = office.acts(case, "tanda", "ya", by=RINA)
    signed = office.papers(case)["balasan"]
    assert (signed.state, signed.number, signed.edition) == (State.ISSUED, "060/TU/X/2026", 3)
    content = settled(signed.content, signed.number)
    assert content["text"][0].startswith("Nomor 060/TU/X/2026: Kuliah *Umum* {date}")
    assert content["signature"] == {"post": "Kepala Bagian", "name": "Dr. Rina", "number": "NIP 1"}
    assert (content["approval"]["name"], content["draft"]) == ("Rina", False)
    office.attaches(case.ticket)
    case = office.acts(case, "kirim", pindaian=SCAN.sha256, agenda="E-12")
    assert office.told() == ([], [])  # it is not typeset yet
    office.typesets()
    office.typesets()
    said, files = office.told()
    assert said == ["Bersama ini kami sampaikan Surat Balasan nomor 060/TU/X/2026 (terlampir)."]
    assert len(files) == 1
    taken = office.papers(case)["tugas"]
    assert (taken.state, taken.number, taken.sha256) == (State.ISSUED, "E-12", SCAN.sha256)


def test_initials_stand_on_the_draft_until_it_is_made_anew(office):
    draft, *others = LETTERS.steps
    checked = step("periksa", "staf", "tanda", Paperwork(initials=("balasan",)))
    to_check = replace(draft, outcomes=(replace(draft.outcomes[0], to=("periksa",)),))
    office.procedure = replace(LETTERS, steps=(to_check, checked, *others))

    def checked_by(case):
        paper = office.papers(case)["balasan"]
        return [(each["initials"], each["name"], each["post"]) for each in paper.content["initials"]]

    case = office.acts(office.starts(), "konsep")
    case = office.acts(case, "periksa")
    assert checked_by(case) == [("B", "Budi", "Staf")]
    case = office.acts(office.acts(case, "tanda", "tidak", by=RINA, reason="Perbaiki."), "konsep")
    assert checked_by(case) == []
    case = office.acts(case, "periksa", by=RINA)
    case = office.acts(case, "tanda", "ya", by=RINA)
    assert checked_by(case) == [("R", "Rina", "a.n. Staf")]
    assert office.papers(case)["balasan"].state is State.ISSUED


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Dr. Sari Dewi, M.Si.", "SD"), ("Budi", "B"), ("R. A. Kartini Ayu Putri Lestari", "KAP"), ("Ir.", "I")],
)
def test_initials_leave_titles_out(name, expected):
    assert initials(name) == expected


def test_what_is_signed_for_somebody_says_so_and_drafts_of_a_refused_case_are_void(office):
    case = office.acts(office.starts(), "konsep")
    stands_in = replace(RINA, id="dewi@example.ac.id")
    case = office.acts(case, "tanda", "ya", by=stands_in)
    content = office.papers(case)["balasan"].content
    assert content["approval"]["post"] == "a.n. Kepala Bagian"
    assert content["signature"] == {
        "post": "a.n. Kepala Bagian",
        "name": "dewi@example.ac.id",
        "number": None,
    }
    other = office.acts(office.starts("+628222"), "konsep")
    office.acts(other, "tanda", "tolak", by=RINA)
    states = {name: (paper.state, paper.number) for name, paper in office.papers(other).items()}
    assert states["balasan"] == (State.VOID, None)
    assert states["tugas"] == (State.VOID, "060/TU/X/2026")  # it keeps its number
    receipt = office.papers(other)["kuitansi"]
    with pytest.raises(NotAllowedError):
        office._does(lambda tx: void(tx, receipt.id, "Salah", by=BUDI, at=office.now))
    gone = office._does(lambda tx: void(tx, receipt.id, " Salah jumlah ", by=RINA, at=office.now))
    assert (gone.state, gone.void_reason) == (State.VOID, "Salah jumlah")


def test_numbers_begin_anew_with_the_year_of_the_desk_and_have_no_gap_where_an_act_fails(office):
    office.now = datetime(2026, 12, 31, 16, 58, tzinfo=UTC)  # two minutes to midnight in Jakarta
    first = office.acts(office.starts(), "konsep")
    other = office.starts("+628222")

    def failing(tx):
        actions.act(
            tx, other.id, "konsep", DONE, procedure=LETTERS, answers={}, reason=None, desk=office.desk, by=BUDI,
            at=office.now,
        )  # fmt: skip
        raise RuntimeError

    with pytest.raises(RuntimeError):
        office._does(failing)
    assert office.papers(first)["kuitansi"].number == "058/TU/XII/2026"
    assert office.papers(other) == {}
    office.now += 2 * MINUTE
    assert office.papers(office.acts(other, "konsep"))["kuitansi"].number == "002/TU/I/2027"


def test_two_processes_at_once_give_out_every_number_once(office, database_url, tmp_path):
    cases = [office.starts(f"+62812{number}") for number in range(8)]
    other = Ledger(database_url, files=tmp_path / "files") if office.ledger.is_postgres else office.ledger

    def end(at, case):
        def job(tx):
            actions.act(
                tx, case.id, "konsep", DONE, procedure=LETTERS, answers={}, reason=None, desk=office.desk, by=BUDI,
                at=office.now,
            )  # fmt: skip
            if at % 4 == 3:
                raise RuntimeError  # what it took is given to the next

        return (office.ledger, other)[at % 2].writer.submit(job)

    tries = [end(at, case) for at, case in enumerate(cases)]
    assert sum(each.exception() is not None for each in tries) == 2
    given = sorted(
        paper.no for case in cases for paper in office.papers(case).values() if paper.no is not None
    )
    assert given == list(range(57, 57 + 2 * 6))
    if other is not office.ledger:
        other.close()


def test_a_paper_that_cannot_be_typeset_says_why_and_one_that_changed_meanwhile_is_typeset_again(office):
    case = office.acts(office.starts(), "konsep")
    office.typesets(fails="papers/surat.typ:3: unknown variable: nomer")
    assert office.papers(case)["balasan"].error == "papers/surat.typ:3: unknown variable: nomer"
    assert office.typesets() == []
    with pytest.raises(NotTypesetError):
        office.acts(case, "tanda", "ya", by=RINA)
    case = office.acts(case, "tanda", "tidak", by=RINA, reason="Perbaiki.")
    case = office.acts(case, "konsep")
    claimed = office._does(lambda tx: queue.claim(tx, now=office.now))
    (order,) = (each for each in claimed if each.paper.paper == "balasan")  # whatever else waits
    case = office.acts(case, "tanda", "ya", by=RINA)
    office._does(lambda tx: queue.keep(tx, order.paper, PDF, (), at=office.now))
    assert office.papers(case)["balasan"].sha256 is None
    assert "balasan" in office.typesets()


def test_the_requester_is_told_the_number_of_their_letter(ledger):
    office = Secretariat(ledger)
    told = {"id": "Surat {number} sudah terbit, {total}."}
    steps = tuple(replace(each, tells=told) if each.id == "tanda" else each for each in LETTERS.steps)
    office.procedure = replace(LETTERS, steps=steps)
    case = office.starts()
    office.acts(case, "konsep")
    office.acts(case, "tanda", "ya", by=RINA)
    number = office.papers(case)["balasan"].number
    with ledger.reading() as session:
        told = session.exec(select(Message.text).where(Message.automatic.is_(True))).all()
    assert f"Surat {number} sudah terbit, –." in told
