"""Papers typeset by templates: the same values make the same file, nothing else of the machine is seen, and faults are told by file and line."""

import io
import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
import typst
from docx import Document

from procedures.definition.papers import Kind
from procedures.papers.amounts import spelled
from procedures.papers.sample import sample_values
from procedures.papers.typesetting import DOCX, PDF, TEMPLATES, Job, TemplateError, typeset
from tests.procedures.letters import LETTERHEAD, LETTERS
from tests.tickets.desks import small_desk

AT = datetime(2026, 10, 5, 3, 0, 0, 250, tzinfo=UTC)  # instants of the ledger are that exact
LINK = "https://tanggap.example.ac.id/paper/abc"
OWN = "papers/surat.typ"
DESK = replace(small_desk(), letterhead=LETTERHEAD)
PAPER = LETTERS.paper("balasan")
NUMBERS = (
    0,
    7,
    11,
    19,
    21,
    100,
    105,
    199,
    1000,
    1001,
    1999,
    11_000,
    25_017,
    1_250_000,
    999_999_999,
    2_000_000_000_001,
)


def values(*, signed=True, **more):
    return sample_values(PAPER, LETTERS, DESK, AT, signed=signed) | more


def job(template=OWN, text="", **more):
    files = {OWN: text.encode(), **more.pop("files", {})}
    return Job(values=more.pop("values", values()), template=template, files=files, link=LINK, at=AT)


def test_every_kind_has_a_template_that_makes_the_same_file_of_the_same_values():
    for kind in Kind:
        made = typeset(job(str(kind), values=values(signed=kind is not Kind.REPLY)))
        assert (made.type, made.content[:5], len(made.previews)) == (PDF, b"%PDF-", 1), kind
    assert typeset(job(str(Kind.REPLY))).content == typeset(job(str(Kind.REPLY))).content
    assert (
        typeset(job(str(Kind.REPLY))).content
        != typeset(job(str(Kind.REPLY), values=values(signed=False))).content
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('#read("/etc/passwd")', "papers/surat.typ:1: file not found"),
        ('#read("../../../etc/passwd")', 'papers/surat.typ:1: path `"../../../etc/passwd"` would escape'),
        ("satu\n\n#nomer", "papers/surat.typ:3: unknown variable: nomer"),
        ('#import "@preview/cetz:0.3.0"', "papers/surat.typ:1: packages cannot be used here"),
    ],
)  # fmt: skip
def test_a_template_sees_the_desks_papers_alone_and_what_is_wrong_is_told(text, told, monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")  # as in the process apart
    with pytest.raises(TemplateError) as caught:
        typeset(job(text=text))
    assert str(caught.value).startswith(told)
    assert "/tmp" not in str(caught.value)


def test_what_somebody_typed_is_never_read_as_markup():
    typed = '#panic("x") $ *a* </b> @c \\'
    own = '#import "/tanggap.typ": *\n#show: lembar\n#judul(data.name)\n#isi()\n#rincian()\n#ttd()'
    odd = values(
        name=typed, text=[typed], details=[[typed, typed]], closing=[typed], to=[typed], people=[typed]
    )
    assert typeset(job(text=own, values=odd)).previews
    for kind in Kind:
        assert typeset(job(str(kind), values=odd)).previews


def test_what_was_frozen_before_a_release_is_typeset_after_it():
    old = values()
    del old["initials"], old["closing"]
    for kind in (Kind.REPLY, Kind.RECEIPT):
        assert typeset(job(str(kind), values=old)).previews


def test_the_guides_template_makes_a_paper():
    guide = (Path(__file__).parents[2] / "docs" / "guide" / "procedures.md").read_text()
    (text,) = re.findall(r"```typst\n(.*?)```", guide, re.DOTALL)
    assert typeset(job(text=text)).type == PDF


def test_typst_spells_numbers_as_we_do(tmp_path):
    (tmp_path / "tanggap.typ").write_bytes((TEMPLATES / "tanggap.typ").read_bytes())
    (tmp_path / "data.json").write_text('{"language": "id"}')
    asked = f"({', '.join(str(number) for number in NUMBERS)})"
    main = (
        f'#import "tanggap.typ": *\n#metadata({asked}.map(n => (terbilang(n), spelled(n), rupiah(n)))) <all>'
    )
    (tmp_path / "main.typ").write_text(main)
    said = typst.query(tmp_path / "main.typ", "<all>", field="value", one=True, root=tmp_path)
    assert [list(each) for each in json.loads(said)] == [
        [spelled(Decimal(n), "id"), spelled(Decimal(n), "en"), f"Rp{n:,}".replace(",", ".")] for n in NUMBERS
    ]


def test_word_templates_are_filled_in_within_a_sandbox():
    def word(text, head="", **more):
        out = io.BytesIO()
        document = Document()
        document.add_paragraph(text)
        document.sections[0].header.paragraphs[0].text = head
        document.save(out)
        files = {"papers/surat.docx": out.getvalue()}
        return typeset(job("papers/surat.docx", files=files, values=values(**more)))

    made = word(
        "{{ number }} {{ 1250000 | terbilang_rupiah }} {{ day | tanggal }} {{ answers.kegiatan }}{{ due }}. {{ code }}"
    )
    assert made.type == DOCX
    (said, *_) = [each.text for each in Document(io.BytesIO(made.content)).paragraphs]
    assert said.startswith(
        "001/CONTOH/2026 satu juta dua ratus lima puluh ribu rupiah 5 Oktober 2026 [kegiatan]."
    )
    typed = '{{ 7 * 7 }} {% if x %} {{r y }} <w:p/> ]]> & "'
    made = word("{{ about }}", about=typed)
    assert Document(io.BytesIO(made.content)).paragraphs[0].text == typed  # and never read as a template
    for hostile in (
        "{{ ''.__class__.__mro__ }}",
        "{{ code.tpl.docx }}",  # which can write itself to any place
        "{% include '/etc/passwd' %}",
        "{{ nomer.x }}",
        "{% for %}",
    ):
        with pytest.raises(TemplateError, match=r"papers/surat\.docx: "):
            word(hostile)
    with pytest.raises(TemplateError, match="it is no Word file any more"):
        word("", head="{{ '<w:' | safe }}")
