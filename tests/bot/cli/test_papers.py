"""Papers on the command line: templates are tried with sample values before a letter is made of them."""

import io

from console.pages.render import FOLDER

LOGO = (FOLDER / "static" / "icon-192.png").read_bytes()
PROCEDURE = """\
procedure: izin
name: Surat Izin
roles:
  pemohon: {name: Pemohon, requester: true}
  staf: {name: Staf, people: [Budi Hartanto]}
form: [{id: acara, ask: Acara apa?}]
steps:
  - {does: Mengajukan, role: pemohon}
  - {does: Membuat surat, role: staf, makes: izin, signs: izin, sends: izin}
papers: [{id: izin, name: Surat Izin, template: papers/izin.typ, series: surat, text: ["{acara}"]}]
"""
DESK = """\
letterhead: {unit: Unit Contoh, logo: papers/logo.png}
series: {surat: "{no}/{year}"}
"""


def test_a_template_is_tried_before_it_is_used_and_its_logo_goes_along(desks, tanggap, monkeypatch):
    folder = desks / "unit-contoh"
    (folder / "papers").mkdir()
    (folder / "papers" / "logo.png").write_bytes(LOGO)
    template = folder / "papers" / "izin.typ"
    template.write_text('#import "/tanggap.typ": *\n#show: lembar\n#nomer\n')
    (folder / "procedures" / "izin.yaml").write_text(PROCEDURE)
    desk = folder / "desk.yaml"
    desk.write_text(desk.read_text() + DESK)
    wrong = tanggap("desk", "check", str(folder))
    assert (wrong.code, wrong.err) == (
        1,
        f"{folder}/papers/izin.typ:3: unknown variable: nomer (izin of izin)\n",
    )
    template.write_text('#import "/tanggap.typ": *\n#show: lembar\n#judul(data.name)\n#isi()\n#ttd()\n')
    assert tanggap("procedure", "paper", str(folder), "izin", "izin", "-o", "izin.pdf").code == 0
    assert (desks.parent / "izin.pdf").read_bytes().startswith(b"%PDF-")
    monkeypatch.setattr("sys.stdin", io.StringIO("Pameran\n\n"))
    played = tanggap("procedure", "try", str(folder), "izin").out
    assert "made: Surat Izin (a draft)\n  signed: Surat Izin\n  sent to the requester: Surat Izin" in played
    assert tanggap("desk", "load", str(folder)).code == 0
    assert tanggap("desk", "export", "keluar", "--desk", "unit-contoh").code == 0
    assert (desks.parent / "keluar" / "papers" / "logo.png").read_bytes() == LOGO
