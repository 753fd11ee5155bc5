"""Files of a procedure on WhatsApp: what a contact sends where the form asks for one, and what whose turn it is gets."""

import httpx
from starlette.applications import Starlette

from bot.apart.paper_press import PaperPress
from bot.carrying.paper_files import PaperFiles
from bot.carrying.report_files import ReportFiles
from bot.carrying.sop_forms import SopForms
from bot.handing_out import MadeDoor
from channels.whatsapp.files import takes
from channels.whatsapp.twilio.drafts import KINDS, drafts
from tests.bot.chat import FOLDER, MADE_LINKS, Chat
from tests.tickets.desk_at_work import MINUTE
from tickets.message import File

ANA, RINA, BUDI = "+6281234567890", "+628110001", "+628110002"
PROCEDURE = """\
procedure: surat
name: Surat Keterangan
starts: {words: [surat keterangan]}
roles:
  pemohon: {name: Pemohon, requester: true}
  staf: {name: Staf, people: [Budi Hartanto]}
  kepala: {name: Kepala, people: [rina@example.ac.id]}
papers:
  - {id: surat, kind: surat_balasan, name: Surat Keterangan, text: ["Untuk {untuk}."]}
form:
  - {id: untuk, ask: Untuk apa?}
  - {id: lampiran, ask: Mohon lampirkan surat pengantarnya., kind: file}
  - {id: data, ask: Mohon lampirkan datanya., kind: file}
steps:
  - {does: Mengajukan permohonan, role: pemohon}
  - {does: Menyusun konsep, role: staf, makes: surat}
  - id: setuju
    does: Menyetujui
    role: kepala
    outcomes:
      - {id: ya, label: Ya, signs: surat, sends: surat}
      - {id: tidak, label: Tidak, to: 2, reason: true}
"""
LETTER = File(name="pengantar.pdf", type="application/pdf", size=8, content=b"%PDF-1.4")
TABLE = File(name="data.csv", type="text/csv", size=10, content=b"nama,nilai")


class Office(Chat):
    """A desk whose people have WhatsApp alone, at a provider that takes some files only."""

    def __init__(self, ledger):
        file = (FOLDER / "desk.yaml").read_text()
        for telegram in ("telegram: 1001, ", "telegram: 1002, "):
            file = file.replace(telegram, "")
        super().__init__(ledger, files={"desk.yaml": file, "procedures/surat.yaml": PROCEDURE})
        self.whatsapp.takes = lambda file: takes(file, KINDS)

    async def prints(self):
        async def at_once(call, job):
            return call(job)

        press = PaperPress(
            self.ledger, apart=at_once, public_url="https://tanggap.test", clock=lambda: self.now
        )
        await press.turn()

    def heard(self, who):
        return [each for each in self.whatsapp.sent if each.place.address == who]

    async def hands_out(self, url):
        papers = PaperFiles(self.ledger, MADE_LINKS.url)
        forms = SopForms(self.ledger, self.desks, clock=lambda: self.now, link=MADE_LINKS.url)
        app = Starlette(
            routes=[MadeDoor(MADE_LINKS, papers, forms, ReportFiles(self.ledger, MADE_LINKS.url)).route]
        )
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app)) as provider:
            return await provider.get(url)


async def test_files_come_and_go_with_a_step_as_files(ledger):
    office = Office(ledger)
    for person in (RINA, BUDI):
        await office.writes("/bantuan", sender=person)  # so that their own windows are open
    await office.writes("mau surat keterangan", sender=ANA)
    await office.writes("1", sender=ANA)
    await office.writes("", sender=ANA, files=(LETTER,))  # before it is asked for: kept for its question
    await office.writes("beasiswa", sender=ANA)
    assert "pengantar.pdf" in office.heard(ANA)[-1].text
    assert "Mohon lampirkan datanya." in office.heard(ANA)[-1].text
    await office.writes("datanya menyusul ya", sender=ANA)
    assert "Mohon lampirkan datanya." in office.heard(ANA)[-1].text
    await office.writes("", sender=ANA, files=(TABLE,))
    assert "📎 data.csv" in office.heard(ANA)[-1].text
    await office.writes("", sender=ANA, files=(LETTER,))
    assert "Bila berkas ini pengganti, tulis “ubah 3”" in office.heard(ANA)[-1].text
    await office.writes("kirim", sender=ANA)
    await office.writes(
        "Selesai", sender=ANA, button="!step:1:@1.1.2.0"
    )  # somebody else's press is no name of theirs
    assert "Bapak/Ibu Selesai" not in office.heard(ANA)[-1].text
    call = office.heard(BUDI)[-1]
    assert "pengantar.pdf, data.csv" in call.text
    assert [file.name for file in call.files] == [
        "pengantar.pdf"
    ]  # WhatsApp takes no CSV, and the call goes all the same

    await office.writes("#1 /langkah 2", sender=BUDI)
    await office.prints()
    await office.passes(2 * MINUTE)
    call = next(each for each in office.heard(RINA) if "Menyetujui" in each.text)
    letter = call.files[-1]
    assert letter.name == "KONSEP Surat Keterangan.pdf"
    words, *media = drafts(call, media_url=lambda file: file.url or f"https://desk.test/{file.name}")
    assert "Balas: #1 /langkah 3 Ya / Tidak" in words.body
    assert media[-1].media_url == letter.url
    handed_out = await office.hands_out(letter.url)
    assert (handed_out.content, handed_out.headers["content-type"]) == (letter.content, "application/pdf")
    assert (await office.hands_out(letter.url[:-2])).status_code == 404

    await office.writes("#1 /sop", sender=RINA)
    drawn = office.heard(RINA)[-1].files
    assert [file.type for file in drawn] == ["image/png", "application/pdf"]
    picture = await office.hands_out(drawn[0].url)
    assert picture.content.startswith(b"\x89PNG")
