"""The page of a requester's turn: by the link of their case alone, without a script, and once."""

from procedures.asking.questions import Kind, Question
from procedures.cases import rows as cases
from procedures.definition.procedure import DONE, End, Outcome, Procedure, Role, Step
from procedures.running import actions
from tests.tickets.desks import MONDAY, RINA, whatsapp
from tickets.actor import CONTACT

PURPOSE = Question(id="tujuan", ask={"en": "What for?"}, kind=Kind.TEXT)
CARD = Question(id="ktp", ask={"en": "Your card"}, kind=Kind.FILE)
ANSWERS = (
    Outcome(id="terima", label={"en": "Accept"}, to=("ambil",)),
    Outcome(id="keberatan", label={"en": "Object"}, to=("ambil",), reason=True),
)
LENDING = Procedure(
    id="salinan",
    name="Salinan",
    roles=(Role(id="pemohon", name="Pemohon", requester=True),),
    form=(),
    steps=(
        Step(
            id="lengkapi", number="1", does="Melengkapi", role="pemohon", asks=(PURPOSE, CARD),
            outcomes=(Outcome(id=DONE, label={}, to=("tanggapi",)),),
        ),
        Step(id="tanggapi", number="2", does="Menanggapi", role="pemohon", outcomes=ANSWERS),
        Step(
            id="ambil", number="3", does="Mengambil", role="pemohon",
            outcomes=(Outcome(id=DONE, label={}, to=("selesai",)),),
        ),
    ),
    ends=(End(id="selesai", name="Selesai"),),
)  # fmt: skip
FILES = {"answer.ktp": ("ktp.pdf", b"%PDF-1.4 ktp", "application/pdf")}


async def test_a_turn_is_answered_on_its_page_whole_or_not_at_all_and_once(office, browser):
    office.procedures = (LENDING,)
    office.receives(whatsapp("mohon salinan", sid="SM1"))
    case = office.ledger.write_blocking(
        lambda tx: actions.start(tx, 1, LENDING, answers={}, desk=office.desk, by=RINA, at=MONDAY)
    )
    path = office.house.turn_links.path(case.id)

    def stands():
        return office.ledger.write_blocking(lambda tx: cases.load(tx, case.id)).standing

    assert (await browser.opens("/turns/MQ.forged")).status == 404
    assert (
        await browser.opens(office.house.request_links.path(1).replace("requests", "turns"))
    ).status == 404
    page = await browser.opens(path)
    assert (page.status, "It is your turn now: Melengkapi" in page.text) == (200, True)
    lacking = await browser.sends(page, "", **{"answer.tujuan": "skripsi"})
    assert (lacking.status, stands().open) == (422, ("lengkapi",))
    assert 'value="skripsi"' in lacking.answer.text
    answered = await browser.sends(page, "", files=FILES, **{"answer.tujuan": "skripsi"})
    assert (answered.status, stands().open) == (200, ("tanggapi",))
    again = await browser.sends(page, "", files=FILES, **{"answer.tujuan": "lain"})
    assert (again.status, "nothing came of this answer" in again.text) == (410, True)

    page = await browser.opens(path)
    assert (await browser.sends(page, "", way="keberatan")).status == 422
    assert (await browser.sends(page, "", way="lewat")).status == 422
    page = await browser.sends(page, "", way="keberatan", reason="Tidak lengkap.")
    assert stands().open == ("ambil",)
    page = await browser.sends(page, "", files={"files": ("bukti.pdf", b"%PDF-1.4", "application/pdf")})
    assert (stands().ended, "is over" in page.text) == ("selesai", True)
    turns = office.ledger.write_blocking(lambda tx: cases.load(tx, case.id)).turns
    assert {turn.by for turn in turns} == {CONTACT.key}
