"""Categories, reply templates and tags: lists, and a form for one entry."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Query
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from console.catalogue import changes
from console.catalogue.shelf import OF_KIND, PREFIX, Refused, Shelf, TheShelf
from console.forms import Form, OurForm
from console.routes import Router
from templates_replies.catalogue import LANGUAGES, AutoReply, ReplyTemplate, Unsure
from templates_replies.entries import entries_of, move_entry, put_entry
from templates_replies.placeholders import ASKED, PLACEHOLDERS
from templates_replies.render import fill

LONGEST_LINES = 100_000
_SAMPLE: Mapping[str, str] = {
    "contact": "Ana Lestari", "identity": "13321001", "unit": "Teknik Fisika", "ticket": "#1042",
    "subject": "Lupa kata sandi", "category": "Lupa kata sandi", "status": "…", "desk": "…", "agent": "Budi",
    "hours": "…", "answer_by": "…", "today": "…", "link": "https://…",
}  # fmt: skip

router = Router(prefix=PREFIX, include_in_schema=False)


@dataclass(frozen=True, kw_only=True)
class Preview:
    """How a reply reads, with made-up values."""

    language: str
    text: str


@router.get("/{kind}")
async def show(shelf: TheShelf, kind: str) -> Response:
    entries = await _entries(shelf, kind)
    names = {entry.get("id"): entry.get("title") for entry in entries} if kind == "replies" else {}
    return shelf.shows("catalogue_entries.html", kind, kind=kind, entries=entries, names=names)


@router.get("/{kind}/edit")
async def edit(shelf: TheShelf, kind: str, id: Annotated[str, Query(max_length=60)] = "") -> Response:  # noqa: A002
    entry = next((one for one in await _entries(shelf, kind) if one.get("id") == id), {})
    return await _form(shelf, kind, entry, is_new=not entry)


@router.post("/{kind}/edit")
async def save(shelf: TheShelf, kind: str, form: OurForm) -> Response:
    """Save one entry; with the button for it a reply is only shown as it would read."""
    file = _file(kind)
    id_ = form.line("id", longest=60)
    fields = _FIELDS[kind](form)
    is_new = form.line("new") == "1"
    if form.line("as") == "preview":
        return await _form(shelf, kind, {"id": id_, **fields}, is_new=is_new, previews=_previews(fields))
    if is_new and any(one.get("id") == id_ for one in await _entries(shelf, kind)):
        outcome: Refused | int = Refused(status=409, problems=("entry_exists",))
    else:
        text = await shelf.house.ledger.aside(put_entry, shelf.text(file), id_, fields)
        note = str(fields.get("name") or fields.get("title") or id_)
        if form.line("as") == "effect":
            return await changes.show(shelf, {file: text}, note=form.line("note") or note)
        outcome = await shelf.saves({file: text}, form, note=note)
    if isinstance(outcome, Refused):
        return await _form(
            shelf, kind, {"id": id_, **fields}, is_new=is_new, status=outcome.status, problems=outcome.problems
        )  # fmt: skip
    return shelf.goes_to(kind, outcome)


@router.post("/{kind}/move")
async def move(shelf: TheShelf, kind: str, form: OurForm) -> Response:
    file, id_ = _file(kind), form.line("id")
    by = -1 if form.line("by") == "up" else 1
    text = await shelf.house.ledger.aside(move_entry, shelf.text(file), id_, by)
    outcome = await shelf.saves({file: text}, form, note=id_)
    if isinstance(outcome, Refused):
        entries = await _entries(shelf, kind)
        return shelf.shows(
            "catalogue_entries.html", kind, status=outcome.status, problems=outcome.problems, kind=kind,
            entries=entries, names={},
        )  # fmt: skip
    return shelf.goes_to(kind, outcome)


async def _entries(shelf: Shelf, kind: str) -> tuple[Mapping[str, Any], ...]:
    return await shelf.house.ledger.aside(entries_of, shelf.text(_file(kind)))


async def _form(
    shelf: Shelf, kind: str, entry: Mapping[str, Any], *, is_new: bool, status: int = 200,
    problems: tuple[str, ...] = (), previews: tuple[Preview, ...] = (),
) -> Response:  # fmt: skip
    replies = await _entries(shelf, "replies") if kind == "categories" else ()
    entries = await _entries(shelf, kind) if kind != "tags" else ()
    others = [one for one in entries if one.get("id") != entry.get("id") and not one.get("retired")]
    return shelf.shows(
        "catalogue_entry.html", kind, status=status, problems=problems, kind=kind, entry=entry, is_new=is_new,
        replies=replies, autos=list(AutoReply), unsures=list(Unsure),
        placeholders=[*PLACEHOLDERS, f"{ASKED}…"], previews=previews,
        languages=LANGUAGES, others=others,
    )  # fmt: skip


def _file(kind: str) -> str:
    if kind not in OF_KIND:
        raise HTTPException(404, "there is no such list")
    return OF_KIND[kind]


# -- from a form to the fields of an entry; None takes a field out ----------------------------------------------------


def _category(form: Form) -> Mapping[str, Any]:
    return {
        "name": form.line("name"),
        "description": form.line("description", longest=4_000) or None,
        "keywords": _lines(form, "keywords") or None,
        "examples": _lines(form, "examples") or None,
        "reply": form.line("reply") or None,
        "auto": form.line("auto") or None,
        "unsure": "ask" if form.line("unsure") == Unsure.ASK else None,
        "retired": True if form.line("retired") else None,
        **({} if form.line("retired") else {"merged_into": None}),
    }


def _reply(form: Form) -> Mapping[str, Any]:
    sid = form.line("content_sid")
    bodies = {language: form.text(f"body_{language}").strip() or None for language in LANGUAGES}
    whatsapp = {"whatsapp": {"content_sid": sid}} if sid else {"whatsapp": None}
    return {"title": form.line("title"), "body": bodies, **whatsapp}


def _tag(form: Form) -> Mapping[str, Any]:
    return {"name": form.line("name")}


_FIELDS: Mapping[str, Callable[[Form], Mapping[str, Any]]] = {
    "categories": _category,
    "replies": _reply,
    "tags": _tag,
}


def _lines(form: Form, name: str) -> list[str]:
    return [line.strip() for line in form.text(name)[:LONGEST_LINES].split("\n") if line.strip()]


def _previews(fields: Mapping[str, Any]) -> tuple[Preview, ...]:
    reply = ReplyTemplate(id="", title="", body=fields.get("body") or {})
    return tuple(
        Preview(language=language, text=fill(text, _SAMPLE)[0])
        for language, text in reply.body.items()
        if text
    )
