"""What is done to the papers of a case, inside the writer's transaction. Whoever calls has asked for rights.

    work     all that a step does with papers when it has ended
    make     a paper of a case, or its draft anew; a paper that was issued is replaced by the new one
    initial  the draft: whoever ended the step has checked it, and the paper shows that; made anew it is to be checked anew
    sign     the draft: whoever ended the step approves it, and it gets its number and date
    take_in  a file of the ticket that stands as the paper from now on
    close    the case is over: drafts that nobody will sign are void

A number is taken when a paper is issued; where it is to be signed by hand, when it is made, for it is printed with it.
"""

import secrets
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from procedures.cases.happened import Doing
from procedures.cases.rows import CaseNow
from procedures.definition.papers import Filing, Paper, Paperwork
from procedures.definition.procedure import Step
from procedures.papers import rows
from procedures.papers.numbers import numbered
from procedures.papers.rows import PaperNow, State
from procedures.papers.sending import say_without, want
from procedures.papers.signatures import initials_of, signature_of
from procedures.papers.values import Around, frozen, printable
from tickets import attachments, contacts
from tickets import ticket as tickets_
from tickets.actions.errors import NotAllowedError, RuleError, UnknownValueError
from tickets.actions.rights import require
from tickets.actor import Actor, Kind, Role
from tickets.desk import DeskNow
from tickets.ledger.events import append
from tickets.ledger.tx import Tx

MADE, FILED, VOIDED = "paper.made", "paper.filed", "paper.voided"
INITIALLED, SIGNED = "paper.initialled", "paper.signed"


class NotTypesetError(RuleError):
    """Nobody signs what nobody can have seen: the template of the draft is wrong."""

    code = "paper_not_typeset"

    def __init__(self, paper: PaperNow) -> None:
        super().__init__(f"{paper.paper} cannot be typeset: {paper.error}", ticket=paper.ticket)


def work(tx: Tx, case: CaseNow, doing: Doing, step: Step, paperwork: Paperwork) -> None:
    """Do what a step does with papers, as it has ended: making, taking in, signing, sending."""
    for name in paperwork.makes:
        make(tx, case, doing, _known(doing, name))
    for filing in paperwork.files:
        take_in(tx, case, doing, filing)
    for name in paperwork.initials:
        initial(tx, case, doing, name, step)
    for name in paperwork.signs:
        sign(tx, case, doing, name, step)
    for name in paperwork.sends:
        want(tx, case, name)


def make(
    tx: Tx, case: CaseNow, doing: Doing, paper: Paper, *, more: Mapping[str, Any] | None = None,
    number: str | None = None,
) -> PaperNow:  # fmt: skip
    """Make a paper for a case; `more` is laid over its values, `number` is one that it has already.

    It need not be among those of the procedure: an invoice has the number and the items that `money` gives it.
    """
    name, works = paper.id, doing.procedure.paperwork
    is_signed, is_filed = name in works.signs, any(each.paper == name for each in works.files)
    content = frozen(paper, _around(tx, case, doing), draft=is_signed) | dict(more or {})
    state = State.DRAFT if is_signed or is_filed else State.ISSUED
    drawn: dict[str, Any] = {
        "state": state, "content": content, "revision": doing.desk.revision, "template": paper.template,
        "made_by": doing.by.key, "made_at": doing.at, "due_at": doing.at, "attempts": 0, "error": None,
    }  # fmt: skip
    before = rows.current(tx, case.id, name)
    if before is not None and before.state is State.DRAFT:
        made = replace(before, edition=before.edition + 1, **drawn)
    else:
        if before is not None:
            rows.save(tx, replace(say_without(tx, before, at=doing.at), state=State.REPLACED))
        made = rows.create(
            tx, desk=case.desk, ticket=case.ticket, case=case.id, paper=name, token=secrets.token_urlsafe(16), **drawn
        )  # fmt: skip
    if number is not None:
        made = replace(made, number=number)
    elif made.number is None and (is_filed or not is_signed):
        made = _with_number(tx, made, paper, case, doing)
    rows.save(tx, made)
    _tell(tx, made, MADE, doing)
    return made


