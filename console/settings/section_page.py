"""One section of the settings: fields, or its lines of the file as a text; saved when the file would be sound."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from fastapi.responses import Response
from starlette.exceptions import HTTPException

from console.changing.veiled import unveiled, veiled
from console.forms import Form, OurForm
from console.probing import Finding
from console.routes import Router
from console.settings import saving
from console.settings.cabinet import PREFIX, Cabinet, TheCabinet, number_in
from console.settings.desk_text import section_in, values_in, with_section
from console.settings.fields import Field, Rows
from console.settings.filling import Filled, Row, as_kept, as_typed, given_away, without
from console.settings.made_of import Page
from console.settings.mistakes import Placed, placed
from console.settings.saving import DESK
from console.settings.sections import OF_KEY
from templates_replies.entries import UnreadableError
from tickets.actions.revising import EditedMeanwhileError, MistakesError
from tickets.views.foreseeing import Foreseen

_NOTHING = Placed(at={}, others=())

router = Router(prefix=PREFIX, include_in_schema=False)


@dataclass(frozen=True, kw_only=True)
class Answer:
    """Why nothing was saved yet, and what stands on the page meanwhile."""

    status: int = 200
    filled: Filled | None = None
    text: str | None = None  # of the section, as somebody typed it
    problems: Sequence[str] = ()  # phrases or sentences
    placed: Placed = field(default_factory=lambda: _NOTHING)
    disputed: frozenset[str] = frozenset()
    foreseen: Foreseen | None = None
    probed: tuple[str, Sequence[Finding]] | None = None  # an account or `directory`, and what was found out


@router.get("/{key}")
async def show(cabinet: TheCabinet, key: str) -> Response:
    return shown(cabinet, _page(key), Answer())


@router.post("/{key}")
async def save(cabinet: TheCabinet, key: str, form: OurForm) -> Response:
    """Save what was typed into fields, together with what somebody else has saved since the page was opened."""
    page = _page(key)
    began = await saving.began_from(cabinet.house, cabinet.revision, number_in(form.line("read")))
    mine = as_typed(
        page, lambda name: _given(form, name), as_kept(page, values_in(began.files.get(DESK, "")))
    )
    if told := given_away(page, mine):
        where = Placed(at=dict.fromkeys(told, "settings_name_variable"), others=())
        typed = Answer(status=422, filled=without(mine, told), placed=where, problems=["settings_mistakes"])
        return shown(cabinet, page, typed)
    try:
        wanted = saving.wanted(page, began, cabinet.revision, mine)
    except UnreadableError as error:
        return shown(cabinet, page, Answer(status=422, filled=mine, problems=[str(error)]))
    if wanted.disputed:
        answer = Answer(
            status=409, filled=wanted.filled, disputed=wanted.disputed, problems=["settings_disputed"]
        )
        return shown(cabinet, page, answer)
    return await _keep(cabinet, page, form, wanted.files, Answer(filled=wanted.filled))


@router.post("/{key}/text")
async def save_text(cabinet: TheCabinet, key: str, form: OurForm) -> Response:
    """Save the lines of a section as they were typed."""
    page, text = _page(key), form.text("text")
    if number_in(form.line("read")) != cabinet.revision.number:
        return shown(cabinet, page, Answer(status=409, text=text, problems=["edited_meanwhile"]))
    try:
        strange = sorted(values_in(text).keys() - set(page.keys))
        if strange:
            expected = f"{strange[0]}: expected one of {', '.join(page.keys)}"
            return shown(cabinet, page, Answer(status=422, text=text, problems=[expected]))
        whole = unveiled(text, cabinet.text)
        files = {**cabinet.revision.files, DESK: with_section(cabinet.text, page.keys, whole)}
    except UnreadableError as error:
        return shown(cabinet, page, Answer(status=422, text=text, problems=[str(error)]))
    return await _keep(cabinet, page, form, files, Answer(text=text))


async def _keep(
    cabinet: Cabinet, page: Page, form: Form, files: Mapping[str, str], answer: Answer
) -> Response:
    """Save files, or say what is wrong with them, or what they would do where that was not seen yet."""
    if files == cabinet.revision.files:
        return cabinet.goes_to(page.key)
    try:
        found = await saving.foreseen(cabinet.house, cabinet.revision, files)
        if found is not None and form.line("as") != "apply":
            return shown(cabinet, page, replace(answer, foreseen=found))
        note = form.line("note") or page.key
        number = await saving.keep(cabinet.house, cabinet.revision, files, by=cabinet.by, note=note)
    except MistakesError as error:
        if answer.filled is None:
            problems = [str(mistake) for mistake in error.mistakes]
            return shown(cabinet, page, replace(answer, status=422, problems=problems))
        where = placed(page, answer.filled, error.mistakes, file=DESK)
        return shown(
            cabinet,
            page,
            replace(answer, status=422, placed=where, problems=["settings_mistakes", *where.others]),
        )
    except EditedMeanwhileError:
        return shown(cabinet, page, replace(answer, status=409, problems=["edited_meanwhile"]))
    return cabinet.goes_to(page.key, number)


# -- what is shown ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A field on the page."""

    name: str
    field: Field
    text: str
    wrong: str  # what the file says of it
    theirs: str | None  # what somebody else has saved meanwhile
    is_odd: bool  # changed as a text only
    is_hidden: bool  # there is a secret, which stays unless something is typed


