"""One rule by its fields: when, if, unless and then; tried over a month as it is typed, saved as a revision."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Annotated, Any

from fastapi import Query
from fastapi.responses import Response

from console.catalogue.rule_lines import (
    BLANK_LINES,
    KEYS,
    FilledRule,
    as_kept,
    as_typed,
    fields_of,
    placed,
)
from console.catalogue.rules import last_month
from console.catalogue.shelf import PREFIX, Shelf, TheShelf, refused
from console.changing import editing
from console.forms import Form, OurForm
from console.routes import Router
from reports.errors import ReportError
from templates_replies.catalogue import LANGUAGES
from templates_replies.entries import UnreadableError, drop_entry, entries_of, move_entry, put_entry
from tickets import revisions
from tickets.actions.errors import ActError
from tickets.actions.revising import EditedMeanwhileError, MistakesError
from tickets.clocks import FIRST_RESPONSE, NEXT_RESPONSE, RESOLUTION
from tickets.lifecycle import Status
from tickets.message import Channel
from tickets.priority import PRIORITIES
from tickets.rules import Happens, Lasts
from tickets.trial import RuleTried

FILE = editing.RULES
Entry = Mapping[str, Any]

router = Router(prefix=PREFIX, include_in_schema=False)


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What stands on the page beside the rule itself."""

    status: int = 200
    problems: Sequence[str] = ()
    wrong: Mapping[str, str] = field(default_factory=dict)  # by field: what the file says of it
    theirs: Entry | None = None  # what somebody else has saved of this rule meanwhile
    month: str = ""
    tried: RuleTried | None = None
    blank: int = BLANK_LINES  # lines that are offered


@router.get("/rules/edit")
async def edit(shelf: TheShelf, id: Annotated[str, Query(max_length=60)] = "") -> Response:  # noqa: A002
    entry = _entry(await _entries(shelf.revision.files, shelf), id)
    return await _shown(shelf, as_kept(entry or {}), Answer(), is_new=entry is None)


@router.post("/rules/edit")
async def save(shelf: TheShelf, form: OurForm) -> Response:
    """Save the rule, try it, or only offer more lines."""
    rule = as_typed(form.text, lambda name: [str(each) for each in form.data.getlist(name)])
    rule = replace(rule, id=form.line("id", longest=60), name=form.line("name"))
    is_new = form.line("new") == "1"
    if form.line("as") == "more":
        return await _shown(shelf, rule, Answer(blank=2 * BLANK_LINES), is_new=is_new)
    entries = await _entries(shelf.revision.files, shelf)
    now = _entry(entries, rule.id)
    if is_new and now is not None:
        return await _shown(shelf, rule, Answer(status=409, problems=["entry_exists"]), is_new=True)
    if not is_new and now != await _began(shelf, form, rule.id):
        there = Answer(status=409, problems=["edited_meanwhile"], theirs=now)
        return await _shown(shelf, rule, there, is_new=now is None)
    try:
        text = await shelf.house.ledger.aside(
            put_entry, shelf.text(FILE), rule.id, fields_of(rule, now or {})
        )
        if form.line("as") == "try":
            return await _shown(shelf, rule, await _tried(shelf, rule, text, form), is_new=is_new)
        return shelf.goes_to(
            "rules", await _keep(shelf, text, note=form.line("note") or rule.name or rule.id)
        )
    except (ActError, UnreadableError) as error:
        number = next((n for n, one in enumerate(entries, start=1) if one is now), len(entries) + 1)
        return await _shown(shelf, rule, _why(rule, number, error), is_new=is_new)


@router.post("/rules/move")
async def move(shelf: TheShelf, form: OurForm) -> Response:
    """Let a rule change places, for of rules that start together the earlier goes first; or take it out."""
    id_ = form.line("rule")
    if form.line("by") == "out":
        text = await shelf.house.ledger.aside(drop_entry, shelf.text(FILE), id_)
    else:
        way = -1 if form.line("by") == "up" else 1
        text = await shelf.house.ledger.aside(move_entry, shelf.text(FILE), id_, way)
    outcome = await shelf.saves({FILE: text}, form, note=id_)
    if isinstance(outcome, int):
        return shelf.goes_to("rules", outcome)
    answer = Answer(status=outcome.status, problems=outcome.problems)
    entry = _entry(await _entries(shelf.revision.files, shelf), id_)
    return await _shown(shelf, as_kept(entry or {}), answer, is_new=entry is None)


