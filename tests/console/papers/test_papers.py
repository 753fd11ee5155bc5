"""Papers on pages: looked at by the desk, made void by a supervisor, and checked by anybody who has one."""

from dataclasses import replace

import pytest

from procedures.papers import typesetting_queue as queue
from tests.console.houses import Office
from tests.console.pages import Seen
from tests.procedures.letters import LETTERHEAD, LETTERS, SERIES
from tests.tickets.desks import whatsapp
from tickets.ledger.blobs import Stored

FORM = {"answer.kegiatan": "Kuliah", "answer.tanggal": "2026-10-20", "answer.biaya": "1250000"}
CONTENT, PICTURE = b"%PDF-1.7 surat", b"\x89PNG gambar"


class Secretariat(Office):
    def __post_init__(self):
        super().__post_init__()
        self.becomes(letterhead=LETTERHEAD, series=SERIES)

    def typesets(self):
        blobs, write = self.ledger.blobs, self.ledger.write_blocking
        file = Stored(
            name="Surat.pdf", type="application/pdf", size=len(CONTENT), sha256=blobs.put(CONTENT), state="stored"
        )  # fmt: skip
        for order in write(lambda tx: queue.claim(tx, now=self.clock.now)):
            write(lambda tx, o=order: queue.keep(tx, o.paper, file, (blobs.put(PICTURE),), at=self.clock.now))


async def compares(browser, page, content):
    files = {"file": ("surat.pdf", content, "application/pdf")}
    return Seen(await browser.client.post(page.path, data=page.form("").fields, files=files))


@pytest.fixture
def office(ledger):
    return Secretariat(ledger, procedures=(LETTERS,))


async def test_a_template_is_seen_with_sample_values_and_what_is_wrong_with_it_is_told(office, budi, browser):
    page = await budi.opens("/procedures")
    path = f"/procedures/surat/papers/balasan?desk={office.desk.slug}"
    assert path in page.answer.text
    made = (await budi.opens(path)).answer
    assert (made.headers["content-type"], made.content[:5]) == ("application/pdf", b"%PDF-")
    office.procedures = (replace(LETTERS, papers=(replace(LETTERS.papers[0], template="papers/x.typ"),)),)
    wrong = await budi.opens(path)
    assert (wrong.status, "papers/x.typ" in wrong.text) == (422, True)
    assert (await budi.opens(path.replace(office.desk.slug, "lain"))).status == 404
    assert (await browser.opens("/paper/%00")).status == 404  # as PostgreSQL's text cannot hold it
    assert "sample" not in (await browser.opens(path)).text.lower()  # to the login


async def test_a_letter_is_seen_signed_checked_by_a_stranger_and_made_void(office, budi, rina, browser):
    office.receives(whatsapp("mau studio", sid="SM1"))
    page = await budi.sends(await budi.opens("/tickets/1"), "/cases", **FORM)
    page = await budi.sends(page, "/steps/konsep", outcome="done")
    assert "Surat Balasan" in page.text
    assert "being made" in page.text
    office.typesets()
    draft = await budi.opens("/tickets/1/papers/1")
    assert "draft" in draft.text
    assert (await budi.opens("/tickets/1/papers/1/pages/0")).answer.content == PICTURE
    assert (await budi.opens("/tickets/2/papers/1")).status == 404
    await rina.sends(await rina.opens("/tickets/1"), "/steps/tanda", outcome="ya")
    office.typesets()
    async with office.program() as program:
        listed = (await program.get("/cases/1/papers")).json()["items"]
        letter = next(each for each in listed if each["paper"] == "balasan")
        assert (letter["state"], letter["number"]) == ("issued", "059/TU/X/2026")
        assert (await program.get(f"/papers/{letter['id']}/file")).content == CONTENT
        assert all(each["url"] is None for each in listed if each["state"] == "draft")
    public = letter["url"].removeprefix("http://desk.test")
    seen = await browser.opens(public)
    assert "is genuine" in seen.text
    assert letter["sha256"] in seen.text
    assert "Kuliah" not in seen.text  # nothing of whom or what it is about
    assert "exactly the one that was issued" in (await compares(browser, seen, CONTENT)).text
    assert "not the one that was issued" in (await compares(browser, seen, CONTENT + b" ")).text
    assert (await browser.opens("/paper/nobody")).status == 404
    page = await rina.opens("/tickets/1/papers/1")
    assert "Make void" not in (await budi.opens("/tickets/1/papers/1")).text
    await rina.sends(page, "/void", reason="Salah tanggal")
    assert "has been void since 5 October 2026" in (await browser.opens(public)).text
    assert "Salah tanggal" in (await rina.opens("/tickets/1/papers/1")).text