@dataclass(frozen=True, kw_only=True)
class Line:
    """A row of a list on the page; the last ones are empty, one for each variant."""

    name: str
    was: str
    gone: bool
    is_new: bool
    cells: tuple[Cell, ...]
    variant: str = ""  # of a row that is added
    is_bare: bool = False  # it may say nothing but that it is there
    is_here: bool = False  # and somebody said so
    is_blank: bool = False  # nothing was typed into it

    @property
    def title(self) -> str:
        """What tells it from the others: the first things that are said."""
        return " · ".join([cell.text for cell in self.cells if cell.text and "\n" not in cell.text][:3])


def _page(key: str) -> Page:
    if key not in OF_KEY:
        raise HTTPException(404, "there is no such page of settings")
    return OF_KEY[key]


def _given(form: Form, name: str) -> str | None:
    return form.text(name) if name in form.data else None


def shown(cabinet: Cabinet, page: Page, answer: Answer) -> Response:
    """Show a page as the file has it, or as it was filled in and why that is not saved."""
    kept = as_kept(page, values_in(cabinet.text))
    filled = answer.filled or kept
    cells = {each.name: _cell(each, each.name, filled.texts[each.name], answer, kept) for each in page.fields}
    lines = {rows.name: tuple(_lines(rows, filled, answer, kept)) for rows in page.rows}
    text = section_in(veiled(cabinet.text), page.keys) if answer.text is None else answer.text
    return cabinet.shows(
        "settings_section.html", page.key, status=answer.status, section=page, cells=cells, lines=lines, text=text,
        is_text=answer.text is not None, problems=answer.problems, foreseen=answer.foreseen,
        probed=answer.probed, accounts=cabinet.desk.desk.accounts, stale=_stale(cabinet),
    )  # fmt: skip


def _stale(cabinet: Cabinet) -> frozenset[str]:
    """Return the accounts that are served otherwise than they are described, until the service starts anew."""
    began, now = cabinet.house.began, {each.key: each for each in cabinet.desk.desk.accounts}
    if began is None:
        return frozenset()
    ours = {key for key in began if key.startswith(f"{cabinet.desk.slug}/")}
    return frozenset(key for key in now.keys() | ours if now.get(key) != began.get(key))


def _cell(each: Field, name: str, text: str, answer: Answer, kept: Filled) -> Cell:
    return Cell(
        name=name, field=each, text=text, wrong=answer.placed.at.get(name, ""), is_odd=name in kept.odd,
        theirs=kept.texts.get(name) if name in answer.disputed else None, is_hidden=name in kept.hidden,
    )  # fmt: skip


def _lines(rows: Rows, filled: Filled, answer: Answer, kept: Filled) -> Iterator[Line]:
    there = filled.rows[rows.name]
    variants = rows.variants if len(there) < rows.most else ()
    empty = {each.name: "" for each in rows.fields}
    blanks = [Row(texts=empty | ({rows.by: variant} if variant else {})) for variant in variants]
    for number, row in enumerate((*there, *blanks), start=1):
        name, is_blank = f"{rows.name}[{number}]", number > len(there)
        yield Line(
            name=name, was="" if row.was is None else str(row.was), gone=row.gone, is_new=row.was is None,
            variant=row.texts.get(rows.by, "") if is_blank else "", is_bare=rows.is_bare and row.was is None,
            cells=tuple(
                _cell(each, f"{name}.{each.name}", row.texts[each.name], answer, kept)
                for each in rows.fields_of(row.texts)
            ), is_blank=is_blank, is_here=row.here,
        )  # fmt: skip