async def _keep(shelf: Shelf, text: str, *, note: str) -> int:
    return await editing.save(
        shelf.house, shelf.desk.slug, {FILE: text}, read=shelf.revision.number, by=shelf.by, note=note
    )


async def _tried(shelf: Shelf, rule: FilledRule, text: str, form: Form) -> Answer:
    """Say what the rule would have done in a month, as it is typed. Raises MistakesError."""
    month = form.line("month")
    try:
        asked, tried = await editing.try_rules(shelf.house, shelf.desk.slug, month, rules=text)
    except ReportError:
        return Answer(status=422, problems=["no_month"], month=month)
    found = next(each for each in tried if each.rule.id == rule.id)
    return Answer(month=str(asked), tried=found)


def _why(rule: FilledRule, number: int, error: Exception) -> Answer:
    if isinstance(error, MistakesError):
        wrong, others = placed(rule, number, error.mistakes, file=FILE)
        return Answer(status=422, problems=[*(["settings_mistakes"] if wrong else []), *others], wrong=wrong)
    if isinstance(error, EditedMeanwhileError):
        return Answer(status=409, problems=["edited_meanwhile"])
    why = refused(error)
    return Answer(status=why.status, problems=why.problems)


# -- what is shown ----------------------------------------------------------------------------------------------------


async def _entries(files: Mapping[str, str], shelf: Shelf) -> tuple[Entry, ...]:
    return await shelf.house.ledger.aside(entries_of, files.get(FILE, ""))


def _entry(entries: Sequence[Entry], id_: str) -> Entry | None:
    return next((one for one in entries if id_ and one.get("id") == id_), None)


async def _began(shelf: Shelf, form: Form, id_: str) -> Entry | None:
    """Return the rule as it stood when the form was opened."""
    given = form.line("read", longest=9)
    read = int(given) if given.isascii() and given.isdigit() else 0
    if read == shelf.revision.number:
        return _entry(await _entries(shelf.revision.files, shelf), id_)
    began = await shelf.house.ledger.write(
        lambda tx: revisions.numbered(tx, shelf.desk.slug, read), name="catalogue"
    )
    return None if began is None else _entry(await _entries(began.files, shelf), id_)


async def _shown(shelf: Shelf, rule: FilledRule, answer: Answer, *, is_new: bool) -> Response:
    return shelf.shows(
        "catalogue_rule.html", "rules", status=answer.status, problems=tuple(answer.problems), rule=rule, is_new=is_new,
        answer=answer, keys=KEYS, happenings=tuple(Happens), lengths=tuple(Lasts), known=await _known(shelf),
        month=answer.month or last_month(shelf),
        theirs=None if answer.theirs is None else as_kept(answer.theirs),
    )  # fmt: skip


async def _known(shelf: Shelf) -> Mapping[str, Sequence[str]]:
    """Return what may be typed behind a key, as far as it is a choice."""
    aside, desk = shelf.house.ledger.aside, shelf.desk.desk
    ids = {
        file: [str(one["id"]) for one in await aside(entries_of, shelf.text(file)) if one.get("id")]
        for file in (editing.CATEGORIES, editing.REPLIES, editing.TAGS)
    }
    people = [member.id for member in desk.staff]
    tags = ids[editing.TAGS]
    return {
        "category": ids[editing.CATEGORIES], "reply": ids[editing.REPLIES], "tag": tags, "untag": tags, "tags": tags,
        "team": [team.id for team in desk.teams], "holder": people, "assign": people,
        "webhook": [webhook.id for webhook in desk.webhooks], "channel": list(Channel), "status": list(Status),
        "priority": list(PRIORITIES), "language": LANGUAGES, "clock": (FIRST_RESPONSE, NEXT_RESPONSE, RESOLUTION),
        "verified": ("true", "false"), "hours": ("open", "closed"), "days": ("mon-fri", "sat", "sun"),
    }  # fmt: skip
