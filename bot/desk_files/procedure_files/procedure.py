"""One file to one procedure."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from bot.desk_files.problems import Problem
from bot.desk_files.procedure_files.acting import read_roles, read_steps
from bot.desk_files.procedure_files.asking import NAME, name, read_questions
from bot.desk_files.procedure_files.booking import read_books
from bot.desk_files.procedure_files.papering import read_papers
from bot.desk_files.procedure_files.paying import read_tariff
from bot.desk_files.procedure_files.said_answers import with_ids
from bot.desk_files.procedure_files.wording import lines, paths, words
from bot.desk_files.sections import Section, slug
from bot.desk_files.yaml_text import Document
from procedures.definition.procedure import DONE, End, Ending, Head, Procedure, Starts, Step
from procedures.definition.seasons import Season, season_of
from procedures.soundness.flaws import flaws
from procedures.soundness.sub_requests import flaws_between
from templates_replies.catalogue import Catalogue
from tickets.desk import Desk

KEYS = (
    "procedure", "name", "starts", "head", "roles", "form", "steps", "ends", "books", "tariff", "withdraw_until",
    "papers", "archive",
)  # fmt: skip
HEAD_KEYS = (
    "unit", "number", "revision", "made_on", "revised_on", "in_force_on", "made_by", "checked_by", "approved_by",
    "legal_basis", "qualification", "related", "equipment", "warning", "records",
)  # fmt: skip
MOST_STEPS = 200


def read_procedures(
    documents: Mapping[str, Document | None], desk: Desk, catalogue: Catalogue, problems: list[Problem], *,
    beside: Collection[str] = (),
) -> tuple[Procedure, ...]:  # fmt: skip
    """Read every procedure of a desk; `beside` are the files of its folder. Mistakes are appended to `problems`."""
    found: dict[str, Procedure] = {}
    sections: dict[str, Section] = {}
    first = len(problems)
    for document in documents.values():
        if document is None:
            continue
        section = Section(document, problems)
        if not isinstance(document.data, dict):
            section.problem("expected keys and values, such as procedure: layanan-studio")
            continue
        before = len(problems)
        procedure = with_ids(_procedure(section, desk, catalogue, beside))
        if procedure.id in found:
            section.problem(f"there is a procedure {procedure.id} already", "procedure")
        if len(problems) == before:  # only what is well written can be followed through
            for flaw in flaws(procedure):
                section.problem(flaw.message, *flaw.path)
        found[procedure.id], sections[procedure.id] = procedure, section
    for procedure in found.values() if len(problems) == first else ():
        for flaw in flaws_between(procedure, found):
            sections[procedure.id].problem(flaw.message, *flaw.path)
    return tuple(found.values())


def _procedure(section: Section, desk: Desk, catalogue: Catalogue, beside: Collection[str]) -> Procedure:
    section.allow(KEYS)
    asked: set[str] = set()
    roles = read_roles(section, desk)
    ends = tuple(_ends(section, desk.language))
    if len(list(section.items("steps"))) > MOST_STEPS:
        section.problem(f"expected at most {MOST_STEPS} steps", "steps")
    form = read_questions(section, "form", language=desk.language, taken=asked, resources=desk.resources)
    books_from = frozenset(asked)
    tariff = read_tariff(section, desk.language)
    steps = read_steps(section, desk, roles=roles, ends=ends, tariff=tariff, form=form, asked=asked)
    return Procedure(
        id=section.read(
            "procedure", slug, "", required="procedure: its short name, such as layanan-studio",
            expected="small letters, digits and hyphens, such as layanan-studio",
        ),
        name=section.text("name", required="name: what people call the procedure"),
        roles=tuple(roles.values()),
        form=form,
        steps=steps,
        ends=ends,
        starts=_starts(section, catalogue),
        head=_head(section),
        books=read_books(section, desk, places=_named(steps), asked=books_from, in_step=False),
        tariff=tariff,
        archive=section.text("archive") or None,
        withdraw_until=_withdraw_until(section, steps),
        papers=read_papers(section, desk, beside),
    )  # fmt: skip


def _ends(section: Section, language: str) -> Iterator[End]:
    """Yield the ends; where the file names none there is one."""
    found = {}
    for one in section.sections("ends"):
        one.allow(("id", "name", "ending", "tells"))
        id_ = one.read("id", name, "", required=f"id of the end: {NAME}")
        if id_ in found:
            one.problem(f"there is an end {id_} already", "id")
        found[id_] = End(
            id=id_,
            name=one.text("name") or id_,
            ending=Ending(one.choice("ending", tuple(Ending), Ending.DONE)),
            tells=words(one, "tells", language=language),
        )
    if found and not any(end.ending is Ending.DONE for end in found.values()):
        section.problem("expected one end at least that is done", "ends")
    yield from found.values()
    if not found:
        yield End(id=DONE, name="Selesai" if language == "id" else "Done")


def _named(steps: Sequence[Step]) -> Mapping[str, str]:
    """Return the ids of steps by what a file may call them: number or id."""
    return {**{step.number: step.id for step in steps}, **{step.id: step.id for step in steps}}


def _withdraw_until(section: Section, steps: Sequence[Step]) -> str | None:
    named = _named(steps)
    said = section.read("withdraw_until", str, None)
    if said is not None and said not in named:
        section.problem(f'expected the number or id of a step, not "{said}"', "withdraw_until")
    return named.get(said) if said is not None else None


def _starts(section: Section, catalogue: Catalogue) -> Starts:
    starts = section.section("starts")
    if starts is None:
        return Starts()
    starts.allow(("category", "words", "by_contact", "open"))
    offered = tuple(category.id for category in catalogue.offered)
    category = starts.read("category", slug, None, expected="the id of a category")
    if category is not None and category not in offered:
        starts.problem(f"there is no category {category} in categories.yaml", "category")
    return Starts(
        category=category,
        words=lines(starts, "words"),
        by_contact=starts.flag("by_contact", fallback=True),
        open=tuple(_seasons(starts)),
    )


def _seasons(starts: Section) -> Iterator[Season]:
    for path in paths(starts, "open"):
        said = starts.raw(*path) or ""
        try:
            yield season_of(said)
        except ValueError:
            starts.problem(
                f'expected days such as 1-31 Agustus, or 1 Maret - 17 April 2026, not "{said[:60]}"', *path
            )


def _head(section: Section) -> Head:
    head = section.section("head")
    if head is None:
        return Head()
    head.allow(HEAD_KEYS)
    return Head(
        unit=_said(head, "unit"),
        number=_said(head, "number"),
        revision=_said(head, "revision"),
        made_on=_said(head, "made_on"),
        revised_on=_said(head, "revised_on"),
        in_force_on=_said(head, "in_force_on"),
        made_by=_said(head, "made_by"),
        checked_by=_said(head, "checked_by"),
        approved_by=_said(head, "approved_by"),
        legal_basis=lines(head, "legal_basis"),
        qualification=lines(head, "qualification"),
        related=lines(head, "related"),
        equipment=lines(head, "equipment"),
        warning=_said(head, "warning"),
        records=lines(head, "records"),
    )


def _said(head: Section, key: str) -> str | None:
    return head.text(key, longest=500) or None