def initial(tx: Tx, case: CaseNow, doing: Doing, name: str, step: Step) -> PaperNow | None:
    """Initial the draft as whoever ended the step; None where the case has no draft of that paper.

    Raises NotAllowedError for a program: initials are a person's. Raises NotTypesetError.
    """
    draft = _draft(tx, case, doing, name)
    if draft is None:
        return None
    own = initials_of(_around(tx, case, doing), step, by=doing.by, language=_known(doing, name).language)
    content = {**draft.content, "initials": [*draft.content.get("initials", ()), own]}
    checked = replace(draft, content=content, edition=draft.edition + 1, due_at=doing.at, attempts=0)
    rows.save(tx, checked)
    _tell(tx, checked, INITIALLED, doing)
    return checked


def sign(tx: Tx, case: CaseNow, doing: Doing, name: str, step: Step) -> PaperNow | None:
    """Sign the draft as whoever ended the step; None where the case has no draft of that paper.

    Raises NotAllowedError for a program: a signature is a person's. Raises NotTypesetError.
    """
    paper, draft = _known(doing, name), _draft(tx, case, doing, name)
    if draft is None:
        return None
    around = _around(tx, case, doing)
    signed = draft if draft.number is not None else _with_number(tx, draft, paper, case, doing)
    content = {
        **draft.content,
        "day": around.local.date().isoformat(),
        "draft": False,
        **signature_of(paper, around, step, by=doing.by),
    }
    signed = replace(
        signed, state=State.ISSUED, content=content, edition=draft.edition + 1, final_by=doing.by.key,
        final_at=doing.at, due_at=doing.at, attempts=0, error=None,
    )  # fmt: skip
    rows.save(tx, signed)
    _tell(tx, signed, SIGNED, doing)
    return signed


def _draft(tx: Tx, case: CaseNow, doing: Doing, name: str) -> PaperNow | None:
    """Return the draft that somebody signs or initials; None where the case has none. Raises as those do."""
    if doing.by.kind is not Kind.STAFF:
        raise NotAllowedError("a paper is signed, and initialled, by a person of the desk")
    draft = rows.current(tx, case.id, name)
    if draft is None or draft.state is not State.DRAFT:
        return None
    if draft.error is not None:
        raise NotTypesetError(draft)
    return draft


def take_in(tx: Tx, case: CaseNow, doing: Doing, filing: Filing) -> PaperNow | None:
    """Let a file that answered a question stand as the paper; None where none was given."""
    paper, sha256 = _known(doing, filing.paper), case.answers.get(filing.answer)
    file = attachments.of_ticket(tx, case.ticket, sha256) if sha256 else None
    if file is None:
        return None
    before = rows.current(tx, case.id, filing.paper)
    if before is None or before.state is State.ISSUED:
        if before is not None:
            rows.save(tx, replace(say_without(tx, before, at=doing.at), state=State.REPLACED))
        before = rows.create(
            tx, desk=case.desk, ticket=case.ticket, case=case.id, paper=filing.paper, state=State.DRAFT,
            token=secrets.token_urlsafe(16), revision=doing.desk.revision, made_by=doing.by.key, made_at=doing.at,
            content=frozen(paper, _around(tx, case, doing), draft=False),
        )  # fmt: skip
    outside = case.answers.get(filing.number) if filing.number else None
    taken = replace(before, number=printable(str(outside))) if outside is not None else before
    if taken.number is None:
        taken = _with_number(tx, taken, paper, case, doing)
    taken = replace(
        taken, state=State.ISSUED, edition=before.edition + 1, final_by=doing.by.key, final_at=doing.at, due_at=None,
        error=None, name=file.name, type=file.type, size=file.size, sha256=file.sha256, previews=(),
    )  # fmt: skip
    rows.save(tx, taken)
    _tell(tx, taken, FILED, doing)
    return taken


def void(tx: Tx, id: int, reason: str, *, by: Actor, at: datetime) -> PaperNow:  # noqa: A002  the column
    """Take a paper back: it keeps its number, and its public page says that it is void."""
    paper = rows.load(tx, id)
    require(by, Role.SUPERVISOR, paper.desk)
    if paper.state not in {State.DRAFT, State.ISSUED}:
        raise RuleError(f"paper {id} is {paper.state}", ticket=paper.ticket)
    return _void(tx, paper, reason.strip() or None, by=by, at=at)


def take_back(tx: Tx, id: int, reason: str | None, *, by: Actor, at: datetime) -> None:  # noqa: A002  the column
    """Take back a paper of another theme, which has asked for rights, as long as it stands."""
    paper = rows.load(tx, id)
    if paper.state in {State.DRAFT, State.ISSUED}:
        _void(tx, paper, reason, by=by, at=at)


def again(tx: Tx, id: int, *, desk: DeskNow, by: Actor, at: datetime) -> PaperNow:  # noqa: A002  the column
    """Typeset a paper anew that could not be, by the desk's template as it is now."""
    paper = rows.load(tx, id)
    require(by, Role.AGENT, paper.desk)
    if paper.error is None:
        raise RuleError(f"paper {id} is typeset", ticket=paper.ticket)
    return rows.save(tx, replace(paper, revision=desk.revision, due_at=at, attempts=0, error=None))


def close(tx: Tx, case: CaseNow, doing: Doing) -> None:
    """Void the drafts of a case that is over."""
    for paper in rows.of_case(tx, case.id):
        if paper.state is State.DRAFT:
            _void(tx, paper, None, by=doing.by, at=doing.at)


def _void(tx: Tx, paper: PaperNow, reason: str | None, *, by: Actor, at: datetime) -> PaperNow:
    gone = replace(
        say_without(tx, paper, at=at), state=State.VOID, void_by=by.key, void_at=at, void_reason=reason, due_at=None,
        wanted=False,
    )  # fmt: skip
    rows.save(tx, gone)
    _record(tx, gone, VOIDED, by=by, at=at)
    return gone


def _with_number(tx: Tx, row: PaperNow, paper: Paper, case: CaseNow, doing: Doing) -> PaperNow:
    """Give a paper the next number of its series, or the one that was answered."""
    if paper.number is not None:
        said = case.answers.get(paper.number)
        return replace(row, number=printable(str(said)) if said is not None else None)
    desk = doing.desk.desk
    series = desk.series.get(paper.series) if paper.series else None
    if series is None:
        return row
    day = desk.calendar.day_of(doing.at)
    no = tx.next_id(f"papers/{desk.slug}/{series.id}/{day.year}", least=series.begins.get(day.year, 1))
    return replace(row, series=series.id, year=day.year, no=no, number=numbered(series.pattern, no, day))


def _known(doing: Doing, name: str) -> Paper:
    paper = doing.procedure.paper(name)
    if paper is None:
        raise UnknownValueError(f"{doing.procedure.id} has no paper {name}", field="paper", value=name)
    return paper


def _around(tx: Tx, case: CaseNow, doing: Doing) -> Around:
    contact = contacts.load_contact(tx, tickets_.load(tx, case.ticket).contact)
    return Around(
        case=case, procedure=doing.procedure, desk=doing.desk.desk, requester=contact.called, at=doing.at
    )


def _tell(tx: Tx, paper: PaperNow, kind: str, doing: Doing) -> None:
    _record(tx, paper, kind, by=doing.by, at=doing.at)


def _record(tx: Tx, paper: PaperNow, kind: str, *, by: Actor, at: datetime) -> None:
    append(
        tx, kind, desk=paper.desk, ticket=paper.ticket, subject=paper.id, at=at, actor=by.key, case=paper.case,
        paper=paper.paper, edition=paper.edition,
    )  # fmt: skip
